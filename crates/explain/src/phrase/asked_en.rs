//! The English grammar of answers: one function per claim kind that answers a question. Every
//! sentence names its item, since an answer may speak of several.

use claims::{Bar, Change, Field, Lead};
use domain::{
    Circumstance, Concept, Daypart, Device, EventKind, HistoryRef, ItemId, Language, Money, Season,
    Text,
};

use super::{
    en::cause,
    format::{count, join_en, money, named, ordinal_en, percent, quote, shorten, value},
};
use crate::Evidence;

const EN: Language = Language::En;

pub(super) fn asked_for(
    item: &ItemId,
    concept: &Concept,
    by: f64,
    evidence: &dyn Evidence,
) -> String {
    let what = named(concept, item, EN, evidence);
    if by < 0.0 {
        format!("It is here although you asked for less of “{what}”.")
    } else {
        format!("You asked for more of “{what}”.")
    }
}

pub(super) fn barred(item: &ItemId, by: Bar, evidence: &dyn Evidence) -> String {
    let item = quote(item, EN, evidence);
    match by {
        Bar::NotSold => format!("{item} is not sold here."),
        Bar::NotRankedYet => {
            format!("{item} is too new to be ranked: it joins at the next training.")
        }
        Bar::OutOfStock => format!("{item} cannot be bought now, so it is not recommended."),
        Bar::Category => format!("{item} is not in the category that was asked for."),
        Bar::Brand => format!("{item} is not of the brand that was asked for."),
        Bar::Price => format!("The price of {item} is outside the bounds that were asked for."),
        Bar::Excluded => format!("{item} was left out on request."),
        Bar::OnThePage => format!("{item} is what this page is about, so it is not offered again."),
        Bar::DealtWith => {
            format!("You bought, rated or dismissed {item}, so it is not recommended again.")
        }
        Bar::NotInterested => format!("You said that you are not interested in {item}."),
        Bar::AskedForCheaper => {
            format!("You asked for something cheaper than {item} or things that cost as much.")
        }
        Bar::AskedForOtherBrand => {
            format!("You asked for another brand than that of {item}.")
        }
    }
}

pub(super) fn outranked(
    item: &ItemId,
    (rank, k): (u32, u32),
    (behind, margin): (&ItemId, f64),
    evidence: &dyn Evidence,
) -> String {
    let (item, behind) = (quote(item, EN, evidence), quote(behind, EN, evidence));
    let (rank, k) = (ordinal_en(rank), count(k));
    if margin < 0.0 {
        return format!(
            "{item} comes {rank} by score and could be among the {k} shown; it is not, because \
             places are also given for variety: {behind} is shown with a lower score."
        );
    }
    format!(
        "{item} could be shown, but it comes {rank} by score and only {k} are shown: {behind}, \
         which is, scores {margin:.3} higher."
    )
}

pub(super) fn would_be(
    item: &ItemId,
    changes: &[Change],
    (now, then): (Option<u32>, Option<u32>),
    evidence: &dyn Evidence,
) -> String {
    let conditions: Vec<String> =
        changes.iter().map(|change| condition(change, evidence)).collect();
    let item = quote(item, EN, evidence);
    let outcome = match (now, then) {
        (None, Some(then)) => format!("{item} would come into your list, {}", ordinal_en(then)),
        (Some(now), None) => {
            format!("{item} would not be in your list, where it is {} now", ordinal_en(now))
        }
        (Some(now), Some(then)) if now == then => {
            format!("{item} would stay {} in your list", ordinal_en(now))
        }
        (Some(now), Some(then)) => {
            format!(
                "{item} would be {} in your list instead of {}",
                ordinal_en(then),
                ordinal_en(now)
            )
        }
        (None, None) => format!("{item} would still not be in your list"),
    };
    format!("{}, {outcome}.", capital(&join_en(&conditions)))
}

fn condition(change: &Change, evidence: &dyn Evidence) -> String {
    match change {
        Change::Without { history } => {
            let mut causes: Vec<String> = Vec::new();
            for cause in history.iter().map(|past| format!("that {}", cause(past, evidence))) {
                // Done several times, it is named once.
                if !causes.contains(&cause) {
                    causes.push(cause);
                }
            }
            format!("if we did not count {}", join_en(&causes))
        }
        Change::With { did, item_id } => {
            let did = match did {
                EventKind::Purchase => "bought",
                EventKind::Cart => "put into your cart",
                EventKind::Wish => "saved",
                EventKind::Rate => "rated",
                _ => "looked at",
            };
            format!("if you now {did} {}", quote(item_id, EN, evidence))
        }
        Change::Price { min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("with prices from {min} to {max} only"),
            (Some(min), None) => format!("with prices from {min} only"),
            (None, Some(max)) => format!("with prices up to {max} only"),
            (None, None) => "with any price".to_owned(),
        },
        Change::In { circumstance } => within(circumstance),
    }
}

