//! The questionnaire in service: who is asked, what is kept, what is shown.

use std::collections::BTreeMap;

use domain::time::DAY_MS;
use domain::{EventKind, Language, Statistic, SubjectId, Timestamp};
use experimentation::survey::{Answers, MOST_CHARS, Questions};
use experimentation::trust::{OwnWords, WordsSought};
use serving::feedback::Exposure;
use shop::ShopError;
use trust::score::Dimension;
use trust::{Construct, Questionnaire};

use super::small_shop::{OwnShop, event, item_id, request_of, shopper, subject, trained_with};

const NOW: Timestamp = Timestamp(1_800_000_000_000);
const EVERYBODY: &str = "[surveys]\nshare = 1.0\n";

fn see(shop: &OwnShop, who: &SubjectId) {
    let answer = shop.recommender.recommend(&request_of(who)).unwrap();
    let exposure = Exposure { request_id: answer.request_id, item_ids: Vec::new() };
    shop.feedback.expose(&exposure, None, NOW).unwrap();
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
    let given = Answers { survey_id: questions.survey_id.clone(), answers, words: None };
    experimentation::survey::answer(shop.shop(), &given, None, NOW).unwrap();
}

/// Somebody new who looked at one item: all of them are of one segment.
fn newcomer(shop: &OwnShop, n: usize) -> SubjectId {
    let who = subject(&format!("newcomer-{n}"));
    let looked = event(&who, EventKind::View, &item_id("S0001"), &format!("look {n}"));
    shop.collector.collect(vec![looked]).unwrap();
    who
}

/// Asks somebody now, and keeps what they write.
fn write(shop: &OwnShop, who: &SubjectId, lang: Language, words: &str) {
    see(shop, who);
    let questions =
        experimentation::survey::next(shop.shop(), who, Some(lang), NOW).unwrap().unwrap();
    let survey_id = questions.survey_id;
    let given = Answers { survey_id, answers: BTreeMap::new(), words: Some(words.to_owned()) };
    experimentation::survey::answer(shop.shop(), &given, Some(who), NOW).unwrap();
}

fn read(shop: &OwnShop, lang: Option<Language>, text: &str, page: usize) -> OwnWords {
    experimentation::trust::own_words(
        shop.shop(),
        &WordsSought { lang, text: text.to_owned(), page },
    )
    .unwrap()
}

fn texts(found: &OwnWords) -> Vec<&str> {
    found.texts.iter().map(|text| text.text.as_str()).collect()
}

#[test]
fn nobody_is_asked_before_seeing_anything_nor_twice_within_the_period() {
    let shop = trained_with(EVERYBODY);
    let ann = shopper(0);
    let next = |days: i64| {
        experimentation::survey::next(shop.shop(), &ann, None, Timestamp(NOW.0 + days * DAY_MS))
            .unwrap()
    };
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
    let first =
        experimentation::survey::next(shop.shop(), &ann, Some(Language::Zh), NOW).unwrap().unwrap();
    assert!(!first.items[0].text.is_ascii());
    let one = |item: &str, value| Answers {
        survey_id: first.survey_id.clone(),
        answers: BTreeMap::from([(item.to_owned(), value)]),
        words: None,
    };
    let answered =
        experimentation::survey::answer(shop.shop(), &one("u1", 7), Some(&ann), NOW).unwrap();
    assert_eq!((answered.n_answered, answered.n_open), (1, first.items.len() - 1));
    let rest = experimentation::survey::next(shop.shop(), &ann, None, Timestamp(NOW.0 + DAY_MS))
        .unwrap()
        .unwrap();
    assert_eq!(rest.survey_id, first.survey_id);
    assert!(rest.items.iter().all(|item| item.id != "u1"));
    for (item, value) in [("u1", 0), ("u1", 8), ("zz", 3)] {
        let refused = experimentation::survey::answer(shop.shop(), &one(item, value), None, NOW);
        assert!(matches!(refused, Err(ShopError::BadRequest { .. })), "{item} {value}");
    }
    let stranger =
        experimentation::survey::answer(shop.shop(), &one("u1", 1), Some(&shopper(1)), NOW);
    assert!(matches!(stranger, Err(ShopError::NoSurvey(_))));
}

