use std::ops::ControlFlow;

use interactions::{HistoryEvent, Mark};
use transformer::{SequenceConfig, Trainer, TrainingData};

use super::*;

/// A small model of ten shoppers over twenty items, no two alike.
fn model() -> SequenceModel {
    let walk = |s: u32| (0..4 + s % 5).map(|t| (s * 7 + t * (s + 1) + t * t) % 20).collect();
    let sequences: Vec<Vec<u32>> = (0..10).map(walk).collect();
    let data = TrainingData {
        n_items: 20,
        sequences: &sequences,
        validation: &[],
        marks: None,
        features: None,
    };
    let config = SequenceConfig {
        width: 16,
        blocks: 2,
        heads: 2,
        hidden: 16,
        max_len: 8,
        batch: 4,
        epochs: 10,
        chunk_positions: 8,
        ..SequenceConfig::default()
    };
    Trainer::new(data, config).unwrap().run(&mut |_, _| ControlFlow::Continue(()))
}

fn scores_of(model: &SequenceModel, history: &History) -> Vec<f32> {
    let mut scores = vec![0.0; model.n_items()];
    Signal::add_scores(model, Query::of(history), 1.0, &mut scores);
    scores
}

#[test]
fn an_attribution_adds_up_and_equals_scoring_without_the_event() {
    let model = model();
    let history = History::newest_first([2, 7, 3, 11, 3].map(|item| (item, 1.0)));
    let query = Query::of(&history);
    let whole = scores_of(&model, &history);
    for item in 0..20 {
        let attribution = model.attribute(query, item);
        let score = whole[item as usize];
        assert!((attribution.total() - score).abs() < 1e-5);
        for (event, contribution) in attribution.by_event.iter().enumerate() {
            let without = scores_of(&model, &history.without(&[event]))[item as usize];
            assert!((score - without - contribution).abs() < 1e-5);
        }
    }
}

#[test]
fn nothing_is_attributed_where_no_event_counts_or_the_item_is_unknown() {
    let model = model();
    let mark = Mark::default();
    let old = HistoryEvent { item: 3, weight: 1.0, distance: 8, mark };
    let weightless = HistoryEvent { item: 3, weight: 0.0, distance: 0, mark };
    let unknown = HistoryEvent { item: 20, weight: 1.0, distance: 0, mark };
    for events in [vec![], vec![old], vec![weightless], vec![unknown]] {
        let history = History::from_events(events);
        let attribution = model.attribute(Query::of(&history), 4);
        assert_eq!((attribution.by_event.len(), attribution.total()), (history.len(), 0.0));
    }
    let history = History::newest_first([(3, 1.0), (7, 1.0)]);
    let attribution = model.attribute(Query::of(&history), 20);
    assert_eq!((attribution.by_event.len(), attribution.total()), (2, 0.0));
}
