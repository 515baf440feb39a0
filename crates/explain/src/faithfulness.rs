//! Whether an explanation says what the model does: metric definitions, pure arithmetic.
//!
//! Responsible for exact definitions, so that others can reproduce the numbers. Refuses to run a
//! model: `app` re-runs it and hands ranks and probabilities over.
//!
//! **Setting.** A ranker f scores every item for a history h. Candidates are all items but those
//! of h, and stay the same whatever is masked. The explained item t is one of the first ten by
//! score. An explainer orders the events of h, most important for t first: e_1, e_2, … Masking an
//! event leaves the others at their distance. h∖K is h without e_1 … e_K, and h|K is h with
//! nothing but e_1 … e_K. rank(h, t) is 1 + the number of candidates that score higher (of equals,
//! the lower item number first). p(h, t) is the softmax of the scores over all candidates.
//!
//! | metric | definition at K | better |
//! |---|---|---|
//! | POS@k | 1 if rank(h∖K, t) ≤ k, else 0 | lower |
//! | DEL | p(h∖K, t) / p(h, t) | lower |
//! | INS | p(h\|K, t) / p(h, t) | higher |
//! | CDCG | 1 / log2(1 + rank(h∖K, t)) | lower |
//! | PN | 1 if rank(h∖K, t) > 10, else 0 | higher |
//! | PS | 1 if rank(h\|K, t) ≤ 10, else 0 | higher |
//! | F_NS | 2 · PN · PS / (PN + PS), of the means | higher |
//!
//! POS, DEL, INS and CDCG at K = 1 … 5 ("K_e") are the fixed-size metrics of "Refining Fidelity
//! Metrics for Explainable Recommendations" (SIGIR 2025; code: FidelityMetrics4XRec), which refine
//! those of Barkan et al., "A Counterfactual Framework for Learning and Evaluating Explanations
//! for Recommender Systems" (WWW 2024). That code explains the first item only and reports the
//! recommender's output itself; here ranks 1 to 10 are explained, and DEL and INS are relative to
//! the unmasked output, because raw softmax values of large catalogues are unreadably small. PN,
//! PS and F_NS are those of Tan et al., "Counterfactual Explainable Recommendation" (CIKM 2021).

use serde::{Deserialize, Serialize};

/// Length of the list that PN and PS speak of.
pub const LIST: usize = 10;

/// Where t stands after masking, and how likely it is then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// rank(·, t), from 1.
    pub rank: usize,
    /// p(·, t).
    pub probability: f64,
}

/// All metrics of one explanation at one K, or their means.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "defined in the table above")]
pub struct Fidelity {
    pub pos_5: f64,
    pub pos_10: f64,
    pub pos_20: f64,
    pub del: f64,
    pub ins: f64,
    pub cdcg: f64,
    pub pn: f64,
    pub ps: f64,
}

impl Fidelity {
    /// The metrics at one K. `whole`: nothing masked; `removed`: h∖K; `kept`: h|K.
    ///
    /// ```
    /// use explain::faithfulness::{Fidelity, Standing};
    /// let at = |rank, probability| Standing { rank, probability };
    /// let f = Fidelity::of(at(1, 0.5), at(7, 0.125), at(2, 0.25));
    /// assert_eq!((f.pos_5, f.pos_10, f.pos_20), (0.0, 1.0, 1.0));
    /// assert_eq!((f.del, f.ins), (0.25, 0.5));
    /// assert_eq!(f.cdcg, 1.0 / 3.0); // 1 / log2(8)
    /// assert_eq!((f.pn, f.ps), (0.0, 1.0));
    /// ```
    #[must_use]
    pub fn of(whole: Standing, removed: Standing, kept: Standing) -> Self {
        let within = |standing: Standing, k: usize| f64::from(u8::from(standing.rank <= k));
        let relative = |p: f64| if whole.probability > 0.0 { p / whole.probability } else { 0.0 };
        Self {
            pos_5: within(removed, 5),
            pos_10: within(removed, LIST),
            pos_20: within(removed, 20),
            del: relative(removed.probability),
            ins: relative(kept.probability),
            cdcg: 1.0 / (removed.rank as f64 + 1.0).log2(),
            pn: 1.0 - within(removed, LIST),
            ps: within(kept, LIST),
        }
    }

    /// Names and values, in the order of the table.
    #[must_use]
    pub fn values(&self) -> [(&'static str, f64); 8] {
        [
            ("pos_5", self.pos_5),
            ("pos_10", self.pos_10),
            ("pos_20", self.pos_20),
            ("del", self.del),
            ("ins", self.ins),
            ("cdcg", self.cdcg),
            ("pn", self.pn),
            ("ps", self.ps),
        ]
    }
}

/// F_NS: the harmonic mean of two means; 0 when both are.
#[must_use]
pub fn f_ns(pn: f64, ps: f64) -> f64 {
    if pn + ps > 0.0 { 2.0 * pn * ps / (pn + ps) } else { 0.0 }
}

/// The place of item t: rank and probability among candidates.
///
/// Scores that are not finite never occur in a fitted model. Cost: one pass for the rank, one for
/// the softmax.
#[must_use]
pub fn standing(scores: &[f32], is_candidate: &[bool], item: usize, softmax: &Softmax) -> Standing {
    let own = scores[item];
    let better = |(other, &score): (usize, &f32)| {
        is_candidate[other] && (score > own || (score == own && other < item))
    };
    let rank = 1 + scores.iter().enumerate().filter(|&pair| better(pair)).count();
    Standing { rank, probability: softmax.of(own) }
}

/// The normalising constant of a softmax over candidates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Softmax {
    largest: f32,
    sum: f64,
}