#[test]
fn only_the_sampled_share_is_asked() {
    let shop = trained_with("[surveys]\nshare = 0.3\n");
    let asked = (0..60).filter(|n| {
        see(&shop, &shopper(*n));
        experimentation::survey::next(shop.shop(), &shopper(*n), None, NOW).unwrap().is_some()
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
        let questions =
            experimentation::survey::next(shop.shop(), &who, Some(lang), NOW).unwrap().unwrap();
        // The last one clicks through: full marks, attention check missed.
        answer(&shop, &questions, if n == 11 { 7 } else { [4, 5][n % 2] }, n != 11);
    }
    let report = experimentation::trust::report(shop.shop()).unwrap().questionnaire;
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

#[test]
fn own_words_are_kept_without_what_gives_away_and_asked_for_once() {
    let shop = trained_with(EVERYBODY);
    let ann = shopper(0);
    write(&shop, &ann, Language::En, "Call me: 138-1234-5678, or ann@example.com.");
    let rest = experimentation::survey::next(shop.shop(), &ann, None, Timestamp(NOW.0 + DAY_MS))
        .unwrap()
        .unwrap();
    assert_eq!((rest.words, rest.items.len()), (None, Questionnaire::current().items.len()));
    let export = shop.shop().state().export(&ann).unwrap().unwrap();
    assert_eq!(export.surveys[0].words.as_deref(), Some("Call me: [***], or [***]."));
    let report = experimentation::trust::report(shop.shop()).unwrap().questionnaire;
    assert_eq!((report.n_asked, report.n_answered), (1, 0), "words count for nothing");
    // Taken back: asked for again, and kept nowhere.
    let none = Answers {
        survey_id: rest.survey_id,
        answers: BTreeMap::new(),
        words: Some(" \n".to_owned()),
    };
    experimentation::survey::answer(shop.shop(), &none, Some(&ann), NOW).unwrap();
    assert!(
        experimentation::survey::open_questions(shop.shop(), &none.survey_id, Some(&ann))
            .unwrap()
            .words
            .is_some()
    );
    assert_eq!(read(&shop, None, "", 1).n_written, 0);
    let stranger =
        experimentation::survey::open_questions(shop.shop(), &none.survey_id, Some(&shopper(1)));
    assert!(matches!(stranger, Err(ShopError::NoSurvey(_))));
}

#[test]
fn the_open_question_alone_asks_nobody_again() {
    let shop = trained_with(EVERYBODY);
    let ann = shopper(0);
    see(&shop, &ann);
    let questions = experimentation::survey::next(shop.shop(), &ann, None, NOW).unwrap().unwrap();
    assert_eq!(questions.words.as_ref().map(|words| words.max_chars), Some(MOST_CHARS));
    answer(&shop, &questions, 5, true);
    assert!(
        experimentation::survey::next(shop.shop(), &ann, None, NOW).unwrap().is_none(),
        "it is optional"
    );
}

#[test]
fn words_that_are_too_long_lose_no_other_answer() {
    let shop = trained_with(EVERYBODY);
    let ann = shopper(0);
    see(&shop, &ann);
    let questions = experimentation::survey::next(shop.shop(), &ann, None, NOW).unwrap().unwrap();
    let mut given = Answers {
        survey_id: questions.survey_id,
        answers: BTreeMap::from([("u1".to_owned(), 6)]),
        words: Some("推".repeat(MOST_CHARS + 1)),
    };
    let refused = experimentation::survey::answer(shop.shop(), &given, Some(&ann), NOW);
    assert!(matches!(refused, Err(ShopError::BadRequest { field: "words", .. })), "{refused:?}");
    let kept = shop.shop().state().survey(&given.survey_id).unwrap().unwrap();
    assert_eq!((kept.answers, kept.words), (vec![("u1".to_owned(), 6)], None));
    given.words.as_mut().unwrap().pop();
    experimentation::survey::answer(shop.shop(), &given, Some(&ann), NOW).unwrap();
}

#[test]
fn own_words_are_shown_only_where_enough_people_answered() {
    let shop = trained_with(&format!("{EVERYBODY}min_group = 8\n"));
    for n in 0..7 {
        write(&shop, &newcomer(&shop, n), Language::En, &format!("Fewer ads, number {n}"));
    }
    let few = read(&shop, None, "", 1);
    assert_eq!((few.n_written, few.n_hidden, few.n_found, few.texts.len()), (7, 7, 0, 0));
    write(&shop, &newcomer(&shop, 7), Language::En, "Tell me WHY it is cheap");
    write(&shop, &newcomer(&shop, 8), Language::Zh, "少一点套路");
    let found = read(&shop, None, "", 1);
    assert_eq!((found.n_written, found.n_hidden, found.n_found), (9, 1, 8));
    assert_eq!(texts(&found)[0], "Tell me WHY it is cheap", "newest first");
    assert!(!texts(&found).contains(&"少一点套路"), "one person in one language");
    assert_eq!(read(&shop, None, "套路", 1).n_found, 0, "what is hidden is not searched");
    assert_eq!(texts(&read(&shop, Some(Language::En), "why IT", 1)), ["Tell me WHY it is cheap"]);
    assert_eq!(read(&shop, Some(Language::Zh), "", 1).n_found, 0);
    write(&shop, &shopper(0), Language::En, "I buy a lot here");
    let found = read(&shop, None, "", 1);
    assert_eq!((found.n_hidden, found.n_found), (2, 8), "the only one of many steps");
    assert!(found.texts.iter().all(|text| text.week == Some(NOW.week())), "{found:?}");
}

#[test]
fn nothing_stands_beside_own_words_that_fewer_than_enough_people_share() {
    let variants = "[[experiments.define]]\nname = \"style\"\ncontrol = \"full\"\n\
                    variants = [{ name = \"full\" }, { name = \"brief\", weight = 1 }]\n";
    let shop = trained_with(&format!("{EVERYBODY}min_group = 5\n{variants}"));
    for n in 0..14 {
        write(&shop, &newcomer(&shop, n), Language::En, "more reasons");
    }
    let found = read(&shop, None, "", 1);
    let shown: Vec<_> = found.texts.iter().flat_map(|text| text.variants.clone()).collect();
    for variant in ["style/full", "style/brief"] {
        let n = shown.iter().filter(|name| *name == variant).count();
        assert!(n == 0 || n >= 5, "{n} people got {variant}");
    }
    assert!(!shown.is_empty(), "14 people in two variants: one of them has five");
    // Somebody writes in a week of their own: that week is not told, and their variant is one that
    // the others share.
    let late = newcomer(&shop, 14);
    see(&shop, &late);
    let next_week = Timestamp(NOW.0 + 8 * DAY_MS);
    let asked = experimentation::survey::next(shop.shop(), &late, Some(Language::En), next_week)
        .unwrap()
        .unwrap();
    let words = Some("later".to_owned());
    let given = Answers { survey_id: asked.survey_id, answers: BTreeMap::new(), words };
    experimentation::survey::answer(shop.shop(), &given, None, next_week).unwrap();
    let found = read(&shop, None, "later", 1);
    assert_eq!(found.texts[0].week, None);
}

#[test]
fn own_words_of_somebody_erased_are_gone() {
    let shop = trained_with(&format!("{EVERYBODY}min_group = 5\n"));
    for n in 0..6 {
        write(&shop, &newcomer(&shop, n), Language::En, &format!("wish {n}"));
    }
    assert_eq!(read(&shop, None, "wish 3", 1).n_found, 1);
    shop.erase(&subject("newcomer-3")).unwrap();
    let found = read(&shop, None, "", 1);
    assert_eq!((found.n_written, found.n_found), (5, 5));
    assert!(!texts(&found).contains(&"wish 3"));
}
