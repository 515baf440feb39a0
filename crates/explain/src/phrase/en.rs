//! The English grammar: one function per claim kind.

use claims::{Attribute, Claim, Facts, Opinions, PairCounts, PopularScope, Unknown, Window};
use domain::{
    Circumstance, Daypart, Device, EventKind, HistoryRef, ItemId, Language, Season, Text,
};

use super::{
    Sides, asked_en,
    format::{
        aspect, count, date, happened_again, join_en, money, one_decimal, ordinal_en, percent,
        quote, shorten, terms_in, value,
    },
};
use crate::Evidence;

const EN: Language = Language::En;

/// One sentence that states one claim.
pub(super) fn sentence(claim: &Claim, evidence: &dyn Evidence) -> String {
    let item = &claim.item_id;
    match &claim.facts {
        Facts::Contributed { history, share, rank_with, rank_without } => {
            contributed(history, *share, (*rank_with, *rank_without), evidence)
        }
        Facts::Flips { history, instead, .. } => flips(history, instead, evidence),
        Facts::BoughtTogether(pair) => bought_together(pair, evidence),
        Facts::ViewedThen(pair) => viewed_then(pair, evidence),
        Facts::SharesAttribute { attribute, value, n_matching, n_recent } => {
            shares_attribute(attribute, value, (*n_matching, *n_recent))
        }
        Facts::SimilarText { other, shared_terms, .. } => {
            let terms: Vec<String> = terms_in(EN, shared_terms);
            format!(
                "It reads much like {}: both mention {}.",
                quote(other, EN, evidence),
                join_en(&terms)
            )
        }
        Facts::Popular { buyers, window, rank, scope } => popular(*buyers, *window, *rank, scope),
        Facts::PriceFit { price, lower_quartile, upper_quartile, category, .. } => format!(
            "At {} it is within what you usually pay in {} ({} to {}).",
            money(*price, EN),
            value(category, EN),
            money(*lower_quartile, EN),
            money(*upper_quartile, EN)
        ),
        Facts::Rated { mean, n } => {
            format!("Shoppers rate it {} out of 5 ({}).", one_decimal(*mean), ratings(*n))
        }
        Facts::ReviewersSay(opinions) => reviewers_say(opinions),
        Facts::Discounted { price, former, days, since } => format!(
            "Now {}, reduced on {}; the lowest price in the {} before was {}.",
            money(*price, EN),
            date(*since, EN),
            plural(*days, "day", "days"),
            money(*former, EN)
        ),
        Facts::InContext { circumstance, n_in_context, n_item, lift, .. } => {
            in_context(circumstance, (*n_in_context, *n_item), *lift)
        }
        Facts::Promoted { paid, rank_by_score, .. } => {
            let rank = ordinal_en(*rank_by_score);
            match paid {
                true => format!(
                    "Advertisement: this place was paid for; by score alone it would come {rank}."
                ),
                false => format!(
                    "Picked for this place by the shop; by score alone it would come {rank}."
                ),
            }
        }
        Facts::NewArrival { since, days } => {
            format!("New here: on sale since {} ({}).", date(*since, EN), days_ago(*days))
        }
        Facts::Varied { rank_by_score, .. } => format!(
            "Placed here for variety: by score alone it would come {}.",
            ordinal_en(*rank_by_score)
        ),
        Facts::UnknownShopper { because } => unknown(*because, evidence).to_owned(),
        Facts::AskedFor { concept, by } => asked_en::asked_for(item, concept, *by, evidence),
        Facts::Barred { by } => asked_en::barred(item, *by, evidence),
        Facts::Outranked { rank_by_score, k, behind, margin } => {
            asked_en::outranked(item, (*rank_by_score, *k), (behind, *margin), evidence)
        }
        Facts::WouldBe { changes, rank_now, rank_then, .. } => {
            asked_en::would_be(item, changes, (*rank_now, *rank_then), evidence)
        }
        Facts::Above { other, rank_by_score, other_rank, margin, leads, most_by } => {
            let sides = [(item, *rank_by_score), (other, *other_rank)];
            asked_en::above(sides, *margin, leads, most_by.as_ref(), evidence)
        }
        Facts::Priced { price } => asked_en::priced(item, *price, evidence),
        Facts::Stocked { in_stock } => asked_en::stocked(item, *in_stock, evidence),
        Facts::Described { field, values } => asked_en::described(item, field, values, evidence),
        Facts::Mentions { word, field } => asked_en::mentions(item, word, field, evidence),
        Facts::CostsLess { price, other, other_price } => {
            asked_en::costs_less((item, *price), (other, *other_price), evidence)
        }
        Facts::Taste { concept, history, share } => {
            asked_en::taste(item, concept, history.len() as u32, *share, evidence)
        }
    }
}

