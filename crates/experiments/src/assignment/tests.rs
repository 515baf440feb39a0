use proptest::prelude::*;

use super::*;

fn experiment(name: &str, from: u16, to: u16, weights: &[f64]) -> Experiment {
    let variants = weights
        .iter()
        .enumerate()
        .map(|(i, weight)| Variant { name: format!("v{i}"), weight: *weight });
    Experiment { name: name.to_owned(), from, to, variants: variants.collect() }
}

fn plan() -> Plan {
    let layer = |name: &str, experiments| Layer { name: name.to_owned(), experiments };
    Plan {
        salt: "test".to_owned(),
        holdout: 1_000,
        layers: vec![
            layer(
                "ranking",
                vec![
                    experiment("ranker", 0, 5_000, &[3.0, 1.0]),
                    experiment("blend", 5_000, 8_000, &[1.0, 1.0]),
                ],
            ),
            layer("words", vec![experiment("phrasing", 0, 10_000, &[1.0, 1.0])]),
        ],
    }
}

fn share(of: impl Fn(&[Assignment<'_>]) -> bool) -> f64 {
    let plan = plan();
    let hits = (0..40_000).filter(|shopper| of(&plan.assign(&shopper.to_string())));
    hits.count() as f64 / 40_000.0
}

#[test]
fn shares_of_holdout_experiments_and_variants_come_out_as_planned() {
    let in_variant = |experiment: &'static str, variant: &'static str| {
        share(move |seen| seen.contains(&Assignment { experiment, variant }))
    };
    for (got, planned) in [
        (share(|seen| seen.is_empty()), 0.1),
        (in_variant("ranker", "v0"), 0.9 * 0.5 * 0.75),
        (in_variant("ranker", "v1"), 0.9 * 0.5 * 0.25),
        (in_variant("blend", "v1"), 0.9 * 0.3 * 0.5),
        (in_variant("phrasing", "v0"), 0.9 * 0.5),
    ] {
        assert!((got - planned).abs() < 0.01, "{got} instead of {planned}");
    }
}

#[test]
fn layers_are_independent_of_each_other() {
    let both = share(|seen| {
        let has = |experiment, variant| seen.contains(&Assignment { experiment, variant });
        has("ranker", "v0") && has("phrasing", "v0")
    });
    assert!((both - 0.9 * 0.5 * 0.75 * 0.5).abs() < 0.01, "{both}");
}

#[test]
fn ending_one_experiment_moves_nobody_in_the_others() {
    let before = plan();
    let mut after = plan();
    after.layers[0].experiments.remove(0);
    for shopper in 0..500 {
        let shopper = shopper.to_string();
        let kept = before.assign(&shopper);
        let kept: Vec<_> = kept.into_iter().filter(|a| a.experiment != "ranker").collect();
        assert_eq!(kept, after.assign(&shopper));
    }
}

#[test]
fn a_plan_that_could_show_two_experiments_of_a_layer_is_refused() {
    let mut overlapping = plan();
    overlapping.layers[0].experiments[1].from = 4_999;
    let error = overlapping.validate().unwrap_err();
    assert!(matches!(error, ExperimentError::Overlap { .. }), "{error}");
    assert_eq!(plan().validate(), Ok(()));
}

#[test]
fn names_buckets_weights_and_holdout_are_checked() {
    let spoil = |spoil: fn(&mut Plan)| {
        let mut spoilt = plan();
        spoil(&mut spoilt);
        spoilt.validate().unwrap_err().to_string()
    };
    let twice = spoil(|p| p.layers[1].experiments[0].name = "blend".to_owned());
    assert!(twice.contains("blend is used twice"), "{twice}");
    let beyond = spoil(|p| p.layers[1].experiments[0].to = 10_001);
    assert!(beyond.contains("phrasing has no buckets"), "{beyond}");
    let weightless = spoil(|p| p.layers[1].experiments[0].variants.clear());
    assert!(weightless.contains("phrasing needs at least one"), "{weightless}");
    let everyone = spoil(|p| p.holdout = N_BUCKETS);
    assert!(everyone.contains("10000 of 10000"), "{everyone}");
}

proptest! {
    #[test]
    fn a_shopper_always_gets_the_same_and_at_most_one_per_layer(shopper in ".*") {
        let plan = plan();
        let seen = plan.assign(&shopper);
        prop_assert_eq!(&seen, &plan.assign(&shopper));
        let of_first_layer = seen.iter().filter(|a| a.experiment != "phrasing").count();
        prop_assert!(of_first_layer <= 1);
    }

    #[test]
    fn every_id_has_a_place_from_zero_to_one(salt in ".*", shopper in ".*") {
        let place = position(&[&salt], &shopper);
        prop_assert!((0.0..1.0).contains(&place));
    }
}
