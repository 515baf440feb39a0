use super::*;
use crate::sample::{assert_close, four_by_four, tells_tastes_apart, two_tastes};

fn small(n_factors: usize) -> AlsConfig {
    AlsConfig { n_factors, ..AlsConfig::default() }
}

fn history(items: &[ItemIdx]) -> History {
    History::newest_first(items.iter().map(|&item| (item, 1.0)))
}

/// ```python
/// Y = np.array([[1,0],[.5,.5],[0,1],[-.5,.25]]); alpha, lam = 10, .5
/// r = np.array([1,0,2,0]); C = 1 + alpha * r; p = (r > 0) * 1.
/// x = np.linalg.solve(Y.T @ (Y * C[:,None]) + lam * np.eye(2), Y.T @ (C * p)); Y @ x
/// ```
#[test]
fn folding_a_history_in_is_the_solution_of_numpy() {
    let config =
        AlsConfig { n_factors: 2, regularisation: 0.5, alpha: 10.0, ..AlsConfig::default() };
    let items = vec![1.0, 0.0, 0.5, 0.5, 0.0, 1.0, -0.5, 0.25];
    let als = Als::of_items(items, config);
    let mut scores = Vec::new();
    als.score(Query::of(&history(&[2, 0, 2])), &mut scores);
    let expected = [0.906_692_138, 0.932_123_455, 0.957_554_773, -0.213_957_376];
    assert_close(&scores, &expected, 1e-5);
}

/// The objective of the paper's equation 3, over every pair of shopper and item.
fn loss(train: &Interactions, als: &Als) -> f64 {
    let n = als.config.n_factors;
    let mut loss = 0.0;
    for sequence in &train.sequences {
        let items: Vec<ItemIdx> = sequence.iter().map(|event| event.item).collect();
        let shopper = als.folded_in(&history(&items));
        for (item, factors) in (0..).zip(als.items.chunks_exact(n)) {
            let n_taken = items.iter().filter(|&&taken| taken == item).count() as f32;
            let wanted = if n_taken > 0.0 { 1.0 } else { 0.0 };
            let error = wanted - dot(&shopper, factors);
            loss += f64::from((1.0 + als.config.alpha * n_taken) * error * error);
        }
        loss += f64::from(als.config.regularisation * dot(&shopper, &shopper));
    }
    loss + f64::from(als.config.regularisation * dot(&als.items, &als.items))
}

#[test]
fn every_sweep_lowers_the_loss() {
    let train = two_tastes();
    let after = |n_sweeps| {
        let config = AlsConfig { n_sweeps, n_steps: 8, ..small(8) };
        loss(&train, &Als::fit(&train, config).unwrap())
    };
    let losses = [1, 2, 4, 8].map(after);
    assert!(losses.windows(2).all(|pair| pair[1] <= pair[0] * 1.0001), "{losses:?}");
}

#[test]
fn it_tells_two_tastes_apart() {
    let als = Als::fit(&two_tastes(), small(4)).unwrap();
    let mut scores = Vec::new();
    als.score(Query::of(&history(&[0, 3])), &mut scores);
    assert!(tells_tastes_apart(&scores, &[0, 3]), "{scores:?}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let with_threads = |n| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build();
        pool.unwrap().install(|| Als::fit(&two_tastes(), small(8)).unwrap())
    };
    assert_eq!(with_threads(1), with_threads(2));
}

#[test]
fn an_empty_history_scores_everything_zero() {
    let als = Als::fit(&four_by_four(), small(2)).unwrap();
    let mut scores = Vec::new();
    als.score(Query::of(&History::default()), &mut scores);
    assert_eq!(scores, [0.0; 4]);
}

#[test]
fn constants_out_of_range_are_refused() {
    let refused = [
        small(0),
        AlsConfig { regularisation: 0.0, ..small(2) },
        AlsConfig { alpha: f32::NAN, ..small(2) },
    ];
    for config in refused {
        assert!(Als::fit(&four_by_four(), config).is_err(), "{config:?}");
    }
}
