//! Experiments in service: assignment that stays, variants that change what they say, results.

use answers::Request;
use answers::request::Traffic;
use domain::{EventKind, FeedbackKind, ModelVersion, Preferences, SubjectId, Timestamp};
use experimentation::conclusion::{Conclusion, Ending, Happened};
use experimentation::experiment::{Change, Definition, Metric, Phrasing, Variant, Verdict};
use serving::feedback::Exposure;
use shop::ShopError;

use super::small_shop::{OwnShop, event, request_of, shopper, subject, trained, trained_with};

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn variant(name: &str, change: Change) -> Variant {
    Variant { name: name.to_owned(), weight: 1.0, change }
}

/// Everybody in one treatment, so that its change is seen in every answer.
fn all_get(change: Change) -> Definition {
    let control = Variant { weight: 0.0, ..variant("control", Change::default()) };
    Definition::new("all", "control", vec![control, variant("treatment", change)])
}

fn under(change: Change) -> (OwnShop, answers::Answer) {
    let shop = trained();
    shop.start_experiment(&all_get(change), NOW).unwrap();
    let answer = shop.recommender.recommend(&request_of(&shopper(0))).unwrap();
    assert_eq!(answer.variant, "all/treatment");
    (shop, answer)
}

fn claims(answer: &answers::Answer) -> impl Iterator<Item = &claims::Claim> {
    answer.items.iter().flat_map(|item| &item.reasons).flat_map(|reason| &reason.claims)
}

#[test]
fn a_variant_that_changes_nothing_because_of_a_slip_is_refused_at_the_start() {
    let shop = trained();
    let refused = |change: Change| {
        let started = shop.start_experiment(&all_get(change), NOW);
        let problem = started.unwrap_err().to_string();
        assert!(experimentation::experiment::all(shop.shop()).unwrap().is_empty(), "{problem}");
        problem
    };
    let kinds = refused(Change { kinds: vec!["ratd".to_owned()], ..Change::default() });
    assert!(kinds.contains("did you mean rated?"), "{kinds}");
    let model = Some(ModelVersion::new("m01NOPE").unwrap());
    let model = refused(Change { model, ..Change::default() });
    let kept = shop.model().unwrap().version.to_string();
    assert!(model.contains("no model m01NOPE") && model.contains(&kept), "{model}");
}

#[test]
fn an_experiment_that_is_stopped_at_rest_keeps_the_reason() {
    let (shop, _) = under(Change { phrasing: Some(Phrasing::Brief), ..Change::default() });
    let why = "too few shoppers came".to_owned();
    let conclusion = Conclusion { experiment: "all".to_owned(), ending: Ending::Stop, why };
    experimentation::conclusion::conclude(shop.shop(), &conclusion, NOW).unwrap();
    assert!(experimentation::experiment::named(shop.shop(), "all").unwrap().stopped);
    let newest = experimentation::conclusion::episodes(shop.shop()).unwrap().remove(0);
    assert_eq!(newest.what, Happened::Concluded(conclusion));
}

#[test]
fn a_ranker_of_one_signal_orders_by_it_and_its_claims_still_verify() {
    for ranker in ["popularity", "transition"] {
        let change = Change { ranker: Some(ranker.to_owned()), ..Change::default() };
        let (shop, answer) = under(change);
        for item in &answer.items {
            let others = item.signals.iter().filter(|(name, _)| *name != ranker);
            assert!(others.map(|(_, part)| part.abs()).sum::<f64>() < 1e-9, "{item:?}");
        }
        let audit = audit::audit_one(shop.shop(), &answer.request_id).unwrap();
        assert!(audit.is_clean() && audit.n_verified > 0, "{ranker}: {audit:?}");
    }
}

#[test]
fn kinds_phrasing_and_no_reasons_at_all_are_what_a_variant_says() {
    let only = Change { kinds: vec!["shares_attribute".to_owned()], ..Change::default() };
    let (_, answer) = under(only);
    assert!(claims(&answer).count() > 0);
    let obligatory = ["varied", "unknown_shopper"];
    let kinds = claims(&answer).map(|claim| claim.facts.kind().name());
    assert!(kinds.filter(|kind| !obligatory.contains(kind)).all(|kind| kind == "shares_attribute"));
    let (_, brief) = under(Change { phrasing: Some(Phrasing::Brief), ..Change::default() });
    let open = |reason: &claims::Reason| {
        let kinds = reason.claims.iter().map(|claim| claim.facts.kind().name());
        kinds.filter(|kind| !obligatory.contains(kind)).count()
    };
    assert!(brief.items.iter().flat_map(|item| &item.reasons).all(|reason| open(reason) <= 1));
    let (_, silent) = under(Change { explain: Some(false), ..Change::default() });
    assert!(silent.items.iter().all(|item| item.reasons.is_empty()) && !silent.items.is_empty());
}