fn contributed(
    history: &[HistoryRef],
    share: f64,
    (with, without): (u32, u32),
    evidence: &dyn Evidence,
) -> String {
    let causes: Vec<String> = history.iter().map(|past| cause(past, evidence)).collect();
    let (that_is, it) =
        if history.len() > 1 { ("they make up", "them") } else { ("that is", "it") };
    format!(
        "Because {}: {that_is} {} of its score; without {it} this would rank {} instead of {}.",
        join_en(&without_repeated_subject(causes)),
        percent(share),
        ordinal_en(without),
        ordinal_en(with)
    )
}

/// “you bought a and looked at b”.
pub(super) fn without_repeated_subject(mut causes: Vec<String>) -> Vec<String> {
    let starts_with_you = causes.first().is_some_and(|first| first.starts_with("you "));
    for cause in causes.iter_mut().skip(1).filter(|_| starts_with_you) {
        if let Some(rest) = cause.strip_prefix("you ") {
            *cause = rest.to_owned();
        }
    }
    causes
}

pub(super) fn cause(past: &HistoryRef, evidence: &dyn Evidence) -> String {
    let title = quote(&past.item_id, EN, evidence);
    let kind = evidence.history().iter().find(|e| e.to_ref() == *past).and_then(|e| e.kind);
    let verb = match kind {
        Some(EventKind::Purchase) => "you bought",
        Some(EventKind::Cart) => "you put into your cart",
        Some(EventKind::Wish) => "you saved",
        Some(EventKind::Rate) => "you rated",
        Some(_) => "you looked at",
        None => "this page shows",
    };
    format!("{verb} {title}")
}

fn flips(history: &[HistoryRef], instead: &ItemId, evidence: &dyn Evidence) -> String {
    let instead = quote(instead, EN, evidence);
    format!("If we did not count {}, {instead} would be here instead.", counted(history, evidence))
}

/// “that you bought a and that you looked at b”.
pub(super) fn counted(history: &[HistoryRef], evidence: &dyn Evidence) -> String {
    let that = |past: &HistoryRef| {
        // Only this one is meant, where the shopper did it more than once.
        let once = if happened_again(past, history, evidence) { " (one of the times)" } else { "" };
        format!("that {}{once}", cause(past, evidence))
    };
    let causes: Vec<String> = history.iter().map(that).collect();
    join_en(&causes)
}

fn bought_together(pair: &PairCounts, evidence: &dyn Evidence) -> String {
    format!(
        "{} shoppers bought both this and {}, {} times as many as chance would bring.",
        count(pair.n_both),
        quote(&pair.other, EN, evidence),
        one_decimal(pair.lift)
    )
}

fn viewed_then(pair: &PairCounts, evidence: &dyn Evidence) -> String {
    format!(
        "{} of the {} shoppers who looked at {} looked at this one afterwards.",
        count(pair.n_both),
        count(pair.n_other),
        quote(&pair.other, EN, evidence)
    )
}

fn shares_attribute(attribute: &Attribute, shared: &Text, (n, of): (u32, u32)) -> String {
    let shared = value(shared, EN);
    let like = match (n, of) {
        (1, 1) => "like the last item you were interested in".to_owned(),
        (n, of) if n == of => format!("like all of your last {} items", count(of)),
        (n, of) => format!("like {} of your last {} items", count(n), count(of)),
    };
    match attribute {
        Attribute::Brand => format!("It is by {shared}, {like}."),
        Attribute::Category => format!("It is from {shared}, {like}."),
        Attribute::Named(name) => format!("Its {name} is {shared}, {like}."),
    }
}

