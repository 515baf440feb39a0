use claims::{Opinions, PairCounts, PopularScope, Unknown, Window};
use domain::{Circumstance, HistoryRef, IngestId, Text, Timestamp, time::DAY_MS};
use proptest::prelude::*;

use super::*;
use crate::fixture::{NOW, TeaShop, id, said, yuan};

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

fn of_kind(kind: ClaimKind, shop: &TeaShop) -> Facts {
    proposals(shop).into_iter().find(|f| f.kind() == kind).expect("the tea shop supports it")
}

#[test]
fn everything_proposed_of_an_honest_shop_is_verified() {
    let shop = TeaShop::default();
    let kinds: Vec<_> = proposals(&shop).iter().map(Facts::kind).collect();
    let expected = [
        ClaimKind::Contributed,
        ClaimKind::BoughtTogether,
        ClaimKind::SimilarText,
        ClaimKind::SharesAttribute,
        ClaimKind::Popular,
        ClaimKind::Rated,
        ClaimKind::ReviewersSay,
        ClaimKind::ReviewersSay,
        ClaimKind::Discounted,
        ClaimKind::InContext,
        ClaimKind::PriceFit,
        ClaimKind::NewArrival,
    ];
    assert_eq!(kinds, expected);
    for facts in proposals(&shop) {
        assert_eq!(check(&facts, &shop), Verdict::Verified, "{facts:?}");
    }
}

#[test]
fn an_item_that_was_looked_at_before_is_not_said_to_be_like_itself() {
    let mut shop = TeaShop::default();
    shop.past.iter_mut().for_each(|past| past.item_id = id("tea"));
    assert!(proposals(&shop).iter().all(|facts| facts.kind() != ClaimKind::SharesAttribute));
    let (attribute, value) = (claims::Attribute::Category, Text::both("绿茶", "Green tea"));
    let facts = Facts::SharesAttribute { attribute, value, n_matching: 1, n_recent: 1 };
    assert_eq!(check(&facts, &shop), Verdict::Refuted);
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
    assert_eq!(of_kind(ClaimKind::BoughtTogether, &shop), Facts::BoughtTogether(pair));
    let popular = Facts::Popular {
        buyers: 12,
        window: Window::Days { days: 30, until: NOW },
        rank: 1,
        scope: PopularScope::Category { category: Text::both("绿茶", "Green tea") },
    };
    assert_eq!(of_kind(ClaimKind::Popular, &shop), popular);
    let contributed = of_kind(ClaimKind::Contributed, &shop);
    let Facts::Contributed { share, rank_with, rank_without, .. } = contributed else { panic!() };
    assert!((share - 0.8).abs() < 1e-9, "{share}");
    assert_eq!((rank_with, rank_without), (1, 4));
}