fn within(circumstance: &Circumstance) -> String {
    const DAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    match circumstance {
        Circumstance::Daypart(Daypart::Night) => "at night".to_owned(),
        Circumstance::Daypart(Daypart::Morning) => "in the morning".to_owned(),
        Circumstance::Daypart(Daypart::Afternoon) => "in the afternoon".to_owned(),
        Circumstance::Daypart(Daypart::Evening) => "in the evening".to_owned(),
        Circumstance::Weekday(day) => format!("on a {}", DAYS[usize::from(*day) % DAYS.len()]),
        Circumstance::Season(Season::Spring) => "in spring".to_owned(),
        Circumstance::Season(Season::Summer) => "in summer".to_owned(),
        Circumstance::Season(Season::Autumn) => "in autumn".to_owned(),
        Circumstance::Season(Season::Winter) => "in winter".to_owned(),
        Circumstance::Region(region) => format!("in {}", shorten(region)),
        Circumstance::Device(Device::Phone) => "on a phone".to_owned(),
        Circumstance::Device(Device::Tablet) => "on a tablet".to_owned(),
        Circumstance::Device(Device::Desktop) => "on a computer".to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

pub(super) fn above(
    [(item, rank), (other, other_rank)]: [(&ItemId, Option<u32>); 2],
    margin: f64,
    leads: &[Lead],
    most_by: Option<&HistoryRef>,
    evidence: &dyn Evidence,
) -> String {
    let place = |rank: Option<u32>| rank.map_or_else(|| "not shown".to_owned(), ordinal_en);
    let mut text = format!(
        "{} scores {margin:.3} higher than {} (by score {} against {})",
        quote(item, EN, evidence),
        quote(other, EN, evidence),
        place(rank),
        place(other_rank)
    );
    if let Some(Lead { signal, gap }) = leads.first().filter(|lead| lead.gap > 0.0) {
        text += &format!("; {} does most for it, {gap:.3}", signal_words(signal));
    }
    if let Some(past) = most_by {
        text += &format!("; of what you did, most speaks for it that {}", cause(past, evidence));
    }
    text + "."
}

/// What a signal looks at.
pub(super) fn signal_words(signal: &str) -> &str {
    match signal {
        "transition" => "what shoppers go on to",
        "text" => "what reads alike",
        "sequence" => "the order of what you did",
        "popularity" => "what many buy",
        "context" => "the situation",
        "stated" => "what you asked for",
        other => other,
    }
}

pub(super) fn priced(item: &ItemId, price: Option<Money>, evidence: &dyn Evidence) -> String {
    let item = quote(item, EN, evidence);
    match price {
        Some(price) => format!("{item} costs {}.", money(price, EN)),
        None => format!("The catalogue names no price for {item}."),
    }
}

pub(super) fn stocked(item: &ItemId, in_stock: bool, evidence: &dyn Evidence) -> String {
    let item = quote(item, EN, evidence);
    if in_stock { format!("{item} can be bought now.") } else { format!("{item} is out of stock.") }
}

fn field_name(field: &Field) -> &str {
    match field {
        Field::Title => "title",
        Field::Brand => "brand",
        Field::Category => "category",
        Field::Description => "description",
        Field::Named(name) => name,
    }
}

pub(super) fn described(
    item: &ItemId,
    field: &Field,
    values: &[Text],
    evidence: &dyn Evidence,
) -> String {
    let is_named = matches!(field, Field::Named(_));
    let (item, field) = (quote(item, EN, evidence), field_name(field));
    match (values.is_empty(), is_named) {
        (true, true) => return format!("The catalogue has no entry “{field}” for {item}."),
        (true, false) => return format!("The catalogue names no {field} of {item}."),
        (false, _) => {}
    }
    let values: Vec<String> = values.iter().map(|v| value(v, EN)).collect();
    format!("{} of {item}: {}.", capital(field), values.join(", "))
}

pub(super) fn mentions(
    item: &ItemId,
    word: &str,
    field: &Field,
    evidence: &dyn Evidence,
) -> String {
    let item = quote(item, EN, evidence);
    format!("{item}: its {} says “{}”.", field_name(field), shorten(word))
}

pub(super) fn costs_less(
    (item, price): (&ItemId, Money),
    (other, other_price): (&ItemId, Money),
    evidence: &dyn Evidence,
) -> String {
    format!(
        "{} is cheaper than {}: {} against {}.",
        quote(item, EN, evidence),
        quote(other, EN, evidence),
        money(price, EN),
        money(other_price, EN)
    )
}

pub(super) fn taste(
    newest: &ItemId,
    concept: &Concept,
    n: u32,
    share: f64,
    evidence: &dyn Evidence,
) -> String {
    let what = named(concept, newest, EN, evidence);
    let newest = quote(newest, EN, evidence);
    let from = match n {
        1 => format!("from what you did with {newest}"),
        n => format!("from {} things you did, last with {newest}", count(n)),
    };
    format!("“{what}”: {from}; {} of the score of what you are shown rests on it.", percent(share))
}
