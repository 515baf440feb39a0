//! Claims: typed statements about one recommended item that a deterministic checker can recompute.
//!
//! A claim is the only source of truth behind a text. This file holds the shapes; proposing,
//! checking and phrasing live in `explain`.

use serde::{Deserialize, Serialize};

use domain::{
    Circumstance, ClaimId, Concept, EventTime, HistoryRef, IngestId, ItemId, ModelVersion, Money,
    ShopperId, Text, Timestamp,
};

use crate::{Bar, Change, Field, Lead};

/// A statement about one recommended item, with everything needed to recompute it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claim {
    /// Unique within the answer.
    pub claim_id: ClaimId,
    /// The recommended item it is about.
    pub item_id: ItemId,
    /// Kind and facts: `{"kind": …, "facts": {…}}`.
    #[serde(flatten)]
    pub facts: Facts,
    /// The history events and items it rests on.
    pub evidence: Vec<HistoryRef>,
    /// What had been ingested when it was made.
    pub as_of: AsOf,
    /// The model that ranked.
    pub model_version: ModelVersion,
    /// What its checker said.
    pub verdict: Verdict,
}

/// The state of the shop's data that a claim speaks of: the newest ingest id it may count.
/// Item versions carry ids of the same sequence, so this fixes the catalogue too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct AsOf(pub IngestId);

/// What a checker found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Recomputed, and the same.
    Verified,
    /// Recomputed, and different.
    Refuted,
    /// Could not be recomputed, or rests on too few shoppers.
    Unsupported,
}

/// The span of time a count covers. Both ends are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "span")]
pub enum Window {
    /// Everything ingested so far.
    AllTime,
    /// The days up to an instant.
    Days {
        /// Length in days.
        days: u32,
        /// The last instant that counts.
        until: Timestamp,
    },
}

impl Window {
    /// Whether an event at `time` falls into the window. Ordinals only fall into all of time.
    #[must_use]
    pub fn contains(self, time: EventTime) -> bool {
        match (self, time) {
            (Self::AllTime, _) => true,
            (Self::Days { days, until }, EventTime::At(at)) => {
                at <= until && at.0 > until.0 - i64::from(days) * domain::time::DAY_MS
            }
            (Self::Days { .. }, EventTime::Ordinal(_)) => false,
        }
    }
}

/// Among which items a popularity rank is taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "among")]
pub enum PopularScope {
    /// The whole shop.
    Shop,
    /// The items of one narrowest category.
    Category {
        /// The category.
        category: Text,
    },
}

/// An attribute that items can share.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// Who makes it.
    Brand,
    /// Its narrowest category.
    Category,
    /// A named attribute of the feed.
    Named(String),
}

/// How many distinct shoppers did something with two items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairCounts {
    /// The item of the shopper's history.
    pub other: ItemId,
    /// Distinct shoppers of both.
    pub n_both: u32,
    /// Distinct shoppers of the other item.
    pub n_other: u32,
    /// Distinct shoppers of the recommended item.
    pub n_item: u32,
    /// n_both · n_shoppers / (n_other · n_item): how much more often than by chance.
    pub lift: f64,
    /// The span counted.
    pub window: Window,
}

/// A place in a review where something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Passage {
    /// The review.
    pub review: IngestId,
    /// First character, counted from 0 over the headline, a line feed, and the text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// What reviewers say about one aspect of an item. Each reviewer counts once, with the latest
/// review in which they mention it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Opinions {
    /// The aspect, by the word of the shop's lexicon: never a text of a review.
    pub aspect: Text,
    /// Reviewers who mention it.
    pub n_reviewers: u32,
    /// Of these, the ones who praise it.
    pub n_positive: u32,
    /// Of these, the ones who find fault with it.
    pub n_negative: u32,
    /// Where the newest praise stands.
    pub praise: Vec<Passage>,
    /// Where the newest faults stand.
    pub faults: Vec<Passage>,
}

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

/// Why nothing is known of a shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// They have no history here yet.
    NoHistory,
    /// They switched profiling off.
    ProfilingOff,
}

impl Facts {
    /// The kind's name on the wire.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Contributed { .. } => "contributed",
            Self::Flips { .. } => "flips",
            Self::BoughtTogether(_) => "bought_together",
            Self::ViewedThen(_) => "viewed_then",
            Self::SharesAttribute { .. } => "shares_attribute",
            Self::SimilarText { .. } => "similar_text",
            Self::Popular { .. } => "popular",
            Self::PriceFit { .. } => "price_fit",
            Self::Rated { .. } => "rated",
            Self::ReviewersSay(_) => "reviewers_say",
            Self::Discounted { .. } => "discounted",
            Self::InContext { .. } => "in_context",
            Self::Promoted { .. } => "promoted",
            Self::NewArrival { .. } => "new_arrival",
            Self::Varied { .. } => "varied",
            Self::AskedFor { .. } => "asked_for",
            Self::Barred { .. } => "barred",
            Self::Outranked { .. } => "outranked",
            Self::WouldBe { .. } => "would_be",
            Self::Above { .. } => "above",
            Self::Priced { .. } => "priced",
            Self::Stocked { .. } => "stocked",
            Self::Described { .. } => "described",
            Self::Mentions { .. } => "mentions",
            Self::CostsLess { .. } => "costs_less",
            Self::Taste { .. } => "taste",
            Self::UnknownShopper { .. } => "unknown_shopper",
        }
    }
}

/// Whose history a proof speaks of; kept apart from the claim so that erasure can cut it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// A known shopper.
    Shopper(ShopperId),
    /// Nobody: a new visitor, or only seeds.
    Nobody,
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Season;

    #[test]
    fn the_wire_form_names_the_kind_and_its_facts() {
        let facts = Facts::Rated { mean: 4.5, n: 12 };
        let wire = serde_json::to_value(&facts).unwrap();
        assert_eq!(wire, serde_json::json!({"kind": "rated", "facts": {"mean": 4.5, "n": 12}}));
        assert_eq!(wire["kind"], facts.kind());
        assert_eq!(serde_json::from_value::<Facts>(wire).unwrap(), facts);
    }

    #[test]
    fn a_circumstance_is_flat_among_the_facts() {
        let facts = Facts::InContext {
            circumstance: Circumstance::Season(Season::Winter),
            n_in_context: 9,
            n_item: 12,
            n_shop_in_context: 30,
            n_shop: 120,
            lift: 3.0,
        };
        let wire = serde_json::to_value(&facts).unwrap();
        assert_eq!(wire["facts"]["context"], "season");
        assert_eq!(wire["facts"]["value"], "winter");
        assert_eq!(serde_json::from_value::<Facts>(wire).unwrap(), facts);
    }

    #[test]
    fn no_window_of_days_counts_an_event_without_a_clock() {
        let until = Timestamp(1_600_000_000_000);
        let window = Window::Days { days: 1, until };
        assert!(window.contains(EventTime::At(until)));
        assert!(!window.contains(EventTime::At(Timestamp(until.0 - domain::time::DAY_MS))));
        assert!(!window.contains(EventTime::Ordinal(5)));
        assert!(Window::AllTime.contains(EventTime::Ordinal(5)));
    }
}
