use domain::claim::{PairCounts, Unknown};
use domain::{PopularScope, Text, Timestamp, Window};
use proptest::prelude::*;

use super::*;
use crate::fixture::{NOW, TeaShop, id, yuan};
use crate::propose::{Placement, propose};

fn check(facts: &Facts, shop: &TeaShop) -> Verdict {
    verify(&id("tea"), facts, shop, &ExplainConfig::default())
}

fn proposals(shop: &TeaShop) -> Vec<Facts> {
    let placement = Placement { item_id: id("tea"), rank_by_score: 1, rank_shown: 1, k: 10 };
    let proposals = propose(&placement, shop, &ExplainConfig::default());
    proposals.into_iter().map(|p| p.facts).collect()
}

/// Without the teapot and the older tea, this one would not be among the two.
fn flips(shop: &TeaShop) -> Facts {
    let placement = Placement { item_id: id("tea"), rank_by_score: 1, rank_shown: 1, k: 2 };
    let contributions = [shop.contributions(&id("tea")).unwrap()];
    let config = ExplainConfig::default();
    let found = crate::flips::propose(&[placement], &contributions, shop, &config);
    found[0].clone().expect("the tea shop supports it").facts
}

#[test]
fn a_flip_is_verified_only_if_no_event_of_it_can_be_given_back() {
    let shop = TeaShop::default();
    let facts = flips(&shop);
    assert_eq!(check(&facts, &shop), Verdict::Verified);
    let Facts::Flips { history, k, instead } = facts else { panic!() };
    let named: Vec<_> = history.iter().map(|past| past.item_id.as_str()).collect();
    assert_eq!((named, k, instead.as_str()), (vec!["pot", "old"], 2, "cup"));
    let cup = shop.past[1].to_ref();
    let told = |history: Vec<HistoryRef>, k: u32, instead: &str| {
        let facts = Facts::Flips { history, k, instead: id(instead) };
        check(&facts, &shop)
    };
    assert_eq!(told(history.clone(), 2, "cup"), Verdict::Verified);
    for (history, k, instead) in [
        (vec![history[0].clone()], 2, "cup"),
        (vec![history[1].clone()], 2, "cup"),
        (vec![cup.clone()], 2, "cup"),
        (vec![history[0].clone(), history[1].clone(), cup], 2, "cup"),
        (vec![history[0].clone(), history[1].clone(), history[1].clone()], 2, "cup"),
        (history.clone(), 10, "cup"),
        (history.clone(), 2, "pot"),
        (history.clone(), 2, "tea"),
    ] {
        assert_eq!(
            told(history.clone(), k, instead),
            Verdict::Refuted,
            "{history:?} {k} {instead}"
        );
    }
    assert_eq!(told(Vec::new(), 2, "cup"), Verdict::Unsupported);
    assert_eq!(told(vec![history[0].clone(); 5], 2, "cup"), Verdict::Unsupported);
}

fn of_kind(kind: &str, shop: &TeaShop) -> Facts {
    proposals(shop).into_iter().find(|f| f.kind() == kind).expect("the tea shop supports it")
}

#[test]
fn everything_proposed_of_an_honest_shop_is_verified() {
    let shop = TeaShop::default();
    let kinds: Vec<_> = proposals(&shop).iter().map(Facts::kind).collect();
    let expected = [
        "contributed",
        "bought_together",
        "similar_text",
        "shares_attribute",
        "popular",
        "rated",
        "price_fit",
        "new_arrival",
    ];
    assert_eq!(kinds, expected);
    for facts in proposals(&shop) {
        assert_eq!(check(&facts, &shop), Verdict::Verified, "{facts:?}");
    }
}

#[test]
fn the_recounted_numbers_are_the_shops_own() {
    let shop = TeaShop::default();
    let pair = PairCounts {
        other: id("pot"),
        n_both: 8,
        n_other: 8,
        n_item: 12,
        lift: 8.0 * 40.0 / (8.0 * 12.0),
        window: Window::AllTime,
    };
    assert_eq!(of_kind("bought_together", &shop), Facts::BoughtTogether(pair));
    let popular = Facts::Popular {
        buyers: 12,
        window: Window::Days { days: 30, until: NOW },
        rank: 1,
        scope: PopularScope::Category { category: Text::both("绿茶", "Green tea") },
    };
    assert_eq!(of_kind("popular", &shop), popular);
    let contributed = of_kind("contributed", &shop);
    let Facts::Contributed { share, rank_with, rank_without, .. } = contributed else { panic!() };
    assert!((share - 0.8).abs() < 1e-9, "{share}");
    assert_eq!((rank_with, rank_without), (1, 4));
}

