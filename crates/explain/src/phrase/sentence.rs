//! One sentence for each kind of claim: which message, and which facts it is given.

use claims::{Attribute, Claim, Facts, Opinions, PairCounts, PopularScope, Unknown, Window};
use domain::{HistoryRef, Language, Text};
use messages::{decimal, key, list, message, percent};

use super::{
    Sides, answers,
    format::{aspect, shorten, terms_in, titled, value},
    goods::Goods,
    names::CircumstanceKeys,
    steps::{causes, counted},
};
use crate::Evidence;

/// One sentence that states one claim.
pub(super) fn sentence(claim: &Claim, lang: Language, evidence: &dyn Evidence) -> String {
    let item = &claim.item_id;
    match &claim.facts {
        Facts::Contributed { history, share, rank_with, rank_without } => {
            contributed(history, *share, (*rank_with, *rank_without), lang, evidence)
        }
        Facts::Flips { history, instead, .. } => message!(
            lang,
            "reason-flips",
            causes: list(counted(history, lang, evidence)),
            instead: titled(instead, lang, evidence),
        ),
        Facts::BoughtTogether(pair) => bought_together(pair, lang, evidence),
        Facts::ViewedThen(pair) => viewed_then(pair, lang, evidence),
        Facts::SharesAttribute { attribute, value, n_matching, n_recent } => {
            shares_attribute(attribute, value, (*n_matching, *n_recent), lang)
        }
        Facts::SimilarText { other, shared_terms, .. } => message!(
            lang,
            "reason-similar-text",
            other: titled(other, lang, evidence),
            terms: list(terms_in(lang, shared_terms)),
        ),
        Facts::Popular { buyers, window, rank, scope } => {
            popular(*buyers, *window, *rank, scope, lang)
        }
        Facts::PriceFit { price, lower_quartile, upper_quartile, category, .. } => message!(
            lang,
            "reason-price-fit",
            price: *price,
            category: value(category, lang),
            lower: *lower_quartile,
            upper: *upper_quartile,
        ),
        Facts::Rated { mean, n } => {
            message!(lang, "reason-rated", mean: decimal(*mean, 1), n: *n)
        }
        Facts::ReviewersSay(opinions) => reviewers_say(opinions, lang),
        Facts::Discounted { price, former, days, since } => message!(
            lang,
            "reason-discounted",
            price: *price,
            since: *since,
            days: *days,
            former: *former,
        ),
        Facts::InContext { circumstance, n_in_context, n_item, lift, .. } => {
            let CircumstanceKeys { context, value, region } = CircumstanceKeys::of(circumstance);
            message!(
                lang,
                "reason-in-context",
                context: key(context),
                value: key(value),
                region: shorten(region),
                n_in_context: *n_in_context,
                n_item: *n_item,
                lift: decimal(*lift, 1),
            )
        }
        Facts::Promoted { paid, rank_by_score, .. } => message!(
            lang,
            "reason-promoted",
            by: key(if *paid { "paid" } else { "shop" }),
            rank: *rank_by_score,
        ),
        Facts::NewArrival { since, days } => {
            message!(lang, "reason-new-arrival", since: *since, days: *days)
        }
        Facts::Varied { rank_by_score, .. } => {
            message!(lang, "reason-varied", rank: *rank_by_score)
        }
        Facts::UnknownShopper { because } => {
            message!(lang, "reason-unknown-shopper", basis: key(basis(*because, evidence)))
        }
        Facts::AskedFor { concept, by } => answers::asked_for(item, concept, *by, lang, evidence),
        Facts::Barred { by } => answers::barred(item, *by, lang, evidence),
        Facts::Outranked { rank_by_score, k, behind, margin } => {
            answers::outranked(item, (*rank_by_score, *k), (behind, *margin), lang, evidence)
        }
        Facts::WouldBe { changes, rank_now, rank_then, .. } => {
            answers::would_be(item, changes, (*rank_now, *rank_then), lang, evidence)
        }
        Facts::Above { other, rank_by_score, other_rank, margin, leads, most_by } => {
            let sides = [(item, *rank_by_score), (other, *other_rank)];
            let decisive = (leads.first(), most_by.as_ref());
            answers::above(sides, *margin, decisive, lang, evidence)
        }
        Facts::Priced { price } => answers::priced(item, *price, lang, evidence),
        Facts::Stocked { in_stock } => answers::stocked(item, *in_stock, lang, evidence),
        Facts::Described { field, values } => {
            answers::described(item, field, values, lang, evidence)
        }
        Facts::Mentions { word, field } => answers::mentions(item, word, field, lang, evidence),
        Facts::CostsLess { price, other, other_price } => {
            answers::costs_less((item, *price), (other, *other_price), lang, evidence)
        }
        Facts::Taste { concept, history, share } => {
            answers::taste(item, concept, (history.len(), *share), lang, evidence)
        }
    }
}