#[test]
fn a_variant_once_given_stays_also_after_a_restart() {
    let halves = || {
        let brief = Change { phrasing: Some(Phrasing::Brief), ..Change::default() };
        let variants = vec![variant("a", Change::default()), variant("b", brief)];
        Definition::new("halves", "a", variants)
    };
    let shop = trained();
    shop.start_experiment(&halves(), NOW).unwrap();
    let of =
        |shop: &OwnShop, n| shop.recommender.recommend(&request_of(&shopper(n))).unwrap().variant;
    let first: Vec<_> = (0..20).map(|n| of(&shop, n)).collect();
    assert!(first.contains(&"halves/a".to_owned()) && first.contains(&"halves/b".to_owned()));
    let shop = shop.reopened();
    assert_eq!((0..20).map(|n| of(&shop, n)).collect::<Vec<_>>(), first);
    // Whatever the hash says now: what was given before is what they keep.
    let state = shop.shop().state();
    for n in 20..30 {
        let number = state.shopper(&shopper(n)).unwrap().unwrap();
        state.assign(number, "halves", "b", NOW).unwrap();
        assert_eq!(of(&shop, n), "halves/b");
    }
    let stranger = shop.recommender.recommend(&Request::default()).unwrap();
    assert_eq!(stranger.variant, "default", "nobody in particular is in no experiment");
    let off = Preferences { profiling: false, ..Preferences::default() };
    shop.corrections.set_preferences(&shopper(0), &off).unwrap();
    assert_eq!(of(&shop, 0), "default", "nor is anybody who switched profiling off");
}

#[test]
fn what_runs_never_changes_and_never_overlaps() {
    let shop = trained();
    let running = all_get(Change { explain: Some(false), ..Change::default() });
    shop.start_experiment(&running, NOW).unwrap();
    shop.start_experiment(&running, NOW).unwrap();
    let changed = all_get(Change::default());
    let refused = shop.start_experiment(&changed, NOW).unwrap_err().to_string();
    assert!(refused.contains("never changes"), "{refused}");
    let second = Definition { name: "second".to_owned(), ..changed.clone() };
    let overlap = shop.start_experiment(&second, NOW);
    assert!(matches!(overlap, Err(ShopError::Experiment(_))));
    let elsewhere = Definition { layer: "other".to_owned(), ..second };
    shop.start_experiment(&elsewhere, NOW).unwrap();
    let both = shop.recommender.recommend(&request_of(&shopper(0))).unwrap().variant;
    assert_eq!(both, "all/treatment+second/treatment");
    let unknown = Change { ranker: Some("magic".to_owned()), ..Change::default() };
    let bad = Definition { name: "third".to_owned(), ..all_get(unknown) };
    assert!(shop.start_experiment(&bad, NOW).unwrap_err().to_string().contains("magic"));
}

/// A shop in which the treatment's shoppers buy four times as often.
fn shop_with_an_effect() -> OwnShop {
    let shop = trained();
    let brief = Change { phrasing: Some(Phrasing::Brief), ..Change::default() };
    let variants = vec![variant("a", Change::default()), variant("b", brief)];
    let primary = vec![Metric::Conversion, Metric::Ctr];
    let definition =
        Definition { primary, planned_n: 200.0, ..Definition::new("effect", "a", variants) };
    shop.start_experiment(&definition, NOW).unwrap();
    for n in 0..240 {
        let who = subject(&format!("visitor-{n}"));
        let answer = shop.recommender.recommend(&Request { k: 2, ..request_of(&who) }).unwrap();
        let exposure = Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
        shop.feedback.expose(&exposure, None, NOW).unwrap();
        let is_treated = answer.variant == "effect/b";
        let happened = |every: usize| n % every == 0;
        if happened(if is_treated { 2 } else { 8 }) {
            let mut bought = event(&who, EventKind::Purchase, &answer.items[0].item_id, "buy");
            bought.request_id = Some(answer.request_id.clone());
            shop.collector.collect(vec![bought]).unwrap();
        }
    }
    shop
}

#[test]
fn an_effect_is_found_with_all_its_numbers_and_a_harm_forbids_winning() {
    let shop = shop_with_an_effect();
    let results = experimentation::experiment::results(shop.shop(), "effect").unwrap();
    let metric = |results: &experimentation::experiment::Results, name: &str| {
        let mut known = results.metrics.iter().filter_map(|metric| metric.analysis.known());
        known.find(|analysis| analysis.report.metric == name).unwrap().report.clone()
    };
    assert_eq!(results.n_assigned.values().sum::<u64>(), 240);
    let conversion = metric(&results, "conversion");
    assert!(conversion.srm.known().unwrap().p > 0.001);
    let found = &conversion.comparisons[0];
    assert!((found.mean_treatment.known().unwrap() - 0.5).abs() < 0.15);
    assert!(found.sequential_absolute.known().unwrap().ci[0] > 0.0);
    assert!(found.bayesian.known().unwrap().chance_to_win > 0.99);
    let follow = metric(&results, "follow_through");
    assert_eq!(follow.kind, experiments::MetricKind::Ratio);
    assert!(
        matches!(&results.verdicts["b"], Verdict::Better { why } if why.contains("conversion"))
    );
    // The same effect, but half of the treated switch profiling off.
    let state = shop.shop().state();
    let off = Preferences { profiling: false, ..Preferences::default() };
    for n in (0..240).filter(|n| n % 2 == 1) {
        let who = subject(&format!("visitor-{n}"));
        let number = state.shopper(&who).unwrap().unwrap();
        if state.assignments_of(number).unwrap()[0].variant == "b" {
            shop.corrections.set_preferences(&who, &off).unwrap();
        }
    }
    let results = experimentation::experiment::results(shop.shop(), "effect").unwrap();
    assert!(matches!(&results.verdicts["b"], Verdict::Harmful { why } if why.contains("opt_out")));
}

