//! The read-only window through which explanations see the shop. `app` implements it twice: over
//! live counts while serving, and over a replay of the raw event log for the audit.

use std::{rc::Rc, sync::Arc};

use claims::{AsOf, Bar, Change, Opinions, PopularScope, Unknown, Window};
use domain::{
    Circumstance, Concept, EventKind, EventTime, HistoryRef, IngestId, Item, ItemId, ModelVersion,
    Money, Timestamp,
};

use crate::Contributions;

/// What counts as having to do with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Bought it.
    Bought,
    /// Looked at it or clicked on it.
    Viewed,
}

/// One step of the history behind an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct PastEvent {
    /// The item.
    pub item_id: ItemId,
    /// The event; `None` for a seed of the request.
    pub event_id: Option<IngestId>,
    /// What was done; `None` for a seed.
    pub kind: Option<EventKind>,
    /// When; `None` for a seed.
    pub time: Option<EventTime>,
    /// What it cost then.
    pub price: Option<Money>,
}

impl PastEvent {
    /// How a claim refers to it.
    #[must_use]
    pub fn to_ref(&self) -> HistoryRef {
        HistoryRef { item_id: self.item_id.clone(), event_id: self.event_id }
    }
}

/// Ratings of one item, exact: tenths of stars are whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RatingSum {
    /// How many.
    pub n: u32,
    /// Sum of tenths of stars.
    pub tenths: u64,
}

impl RatingSum {
    /// Mean stars, where there are any.
    #[must_use]
    pub fn mean(self) -> Option<f64> {
        (self.n > 0).then(|| self.tenths as f64 / 10.0 / f64::from(self.n))
    }
}

/// Whether somebody paid for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paid {
    /// It is an advertisement.
    Yes,
    /// The shop's own choice.
    No,
}

/// How alike two descriptions are.
#[derive(Debug, Clone, PartialEq)]
pub struct Similarity {
    /// Cosine, 0 to 1.
    pub cosine: f64,
    /// The terms that carry it, strongest first.
    pub shared_terms: Vec<String>,
    /// Those that a reason may quote: whole words of both texts, spelt as in the second.
    pub quotable: Vec<String>,
}

/// Distinct buyers by a trait of the situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ContextCount {
    /// In the situation.
    pub n_in: u32,
    /// Of whom it is known whether they were.
    pub n_known: u32,
}

/// Everything a claim about one answer can be made and checked from, as of one ingest id.
pub trait Evidence {
    /// The newest ingest id that counts.
    fn as_of(&self) -> AsOf;
    /// The model that ranked.
    fn model_version(&self) -> &ModelVersion;
    /// The request's moment: what it said, or the shop's latest known time; `None` in a shop
    /// whose events have no clocks.
    fn now(&self) -> Option<Timestamp>;
    /// The catalogue's entry.
    fn item(&self, id: &ItemId) -> Option<Arc<Item>>;
    /// The history behind the answer, newest first; positions are those of the attributions.
    fn history(&self) -> &[PastEvent];
    /// Set when no history was used.
    fn unknown(&self) -> Option<Unknown>;

    /// Distinct shoppers with any item in this relation.
    fn n_shoppers(&self, relation: Relation) -> u32;
    /// Distinct shoppers of one item.
    fn shoppers_of(&self, item: &ItemId, relation: Relation) -> u32;
    /// Distinct shoppers of both items.
    fn shoppers_of_both(&self, a: &ItemId, b: &ItemId, relation: Relation) -> u32;
    /// Distinct shoppers whose first time with `first` was before their last time with `then`.
    fn shoppers_then(&self, first: &ItemId, then: &ItemId, relation: Relation) -> u32;
    /// Distinct buyers in a window.
    fn buyers(&self, item: &ItemId, window: Window) -> u32;
    /// 1 + the number of items in the scope with more buyers in the window.
    fn popularity_rank(&self, item: &ItemId, window: Window, scope: &PopularScope) -> Option<u32>;
    /// Ratings of the item.
    fn ratings(&self, item: &ItemId) -> RatingSum;

    /// What reviewers say about each aspect of the item, the most mentioned first. Aspects are
    /// words of the shop's lexicon.
    fn opinions(&self, item: &ItemId) -> Vec<Opinions>;
    /// The prices the item had, oldest first, each with the version that brought it.
    fn prices(&self, item: &ItemId) -> Vec<(IngestId, Option<Money>)>;
    /// The traits of the request's situation that are known.
    fn circumstances(&self) -> Vec<Circumstance>;
    /// Distinct buyers of an item, or of anything, in a circumstance.
    fn buyers_in(&self, item: Option<&ItemId>, circumstance: &Circumstance) -> ContextCount;
    /// Whether the shop placed the item by hand, and then whether somebody paid for it.
    fn promotion(&self, item: &ItemId) -> Option<Paid>;

    /// Likeness of two descriptions by the model's text signal.
    fn text_similarity(&self, a: &ItemId, b: &ItemId) -> Option<Similarity>;
    /// The score of the item, accounted for.
    fn contributions(&self, item: &ItemId) -> Option<Contributions>;
    /// Rank by score among everything eligible after masking these history positions and scoring
    /// again; `None` when the item is not eligible.
    fn rank_without(&self, item: &ItemId, masked: &[usize]) -> Option<u32>;
    /// The list after masking these history positions and running everything again: signals,
    /// blend, eligibility and variety. What may be shown stays as it was: an item that the shopper
    /// bought is not offered again just because its purchase is masked.
    fn shown_without(&self, masked: &[usize]) -> Rc<[ItemId]>;
    /// Length of the list that is asked for.
    fn k(&self) -> u32;
    /// The first rule that keeps an item from being shown; `None` where it may be.
    fn bar(&self, item: &ItemId) -> Option<Bar>;
    /// What the shopper asked for that holds of the item, and what each adds to its score.
    fn asked_for(&self, item: &ItemId) -> Vec<(Concept, f64)>;
    /// The list after making changes and running everything again; `None` where one of them
    /// cannot be made.
    fn list_if(&self, changes: &[Change]) -> Option<Rc<[ItemId]>>;
    /// The blended score of an item; `None` for one that is not ranked.
    fn score(&self, item: &ItemId) -> Option<f64> {
        self.contributions(item).map(|contributions| contributions.total())
    }
    /// Says which maskings will be asked for next, so that they can be run side by side.
    fn rerun(&self, _masks: &[Vec<usize>]) {}
}
