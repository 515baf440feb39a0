//! The loop: styles that are learned, and models that have to earn their place.

use answers::Request;
use domain::{Event, EventKind, FeedbackKind, SubjectId, Timestamp};
use experimentation::optimise::TrialState;
use serving::feedback::Exposure;
use shop::ShopError;

use super::small_shop::{OwnShop, event, request_of, shopper, subject, trained, trained_with};

const NOW: Timestamp = Timestamp(1_800_000_000_000);
const NO_GATE: &str = "[optimise]\ngate_margin = 0.9\ntrial_shoppers = 60\n";

fn see(shop: &OwnShop, who: &SubjectId) -> answers::Answer {
    let answer = shop.recommender.recommend(&Request { k: 3, ..request_of(who) }).unwrap();
    let exposure = Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
    shop.feedback.expose(&exposure, None, NOW).unwrap();
    answer
}

/// Something new, so that there is something to train on.
fn something_new(shop: &OwnShop) {
    let answer = shop.recommender.recommend(&request_of(&shopper(3))).unwrap();
    let bought = event(&shopper(3), EventKind::Purchase, &answer.items[0].item_id, "new");
    shop.collector.collect(vec![bought]).unwrap();
}

#[test]
fn a_style_that_is_called_helpful_comes_to_be_preferred() {
    let shop = trained();
    let first = shop.optimise(NOW, &|_| {}).unwrap();
    assert_eq!(first.learned.n_answers, 0);
    for n in 0..160 {
        let answer = see(&shop, &shopper(6 + n));
        let reasons = answer.items.iter().flat_map(|item| &item.reasons);
        for reason in reasons {
            // These shoppers like it short.
            let is_brief =
                answer.items.iter().all(|i| i.reasons.iter().all(|r| r.claims.len() <= 1));
            let said = if is_brief { FeedbackKind::Helpful } else { FeedbackKind::Unclear };
            shop.feedback.judge(&reason.reason_id, said, None, NOW).unwrap();
        }
    }
    let learned = shop.optimise(NOW, &|_| {}).unwrap().learned;
    assert_eq!(learned.n_answers, 160);
    let worth = |style: &str| learned.policy.overall[style].mean;
    assert!(["balanced", "people", "content"].iter().all(|other| worth("brief") >= worth(other)));
    let newest = shop.recommender.recommend(&request_of(&shopper(6))).unwrap();
    let audit = audit::audit_one(shop.shop(), &newest.request_id).unwrap();
    assert!(audit.is_clean());
}

#[test]
fn a_new_model_goes_on_trial_before_anybody_depends_on_it() {
    let shop = trained_with(NO_GATE);
    let champion = shop.shop().models().current().unwrap().unwrap();
    let nothing = shop.optimise(NOW, &|_| {}).unwrap().trial;
    assert!(nothing.decision.is_none(), "{nothing:?}");
    something_new(&shop);
    let decision = shop.optimise(NOW, &|_| {}).unwrap().trial.decision.unwrap();
    assert_eq!((decision.state, &decision.champion), (TrialState::OnTrial, &champion));
    assert!(decision.gate.as_ref().unwrap().passed);
    assert_eq!(shop.shop().models().current().unwrap(), Some(champion.clone()), "not current yet");
    let asked: Vec<_> = (0..40).map(|n| see(&shop, &shopper(n))).collect();
    let by = |version| asked.iter().filter(|answer| answer.model_version == version).count();
    assert!(by(decision.challenger.clone()) > 5 && by(champion) > 5);
    let audit = audit::audit(shop.shop()).unwrap();
    assert!(audit.is_clean(), "answers of both models verify: {audit:?}");
    let goes_on = shop.optimise(NOW, &|_| {}).unwrap().trial;
    assert!(goes_on.decision.is_none() && goes_on.why.contains("goes on"), "{goes_on:?}");
    assert!(goes_on.why.contains("40 of 60 shoppers"), "{}", goes_on.why);
}

