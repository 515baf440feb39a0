//! Questions that claims are made and checked from.

use claims::{Opinions, PopularScope, Window};
use domain::{Circumstance, IngestId, ItemId, Money};
use explain::{ContextCount, RatingSum, Relation};

use super::visits::Visits;
use super::{Entry, LiveCounts};

impl LiveCounts {
    /// Distinct shoppers with any item in this relation.
    #[must_use]
    pub fn n_active(&self, relation: Relation) -> u32 {
        self.n_active[usize::from(relation == Relation::Viewed)]
    }

    /// Distinct shoppers of an item.
    #[must_use]
    pub fn shoppers_of(&self, item: &ItemId, relation: Relation) -> u32 {
        self.visits(item, relation).map_or(0, Visits::n_shoppers)
    }

    /// Distinct shoppers of both items.
    #[must_use]
    pub fn shoppers_of_both(&self, a: &ItemId, b: &ItemId, relation: Relation) -> u32 {
        match (self.visits(a, relation), self.visits(b, relation)) {
            (Some(a), Some(b)) => a.count_both(b, |_, _| true),
            _ => 0,
        }
    }

    /// Distinct shoppers who met `first` before they last met `then`.
    #[must_use]
    pub fn shoppers_then(&self, first: &ItemId, then: &ItemId, relation: Relation) -> u32 {
        match (self.visits(first, relation), self.visits(then, relation)) {
            (Some(a), Some(b)) => a.count_both(b, |a, b| a.first < b.last),
            _ => 0,
        }
    }

    /// Distinct buyers of an entry in a window.
    #[must_use]
    pub fn buyers(&self, entry: &Entry, window: Window) -> u32 {
        match window {
            Window::AllTime => entry.bought.n_shoppers(),
            Window::Days { .. } => entry.bought.n_within(window),
        }
    }

    /// Buyers in the window of every item that belongs to the scope, deleted ones left out.
    #[must_use]
    pub fn buyers_in_scope(&self, window: Window, scope: &PopularScope) -> Vec<u32> {
        let in_scope = |entry: &&Entry| !entry.deleted && self.belongs(entry, scope);
        self.entries().filter(in_scope).map(|entry| self.buyers(entry, window)).collect()
    }

    /// Whether an entry belongs to a scope.
    #[must_use]
    pub fn belongs(&self, entry: &Entry, scope: &PopularScope) -> bool {
        match scope {
            PopularScope::Shop => true,
            PopularScope::Category { category } => {
                let wanted = self.categories.get(category).copied();
                let is_further = |wanted: u32| entry.further.contains(&wanted);
                wanted.is_some_and(|no| entry.category == Some(no) || is_further(no))
            }
        }
    }

    /// Ratings of an item.
    #[must_use]
    pub fn ratings(&self, item: &ItemId) -> RatingSum {
        self.entry(item).map_or(RatingSum::default(), |entry| entry.ratings)
    }

    /// What reviewers say about each aspect of an item, the most mentioned first.
    #[must_use]
    pub fn opinions(&self, item: &ItemId) -> Vec<Opinions> {
        let entry = self.entry(item);
        let told =
            entry.and_then(|entry| Some(entry.aspects.opinions(self.words.get(&entry.category)?)));
        told.unwrap_or_default()
    }

    /// The prices an item had, oldest first, each with the version that brought it.
    #[must_use]
    pub fn prices(&self, item: &ItemId) -> &[(IngestId, Option<Money>)] {
        self.entry(item).map_or(&[], |entry| &entry.prices)
    }

    /// Distinct buyers of an item, or of anything, in a circumstance.
    #[must_use]
    pub fn buyers_in(&self, item: Option<&ItemId>, circumstance: &Circumstance) -> ContextCount {
        match item {
            None => self.situations.count(circumstance),
            Some(item) => self
                .entry(item)
                .map_or(ContextCount::default(), |entry| entry.situations.count(circumstance)),
        }
    }

    fn visits(&self, item: &ItemId, relation: Relation) -> Option<&Visits> {
        self.entry(item).map(|entry| match relation {
            Relation::Bought => &entry.bought,
            Relation::Viewed => &entry.viewed,
        })
    }
}
