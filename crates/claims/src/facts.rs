//! The facts of a claim: one variant per kind, with named fields and units.
//!
//! [`Facts::slots`] says what each field is; everything else that is known of facts (the items and
//! texts they name, the people they count) derives from it, in `named.rs`.

use domain::{Circumstance, Concept, HistoryRef, ItemId, Money, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Attribute, Bar, Change, Field, Lead, Opinions, PairCounts, PopularScope, Slot, Unknown, Value,
    Who, Window,
};

/// Kind and facts of a claim. One variant per kind; the wire form is the serde form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "facts", rename_all = "snake_case")]
pub enum Facts {
    /// These events of the history carry this share of the item's positive score; without them
    /// it would rank lower.
    Contributed {
        /// The history events, strongest first.
        history: Vec<HistoryRef>,
        /// Their share of the positive score, 0 to 1.
        share: f64,
        /// Rank by score among everything that could be shown.
        rank_with: u32,
        /// The same after masking those events and scoring again.
        rank_without: u32,
    },
    /// Without these events the item would not be in the list, and giving back any one of them
    /// puts it back: found by running everything that ranked and placed again.
    Flips {
        /// The history events, strongest first.
        history: Vec<HistoryRef>,
        /// Length of the list.
        k: u32,
        /// What would be in the list in its place.
        instead: ItemId,
    },
    /// Distinct shoppers bought both.
    BoughtTogether(PairCounts),
    /// Distinct shoppers met the other item first and this one later.
    ViewedThen(PairCounts),
    /// The item shares an attribute with recent history.
    SharesAttribute {
        /// Which attribute.
        attribute: Attribute,
        /// Its value, as the catalogue writes it.
        value: Text,
        /// Distinct items of the recent history that have it.
        n_matching: u32,
        /// Distinct items of the recent history.
        n_recent: u32,
    },
    /// Its description resembles another item's.
    SimilarText {
        /// The item of the shopper's history.
        other: ItemId,
        /// Cosine of the two text vectors, 0 to 1.
        similarity: f64,
        /// The terms that carry the similarity, strongest first.
        shared_terms: Vec<String>,
    },
    /// Many distinct shoppers bought it.
    Popular {
        /// Distinct buyers in the window.
        buyers: u32,
        /// The span counted.
        window: Window,
        /// 1 is the most bought of the scope.
        rank: u32,
        /// Among which items.
        scope: PopularScope,
    },
    /// What it costs, against what this shopper paid in its category.
    PriceFit {
        /// Its price now.
        price: Money,
        /// Median of the shopper's prices in the category.
        median: Money,
        /// First quartile.
        lower_quartile: Money,
        /// Third quartile.
        upper_quartile: Money,
        /// The category.
        category: Text,
        /// How many prices that rests on.
        n_prices: u32,
    },
    /// Its ratings.
    Rated {
        /// Mean stars, 1 to 5.
        mean: f64,
        /// How many ratings.
        n: u32,
    },
    /// What reviewers say about one aspect of it.
    ReviewersSay(Opinions),
    /// It costs less than it did.
    Discounted {
        /// Its price now.
        price: Money,
        /// The lowest price in force at any time in the days before the reduction.
        former: Money,
        /// How many days before.
        days: u32,
        /// When the present price came into force.
        since: Timestamp,
    },
    /// It is bought more in this situation than others are.
    InContext {
        /// The situation of the request.
        #[serde(flatten)]
        circumstance: Circumstance,
        /// Distinct buyers of the item in it.
        n_in_context: u32,
        /// Distinct buyers of the item whose situation is known.
        n_item: u32,
        /// Distinct buyers of anything in it.
        n_shop_in_context: u32,
        /// Distinct buyers of anything whose situation is known.
        n_shop: u32,
        /// (n_in_context / n_item) / (n_shop_in_context / n_shop).
        lift: f64,
    },
    /// The shop placed it here.
    Promoted {
        /// True where somebody paid for the place.
        paid: bool,
        /// Rank by score alone.
        rank_by_score: u32,
        /// Rank shown.
        rank_shown: u32,
    },
    /// It has not been here long.
    NewArrival {
        /// When the shop began to sell it.
        since: Timestamp,
        /// Whole days from then to the request.
        days: u32,
    },
    /// It was placed higher than its score alone, for variety.
    Varied {
        /// Rank by score alone.
        rank_by_score: u32,
        /// Rank shown.
        rank_shown: u32,
    },
    /// The shopper asked for more or less of something that holds of it.
    AskedFor {
        /// Of what.
        concept: Concept,
        /// What that adds to its score.
        by: f64,
    },
    /// Why it may not be shown at all.
    Barred {
        /// The first rule that bars it.
        by: Bar,
    },
    /// It may be shown, and others come before it.
    Outranked {
        /// Its rank by score among everything that could be shown.
        rank_by_score: u32,
        /// Length of the list.
        k: u32,
        /// The shown item that it comes closest to: the one of the lowest score.
        behind: ItemId,
        /// By how much that one scores higher; negative where variety or a hand left it out.
        margin: f64,
    },
    /// Where it would stand if something were otherwise: everything that ranks and places was run
    /// again with the changes made.
    WouldBe {
        /// What would be otherwise.
        changes: Vec<Change>,
        /// Its place in the list now; missing where it has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rank_now: Option<u32>,
        /// Its place then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rank_then: Option<u32>,
        /// Length of the list that is asked for.
        k: u32,
    },
    /// It scores higher than another one.
    Above {
        /// The other one.
        other: ItemId,
        /// Its rank by score; missing where it may not be shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rank_by_score: Option<u32>,
        /// The same of the other one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other_rank: Option<u32>,
        /// The difference of the scores.
        margin: f64,
        /// The same by signal, largest first; they sum to it.
        leads: Vec<Lead>,
        /// The event of the history that does most for the difference.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most_by: Option<HistoryRef>,
    },
    /// What it costs.
    Priced {
        /// Its price now; missing where the catalogue names none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Money>,
    },
    /// Whether it can be bought now.
    Stocked {
        /// Whether it can.
        in_stock: bool,
    },
    /// What the catalogue says of it in one respect.
    Described {
        /// In which respect.
        field: Field,
        /// What it says; empty where it says nothing.
        values: Vec<Text>,
    },
    /// The catalogue's words for it contain what was asked for.
    Mentions {
        /// The word.
        word: String,
        /// Where it stands.
        field: Field,
    },
    /// It costs less than another one.
    CostsLess {
        /// Its price.
        price: Money,
        /// The other one.
        other: ItemId,
        /// The other one's price.
        other_price: Money,
    },
    /// What is taken for a taste of the shopper, from what they did; the item is the newest of it.
    Taste {
        /// Of what.
        concept: Concept,
        /// The steps of the history that it comes from, newest first.
        history: Vec<HistoryRef>,
        /// Share of the score of the items shown that rests on these steps, 0 to 1.
        share: f64,
    },
    /// Nothing of this shopper's history was used.
    UnknownShopper {
        /// Why: no history, or profiling switched off.
        because: Unknown,
    },
}

