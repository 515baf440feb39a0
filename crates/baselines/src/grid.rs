//! Choosing constants: every value of a grid is fitted and measured on validation cases.
//!
//! Responsible for giving every baseline the same fair chance. The caller
//! passes validation cases, never test cases, and the choice is reported with everything that was tried.

use metrics::split::Case;
use metrics::{EvaluateOptions, EvaluationError, Metric, Ranker, ask};

/// The chosen value, and the values it was chosen among.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen<C> {
    /// The best constants; of equals, the first.
    pub constants: C,
    /// NDCG@10, masked, of every value on validation, in the order of the grid.
    pub tried: Vec<(C, f64)>,
}

/// Fits every value of `grid` and chooses the one with the best masked NDCG@10 on `validation`.
/// The caller then fits the chosen one on everything before the test.
///
/// # Errors
/// The first error of `fit`; [`EvaluationError::NothingToChoose`] for an empty grid or no cases.
pub fn choose<C: Clone, R: Ranker>(
    grid: &[C],
    validation: &[Case],
    options: &EvaluateOptions<'_>,
    fit: impl Fn(&C) -> Result<R, EvaluationError>,
) -> Result<Chosen<C>, EvaluationError> {
    let mut tried = Vec::with_capacity(grid.len());
    for constants in grid {
        let ndcg = mean_ndcg(&fit(constants)?, validation, options)?;
        tried.push((constants.clone(), ndcg));
    }
    // `max_by` would give the last of equals.
    let better = |best: usize, i: usize| if tried[i].1 > tried[best].1 { i } else { best };
    match (0..tried.len()).reduce(better) {
        Some(best) => Ok(Chosen { constants: tried[best].0.clone(), tried }),
        None => Err(EvaluationError::NothingToChoose { what: "the grid is empty" }),
    }
}

fn mean_ndcg(
    ranker: &dyn Ranker,
    validation: &[Case],
    options: &EvaluateOptions<'_>,
) -> Result<f64, EvaluationError> {
    let outcomes = ask(ranker, validation, options, &|_| {});
    let ranks: Vec<usize> = outcomes.iter().filter_map(|outcome| outcome.masked.rank).collect();
    if ranks.is_empty() {
        return Err(EvaluationError::NothingToChoose {
            what: "there are no validation cases with an item that is new to the shopper",
        });
    }
    let total: f64 = ranks.iter().map(|&rank| Metric::Ndcg(10).of(rank)).sum();
    Ok(total / ranks.len() as f64)
}

#[cfg(test)]
mod tests {

    use interactions::Query;
    use metrics::split::leave_one_out;

    use super::*;
    use crate::sample::two_tastes;

    /// Scores the first items, this many, above the others.
    struct First(usize);

    impl Ranker for First {
        fn name(&self) -> String {
            "first".to_owned()
        }

        fn score(&self, _: Query<'_>, scores: &mut Vec<f32>) {
            scores.clear();
            scores.extend((0..20).map(|item| if item < self.0 { 1.0 } else { 0.0 }));
        }
    }

    #[test]
    fn the_best_on_validation_is_kept_and_everything_tried_is_told() {
        let mut split = leave_one_out(&two_tastes());
        split.validation.retain(|case| case.target < 10);
        let options = EvaluateOptions::on_validation(&split);
        let chosen = choose(&[0, 20, 10], &split.validation, &options, |&n| Ok(First(n))).unwrap();
        assert_eq!((chosen.constants, chosen.tried.len()), (10, 3));
        assert!(chosen.tried.iter().all(|&(_, ndcg)| ndcg <= chosen.tried[2].1));
    }

    #[test]
    fn nothing_to_choose_is_an_error_that_says_what_is_missing() {
        let split = leave_one_out(&two_tastes());
        let options = EvaluateOptions::on_validation(&split);
        let fit = |&n: &usize| Ok(First(n));
        assert!(choose(&[], &split.validation, &options, fit).is_err());
        assert!(choose(&[1], &[], &options, fit).is_err());
    }
}
