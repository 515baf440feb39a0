//! What an audit confirms, and what it finds.

use app::{AuditReport, Live, Request};
use domain::{EventKind, EventTime, IngestId, Item, Money, RequestId, Timestamp};
use store::AnswerRecord;

use super::small_shop::{catalogue, event, files_below, now, request_of, shopper, trained};

/// Asks for some shoppers in both languages; the records of the answers.
fn ask_around(shop: &Live) -> Vec<AnswerRecord> {
    for n in 0..20 {
        for lang in domain::Language::ALL {
            let request = Request { lang: Some(lang), ..request_of(&shopper(n)) };
            shop.recommend(&request).unwrap();
        }
    }
    let mut records = Vec::new();
    let state = shop.shop().state();
    let newest = IngestId(u128::MAX);
    state.scan_answers(IngestId::ZERO, newest, &mut |a| records.push(a.record)).unwrap();
    records
}

fn audit(shop: &Live) -> AuditReport {
    shop.shop().audit().unwrap()
}

#[test]
fn an_audit_confirms_every_claim_whatever_happened_since() {
    let shop = trained();
    ask_around(&shop);
    let items = catalogue(&shop);
    let cheaper = items.iter().take(30).map(|item| Item {
        price: item.price.map(|p| Money { minor: p.minor / 2, ..p }),
        ..item.clone()
    });
    shop.put_items(cheaper.collect()).unwrap();
    let late = Timestamp(now().0 - 100 * domain::time::DAY_MS);
    let purchases = items.iter().take(30).enumerate().map(|(n, item)| {
        let mut event = event(&shopper(n), EventKind::Purchase, &item.id, &format!("late-{n}"));
        event.time = EventTime::At(late);
        event
    });
    shop.collect(purchases.collect()).unwrap();
    let report = audit(&shop);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.n_answers, 40);
    assert!(report.n_claims > 100 && report.n_verified == report.n_claims);
}

#[test]
fn an_altered_number_of_a_recorded_claim_is_found() {
    let shop = trained();
    let records = ask_around(&shop);
    let forged = records.iter().find_map(|record| forge(record, "n_recent")).unwrap();
    shop.shop().state().record_answer(&forged).unwrap();
    let report = audit(&shop);
    assert!(!report.is_clean());
    assert_eq!((report.n_failed, report.n_broken), (1, 0), "{report:?}");
    assert_eq!(report.findings[0].request_id, forged.request_id);
}

/// The record with the first of these numbers raised by one, under another id.
fn forge(record: &AnswerRecord, slot: &str) -> Option<AnswerRecord> {
    let marker = format!("\"{slot}\":");
    let at = record.payload.find(&marker)? + marker.len();
    let (head, tail) = record.payload.split_at(at);
    let end = tail.find(|c: char| !c.is_ascii_digit())?;
    let raised = tail[..end].parse::<u32>().ok()? + 1;
    Some(AnswerRecord {
        request_id: RequestId::new("forged").unwrap(),
        payload: format!("{head}{raised}{}", &tail[end..]),
        ..record.clone()
    })
}

#[test]
fn a_record_that_cannot_be_read_is_found() {
    let shop = trained();
    let first = ask_around(&shop).swap_remove(0);
    let payload = first.payload[..first.payload.len() / 2].to_owned();
    let request_id = RequestId::new("torn").unwrap();
    let torn = AnswerRecord { request_id, payload, ..first };
    shop.shop().state().record_answer(&torn).unwrap();
    let report = audit(&shop);
    assert_eq!((report.n_failed, report.n_broken), (0, 1), "{report:?}");
}

#[test]
fn a_flipped_byte_in_a_model_file_is_found() {
    let shop = trained();
    ask_around(&shop);
    let models = shop.shop().folder().join("models");
    let (path, mut bytes) = files_below(&models)
        .into_iter()
        .find(|(path, _)| path.ends_with("transition.safetensors"))
        .unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(path, bytes).unwrap();
    let report = audit(&shop);
    assert_eq!(report.n_broken, report.n_answers, "{report:?}");
}
