use proptest::prelude::*;

use super::*;
use crate::laws::{N_ITEMS, assert_additive, small_history, small_texts};

fn titled(titles: &[&str]) -> Vec<ItemText> {
    let item = |title: &&str| ItemText { title: vec![(*title).to_owned()], ..ItemText::default() };
    titles.iter().map(item).collect()
}

fn constants() -> TextConstants {
    TextConstants { decay: 0.5, bigram: 0.0, max_share: 1.0, ..TextConstants::default() }
}

/// Titles "red soap soap", "red mask", "soap", "green". By hand: n = 4, red in 2, soap in 2, the
/// rest in 1 and so left out. Both idf = ln 2. Item 0 = ln 2 · (red ln 2, soap ln 3), item 1 = red,
/// item 2 = soap. cos(0, 1) = ln 2 / √(ln²2 + ln²3) = .533 60; cos(0, 2) = .845 74; cos(1, 2) = 0.
#[test]
fn cosines_match_numbers_worked_out_by_hand() {
    let signal =
        TextSignal::fit(&titled(&["red soap soap", "red mask", "soap", "green"]), &constants())
            .unwrap();
    let cosine = |a, b| signal.cosine(a, b).unwrap();
    assert!((cosine(0, 1) - 0.533_603).abs() < 1e-5, "{}", cosine(0, 1));
    assert!((cosine(0, 2) - 0.845_735).abs() < 1e-5, "{}", cosine(0, 2));
    assert_eq!(cosine(1, 2), 0.0);
}

#[test]
fn shared_terms_are_named_and_sum_to_the_cosine() {
    let titles =
        ["matte red lipstick", "matte red lipstick refill", "red soap", "blue soap refill"];
    let signal =
        TextSignal::fit(&titled(&titles), &TextConstants { bigram: 1.0, ..constants() }).unwrap();
    let similar = signal.similarity(0, 1).unwrap();
    let names: Vec<&str> = similar.shared_terms.iter().map(|(term, _)| term.as_str()).collect();
    assert!(names.contains(&"lipstick") && names.contains(&"matte red"), "{names:?}");
    let sum: f32 = similar.shared_terms.iter().map(|(_, share)| share).sum();
    assert!((sum - similar.cosine).abs() < 1e-5);
    assert!(similar.shared_terms.is_sorted_by(|a, b| a.1 >= b.1));
}

#[test]
fn an_item_without_words_is_like_nothing() {
    let signal =
        TextSignal::fit(&titled(&["red soap", "red soap", "", "of the"]), &constants()).unwrap();
    assert!(signal.similarity(0, 1).is_some());
    assert_eq!(signal.similarity(0, 2), None);
    assert_eq!(signal.cosine(3, 0), None);
}

#[test]
fn chinese_titles_share_words_rather_than_characters() {
    let signal = TextSignal::fit(
        &titled(&["哑光口红", "口红套装", "红茶", "红茶礼盒", "面膜"]),
        &constants(),
    )
    .unwrap();
    assert!(signal.cosine(0, 1).unwrap() > 0.0);
    assert_eq!(signal.cosine(0, 2).unwrap_or(0.0), 0.0);
}

#[test]
fn a_term_that_nearly_every_item_has_counts_for_nothing() {
    let titles = ["shop red", "shop red", "shop blue", "shop blue"];
    let signal =
        TextSignal::fit(&titled(&titles), &TextConstants { max_share: 0.6, ..constants() })
            .unwrap();
    assert_eq!(signal.vocabulary, ["blue", "red"]);
    assert_eq!(signal.cosine(0, 2), Some(0.0));
}

#[test]
fn a_brand_can_be_made_to_count_more_than_a_title() {
    let item = |title: &str, brand: &str| ItemText {
        title: vec![title.to_owned()],
        brand: brand.into(),
        ..ItemText::default()
    };
    let texts =
        [item("red", "acme"), item("blue", "acme"), item("red", "zeta"), item("blue", "zeta")];
    let heavy = TextSignal::fit(&texts, &TextConstants { brand: 5.0, ..constants() }).unwrap();
    assert!(heavy.cosine(0, 1) > heavy.cosine(0, 2));
    let light = TextSignal::fit(&texts, &TextConstants { brand: 0.1, ..constants() }).unwrap();
    assert!(light.cosine(0, 1) < light.cosine(0, 2));
}

#[test]
fn what_means_the_like_is_found_without_a_word_in_common() {
    let item = |title: &str, meaning: [f32; 2]| ItemText {
        title: vec![title.to_owned()],
        meaning: Some(meaning.into()),
        ..ItemText::default()
    };
    let texts =
        [item("green tea", [1.0, 0.1]), item("绿茶", [1.0, 0.0]), item("phone case", [-1.0, 0.0])];
    let scores = |meaning: f32| {
        let signal = TextSignal::fit(&texts, &TextConstants { meaning, ..constants() }).unwrap();
        let history = crate::History::newest_first([(0, 1.0)]);
        let mut scores = vec![0.0; 3];
        signal.add_scores(Query::of(&history), 1.0, &mut scores);
        scores
    };
    assert_eq!(scores(0.0)[1], 0.0);
    let both = scores(0.5);
    assert!(both[1] > 0.4 && both[2] == 0.0, "{both:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn attribution_is_exact_and_masking_subtracts_it(
        (texts, history) in (small_texts(), small_history()),
    ) {
        let signal = TextSignal::fit(&texts, &TextConstants { bigram: 0.5, meaning: 0.4, ..constants() }).unwrap();
        assert_additive(&signal, &history, N_ITEMS)?;
    }

    #[test]
    fn cosines_lie_between_zero_and_one_and_do_not_depend_on_the_order(texts in small_texts()) {
        let signal = TextSignal::fit(&texts, &constants()).unwrap();
        for (a, b) in (0..N_ITEMS as u32).flat_map(|a| (0..N_ITEMS as u32).map(move |b| (a, b))) {
            let cosine = signal.cosine(a, b);
            prop_assert!(cosine.is_none_or(|cosine| (0.0..=1.0).contains(&cosine)));
            prop_assert_eq!(cosine, signal.cosine(b, a));
        }
    }
}
