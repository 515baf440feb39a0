//! Fitting the simplified tree to the model's scores, and measuring it on other shoppers.

use explain::faithfulness::kendall_tau;
use explain::surrogate::{Fidelity, Surrogate, Tree, TreeConfig, expected_overlap};
use rayon::prelude::*;
use signals::{History, Interaction, ItemIdx, Query};

use super::features::{Catalogue, highest, names};
use shop::live_counts::LiveCounts;
use shop::model::LoadedModel;
use training::Gathered;

/// Shoppers that the tree is fitted on, and as many again at most that it is measured on.
const SHOPPERS: usize = 200;
/// Fewer tell nothing.
const LEAST_SHOPPERS: usize = 20;
/// Items of each list that the tree learns from: the best, and as many from all over.
const ITEMS: usize = 100;

/// One shopper's list: features of every item, and the model's score of it.
struct Case {
    rows: Vec<Vec<f32>>,
    /// Relative to the shopper's best, so that long and short histories compare; owned items left
    /// out as −∞.
    scores: Vec<f32>,
}

/// `None` where there are too few shoppers.
pub(super) fn fit(
    length: usize,
    gathered: &Gathered,
    loaded: &LoadedModel,
    counts: &LiveCounts,
) -> Option<Surrogate> {
    let catalogue = Catalogue::new(loaded, counts);
    let sequences: Vec<&Vec<Interaction>> =
        gathered.data.interactions.sequences.iter().filter(|s| s.len() >= 2).collect();
    let stride = (sequences.len() / (2 * SHOPPERS)).max(1);
    let sample: Vec<_> = sequences.into_iter().step_by(stride).take(2 * SHOPPERS).collect();
    if sample.len() < 2 * LEAST_SHOPPERS {
        return None;
    }
    let case = |events: &Vec<Interaction>| case(&catalogue, loaded, events, length);
    // Every other shopper is held out, so that both halves are alike.
    let seen = sample.par_iter().step_by(2).filter_map(|events| case(events));
    let learned: Vec<Vec<(Vec<f32>, f32)>> = seen.map(|case| rows_to_learn(&case)).collect();
    let (rows, targets): (Vec<Vec<f32>>, Vec<f32>) = learned.into_iter().flatten().unzip();
    let tree = Tree::fit(&rows, &targets, TreeConfig::default());
    let held_out = sample.par_iter().skip(1).step_by(2).filter_map(|events| case(events));
    let measured: Vec<(f64, f64)> = held_out.map(|case| measure(&tree, &case)).collect();
    let n = measured.len().max(1) as f64;
    let fidelity = Fidelity {
        top_10_overlap: measured.iter().map(|(overlap, _)| overlap).sum::<f64>() / n,
        kendall_tau: measured.iter().map(|(_, tau)| tau).sum::<f64>() / n,
        n_shoppers: measured.len(),
    };
    Some(Surrogate { features: names(), tree, fidelity })
}

fn case(
    catalogue: &Catalogue<'_>,
    loaded: &LoadedModel,
    events: &[Interaction],
    length: usize,
) -> Option<Case> {
    let history = History::of_sequence(events, length);
    let mut scores = Vec::new();
    loaded.model.score(Query::of(&history), &mut scores);
    events.iter().for_each(|event| scores[event.item as usize] = f32::NEG_INFINITY);
    let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|score| *score /= best);
    (best > 0.0).then(|| Case { rows: catalogue.rows(&history), scores })
}

fn rows_to_learn(case: &Case) -> Vec<(Vec<f32>, f32)> {
    let stride = (case.scores.len() / ITEMS).max(1);
    let all_over = (0..case.scores.len() as ItemIdx).step_by(stride);
    let open = |item: &ItemIdx| case.scores[*item as usize].is_finite();
    let items = highest(&case.scores, ITEMS).into_iter().chain(all_over.filter(open));
    items.map(|item| (case.rows[item as usize].clone(), case.scores[item as usize])).collect()
}

/// Expected overlap of the first ten among all items, and τ over the model's first hundred.
fn measure(tree: &Tree, case: &Case) -> (f64, f64) {
    let predict = |item: usize| match case.scores[item].is_finite() {
        true => tree.predict(&case.rows[item]),
        false => f32::NEG_INFINITY,
    };
    let predictions: Vec<f32> = (0..case.scores.len()).map(predict).collect();
    let wanted: Vec<usize> = highest(&case.scores, 10).into_iter().map(|i| i as usize).collect();
    let head = highest(&case.scores, ITEMS);
    let of = |values: &[f32]| -> Vec<f64> {
        head.iter().map(|&item| f64::from(values[item as usize])).collect()
    };
    let tau = kendall_tau(&of(&case.scores), &of(&predictions)).unwrap_or(0.0);
    (expected_overlap(&predictions, &wanted), tau)
}
