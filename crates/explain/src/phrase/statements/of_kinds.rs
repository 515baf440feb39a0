//! The form of each kind of claim, and its facts.

use claims::{Attribute, Claim, Facts, Opinions, PairCounts, PopularScope, Unknown, Window};
use domain::{HistoryRef, Language, Text};
use language::phrasing::{Slot, Statement};
use messages::{decimal, key, list, message, percent, shown};

use super::super::{
    Sides,
    format::{aspect, quote, shorten, terms_in, titled, value},
    names::CircumstanceKeys,
    sentence::{basis, extent},
    steps::{causes, counted},
};
use crate::Evidence;

/// The statement of a claim; `None` where it stays with the grammar.
pub(super) fn statement_of(
    claim: &Claim,
    lang: Language,
    evidence: &dyn Evidence,
) -> Option<Statement> {
    Some(match &claim.facts {
        Facts::Contributed { history, share, rank_with, rank_without } => {
            let share = message!(lang, "worded-share", share: percent(*share));
            let drop = message!(lang, "worded-drop", with: *rank_with, without: *rank_without);
            let cause = message!(
                lang,
                "worded-causes",
                causes: list(causes(history, lang, evidence)),
            );
            let facts = [("cause", cause), ("share", share), ("drop", drop)];
            statement(contributed_form(history), facts)
        }
        Facts::Flips { history, instead, .. } => {
            let causes = shown(lang, list(counted(history, lang, evidence)));
            let instead = quote(instead, lang, evidence);
            statement("flips", [("causes", causes), ("instead", instead)])
        }
        Facts::BoughtTogether(pair) => bought_together(pair, lang, evidence),
        Facts::ViewedThen(pair) => viewed_then(pair, lang, evidence),
        Facts::SharesAttribute { attribute, value, n_matching, n_recent } => {
            shares(attribute, value, (*n_matching, *n_recent), lang)
        }
        Facts::SimilarText { other, shared_terms, .. } => {
            let terms = shown(lang, list(terms_in(lang, shared_terms)));
            statement("similar_text", [("other", quote(other, lang, evidence)), ("terms", terms)])
        }
        Facts::Popular { buyers, window, rank, scope } => {
            popular(*buyers, *window, *rank, scope, lang)
        }
        Facts::PriceFit { price, lower_quartile, upper_quartile, category, .. } => {
            let (lower, upper) = (*lower_quartile, *upper_quartile);
            let range = message!(lang, "worded-range", lower: lower, upper: upper);
            let category = value(category, lang);
            let price = shown(lang, *price);
            statement("price_fit", [("price", price), ("range", range), ("category", category)])
        }
        Facts::Rated { mean, n } => {
            let mean = message!(lang, "worded-mean", mean: decimal(*mean, 1));
            statement("rated", [("mean", mean), ("n", message!(lang, "worded-ratings", n: *n))])
        }
        Facts::ReviewersSay(opinions) => return reviewers_say(opinions, lang),
        Facts::Discounted { price, former, days, since } => {
            let former = message!(lang, "worded-former", former: *former, days: *days);
            let (price, since) = (shown(lang, *price), shown(lang, *since));
            statement("discounted", [("price", price), ("former", former), ("since", since)])
        }
        Facts::InContext { circumstance, n_in_context, n_item, lift, .. } => {
            let of = CircumstanceKeys::of(circumstance);
            in_context(&of, (*n_in_context, *n_item), *lift, lang)
        }
        Facts::Promoted { paid, rank_by_score, .. } => {
            let by = key(if *paid { "paid" } else { "shop" });
            let notice = message!(lang, "worded-notice", by: by);
            statement("promoted", [("notice", notice), place(*rank_by_score, lang)])
        }
        Facts::NewArrival { since, days } => {
            let ago = message!(lang, "worded-ago", days: *days);
            statement("new_arrival", [("since", shown(lang, *since)), ("ago", ago)])
        }
        Facts::Varied { rank_by_score, .. } => statement("varied", [place(*rank_by_score, lang)]),
        Facts::UnknownShopper { because } => unknown(*because, lang, evidence),
        // Words are an extra: a kind without a form here stays in the grammar's, as do what the
        // shopper asked for and answers to questions.
        _ => return None,
    })
}

/// Puts a statement together.
fn statement<const N: usize>(form: &'static str, facts: [(&'static str, String); N]) -> Statement {
    let slots = facts.into_iter().map(|(name, value)| Slot { name, value }).collect();
    Statement { form, slots }
}

