//! Selection of signals: one that does not raise NDCG@10 on validation beyond noise is dropped, and
//! the report says why.
//!
//! The signals that account for themselves event by event are judged first, among themselves. The
//! Transformer is judged against the best blend of those, so that it has to add to them. Judging all
//! at once was tried: whatever the Transformer knew as well was dropped as noise, and with it what
//! reasons can be given for.

use crate::blend::{Example, TIE_BREAK, examples, learn, shares};
use crate::constants::{Blend, BlendWeight};
use crate::report::SignalReport;
use crate::validation::{Case, gain, quality, ranks};
use crate::{RankingQuality, Signal, SignalName};

/// A gain must exceed this many of its standard errors.
const MIN_ERRORS: f32 = 1.0;
/// A smaller weight is written as 0.000, and nobody would call it one.
const LEAST_WEIGHT: f32 = 0.0005;

/// The signals that stay, their learned weights, and the quality of their blend.
pub(crate) struct Selection {
    pub(crate) blend: Blend,
    /// The best blend without the Transformer, where there is one.
    pub(crate) without_sequence: Option<Blend>,
    pub(crate) quality: RankingQuality,
    pub(crate) signals: Vec<SignalReport>,
}

/// Ranks of all cases under some weights.
#[derive(Clone)]
struct Outcome {
    weights: Vec<f32>,
    ranks: Vec<usize>,
}

/// Mean and standard error of a difference in NDCG@10.
#[derive(Clone, Copy)]
pub(crate) struct Gain {
    pub(crate) mean: f32,
    pub(crate) error: f32,
}

impl Gain {
    /// Of `with` over `without`, shopper by shopper.
    fn between(with: &[usize], without: &[usize]) -> Self {
        let differences = || with.iter().zip(without).map(|(&a, &b)| gain(a) - gain(b));
        let n = with.len().max(1) as f32;
        let mean = differences().sum::<f32>() / n;
        let variance = differences().map(|d| (d - mean).powi(2)).sum::<f32>() / n;
        Self { mean, error: (variance / n).sqrt() }
    }

    pub(crate) fn is_noise(self) -> bool {
        self.mean <= MIN_ERRORS * self.error
    }
}

/// Learns weights on the cases and drops, one by one, the signal that gains least, as long as its
/// gain is noise; then adds the Transformer, where there is one and its gain is none.
pub(crate) fn select_signals(cases: &[Case], n_items: usize, signals: &[&dyn Signal]) -> Selection {
    let is_sequence = |signal: &&dyn Signal| signal.name() == SignalName::Sequence;
    let (sequence, plain): (Vec<&dyn Signal>, Vec<&dyn Signal>) =
        signals.iter().copied().partition(is_sequence);
    let judge = Judge::new(cases, n_items, &plain);
    let best = judge.judge();
    match sequence.first() {
        Some(sequence) => add(*sequence, &judge, &best),
        None => judge.report(&best),
    }
}

/// The gain of the last signal on `later` cases, with and without it weighted by the `earlier` ones.
pub(crate) fn gain_later(
    earlier: &[Case],
    later: &[Case],
    n_items: usize,
    signals: &[&dyn Signal],
) -> Gain {
    let judge = Judge::new(earlier, n_items, signals);
    let mut active = vec![true; signals.len()];
    let with = judge.best_of(&active);
    active[signals.len() - 1] = false;
    let without = judge.best_of(&active);
    let ranks = |outcome: &Outcome| ranks(later, n_items, &judge.factors(&outcome.weights));
    Gain::between(&ranks(&with), &ranks(&without))
}

