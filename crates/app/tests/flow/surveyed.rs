//! The questionnaire in service: who is asked, what is kept, what is shown.

use std::collections::BTreeMap;

use app::AppError;
use app::feedback::Exposure;
use app::survey::{Answers, Questions};
use domain::time::DAY_MS;
use domain::{Language, Statistic, SubjectId, Timestamp};
use trust::score::Dimension;
use trust::{Construct, Questionnaire};

use super::small_shop::{OwnShop, request_of, shopper, trained_with};

const NOW: Timestamp = Timestamp(1_800_000_000_000);
const EVERYBODY: &str = "[surveys]\nshare = 1.0\n";

fn see(shop: &OwnShop, who: &SubjectId) {
    let answer = shop.recommend(&request_of(who)).unwrap();
    let exposure = Exposure { request_id: answer.request_id, item_ids: Vec::new() };
    shop.expose(&exposure, None, NOW).unwrap();
}

/// Answers everything: trust at `trust`, read with care or not.
fn answer(shop: &OwnShop, questions: &Questions, trust: u8, carefully: bool) {
    let value = |id: &str| {
        let item = Questionnaire::current().item(id).unwrap();
        match item.construct {
            Construct::Attention if carefully => 6,
            Construct::Attention => 1,
            _ if item.reversed => 8 - trust,
            _ => trust,
        }
    };
    let answers = questions.items.iter().map(|item| (item.id.clone(), value(&item.id))).collect();
    let given = Answers { survey_id: questions.survey_id.clone(), answers };
    shop.answer_survey(&given, None, NOW).unwrap();
}

#[test]
fn nobody_is_asked_before_seeing_anything_nor_twice_within_the_period() {
    let shop = trained_with(EVERYBODY);
    let ann = shopper(0);
    let next = |days: i64| shop.next_survey(&ann, None, Timestamp(NOW.0 + days * DAY_MS)).unwrap();
    assert!(next(0).is_none(), "nothing was seen yet");
    see(&shop, &ann);
    let first = next(0).unwrap();
    assert_eq!(first.items.len(), Questionnaire::current().items.len());
    answer(&shop, &first, 5, true);
    assert!(next(1).is_none() && next(89).is_none());
    assert_ne!(next(91).unwrap().survey_id, first.survey_id);
}

#[test]
fn partial_answers_are_kept_and_the_rest_is_asked_again() {
    let shop = trained_with(EVERYBODY);
    let ann = shopper(0);
    see(&shop, &ann);
    let first = shop.next_survey(&ann, Some(Language::Zh), NOW).unwrap().unwrap();
    assert!(!first.items[0].text.is_ascii());
    let one = |item: &str, value| Answers {
        survey_id: first.survey_id.clone(),
        answers: BTreeMap::from([(item.to_owned(), value)]),
    };
    let answered = shop.answer_survey(&one("u1", 7), Some(&ann), NOW).unwrap();
    assert_eq!((answered.n_answered, answered.n_open), (1, first.items.len() - 1));
    let rest = shop.next_survey(&ann, None, Timestamp(NOW.0 + DAY_MS)).unwrap().unwrap();
    assert_eq!(rest.survey_id, first.survey_id);
    assert!(rest.items.iter().all(|item| item.id != "u1"));
    for (item, value) in [("u1", 0), ("u1", 8), ("zz", 3)] {
        let refused = shop.answer_survey(&one(item, value), None, NOW);
        assert!(matches!(refused, Err(AppError::BadRequest { .. })), "{item} {value}");
    }
    let stranger = shop.answer_survey(&one("u1", 1), Some(&shopper(1)), NOW);
    assert!(matches!(stranger, Err(AppError::NoSurvey(_))));
}

#[test]
fn only_the_sampled_share_is_asked() {
    let shop = trained_with("[surveys]\nshare = 0.3\n");
    let asked = (0..60).filter(|n| {
        see(&shop, &shopper(*n));
        shop.next_survey(&shopper(*n), None, NOW).unwrap().is_some()
    });
    let n = asked.count();
    assert!((8..30).contains(&n), "{n} of 60 at a share of .3");
}

#[test]
fn scores_count_careful_people_and_hide_small_groups() {
    let shop = trained_with(&format!("{EVERYBODY}min_group = 8\n"));
    for n in 0..12 {
        let who = shopper(6 + n);
        see(&shop, &who);
        let lang = if n < 9 { Language::En } else { Language::Zh };
        let questions = shop.next_survey(&who, Some(lang), NOW).unwrap().unwrap();
        // The last one clicks through: full marks, attention check missed.
        answer(&shop, &questions, if n == 11 { 7 } else { [4, 5][n % 2] }, n != 11);
    }
    let report = shop.shop().trust().unwrap().questionnaire;
    assert_eq!((report.n_asked, report.n_answered, report.n_unread), (12, 12, 1));
    let overall = report.scores.overall.known().unwrap();
    // Six people at 4 of 7 (50 points) and five at 5 of 7 (66.67).
    assert!((overall.estimate - (6.0 * 50.0 + 5.0 * 200.0 / 3.0) / 11.0).abs() < 1e-9);
    assert_eq!(overall.n, 11);
    for dimension in Dimension::ALL {
        let score = report.scores.dimensions[&dimension].known().unwrap();
        assert!((score.estimate - overall.estimate).abs() < 1e-9, "reversed items are turned");
    }
    // Two people in one language: shown, they would be told apart; the rest minus them as well.
    assert!(report.by_language.values().all(|group| group.known().is_none()), "{report:?}");
    assert!(matches!(report.beside[&Construct::Distrust], Statistic::Known(_)));
}