#[test]
fn a_trial_that_can_tell_nothing_says_so_at_its_start_and_at_its_end() {
    let shop =
        trained_with("[optimise]\ngate_margin = 0.9\ntrial_shoppers = 60\ntrial_margin = 0.01\n");
    for n in 0..20 {
        let answer = see(&shop, &shopper(n));
        if n % 4 == 0 {
            let item = &answer.items[0].item_id;
            let bought = event(&shopper(n), EventKind::Purchase, item, &format!("early-{n}"));
            let of = Event { request_id: Some(answer.request_id), ..bought };
            shop.collector.collect(vec![of]).unwrap();
        }
    }
    something_new(&shop);
    let begun = shop.optimise(NOW, &|_| {}).unwrap().trial.decision.unwrap();
    assert!(
        begun.why.contains("60 shoppers are too few to exclude a loss of 1 %"),
        "{}",
        begun.why
    );
    for n in 0..80 {
        let who = subject(&format!("visitor-{n}"));
        let answer = see(&shop, &who);
        if n % 2 == 0 {
            let item = &answer.items[0].item_id;
            shop.collector.collect(vec![event(&who, EventKind::Purchase, item, "buy")]).unwrap();
        }
    }
    let ended = shop.optimise(NOW, &|_| {}).unwrap().trial.decision.unwrap();
    assert_eq!(ended.state, TrialState::Rejected);
    for part in ["a loss of 1 % is not excluded", "too few to exclude", "it takes about"] {
        assert!(ended.why.contains(part), "{part}: {}", ended.why);
    }
}

/// A trial in which shoppers of one model buy and those of the other do not.
fn tried(buyers_of_the_challenger: bool) -> (OwnShop, experimentation::optimise::Decision) {
    let shop = trained_with(NO_GATE);
    something_new(&shop);
    let trial = shop.optimise(NOW, &|_| {}).unwrap().trial.decision.unwrap();
    for n in 0..200 {
        let who = subject(&format!("visitor-{n}"));
        let answer = see(&shop, &who);
        let is_challenger = answer.model_version == trial.challenger;
        if n % 10 != 0 && is_challenger == buyers_of_the_challenger {
            let item = &answer.items[0].item_id;
            shop.collector.collect(vec![event(&who, EventKind::Purchase, item, "buy")]).unwrap();
        }
    }
    let decided = shop.optimise(NOW, &|_| {}).unwrap().trial.decision.unwrap();
    assert_eq!(decided.challenger, trial.challenger);
    (shop, decided)
}

#[test]
fn a_better_model_is_promoted_and_can_be_rolled_back_with_the_reasons_on_record() {
    let (shop, decided) = tried(true);
    assert_eq!(decided.state, TrialState::Promoted, "{}", decided.why);
    assert!(decided.why.contains("conversion"), "{}", decided.why);
    assert_eq!(shop.model().unwrap().version, decided.challenger, "taken up at once");
    assert!(
        experimentation::experiment::named(shop.shop(), &decided.experiment()).unwrap().stopped
    );
    let back = experimentation::optimise::roll_back(shop.shop(), "complaints", NOW).unwrap();
    assert_eq!(back.state, TrialState::RolledBack);
    shop.refresh_model().unwrap();
    assert_eq!(shop.model().unwrap().version, decided.champion);
    let states: Vec<_> = experimentation::optimise::decisions(shop.shop(), 9)
        .unwrap()
        .into_iter()
        .map(|d| (d.state, d.why))
        .collect();
    assert_eq!(states[0], (TrialState::RolledBack, "complaints".to_owned()));
    assert_eq!(states[1].0, TrialState::Promoted);
    assert_eq!(states[2].0, TrialState::OnTrial);
    let twice = experimentation::optimise::roll_back(shop.shop(), "again", NOW);
    assert!(matches!(twice, Err(ShopError::BadRequest { .. })));
}

#[test]
fn a_worse_model_is_rejected_and_nobody_gets_it_any_more() {
    let (shop, decided) = tried(false);
    assert_eq!(decided.state, TrialState::Rejected, "{}", decided.why);
    assert_eq!(shop.shop().models().current().unwrap(), Some(decided.champion.clone()));
    let served = (0..20).map(|n| see(&shop, &subject(&format!("visitor-{n}"))).model_version);
    assert!(served.into_iter().all(|version| version == decided.champion));
}

#[test]
fn a_model_that_counted_somebody_erased_is_lost_and_its_trial_ends() {
    let shop = trained_with(NO_GATE);
    something_new(&shop);
    let trial = shop.optimise(NOW, &|_| {}).unwrap().trial.decision.unwrap();
    shop.erase(&shopper(7)).unwrap();
    let answer = see(&shop, &shopper(0));
    assert_ne!(answer.model_version, trial.challenger);
    assert_eq!(
        answer.variant, "default",
        "an answer without the variant's model counts for nobody"
    );
    let decided = shop.optimise(NOW, &|_| {}).unwrap().trial.decision.unwrap();
    assert_eq!(decided.state, TrialState::Lost);
}
