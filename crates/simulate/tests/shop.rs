//! Properties of a simulated shop that its users may rely on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use domain::{Event, EventKind, ItemId, Language, Review, SubjectId, Timestamp};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use simulate::{Shop, ShopConfig, samples, shop};

static SHOP: LazyLock<Shop> = LazyLock::new(|| shop(&ShopConfig::default()));

fn fingerprint(shop: &Shop) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(format!("{:?}{:?}{:?}", shop.items, shop.events, shop.reviews));
    for shopper in shop.truth.shoppers() {
        hash.update(format!("{:?}", shop.truth.taste(shopper)));
    }
    hash.finalize().to_vec()
}

fn small(seed: u64) -> ShopConfig {
    ShopConfig { seed, n_shoppers: 120, n_items: 150, n_events: 2_000, ..ShopConfig::default() }
}

fn of_kind(kind: EventKind) -> impl Iterator<Item = &'static Event> {
    SHOP.events.iter().filter(move |event| event.kind == kind)
}

fn histories(shop: &Shop) -> BTreeMap<&SubjectId, Vec<&Event>> {
    let mut histories: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for event in &shop.events {
        histories.entry(&event.subject).or_default().push(event);
    }
    histories
}

#[test]
fn the_same_configuration_gives_the_same_shop_and_another_seed_another() {
    let once = fingerprint(&shop(&small(1)));
    assert_eq!(once, fingerprint(&shop(&small(1))));
    assert_ne!(once, fingerprint(&shop(&small(2))));
}

#[test]
fn more_shoppers_change_neither_the_catalogue_nor_the_tastes_of_the_others() {
    let few = shop(&small(1));
    let many = shop(&ShopConfig { n_shoppers: 200, ..small(1) });
    assert_eq!(few.items, many.items);
    assert!(few.truth.shoppers().all(|s| few.truth.taste(s) == many.truth.taste(s)));
}

#[test]
fn the_default_shop_has_the_size_it_promises() {
    let config = ShopConfig::default();
    assert_eq!(SHOP.items.len(), config.n_items);
    assert_eq!(SHOP.truth.shoppers().count(), config.n_shoppers);
    let n = SHOP.events.len() as f64 / config.n_events as f64;
    assert!((0.9..1.1).contains(&n), "{n} of the events asked for");
    assert!(SHOP.reviews.len() > 800);
}

#[test]
fn everything_is_in_order_of_time_and_named_once() {
    assert!(SHOP.events.is_sorted_by_key(|e| e.time));
    assert!(SHOP.reviews.is_sorted_by_key(|r| r.time));
    assert!(SHOP.items.is_sorted_by_key(|i| i.available_since));
    let now = ShopConfig::default().now;
    assert!(SHOP.events.iter().all(|e| e.time.instant().is_some_and(|t| t < now)));
    let keys = SHOP.events.iter().map(|e| &e.source_key);
    let keys: BTreeSet<_> = keys.chain(SHOP.reviews.iter().map(|r| &r.source_key)).collect();
    assert_eq!(keys.len(), SHOP.events.len() + SHOP.reviews.len());
    assert_eq!(SHOP.events[0].source_key, "sim-20261101-0");
}

#[test]
fn nobody_sees_an_item_before_it_is_sold() {
    let since: BTreeMap<_, _> = SHOP.items.iter().map(|i| (&i.id, i.available_since)).collect();
    for event in &SHOP.events {
        assert!(event.time.instant() > since[&event.item_id]);
    }
}

#[test]
fn the_funnel_narrows_at_believable_rates() {
    let n = |kind| of_kind(kind).count() as f64;
    let (views, carts, bought) = (n(EventKind::View), n(EventKind::Cart), n(EventKind::Purchase));
    assert!((0.06..0.16).contains(&(carts / views)), "{}", carts / views);
    assert!((0.4..0.75).contains(&(bought / carts)), "{}", bought / carts);
    assert!(n(EventKind::Refund) < 0.05 * bought);
}

#[test]
fn what_is_bought_was_seen_and_put_into_the_cart_in_the_same_visit() {
    for history in histories(&SHOP).values() {
        let mut done = BTreeSet::new();
        for event in history {
            let step = |kind| (event.session.clone(), event.item_id.clone(), kind);
            match event.kind {
                EventKind::Cart => assert!(done.contains(&step(EventKind::View))),
                EventKind::Purchase | EventKind::Uncart => {
                    assert!(done.contains(&step(EventKind::Cart)));
                }
                EventKind::Refund => assert!(done.contains(&step(EventKind::Purchase))),
                _ => {}
            }
            done.insert(step(event.kind));
        }
    }
}

