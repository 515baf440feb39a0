//! Planted errors in an experiment: when the alarm rings, and what it takes for trust to win.

use std::collections::BTreeMap;

use answers::Request;
use answers::request::Traffic;
use domain::{FeedbackKind, SubjectId, Timestamp};
use experimentation::experiment::{
    Change, Definition, Metric, Phrasing, Results, Variant, Verdict,
};
use experimentation::survey::Answers;
use serving::feedback::Exposure;
use trust::overtrust::Ruling;
use trust::{Construct, Questionnaire};

use super::small_shop::{OwnShop, request_of, subject, trained_with};

const NOW: Timestamp = Timestamp(1_800_000_000_000);
/// An error in every list of test traffic, and everybody asked.
const SEEDED: &str = "\
[seeded_errors]
traffic = [\"test\"]
share = 0.999
margin = 0.4
[surveys]
share = 1.0
";

/// Two arms, of which the second is to be trusted more.
fn trial(shop: &OwnShop) {
    let brief = Change { phrasing: Some(Phrasing::Brief), ..Change::default() };
    let variant = |name: &str, change| Variant { name: name.to_owned(), weight: 1.0, change };
    let variants = vec![variant("a", Change::default()), variant("b", brief)];
    let primary = vec![Metric::Trust];
    let definition =
        Definition { primary, planned_n: 120.0, ..Definition::new("trial", "a", variants) };
    shop.start_experiment(&definition, NOW).unwrap();
}

/// Looks at a list, and says something of what is wrong in it. The arm it came from.
fn look(
    shop: &OwnShop,
    who: &SubjectId,
    traffic: Traffic,
    says: &dyn Fn(bool) -> FeedbackKind,
) -> bool {
    let request = Request { traffic, k: 3, ..request_of(who) };
    let answer = shop.recommender.recommend(&request).unwrap();
    let exposure = Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
    shop.feedback.expose(&exposure, None, NOW).unwrap();
    let is_b = answer.variant == "trial/b";
    for planted in serving::delivered(shop.in_service(), &answer.request_id).unwrap().planted {
        let item = answer.items.iter().find(|item| item.rank == planted.rank).unwrap();
        shop.feedback.judge(&item.reasons[0].reason_id, says(is_b), None, NOW).unwrap();
    }
    is_b
}

/// Answers the questionnaire with so much trust.
fn answer(shop: &OwnShop, who: &SubjectId, trust: u8) {
    let questions = experimentation::survey::next(shop.shop(), who, None, NOW).unwrap().unwrap();
    let value = |id: &str| {
        let item = Questionnaire::current().item(id).unwrap();
        match item.construct {
            Construct::Attention => 6,
            _ if item.reversed => 8 - trust,
            _ => trust,
        }
    };
    let answers: BTreeMap<String, u8> =
        questions.items.iter().map(|item| (item.id.clone(), value(&item.id))).collect();
    let given = Answers { survey_id: questions.survey_id.clone(), answers, words: None };
    experimentation::survey::answer(shop.shop(), &given, None, NOW).unwrap();
}

fn results(shop: &OwnShop) -> Results {
    experimentation::experiment::results(shop.shop(), "trial").unwrap()
}

fn ruling(results: &Results) -> Option<Ruling> {
    results.over_trust["b"].known().map(|judgement| judgement.ruling)
}

/// Those of the second arm accept what is wrong.
fn credulous(is_b: bool) -> FeedbackKind {
    if is_b { FeedbackKind::Helpful } else { FeedbackKind::Wrong }
}

#[test]
fn many_who_accept_errors_raise_the_alarm_and_one_who_accepts_many_does_not() {
    let shop = trained_with(SEEDED);
    trial(&shop);
    for n in 0..60 {
        look(&shop, &subject(&format!("visitor-{n}")), Traffic::Test, &credulous);
    }
    let many = results(&shop);
    assert_eq!(ruling(&many), Some(Ruling::OverTrust));
    assert_eq!(many.verdicts["b"], Verdict::OverTrust);

    let shop = trained_with(SEEDED);
    trial(&shop);
    let visitors: Vec<SubjectId> = (0..9).map(|n| subject(&format!("visitor-{n}"))).collect();
    let arms = visitors.iter().map(|who| look(&shop, who, Traffic::Live, &credulous));
    let arms: Vec<bool> = arms.collect();
    let one_of = |arm: bool| &visitors[arms.iter().position(|is_b| *is_b == arm).unwrap()];
    for _ in 0..30 {
        look(&shop, one_of(true), Traffic::Test, &credulous);
        look(&shop, one_of(false), Traffic::Test, &credulous);
    }
    let of_two = results(&shop);
    assert_eq!(of_two.planted["b"].values().map(|p| p.trials.n_wrong).sum::<u64>(), 30);
    assert_eq!(ruling(&of_two), Some(Ruling::NotShownSafe), "{:?}", of_two.over_trust["b"]);
}

#[test]
fn trust_never_wins_without_proof_that_errors_are_still_seen() {
    let shop = trained_with(SEEDED);
    trial(&shop);
    let visitors: Vec<SubjectId> = (0..120).map(|n| subject(&format!("visitor-{n}"))).collect();
    for (n, who) in visitors.iter().enumerate() {
        let is_b = look(&shop, who, Traffic::Live, &credulous);
        let more = u8::from(n % 3 == 0);
        answer(&shop, who, if is_b { 6 + more } else { 2 + more });
    }
    let unproven = results(&shop);
    assert!(unproven.over_trust["b"].known().is_none(), "nothing was planted");
    let is_asked_for = |verdict: &Verdict| matches!(verdict, Verdict::Undecided { why } if why.contains("plant some in test traffic"));
    assert!(is_asked_for(&unproven.verdicts["b"]), "trust alone: {:?}", unproven.verdicts["b"]);

    for who in &visitors[..4] {
        look(&shop, who, Traffic::Test, &|_| FeedbackKind::Wrong);
    }
    assert!(is_asked_for(&results(&shop).verdicts["b"]), "four shoppers prove nothing");

    for who in &visitors {
        look(&shop, who, Traffic::Test, &|_| FeedbackKind::Wrong);
    }
    let proven = results(&shop);
    assert_eq!(ruling(&proven), Some(Ruling::Wins), "{:?}", proven.over_trust["b"]);
    assert!(matches!(&proven.verdicts["b"], Verdict::Better { why } if why.contains("trust")));
}

#[test]
fn what_few_answered_is_told_of_no_variant() {
    let shop = trained_with(SEEDED);
    trial(&shop);
    for n in 0..40 {
        let who = subject(&format!("visitor-{n}"));
        let is_b = look(&shop, &who, Traffic::Live, &credulous);
        if n < 12 || !is_b {
            answer(&shop, &who, 3 + (n % 4) as u8);
        }
    }
    let told = serde_json::to_value(results(&shop)).unwrap();
    let metrics = told["metrics"].as_array().unwrap();
    for name in ["trust", "satisfaction"] {
        let metric = metrics.iter().find(|metric| metric["name"] == name).unwrap();
        assert!(metric["unknown"].as_str().unwrap().contains("fewer than 10"), "{metric}");
        assert!(metric.get("comparisons").is_none(), "{metric}");
    }
    assert!(metrics.iter().any(|m| m["name"] == "conversion" && m.get("comparisons").is_some()));
}
