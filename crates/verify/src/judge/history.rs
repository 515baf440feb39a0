//! Sentences about what the reader did, and what the model makes of it.

use domain::ItemId;

use super::{Sentence, counts::names};
use crate::bundle::Without;
use crate::recount::is_told_as;
use crate::report::{Part, Verdict};
use crate::words::{Cause, causes, has_word};

/// Whether the reader did what is named: of items of the same title, one is enough.
fn deeds(s: &Sentence<'_>, causes: &[Cause<'_>]) -> Vec<Part> {
    let part = |cause: &Cause<'_>| {
        let is_so = s.recount.titled(cause.title).iter().any(|item| s.recount.did(cause.did, item));
        Part::rows(names(cause.did), cause.title, if is_so { "so" } else { "no such row" }, is_so)
    };
    causes.iter().map(part).collect()
}

/// What the model put out without the steps that are named.
fn without<'s>(s: &Sentence<'s>, causes: &[Cause<'_>]) -> Option<&'s Without> {
    let of_these = |run: &&Without| {
        let mut left: Vec<&ItemId> = run.steps.iter().collect();
        let takes = |cause: &Cause<'_>| {
            let found = left.iter().position(|id| is_told_as(s.recount.title(id), cause.title));
            found.map(|at| left.swap_remove(at)).is_some()
        };
        run.of == *s.item() && causes.len() == run.steps.len() && causes.iter().all(takes)
    };
    s.recount.bundle.model.as_ref()?.without.iter().find(of_these)
}

/// A part that only the model can say; taken as told where it was not run again.
fn by_model(
    s: &Sentence<'_>,
    what: &'static str,
    told: &str,
    found: Option<(String, bool)>,
) -> Part {
    match found {
        Some((found, holds)) => Part::model(what, told, found, holds),
        None if s.recount.bundle.model.is_none() => Part::model(what, told, "not run again", true),
        None => Part::model(what, told, "no such run", false),
    }
}

pub(super) fn contributed(s: &Sentence<'_>) -> Vec<Part> {
    let Some(causes) = causes(s.text("causes"), s.recount.lang(), false) else { return Vec::new() };
    let mut parts = deeds(s, &causes);
    let place = s.ordinal("with");
    parts.push(Part::rows(
        "place in the list",
        s.text("with"),
        s.shown.rank,
        place == Some(s.shown.rank.into()),
    ));
    let run = without(s, &causes);
    let rank = run.and_then(|run| run.rank_by_score).map(|rank| {
        let told = s.ordinal("without");
        (rank.to_string(), told == Some(rank.into()) && told > place)
    });
    parts.push(by_model(s, "rank without them", s.text("without"), rank));
    let share = run.and_then(|run| run.score).map(|score| {
        let share = (s.shown.score - score) / s.shown.score;
        let told = s.number("share");
        // All is 100% and nothing 0%; whatever is nearly so is 99% or 1%.
        let nearest = (100.0 * share).clamp(1.0, if share < 1.0 - 1e-9 { 99.0 } else { 100.0 });
        let holds = share > 0.0 && told.is_some_and(|told| told.is_rounded(nearest));
        (format!("{:.2}%", 100.0 * share), holds)
    });
    parts.push(by_model(s, "share of the score", s.text("share"), share));
    parts
}

pub(super) fn flips(s: &Sentence<'_>) -> Vec<Part> {
    let Some(causes) = causes(s.text("causes"), s.recount.lang(), true) else { return Vec::new() };
    let list: Vec<&ItemId> = s.recount.bundle.list.iter().map(|shown| &shown.item_id).collect();
    let mut parts = deeds(s, &causes);
    parts.extend(causes.iter().map(|cause| times(s, cause, &causes)));
    parts.extend(s.of_title("instead", |instead| {
        let title = s.recount.title(instead);
        let is_new = !list.contains(&instead);
        let is_cause = causes.iter().any(|cause| is_told_as(title, cause.title));
        let run = without(s, &causes);
        let place = usize::try_from(s.shown.rank).unwrap_or(0).saturating_sub(1);
        let leaves = run.map(|run| {
            let stays = run.list.contains(s.item());
            (if stays { "still in it" } else { "not in it" }.to_owned(), !stays)
        });
        let here = run.map(|run| {
            let there = run.list.get(place);
            let found = there.map_or("nothing", |id| s.recount.title(id));
            (found.to_owned(), there == Some(instead))
        });
        let changed = run.map(|run| {
            let others = list
                .iter()
                .enumerate()
                .filter(|(at, id)| *at != place && run.list.get(*at) != Some(**id));
            let n = others.count();
            (format!("{n} others change"), n == 0)
        });
        vec![
            Part::rows("not in the list now", title, if is_new { "so" } else { "in it" }, is_new),
            Part::rows(
                "other than what is named",
                title,
                if is_cause { "the same title" } else { "so" },
                !is_cause,
            ),
            by_model(s, "without them, the item", "not in the list", leaves),
            by_model(s, "without them, in its place", title, here),
            by_model(s, "without them, elsewhere", "nothing else changes", changed),
        ]
    }));
    parts
}