#[test]
fn nothing_is_ever_planted_in_live_shopping_nor_anywhere_unless_declared() {
    let always =
        trained_with("[seeded_errors]\ntraffic = [\"test\", \"consenting\"]\nshare = 0.999\n");
    let ask = |shop: &OwnShop, traffic| {
        shop.recommender.recommend(&Request { traffic, ..request_of(&shopper(0)) }).unwrap()
    };
    let planted = |shop: &OwnShop, answer: &answers::Answer| {
        serving::delivered(shop.in_service(), &answer.request_id).unwrap().planted
    };
    let usual = ask(&always, Traffic::Live);
    let told = |answer: &answers::Answer| {
        let reasons = answer.items.iter().flat_map(|item| &item.reasons);
        reasons.map(|reason| (reason.text.clone(), reason.claims.clone())).collect::<Vec<_>>()
    };
    assert!((0..20).all(|_| told(&ask(&always, Traffic::Live)) == told(&usual)));
    assert!(planted(&always, &usual).is_empty());
    let off = trained();
    let test = ask(&off, Traffic::Test);
    assert!(planted(&off, &test).is_empty());
}

#[test]
fn what_is_planted_is_on_record_and_counts_as_no_claim_delivered() {
    let shop = trained_with("[seeded_errors]\ntraffic = [\"test\"]\nshare = 0.999\n");
    let mut kinds = std::collections::BTreeSet::new();
    for _ in 0..12 {
        let request = Request { traffic: Traffic::Test, k: 5, ..request_of(&shopper(0)) };
        let answer = shop.recommender.recommend(&request).unwrap();
        assert!(answer.planted.is_empty(), "whoever takes part is told afterwards");
        let planted = serving::delivered(shop.in_service(), &answer.request_id).unwrap().planted;
        assert_eq!(planted.len(), 1);
        kinds.insert(format!("{:?}", planted[0].what));
        let item = answer.items.iter().find(|item| item.rank == planted[0].rank).unwrap();
        assert_eq!(item.reasons[0].claims, []);
        assert!(!item.reasons[0].text.is_empty(), "it reads like any other");
        let exposure = Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
        shop.feedback.expose(&exposure, None, NOW).unwrap();
        let reason = &item.reasons[0].reason_id;
        shop.feedback.judge(reason, FeedbackKind::Wrong, None, NOW).unwrap();
        let audit = audit::audit_one(shop.shop(), &answer.request_id).unwrap();
        assert!(audit.is_clean(), "{audit:?}");
    }
    assert_eq!(kinds.len(), 2, "both sorts of errors are planted: {kinds:?}");
    let behaviour = experimentation::trust::report(shop.shop()).unwrap().behaviour;
    assert_eq!((behaviour.planted.n_wrong, behaviour.planted.wrong_accepted), (12, 0));
    assert!(
        behaviour.corrections.known().unwrap().n_did == 0,
        "rejecting a seeded error corrects nothing"
    );
}

#[test]
fn every_variant_is_shown_the_same_wrong_item_whatever_it_ranks_by() {
    let wrong_under = |ranker: Option<&str>| {
        let shop = trained_with("[seeded_errors]\ntraffic = [\"test\"]\nshare = 0.999\n");
        let change =
            Change { ranker: ranker.map(str::to_owned), explain: Some(false), ..Change::default() };
        shop.start_experiment(&all_get(change), NOW).unwrap();
        let request = Request { traffic: Traffic::Test, k: 3, ..request_of(&shopper(0)) };
        let answer = shop.recommender.recommend(&request).unwrap();
        let planted = serving::delivered(shop.in_service(), &answer.request_id).unwrap().planted;
        let item = answer.items.iter().find(|item| item.rank == planted[0].rank).unwrap();
        item.item_id.clone()
    };
    let wrong = wrong_under(None);
    assert!(["popularity", "text"].into_iter().all(|ranker| wrong_under(Some(ranker)) == wrong));
}

#[test]
fn an_erased_shopper_is_in_no_experiment_any_more() {
    let shop = trained();
    shop.start_experiment(&all_get(Change::default()), NOW).unwrap();
    let ann: SubjectId = shopper(0);
    shop.recommender.recommend(&request_of(&ann)).unwrap();
    shop.erase(&ann).unwrap();
    let results = experimentation::experiment::results(shop.shop(), "all").unwrap();
    assert_eq!(results.n_assigned.values().sum::<u64>(), 0);
}
