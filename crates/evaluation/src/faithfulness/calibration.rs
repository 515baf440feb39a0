//! What the strength of a reason says: how often its item leaves the list once the events that the
//! reason rests on are masked.

use claims::Strength;
use domain::{Language, ReasonId};
use explain::{Evidence, ExplainConfig, Reader};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use signals::{Interaction, SignalsConfig};

use super::RANKS;
use answers::replay::Replay;
use recommend::RecommendConfig;
use shop::Shop;
use shop::live_counts::LiveCounts;
use shop::model::LoadedModel;

/// How well strength, and the share behind it, predict a flip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// By share of the positive score that the reason accounts for, in tenths.
    pub by_share: Vec<Bucket>,
    /// Weak, moderate, strong.
    pub by_strength: Vec<Bucket>,
    /// The chance that of two reasons, one whose item leaves and one whose item stays, the former
    /// has the larger share (area under the ROC curve); missing where all leave or all stay.
    pub auc: Option<f64>,
}

/// Reasons of like share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bucket {
    /// What they have in common.
    pub name: String,
    /// Reasons.
    pub n: usize,
    /// Share of them whose item leaves the list (PN of the reason).
    pub leaves: Option<f64>,
}

/// One reason, and what happens without the events that it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReplayedReason {
    /// Of the positive score.
    pub share: f64,
    /// The strength that it stated.
    pub strength: Strength,
    /// Whether its item leaves the list.
    pub leaves: bool,
}

/// Explains the lists of a sample as a request would, and masks what each reason rests on. By
/// shopper.
pub(super) fn replay(
    shop: &Shop,
    counts: &LiveCounts,
    loaded: &LoadedModel,
    sample: &[&[Interaction]],
) -> Vec<Vec<ReplayedReason>> {
    let of_one = |events: &&[Interaction]| {
        let length = shop.config::<SignalsConfig>().history_length;
        let replay = Replay::new(events, loaded.model.items(), length);
        let evidence = replay.evidence(counts, loaded, RANKS, shop.config::<RecommendConfig>());
        let verified = explain::verify_items(
            &evidence.placements(),
            &evidence,
            shop.config::<ExplainConfig>(),
        );
        let reader = Reader { lang: Language::En, ..Reader::default() };
        let id = ReasonId::new("replay").expect("a word is an id");
        let told = verified.iter().filter_map(|verified| {
            let reason = explain::render(
                id.clone(),
                verified,
                &reader,
                &evidence,
                shop.config::<ExplainConfig>(),
            )?;
            let rests_on = |at: &usize| {
                let past = evidence.history()[*at].to_ref();
                reason.claims.iter().any(|claim| claim.evidence.contains(&past))
            };
            let positions: Vec<usize> = (0..evidence.history().len()).filter(rests_on).collect();
            let shown = evidence.shown_without(&positions);
            Some(ReplayedReason {
                share: explain::share_of(&reason, verified),
                strength: reason.strength,
                leaves: !shown.contains(&verified.placement.item_id),
            })
        });
        told.collect::<Vec<_>>()
    };
    sample.par_iter().map(of_one).collect()
}

/// How well strength, and the share behind it, predict what leaves.
pub(super) fn measure(told: &[Vec<ReplayedReason>]) -> Calibration {
    let told: Vec<ReplayedReason> = told.iter().flatten().copied().collect();
    let tenth = |n: usize| {
        let from = n as f64 / 10.0;
        let within = |t: &&ReplayedReason| t.share >= from && (t.share < from + 0.1 || n == 9);
        bucket(format!("{from:.1} to {:.1}", from + 0.1), told.iter().filter(within))
    };
    let of = |strength| {
        let name = format!("{strength:?}").to_lowercase();
        bucket(name, told.iter().filter(|t| t.strength == strength))
    };
    Calibration {
        by_share: (0..10).map(tenth).collect(),
        by_strength: [Strength::Weak, Strength::Moderate, Strength::Strong].map(of).into(),
        auc: auc(&told),
    }
}

fn bucket<'t>(name: String, told: impl Iterator<Item = &'t ReplayedReason>) -> Bucket {
    let (mut n, mut n_leaving) = (0, 0);
    for told in told {
        n += 1;
        n_leaving += usize::from(told.leaves);
    }
    Bucket { name, n, leaves: (n > 0).then(|| n_leaving as f64 / n as f64) }
}

/// By counting pairs in order of share; ties count half.
fn auc(told: &[ReplayedReason]) -> Option<f64> {
    let mut sorted: Vec<&ReplayedReason> = told.iter().collect();
    sorted.sort_by(|a, b| a.share.total_cmp(&b.share));
    let (mut staying_below, mut won) = (0.0, 0.0);
    for tied in sorted.chunk_by(|a, b| a.share == b.share) {
        let leaving = tied.iter().filter(|t| t.leaves).count() as f64;
        let staying = tied.len() as f64 - leaving;
        won += leaving * (staying_below + staying / 2.0);
        staying_below += staying;
    }
    let pairs = staying_below * (told.len() as f64 - staying_below);
    (pairs > 0.0).then(|| won / pairs)
}

impl Calibration {
    pub(super) fn text(&self) -> String {
        let line = |bucket: &Bucket| {
            let leaves =
                bucket.leaves.map_or("–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
            format!("  {:<12} {:>6} reasons, item leaves {leaves}\n", bucket.name, bucket.n)
        };
        let lines: String = self.by_share.iter().chain(&self.by_strength).map(line).collect();
        let auc = self.auc.map_or("–".to_owned(), |auc| format!("{auc:.3}"));
        format!(
            "\nstrength: what happens when the events of a reason are masked (AUC {auc})\n{lines}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_the_chance_that_the_larger_share_leaves() {
        let told = |share, leaves| ReplayedReason { share, strength: Strength::Weak, leaves };
        // Pairs: .9 > .2, .9 > .5, .5 > .2, .5 = .5: 3.5 of 4.
        let all = [told(0.9, true), told(0.5, true), told(0.5, false), told(0.2, false)];
        assert_eq!(auc(&all), Some(3.5 / 4.0));
        assert_eq!(auc(&all[..2]), None);
    }
}
