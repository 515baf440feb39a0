//! A question reads the one who asks once, scores each situation once, and passes on every error
//! of the store.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::Live;
use claims::Change;
use domain::{Concept, Correction, HistoryRef};
use serving::dialogue::{AskRequest, Question};
use shop::ShopError;
use store::StoreError;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::small_shop::{now, request_of, shopper};
use super::watched::{refused, watched};

/// What is read of the one who asks.
const OF_THE_CALLER: [&str; 5] = ["shopper", "preferences", "recent", "feedback_of", "corrections"];

/// Counts how often a situation is scored.
struct Scored(Arc<AtomicUsize>);

impl Subscriber for Scored {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == answers::evidence_snapshot::SCORED
    }
    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn n_scored(does: impl FnOnce()) -> usize {
    let n = Arc::new(AtomicUsize::new(0));
    tracing::subscriber::with_default(Scored(Arc::clone(&n)), does);
    n.load(Ordering::Relaxed)
}

fn typed(ask: Question) -> AskRequest {
    AskRequest { ask: Some(ask), list: request_of(&shopper(0)), ..AskRequest::default() }
}

fn said(question: &str) -> AskRequest {
    let question = Some(question.to_owned());
    AskRequest { question, list: request_of(&shopper(0)), ..AskRequest::default() }
}

/// Questions of every sort that change nothing.
fn questions(shop: &Live) -> Vec<AskRequest> {
    let shown = shop.recommender.list(&request_of(&shopper(0))).unwrap();
    let (item, other) = (shown[0].clone(), shown[1].clone());
    let absent = shop.shop().state().items_page(None, 1_000).unwrap().into_iter();
    let absent = absent.map(|item| item.id).find(|id| !shown.contains(id)).unwrap();
    let mut asked: Vec<AskRequest> = [
        Question::Why { item: item.clone() },
        Question::WhyNot { item: absent },
        Question::WhyOver { item: item.clone(), other: other.clone() },
        Question::Compare { items: vec![item.clone(), other] },
        Question::WhatYouKnow,
        Question::HowItWorks,
        Question::MyData,
        Question::Price { item: item.clone() },
        Question::Stock { item: item.clone() },
        Question::Attribute { item: item.clone(), field: None },
        Question::Reviews { item },
        Question::StopProfiling { confirmed: false },
        Question::ForgetMe { confirmed: false },
    ]
    .map(typed)
    .into();
    let words = ["Why the first one?", "this reason is wrong", "qwertz", "第一个多少钱？"];
    asked.extend(words.map(said));
    asked
}

#[test]
fn a_question_reads_the_caller_once_and_scores_the_present_once() {
    let (shop, watch) = watched();
    let questions = questions(&shop);
    for asked in &questions {
        watch.take_calls();
        let mut answer = None;
        let n_scored = n_scored(|| answer = Some(shop.ask(asked, now()).unwrap()));
        let calls: BTreeMap<_, _> = watch.take_calls();
        // What is told of a change is worked out in two ways, each of them once.
        let changes = matches!(&asked.ask, Some(Question::WhyNot { .. }));
        assert!(n_scored == 1 || changes, "{asked:?} scores {n_scored} times");
        for name in OF_THE_CALLER {
            assert_eq!(calls.get(name), Some(&1), "{name} in {asked:?}: {calls:?}");
        }
        assert!(!calls.contains_key("newest"), "another moment is looked at: {calls:?}");
    }
}

#[test]
fn a_counterfactual_is_scored_once_in_each_of_two_ways() {
    let (shop, watch) = watched();
    let explored = shop.dialogue.explore(&request_of(&shopper(0)), &[]).unwrap();
    let last = explored.history.into_iter().find(|step| step.used).unwrap();
    let history = vec![HistoryRef { item_id: last.item_id, event_id: Some(last.event_id) }];
    let price = Change::Price { min: None, max: Some(1_000.0) };
    for change in [Change::Without { history }, price] {
        watch.take_calls();
        let asked = typed(Question::WhatIf { changes: vec![change] });
        let n_scored = n_scored(|| drop(shop.ask(&asked, now()).unwrap()));
        assert_eq!(n_scored, 3, "the present, and the change by two ways: {asked:?}");
        assert_eq!(watch.take_calls().get("recent"), Some(&1));
    }
}