/// Judges the Transformer against the best blend of the others, and reports both.
fn add(sequence: &dyn Signal, others: &Judge<'_>, best: &Best) -> Selection {
    let Judge { cases, n_items, .. } = *others;
    let without = others.report(best);
    let is_kept = |s: usize| best.outcome.weights[s] > 0.0;
    let kept = (0..others.scaled.len()).filter(|&s| is_kept(s)).map(|s| others.scaled[s].1);
    let signals: Vec<&dyn Signal> = kept.chain([sequence]).collect();
    let judge = Judge::new(cases, n_items, &signals);
    let outcome = judge.best_of(&vec![true; signals.len()]);
    let gain = Gain::between(&outcome.ranks, &best.outcome.ranks);
    let mut gains = vec![None; signals.len()];
    *gains.last_mut().expect("the Transformer is the last") = Some(gain);
    let all = judge.report(&Best { outcome, gains });
    let is_selected = !gain.is_noise();
    let mut blend = without.blend.clone();
    let mut signals = without.signals;
    for (weight, report) in all.blend.0.into_iter().zip(all.signals) {
        match blend.0.iter().position(|known| known.signal == weight.signal) {
            Some(at) if is_selected => {
                blend.0[at] = weight;
                reweigh(&mut signals[at], &weight);
            }
            Some(_) => {}
            None => {
                let weight =
                    BlendWeight { weight: if is_selected { weight.weight } else { 0.0 }, ..weight };
                let verdict = verdict(Some(gain), weight.weight, false);
                blend.0.push(weight);
                signals.push(SignalReport { weight: weight.weight, verdict, ..report });
            }
        }
    }
    blend.0.sort_by_key(|weight| weight.signal);
    signals.sort_by_key(|report| report.signal);
    let quality = if is_selected { all.quality } else { without.quality };
    Selection { blend, without_sequence: Some(without.blend), quality, signals }
}

/// The mean of the largest raw score of each case: z = 1 is a signal's typical favourite.
fn scales(cases: &[Case], n_items: usize, signals: &[&dyn Signal]) -> Vec<f32> {
    let scale = |signal: &&dyn Signal| {
        let mut scores = vec![0.0; n_items];
        let mut sum = 0.0;
        for case in cases.iter().take(1000) {
            scores.fill(0.0);
            signal.add_scores(case.query(), 1.0, &mut scores);
            sum += scores.iter().copied().fold(0.0, f32::max);
        }
        let mean = sum / cases.len().clamp(1, 1000) as f32;
        if mean > 0.0 { mean } else { 1.0 }
    };
    signals.iter().map(scale).collect()
}

struct Judge<'a> {
    cases: &'a [Case],
    n_items: usize,
    scaled: Vec<(f32, &'a dyn Signal)>,
    examples: Vec<Example>,
}

/// The best blend of some signals, and what each of them gains.
struct Best {
    outcome: Outcome,
    gains: Vec<Option<Gain>>,
}

