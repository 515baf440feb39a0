//! Sentences that the catalogue alone decides.

use domain::{IngestId, ItemId, Money, Timestamp};

use super::Sentence;
use crate::quantities;
use crate::report::Part;
use crate::words::{has_word, terms};

pub(super) fn similar_text(s: &Sentence<'_>) -> Vec<Part> {
    let Some(quoted) = terms(s.text("terms"), s.recount.lang()) else { return Vec::new() };
    s.of_title("other", |other| {
        let titles = [s.recount.title(s.item()), s.recount.title(other)];
        let stands = |term: &str| {
            let whole = term.strip_suffix('…').unwrap_or(term);
            titles.iter().all(|title| has_word(title, whole, false))
        };
        let is_inside =
            |term: &str| quoted.iter().any(|other| *other != term && other.contains(term));
        let part = |term: &&str| {
            let found = match (stands(term), is_inside(term)) {
                (false, _) => "not a word of both titles",
                (true, true) => "part of a longer one",
                (true, false) => "in both titles",
            };
            Part::rows("quoted word", *term, found, found == "in both titles")
        };
        let mut parts: Vec<Part> = quoted.iter().map(part).collect();
        parts.push(Part::model("reads much like it", "so", "no measure of a reader's", true));
        parts
    })
}

/// The price of an item and what its versions say, oldest first.
fn prices(s: &Sentence<'_>) -> Vec<(IngestId, Option<Money>)> {
    let versions = s.recount.versions(s.item());
    let mut prices: Vec<(IngestId, Option<Money>)> = Vec::new();
    for version in versions {
        let price = version.item.as_ref().and_then(|item| item.price);
        if prices.last().is_none_or(|(_, last)| *last != price) {
            prices.push((version.version, price));
        }
    }
    prices
}

fn made(version: IngestId) -> Timestamp {
    Timestamp(i64::try_from(version.made_at_ms()).unwrap_or(i64::MAX))
}

pub(super) fn discounted(s: &Sentence<'_>) -> Vec<Part> {
    let prices = prices(s);
    let (Some((since, now)), Some(days)) = (prices.last().copied(), s.count("days")) else {
        return vec![Part::rows("price now", s.text("price"), "no version", false)];
    };
    let days = i64::try_from(days).unwrap_or(i64::MAX);
    let from = made(since).0.saturating_sub(days.saturating_mul(domain::time::DAY_MS));
    // In force within the days before: brought before the reduction, and not replaced before them.
    let ends = prices.iter().skip(1).map(|(version, _)| made(*version).0);
    let before = prices.iter().zip(ends).filter(|(_, end)| *end > from);
    let lowest = before.filter_map(|((_, price), _)| *price).min_by_key(|price| price.minor);
    let shown = |price: Option<Money>| price.map_or_else(|| "none".to_owned(), Money::decimal);
    let is_lower = now.zip(lowest).is_some_and(|(now, former)| now.minor < former.minor);
    let date = made(since).date();
    let told = quantities::day(s.text("since"), s.recount.lang());
    vec![
        Part::rows(
            "price now",
            s.text("price"),
            shown(now),
            now.is_some() && s.money("price") == now,
        ),
        Part::rows("since", s.text("since"), &date, told.as_ref() == Some(&date)),
        Part::rows(
            "lowest before",
            s.text("former"),
            shown(lowest),
            lowest.is_some() && s.money("former") == lowest,
        ),
        Part::rows("lower than before", true, is_lower, is_lower),
    ]
}

pub(super) fn new_arrival(s: &Sentence<'_>) -> Vec<Part> {
    let since = s.recount.item(s.item()).and_then(|item| item.available_since);
    let Some(since) = since else {
        return vec![Part::rows(
            "on sale since",
            s.text("since"),
            "the catalogue names no day",
            false,
        )];
    };
    let told = quantities::day(s.text("since"), s.recount.lang());
    let day = |time: Timestamp| time.0.div_euclid(domain::time::DAY_MS);
    let days = day(s.recount.at) - day(since);
    let told_days = if s.has("days") {
        s.count("days").and_then(|days| i64::try_from(days).ok())
    } else {
        Some(0)
    };
    let told_shown = told_days.unwrap_or(-1);
    vec![
        Part::rows("on sale since", s.text("since"), since.date(), told == Some(since.date())),
        Part::rows("days ago", told_shown, days, told_days == Some(days)),
    ]
}

fn price_of(s: &Sentence<'_>, id: &ItemId) -> Option<Money> {
    s.recount.item(id).and_then(|item| item.price)
}

fn price_part(s: &Sentence<'_>, slot: &str, id: &ItemId) -> Part {
    let price = price_of(s, id);
    let found = price.map_or_else(|| "none".to_owned(), Money::decimal);
    Part::rows("price", s.text(slot), found, price.is_some() && price == s.money(slot))
}

pub(super) fn priced(s: &Sentence<'_>) -> Vec<Part> {
    s.of_title("item", |id| {
        if s.reading.message == "priced" {
            return vec![price_part(s, "price", id)];
        }
        let price = price_of(s, id);
        vec![Part::rows(
            "price",
            "none",
            price.map_or_else(|| "none".to_owned(), Money::decimal),
            price.is_none(),
        )]
    })
}

pub(super) fn stocked(s: &Sentence<'_>) -> Vec<Part> {
    let told = s.reading.message == "stocked";
    s.of_title("item", |id| {
        let found = s.recount.item(id).and_then(|item| item.in_stock);
        let shown = found.map_or_else(|| "not said".to_owned(), |found| found.to_string());
        vec![Part::rows("can be bought", told, shown, found == Some(told))]
    })
}

pub(super) fn costs_less(s: &Sentence<'_>) -> Vec<Part> {
    s.of_title("item", |id| {
        s.of_title("other", |other| {
            let both = price_of(s, id).zip(price_of(s, other));
            let is_less = both.is_some_and(|(own, other)| {
                own.currency == other.currency && own.minor < other.minor
            });
            vec![
                price_part(s, "price", id),
                price_part(s, "other_price", other),
                Part::rows("cheaper", true, is_less, is_less),
            ]
        })
    })
}
