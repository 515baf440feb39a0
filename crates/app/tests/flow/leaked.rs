//! The leak audit finds a leak in a claim of any kind, of reasons and of answers to questions, and
//! nothing in claims that give nobody away.

use claims::{Claim, ClaimKind, sample::Sample};
use domain::{IngestId, ItemId, RequestId};
use experimentation::trust::Safety;
use serde_json::{Value, json};
use serving::dialogue::{AskRequest, Question};
use store::AnswerRecord;

use super::small_shop::{OwnShop, now, request_of, shopper, trained_with};

const SENSITIVE: &str = "Cat Food";
const SETTINGS: &str = "[explain]\nsensitive_categories = [\"Cat Food\"]\n";

const FEW: &str = "no count speaks of fewer shoppers than allowed";
const OPTED_OUT: &str = "nothing of the history of somebody who opted out";
const NOT_OWN: &str = "a reason rests on nobody else's history";
const NAMED: &str = "no sensitive category is named";

/// Where claims stand in a record.
#[derive(Debug, Clone, Copy)]
enum Place {
    Reason,
    Answer,
}

/// A shop with one recorded answer of each sort, to plant claims into.
struct Planted {
    shop: OwnShop,
    reason: AnswerRecord,
    answer: AnswerRecord,
    n_planted: u32,
}

impl Planted {
    fn new() -> Self {
        let shop = trained_with(SETTINGS);
        let list = request_of(&shopper(0));
        let recommended = shop.recommender.recommend(&list).unwrap();
        let item = recommended.items[0].item_id.clone();
        let ask = AskRequest { ask: Some(Question::Price { item }), list, ..AskRequest::default() };
        let asked = shop.ask(&ask, now()).unwrap();
        let record = |id: &RequestId| shop.shop().state().answer(id).unwrap().unwrap().record;
        let (reason, answer) = (record(&recommended.request_id), record(&asked.request_id));
        Self { shop, reason, answer, n_planted: 0 }
    }

    /// An event of this shopper, or of another one.
    fn event_of(&self, n: usize) -> IngestId {
        let state = self.shop.shop().state();
        let number = state.shopper(&shopper(n)).unwrap().unwrap();
        state.recent(number, 1, IngestId(u128::MAX)).unwrap()[0].id
    }

    fn items(&self) -> Vec<domain::Item> {
        self.shop.shop().state().items_page(None, 1_000).unwrap()
    }

    fn item(&self, is_sensitive: bool) -> ItemId {
        let is_of_it = |item: &domain::Item| {
            item.categories
                .iter()
                .flat_map(domain::Text::versions)
                .any(|name| name.eq_ignore_ascii_case(SENSITIVE))
        };
        let items = self.items().into_iter();
        items.filter(|item| is_of_it(item) == is_sensitive).map(|item| item.id).next().unwrap()
    }

    /// Records an answer that tells this claim alone, and returns the checks that fail because of it.
    fn found(&mut self, claim: &Claim, place: Place) -> Vec<&'static str> {
        self.found_after(claim, place, |_| {})
    }

    fn found_after(
        &mut self,
        claim: &Claim,
        place: Place,
        change: impl Fn(&mut Value),
    ) -> Vec<&'static str> {
        let before = experimentation::trust::safety(self.shop.shop()).unwrap();
        let real = match place {
            Place::Reason => self.reason.clone(),
            Place::Answer => self.answer.clone(),
        };
        let mut payload: Value = serde_json::from_str(&real.payload).unwrap();
        let claims = match place {
            Place::Reason => "/items/0/reason/claims",
            Place::Answer => "/asked/claims",
        };
        *payload.pointer_mut(claims).unwrap() = json!([claim]);
        change(&mut payload);
        self.n_planted += 1;
        let request_id = RequestId::new(format!("planted-{}", self.n_planted)).unwrap();
        let record = AnswerRecord { request_id, payload: payload.to_string(), ..real };
        self.shop.shop().state().record_answer(&record).unwrap();
        newly_failed(&before, &experimentation::trust::safety(self.shop.shop()).unwrap())
    }
}

fn newly_failed(before: &Safety, after: &Safety) -> Vec<&'static str> {
    let pairs = before.checks.iter().zip(&after.checks);
    let failed = pairs.filter(|(before, after)| after.n_failed > before.n_failed);
    failed.map(|(_, after)| after.name).collect()
}