/// Claims that differ from the truth in one slot. Each must be refuted.
fn lies(shop: &TeaShop) -> Vec<Facts> {
    let mut lies = Vec::new();
    let mut lie = |kind: &str, change: &dyn Fn(&mut Facts)| {
        let mut facts = of_kind(kind, shop);
        change(&mut facts);
        lies.push(facts);
    };
    macro_rules! slot {
        ($kind:literal, $variant:ident { $slot:ident }, $value:expr) => {
            lie($kind, &|facts| {
                if let Facts::$variant { $slot, .. } = facts {
                    *$slot = $value;
                }
            });
        };
    }
    slot!("contributed", Contributed { share }, 0.9);
    slot!("contributed", Contributed { rank_with }, 2);
    slot!("contributed", Contributed { rank_without }, 9);
    slot!("similar_text", SimilarText { similarity }, 0.9);
    slot!("similar_text", SimilarText { shared_terms }, vec!["有机".to_owned()]);
    slot!("shares_attribute", SharesAttribute { n_matching }, 4);
    slot!("shares_attribute", SharesAttribute { n_recent }, 9);
    slot!("shares_attribute", SharesAttribute { value }, Text::from("Other brand"));
    slot!("popular", Popular { buyers }, 13);
    slot!("popular", Popular { rank }, 2);
    slot!("rated", Rated { mean }, 4.9);
    slot!("rated", Rated { n }, 32);
    slot!("price_fit", PriceFit { price }, yuan(9_900));
    slot!("price_fit", PriceFit { median }, yuan(1));
    slot!("price_fit", PriceFit { n_prices }, 4);
    slot!("new_arrival", NewArrival { days }, 1);
    slot!("new_arrival", NewArrival { since }, NOW);
    lie("bought_together", &|facts| {
        if let Facts::BoughtTogether(pair) = facts {
            pair.n_both = 9;
        }
    });
    lie("bought_together", &|facts| {
        if let Facts::BoughtTogether(pair) = facts {
            pair.lift = 9.0;
        }
    });
    lie("similar_text", &|facts| {
        if let Facts::SimilarText { other, .. } = facts {
            *other = id("tea");
        }
    });
    lies.push(Facts::Varied { rank_by_score: 14, rank_shown: 1 });
    lies.push(Facts::UnknownShopper { because: Unknown::NoHistory });
    lies
}

#[test]
fn a_claim_with_one_changed_slot_is_refuted() {
    let shop = TeaShop::default();
    for lie in lies(&shop) {
        assert_eq!(check(&lie, &shop), Verdict::Refuted, "{lie:?}");
    }
}

#[test]
fn a_count_of_too_few_shoppers_is_not_told() {
    let mut shop = TeaShop::default();
    shop.bought.retain(|(shopper, item, _)| *item != id("pot") || *shopper < 4);
    let facts = shoppers::bought_together(&id("pot"), &id("tea"), &shop).unwrap();
    assert_eq!(check(&facts, &shop), Verdict::Unsupported);
    assert!(proposals(&shop).iter().all(|f| f.kind() != "bought_together"));
}

#[test]
fn viewing_in_the_other_order_is_not_counted() {
    let shop = TeaShop::default();
    let Some(Facts::ViewedThen(pair)) = shoppers::viewed_then(&id("cup"), &id("tea"), &shop) else {
        panic!()
    };
    // Nine looked at both; five of them at the tea more recently than at the cup.
    assert_eq!(pair.n_both, 5);
}

#[test]
fn history_that_is_not_there_supports_nothing() {
    let shop = TeaShop::default();
    let facts = of_kind("contributed", &shop);
    let emptied = TeaShop { past: Vec::new(), ..TeaShop::default() };
    assert_eq!(check(&facts, &emptied), Verdict::Unsupported);
}

#[test]
fn nobody_is_told_that_nothing_is_known_while_history_is_used() {
    let shop = TeaShop { unknown: Some(Unknown::ProfilingOff), ..TeaShop::default() };
    let facts = Facts::UnknownShopper { because: Unknown::ProfilingOff };
    assert_eq!(check(&facts, &shop), Verdict::Refuted);
}

proptest! {
    #[test]
    fn no_made_up_count_is_verified(n_both in 0_u32..50, n_other in 0_u32..50, n_item in 0_u32..50) {
        prop_assume!((n_both, n_other, n_item) != (8, 8, 12));
        let shop = TeaShop::default();
        let lift = 8.0 * 40.0 / (8.0 * 12.0);
        let window = Window::AllTime;
        let pair = PairCounts { other: id("pot"), n_both, n_other, n_item, lift, window };
        prop_assert_ne!(check(&Facts::BoughtTogether(pair), &shop), Verdict::Verified);
    }

    #[test]
    fn no_made_up_popularity_is_verified(buyers in 0_u32..40, rank in 1_u32..6, days in 1_u32..200) {
        let shop = TeaShop::default();
        let window = Window::Days { days, until: Timestamp(NOW.0) };
        let truth = shop.buyers(&id("tea"), window);
        prop_assume!(buyers != truth);
        let facts = Facts::Popular { buyers, window, rank, scope: PopularScope::Shop };
        prop_assert_ne!(check(&facts, &shop), Verdict::Verified);
    }
}
