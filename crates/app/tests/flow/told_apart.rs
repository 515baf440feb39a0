//! Trust reports: who counts as one, what belongs to whom, and leaks that are found.

use answers::{Answer, Request};
use domain::{EventKind, FeedbackKind, Language, Preferences, SubjectId, Timestamp};
use experimentation::trust::Gap;
use serving::feedback::Exposure;

use super::small_shop::{OwnShop, event, request_of, shopper, subject, trained, trained_with};

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn look(shop: &OwnShop, who: &SubjectId, lang: Language) -> Answer {
    let request = Request { lang: Some(lang), k: 2, ..request_of(who) };
    let answer = shop.recommender.recommend(&request).unwrap();
    let exposure = Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
    shop.feedback.expose(&exposure, None, NOW).unwrap();
    answer
}

fn follow(shop: &OwnShop, who: &SubjectId, answer: &Answer) {
    for item in &answer.items {
        let key = format!("{} {}", answer.request_id, item.item_id);
        let mut clicked = event(who, EventKind::Click, &item.item_id, &key);
        clicked.request_id = Some(answer.request_id.clone());
        shop.collector.collect(vec![clicked]).unwrap();
    }
}

fn gap_of_languages(gaps: &[Gap]) -> &Gap {
    let mut of = gaps.iter().filter(|gap| gap.group == "zh");
    of.find(|gap| gap.measure == "followed of what came into view").unwrap()
}

#[test]
fn twenty_answers_to_one_shopper_are_one_shopper() {
    let shop = trained();
    // Two of three Chinese readers follow everything, and one of three English readers.
    for (n, (lang, follows)) in [
        (Language::Zh, true),
        (Language::Zh, true),
        (Language::Zh, false),
        (Language::En, true),
        (Language::En, false),
        (Language::En, false),
    ]
    .into_iter()
    .enumerate()
    {
        let who = shopper(n);
        for _ in 0..20 {
            let answer = look(&shop, &who, lang);
            if follows {
                follow(&shop, &who, &answer);
            }
        }
    }
    let report = experimentation::trust::report(shop.shop()).unwrap();
    let gap = *gap_of_languages(&report.audits.fairness.gaps).difference.known().unwrap();
    assert!((gap.estimate - 1.0 / 3.0).abs() < 1e-9, "{gap:?}");
    assert!(gap.ci[0] < 0.0 && gap.p > 0.3, "six shoppers tell no groups apart: {gap:?}");
    let followed = *report.behaviour.follow_through.known().unwrap();
    assert_eq!((followed.n, followed.n_did), (240, 120));
    assert!(followed.ci[0] < 0.25 && followed.ci[1] > 0.75, "of six shoppers: {followed:?}");
}

#[test]
fn whoever_has_a_name_sees_says_and_leaves_as_themselves_from_the_first_answer_on() {
    let shop = trained_with("[surveys]\nshare = 1.0\n");
    let who = subject("never-seen-before");
    let answer = look(&shop, &who, Language::En);
    shop.feedback
        .judge(&answer.items[0].reasons[0].reason_id, FeedbackKind::Wrong, None, NOW)
        .unwrap();
    let state = shop.shop().state();
    let number = state.shopper(&who).unwrap().unwrap();
    let said = state.feedback_of(number).unwrap();
    assert_eq!(said.iter().filter(|one| one.kind == FeedbackKind::Exposed).count(), 2);
    assert_eq!(said.iter().filter(|one| one.kind == FeedbackKind::Wrong).count(), 1);
    assert!(
        experimentation::survey::next(shop.shop(), &who, None, NOW).unwrap().is_some(),
        "who saw something is asked"
    );
    let off = Preferences { profiling: false, ..Preferences::default() };
    shop.corrections.set_preferences(&who, &off).unwrap();
    let said = shop.shop().state().feedback_of(number).unwrap();
    let left = said.iter().find(|one| one.kind == FeedbackKind::OptedOut).unwrap();
    assert_eq!(left.request_id, Some(answer.request_id), "after what they saw last");
}

#[test]
fn a_category_named_before_it_was_called_sensitive_is_found() {
    let shop = trained();
    for n in 0..40 {
        look(&shop, &shopper(n), Language::En);
    }
    let failed = |shop: &OwnShop| {
        let safety = experimentation::trust::report(shop.shop()).unwrap().audits.safety;
        let failed = safety.checks.iter().filter(|check| check.n_failed > 0);
        (safety.passed, failed.map(|check| check.name).collect::<Vec<_>>())
    };
    assert_eq!(failed(&shop), (true, Vec::new()));
    let items = shop.shop().state().items_page(None, 1_000).unwrap();
    let names = items.iter().filter_map(|item| item.category());
    let names: Vec<String> = names.map(|name| name.in_language(Language::En).to_owned()).collect();
    let shop = shop.reopened_with(&format!("[explain]\nsensitive_categories = {names:?}\n"));
    assert_eq!(failed(&shop), (false, vec!["no sensitive category is named"]));
}