/// Claims that differ from the truth in one slot. Each must be refuted.
fn lies(shop: &TeaShop) -> Vec<Facts> {
    let mut lies = Vec::new();
    let mut lie = |kind: ClaimKind, change: &dyn Fn(&mut Facts)| {
        let mut facts = of_kind(kind, shop);
        change(&mut facts);
        lies.push(facts);
    };
    macro_rules! slot {
        ($variant:ident { $slot:ident }, $value:expr) => {
            lie(ClaimKind::$variant, &|facts| {
                if let Facts::$variant { $slot, .. } = facts {
                    *$slot = $value;
                }
            });
        };
    }
    slot!(Contributed { share }, 0.9);
    slot!(Contributed { rank_with }, 2);
    slot!(Contributed { rank_without }, 9);
    slot!(SimilarText { similarity }, 0.9);
    slot!(SimilarText { shared_terms }, vec!["有机".to_owned()]);
    slot!(SharesAttribute { n_matching }, 4);
    slot!(SharesAttribute { n_recent }, 9);
    slot!(SharesAttribute { value }, Text::from("Other brand"));
    slot!(Popular { buyers }, 13);
    slot!(Popular { rank }, 2);
    slot!(Rated { mean }, 4.9);
    slot!(Rated { n }, 32);
    slot!(PriceFit { price }, yuan(9_900));
    slot!(PriceFit { median }, yuan(1));
    slot!(PriceFit { n_prices }, 4);
    slot!(NewArrival { days }, 1);
    slot!(NewArrival { since }, NOW);
    lie(ClaimKind::BoughtTogether, &|facts| {
        if let Facts::BoughtTogether(pair) = facts {
            pair.n_both = 9;
        }
    });
    lie(ClaimKind::BoughtTogether, &|facts| {
        if let Facts::BoughtTogether(pair) = facts {
            pair.lift = 9.0;
        }
    });
    lie(ClaimKind::SimilarText, &|facts| {
        if let Facts::SimilarText { other, .. } = facts {
            *other = id("tea");
        }
    });
    let mut lie = |kind: ClaimKind, change: &dyn Fn(&mut Facts)| {
        let mut facts = of_kind(kind, shop);
        change(&mut facts);
        lies.push(facts);
    };
    let opinions: [&dyn Fn(&mut Opinions); 6] = [
        &|o| o.n_reviewers = 10,
        &|o| o.n_positive = 9,
        &|o| o.n_negative = 0,
        &|o| o.aspect = Text::from("the price"),
        &|o| o.praise[0].end = 3,
        &|o| o.faults = o.praise.clone(),
    ];
    for change in opinions {
        lie(ClaimKind::ReviewersSay, &|facts| {
            if let Facts::ReviewersSay(opinions) = facts {
                change(opinions);
            }
        });
    }
    macro_rules! more {
        ($variant:ident { $slot:ident }, $value:expr) => {
            lie(ClaimKind::$variant, &|facts| {
                if let Facts::$variant { $slot, .. } = facts {
                    *$slot = $value;
                }
            });
        };
    }
    more!(Discounted { price }, yuan(12_700));
    more!(Discounted { former }, yuan(15_800));
    more!(Discounted { days }, 60);
    more!(Discounted { since }, NOW);
    more!(InContext { n_in_context }, 11);
    more!(InContext { n_item }, 13);
    more!(InContext { n_shop_in_context }, 12);
    more!(InContext { n_shop }, 41);
    more!(InContext { lift }, 3.5);
    more!(InContext { circumstance }, Circumstance::Region("CN-31".to_owned()));
    lies.push(Facts::Promoted { paid: true, rank_by_score: 1, rank_shown: 1 });
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
    let pair = shoppers::bought_together(&id("pot"), &id("tea"), &shop).unwrap();
    let facts = Facts::BoughtTogether(pair);
    assert_eq!(check(&facts, &shop), Verdict::Unsupported);
    assert!(proposals(&shop).iter().all(|f| f.kind() != ClaimKind::BoughtTogether));
}

#[test]
fn viewing_in_the_other_order_is_not_counted() {
    let shop = TeaShop::default();
    let pair = shoppers::viewed_then(&id("cup"), &id("tea"), &shop).unwrap();
    // Nine looked at both; five of them at the tea more recently than at the cup.
    assert_eq!(pair.n_both, 5);
}

#[test]
fn history_that_is_not_there_supports_nothing() {
    let shop = TeaShop::default();
    let facts = of_kind(ClaimKind::Contributed, &shop);
    let emptied = TeaShop { past: Vec::new(), ..TeaShop::default() };
    assert_eq!(check(&facts, &emptied), Verdict::Unsupported);
}

#[test]
fn nobody_is_told_that_nothing_is_known_while_history_is_used() {
    let shop = TeaShop { unknown: Some(Unknown::ProfilingOff), ..TeaShop::default() };
    let facts = Facts::UnknownShopper { because: Unknown::ProfilingOff };
    assert_eq!(check(&facts, &shop), Verdict::Refuted);
}

#[test]
fn what_too_few_reviewers_say_is_not_told() {
    let mut shop = TeaShop::default();
    let few = said(Text::both("口感", "the taste"), (4, 4, 0));
    assert_eq!(check(&Facts::ReviewersSay(few.clone()), &shop), Verdict::Unsupported);
    shop.opinions = vec![few];
    assert!(proposals(&shop).iter().all(|f| f.kind() != ClaimKind::ReviewersSay));
}

#[test]
fn the_most_faulted_aspect_is_a_candidate_too() {
    let shop = TeaShop::default();
    let faulted = proposals(&shop)
        .into_iter()
        .any(|facts| matches!(facts, Facts::ReviewersSay(o) if o.n_negative > o.n_positive));
    assert!(faulted);
}

