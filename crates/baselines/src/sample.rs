//! Small data for the tests of baselines.

use domain::{EventKind, EventTime};
use interactions::{Interaction, Interactions, ItemIdx};

/// Sequences of items without times.
pub(super) fn ordered(n_items: usize, sequences: &[&[ItemIdx]]) -> Interactions {
    let sequence = |items: &&[ItemIdx]| {
        let events = (0..).zip(items.iter()).map(|(place, &item)| {
            Interaction::new(item, EventKind::Purchase, 1.0, EventTime::Ordinal(place))
        });
        events.collect()
    };
    Interactions::new(n_items, sequences.iter().map(sequence).collect())
}

/// The matrix `[[1,1,0,0],[1,1,1,0],[0,1,1,0],[0,0,1,1]]` of shoppers and items, with one repeat
/// that a binary matrix must not count.
pub(super) fn four_by_four() -> Interactions {
    ordered(4, &[&[1, 0], &[0, 1, 2, 0], &[2, 1], &[2, 3]])
}

/// Two tastes: even shoppers take items 0–9, odd ones 10–19, everyone a few of their ten.
pub(super) fn two_tastes() -> Interactions {
    let sequences: Vec<Vec<ItemIdx>> = (0u32..80)
        .map(|shopper| {
            let first = (shopper % 2) * 10;
            (0..5).map(|i| first + (shopper / 2 + i * 3 + i * i) % 10).collect()
        })
        .collect();
    let slices: Vec<&[ItemIdx]> = sequences.iter().map(Vec::as_slice).collect();
    ordered(20, &slices)
}

/// Whether the items of the history's taste that are not in it score clearly above those of the
/// other taste, on average.
pub(super) fn tells_tastes_apart(scores: &[f32], history: &[ItemIdx]) -> bool {
    let mean = |items: Vec<ItemIdx>| {
        let total: f32 = items.iter().map(|&item| scores[item as usize]).sum();
        total / items.len() as f32
    };
    let own = mean((0..10).filter(|item| !history.contains(item)).collect());
    let other = mean((10..20).collect());
    own > other + 0.05
}

/// Asserts that two lists of numbers agree within `tolerance`.
pub(super) fn assert_close(found: &[f32], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (&found, &expected) in found.iter().zip(expected) {
        let distance = (f64::from(found) - expected).abs();
        assert!(distance < tolerance, "{found} is not {expected}");
    }
}
