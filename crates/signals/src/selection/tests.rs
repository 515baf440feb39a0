use super::*;
use crate::constants::TransitionConstants;
use crate::laws::interactions_of;
use crate::validation::Validation;
use crate::{Popularity, Transition};

#[test]
fn weights_read_as_shares() {
    assert_eq!(shares(vec![3.0, 1.0, 0.0]), [0.75, 0.25, 0.0]);
    assert_eq!(shares(vec![0.0, 0.0]), [0.0, 0.0]);
}

/// Ranks 1 and 1 against 1 and 3: differences 0 and .5, mean .25, standard error .25 / √2.
#[test]
fn a_gain_is_measured_shopper_by_shopper() {
    let gain = Gain::between(&[1, 1], &[1, 3]);
    assert!((gain.mean - 0.25).abs() < 1e-6);
    assert!((gain.error - 0.25 / 2f32.sqrt()).abs() < 1e-6);
    assert!(!gain.is_noise());
}

#[test]
fn no_difference_and_a_loss_are_noise() {
    assert!(Gain::between(&[2, 5], &[2, 5]).is_noise());
    assert!(Gain::between(&[4, 5], &[1, 1]).is_noise());
    assert!(Gain::between(&[], &[]).is_noise());
}

/// Popularity leans towards the held-out items, so that cross-entropy gives it weight; but the
/// transitions already put every one of them first.
#[test]
fn a_signal_with_a_learned_weight_but_no_gain_is_dropped() {
    let (cases, transition, popularity) = walkers();
    let signals: [&dyn Signal; 2] = [&transition, &popularity];
    let scaled: Vec<(f32, &dyn Signal)> = signals.iter().map(|&signal| (1.0, signal)).collect();
    assert!(learn(&examples(&cases, 20, &scaled), &[true, true])[1] > 0.0);

    let selection = select_signals(&cases, 20, &signals);
    assert_eq!(selection.blend.0[0].weight, 1.0);
    assert_eq!(selection.blend.0[1].weight, TIE_BREAK);
    assert!(
        selection.signals[1].verdict.contains("settles ties"),
        "{}",
        selection.signals[1].verdict
    );
    assert_eq!(selection.quality.ndcg_at_10, 1.0);
}

/// A signal under another name.
struct Named<'a>(SignalName, &'a dyn Signal);

impl Signal for Named<'_> {
    fn name(&self) -> SignalName {
        self.0
    }

    fn add_scores(&self, query: crate::Query<'_>, factor: f32, scores: &mut [f32]) {
        self.1.add_scores(query, factor, scores);
    }

    fn attribute(&self, query: crate::Query<'_>, item: u32) -> crate::Attribution {
        self.1.attribute(query, item)
    }
}

/// Three shoppers who go on from one item to the next, what they went on to, and a popularity that
/// leans towards it.
fn walkers() -> (Vec<Case>, Transition, Popularity) {
    let walks: [&[u32]; 3] = [&[0, 1], &[2, 3], &[4, 5]];
    let shop = interactions_of(20, &walks);
    let leaning = |item: u32| match item % 2 {
        1 if item < 6 => 1.0,
        1 => 0.5,
        _ => 0.0,
    };
    let cases = Validation::last_item(&shop, 50, 1).cases;
    let transition = Transition::fit(&shop, &TransitionConstants::default());
    (cases, transition, Popularity::from_scores((0..20).map(leaning).collect()))
}

#[test]
fn a_transformer_that_knows_what_transitions_know_takes_no_weight_from_them() {
    let (cases, transition, popularity) = walkers();
    let copy = Named(SignalName::Sequence, &transition);
    let selection = select_signals(&cases, 20, &[&transition, &copy, &popularity]);
    let weights: Vec<_> = selection.blend.0.iter().map(|w| (w.signal, w.weight)).collect();
    assert_eq!(weights[..2], [(SignalName::Transition, 1.0), (SignalName::Sequence, 0.0)]);
    assert!(
        selection.signals[1].verdict.starts_with("dropped"),
        "{}",
        selection.signals[1].verdict
    );
    assert_eq!(selection.without_sequence.unwrap(), selection.blend.without_sequence());
}

#[test]
fn a_transformer_that_adds_is_told_against_the_best_blend_of_the_others() {
    let (cases, transition, popularity) = walkers();
    let knows = Named(SignalName::Sequence, &transition);
    let selection = select_signals(&cases, 20, &[&knows, &popularity]);
    assert!(selection.blend.factor(SignalName::Sequence) > 0.0);
    assert!(selection.signals[0].gain > 0.0, "{:?}", selection.signals[0]);
    assert_eq!(selection.quality.ndcg_at_10, 1.0);
    let without = selection.without_sequence.unwrap();
    assert!(without.factor(SignalName::Popularity) > 0.0, "there is always something to rank by");
}

#[test]
fn a_signal_without_a_weight_is_not_said_to_earn_one() {
    let (cases, transition, popularity) = walkers();
    let selected = select_signals(&cases, 20, &[&transition, &popularity]).signals[0].clone();
    assert!(selected.verdict.starts_with("earns its weight"), "{selected:?}");
    let beside_the_transformer = |weight| {
        let mut report = selected.clone();
        let weight = BlendWeight { signal: SignalName::Transition, weight, scale: 1.0 };
        reweigh(&mut report, &weight);
        (report.weight, report.verdict)
    };
    for weight in [0.0, 0.0004] {
        let (kept, verdict) = beside_the_transformer(weight);
        assert_eq!((format!("{kept:.3}"), verdict.contains("earns")), ("0.000".to_owned(), false));
        assert!(verdict.starts_with("has no weight beside the Transformer"), "{verdict}");
    }
    assert_eq!(beside_the_transformer(0.3), (0.3, selected.verdict.clone()));

    let gain = Gain { mean: 0.02, error: 0.01 };
    let said = |learned| verdict(Some(gain), learned, false);
    assert!(said(0.0004).starts_with("has next to no weight"), "{}", said(0.0004));
    assert!(said(0.001).starts_with("earns its weight"), "{}", said(0.001));
}