/// Prices by the days before now at which they came into force.
fn priced(prices: &[(i64, i64)]) -> TeaShop {
    let version = |&(days_ago, minor): &(i64, i64)| {
        (IngestId::first_at(Timestamp(NOW.0 - days_ago * DAY_MS)), Some(yuan(minor)))
    };
    TeaShop { prices: prices.iter().map(version).collect(), ..TeaShop::default() }
}

fn discount(prices: &[(i64, i64)]) -> Option<i64> {
    proposals(&priced(prices)).into_iter().find_map(|facts| match facts {
        Facts::Discounted { former, .. } => Some(former.minor),
        _ => None,
    })
}

#[test]
fn a_former_price_is_the_lowest_of_the_days_before() {
    assert_eq!(discount(&[(90, 100), (50, 150), (3, 120)]), Some(150), "100 was too long ago");
    assert_eq!(discount(&[(90, 100), (20, 150), (3, 120)]), None, "100 held until 20 days ago");
    assert_eq!(discount(&[(90, 140), (20, 150), (3, 120)]), Some(140));
}

#[test]
fn a_discount_is_never_made_by_raising_a_price_first() {
    assert_eq!(discount(&[(90, 100), (4, 150), (3, 100)]), None);
    assert_eq!(discount(&[(4, 150), (3, 100)]), None, "one day is no former price");
    assert_eq!(discount(&[(90, 100)]), None, "nothing changed");
    assert_eq!(discount(&[(90, 100), (3, 150)]), None, "it became dearer");
}

#[test]
fn a_price_in_another_currency_or_none_is_no_former_price() {
    let mut shop = priced(&[(90, 150), (3, 100)]);
    shop.prices[0].1 = None;
    assert!(proposals(&shop).iter().all(|f| f.kind() != ClaimKind::Discounted));
    shop.prices[0].1 = Some(domain::Money { minor: 150, currency: domain::Currency::USD });
    assert!(proposals(&shop).iter().all(|f| f.kind() != ClaimKind::Discounted));
}

#[test]
fn a_place_given_by_hand_says_so_beside_the_strongest_claims() {
    for paid in [crate::Paid::Yes, crate::Paid::No] {
        let shop = TeaShop { promotion: Some(paid), ..TeaShop::default() };
        let placement = Placement { item_id: id("tea"), rank_by_score: 1, rank_shown: 3, k: 2 };
        for max_claims in [1, 3] {
            let config = ExplainConfig { max_claims, ..ExplainConfig::default() };
            let reason_id = domain::ReasonId::new("r").unwrap();
            let lang = domain::Language::En;
            let verified = crate::verify_items(std::slice::from_ref(&placement), &shop, &config);
            let reader = crate::Reader { lang, ..crate::Reader::default() };
            let reason = crate::render(reason_id, &verified[0], &reader, &shop, &config);
            let claims = reason.unwrap().claims;
            let told =
                Facts::Promoted { paid: paid == crate::Paid::Yes, rank_by_score: 1, rank_shown: 3 };
            assert!(claims.iter().any(|c| c.facts == told), "{claims:?}");
        }
        let other =
            Facts::Promoted { paid: paid == crate::Paid::No, rank_by_score: 1, rank_shown: 3 };
        assert_eq!(check(&other, &shop), Verdict::Refuted);
        let variety = Facts::Varied { rank_by_score: 1, rank_shown: 0 };
        assert_eq!(check(&variety, &shop), Verdict::Refuted);
    }
}

#[test]
fn a_claim_about_a_situation_nobody_asked_in_is_refuted() {
    let mut shop = TeaShop::default();
    let facts = of_kind(ClaimKind::InContext, &shop);
    shop.circumstances.clear();
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

#[test]
fn popularity_never_takes_credit_for_what_the_transformer_makes_of_a_history() {
    let shop = TeaShop { joint: 2.0, ..TeaShop::default() };
    let placement = Placement { item_id: id("tea"), rank_by_score: 1, rank_shown: 1, k: 2 };
    let proposals = propose(&placement, &shop, &ExplainConfig::default());
    let popular = proposals.iter().find(|p| p.facts.kind() == ClaimKind::Popular).unwrap();
    let share = shop.contributions(&id("tea")).unwrap().share(&popular.coverage);
    assert!((share - 0.1 / 3.0).abs() < 1e-9, "{share}"); // .1 of .5 + .1 + .3 + .1 + 2
}
