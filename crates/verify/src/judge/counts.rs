//! Sentences about what other persons did: bought, looked at, rated, wrote.

use domain::{EventKind, ItemId};

use super::Sentence;
use crate::recount::{Window, is_told_as, tells};
use crate::report::Part;
use crate::words::{situation, words_of_aspect};

pub(super) fn bought_both(s: &Sentence<'_>) -> Vec<Part> {
    s.of_title("other", |other| {
        let own = s.recount.buyers(s.item(), Window::Ever);
        let both = own.intersection(&s.recount.buyers(other, Window::Ever)).count();
        bought_as_often(s, other, "persons who bought both", both)
    })
}

pub(super) fn bought_one_order(s: &Sentence<'_>) -> Vec<Part> {
    s.of_title("other", |other| {
        let both = s.recount.buyers_in_one_order(s.item(), other);
        bought_as_often(s, other, "persons who bought both in one order", both)
    })
}

fn bought_as_often(s: &Sentence<'_>, other: &ItemId, what: &'static str, both: usize) -> Vec<Part> {
    let n = |item| s.recount.buyers(item, Window::Ever).len();
    let chance = n(s.item()) as f64 * n(other) as f64 / s.recount.buyers_of_anything() as f64;
    let lift = (chance > 0.0).then(|| both as f64 / chance);
    vec![Part::count(what, s.count("n"), both), s.rounded("times as by chance", "lift", lift)]
}

pub(super) fn viewed_then(s: &Sentence<'_>) -> Vec<Part> {
    s.of_title("other", |other| {
        let (looked, then) = s.recount.looked_then(other, s.item());
        vec![
            Part::count("persons who looked at the other", s.count("n_other"), looked),
            Part::count("of them, who looked at this one later", s.count("n"), then),
        ]
    })
}

pub(super) fn popular(s: &Sentence<'_>) -> Vec<Part> {
    let window = match s.count("days") {
        Some(days) => Window::Days(days),
        None => Window::Ever,
    };
    let category = s.has("category").then(|| s.text("category"));
    let n = s.recount.buyers(s.item(), window).len();
    let (ahead, beside) = s.recount.ahead_and_beside(s.item(), category, window);
    let told = if s.has("rank") { s.ordinal("rank") } else { Some(1) };
    let mut parts = vec![
        Part::count("persons who bought it", s.count("buyers"), n),
        Part::count("rank", told, ahead + 1),
        Part::rows("others of the same rank", 0, beside, beside == 0),
    ];
    if let Some(category) = category {
        let is_in = s.recount.is_in_category(s.item(), category);
        parts.push(Part::rows(
            "category",
            category,
            if is_in { category } else { "not in it" },
            is_in,
        ));
    }
    parts
}

pub(super) fn in_context(s: &Sentence<'_>) -> Vec<Part> {
    let region = s.has("region").then(|| s.text("region"));
    let is_region = ["region", "地区"].contains(&s.text("known"));
    let told_trait = situation(s.text("when"), s.text("known"));
    if region.is_some() != is_region || (region.is_none() && told_trait.is_none()) {
        return Vec::new();
    }
    let told = |row: &crate::bundle::Row| match (region, told_trait) {
        (Some(region), _) => row.region.as_deref().map(|known| is_told_as(known, region)),
        (None, Some(told)) => tells(row, told),
        (None, None) => None,
    };
    let (known, within) = s.recount.in_situation(Some(s.item()), &told);
    let (shop_known, shop_within) = s.recount.in_situation(None, &told);
    let share = |n: usize, of: usize| (of > 0).then(|| n as f64 / of as f64);
    let of_shop = share(shop_within, shop_known).filter(|share| *share > 0.0);
    let lift = share(within, known).zip(of_shop).map(|(own, shop)| own / shop);
    vec![
        Part::count("buyers of whom it is known", s.count("n_item"), known),
        Part::count("buyers in this situation", s.count("n"), within),
        s.rounded("times the share of the shop", "lift", lift),
    ]
}

pub(super) fn rated(s: &Sentence<'_>) -> Vec<Part> {
    let ratings = s.recount.reviews(s.item()).filter_map(|review| review.rating);
    let tenths: Vec<u32> = ratings.map(|rating| u32::from(rating.tenths())).collect();
    let mean = (!tenths.is_empty())
        .then(|| f64::from(tenths.iter().sum::<u32>()) / 10.0 / tenths.len() as f64);
    let mut part = s.rounded("mean of the ratings", "mean", mean);
    let is_full = s.number("mean").is_some_and(|told| told.value >= 5.0);
    part.holds &= !is_full || mean == Some(5.0);
    vec![Part::count("ratings", s.count("n"), tenths.len()), part]
}

pub(super) fn reviewers_say(s: &Sentence<'_>) -> Vec<Part> {
    let words = words_of_aspect(s.text("aspect"));
    if words.is_empty() {
        return Vec::new();
    }
    let n = s.count("n");
    let none = if s.has("faults") || s.has("praise") { Some(0) } else { n };
    let praise = if s.has("praise") { s.count("praise") } else { none };
    let faults = if s.has("faults") { s.count("faults") } else { Some(0) };
    let found = s.recount.mentioning(s.item(), &words);
    let sum = praise.zip(faults).and_then(|(praise, faults)| praise.checked_add(faults));
    // Where nobody praises it or finds fault, no number is told.
    let is_told = |slot| !s.has(slot) || s.count(slot) != Some(0);
    let as_read = sum.zip(n).is_some_and(|(sum, n)| sum <= n);
    let as_read = as_read && is_told("praise") && is_told("faults");
    let told = format!("{} and {}", praise.unwrap_or(0), faults.unwrap_or(0));
    vec![
        Part::count("persons whose reviews mention it", n, found),
        Part::model("praise and fault", told, "as the reader of texts took them", as_read),
    ]
}

/// Whether a row is something a person looked at, saved, rated, bought.
pub(super) fn names(did: Option<EventKind>) -> &'static str {
    match did {
        None => "the page shows it",
        Some(EventKind::Purchase) => "the reader bought it",
        Some(EventKind::Cart) => "the reader put it into the cart",
        Some(EventKind::Wish) => "the reader saved it",
        Some(EventKind::Rate) => "the reader rated it",
        Some(_) => "the reader looked at it",
    }
}