impl Softmax {
    /// One pass over the candidates' scores.
    #[must_use]
    pub fn new(scores: &[f32], is_candidate: &[bool]) -> Self {
        let candidates = || scores.iter().zip(is_candidate).filter(|(_, is)| **is).map(|(s, _)| *s);
        let largest = candidates().fold(f32::NEG_INFINITY, f32::max);
        let sum = candidates().map(|score| f64::from((score - largest).exp())).sum();
        Self { largest, sum }
    }

    /// The probability of a candidate with this score.
    #[must_use]
    pub fn of(&self, score: f32) -> f64 {
        f64::from((score - self.largest).exp()) / self.sum
    }
}

/// Kendall's τ-b of two sequences of values: (concordant − discordant) pairs over the geometric
/// mean of the pairs untied in each. `None` when one has no untied pair. Source: Kendall, "The
/// treatment of ties in ranking problems" (Biometrika 1945). Quadratic in the length.
///
/// ```
/// use explain::faithfulness::kendall_tau;
/// // Pairs: 2 concordant, 0 discordant, one tied in b only: 2 / √(3 · 2).
/// let tau = kendall_tau(&[1.0, 2.0, 3.0], &[1.0, 1.0, 2.0]).unwrap();
/// assert!((tau - 0.8164965809).abs() < 1e-9);
/// assert_eq!(kendall_tau(&[1.0, 2.0], &[5.0, 5.0]), None);
/// ```
#[must_use]
pub fn kendall_tau(a: &[f64], b: &[f64]) -> Option<f64> {
    let (mut agreeing, mut untied_a, mut untied_b) = (0_i64, 0_i64, 0_i64);
    for i in 1..a.len().min(b.len()) {
        for j in 0..i {
            let sign = |x: &[f64]| x[i].total_cmp(&x[j]) as i64;
            let (s, t) = (sign(a), sign(b));
            agreeing += s * t;
            untied_a += s.abs();
            untied_b += t.abs();
        }
    }
    let untied = (untied_a as f64 * untied_b as f64).sqrt();
    (untied > 0.0).then(|| agreeing as f64 / untied)
}

/// A mean with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    /// The mean over shoppers of the mean over each one's explained items.
    pub mean: f64,
    /// mean ± 1.96 standard errors, a shopper being the unit.
    pub ci: [f64; 2],
}

impl Mean {
    /// Of one value per shopper; `None` without any.
    ///
    /// ```
    /// let mean = explain::faithfulness::Mean::of(&[1.0, 2.0, 3.0, 4.0]).unwrap();
    /// // s = 1.290994, s / √4 = 0.645497
    /// assert_eq!(mean.mean, 2.5);
    /// assert!((mean.ci[0] - (2.5 - 1.96 * 0.645497)).abs() < 1e-5);
    /// ```
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let error = if n > 1.0 { (squares / (n - 1.0) / n).sqrt() } else { f64::INFINITY };
        let half = if error.is_finite() { 1.96 * error } else { 0.0 };
        Some(Self { mean, ci: [mean - half, mean + half] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three events over four candidates; item 0 lives on event 0, then on event 1.
    fn scores(kept: &[usize]) -> Vec<f32> {
        let parts = [[0.6, 0.0, 0.1, 0.0], [0.3, 0.2, 0.0, 0.0], [0.0, 0.0, 0.2, 0.25]];
        let sum = |item: usize| kept.iter().map(|&event| parts[event][item]).sum();
        (0..4).map(sum).collect()
    }

    fn standing_of(kept: &[usize], item: usize) -> Standing {
        let (scores, all) = (scores(kept), [true; 4]);
        standing(&scores, &all, item, &Softmax::new(&scores, &all))
    }

    #[test]
    fn a_small_example_computed_by_hand() {
        let whole = standing_of(&[0, 1, 2], 0); // .9 .2 .3 .25
        assert_eq!(whole.rank, 1);
        let z: f64 = [0.9_f64, 0.2, 0.3, 0.25].iter().map(|s| s.exp()).sum();
        assert!((whole.probability - 0.9_f64.exp() / z).abs() < 1e-6);
        let removed = standing_of(&[1, 2], 0); // .3 .2 .2 .25
        assert_eq!(removed.rank, 1);
        let further = standing_of(&[2], 0); // 0 0 .2 .25; of equals the lower number first
        assert_eq!(further.rank, 3);
        let f = Fidelity::of(whole, further, standing_of(&[0, 1], 0));
        assert_eq!(f.cdcg, 0.5);
        assert!((f.del - further.probability / whole.probability).abs() < 1e-12);
        assert!(f.ins > 1.0, "without event 2 its rivals are weaker: {}", f.ins);
        assert_eq!((f.pos_5, f.pn, f.ps), (1.0, 0.0, 1.0));
    }

    #[test]
    fn items_of_the_history_are_no_rivals() {
        let scores = [0.1, 0.9, 0.2];
        let candidates = [true, false, true];
        let softmax = Softmax::new(&scores, &candidates);
        assert_eq!(standing(&scores, &candidates, 0, &softmax).rank, 2);
        assert!((softmax.of(0.1) + softmax.of(0.2) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_harmonic_mean_needs_both() {
        assert_eq!(f_ns(1.0, 0.0), 0.0);
        assert_eq!(f_ns(0.0, 0.0), 0.0);
        assert!((f_ns(0.5, 1.0) - 2.0 / 3.0).abs() < 1e-12);
    }
}