/// Where the page is behind a claim, there may be no history to speak of.
fn contributed_form(history: &[HistoryRef]) -> &'static str {
    let of_page = history.iter().any(|past| past.event_id.is_none());
    if of_page { "contributed_page" } else { "contributed" }
}

fn place(rank_by_score: u32, lang: Language) -> (&'static str, String) {
    ("place", message!(lang, "worded-place", rank: rank_by_score))
}

fn bought_together(pair: &PairCounts, lang: Language, evidence: &dyn Evidence) -> Statement {
    let n = message!(lang, "worded-shoppers", n: pair.n_both);
    let lift = message!(lang, "worded-lift", lift: decimal(pair.lift, 1));
    let other = quote(&pair.other, lang, evidence);
    statement("bought_together", [("n", n), ("other", other), ("lift", lift)])
}

fn viewed_then(pair: &PairCounts, lang: Language, evidence: &dyn Evidence) -> Statement {
    let n = message!(lang, "worded-viewers", n: pair.n_both);
    let other = titled(&pair.other, lang, evidence);
    let of = message!(lang, "worded-of-viewers", n_other: pair.n_other, other: other);
    statement("viewed_then", [("n", n), ("of", of)])
}

fn shares(
    attribute: &Attribute,
    shared: &Text,
    (n_matching, n_recent): (u32, u32),
    lang: Language,
) -> Statement {
    let shared = ("value", value(shared, lang));
    let like = message!(
        lang,
        "worded-like",
        extent: key(extent(n_matching, n_recent)),
        n_matching: n_matching,
        n_recent: n_recent,
    );
    let like = ("like", like);
    match attribute {
        Attribute::Brand => statement("shares_brand", [shared, like]),
        Attribute::Category => statement("shares_category", [shared, like]),
        Attribute::Named(name) => statement("shares_named", [("name", name.clone()), shared, like]),
    }
}

fn popular(
    buyers: u32,
    window: Window,
    rank: u32,
    scope: &PopularScope,
    lang: Language,
) -> Statement {
    let (scope, category) = match scope {
        PopularScope::Shop => ("shop", String::new()),
        PopularScope::Category { category } => ("category", value(category, lang)),
    };
    let (window, days) = match window {
        Window::AllTime => ("so-far", 0),
        Window::Days { days, .. } => ("lately", days),
    };
    statement(
        "popular",
        [
            ("buyers", message!(lang, "worded-shoppers", n: buyers)),
            ("span", message!(lang, "worded-span", window: key(window), days: days)),
            ("rank", message!(lang, "worded-rank", rank: rank)),
            ("place", message!(lang, "worded-scope", scope: key(scope), category: category)),
        ],
    )
}

fn reviewers_say(opinions: &Opinions, lang: Language) -> Option<Statement> {
    let Opinions { n_reviewers, n_positive, n_negative, .. } = *opinions;
    if n_reviewers < 2 {
        return None;
    }
    let reviewers = ("reviewers", message!(lang, "worded-reviewers", n: n_reviewers));
    let aspect = ("aspect", aspect(&opinions.aspect, lang));
    let sides = key(if n_positive == n_reviewers { "all" } else { "some" });
    let praise = ("praise", message!(lang, "worded-praise", sides: sides, n: n_positive));
    match Sides::of(opinions) {
        Sides::Praise => Some(statement("reviewers_praise", [reviewers, aspect, praise])),
        Sides::Both => {
            let faults = ("faults", message!(lang, "worded-faults", n: n_negative));
            Some(statement("reviewers_both", [reviewers, aspect, praise, faults]))
        }
        Sides::FaultsFirst => None,
    }
}

fn in_context(
    of: &CircumstanceKeys,
    (n_in_context, n_item): (u32, u32),
    lift: f64,
    lang: Language,
) -> Statement {
    let (context, value, region) = (of.context, of.value, shorten(of.region));
    let buyers = message!(lang, "worded-buyers", n: n_item, context: key(context));
    let part = message!(
        lang,
        "worded-part",
        n: n_in_context,
        context: key(context),
        value: key(value),
        region: region,
    );
    let lift = message!(lang, "worded-share-lift", lift: decimal(lift, 1));
    statement("in_context", [("buyers", buyers), ("part", part), ("lift", lift)])
}

fn unknown(because: Unknown, lang: Language, evidence: &dyn Evidence) -> Statement {
    let basis = basis(because, evidence);
    let state = message!(lang, "worded-state", basis: key(basis));
    let basis = message!(lang, "worded-basis", basis: key(basis));
    statement("unknown_shopper", [("state", state), ("basis", basis)])
}
