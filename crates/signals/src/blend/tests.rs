use super::*;
use crate::laws::interactions_of;
use crate::validation::Validation;
use crate::{Popularity, constants::PopularityConstants};

/// `n` examples of one signal: z of each candidate, the held-out item first.
fn repeated(n: usize, z: &[f32]) -> Vec<Example> {
    (0..n).map(|_| Example { z: z.to_vec(), weight: 1.0 }).collect()
}

/// Three of four held-out items have z = 1 against z = 0: likelihood is greatest where
/// e^w / (e^w + 1) = 3/4, so w = ln 3.
#[test]
fn the_weight_of_one_signal_matches_the_closed_form() {
    let mut examples = repeated(300, &[1.0, 0.0]);
    examples.extend(repeated(100, &[0.0, 1.0]));
    let weights = learn(&examples, &[true]);
    assert!((weights[0] - 3f64.ln()).abs() < 1e-2, "{weights:?}");
}

/// One z = 1 among three z = 0: e^w / (e^w + 3) = 3/4, so w = ln 9.
/// One example that counts threefold is three.
#[test]
fn an_example_counts_as_much_as_its_weight() {
    let mut examples = repeated(100, &[1.0, 0.0]);
    examples.iter_mut().for_each(|example| example.weight = 3.0);
    examples.extend(repeated(100, &[0.0, 1.0]));
    let weights = learn(&examples, &[true]);
    assert!((weights[0] - 3f64.ln()).abs() < 1e-2, "{weights:?}");
    assert!((loss(&examples[0], &weights) - (4.0_f64 / 3.0).ln()).abs() < 1e-2);
}

#[test]
fn every_candidate_counts() {
    let mut examples = repeated(300, &[1.0, 0.0, 0.0, 0.0]);
    examples.extend(repeated(100, &[0.0, 1.0, 0.0, 0.0]));
    let weights = learn(&examples, &[true]);
    assert!((weights[0] - 9f64.ln()).abs() < 1e-2, "{weights:?}");
}

#[test]
fn a_signal_that_points_away_gets_no_negative_weight() {
    let mut examples = repeated(100, &[1.0, 0.0]);
    examples.extend(repeated(300, &[0.0, 1.0]));
    assert_eq!(learn(&examples, &[true]), [0.0]);
}

#[test]
fn an_inactive_signal_stays_at_zero() {
    let examples = [Example { z: vec![1.0, 1.0, 0.0, 0.0], weight: 1.0 }];
    let weights = learn(&examples, &[true, false]);
    assert!(weights[0] > 0.0);
    assert_eq!(weights[1], 0.0);
}

#[test]
fn a_signal_that_always_wins_still_gets_a_finite_weight() {
    let weights = learn(&repeated(10, &[1.0, 0.0]), &[true]);
    assert!(weights[0].is_finite() && weights[0] > 3.0, "{weights:?}");
}

#[test]
fn a_held_out_item_beyond_reach_teaches_nothing_and_seen_items_are_no_candidates() {
    let shop = interactions_of(100, &[&[0, 1, 2], &[0, 1], &[3, 77]]);
    let validation = Validation::last_item(&shop, 50, 1);
    let popularity = Popularity::fit(&validation.training, &PopularityConstants::default());
    let drawn = examples(&validation.cases, 100, &[(1.0, &popularity)]);
    // 2 and 77 were never met in training; 1 was, and competes with 3 but not with the seen 0.
    assert_eq!(drawn.len(), 1);
    assert_eq!(drawn[0].z, [2f32.ln(), 2f32.ln()]);
}
