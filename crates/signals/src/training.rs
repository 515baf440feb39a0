//! The data a model is fitted on, checked once so that everything after may trust the numbers.

use std::sync::Arc;

use domain::{ItemId, Text};
use interactions::Interactions;
use language::Tokeniser;
use rustc_hash::FxHashSet;

use crate::SignalsError;

/// Items, their words, and what shoppers did with them.
#[derive(Debug, Clone, Default)]
pub struct TrainingData {
    /// Every item that can be recommended; an [`ItemIdx`](interactions::ItemIdx) is a position here.
    pub items: Vec<ItemId>,
    /// Words of each item, aligned with `items`; default entries where nothing is known.
    pub texts: Vec<ItemText>,
    /// The events of shoppers.
    pub interactions: Interactions,
    /// How texts are split into words, with the words that the shop adds.
    pub tokeniser: Arc<Tokeniser>,
}

/// The words of one item, for the text signal and for similarity.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemText {
    /// Title in every language the shop has.
    pub title: Vec<String>,
    /// Brand.
    pub brand: Text,
    /// Category path, widest first.
    pub categories: Vec<Text>,
    /// Description.
    pub description: Vec<String>,
    /// The vector of an encoder, where one is installed; of one length for all items.
    pub meaning: Option<Arc<[f32]>>,
}

impl TrainingData {
    /// Checks that the three parts speak of the same items.
    ///
    /// # Errors
    /// The first mismatch, with its position.
    pub fn validate(&self) -> Result<(), SignalsError> {
        let n_items = self.items.len();
        if n_items == 0 {
            return Err(SignalsError::NoItems);
        }
        for (what, found) in
            [("texts", self.texts.len()), ("interactions", self.interactions.n_items)]
        {
            if found != n_items {
                return Err(SignalsError::ItemCountMismatch { what, found, n_items });
            }
        }
        self.validate_items_are_distinct()?;
        self.validate_interactions()
    }

    fn validate_items_are_distinct(&self) -> Result<(), SignalsError> {
        let mut seen = FxHashSet::default();
        match self.items.iter().find(|item| !seen.insert(item.as_str())) {
            Some(item) => Err(SignalsError::DuplicateItem { item: item.to_string() }),
            None => Ok(()),
        }
    }

    fn validate_interactions(&self) -> Result<(), SignalsError> {
        let n_items = self.items.len();
        for (sequence, events) in self.interactions.sequences.iter().enumerate() {
            for (event, interaction) in events.iter().enumerate() {
                let (item, weight) = (interaction.item, interaction.weight);
                if item as usize >= n_items {
                    return Err(SignalsError::ItemOutOfRange { sequence, event, item, n_items });
                }
                if !(weight.is_finite() && weight >= 0.0) {
                    return Err(SignalsError::BadWeight { sequence, event, weight });
                }
            }
        }
        Ok(())
    }
}