fn contributed(
    history: &[HistoryRef],
    share: f64,
    (with, without): (u32, u32),
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    let basis = match history {
        [only] if only.event_id.is_none() => {
            Goods::of(evidence.item(&only.item_id).as_deref()).key()
        }
        [_] => "record",
        _ => "records",
    };
    message!(
        lang,
        "reason-contributed",
        causes: list(causes(history, lang, evidence)),
        n_causes: history.len(),
        basis: key(basis),
        share: percent(share),
        with: with,
        without: without,
    )
}

fn bought_together(pair: &PairCounts, lang: Language, evidence: &dyn Evidence) -> String {
    message!(
        lang,
        "reason-bought-together",
        n_both: pair.n_both,
        other: titled(&pair.other, lang, evidence),
        lift: decimal(pair.lift, 1),
    )
}

fn viewed_then(pair: &PairCounts, lang: Language, evidence: &dyn Evidence) -> String {
    message!(
        lang,
        "reason-viewed-then",
        n_both: pair.n_both,
        n_other: pair.n_other,
        other: titled(&pair.other, lang, evidence),
    )
}

/// How many of the recent items share something: the last one, all, or some.
pub(super) fn extent(n_matching: u32, n_recent: u32) -> &'static str {
    match (n_matching, n_recent) {
        (1, 1) => "last",
        (n, of) if n == of => "all",
        _ => "some",
    }
}

fn shares_attribute(
    attribute: &Attribute,
    shared: &Text,
    (n_matching, n_recent): (u32, u32),
    lang: Language,
) -> String {
    let (attribute, name) = match attribute {
        Attribute::Brand => ("brand", ""),
        Attribute::Category => ("category", ""),
        Attribute::Named(name) => ("named", name.as_str()),
    };
    message!(
        lang,
        "reason-shares-attribute",
        attribute: key(attribute),
        name: name,
        value: value(shared, lang),
        extent: key(extent(n_matching, n_recent)),
        n_matching: n_matching,
        n_recent: n_recent,
    )
}

/// Among which items a rank is taken, and the category where it is one.
pub(super) fn scope_of(scope: &PopularScope, lang: Language) -> (&'static str, String) {
    match scope {
        PopularScope::Shop => ("shop", String::new()),
        PopularScope::Category { category } => ("category", value(category, lang)),
    }
}

fn popular(buyers: u32, window: Window, rank: u32, scope: &PopularScope, lang: Language) -> String {
    let (scope, category) = scope_of(scope, lang);
    match window {
        Window::AllTime => message!(
            lang,
            "reason-popular-so-far",
            buyers: buyers,
            rank: rank,
            scope: key(scope),
            category: category,
        ),
        Window::Days { days, .. } => message!(
            lang,
            "reason-popular-lately",
            buyers: buyers,
            rank: rank,
            scope: key(scope),
            category: category,
            days: days,
        ),
    }
}

fn reviewers_say(opinions: &Opinions, lang: Language) -> String {
    let Opinions { n_reviewers, n_positive, n_negative, .. } = *opinions;
    let sides = match Sides::of(opinions) {
        Sides::Praise if n_positive == n_reviewers && n_reviewers > 1 => "all",
        Sides::Praise => "praise",
        Sides::Both => "both",
        Sides::FaultsFirst if n_positive == 0 => "faults",
        Sides::FaultsFirst => "faults-first",
    };
    message!(
        lang,
        "reason-reviewers-say",
        sides: key(sides),
        aspect: aspect(&opinions.aspect, lang),
        n_reviewers: n_reviewers,
        n_positive: n_positive,
        n_negative: n_negative,
    )
}

/// On which basis an unknown shopper is given something: the page, nothing, or nothing because
/// profiling is switched off.
pub(super) fn basis(because: Unknown, evidence: &dyn Evidence) -> &'static str {
    match because {
        Unknown::NoHistory if evidence.history().iter().any(|past| past.event_id.is_none()) => {
            "page"
        }
        Unknown::NoHistory => "nothing",
        Unknown::ProfilingOff => "off",
    }
}
