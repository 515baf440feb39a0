//! Which items may be shown at all: one bit per item of the model.

use signals::ItemIdx;

/// A set of items, dense over the model's item list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibility {
    allowed: Vec<bool>,
}

impl Eligibility {
    /// Every one of `n_items` items may be shown.
    #[must_use]
    pub fn all(n_items: usize) -> Self {
        Self { allowed: vec![true; n_items] }
    }

    /// The items for which `rule` holds.
    pub fn by(n_items: usize, rule: impl FnMut(ItemIdx) -> bool) -> Self {
        Self { allowed: (0..n_items as ItemIdx).map(rule).collect() }
    }

    /// Takes an item out.
    pub fn exclude(&mut self, item: ItemIdx) {
        if let Some(slot) = self.allowed.get_mut(item as usize) {
            *slot = false;
        }
    }

    /// Whether the item may be shown.
    #[must_use]
    pub fn allows(&self, item: ItemIdx) -> bool {
        self.allowed.get(item as usize).copied().unwrap_or(false)
    }

    /// How many items may be shown.
    #[must_use]
    pub fn count(&self) -> usize {
        self.allowed.iter().filter(|allowed| **allowed).count()
    }
}
