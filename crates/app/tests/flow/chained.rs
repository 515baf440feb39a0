//! What the audit finds beyond single claims: a broken chain, another order, another score, a place
//! that is not owned up to.

use answers::Request;
use app::Live;
use audit::Problem;
use audit::{AuditRange, AuditReport};
use domain::{IngestId, RequestId, Timestamp};
use serde_json::Value;
use shop::settings::Pinned;
use store::{AnswerRecord, Chained, every};

use super::small_shop::{OwnShop, request_of, shopper, trained};

fn audit(shop: &Live) -> AuditReport {
    audit::audit(shop.shop()).unwrap()
}

fn ask(shop: &Live) {
    for n in 0..4 {
        shop.recommender.recommend(&request_of(&shopper(n))).unwrap();
    }
}

fn chained(shop: &Live) -> Vec<Chained> {
    let mut chained = Vec::new();
    let (all, none) = (IngestId(u128::MAX), IngestId::ZERO);
    shop.shop()
        .state()
        .scan_chain(none, all, &mut every(|each: Chained| chained.push(each)))
        .unwrap();
    chained
}

fn problems(shop: &Live) -> Vec<Problem> {
    audit(shop).findings.into_iter().map(|finding| finding.problem).collect()
}

#[test]
fn the_chain_of_honest_answers_holds_day_by_day() {
    let shop = trained();
    ask(&shop);
    let report = audit(&shop);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.days.iter().map(|day| day.n_links).sum::<u64>(), 4);
    assert!(report.days.iter().all(|day| day.head.len() == 64));
    assert_eq!(audit(&shop.reopened()).days, report.days);
}

#[test]
fn an_erasure_leaves_the_chain_whole() {
    let shop = trained();
    ask(&shop);
    let before = audit(&shop).days;
    shop.erase(&shopper(1)).unwrap();
    let report = audit(&shop);
    assert!(report.is_clean(), "{report:?}");
    let heads = |days: &[audit::DayChain]| -> Vec<String> {
        days.iter().map(|day| day.head.clone()).collect()
    };
    assert_eq!(heads(&report.days), heads(&before));
    assert_eq!(report.days.iter().map(|day| day.n_erased).sum::<u64>(), 1);
    assert_eq!(report.n_answers, 3);
}

#[test]
fn one_altered_fact_on_disk_is_found() {
    let shop = trained();
    ask(&shop);
    let answer = chained(&shop)[2].answer.clone().unwrap().0;
    let payload = answer.record.payload.as_bytes();
    // The first digit after the first count of the answer.
    let at = answer.record.payload.find("\"n_").unwrap_or(0);
    let at = at + payload[at..].iter().position(u8::is_ascii_digit).unwrap();
    let mut forged = payload[at - 24..=at].to_vec();
    let last = forged.len() - 1;
    forged[last] = if forged[last] == b'1' { b'2' } else { b'1' };
    let shop = shop.altered(&payload[at - 24..=at], &forged);
    let found = problems(&shop);
    assert!(found.contains(&Problem::AnswerAltered { answer_id: answer.id }), "{found:?}");
    assert!(found.iter().all(|problem| !matches!(problem, Problem::ChainBroken { .. })));
}

/// The shop, asked, with the bytes of a part of its second link altered; and that answer's id.
fn with_altered_link(part: impl Fn(&store::Link) -> [u8; 32]) -> (OwnShop, Vec<IngestId>) {
    let shop = trained();
    ask(&shop);
    let links: Vec<store::Link> = chained(&shop).iter().filter_map(|each| each.link).collect();
    let from = part(&links[1]);
    let mut to = from;
    to[5] ^= 1;
    (shop.altered(&from, &to), links.iter().map(|link| link.answer_id).collect())
}

#[test]
fn one_altered_link_is_found_where_it_is_and_where_it_is_built_upon() {
    let (shop, ids) = with_altered_link(|link| link.link);
    let broken = |at: usize| Problem::ChainBroken { answer_id: ids[at] };
    assert_eq!(problems(&shop), [broken(1), broken(2)]);
}

#[test]
fn one_altered_commitment_is_found() {
    let (shop, ids) = with_altered_link(|link| link.commitment);
    let answer_id = ids[1];
    let expected = [Problem::ChainBroken { answer_id }, Problem::AnswerAltered { answer_id }];
    assert_eq!(problems(&shop), expected);
}

#[test]
fn one_answer_of_a_range_is_audited_and_the_others_are_not() {
    let (shop, ids) = with_altered_link(|link| link.link);
    let at = |ms: i64| Some(Timestamp(ids[0].made_at_ms() as i64 + ms));
    let all = AuditRange { from: at(0), to: at(86_400_000) };
    assert_eq!(audit::audit_range(shop.shop(), all).unwrap().n_broken, 2);
    let later = AuditRange { from: at(86_400_000), to: None };
    let report = audit::audit_range(shop.shop(), later).unwrap();
    assert_eq!((report.n_answers, report.n_broken, report.days.len()), (0, 0, 0));
    let first = chained(&shop)[0].answer.clone().unwrap().0.record.request_id;
    assert!(audit::audit_one(shop.shop(), &first).unwrap().is_clean());
}