#[test]
fn a_correction_is_answered_from_the_moments_before_and_after_it() {
    let (shop, watch) = watched();
    let concept = Concept::Word("tea".to_owned());
    let asked = typed(Question::Correct { correction: Correction::Less { concept } });
    let mut answer = None;
    let n_scored = n_scored(|| answer = Some(shop.ask(&asked, now()).unwrap()));
    assert_eq!((n_scored, watch.take_calls().get("recent")), (2, Some(&2)));
    let answer = answer.unwrap();
    let effect = answer.effect.unwrap();
    assert_eq!(effect.after, answer.items);
    assert_eq!(effect.after, shop.recommender.list(&request_of(&shopper(0))).unwrap());
}

#[test]
fn a_list_and_a_profile_read_the_caller_once_and_score_once() {
    let (shop, watch) = watched();
    let once = |what: &str, does: &dyn Fn()| {
        watch.take_calls();
        assert_eq!(n_scored(does), 1, "{what}");
        let calls = watch.take_calls();
        let n = |name: &str| calls.get(name).copied().unwrap_or_default();
        assert!(OF_THE_CALLER[1..].iter().all(|name| n(name) == 1), "{what}: {calls:?}");
        assert_eq!((n("shopper") + n("shopper_or_new"), n("newest")), (1, 0), "{what}: {calls:?}");
    };
    once("list", &|| drop(shop.recommender.recommend(&request_of(&shopper(0))).unwrap()));
    once("profile", &|| drop(shop.profiles.profile(&shopper(0)).unwrap()));
}

/// Whether it fails with what the store said.
fn passes_on<T>(outcome: &Result<T, ShopError>) -> bool {
    let Err(ShopError::Store(problem)) = outcome else { return false };
    matches!(&**problem, StoreError::Corrupt { what: "a row", .. })
}

#[test]
fn nothing_is_answered_as_if_the_store_had_not_failed() {
    let (shop, watch) = watched();
    let list = request_of(&shopper(0));
    let mut questions = questions(&shop);
    let last = shop.recommender.recommend(&list).unwrap();
    // A question that a list led to is counted with it.
    questions[0].request_id = Some(last.request_id);
    let correction = Correction::NotInterested { item_id: last.items[0].item_id.clone() };
    questions.push(typed(Question::Correct { correction }));
    questions.push(typed(Question::Undo { correction_id: None }));
    // Every call of every question is refused in turn, until one needs no more calls.
    let try_all = |what: &str, does: &dyn Fn() -> Result<(), ShopError>| {
        for refused_call in 1.. {
            let mut n_calls = 0;
            watch.guard(move |_| {
                n_calls += 1;
                if n_calls == refused_call { Err(refused()) } else { Ok(()) }
            });
            watch.take_calls();
            let outcome = does();
            watch.open();
            let calls = watch.take_calls();
            if calls.values().sum::<usize>() < refused_call {
                assert!(refused_call > 1, "{what} asks nothing");
                return outcome.unwrap();
            }
            assert!(passes_on(&outcome), "call {refused_call} of {what}: {calls:?}");
        }
    };
    for asked in &questions {
        let name = format!("{:?} {:?}", asked.ask, asked.question);
        try_all(&name, &|| shop.ask(asked, now()).map(drop));
    }
    try_all("list", &|| shop.recommender.recommend(&list).map(drop));
    try_all("profile", &|| shop.profiles.profile(&shopper(0)).map(drop));
    try_all("interactions", &|| shop.profiles.interactions(&shopper(0), 9).map(drop));
    try_all("explore", &|| shop.dialogue.explore(&list, &[]).map(drop));
    let first = shop.recommender.recommend(&list).unwrap();
    let item = &first.items[0].item_id;
    try_all("account", &|| {
        serving::attribution::score_attribution(shop.in_service(), &first.request_id, item)
            .map(drop)
    });
}
