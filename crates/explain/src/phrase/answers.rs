//! Sentences that answer questions: which message, and which facts it is given. Every sentence
//! names its item, since an answer may speak of several.

use claims::{Bar, Change, Field, Lead};
use domain::{Concept, HistoryRef, ItemId, Language, Money, Text};
use messages::{decimal, key, list, message, number, percent};

use super::{
    format::{named, shorten, titled, value},
    names::{CircumstanceKeys, bar_key, field_key, field_name, signal_words},
    steps::{cause, deed_key, uncounted},
};
use crate::Evidence;

pub(super) fn asked_for(
    item: &ItemId,
    concept: &Concept,
    by: f64,
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    message!(
        lang,
        "answer-asked-for",
        wish: key(if by < 0.0 { "less" } else { "more" }),
        concept: named(concept, item, lang, evidence),
    )
}

pub(super) fn barred(item: &ItemId, by: Bar, lang: Language, evidence: &dyn Evidence) -> String {
    message!(lang, "answer-barred", by: key(bar_key(by)), item: titled(item, lang, evidence))
}

pub(super) fn outranked(
    item: &ItemId,
    (rank, k): (u32, u32),
    (behind, margin): (&ItemId, f64),
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    let (item, behind) = (titled(item, lang, evidence), titled(behind, lang, evidence));
    if margin < 0.0 {
        return message!(
            lang,
            "answer-left-out-for-variety",
            item: item,
            rank: rank,
            k: k,
            behind: behind,
        );
    }
    let margin = decimal(margin, 3);
    message!(
        lang,
        "answer-outranked",
        item: item,
        rank: rank,
        k: k,
        behind: behind,
        margin: margin,
    )
}

pub(super) fn would_be(
    item: &ItemId,
    changes: &[Change],
    (now, then): (Option<u32>, Option<u32>),
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    let conditions: Vec<String> =
        changes.iter().map(|change| condition(change, lang, evidence)).collect();
    let outcome = match (now, then) {
        (None, Some(_)) => "enters",
        (Some(_), None) => "leaves",
        (Some(now), Some(then)) if now == then => "stays",
        (Some(_), Some(_)) => "moves",
        (None, None) => "out",
    };
    message!(
        lang,
        "answer-would-be",
        conditions: list(conditions),
        outcome: key(outcome),
        item: titled(item, lang, evidence),
        now: now.unwrap_or(0),
        then: then.unwrap_or(0),
    )
}

fn condition(change: &Change, lang: Language, evidence: &dyn Evidence) -> String {
    match change {
        Change::Without { history } => {
            let mut causes: Vec<String> = Vec::new();
            for cause in history.iter().map(|past| uncounted(past, lang, evidence)) {
                // Done several times, it is named once.
                if !causes.contains(&cause) {
                    causes.push(cause);
                }
            }
            message!(lang, "answer-if-without", causes: list(causes))
        }
        Change::With { did, item_id } => message!(
            lang,
            "answer-if-with",
            did: key(deed_key(*did)),
            item: titled(item_id, lang, evidence),
        ),
        Change::Price { min, max } => {
            let bounds = match (min, max) {
                (Some(_), Some(_)) => "between",
                (Some(_), None) => "from",
                (None, Some(_)) => "up-to",
                (None, None) => "any",
            };
            message!(
                lang,
                "answer-if-price",
                bounds: key(bounds),
                min: number(min.unwrap_or_default()),
                max: number(max.unwrap_or_default()),
            )
        }
        Change::In { circumstance } => {
            let CircumstanceKeys { value, region, .. } = CircumstanceKeys::of(circumstance);
            let region = shorten(region);
            message!(lang, "answer-if-circumstance", value: key(value), region: region)
        }
    }
}

pub(super) fn above(
    [(item, rank), (other, other_rank)]: [(&ItemId, Option<u32>); 2],
    margin: f64,
    (lead, most_by): (Option<&Lead>, Option<&HistoryRef>),
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    let yes = |is: bool| key(if is { "yes" } else { "no" });
    let lead = lead.filter(|lead| lead.gap > 0.0);
    message!(
        lang,
        "answer-above",
        item: titled(item, lang, evidence),
        other: titled(other, lang, evidence),
        margin: decimal(margin, 3),
        rank: rank.unwrap_or(0),
        other_rank: other_rank.unwrap_or(0),
        has_lead: yes(lead.is_some()),
        signal: lead.map_or_else(String::new, |lead| signal_words(&lead.signal, lang)),
        gap: decimal(lead.map_or(0.0, |lead| lead.gap), 3),
        has_cause: yes(most_by.is_some()),
        cause: most_by.map_or_else(String::new, |past| cause(past, lang, evidence)),
    )
}

pub(super) fn priced(
    item: &ItemId,
    price: Option<Money>,
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    let item = titled(item, lang, evidence);
    match price {
        Some(price) => message!(lang, "answer-priced", item: item, price: price),
        None => message!(lang, "answer-not-priced", item: item),
    }
}

pub(super) fn stocked(
    item: &ItemId,
    in_stock: bool,
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    let stock = key(if in_stock { "in" } else { "out" });
    message!(lang, "answer-stocked", stock: stock, item: titled(item, lang, evidence))
}

pub(super) fn described(
    item: &ItemId,
    field: &Field,
    values: &[Text],
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    let (item, field_name) = (titled(item, lang, evidence), field_name(field, lang));
    if values.is_empty() {
        let sort = key(field_key(field));
        return message!(
            lang,
            "answer-not-described",
            field: sort,
            item: item,
            field_name: field_name,
        );
    }
    let values: Vec<String> = values.iter().map(|v| value(v, lang)).collect();
    message!(
        lang,
        "answer-described",
        item: item,
        field_name: field_name,
        values: list(values),
    )
}

pub(super) fn mentions(
    item: &ItemId,
    word: &str,
    field: &Field,
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    message!(
        lang,
        "answer-mentions",
        item: titled(item, lang, evidence),
        field_name: field_name(field, lang),
        word: shorten(word),
    )
}

pub(super) fn costs_less(
    (item, price): (&ItemId, Money),
    (other, other_price): (&ItemId, Money),
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    message!(
        lang,
        "answer-costs-less",
        item: titled(item, lang, evidence),
        other: titled(other, lang, evidence),
        price: price,
        other_price: other_price,
    )
}

pub(super) fn taste(
    newest: &ItemId,
    concept: &Concept,
    (n, share): (usize, f64),
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    message!(
        lang,
        "answer-taste",
        concept: named(concept, newest, lang, evidence),
        n: n,
        newest: titled(newest, lang, evidence),
        share: percent(share),
    )
}