#[test]
fn shoppers_buy_in_their_preferred_categories_far_more_than_chance() {
    let (mut hits, mut by_chance, mut n) = (0.0, 0.0, 0.0);
    for event in of_kind(EventKind::Purchase).filter(|e| !SHOP.truth.is_gift(e)) {
        let preferred = &SHOP.truth.taste(&event.subject).unwrap().preferred;
        let inside = |item: &ItemId| preferred.contains(&SHOP.truth.category(item).unwrap());
        let share = SHOP.items.iter().filter(|i| inside(&i.id)).count();
        hits += f64::from(u8::from(inside(&event.item_id)));
        by_chance += share as f64 / SHOP.items.len() as f64;
        n += 1.0;
    }
    assert!(hits / n > 0.6 && hits > 3.0 * by_chance, "{} vs {}", hits / n, by_chance / n);
}

#[test]
fn what_is_bought_has_higher_utility_than_what_is_only_seen_and_that_than_the_rest() {
    let mean = |kind| {
        let own = of_kind(kind).filter(|e| !SHOP.truth.is_gift(e));
        let all: Vec<f64> =
            own.map(|e| SHOP.truth.utility(&e.subject, &e.item_id).unwrap()).collect();
        all.iter().sum::<f64>() / all.len() as f64
    };
    let (seen, bought) = (mean(EventKind::View), mean(EventKind::Purchase));
    let shoppers: Vec<_> = SHOP.truth.shoppers().step_by(50).collect();
    let all = shoppers.iter().flat_map(|s| SHOP.items.iter().map(move |i| (s, &i.id)));
    let all: Vec<f64> = all.map(|(s, i)| SHOP.truth.utility(s, i).unwrap()).collect();
    let anything = all.iter().sum::<f64>() / all.len() as f64;
    assert!(bought > seen + 0.3 && seen > anything + 1.0, "{bought} {seen} {anything}");
}

#[test]
fn presents_are_off_the_shoppers_own_taste() {
    let inside = |event: &&Event| {
        let preferred = &SHOP.truth.taste(&event.subject).unwrap().preferred;
        preferred.contains(&SHOP.truth.category(&event.item_id).unwrap())
    };
    let gifts: Vec<_> = SHOP.events.iter().filter(|e| SHOP.truth.is_gift(e)).collect();
    assert!(gifts.len() > 1_000);
    let share = gifts.iter().filter(|e| inside(e)).count() as f64 / gifts.len() as f64;
    assert!(share < 0.35, "{share}");
}

#[test]
fn complements_show_in_what_follows_a_purchase() {
    let (mut after, mut n, mut base, mut pairs) = (0.0, 0.0, 0.0, 0.0);
    for history in histories(&SHOP).values() {
        let bought: Vec<_> = history.iter().filter(|e| e.kind == EventKind::Purchase).collect();
        for pair in bought.windows(2) {
            let (a, b) = (&pair[0].item_id, &pair[1].item_id);
            if SHOP.truth.category(a) != SHOP.truth.category(b) {
                after += f64::from(u8::from(SHOP.truth.is_complement(a, b)));
                n += 1.0;
            }
        }
        for (i, a) in bought.iter().enumerate() {
            let other = &SHOP.events[(i * 7_919 + history.len() * 31) % SHOP.events.len()];
            base += f64::from(u8::from(SHOP.truth.is_complement(&a.item_id, &other.item_id)));
            pairs += 1.0;
        }
    }
    let (after, base) = (after / n, base / pairs);
    assert!(after > 0.25 && after > 4.0 * base, "{after} against {base}");
}

#[test]
fn every_category_has_complements_that_exist() {
    let categories = SHOP.truth.categories();
    for category in categories {
        let complements = SHOP.truth.complements(category);
        assert!(!complements.is_empty(), "{category}");
        assert!(complements.iter().all(|(to, _)| categories.contains(to) && to != category));
    }
}