impl Facts {
    /// Every field of these facts, by its name on the wire and with what it is.
    ///
    /// No field may be left out by `..` here: a new one has to say what it is before it compiles.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot<'_>> {
        match self {
            Self::Contributed { history, share, rank_with, rank_without } => vec![
                Slot::new("history", Value::History(history)),
                Slot::new("share", Value::Share(*share)),
                Slot::new("rank_with", Value::Rank(Some(*rank_with))),
                Slot::new("rank_without", Value::Rank(Some(*rank_without))),
            ],
            Self::Flips { history, k, instead } => vec![
                Slot::new("history", Value::History(history)),
                Slot::new("k", Value::Count(*k)),
                Slot::new("instead", Value::Item(instead)),
            ],
            Self::BoughtTogether(pair) | Self::ViewedThen(pair) => of_pair(pair),
            Self::SharesAttribute { attribute, value, n_matching, n_recent } => vec![
                Slot::new("attribute", Value::Attribute(attribute)),
                Slot::new("value", Value::Text(value)),
                Slot::new("n_matching", Value::Count(*n_matching)),
                Slot::new("n_recent", Value::Count(*n_recent)),
            ],
            Self::SimilarText { other, similarity, shared_terms } => vec![
                Slot::new("other", Value::Item(other)),
                Slot::new("similarity", Value::Cosine(*similarity)),
                Slot::new("shared_terms", Value::Words(shared_terms)),
            ],
            Self::Popular { buyers, window, rank, scope } => vec![
                Slot::new("buyers", Value::people(Who::Shoppers, *buyers)),
                Slot::new("window", Value::Window(*window)),
                Slot::new("rank", Value::Rank(Some(*rank))),
                Slot::new("scope", Value::Scope(scope)),
            ],
            Self::PriceFit {
                price,
                median,
                lower_quartile,
                upper_quartile,
                category,
                n_prices,
            } => {
                vec![
                    Slot::new("price", Value::Money(Some(*price))),
                    Slot::new("median", Value::Money(Some(*median))),
                    Slot::new("lower_quartile", Value::Money(Some(*lower_quartile))),
                    Slot::new("upper_quartile", Value::Money(Some(*upper_quartile))),
                    Slot::new("category", Value::Text(category)),
                    Slot::new("n_prices", Value::Count(*n_prices)),
                ]
            }
            Self::Rated { mean, n } => vec![
                Slot::new("mean", Value::Stars(*mean)),
                Slot::new("n", Value::people(Who::Raters, *n)),
            ],
            Self::ReviewersSay(opinions) => of_opinions(opinions),
            Self::Discounted { price, former, days, since } => vec![
                Slot::new("price", Value::Money(Some(*price))),
                Slot::new("former", Value::Money(Some(*former))),
                Slot::new("days", Value::Count(*days)),
                Slot::new("since", Value::Time(*since)),
            ],
            Self::InContext {
                circumstance,
                n_in_context,
                n_item,
                n_shop_in_context,
                n_shop,
                lift,
            } => vec![
                Slot::new("circumstance", Value::Circumstance(circumstance)),
                Slot::new("n_in_context", Value::people(Who::Shoppers, *n_in_context)),
                Slot::new("n_item", Value::people(Who::Shoppers, *n_item)),
                Slot::new("n_shop_in_context", Value::people(Who::Shoppers, *n_shop_in_context)),
                Slot::new("n_shop", Value::people(Who::Shoppers, *n_shop)),
                Slot::new("lift", Value::Ratio(*lift)),
            ],
            Self::Promoted { paid, rank_by_score, rank_shown } => vec![
                Slot::new("paid", Value::Flag(*paid)),
                Slot::new("rank_by_score", Value::Rank(Some(*rank_by_score))),
                Slot::new("rank_shown", Value::RankShown(*rank_shown)),
            ],
            Self::NewArrival { since, days } => vec![
                Slot::new("since", Value::Time(*since)),
                Slot::new("days", Value::Count(*days)),
            ],
            Self::Varied { rank_by_score, rank_shown } => vec![
                Slot::new("rank_by_score", Value::Rank(Some(*rank_by_score))),
                Slot::new("rank_shown", Value::RankShown(*rank_shown)),
            ],
            Self::AskedFor { concept, by } => vec![
                Slot::new("concept", Value::Concept(concept)),
                Slot::new("by", Value::Score(*by)),
            ],
            Self::Barred { by } => vec![Slot::new("by", Value::Bar(*by))],
            Self::Outranked { rank_by_score, k, behind, margin } => vec![
                Slot::new("rank_by_score", Value::Rank(Some(*rank_by_score))),
                Slot::new("k", Value::Count(*k)),
                Slot::new("behind", Value::Item(behind)),
                Slot::new("margin", Value::Score(*margin)),
            ],
            Self::WouldBe { changes, rank_now, rank_then, k } => vec![
                Slot::new("changes", Value::Changes(changes)),
                Slot::new("rank_now", Value::Rank(*rank_now)),
                Slot::new("rank_then", Value::Rank(*rank_then)),
                Slot::new("k", Value::Count(*k)),
            ],
            Self::Above { other, rank_by_score, other_rank, margin, leads, most_by } => vec![
                Slot::new("other", Value::Item(other)),
                Slot::new("rank_by_score", Value::Rank(*rank_by_score)),
                Slot::new("other_rank", Value::Rank(*other_rank)),
                Slot::new("margin", Value::Score(*margin)),
                Slot::new("leads", Value::Leads(leads)),
                Slot::new("most_by", Value::History(most_by.as_slice())),
            ],
            Self::Priced { price } => vec![Slot::new("price", Value::Money(*price))],
            Self::Stocked { in_stock } => vec![Slot::new("in_stock", Value::Flag(*in_stock))],
            Self::Described { field, values } => vec![
                Slot::new("field", Value::Field(field)),
                Slot::new("values", Value::Texts(values)),
            ],
            Self::Mentions { word, field } => vec![
                Slot::new("word", Value::Words(std::slice::from_ref(word))),
                Slot::new("field", Value::Field(field)),
            ],
            Self::CostsLess { price, other, other_price } => vec![
                Slot::new("price", Value::Money(Some(*price))),
                Slot::new("other", Value::Item(other)),
                Slot::new("other_price", Value::Money(Some(*other_price))),
            ],
            Self::Taste { concept, history, share } => vec![
                Slot::new("concept", Value::Concept(concept)),
                Slot::new("history", Value::History(history)),
                Slot::new("share", Value::Share(*share)),
            ],
            Self::UnknownShopper { because } => {
                vec![Slot::new("because", Value::Unknown(*because))]
            }
        }
    }
}

