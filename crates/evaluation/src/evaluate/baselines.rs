//! Published methods beside the blend, each with constants chosen on validation.

use std::fmt::Debug;

use baselines::{Als, AlsConfig, Ease, ItemKnn, ItemKnnConfig, Popularity, choose};
use metrics::split::Split;
use metrics::{EvaluateOptions, EvaluationError, Ranker};
use signals::Interactions;

use shop::ShopError;

/// λ of EASE.
const EASE_GRID: [f32; 4] = [20.0, 100.0, 250.0, 500.0];
const KNN_NEIGHBOURS: [usize; 5] = [20, 50, 100, 200, 500];
/// λ and α of ALS.
const ALS_GRID: [(f32, f32); 4] = [(1.0, 10.0), (10.0, 40.0), (30.0, 40.0), (30.0, 100.0)];

/// A baseline that is ready to be asked.
pub(super) struct Fitted {
    pub(super) ranker: Box<dyn Ranker>,
    /// What was chosen for it on validation; empty where there is nothing to choose.
    pub(super) constants: String,
}

/// All-time and 7-day popularity, item-kNN, implicit ALS, and EASE where the catalogue is at most
/// `ease_up_to`: its cost grows with the cube of it.
///
/// Constants are chosen by fits on `split.train`; the chosen ones are fitted on
/// `split.before_test`, so that nothing has seen a test event.
pub(super) fn fit(split: &Split, ease_up_to: usize) -> Result<Vec<Fitted>, ShopError> {
    let all_time = Popularity::of_all_time(&split.before_test);
    let mut fitted = vec![Fitted { ranker: Box::new(all_time), constants: String::new() }];
    // Without clocks there are no last seven days.
    if let Ok(recent) = baselines::Popularity::of_last_days(&split.before_test, 7) {
        fitted.push(Fitted { ranker: Box::new(recent), constants: String::new() });
    }
    let neighbours = KNN_NEIGHBOURS
        .map(|n_neighbours| ItemKnnConfig { n_neighbours, ..ItemKnnConfig::default() });
    fitted.push(chosen(split, &neighbours, ItemKnn::fit)?);
    let factors = ALS_GRID.map(|(regularisation, alpha)| AlsConfig {
        regularisation,
        alpha,
        ..AlsConfig::default()
    });
    fitted.push(chosen(split, &factors, Als::fit)?);
    if split.train.n_items <= ease_up_to {
        fitted.push(chosen(split, &EASE_GRID, Ease::fit)?);
    }
    Ok(fitted)
}

/// Chooses on validation, then fits on everything before the test. Where there is too little to
/// choose on, the first of the grid is taken.
fn chosen<C: Copy + Debug, R: Ranker + 'static>(
    split: &Split,
    grid: &[C],
    fit: impl Fn(&Interactions, C) -> Result<R, EvaluationError>,
) -> Result<Fitted, ShopError> {
    let options = EvaluateOptions::on_validation(split);
    let constants = match choose(grid, &split.validation, &options, |&c| fit(&split.train, c)) {
        Ok(chosen) => chosen.constants,
        Err(EvaluationError::NothingToChoose { .. }) => grid[0],
        Err(error) => return Err(error.into()),
    };
    let ranker = Box::new(fit(&split.before_test, constants)?);
    Ok(Fitted { ranker, constants: format!("{constants:?}") })
}