#[test]
fn consumables_are_bought_again() {
    let mut times: BTreeMap<_, u32> = BTreeMap::new();
    for event in of_kind(EventKind::Purchase) {
        *times.entry((&event.subject, &event.item_id)).or_default() += 1;
    }
    let again: Vec<_> = times.iter().filter(|(_, n)| **n > 1).map(|((_, i), _)| *i).collect();
    assert!(again.len() > 60, "{}", again.len());
    let of = |key: &str| again.iter().filter(|i| SHOP.truth.category(i) == Some(key)).count();
    assert!(
        of("cat-litter") + of("diaper") + of("coffee") > of("tent") + of("desk-lamp") + of("pan")
    );
}

#[test]
fn popularity_and_activity_have_heavy_tails() {
    let share_of_top_tenth = |mut counts: Vec<usize>, n: usize| {
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let top: usize = counts.iter().take(n / 10).sum();
        top as f64 / counts.iter().sum::<usize>() as f64
    };
    let mut items: BTreeMap<_, usize> = BTreeMap::new();
    for event in &SHOP.events {
        *items.entry(&event.item_id).or_default() += 1;
    }
    let of_items = share_of_top_tenth(items.into_values().collect(), SHOP.items.len());
    let counts = histories(&SHOP).values().map(Vec::len).collect();
    let of_shoppers = share_of_top_tenth(counts, SHOP.truth.shoppers().count());
    assert!((0.3..0.7).contains(&of_items), "{of_items}");
    assert!((0.3..0.7).contains(&of_shoppers), "{of_shoppers}");
}

#[test]
fn seasons_show_in_sales() {
    let day = |raw| Timestamp::parse(raw).unwrap();
    let summer = day("2026-06-15")..day("2026-08-15");
    let autumn = day("2026-10-01")..day("2026-11-01");
    let views = |key: &str, season: &Range<Timestamp>| {
        let wanted = |t| season.contains(&t);
        let of = of_kind(EventKind::View).filter(|e| e.time.instant().is_some_and(wanted));
        let (mut n, mut all) = (0.0, 0.0);
        for event in of {
            n += f64::from(u8::from(SHOP.truth.category(&event.item_id) == Some(key)));
            all += 1.0;
        }
        n / all
    };
    assert!(views("thermos", &autumn) > 1.3 * views("thermos", &summer));
    assert!(views("sunscreen", &autumn) < 0.8 * views("sunscreen", &summer));
}

fn stars(review: &Review) -> f64 {
    review.rating.map_or(f64::NAN, domain::Rating::stars)
}

#[test]
fn ratings_follow_true_quality() {
    let mean = |good: bool| {
        let quality = |r: &Review| SHOP.truth.quality(&r.item_id).unwrap();
        let of =
            SHOP.reviews.iter().filter(|r| if good { quality(r) > 0.7 } else { quality(r) < -0.7 });
        let all: Vec<f64> = of.map(stars).collect();
        all.iter().sum::<f64>() / all.len() as f64
    };
    assert!(mean(true) > mean(false) + 0.8, "{} {}", mean(true), mean(false));
}

#[test]
fn the_words_of_a_review_agree_with_its_stars() {
    let aspects = include_str!("../grammar/aspects.txt");
    let clauses = |mark: &str| -> Vec<(String, String)> {
        let of = aspects.lines().filter_map(|l| l.strip_prefix(mark)?.split_once(" ~ "));
        of.map(|(zh, en)| (zh.to_owned(), en.to_lowercase())).collect()
    };
    let (praise, complaint) = (clauses("+ "), clauses("- "));
    let count = |text: &str, of: &[(String, String)]| {
        let text = text.to_lowercase();
        of.iter().filter(|(zh, en)| text.contains(zh) || text.contains(en)).count() as f64
    };
    let balance = |low: f64, high: f64| {
        let (mut up, mut down) = (0.0, 0.0);
        for review in SHOP.reviews.iter().filter(|r| (low..=high).contains(&stars(r))) {
            up += count(&review.text, &praise);
            down += count(&review.text, &complaint);
        }
        up / (up + down)
    };
    assert!(balance(4.0, 5.0) > 0.85, "{}", balance(4.0, 5.0));
    assert!(balance(1.0, 2.0) < 0.3, "{}", balance(1.0, 2.0));
    assert!((0.3..0.75).contains(&balance(3.0, 3.0)), "{}", balance(3.0, 3.0));
}

