//! What an audit confirms, and what it finds.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use answers::Request;
use app::Live;
use audit::AuditReport;
use audit::Problem;
use domain::{
    Event, EventKind, EventTime, IngestId, Item, Money, Rating, RequestId, Review, Timestamp,
};
use serde_json::Value;
use store::{Answer, AnswerRecord, every};

use super::small_shop::{
    catalogue, event, largest_category, now, request_of, shopper, trained, trained_with,
};

/// Asks for some shoppers in both languages; the records of the answers.
fn ask_around(shop: &Live) -> Vec<AnswerRecord> {
    for n in 0..20 {
        for lang in domain::Language::ALL {
            let request = Request { lang: Some(lang), ..request_of(&shopper(n)) };
            shop.recommender.recommend(&request).unwrap();
        }
    }
    let mut records = Vec::new();
    let state = shop.shop().state();
    let newest = IngestId(u128::MAX);
    state
        .scan_answers(IngestId::ZERO, newest, &mut every(|a: Answer| records.push(a.record)))
        .unwrap();
    records
}

fn audit(shop: &Live) -> AuditReport {
    audit::audit(shop.shop()).unwrap()
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
    shop.collector.put_items(cheaper.collect()).unwrap();
    let late = Timestamp(now().0 - 100 * domain::time::DAY_MS);
    let purchases = items.iter().take(30).enumerate().map(|(n, item)| {
        let mut event = event(&shopper(n), EventKind::Purchase, &item.id, &format!("late-{n}"));
        event.time = EventTime::At(late);
        event
    });
    shop.collector.collect(purchases.collect()).unwrap();
    let reviews = items.iter().map(|item| Review {
        subject: shopper(9),
        item_id: item.id.clone(),
        time: EventTime::At(late),
        rating: Some(Rating::new(1.0).unwrap()),
        title: String::new(),
        text: "broke at once".to_owned(),
        source_key: format!("review of {}", item.id),
    });
    shop.collector.collect_reviews(reviews.collect()).unwrap();
    shop.collector.delete_item(&items[40].id).unwrap();
    shop.train(&|_| {}).unwrap();
    shop.recommender.recommend(&request_of(&shopper(0))).unwrap();
    let report = audit(&shop);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.n_answers, 20 * domain::Language::ALL.len() as u64 + 1);
    assert!(report.n_claims > 100 && report.n_verified == report.n_claims);
}

#[test]
fn any_altered_number_of_a_recorded_claim_is_found() {
    let shop = trained_with(TALKATIVE);
    buy_from_one_category(&shop);
    let records = ask_around(&shop);
    assert!(audit(&shop).is_clean());
    let mut tried = BTreeSet::new();
    for record in &records {
        for (what, forged) in forgeries(record) {
            if tried.insert(what.clone()) {
                shop.shop().state().record_answer(&forged).unwrap();
                let report = audit::audit_one(shop.shop(), &forged.request_id).unwrap();
                assert_eq!((report.n_failed, report.n_broken), (1, 0), "{what}: {report:?}");
            }
        }
    }
    assert!(tried.len() >= 25, "only {tried:?}");
    assert_eq!(audit(&shop).n_failed, tried.len() as u64);
}

/// Some shoppers buy all but two items of a category, so that those two are bought together with
/// the others and their prices are compared.
fn buy_from_one_category(shop: &Live) {
    let items = largest_category(shop);
    for n in 0..12 {
        let left = [n % items.len(), (n + 1) % items.len()];
        let bought = items.iter().enumerate().filter(|(i, _)| !left.contains(i));
        let purchases = bought.map(|(i, item)| {
            let key = format!("bought {n} {i}");
            let purchase = event(&shopper(n), EventKind::Purchase, &item.id, &key);
            Event { price: item.price, ..purchase }
        });
        shop.collector.collect(purchases.collect()).unwrap();
    }
}

/// Bars so low that almost every kind of claim is made.
const TALKATIVE: &str = "\
[explain]
max_claims = 10
min_buyers = 2
min_ratings = 1
min_reviewers = 1
min_mean_rating = 1.0
min_prices = 1
";

/// One record for each number of each claim, with that number altered.
fn forgeries(record: &AnswerRecord) -> Vec<(String, AnswerRecord)> {
    let payload: Value = serde_json::from_str(&record.payload).unwrap();
    let mut forgeries = Vec::new();
    for (i, item) in payload["items"].as_array().unwrap().iter().enumerate() {
        for (c, claim) in item["reason"]["claims"].as_array().into_iter().flatten().enumerate() {
            let facts = format!("/items/{i}/reason/claims/{c}/facts");
            let kind = claim["kind"].as_str().unwrap();
            for place in numbers("", &claim["facts"]) {
                let mut altered = payload.clone();
                let number = altered.pointer_mut(&format!("{facts}{place}")).unwrap();
                *number = match number.as_i64() {
                    Some(whole) => (whole + 1).into(),
                    None => (number.as_f64().unwrap() + 0.01).into(),
                };
                let name = format!("{kind}{place}");
                forgeries.push((name.clone(), recorded_as(&name, record, altered.to_string())));
            }
        }
    }
    forgeries
}