/// An answer recorded again with its payload changed, as somebody would who may write records.
fn forged(shop: &Live, name: &str, change: impl Fn(&mut Value)) -> Vec<Problem> {
    let record = chained(shop)[0].answer.clone().unwrap().0.record;
    let mut payload: Value = serde_json::from_str(&record.payload).unwrap();
    change(&mut payload);
    let request_id = RequestId::new(name).unwrap();
    let forged = AnswerRecord { request_id, payload: payload.to_string(), ..record };
    shop.shop().state().record_answer(&forged).unwrap();
    let report = audit::audit_one(shop.shop(), &forged.request_id).unwrap();
    report.findings.into_iter().map(|finding| finding.problem).collect()
}

#[test]
fn a_list_in_another_order_is_found() {
    let shop = trained();
    ask(&shop);
    let swapped = forged(&shop, "swapped", |payload| {
        let items = payload["items"].as_array_mut().unwrap();
        for field in ["item_id", "score", "signals", "reason"] {
            let (third, fourth) = (items[2][field].clone(), items[3][field].clone());
            (items[2][field], items[3][field]) = (fourth, third);
        }
    });
    let moved = |problem: &Problem| matches!(problem, Problem::OrderChanged { rank: 3, .. });
    assert!(swapped.iter().any(moved), "{swapped:?}");
    let cut = forged(&shop, "cut", |payload| {
        payload["items"].as_array_mut().unwrap().pop();
    });
    assert!(matches!(cut[..], [Problem::OrderChanged { rank: 10, .. }]), "{cut:?}");
}

#[test]
fn another_score_or_part_of_one_is_found() {
    let shop = trained();
    ask(&shop);
    let higher = |place: &'static str| {
        move |payload: &mut Value| {
            let number = payload.pointer_mut(place).unwrap();
            *number = (number.as_f64().unwrap() + 0.01).into();
        }
    };
    for place in ["/items/4/score", "/items/4/signals/transition"] {
        let found = forged(&shop, place, higher(place));
        assert!(matches!(found[..], [Problem::ScoreChanged { .. }]), "{place}: {found:?}");
    }
}

#[test]
fn a_place_given_by_hand_is_kept_told_and_audited() {
    let shop = trained();
    let plain = shop.recommender.recommend(&request_of(&shopper(0))).unwrap();
    let long = shop.recommender.recommend(&Request { k: 40, ..request_of(&shopper(0)) }).unwrap();
    let pinned = long.items[35].item_id.clone();
    for explain in [true, false] {
        let pin = Pinned { item_id: pinned.clone(), rank: 2, paid: true };
        let request = Request { pinned: vec![pin], explain, ..request_of(&shopper(0)) };
        let answer = shop.recommender.recommend(&request).unwrap();
        assert_eq!(answer.items[1].item_id, pinned);
        assert_eq!(answer.items[0].item_id, plain.items[0].item_id);
        assert_eq!(answer.items.len(), plain.items.len());
        let text = &answer.items[1].reasons[0].text;
        assert!(text.contains("Advertisement"), "{text}");
        assert_eq!(answer.items[0].reasons.is_empty(), !explain);
    }
    let report = audit(&shop);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.by_kind["promoted"].verified, 2);
    let answer_id = chained(&shop)[2].answer.clone().unwrap().0.record;
    let mut payload: Value = serde_json::from_str(&answer_id.payload).unwrap();
    let claims = payload["items"][1]["reason"]["claims"].as_array_mut().unwrap();
    claims.retain(|claim| claim["kind"] != "promoted");
    let request_id = RequestId::new("silent").unwrap();
    let silent = AnswerRecord { request_id, payload: payload.to_string(), ..answer_id };
    shop.shop().state().record_answer(&silent).unwrap();
    let report = audit::audit_one(shop.shop(), &silent.request_id).unwrap();
    assert_eq!(report.findings[0].problem, Problem::Undisclosed { item_id: pinned });
}

#[test]
fn an_item_that_may_not_be_shown_is_not_shown_by_hand_either() {
    let shop = trained();
    let item =
        shop.recommender.recommend(&request_of(&shopper(0))).unwrap().items[4].item_id.clone();
    let mut request = request_of(&shopper(0));
    request.pinned = vec![Pinned { item_id: item.clone(), rank: 1, paid: false }];
    request.filters.exclude = vec![item.clone()];
    let answer = shop.recommender.recommend(&request).unwrap();
    assert!(answer.items.iter().all(|shown| shown.item_id != item));
    assert!(answer.warnings.iter().any(|warning| warning.contains("may not be shown")));
}
