use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::*;
use crate::proportion::Proportion;
use crate::{Scale, welch};

const N_EXPERIMENTS: u64 = 10_000;
const N_LOOKS: u64 = 150;
/// Three standard errors of a rate of 5 % over 10,000 experiments.
const MONTE_CARLO: f64 = 0.0066;

/// 64 units that convert with probability 1/4, one per bit.
fn batch(random: &mut ChaCha8Rng) -> Proportion {
    let converted = random.next_u64() & random.next_u64();
    Proportion { n: 64, successes: u64::from(converted.count_ones()) }
}

/// 64 units that convert with probability 3/8.
fn better_batch(random: &mut ChaCha8Rng) -> Proportion {
    let (a, b, c) = (random.next_u64(), random.next_u64(), random.next_u64());
    Proportion { n: 64, successes: u64::from((a & (b | c)).count_ones()) }
}

fn add(arm: &mut Proportion, batch: Proportion) {
    arm.n += batch.n;
    arm.successes += batch.successes;
}

fn effect(control: Proportion, treatment: Proportion, scale: Scale) -> Option<Effect> {
    let (control, treatment) = (control.moments(), treatment.moments());
    Effect::between(control.known()?, treatment.known()?, scale).known().copied()
}

fn excludes(estimate: &Estimate, value: f64) -> bool {
    !(estimate.ci[0]..=estimate.ci[1]).contains(&value)
}

/// Share of 10,000 experiments for which `of` holds, each with its own random stream.
fn rate(of: impl Fn(&mut ChaCha8Rng) -> bool + Sync) -> f64 {
    let hits = (0..N_EXPERIMENTS).into_par_iter().filter(|stream| {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        random.set_stream(*stream);
        of(&mut random)
    });
    hits.count() as f64 / N_EXPERIMENTS as f64
}

/// Whether an A/A experiment is ever declared significant when looked at after every batch.
fn is_ever_significant(
    random: &mut ChaCha8Rng,
    scale: Scale,
    look: impl Fn(&Effect) -> Estimate,
) -> bool {
    let (mut control, mut treatment) = (batch(random), batch(random));
    (0..N_LOOKS).any(|_| {
        add(&mut control, batch(random));
        add(&mut treatment, batch(random));
        effect(control, treatment, scale).is_some_and(|effect| excludes(&look(&effect), 0.0))
    })
}

#[test]
fn looking_after_every_batch_of_an_a_a_experiment_keeps_the_level() {
    for scale in [Scale::Absolute, Scale::Relative] {
        let false_positives =
            rate(|random| is_ever_significant(random, scale, |effect| test(effect, 0.05, 5_000.0)));
        assert!(false_positives <= 0.05 + MONTE_CARLO, "{false_positives} on the {scale:?} scale");
        assert!(false_positives > 0.0, "a test that never rejects is no test");
    }
}

#[test]
fn looking_after_every_batch_with_a_fixed_horizon_test_does_not() {
    let false_positives = rate(|random| {
        is_ever_significant(random, Scale::Absolute, |effect| welch::test(effect, 0.05))
    });
    assert!(false_positives > 0.3, "{false_positives}");
}

#[test]
fn the_sequence_covers_a_true_difference_at_every_look() {
    let missed = rate(|random| {
        let (mut control, mut treatment) = (batch(random), better_batch(random));
        (0..N_LOOKS).any(|_| {
            add(&mut control, batch(random));
            add(&mut treatment, better_batch(random));
            effect(control, treatment, Scale::Absolute)
                .is_some_and(|effect| excludes(&test(&effect, 0.05, 5_000.0), 0.125))
        })
    });
    assert!(missed <= 0.05 + MONTE_CARLO, "{missed}");
}

#[test]
fn a_single_look_with_welch_covers_and_rejects_at_its_level() {
    for (scale, truth) in [(Scale::Absolute, 0.125), (Scale::Relative, 0.5)] {
        let missed = rate(|random| {
            let (mut control, mut treatment) = (Proportion::default(), Proportion::default());
            for _ in 0..30 {
                add(&mut control, batch(random));
                add(&mut treatment, better_batch(random));
            }
            effect(control, treatment, scale)
                .is_none_or(|effect| excludes(&welch::test(&effect, 0.05), truth))
        });
        assert!((missed - 0.05).abs() < MONTE_CARLO, "{missed} for {scale:?}");
    }
}

#[test]
fn the_planned_number_of_units_gives_the_planned_power() {
    let needed = crate::power::units_per_arm(
        crate::power::Variances::of_shares(0.25, 0.375),
        0.125,
        crate::power::Levels::default(),
    );
    let needed = *needed.known().unwrap();
    let n_batches = needed.div_ceil(64);
    let found = rate(|random| {
        let (mut control, mut treatment) = (Proportion::default(), Proportion::default());
        for _ in 0..n_batches {
            add(&mut control, batch(random));
            add(&mut treatment, better_batch(random));
        }
        effect(control, treatment, Scale::Absolute)
            .is_some_and(|effect| welch::test(&effect, 0.05).p < 0.05)
    });
    let planned = crate::power::power(
        crate::power::Variances::of_shares(0.25, 0.375),
        0.125,
        n_batches * 64,
        0.05,
    );
    let planned = *planned.known().unwrap();
    assert!(planned >= 0.8);
    assert!((found - planned).abs() < 0.02, "{found} instead of {planned}");
}

#[test]
fn proportions_with_the_default_plan_give_the_published_interval() {
    let (control, treatment) =
        (Proportion { n: 3000, successes: 1396 }, Proportion { n: 3461, successes: 2422 });
    let effect = effect(control, treatment, Scale::Relative).unwrap();
    let test = test(&effect, 0.05, 5_000.0);
    for (got, expected) in [(test.estimate, 0.50386), (test.ci[0], 0.40098), (test.ci[1], 0.60675)]
    {
        assert!((got - expected).abs() < 5e-6, "{got} instead of {expected}");
    }
}

#[test]
fn the_p_value_is_the_level_at_which_the_interval_touches_zero() {
    // At level alpha itself: choose the estimate so that the interval ends at zero.
    let mut effect = Effect { estimate: 0.0, se: 0.1, degrees_of_freedom: 100.0, n_total: 2_000 };
    effect.estimate = test(&effect, 0.05, 1_000.0).ci[1];
    let touching = test(&effect, 0.05, 1_000.0);
    assert!(touching.ci[0].abs() < 1e-12);
    assert!((touching.p - 0.05).abs() < 1e-12);
}