impl<'a> Judge<'a> {
    fn new(cases: &'a [Case], n_items: usize, signals: &[&'a dyn Signal]) -> Self {
        let scales = scales(cases, n_items, signals);
        let scaled: Vec<(f32, &dyn Signal)> =
            scales.into_iter().zip(signals.iter().copied()).collect();
        Self { cases, n_items, examples: examples(cases, n_items, &scaled), scaled }
    }

    fn judge(&self) -> Best {
        let mut active = vec![true; self.scaled.len()];
        let mut gains = vec![None; self.scaled.len()];
        let mut best = self.best_of(&active);
        loop {
            let trials = self.without_each(&active, &best);
            for (s, gain, _) in &trials {
                gains[*s] = Some(*gain);
            }
            let weakest = trials.into_iter().min_by(|a, b| a.1.mean.total_cmp(&b.1.mean));
            match weakest {
                Some((s, gain, outcome)) if gain.is_noise() => {
                    active[s] = false;
                    best = outcome;
                }
                _ => break,
            }
        }
        Best { outcome: best, gains }
    }

    /// For each active signal but a last one: what it gains over the best blend without it.
    fn without_each(&self, active: &[bool], best: &Outcome) -> Vec<(usize, Gain, Outcome)> {
        let n_active = active.iter().filter(|&&is| is).count();
        let candidates = (0..active.len()).filter(|&s| active[s] && n_active > 1);
        let trial = |s: usize| {
            let mut others = active.to_vec();
            others[s] = false;
            let without = self.best_of(&others);
            (s, Gain::between(&best.ranks, &without.ranks), without)
        };
        candidates.map(trial).collect()
    }

    /// The learned blend of the active signals.
    fn best_of(&self, active: &[bool]) -> Outcome {
        let learned = learn(&self.examples, active);
        self.outcome(learned.into_iter().map(|weight| weight as f32).collect())
    }

    fn outcome(&self, weights: Vec<f32>) -> Outcome {
        let weights = shares(weights);
        Outcome { ranks: ranks(self.cases, self.n_items, &self.factors(&weights)), weights }
    }

    fn factors(&self, weights: &[f32]) -> Vec<(f32, &'a dyn Signal)> {
        let weigh = |(w, &(scale, signal)): (&f32, &(f32, _))| (w / scale, signal);
        weights.iter().zip(&self.scaled).map(weigh).collect()
    }

    fn report(&self, Best { outcome: best, gains }: &Best) -> Selection {
        let mut reports = Vec::new();
        let blend = self.blend(best);
        for (s, &(_, signal)) in self.scaled.iter().enumerate() {
            let mut alone = vec![0.0; self.scaled.len()];
            alone[s] = 1.0;
            let (learned, weight) = (best.weights[s], blend.0[s].weight);
            reports.push(SignalReport {
                signal: signal.name(),
                alone: quality(&self.outcome(alone).ranks),
                gain: gains[s].map_or(0.0, |gain| gain.mean),
                gain_error: gains[s].map_or(0.0, |gain| gain.error),
                weight,
                verdict: verdict(gains[s], learned, weight > learned),
            });
        }
        let final_weights = blend.0.iter().map(|weight| weight.weight).collect();
        let quality = quality(&self.outcome(final_weights).ranks);
        Selection { blend, without_sequence: None, quality, signals: reports }
    }

    /// The weights as a model keeps them.
    fn blend(&self, outcome: &Outcome) -> Blend {
        let weight = |(&(scale, signal), &learned): (&(f32, &dyn Signal), &f32)| {
            let breaks_ties = signal.name() == SignalName::Popularity && learned == 0.0;
            let weight = if breaks_ties { TIE_BREAK } else { learned };
            BlendWeight { signal: signal.name(), weight, scale }
        };
        Blend(self.scaled.iter().zip(&outcome.weights).map(weight).collect())
    }
}

/// Gives a selected signal its weight beside the Transformer. Where none is left to it, the verdict
/// that it earned one no longer holds.
fn reweigh(report: &mut SignalReport, weight: &BlendWeight) {
    report.weight = weight.weight;
    let breaks_ties = weight.signal == SignalName::Popularity && weight.weight <= TIE_BREAK;
    if weight.weight < LEAST_WEIGHT || breaks_ties {
        report.verdict = format!(
            "has no weight beside the Transformer: NDCG@10 on validation {:+.4} ± {:.4} against \
             the best blend without either",
            report.gain, report.gain_error
        );
    }
}

fn verdict(gain: Option<Gain>, learned: f32, breaks_ties: bool) -> String {
    let Some(gain) = gain else {
        return "kept: nothing else is left to rank by".to_owned();
    };
    let measured = format!("NDCG@10 on validation {:+.4} ± {:.4}", gain.mean, gain.error);
    match (learned > 0.0, breaks_ties) {
        (true, _) if learned < LEAST_WEIGHT => {
            format!("has next to no weight: {measured} against the best blend without it")
        }
        (true, _) => format!("earns its weight: {measured} against the best blend without it"),
        (false, true) => format!("only settles ties and ranks for new shoppers: {measured}, noise"),
        (false, false) => format!("dropped: {measured} against the best blend without it, noise"),
    }
}

#[cfg(test)]
mod tests;