/// Where the numbers of a claim's facts stand. The window is left out: a count over another window
/// may be true as well.
fn numbers(place: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Number(_) => vec![place.to_owned()],
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| *key != "window")
            .flat_map(|(key, value)| numbers(&format!("{place}/{key}"), value))
            .collect(),
        _ => Vec::new(),
    }
}

fn recorded_as(name: &str, record: &AnswerRecord, payload: String) -> AnswerRecord {
    let request_id = RequestId::new(format!("forged {name}")).unwrap();
    AnswerRecord { request_id, payload, ..record.clone() }
}

#[test]
fn a_claim_moved_to_another_item_or_moment_is_found() {
    let shop = trained();
    let record = ask_around(&shop).swap_remove(0);
    let payload: Value = serde_json::from_str(&record.payload).unwrap();
    let claim = &payload["items"][0]["reason"]["claims"][0];
    let with = |field: &str, value: Value| {
        let mut claim = claim.clone();
        claim[field] = value;
        claim
    };
    let elsewhere = [
        ("another item", payload["items"][1]["reason"]["claims"][0].clone()),
        ("another moment", with("as_of", IngestId(1).to_string().into())),
        ("another model", with("model_version", "m-of-another-time".into())),
    ];
    for (what, claim) in elsewhere {
        let mut altered = payload.clone();
        altered["items"][0]["reason"]["claims"][0] = claim;
        let forged = recorded_as(what, &record, altered.to_string());
        shop.shop().state().record_answer(&forged).unwrap();
        let report = audit::audit_one(shop.shop(), &forged.request_id).unwrap();
        assert_eq!((report.n_failed, report.n_broken), (1, 0), "{what}: {report:?}");
    }
}

#[test]
fn a_proof_that_names_an_event_which_never_was_is_found() {
    let shop = trained();
    let record = ask_around(&shop).swap_remove(0);
    let mut payload: Value = serde_json::from_str(&record.payload).unwrap();
    payload["steps"][0]["event_id"] = IngestId(7).to_string().into();
    let forged = recorded_as("step", &record, payload.to_string());
    shop.shop().state().record_answer(&forged).unwrap();
    let report = audit::audit_one(shop.shop(), &forged.request_id).unwrap();
    let gone = Problem::EventGone { event_id: IngestId(7) };
    assert_eq!(report.findings[0].problem, gone);
    assert!(!report.is_clean());
}

#[test]
fn a_removed_model_is_found() {
    let shop = trained();
    ask_around(&shop);
    let old = shop.model().unwrap().version.clone();
    shop.train(&|_| {}).unwrap();
    assert!(audit(&shop).is_clean(), "the model that ranked is used, not the newest");
    std::fs::remove_dir_all(shop.shop().folder().join("models").join(old.as_str())).unwrap();
    let report = audit(&shop);
    assert_eq!(report.n_broken, report.n_answers, "{report:?}");
    assert_eq!(report.findings[0].problem, Problem::ModelGone { version: old });
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
fn a_flipped_byte_in_any_model_file_is_found_even_after_an_erasure() {
    let shop = trained();
    ask_around(&shop);
    for erased in [None, Some(shopper(40))] {
        erased.iter().for_each(|subject| drop(shop.erase(subject).unwrap()));
        let answer = shop.recommender.recommend(&request_of(&shopper(0))).unwrap();
        let version = shop.model().unwrap().version.clone();
        let model = shop.shop().models().open_model(&version).unwrap();
        for file in model.files() {
            let path = shop.shop().folder().join("models").join(version.as_str()).join(&file.name);
            flip_last_byte(&path);
            let report = audit::audit_one(shop.shop(), &answer.request_id).unwrap();
            assert_eq!(report.n_broken, 1, "{}: {report:?}", file.name);
            let damaged = matches!(report.findings[0].problem, Problem::ModelDamaged { .. });
            assert!(damaged, "{report:?}");
            flip_last_byte(&path);
        }
        assert!(audit::audit_one(shop.shop(), &answer.request_id).unwrap().is_clean());
    }
}

/// In place: the shop in service still maps the file.
fn flip_last_byte(path: &Path) {
    let mut file = File::options().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.seek(SeekFrom::End(-1)).unwrap();
    file.read_exact(&mut byte).unwrap();
    file.seek(SeekFrom::End(-1)).unwrap();
    file.write_all(&[byte[0] ^ 1]).unwrap();
}
