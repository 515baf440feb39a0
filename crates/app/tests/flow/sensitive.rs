//! Sensitive categories never appear in a reason, whatever the history holds.

use answers::Request;
use app::Live;
use domain::{Item, ItemId, Language};

use super::inspect::{claims, faults, texts};
use super::small_shop::{catalogue, request_of, shopper, trained_with};

/// In one language each: the other one is known from the catalogue.
const NAMES: [&str; 3] = ["绿茶", "nappies", "Cat Food"];
const SETTINGS: &str = "
[explain]
sensitive_categories = [\"绿茶\", \"nappies\", \"Cat Food\"]
";

fn sensitive_items(shop: &Live) -> Vec<Item> {
    let is_sensitive = |item: &Item| {
        let names = item.categories.iter().flat_map(domain::Text::versions);
        names.map(str::to_lowercase).any(|name| NAMES.iter().any(|s| s.to_lowercase() == name))
    };
    catalogue(shop).into_iter().filter(is_sensitive).collect()
}

/// Words that no reason may hold: names of sensitive categories and titles of their items.
fn forbidden(items: &[Item]) -> Vec<String> {
    let names = items.iter().filter_map(Item::category);
    let titles = items.iter().map(|item| &item.title);
    names.chain(titles).flat_map(domain::Text::versions).map(str::to_lowercase).collect()
}

fn requests(sensitive: &[Item]) -> Vec<Request> {
    let seeds = sensitive.iter().map(|item| vec![item.id.clone()]).chain([Vec::new()]);
    let seeds: Vec<Vec<ItemId>> = seeds.collect();
    let mut requests = Vec::new();
    for n in 0..6 {
        for (i, seed_items) in seeds.iter().enumerate() {
            let lang = Some(if (n + i) % 2 == 0 { Language::Zh } else { Language::En });
            let seed_items = seed_items.clone();
            requests.push(Request { k: 30, seed_items, lang, ..request_of(&shopper(n)) });
        }
    }
    requests
}

#[test]
fn sensitive_categories_never_appear_in_a_reason() {
    let shop = trained_with(SETTINGS);
    let sensitive = sensitive_items(&shop);
    assert!(sensitive.len() >= 6, "the shop sells too little of them to test anything");
    let forbidden = forbidden(&sensitive);
    let is_sensitive = |id: &ItemId| sensitive.iter().any(|item| item.id == *id);
    let mut n_recommended = 0;
    for request in requests(&sensitive) {
        let answer = shop.recommender.recommend(&request).unwrap();
        assert_eq!(faults(&answer), [""; 0]);
        n_recommended += answer.items.iter().filter(|i| is_sensitive(&i.item_id)).count();
        for claim in claims(&answer) {
            let wire = serde_json::to_string(&claim.facts).unwrap().to_lowercase();
            let named = forbidden.iter().find(|word| wire.contains(word.as_str()));
            assert_eq!(named, None, "{claim:?}");
            let rests_on = claim.evidence.iter().find(|past| is_sensitive(&past.item_id));
            assert_eq!(rests_on, None, "{claim:?}");
        }
        for text in texts(&answer) {
            let named = forbidden.iter().find(|word| text.to_lowercase().contains(word.as_str()));
            assert_eq!(named, None, "{text}");
        }
    }
    assert!(n_recommended > 0, "they may be recommended, only never named");
}
