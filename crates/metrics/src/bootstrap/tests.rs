use super::*;

fn resampling(seed: u64) -> Resampling {
    Resampling { n: 1000, seed }
}

#[test]
fn means_are_the_plain_means() {
    let metrics = Metric::all(&[5, 10]);
    let estimates = estimates(&[1, 3, 7, 20], &metrics, resampling(1)).unwrap();
    // By hand: hits 2/4 and 3/4; NDCG@5 = (1 + 1/2)/4, NDCG@10 adds 1/log2(8) = 1/3;
    // MRR = (1 + 1/3 + 1/7 + 1/20)/4.
    let expected = [0.5, 0.75, 0.375, 0.458_333_333, 0.381_547_619];
    for (estimate, mean) in estimates.iter().zip(expected) {
        assert!((estimate.mean - mean).abs() < 1e-8, "{estimate:?} {mean}");
        assert!(estimate.ci[0] <= mean && mean <= estimate.ci[1]);
    }
}

#[test]
fn without_cases_there_is_no_estimate() {
    assert_eq!(estimates(&[], &[Metric::HitRate(1)], resampling(1)), None);
    assert_eq!(paired_bootstrap(&[], &[], resampling(1)), None);
}

#[test]
fn quantiles_are_those_of_numpy() {
    // numpy.quantile([1, 2, 4, 8], [0.025, 0.5, 0.975]) → 1.075, 3.0, 7.7
    let sorted = [1.0, 2.0, 4.0, 8.0];
    for (probability, expected) in [(0.025, 1.075), (0.5, 3.0), (0.975, 7.7)] {
        assert!((quantile(&sorted, probability) - expected).abs() < 1e-12);
    }
}

#[test]
fn the_interval_is_as_wide_as_theory_says() {
    // 400 cases, 30 % hits: normal theory says 0.3 ± 1.96 √(0.3·0.7/400) = 0.3 ± 0.0449.
    let ranks: Vec<usize> = (0..400).map(|i| if i % 10 < 3 { 1 } else { 99 }).collect();
    let hit = estimates(&ranks, &[Metric::HitRate(10)], resampling(5)).unwrap()[0];
    assert!((hit.ci[0] - 0.2551).abs() < 0.008 && (hit.ci[1] - 0.3449).abs() < 0.008);
}

#[test]
fn the_interval_covers_the_truth_about_as_often_as_it_says() {
    // 200 worlds of 120 shoppers, each a hit with probability 0.3.
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let covered = (0..200).filter(|&world| {
        let ranks: Vec<usize> =
            (0..120).map(|_| if random.random_bool(0.3) { 1 } else { 50 }).collect();
        let hit = estimates(&ranks, &[Metric::HitRate(10)], resampling(world)).unwrap()[0];
        hit.ci[0] <= 0.3 && 0.3 <= hit.ci[1]
    });
    let n_covered = covered.count();
    // Binomial(200, 0.95) lies in 180..=198 with probability 0.997.
    assert!((180..=199).contains(&n_covered), "{n_covered} of 200");
}

#[test]
fn a_consistent_difference_is_significant_and_noise_is_not() {
    let b: Vec<f64> = (0..300).map(|i| f64::from(i % 7) / 7.0).collect();
    let better: Vec<f64> = (0..300).map(|i| b[i] + [0.05, 0.15, -0.02][i % 3]).collect();
    let found = paired_bootstrap(&better, &b, resampling(2)).unwrap();
    assert!((found.difference - 0.06).abs() < 1e-9);
    assert!(found.ci[0] > 0.0 && found.p < 0.01, "{found:?}");
    let noise: Vec<f64> = (0..300).map(|i| b[i] + [0.1, -0.1][i % 2]).collect();
    let none = paired_bootstrap(&noise, &b, resampling(2)).unwrap();
    assert!(none.ci[0] < 0.0 && none.ci[1] > 0.0 && none.p > 0.5, "{none:?}");
}

#[test]
fn a_ranker_does_not_differ_from_itself() {
    let same = paired_bootstrap(&[0.2, 0.9], &[0.2, 0.9], resampling(2)).unwrap();
    assert_eq!((same.difference, same.ci, same.p), (0.0, [0.0, 0.0], 1.0));
}
