//! Baselines: the published methods that a blend has to beat, each a [`Ranker`].
//!
//! Responsible for faithful, plainly written versions of known methods, so that a comparison means
//! something, and for choosing their constants on validation ([`choose`]). They serve no shop: they
//! cannot account for a score, as `signals` do.

pub mod als;
pub mod ease;
pub mod grid;
pub mod item_knn;
pub mod popularity;

pub use als::{Als, AlsConfig};
pub use ease::Ease;
pub use grid::{Chosen, choose};
pub use item_knn::{ItemKnn, ItemKnnConfig};
pub use popularity::Popularity;

use interactions::{History, Interactions, ItemIdx};
#[cfg(doc)]
use metrics::Ranker;

/// The items of each shopper, each once, in rising order: the rows of the binary matrix that
/// item_knn and EASE learn from.
fn item_sets(train: &Interactions) -> Vec<Vec<ItemIdx>> {
    let set = |sequence: &Vec<interactions::Interaction>| {
        let mut items: Vec<ItemIdx> = sequence.iter().map(|event| event.item).collect();
        items.sort_unstable();
        items.dedup();
        items
    };
    train.sequences.iter().map(set).collect()
}

/// The items of a history, each once, in rising order.
fn items_of(history: &History) -> Vec<ItemIdx> {
    let mut items: Vec<ItemIdx> = history.events().iter().map(|event| event.item).collect();
    items.sort_unstable();
    items.dedup();
    items
}

#[cfg(test)]
mod sample;
