use std::collections::BTreeSet;

use domain::Language;

use super::*;

fn catalogue(n_items: usize) -> (Grammar, Catalogue) {
    let grammar = Grammar::embedded();
    let config = ShopConfig { n_items, ..ShopConfig::default() };
    let catalogue = make(&config, &grammar);
    (grammar, catalogue)
}

#[test]
fn no_title_repeats_within_a_language_even_at_ten_thousand() {
    let (_, catalogue) = catalogue(10_000);
    assert_eq!(catalogue.items.len(), 10_000);
    for language in Language::ALL {
        let titles: BTreeSet<_> =
            catalogue.items.iter().map(|item| item.title.in_language(language)).collect();
        assert_eq!(titles.len(), catalogue.items.len(), "{language:?}");
    }
}

#[test]
fn no_text_has_an_open_slot_or_stray_spaces() {
    for item in catalogue(10_000).1.items {
        for text in item.title.versions().chain(item.description.versions()) {
            assert!(!text.contains(['{', '}', '~', '|']), "{text}");
            assert!(!text.contains("  ") && text == text.trim(), "{text}");
        }
    }
}

#[test]
fn each_language_is_written_in_its_own_script() {
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    for item in catalogue(2_000).1.items {
        let zh = item.title.in_language(Language::Zh);
        assert!(zh.chars().filter(han).count() >= 6, "{zh}");
        let words = zh.split(|c: char| !c.is_ascii_lowercase()).max_by_key(|w| w.len());
        assert!(words.is_none_or(|w| w.len() < 6), "a placeholder or untranslated word in {zh}");
        let en = item.title.in_language(Language::En);
        assert!(!en.chars().any(|c| han(&c)), "{en}");
        let described = item.description.in_language(Language::En);
        assert!(!described.chars().any(|c| han(&c)), "{described}");
    }
}

#[test]
fn prices_stay_in_the_band_of_their_category_and_spread_within_it() {
    let (grammar, catalogue) = catalogue(3_000);
    for truth in &catalogue.truths {
        let band = &grammar.narrows[truth.narrow].price;
        let price = truth.price.major();
        assert!(price >= band.lowest && price <= band.highest, "{price}");
    }
    for (narrow, items) in grammar.narrows.iter().zip(&catalogue.by_narrow) {
        let mut prices: Vec<_> = items.iter().map(|i| catalogue.truths[*i].price.major()).collect();
        prices.sort_by(f64::total_cmp);
        let median = prices[prices.len() / 2] / narrow.price.median;
        assert!((0.75..1.35).contains(&median), "{}: {median}", narrow.key);
    }
}

#[test]
fn a_feed_has_gaps_and_new_arrivals_like_any_other() {
    let (_, catalogue) = catalogue(600);
    let count = |test: &dyn Fn(&Item) -> bool| catalogue.items.iter().filter(|i| test(i)).count();
    assert!((2..40).contains(&count(&|i| i.price.is_none())));
    assert!((5..60).contains(&count(&|i| i.description.is_empty())));
    assert!((5..60).contains(&count(&|i| !i.can_be_bought())));
    let now = ShopConfig::default().now;
    let is_new = |i: &Item| i.available_since.is_some_and(|t| now.days_since(t) < 30);
    assert!((15..80).contains(&count(&is_new)));
}

#[test]
fn a_small_shop_has_one_item_of_each_category_first() {
    let (grammar, catalogue) = catalogue(60);
    assert!(catalogue.by_narrow.iter().all(|items| !items.is_empty()));
    assert!(grammar.narrows.len() <= 60);
}