fn of_pair(pair: &PairCounts) -> Vec<Slot<'_>> {
    let PairCounts { other, n_both, n_other, n_item, lift, window } = pair;
    vec![
        Slot::new("other", Value::Item(other)),
        Slot::new("n_both", Value::people(Who::Shoppers, *n_both)),
        Slot::new("n_other", Value::people(Who::Shoppers, *n_other)),
        Slot::new("n_item", Value::people(Who::Shoppers, *n_item)),
        Slot::new("lift", Value::Ratio(*lift)),
        Slot::new("window", Value::Window(*window)),
    ]
}

/// The reviewers of each side are parts of those who mention the aspect, so that only all of them
/// together are judged as a count of people: a single fault among many reviews is told.
fn of_opinions(opinions: &Opinions) -> Vec<Slot<'_>> {
    let Opinions { aspect, n_reviewers, n_positive, n_negative, praise, faults } = opinions;
    vec![
        Slot::new("aspect", Value::Text(aspect)),
        Slot::new("n_reviewers", Value::people(Who::Reviewers, *n_reviewers)),
        Slot::new("n_positive", Value::Count(*n_positive)),
        Slot::new("n_negative", Value::Count(*n_negative)),
        Slot::new("praise", Value::Passages(praise)),
        Slot::new("faults", Value::Passages(faults)),
    ]
}

#[cfg(test)]
mod tests;
