use super::*;
use crate::{Shop, ShopConfig, shop};

fn small() -> Shop {
    shop(&ShopConfig { n_shoppers: 40, n_items: 150, n_events: 400, ..ShopConfig::default() })
}

/// Everyone looks often at the same well chosen lists, with these words beside every item.
fn after<'a>(shop: &'a Shop, words: impl Fn(&'a ItemId) -> Option<Words<'a>>) -> (Vec<Mind>, f64) {
    let (mut minds, mut value, mut n) = (Vec::new(), 0.0, 0.0);
    for shopper in shop.truth.shoppers() {
        let mut mind = Mind::new(&shop.truth, shopper, 3).unwrap();
        // Good ones and others: the list is not perfect.
        let best = shop.truth.best(shopper, 60);
        for visit in 0..25 {
            let chosen = best.iter().skip(visit % 10).step_by(10);
            let list: Vec<_> = chosen
                .map(|id| shop.items.iter().find(|item| item.id == *id).map(|item| &item.id))
                .map(|item| item.expect("the best are in the shop"))
                .map(|item| Glimpse { item, words: words(item) })
                .collect();
            value += mind.worth(&shop.truth, &list);
            mind.look(&shop.truth, &list);
            n += 1.0;
        }
        minds.push(mind);
    }
    (minds, value / n)
}

fn mean(minds: &[Mind], of: impl Fn(&Mind) -> f64) -> f64 {
    minds.iter().map(of).sum::<f64>() / minds.len() as f64
}

#[test]
fn true_reasons_earn_belief_and_praise_loses_it() {
    let shop = small();
    let (told, _) = after(&shop, |_| Some(Words::Facts { n: 2, precision: 0.8 }));
    let (praised, _) = after(&shop, |_| Some(Words::Praise));
    let (silent, _) = after(&shop, |_| None);
    let (told, praised, silent) =
        (mean(&told, Mind::belief), mean(&praised, Mind::belief), mean(&silent, Mind::belief));
    assert!(told > silent + 0.05 && praised < silent - 0.05, "{told} {silent} {praised}");
}

#[test]
fn true_reasons_are_worth_more_than_they_cost_and_empty_ones_are_not() {
    let shop = small();
    let (_, told) = after(&shop, |_| Some(Words::Facts { n: 2, precision: 0.8 }));
    let (_, silent) = after(&shop, |_| None);
    let (_, empty) = after(&shop, |_| Some(Words::Empty));
    assert!(told > silent && silent > empty, "{told} {silent} {empty}");
}

/// The outcome of one look.
fn came_of(reaction: Reaction, n: u32) -> f64 {
    let gain = reaction.utility - WORTH_ITS_MONEY;
    let earned = match (reaction.bought, reaction.returned) {
        (false, _) => 0.0,
        (true, false) => gain,
        (true, true) => 0.5 * gain.min(0.0),
    };
    let (read, clicked) = (f64::from(reaction.read), f64::from(reaction.clicked));
    earned - clicked * VISITING - read * READING * f64::from(n)
}

#[test]
fn a_list_is_worth_what_comes_of_it_on_average() {
    let shop = small();
    let shopper = shop.truth.shoppers().nth(2).unwrap();
    let best = shop.truth.best(shopper, 40);
    let words = [
        None,
        Some(Words::Facts { n: 3, precision: 0.8 }),
        Some(Words::OfAnother { item: &best[0], n: 2, precision: 0.8 }),
        Some(Words::Praise),
        Some(Words::Empty),
    ];
    for (words, item) in words.into_iter().zip(best.iter().step_by(8)) {
        let list = [Glimpse { item, words }];
        let n = words.map_or(0, Words::n);
        let drawn: Vec<f64> = (0..40_000)
            .map(|seed| Mind::new(&shop.truth, shopper, seed).unwrap().look(&shop.truth, &list)[0])
            .map(|reaction| came_of(reaction, n))
            .collect();
        let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
        let variance = drawn.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / drawn.len() as f64;
        let error = (variance / drawn.len() as f64).sqrt();
        let worth = Mind::new(&shop.truth, shopper, 0).unwrap().worth(&shop.truth, &list);
        assert!((worth - mean).abs() < 4.0 * error + 1e-3, "{words:?}: {worth} {mean} {error}");
    }
}

#[test]
fn whoever_reads_checkable_facts_sees_that_they_are_of_another_item() {
    let shop = small();
    let shopper = shop.truth.shoppers().next().unwrap();
    let best = shop.truth.best(shopper, 1);
    let bad = shop.items.iter().min_by(|a, b| {
        let utility = |id| shop.truth.utility(shopper, id).unwrap();
        utility(&a.id).total_cmp(&utility(&b.id))
    });
    let accepted = |words: Option<Words<'_>>| {
        let mut n = 0;
        for seed in 0..4_000 {
            let mut mind = Mind::new(&shop.truth, shopper, seed).unwrap();
            let list = [Glimpse { item: &bad.unwrap().id, words }];
            let reaction = mind.look(&shop.truth, &list)[0];
            n += u32::from(reaction.clicked && !reaction.wrong);
        }
        n
    };
    let silent = accepted(None);
    let borrowed = accepted(Some(Words::OfAnother { item: &best[0], n: 2, precision: 0.8 }));
    let praised = accepted(Some(Words::Praise));
    assert!(praised > 2 * silent.max(10), "{praised} {silent}");
    assert!(borrowed < praised / 2, "{borrowed} {praised}");
}

#[test]
fn answers_have_the_mean_that_is_expected_of_them() {
    let shop = small();
    let shopper = shop.truth.shoppers().nth(3).unwrap();
    let mut mind =
        (0..).find_map(|seed| Mind::new(&shop.truth, shopper, seed).filter(Mind::reads_questions));
    let mind = mind.as_mut().unwrap();
    for (level, reversed) in [(0.1, false), (0.6, false), (0.9, true), (1.0, false)] {
        let scale = Scale { n_points: 7, reversed };
        let n = 20_000;
        let sum: f64 = (0..n).map(|_| f64::from(mind.answer(level, scale))).sum();
        let expected = mind.expected_answer(level, scale);
        assert!((sum / f64::from(n) - expected).abs() < 0.03, "{level} {reversed}");
    }
}

#[test]
fn the_same_seed_gives_the_same_mind() {
    let shop = small();
    let look = || {
        let (minds, value) = after(&shop, |_| Some(Words::Praise));
        (value, mean(&minds, |mind| mind.attitudes().trust))
    };
    assert_eq!(look(), look());
}
