//! Claims as plain facts: a label and the numbers, for whoever wants more than sentences.

use app::Live;
use claims::{
    Attribute, Claim, Facts, Opinions, PairCounts, PopularScope, Unknown, Verdict, Window,
};
use domain::{HistoryRef, ItemId, Language};
use messages::{decimal, key, list, message, percent, text};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{circumstances, labels::Labels, title};

/// One claim.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fact {
    /// What it is about.
    pub label: &'static str,
    /// Its facts.
    pub detail: String,
    /// What its checker found, in words.
    pub verdict: &'static str,
    /// Whether it was verified.
    pub verified: bool,
}

/// A claim in a language.
#[must_use]
pub fn of(live: &Live, claim: &Claim, lang: Language) -> Fact {
    let quote = |id: &ItemId| format!("“{}”", shortened(&title(live, id, lang)));
    let detail = detail(&claim.facts, lang, &quote);
    let labels = Labels(lang);
    Fact {
        label: labels.claim(&claim.facts),
        detail,
        verdict: labels.verdict(claim.verdict),
        verified: claim.verdict == Verdict::Verified,
    }
}

/// Characters of a title that are quoted.
const LONGEST_QUOTED: usize = 60;

/// A title that does not bury the facts beside it.
fn shortened(title: &str) -> String {
    match title.char_indices().nth(LONGEST_QUOTED) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

fn detail(facts: &Facts, lang: Language, quote: &dyn Fn(&ItemId) -> String) -> String {
    let quoted = |history: &[HistoryRef]| list(history.iter().map(|p| quote(&p.item_id)).collect());
    match facts {
        Facts::Contributed { history, share, rank_with, rank_without } => message!(
            lang,
            "fact-contributed",
            share: percent(*share),
            items: quoted(history),
            with: *rank_with,
            without: *rank_without,
        ),
        Facts::Flips { history, k, instead } => {
            message!(lang, "fact-flips", items: quoted(history), k: *k, instead: quote(instead))
        }
        Facts::BoughtTogether(pair) => pair_counts(pair, "bought", lang, quote),
        Facts::ViewedThen(pair) => pair_counts(pair, "viewed", lang, quote),
        Facts::SharesAttribute { attribute, value, n_matching, n_recent } => {
            let name = match attribute {
                Attribute::Brand => text!(lang, "fact-brand").to_owned(),
                Attribute::Category => text!(lang, "fact-category").to_owned(),
                Attribute::Named(name) => Labels(lang).attribute(name),
            };
            message!(
                lang,
                "fact-shares-attribute",
                name: name,
                value: value.in_language(lang),
                matching: *n_matching,
                recent: *n_recent,
            )
        }
        Facts::SimilarText { other, similarity, shared_terms } => message!(
            lang,
            "fact-similar-text",
            similarity: decimal(*similarity, 2),
            other: quote(other),
            terms: list(shared_terms.clone()),
        ),
        Facts::Popular { buyers, window, rank, scope } => {
            let scope = match scope {
                PopularScope::Shop => text!(lang, "fact-the-shop").to_owned(),
                PopularScope::Category { category } => {
                    message!(lang, "fact-in-category", category: category.in_language(lang))
                }
            };
            let window = in_window(*window, lang);
            message!(
                lang,
                "fact-popular",
                rank: *rank,
                scope: scope,
                buyers: *buyers,
                window: window
            )
        }
        Facts::PriceFit { price, median, lower_quartile, upper_quartile, category, n_prices } => {
            message!(
                lang,
                "fact-price-fit",
                price: *price,
                prices: *n_prices,
                category: category.in_language(lang),
                median: *median,
                lower: *lower_quartile,
                upper: *upper_quartile,
            )
        }
        Facts::Rated { mean, n } => {
            message!(lang, "fact-rated", mean: decimal(*mean, 1), n: *n)
        }
        Facts::ReviewersSay(Opinions { aspect, n_reviewers, n_positive, n_negative, .. }) => {
            message!(
                lang,
                "fact-reviewers-say",
                aspect: aspect.in_language(lang),
                reviewers: *n_reviewers,
                positive: *n_positive,
                negative: *n_negative,
            )
        }
        Facts::Discounted { price, former, days, since } => message!(
            lang,
            "fact-discounted",
            price: *price,
            since: since.date(),
            days: *days,
            former: *former
        ),
        Facts::InContext {
            circumstance,
            n_in_context,
            n_item,
            n_shop_in_context,
            n_shop,
            lift,
        } => message!(
            lang,
            "fact-in-context",
            name: circumstances::name(circumstance, lang),
            in_context: *n_in_context,
            item: *n_item,
            shop_in_context: *n_shop_in_context,
            shop: *n_shop,
            lift: decimal(*lift, 1),
        ),
        Facts::Promoted { rank_by_score, rank_shown, .. } => {
            message!(lang, "fact-promoted", by_score: *rank_by_score, shown: *rank_shown)
        }
        Facts::NewArrival { since, days } => {
            message!(lang, "fact-new-arrival", since: since.date(), days: *days)
        }
        Facts::Varied { rank_by_score, rank_shown } => {
            message!(lang, "fact-varied", by_score: *rank_by_score, shown: *rank_shown)
        }
        Facts::UnknownShopper { because: Unknown::NoHistory } => {
            text!(lang, "fact-no-history").to_owned()
        }
        Facts::UnknownShopper { because: Unknown::ProfilingOff } => {
            text!(lang, "fact-profiling-off").to_owned()
        }
        Facts::AskedFor { concept, by } => {
            message!(lang, "fact-asked-for", concept: concept.value(), by: format!("{by:+.2}"))
        }
        // These answer questions and stand in no list; their sentences hold all their facts.
        Facts::Barred { .. }
        | Facts::Outranked { .. }
        | Facts::WouldBe { .. }
        | Facts::Above { .. }
        | Facts::Priced { .. }
        | Facts::Stocked { .. }
        | Facts::Described { .. }
        | Facts::Mentions { .. }
        | Facts::CostsLess { .. }
        | Facts::Taste { .. } => facts.kind().name().to_owned(),
    }
}

fn pair_counts(
    pair: &PairCounts,
    did: &'static str,
    lang: Language,
    quote: &dyn Fn(&ItemId) -> String,
) -> String {
    let PairCounts { other, n_both, n_other, n_item, lift, window } = pair;
    message!(
        lang,
        "fact-pair",
        did: key(did),
        other: quote(other),
        window: in_window(*window, lang),
        both: *n_both,
        n_other: *n_other,
        n_item: *n_item,
        lift: decimal(*lift, 1),
    )
}

fn in_window(window: Window, lang: Language) -> String {
    match window {
        Window::AllTime => text!(lang, "fact-window-all-time").to_owned(),
        Window::Days { days, .. } => message!(lang, "fact-window-days", days: days),
    }
}
