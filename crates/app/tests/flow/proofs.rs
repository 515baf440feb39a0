//! Whatever is asked for whomever: every claim verified, every sentence cited, every number a fact,
//! every price the catalogue's.

use std::{cell::RefCell, collections::BTreeMap};

use answers::request::{OneOrMany, PriceRange};
use answers::{Answer, Filters, Request};
use app::Live;
use claims::{Facts, Unknown};
use domain::{Event, EventKind, ItemId, Language, Money};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;

use super::{
    inspect::{claims, faults},
    small_shop::{
        event, item_id, largest_category, request_of, shopper, subject, trained, trained_with,
    },
};

/// Any request that makes sense: known shoppers, strangers and nobody; all kinds of filters; seeds
/// that are there, that are not, and twice the same.
fn any_request() -> impl Strategy<Value = Request> {
    let who = prop::option::weighted(0.9, (0..310_usize).prop_map(shopper));
    let item = (0..130_usize).prop_map(|n| item_id(&format!("S{n:04}")));
    let seeds = prop::collection::vec(item.clone(), 0..3);
    let lang = prop_oneof![Just(Language::Zh), Just(Language::En)];
    (who, 1..25_usize, seeds, any_filters(item), lang).prop_map(
        |(shopper, k, seed_items, filters, lang)| Request {
            shopper,
            k,
            seed_items,
            filters,
            lang: Some(lang),
            ..Request::default()
        },
    )
}

fn any_filters(item: impl Strategy<Value = ItemId>) -> impl Strategy<Value = Filters> {
    let categories = ["母婴用品", "Books & Stationery", "electronics accessories", "Tea"];
    let category = prop::option::weighted(0.3, prop::sample::select(categories.to_vec()));
    let price = prop::option::weighted(0.3, (0.0..80.0_f64, 0.0..400.0_f64));
    let exclude = prop::collection::vec(item, 0..4);
    (category, price, any::<bool>(), exclude).prop_map(|(category, price, in_stock, exclude)| {
        let range =
            |(min, width)| PriceRange { min: Some(min), max: Some(min + width), currency: None };
        Filters {
            category: category.map_or(OneOrMany::default(), |c| OneOrMany::One(c.to_owned())),
            price: price.map(range),
            in_stock,
            exclude,
            ..Filters::default()
        }
    })
}

#[test]
fn every_claim_of_every_answer_is_verified_cited_and_told_in_its_own_numbers() {
    let shop = trained();
    let by_kind = RefCell::new(BTreeMap::<&str, u64>::new());
    let config = Config { cases: 80, failure_persistence: None, ..Config::default() };
    let checked = TestRunner::new(config).run(&any_request(), |request| {
        let answer = shop.recommender.recommend(&request).unwrap();
        prop_assert_eq!(faults(&answer), [""; 0]);
        prop_assert_eq!(wrong_prices(&answer, &shop), [""; 0]);
        let kinds = claims(&answer).map(|claim| claim.facts.kind().name());
        kinds.for_each(|kind| *by_kind.borrow_mut().entry(kind).or_default() += 1);
        Ok(())
    });
    checked.unwrap();
    let by_kind = by_kind.into_inner();
    for kind in [
        "contributed",
        "viewed_then",
        "shares_attribute",
        "similar_text",
        "popular",
        "varied",
        "unknown_shopper",
    ] {
        assert!(by_kind.contains_key(kind), "never met {kind}: {by_kind:?}");
    }
    let report = audit::audit(shop.shop()).unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.n_verified, by_kind.values().sum::<u64>());
}

/// Where an answer says a price that is not the catalogue's. What the shopper paid before is no
/// price: it may stand only in the quartiles that the price is compared with.
fn wrong_prices(answer: &Answer, shop: &Live) -> Vec<String> {
    let mut wrong = Vec::new();
    for item in &answer.items {
        let price = shop.item(&item.item_id).and_then(|item| item.price);
        let wire = serde_json::to_value(item).unwrap();
        for (path, found) in amounts("", &wire) {
            let is_quartile = ["median", "lower_quartile", "upper_quartile"]
                .iter()
                .any(|name| path.ends_with(&format!("facts.{name}")));
            if !is_quartile && (Some(found) != price || !path.ends_with("facts.price")) {
                wrong.push(format!("{}{path} is {found:?}", item.item_id));
            }
        }
    }
    wrong
}

/// Every amount of money in a wire form, with where it stands.
fn amounts(path: &str, value: &Value) -> Vec<(String, Money)> {
    if let Ok(money) = serde_json::from_value::<Money>(value.clone()) {
        return vec![(path.to_owned(), money)];
    }
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| amounts(&format!("{path}.{key}"), value))
            .collect(),
        Value::Array(values) => values.iter().flat_map(|value| amounts(path, value)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn whoever_asks_is_told_the_catalogue_price_whatever_they_paid_before() {
    let shop = trained_with("[explain]\nmax_claims = 10\n");
    let peers = largest_category(&shop);
    let (offered, bought) = peers.split_first().unwrap();
    let mut n_fitting = 0;
    for (name, percent) in [("thrifty", 20), ("usual", 100), ("lavish", 500)] {
        // Around the price of what is offered, times a habit of paying less or more.
        for (n, around) in [80, 100, 120, 80, 100, 120].into_iter().enumerate() {
            let paid = |p: Money| Money { minor: p.minor * around * percent / 10_000, ..p };
            let item = &bought[n % bought.len()];
            let purchase = event(&subject(name), EventKind::Purchase, &item.id, &format!("k{n}"));
            shop.collector
                .collect(vec![Event { price: offered.price.map(paid), ..purchase }])
                .unwrap();
        }
        let answer =
            shop.recommender.recommend(&Request { k: 100, ..request_of(&subject(name)) }).unwrap();
        assert_eq!(faults(&answer), [""; 0]);
        assert_eq!(wrong_prices(&answer, &shop), [""; 0]);
        n_fitting +=
            claims(&answer).filter(|c| c.facts.kind() == claims::ClaimKind::PriceFit).count();
    }
    assert!(n_fitting > 0, "no claim about a price was looked at");
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn the_reasons_of_a_known_shopper_rest_on_their_history() {
    let shop = trained();
    for n in 0..4 {
        let answer = shop.recommender.recommend(&request_of(&shopper(n))).unwrap();
        let personal = |item: &&answers::AnsweredItem| {
            item.reasons
                .iter()
                .flat_map(|reason| &reason.claims)
                .any(|claim| !claim.evidence.is_empty())
        };
        let n_personal = answer.items.iter().filter(personal).count();
        assert!(n_personal >= 8, "only {n_personal} of 10 reasons speak of what {n} did");
        let unknown = |because| Facts::UnknownShopper { because };
        assert!(!claims(&answer).any(|c| c.facts == unknown(Unknown::NoHistory)));
    }
}