#[test]
fn reviews_are_in_the_language_of_the_shopper_and_have_no_open_slots() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for review in SHOP.reviews.iter().filter(|r| !SHOP.truth.is_hostile(r)) {
        let language = SHOP.truth.taste(&review.subject).unwrap().language;
        assert_eq!(review.title.contains(han), language == Language::Zh);
        let text = &review.text;
        assert!(!text.contains(['{', '}', '<', '>', '~']) && !text.contains("  "), "{text}");
        assert!(text.is_empty() || text.contains(han) == (language == Language::Zh), "{text}");
    }
}

#[test]
fn a_few_per_cent_of_reviews_are_hostile_and_say_that_they_are_simulated() {
    let hostile: Vec<_> = SHOP.reviews.iter().filter(|r| SHOP.truth.is_hostile(r)).collect();
    let share = hostile.len() as f64 / SHOP.reviews.len() as f64;
    assert!((0.01..0.06).contains(&share), "{share}");
    let labelled = ["Simulated hostile text", "模拟的恶意文本"];
    assert!(hostile.iter().all(|r| labelled.contains(&r.title.as_str())));
    assert!(hostile.iter().any(|r| r.text.contains("<script>")));
}

#[test]
fn reviewers_have_bought_what_they_review_and_say_it_once() {
    let bought: BTreeSet<_> =
        of_kind(EventKind::Purchase).map(|e| (&e.subject, &e.item_id)).collect();
    let mut reviewed = BTreeSet::new();
    for review in &SHOP.reviews {
        let pair = (&review.subject, &review.item_id);
        assert!(bought.contains(&pair) && reviewed.insert(pair));
    }
}

#[test]
fn the_named_shoppers_are_as_they_are_described() {
    let histories = histories(&SHOP);
    let samples = samples();
    let events = |n: usize| histories.get(&samples[n].subject).map_or(&[][..], |h| h.as_slice());
    let interests: [&[&str]; 4] = [
        &["green-tea", "oolong", "teaware", "kettle", "biscuit"],
        &["diaper", "wipes", "bottle", "baby-wash", "toy", "picture-book"],
        &["backpack", "tent", "sleeping-bag", "headlamp", "camp-stove", "running-sock"],
        &["cat-food", "cat-litter", "cat-toy", "notebook", "ink", "pen"],
    ];
    for (n, keys) in interests.into_iter().enumerate() {
        let own = |e: &&&Event| keys.contains(&SHOP.truth.category(&e.item_id).unwrap());
        let share = events(n).iter().filter(own).count() as f64 / events(n).len() as f64;
        assert!(share > 0.65 && events(n).len() >= 100, "{}: {share}", samples[n].subject);
        let bought = events(n).iter().filter(|e| e.kind == EventKind::Purchase).filter(own);
        assert!(bought.count() >= 3, "{}", samples[n].subject);
    }
    assert_eq!(samples[0].subject.as_str(), "demo-1");
    assert_eq!((events(4).len(), events(4)[0].kind), (1, EventKind::View));
    assert_eq!(SHOP.truth.category(&events(4)[0].item_id), Some("phone-case"));
    assert!(events(5).is_empty() && SHOP.truth.taste(&samples[5].subject).is_some());
}

#[test]
fn ids_of_another_shop_have_no_truth() {
    let nobody = SubjectId::new("nobody").unwrap();
    let nothing = ItemId::new("nothing").unwrap();
    assert_eq!(SHOP.truth.utility(&nobody, &SHOP.items[0].id), None);
    assert_eq!(SHOP.truth.quality(&nothing), None);
    assert!(SHOP.truth.best(&nobody, 3).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_configuration_within_bounds_gives_a_shop_whose_ids_resolve(
        seed in any::<u64>(),
        n_shoppers in 0_usize..60,
        n_items in 0_usize..200,
        n_events in 0_usize..800,
        now in 946_684_800_000_i64..4_102_444_800_000,
        review_rate in 0.0..=1.0,
        hostile_rate in 0.0..=1.0,
    ) {
        let now = Timestamp(now);
        let config =
            ShopConfig { seed, n_shoppers, n_items, n_events, now, review_rate, hostile_rate };
        prop_assert_eq!(config.check(), Ok(()));
        let shop = shop(&config);
        prop_assert_eq!(shop.items.len(), n_items);
        for event in &shop.events {
            prop_assert!(shop.truth.utility(&event.subject, &event.item_id).is_some());
            prop_assert!(event.time.instant().is_some_and(|t| t < now));
        }
        for review in &shop.reviews {
            prop_assert!(shop.truth.utility(&review.subject, &review.item_id).is_some());
        }
    }
}
