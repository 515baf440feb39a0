//! Whether a reason is as strong as it says: how often its item leaves the list without what the
//! reason rests on, by the strength that it states.
//!
//! A stated strength is a share of the score. What leaves the list is found by running the model
//! again, so that the one can be wrong about the other.

use claims::Strength;
use domain::Statistic;
use experiments::clustered::{Cluster, Clustered, difference};

use crate::trust::Share;
use crate::trust::behaviour::ONE_LOOK;
use evaluation::faithfulness::ReplayedReason;

/// From weak to strong.
pub(super) const ALL: [Strength; 3] = [Strength::Weak, Strength::Moderate, Strength::Strong];

/// Of the reasons of a strength, those whose item leaves; shoppers are the units.
pub(super) fn leaves(replayed: &[Vec<ReplayedReason>], strength: Strength) -> Statistic<Share> {
    let over = clustered(replayed, strength);
    let (n, n_did) = (over.n, over.successes);
    over.interval(ONE_LOOK).map(|ci| Share { n, n_did, share: over.rate(), ci })
}

/// True where the strongest reasons that were told leave likelier than the weakest, beyond chance, and
/// no step up is a step down beyond chance.
pub(super) fn are_calibrated(replayed: &[Vec<ReplayedReason>]) -> Statistic<bool> {
    let told: Vec<Clustered> = ALL.map(|strength| clustered(replayed, strength)).into();
    let told: Vec<Clustered> = told.into_iter().filter(|over| over.n > 0).collect();
    let (Some(weakest), Some(strongest)) = (told.first(), told.last()) else {
        return Statistic::unknown("no reason could be told again: train, and take in a history");
    };
    if told.len() < 2 {
        return Statistic::unknown("all reasons are of one strength");
    }
    let gain = |low: &Clustered, high: &Clustered| difference(low, high, ONE_LOOK);
    let falls = told.windows(2).any(|pair| {
        gain(&pair[0], &pair[1]).known().is_some_and(|difference| difference.ci[1] < 0.0)
    });
    gain(weakest, strongest).and_then(|difference| match difference.ci {
        _ if falls => Statistic::Known(false),
        [low, _] if low > 0.0 => Statistic::Known(true),
        _ => Statistic::unknown("too few reasons of different strengths to tell"),
    })
}

fn clustered(replayed: &[Vec<ReplayedReason>], strength: Strength) -> Clustered {
    let of_shopper = |told: &Vec<ReplayedReason>| {
        let of_strength = told.iter().filter(|told| told.strength == strength);
        let (n, n_leave) = of_strength
            .fold((0, 0), |(n, n_leave), told| (n + 1, n_leave + u64::from(told.leaves)));
        Cluster { n, successes: n_leave }
    };
    Clustered::of(replayed.iter().map(of_shopper))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of each shopper's four reasons of a strength, so many leave.
    fn replayed(leaving: &[(Strength, usize)]) -> Vec<Vec<ReplayedReason>> {
        let of_shopper = || {
            let told = leaving.iter().flat_map(|(strength, n)| {
                (0..4).map(|at| ReplayedReason { share: 0.5, strength: *strength, leaves: at < *n })
            });
            told.collect()
        };
        (0..40).map(|_| of_shopper()).collect()
    }

    #[test]
    fn strengths_are_calibrated_only_where_more_leaves_without_stronger_reasons() {
        let verdict = |leaving: &[_]| are_calibrated(&replayed(leaving)).known().copied();
        use Strength::{Moderate, Strong, Weak};
        assert_eq!(verdict(&[(Weak, 1), (Moderate, 3), (Strong, 4)]), Some(true));
        assert_eq!(verdict(&[(Weak, 3), (Strong, 1)]), Some(false));
        assert_eq!(verdict(&[(Weak, 1), (Moderate, 4), (Strong, 2)]), Some(false), "a step down");
        assert_eq!(verdict(&[(Weak, 2), (Strong, 2)]), None, "no difference is no proof");
        assert_eq!(verdict(&[(Weak, 2)]), None);
        assert_eq!(verdict(&[]), None);
    }

    #[test]
    fn what_leaves_is_told_by_strength_with_its_interval() {
        let replayed = replayed(&[(Strength::Weak, 1), (Strength::Strong, 4)]);
        let weak = leaves(&replayed, Strength::Weak);
        let weak = weak.known().unwrap();
        assert_eq!((weak.n, weak.n_did, weak.share), (160, 40, 0.25));
        assert!(weak.ci[0] < 0.25 && weak.ci[1] > 0.25);
        assert!(leaves(&replayed, Strength::Moderate).known().is_none());
    }
}
