//! A report whose weights are those that were learned from what shoppers took.

use crate::validation::{Case, quality, ranks};
use crate::{BlendWeight, FitReport, Refined, Signal};

/// Puts the learned weights in the place of those that validation gave, and measures them.
pub(super) fn weigh(
    report: &mut FitReport,
    refined: &Refined,
    cases: &[Case],
    signals: &[&dyn Signal],
) {
    let mut blend = refined.constants.blend.clone();
    let is_new =
        |weight: &&BlendWeight| weight.weight > 0.0 && !refined.weighed.contains(&weight.signal);
    report.constants.blend.0.iter().filter(is_new).for_each(|weight| blend.admit(*weight));
    let factors: Vec<(f32, &dyn Signal)> =
        signals.iter().map(|signal| (blend.factor(signal.name()), *signal)).collect();
    report.blend = quality(&ranks(cases, report.n_items, &factors));
    report.blend_without_sequence = Some(blend.without_sequence());
    for signal in &mut report.signals {
        let of_signal = |weight: &&BlendWeight| weight.signal == signal.signal;
        signal.weight = blend.0.iter().find(of_signal).map_or(0.0, |weight| weight.weight);
        if refined.weighed.contains(&signal.signal) {
            signal.verdict = "weighed by what shoppers took of what they were shown".to_owned();
        }
    }
    report.constants.blend = blend;
    report.choice_gain = Some(refined.gain);
    report.notes.push(note(refined));
}

fn note(refined: &Refined) -> String {
    let gain = &refined.gain;
    let [mean, least] = gain.likelier();
    let (n_lists, n_judged) = (gain.n_lists, gain.n_judged);
    if gain.is_significant() {
        return format!(
            "constants and weights from what shoppers took of {n_lists} lists: with {n_judged} \
             others it is {mean:+.1} % likelier (at least {least:+.1} %)"
        );
    }
    format!(
        "constants and weights are those of before: what shoppers took of {n_lists} lists speaks \
         for no others"
    )
}