/// Whether the reader did it once or more often, as "one of the times" says.
fn times(s: &Sentence<'_>, cause: &Cause<'_>, all: &[Cause<'_>]) -> Part {
    let is_it = |id: &&ItemId| is_told_as(s.recount.title(id), cause.title);
    let named = all.iter().filter(|other| other.title == cause.title).count();
    let done = match &s.recount.bundle.model {
        Some(model) => model.steps.iter().filter(is_it).count(),
        None => named + usize::from(cause.once),
    };
    let told = if cause.once { "one of several" } else { "all" };
    Part::rows(
        "times",
        told,
        format!("{done}, of which {named} named"),
        (done > named) == cause.once,
    )
}

pub(super) fn shares(s: &Sentence<'_>) -> Vec<Part> {
    let value = s.text("value");
    let has = |id: &ItemId| {
        let Some(item) = s.recount.item(id) else { return false };
        match s.reading.message {
            "shares_brand" => s.recount.is_named(&item.brand, value),
            "shares_category" => s.recount.is_in_category(id, value),
            _ => item.described_by().any(|(name, values)| {
                // Other languages than English have words of their own for common names.
                let is_it = s.recount.lang() != domain::Language::En
                    || is_told_as(name, s.text("attribute"));
                is_it && values.iter().any(|known| s.recount.is_named(known, value))
            }),
        }
    };
    let (recent, matching) = match (s.count("all"), s.count("recent")) {
        (Some(all), _) => (all, s.count("all")),
        (None, Some(recent)) => (recent, s.count("matching")),
        (None, None) => (1, Some(1)),
    };
    // Of the last items the recommended one is no match; whether it takes a place among them is open.
    let n = usize::try_from(recent).unwrap_or(usize::MAX);
    let items = s.recount.last_items();
    let others = items.iter().copied().filter(|id| *id != s.item()).take(n);
    let alike = |ids: &[&ItemId]| ids.iter().filter(|id| **id != s.item() && has(id)).count();
    let read = |ids: Vec<&ItemId>| {
        let alike = Part::count("of them, alike", matching, alike(&ids));
        let mut last = Part::count("your last items", Some(recent), ids.len());
        last.holds &= recent > 0; // of no items everything would be true
        vec![last, alike]
    };
    let readings = [read(others.collect()), read(items.iter().copied().take(n).collect())];
    let is_so = has(s.item());
    let best = readings.into_iter().min_by_key(|parts| Verdict::of(parts)).unwrap_or_default();
    let own = Part::rows("the item", value, if is_so { value } else { "not so" }, is_so);
    [vec![own], best].concat()
}

pub(super) fn price_fit(s: &Sentence<'_>) -> Vec<Part> {
    let Some(told) = s.money("price") else { return Vec::new() };
    let price = s.recount.item(s.item()).and_then(|item| item.price);
    let paid = s.recount.own_prices(s.text("category"), told);
    let quartile = |slot: &str, part: f64| {
        let found = quantile(&paid, part).map(|minor| (minor + 1e-9).round());
        let told = s.money(slot).map(|money| money.minor as f64);
        let shown =
            found.map_or_else(|| "no price".to_owned(), |minor| format!("{minor} (minor units)"));
        Part::rows("what the reader paid", s.text(slot), shown, found.is_some() && found == told)
    };
    let within = s.money("lower").zip(s.money("upper"));
    let within = within.is_some_and(|(low, high)| (low.minor..=high.minor).contains(&told.minor));
    vec![
        Part::rows(
            "price now",
            told.decimal(),
            price.map_or_else(String::new, domain::Money::decimal),
            price == Some(told),
        ),
        quartile("lower", 0.25),
        quartile("upper", 0.75),
        Part::rows("between the two", told.decimal(), within, within),
    ]
}

/// A quantile of sorted numbers by linear interpolation, as spreadsheets do.
fn quantile(sorted: &[i64], part: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = part * last as f64;
    let below = sorted[at.floor() as usize] as f64;
    let above = sorted[at.ceil() as usize] as f64;
    Some(below + (above - below) * at.fract())
}

pub(super) fn unknown(s: &Sentence<'_>) -> Vec<Part> {
    let unused = Part::model("nothing of the reader was used", "so", "not run again", true);
    if s.reading.message == "profiling_off" {
        let off = s.recount.bundle.profiling_off;
        return vec![Part::rows("switched off", true, off, off), unused];
    }
    let rows = s.recount.own_rows();
    let n = rows.iter().filter(|row| row.did.is_interaction()).count();
    let has_page = !s.recount.bundle.page.is_empty();
    let is_page = s.reading.message == "unknown_page";
    vec![
        Part::count("rows of the reader", Some(0), n),
        Part::rows("on a page", is_page, has_page, is_page == has_page),
        unused,
    ]
}

pub(super) fn asked(s: &Sentence<'_>) -> Vec<Part> {
    let (concept, more) = (s.text("concept"), s.reading.message == "asked_more");
    let same = |name: &str| is_told_as(&name.to_lowercase(), &concept.to_lowercase());
    let asked = s.recount.bundle.wishes.iter().any(|wish| wish.more == more && same(&wish.concept));
    let holds = s.recount.item(s.item()).is_some_and(|item| {
        let names = item.all_categories().chain([&item.brand]).flat_map(domain::Text::versions);
        let attributes = item.described_by().flat_map(|(_, values)| values);
        let texts = item.all_categories().chain([&item.brand, &item.title]).chain(attributes);
        names.into_iter().any(same)
            || texts.flat_map(domain::Text::versions).any(|text| has_word(text, concept, true))
    });
    vec![
        Part::rows("asked for", concept, if asked { "so" } else { "no such wish" }, asked),
        Part::rows("holds of the item", concept, if holds { "so" } else { "not so" }, holds),
    ]
}