fn popular(buyers: u32, window: Window, rank: u32, scope: &PopularScope) -> String {
    let place = match scope {
        PopularScope::Shop => "in the shop".to_owned(),
        PopularScope::Category { category } => format!("in {}", value(category, EN)),
    };
    let rank = match rank {
        1 => "most bought".to_owned(),
        n => format!("{} most bought", ordinal_en(n)),
    };
    match window {
        Window::AllTime => format!("It is the {rank} {place}: {} so far.", shoppers(buyers)),
        Window::Days { days, .. } => {
            format!("It is the {rank} {place} in the last {days} days: {}.", shoppers(buyers))
        }
    }
}

fn reviewers_say(opinions: &Opinions) -> String {
    let Opinions { n_reviewers, n_positive, n_negative, .. } = *opinions;
    let aspect = aspect(&opinions.aspect, EN);
    let praise = format!("{} {} it", count(n_positive), verb(n_positive, "praise"));
    let faults = format!("{} {} fault with it", count(n_negative), verb(n_negative, "find"));
    let reviewers = plural(n_reviewers, "reviewer who mentions", "reviewers who mention");
    match Sides::of(opinions) {
        Sides::Praise if n_positive == n_reviewers && n_reviewers > 1 => {
            format!("All {reviewers} {aspect} praise it.")
        }
        Sides::Praise => format!("Of the {reviewers} {aspect}, {praise}."),
        Sides::Both => format!("Of the {reviewers} {aspect}, {praise} and {faults}."),
        Sides::FaultsFirst if n_positive == 0 => {
            format!("A word of caution: of the {reviewers} {aspect}, {faults}.")
        }
        Sides::FaultsFirst => {
            format!("A word of caution: of the {reviewers} {aspect}, {faults} and {praise}.")
        }
    }
}

/// `1 praises`, `2 praise`.
fn verb(n: u32, word: &str) -> String {
    if n == 1 { format!("{word}s") } else { word.to_owned() }
}

fn in_context(circumstance: &Circumstance, (n, of): (u32, u32), lift: f64) -> String {
    let (known, did) = situation(circumstance);
    format!(
        "Of the {} whose {known} is known, {} {did}: {} times the share in the whole shop.",
        plural(of, "buyer", "buyers"),
        count(n),
        one_decimal(lift)
    )
}

/// What is known of buyers, and what those in the situation did.
pub(super) fn situation(circumstance: &Circumstance) -> (&'static str, String) {
    const WEEKDAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    match circumstance {
        Circumstance::Daypart(part) => (
            "local time of purchase",
            match part {
                Daypart::Night => "bought it at night".to_owned(),
                Daypart::Morning => "bought it in the morning".to_owned(),
                Daypart::Afternoon => "bought it in the afternoon".to_owned(),
                Daypart::Evening => "bought it in the evening".to_owned(),
            },
        ),
        Circumstance::Weekday(day) => (
            "day of purchase",
            format!("bought it on a {}", WEEKDAYS[usize::from(*day) % WEEKDAYS.len()]),
        ),
        Circumstance::Season(season) => (
            "season of purchase",
            match season {
                Season::Spring => "bought it in spring".to_owned(),
                Season::Summer => "bought it in summer".to_owned(),
                Season::Autumn => "bought it in autumn".to_owned(),
                Season::Winter => "bought it in winter".to_owned(),
            },
        ),
        Circumstance::Region(region) => ("region", format!("are from {}", shorten(region))),
        Circumstance::Device(device) => (
            "device",
            match device {
                Device::Phone => "bought it on a phone".to_owned(),
                Device::Tablet => "bought it on a tablet".to_owned(),
                Device::Desktop => "bought it on a computer".to_owned(),
            },
        ),
    }
}

pub(super) fn shoppers(n: u32) -> String {
    plural(n, "shopper", "shoppers")
}

pub(super) fn ratings(n: u32) -> String {
    plural(n, "rating", "ratings")
}

pub(super) fn plural(n: u32, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

pub(super) fn days_ago(days: u32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "1 day ago".to_owned(),
        n => format!("{} days ago", count(n)),
    }
}

fn unknown(because: Unknown, evidence: &dyn Evidence) -> &'static str {
    match because {
        Unknown::NoHistory if evidence.history().iter().any(|past| past.event_id.is_none()) => {
            "We know nothing about your taste yet, so this goes by this page alone."
        }
        Unknown::NoHistory => {
            "We know nothing about your taste yet, so this does not depend on anything you did."
        }
        Unknown::ProfilingOff => {
            "You switched personal recommendations off, so nothing you did was used."
        }
    }
}
