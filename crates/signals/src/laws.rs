//! Laws that every additive signal keeps, and small random shops to try them on. Tests only.

use domain::{EventKind, EventTime, ItemId};
use proptest::prelude::*;

use crate::constants::TextConstants;
use crate::{
    Constants, History, HistoryEvent, Interaction, Interactions, ItemText, Mark, Query, Signal,
    TrainingData,
};

/// Items of [`small_shop`].
pub(crate) const N_ITEMS: usize = 12;

/// Sequences of items, each event a purchase of weight 1.
pub(crate) fn interactions_of(n_items: usize, sequences: &[&[u32]]) -> Interactions {
    let event = |(at, &item): (usize, &u32)| {
        Interaction::new(item, EventKind::Purchase, 1.0, EventTime::Ordinal(at as u32))
    };
    let sequences = sequences.iter().map(|items| items.iter().enumerate().map(event).collect());
    Interactions::new(n_items, sequences.collect())
}

/// A few shoppers with a few events of different weights.
pub(crate) fn small_shop() -> impl Strategy<Value = Interactions> {
    let event = (0..N_ITEMS as u32, prop_oneof![Just(0.0f32), Just(0.3), Just(1.0)]);
    let sequences = prop::collection::vec(prop::collection::vec(event, 0..8), 0..12);
    sequences.prop_map(|sequences| {
        let interaction = |(at, (item, weight))| {
            Interaction::new(item, EventKind::View, weight, EventTime::Ordinal(at as u32))
        };
        let sequence = |events: Vec<(u32, f32)>| (0..).zip(events).map(interaction).collect();
        Interactions::new(N_ITEMS, sequences.into_iter().map(sequence).collect())
    })
}

/// A history with repeats, weights and gaps in its distances.
pub(crate) fn small_history() -> impl Strategy<Value = History> {
    let event = (0..N_ITEMS as u32, 0.0f32..3.0, 1u32..3);
    prop::collection::vec(event, 0..10).prop_map(|events| {
        let mut distance = 0;
        let events = events.into_iter().map(|(item, weight, gap)| {
            let event = HistoryEvent { item, weight, distance, mark: Mark::default() };
            distance += gap;
            event
        });
        History::from_events(events.collect())
    })
}

/// Constants under which everything that a text says counts.
pub(crate) fn wordy() -> Constants {
    let text = TextConstants { meaning: 0.4, ..TextConstants::default() };
    Constants { text, ..Constants::default() }
}

/// Titles of a few words out of few, some with an encoder's vector.
pub(crate) fn small_texts() -> impl Strategy<Value = Vec<ItemText>> {
    let word =
        prop::sample::select(vec!["red", "lip", "stick", "30ml", "口红", "面膜", "soap", "mild"]);
    let title = prop::collection::vec(word, 0..5).prop_map(|words| words.join(" "));
    let brand = prop::sample::select(vec!["", "acme", "兰蔻"]);
    let meaning = prop::option::of(prop::array::uniform3(-1.0f32..1.0));
    let text = (title, brand, meaning).prop_map(|(title, brand, meaning)| ItemText {
        title: vec![title],
        brand: brand.into(),
        meaning: meaning.map(Into::into),
        ..ItemText::default()
    });
    prop::collection::vec(text, N_ITEMS)
}

/// All of it.
pub(crate) fn small_training() -> impl Strategy<Value = TrainingData> {
    (small_shop(), small_texts()).prop_map(|(interactions, texts)| TrainingData {
        items: (0..N_ITEMS).map(|n| ItemId::new(format!("i{n}")).unwrap()).collect(),
        texts,
        interactions,
        ..TrainingData::default()
    })
}

fn raw_scores(signal: &dyn Signal, history: &History, n_items: usize) -> Vec<f32> {
    let mut scores = vec![0.0; n_items];
    signal.add_scores(Query::of(history), 1.0, &mut scores);
    scores
}

fn is_close(a: f32, b: f32) -> bool {
    (a - b).abs() <= 1e-5 * a.abs().max(b.abs()).max(1.0)
}

/// The parts sum to the score, and masking events takes away exactly their parts.
pub(crate) fn assert_additive(
    signal: &dyn Signal,
    history: &History,
    n_items: usize,
) -> Result<(), TestCaseError> {
    let every_other: Vec<usize> = (0..history.len()).step_by(2).collect();
    let masked = history.without(&every_other);
    let (whole, rest) =
        (raw_scores(signal, history, n_items), raw_scores(signal, &masked, n_items));
    for item in 0..n_items {
        let attribution = signal.attribute(Query::of(history), item as u32);
        prop_assert_eq!(attribution.by_event.len(), history.len());
        prop_assert!(
            is_close(attribution.total(), whole[item]),
            "{:?} {}",
            attribution,
            whole[item]
        );
        let removed: f32 = every_other.iter().map(|&at| attribution.by_event[at]).sum();
        prop_assert!(
            is_close(whole[item] - removed, rest[item]),
            "{removed} {} {}",
            whole[item],
            rest[item]
        );
    }
    Ok(())
}
