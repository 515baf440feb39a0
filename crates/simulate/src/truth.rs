//! Ground truth of a simulated shop, for tests and studies to compare with.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Event, ItemId, Review, SubjectId};

use crate::catalogue::ItemTruth;
use crate::taste::Taste;

/// The ground truth. Questions about ids that the shop does not have answer `None` or `false`.
#[derive(Debug, Clone)]
pub struct Truth {
    pub(crate) tastes: Vec<Taste>,
    pub(crate) shopper_idx: BTreeMap<SubjectId, usize>,
    pub(crate) items: Vec<ItemTruth>,
    pub(crate) item_ids: Vec<ItemId>,
    pub(crate) item_idx: BTreeMap<ItemId, usize>,
    /// Keys of the narrow categories.
    pub(crate) keys: Vec<&'static str>,
    pub(crate) complements: Vec<Vec<(usize, f64)>>,
    /// Source keys of events off the shopper's own taste.
    pub(crate) gifts: BTreeSet<String>,
    /// Source keys of hostile reviews.
    pub(crate) hostile: BTreeSet<String>,
}

impl Truth {
    /// Every shopper, the named ones and the silent ones included.
    pub fn shoppers(&self) -> impl Iterator<Item = &SubjectId> {
        self.shopper_idx.keys()
    }

    /// The taste of a shopper.
    #[must_use]
    pub fn taste(&self, shopper: &SubjectId) -> Option<&Taste> {
        self.shopper_idx.get(shopper).map(|i| &self.tastes[*i])
    }

    /// The true value of an item to a shopper, on a log-odds-like scale: the log of their share of
    /// attention for its category over an even share, plus the fit of brand, style and price, plus
    /// half the quality. Popularity is not part of it.
    #[must_use]
    pub fn utility(&self, shopper: &SubjectId, item: &ItemId) -> Option<f64> {
        Some(self.taste(shopper)?.utility(self.item(item)?))
    }

    /// The `k` items of highest utility, best first.
    #[must_use]
    pub fn best(&self, shopper: &SubjectId, k: usize) -> Vec<ItemId> {
        let Some(taste) = self.taste(shopper) else {
            return Vec::new();
        };
        let mut scored: Vec<(f64, usize)> =
            self.items.iter().enumerate().map(|(i, item)| (taste.utility(item), i)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.into_iter().take(k).map(|(_, i)| self.item_ids[i].clone()).collect()
    }

    /// True quality of an item, in standard deviations.
    #[must_use]
    pub fn quality(&self, item: &ItemId) -> Option<f64> {
        self.item(item).map(|truth| truth.quality)
    }

    /// Key of the narrow category of an item, e.g. `kettle`.
    #[must_use]
    pub fn category(&self, item: &ItemId) -> Option<&'static str> {
        self.item(item).map(|truth| self.keys[truth.narrow])
    }

    /// Keys of every narrow category.
    #[must_use]
    pub fn categories(&self) -> &[&'static str] {
        &self.keys
    }

    /// Returns the categories that truly go with a category: keys and shares that sum to 1.
    #[must_use]
    pub fn complements(&self, category: &str) -> Vec<(&'static str, f64)> {
        let at = self.keys.iter().position(|key| *key == category);
        let edges = at.map_or(&[][..], |i| &self.complements[i]);
        edges.iter().map(|(to, share)| (self.keys[*to], *share)).collect()
    }

    /// Whether people who bought `first` truly tend to look for something like `then` next.
    #[must_use]
    pub fn is_complement(&self, first: &ItemId, then: &ItemId) -> bool {
        match (self.item(first), self.item(then)) {
            (Some(a), Some(b)) => self.complements[a.narrow].iter().any(|(to, _)| *to == b.narrow),
            _ => false,
        }
    }

    /// Whether an event was the search for a present, off the shopper's own taste.
    #[must_use]
    pub fn is_gift(&self, event: &Event) -> bool {
        self.gifts.contains(&event.source_key)
    }

    /// Whether the text of a review attacks its reader.
    #[must_use]
    pub fn is_hostile(&self, review: &Review) -> bool {
        self.hostile.contains(&review.source_key)
    }

    fn item(&self, item: &ItemId) -> Option<&ItemTruth> {
        self.item_idx.get(item).map(|i| &self.items[*i])
    }
}