/// Whether the facts of a claim hold something, by their form on the wire alone.
fn tells(claim: &Claim, what: &impl serde::Serialize) -> bool {
    let wire = serde_json::to_string(&claim.facts).unwrap();
    wire.contains(&serde_json::to_string(what).unwrap())
}

#[test]
fn a_leak_in_a_claim_of_any_kind_is_found_and_a_clean_claim_passes() {
    let mut planted = Planted::new();
    let (plain, sensitive) = (planted.item(false), planted.item(true));
    let leak = |item: &ItemId| -> &'static str { Box::leak(item.as_str().to_owned().into()) };
    let (plain_name, sensitive_name) = (leak(&plain), leak(&sensitive));
    let (own, others) = (planted.event_of(0), planted.event_of(1));
    let clean = Sample { item: plain_name, event: own, text: "harmless", people: 4_321 };
    for place in [Place::Reason, Place::Answer] {
        for &kind in ClaimKind::ALL {
            let mut check = |sample: Sample, expected: &[&str], why: &str| {
                let claim = sample.claim(kind, &plain);
                assert_eq!(planted.found(&claim, place), expected, "{kind}, {why}, {place:?}");
            };
            check(clean, &[], "clean");
            let of = |sample: Sample| sample.claim(kind, &plain);
            let counts = tells(&of(clean), &clean.people);
            check(Sample { people: 1, ..clean }, if counts { &[FEW] } else { &[] }, "too few");
            let says = tells(&of(clean), &clean.text);
            let named = Sample { text: SENSITIVE, ..clean };
            check(named, if says { &[NAMED] } else { &[] }, "a category");
            let names = tells(&of(clean), &clean.item);
            let named = Sample { item: sensitive_name, ..clean };
            check(named, if names { &[NAMED] } else { &[] }, "an item");
            let rests = tells(&of(clean), &own);
            let not_own = Sample { event: others, ..clean };
            check(not_own, if rests { &[NOT_OWN] } else { &[] }, "another's history");
        }
    }
}

#[test]
fn what_a_claim_names_as_its_evidence_is_looked_at_like_its_facts() {
    let mut planted = Planted::new();
    let (plain, sensitive) = (planted.item(false), planted.item(true));
    let others = planted.event_of(1);
    for place in [Place::Reason, Place::Answer] {
        for &kind in ClaimKind::ALL {
            let sample = Sample { event: planted.event_of(0), ..Sample::default() };
            let mut claim = sample.claim(kind, &plain);
            let step = |item_id: &ItemId, event_id| {
                vec![domain::HistoryRef { item_id: item_id.clone(), event_id }]
            };
            claim.evidence = step(&plain, Some(others));
            assert_eq!(planted.found(&claim, place), [NOT_OWN], "{kind}");
            claim.evidence = step(&sensitive, None);
            assert_eq!(planted.found(&claim, place), [NAMED], "{kind}");
        }
    }
}

#[test]
fn a_claim_that_rests_on_history_after_opting_out_is_found() {
    let mut planted = Planted::new();
    let (plain, own) = (planted.item(false), planted.event_of(0));
    for place in [Place::Reason, Place::Answer] {
        // Of the real record only the planted claim stays: the others rest on history too.
        let opted_out = |payload: &mut Value| {
            payload["unknown"] = json!("profiling_off");
            payload["steps"] = json!([]);
            let items = payload["items"].as_array_mut().unwrap();
            items.truncate(match place {
                Place::Reason => 1,
                Place::Answer => 0,
            });
        };
        for &kind in ClaimKind::ALL {
            let claim = Sample { event: own, ..Sample::default() }.claim(kind, &plain);
            let expected: &[&str] = if tells(&claim, &own) { &[OPTED_OUT] } else { &[] };
            let found = planted.found_after(&claim, place, opted_out);
            assert_eq!(found, expected, "{kind}");
        }
    }
}

#[test]
fn an_item_that_was_deleted_after_it_was_named_is_still_sensitive() {
    let mut planted = Planted::new();
    let (plain, sensitive) = (planted.item(false), planted.item(true));
    planted.shop.collector.delete_item(&sensitive).unwrap();
    let name: &'static str = Box::leak(sensitive.as_str().to_owned().into());
    let event = planted.event_of(0);
    let claim = Sample { item: name, event, ..Sample::default() }.claim(ClaimKind::Flips, &plain);
    assert_eq!(planted.found(&claim, Place::Reason), [NAMED]);
}
