//! The gain of a rank: hit rate, NDCG and reciprocal rank with one relevant item.
//!
//! Responsible for the formulas only; a metric is a function of the rank and of nothing else.

/// A metric of one case, from the rank of its target (from 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// 1 when the target is among the first k.
    HitRate(usize),
    /// Normalised discounted cumulative gain at k (Järvelin and Kekäläinen, TOIS 2002). With one
    /// relevant item the ideal gain is 1, so it is 1 / log2(rank + 1) within k and 0 beyond.
    Ndcg(usize),
    /// 1 / rank over the full ranking, never cut off; its mean is the MRR.
    ReciprocalRank,
}

impl Metric {
    /// The value at a rank from 1.
    ///
    /// ```
    /// use metrics::Metric;
    /// assert_eq!(Metric::HitRate(5).of(5), 1.0);
    /// assert_eq!(Metric::Ndcg(10).of(3), 0.5); // 1 / log2(4)
    /// assert_eq!(Metric::ReciprocalRank.of(4), 0.25);
    /// ```
    #[must_use]
    pub fn of(self, rank: usize) -> f64 {
        match self {
            Self::HitRate(k) => f64::from(u8::from(rank <= k)),
            Self::Ndcg(k) if rank <= k => 1.0 / (rank as f64 + 1.0).log2(),
            Self::Ndcg(_) => 0.0,
            Self::ReciprocalRank => 1.0 / rank as f64,
        }
    }

    /// The name in reports, e.g. `ndcg@10`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::HitRate(k) => format!("hr@{k}"),
            Self::Ndcg(k) => format!("ndcg@{k}"),
            Self::ReciprocalRank => "mrr".to_owned(),
        }
    }

    /// The metric of this name in reports.
    ///
    /// ```
    /// use metrics::Metric;
    /// assert_eq!(Metric::named("ndcg@10"), Some(Metric::Ndcg(10)));
    /// assert_eq!(Metric::named("coverage@10"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name == "mrr" {
            return Some(Self::ReciprocalRank);
        }
        let (what, k) = name.split_once('@')?;
        let k = k.parse().ok()?;
        match what {
            "hr" => Some(Self::HitRate(k)),
            "ndcg" => Some(Self::Ndcg(k)),
            _ => None,
        }
    }

    /// Hit rates, then NDCGs, then MRR: the columns of a report.
    #[must_use]
    pub fn all(ks: &[usize]) -> Vec<Self> {
        let hit_rates = ks.iter().map(|&k| Self::HitRate(k));
        let ndcgs = ks.iter().map(|&k| Self::Ndcg(k));
        hit_rates.chain(ndcgs).chain([Self::ReciprocalRank]).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ndcg_of_the_first_ranks_is_what_the_paper_says() {
        // By hand: 1/log2(2), 1/log2(3), 1/log2(6), 1/log2(11).
        let expected = [(1, 1.0), (2, 0.630_929_754), (5, 0.386_852_807), (10, 0.289_064_826)];
        for (rank, value) in expected {
            assert!((Metric::Ndcg(10).of(rank) - value).abs() < 1e-8, "{rank}");
        }
        assert_eq!(Metric::Ndcg(10).of(11), 0.0);
    }

    #[test]
    fn columns_come_in_the_order_of_a_report() {
        let names: Vec<_> = Metric::all(&[5, 10]).into_iter().map(Metric::name).collect();
        assert_eq!(names, ["hr@5", "hr@10", "ndcg@5", "ndcg@10", "mrr"]);
    }

    proptest! {
        #[test]
        fn more_room_never_hurts_and_ndcg_never_exceeds_the_hit(rank in 1usize..200, k in 1usize..100) {
            prop_assert!(Metric::HitRate(k).of(rank) <= Metric::HitRate(k + 1).of(rank));
            prop_assert!(Metric::Ndcg(k).of(rank) <= Metric::Ndcg(k + 1).of(rank));
            prop_assert!(Metric::Ndcg(k).of(rank) <= Metric::HitRate(k).of(rank));
        }

        #[test]
        fn a_better_rank_is_never_worth_less(rank in 1usize..200, k in 1usize..100) {
            for metric in Metric::all(&[k]) {
                prop_assert!(metric.of(rank) >= metric.of(rank + 1));
            }
        }
    }
}
