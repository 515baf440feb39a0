//! Metrics of rankings: how well rankers find the item that came next, and what their lists are
//! like.
//!
//! Responsible for splitting data into what is learned from and what is asked ([`split`]), for
//! asking every ranker every case ([`evaluate`]), for accuracy with intervals, and for reports.
//! Every item is a candidate, never a sample of them: sampled candidates change the order of models
//! (Krichene and Rendle, KDD 2020). A ranker is anything that implements [`Ranker`].

pub mod bootstrap;
pub mod error;
pub mod lists;
pub mod metric;
pub mod rank;
pub mod report;
pub mod segment;
pub mod split;
pub mod table;

use std::sync::atomic::{AtomicUsize, Ordering};

use interactions::{Interactions, ItemIdx, Query};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

pub use bootstrap::{Estimate, PairedDifference, Resampling, paired_bootstrap};
pub use error::EvaluationError;
pub use lists::{Catalogue, ListQuality, Similarity};
pub use metric::Metric;
pub use rank::{Candidates, Excluded};
pub use report::{Comparison, EvaluationReport, Row, Seen, SegmentReport};
pub use segment::Segment;
pub use table::table;

use crate::split::{Case, Protocol, Split};

/// Anything that scores all items for a history.
pub trait Ranker: Sync {
    /// The name in reports.
    fn name(&self) -> String;

    /// Replaces `scores` with one score per item of the catalogue, higher = better. The history is
    /// newest first; it may be empty.
    fn score(&self, query: Query<'_>, scores: &mut Vec<f32>);
}

/// The measurements to make, and the data to compare with.
#[derive(Clone)]
pub struct EvaluateOptions<'a> {
    /// How data was split.
    pub protocol: Protocol,
    /// The data that rankers were fitted on: gives the catalogue, popularity, and cold items.
    pub train: &'a Interactions,
    /// Where hit rate and NDCG are cut.
    pub ks: Vec<usize>,
    /// Length of the lists that coverage and the like describe.
    pub list_length: usize,
    /// Bootstrap resamples behind each interval; at least 1000.
    pub n_bootstrap: usize,
    /// Seed of ties and resamples.
    pub seed: u64,
    /// How many of the last events rankers see. Masking always covers the whole history.
    pub history_len: usize,
    /// For diversity; without it, diversity is not reported.
    pub similarity: Option<Similarity<'a>>,
    /// Whether to report parts of the cases too.
    pub segments: bool,
    /// Name of the ranker that every other is compared with, if any.
    pub main: Option<String>,
}

impl<'a> EvaluateOptions<'a> {
    /// The usual measurements on validation cases, for rankers fitted on `split.train`: cut at 5,
    /// 10 and 20, lists of 10, 1000 resamples, the last 50 events, with segments.
    #[must_use]
    pub fn on_validation(split: &'a Split) -> Self {
        Self::usual(split.protocol, &split.train)
    }

    /// The same on test cases, for rankers that were refitted on `split.before_test` once their
    /// constants were chosen.
    #[must_use]
    pub fn on_test(split: &'a Split) -> Self {
        Self::usual(split.protocol, &split.before_test)
    }

    fn usual(protocol: Protocol, train: &'a Interactions) -> Self {
        Self {
            protocol,
            train,
            ks: vec![5, 10, 20],
            list_length: 10,
            n_bootstrap: 1000,
            seed: 1,
            history_len: 50,
            similarity: None,
            segments: true,
            main: None,
        }
    }

    fn resampling(&self) -> Resampling {
        Resampling { n: self.n_bootstrap, seed: self.seed }
    }
}

/// How far an evaluation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvaluateProgress<'a> {
    /// The ranker being asked.
    pub model: &'a str,
    /// Its cases asked so far.
    pub n_done: usize,
    /// Cases to ask it.
    pub n_cases: usize,
}

/// Hears about progress, from any thread; told every 256 cases and at the end of each ranker.
pub type OnProgress<'a> = &'a (dyn Fn(EvaluateProgress<'_>) + Sync);

/// The outcome of one ranker on one case under one treatment of seen items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Rank of the target, from 1; `None` when it was no candidate.
    pub rank: Option<usize>,
    /// The first items, best first.
    pub list: Vec<ItemIdx>,
}

/// The two outcomes of one case, from the same scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcomes {
    /// Items of the history are no candidates.
    pub masked: Outcome,
    /// All items are candidates.
    pub unmasked: Outcome,
}

impl Outcomes {
    /// The outcome under one treatment.
    #[must_use]
    pub fn under(&self, seen: Seen) -> &Outcome {
        match seen {
            Seen::Masked => &self.masked,
            Seen::Unmasked => &self.unmasked,
        }
    }
}

/// Asks every ranker every case and reports. Cases run in parallel; the report does not depend on
/// the number of threads.
///
/// # Panics
/// When a ranker gives a number of scores other than `options.train.n_items`, which is a defect of
/// the ranker.
#[must_use]
pub fn evaluate(
    rankers: &[&dyn Ranker],
    cases: &[Case],
    options: &EvaluateOptions<'_>,
    on_progress: OnProgress<'_>,
) -> EvaluationReport {
    let asked: Vec<Asked> = rankers
        .iter()
        .map(|ranker| Asked {
            model: ranker.name(),
            outcomes: ask(*ranker, cases, options, on_progress),
        })
        .collect();
    let catalogue = Catalogue::new(options.train);
    let everyone: Vec<usize> = (0..cases.len()).collect();
    let segments = match options.segments {
        true => segment_reports(&asked, cases, &catalogue, options),
        false => Vec::new(),
    };
    EvaluationReport {
        protocol: options.protocol,
        n_shoppers: n_shoppers(cases, &everyone),
        rows: rows(&asked, &everyone, &catalogue, options),
        comparisons: comparisons(&asked, options),
        segments,
    }
}

/// Asks one ranker every case; outcomes are in the order of the cases.
///
/// # Panics
/// As [`evaluate`].
#[must_use]
pub fn ask(
    ranker: &dyn Ranker,
    cases: &[Case],
    options: &EvaluateOptions<'_>,
    on_progress: OnProgress<'_>,
) -> Vec<Outcomes> {
    let (model, n_done) = (ranker.name(), AtomicUsize::new(0));
    let of_case = |scores: &mut Vec<f32>, case: &Case| {
        let history = case.recent(options.history_len);
        ranker.score(Query { history: &history, context: case.context }, scores);
        let n_items = options.train.n_items;
        assert_eq!(scores.len(), n_items, "{model} scores every item once");
        let n_done = n_done.fetch_add(1, Ordering::Relaxed) + 1;
        if n_done.is_multiple_of(256) || n_done == cases.len() {
            on_progress(EvaluateProgress { model: &model, n_done, n_cases: cases.len() });
        }
        outcomes(scores, case, options)
    };
    cases.par_iter().map_init(Vec::new, of_case).collect()
}

fn outcomes(scores: &[f32], case: &Case, options: &EvaluateOptions<'_>) -> Outcomes {
    let salt = rank::salt(options.seed, case.shopper_idx);
    let outcome = |excluded: &Excluded| {
        let candidates = Candidates { scores, excluded, salt };
        Outcome { rank: candidates.rank_of(case.target), list: candidates.top(options.list_length) }
    };
    Outcomes {
        masked: outcome(&Excluded::new(case.history.iter().map(|event| event.item))),
        unmasked: outcome(&Excluded::default()),
    }
}

/// Whether ranker `a` beats ranker `b`: the paired bootstrap of one metric over the same cases.
/// `None` when no case could be asked.
///
/// ```no_run
/// # use metrics::*;
/// # let (ours, theirs): (Vec<Outcomes>, Vec<Outcomes>) = (vec![], vec![]);
/// let resampling = Resampling { n: 2000, seed: 1 };
/// let found = compare(&ours, &theirs, Metric::Ndcg(10), Seen::Masked, resampling);
/// ```
///
/// # Panics
/// When the two were not [`ask`]ed the same cases.
#[must_use]
pub fn compare(
    a: &[Outcomes],
    b: &[Outcomes],
    metric: Metric,
    seen: Seen,
    resampling: Resampling,
) -> Option<PairedDifference> {
    let values = |outcomes: &[Outcomes]| -> Vec<f64> {
        let ranks = outcomes.iter().filter_map(|outcome| outcome.under(seen).rank);
        ranks.map(|rank| metric.of(rank)).collect()
    };
    paired_bootstrap(&values(a), &values(b), resampling)
}

/// A ranker after it was asked.
struct Asked {
    model: String,
    outcomes: Vec<Outcomes>,
}

/// The main ranker against each other.
fn comparisons(asked: &[Asked], options: &EvaluateOptions<'_>) -> Vec<Comparison> {
    let is_main = |asked: &&Asked| options.main.as_ref() == Some(&asked.model);
    let Some(main) = asked.iter().find(is_main) else { return Vec::new() };
    let against = |other: &Asked| {
        let (metric, resampling) = (Metric::Ndcg(10), options.resampling());
        let difference =
            compare(&main.outcomes, &other.outcomes, metric, Seen::Masked, resampling)?;
        let (model, against) = (main.model.clone(), other.model.clone());
        Some(Comparison { model, against, ndcg_at_10: difference })
    };
    asked.iter().filter(|other| other.model != main.model).filter_map(against).collect()
}

fn rows(
    asked: &[Asked],
    part: &[usize],
    catalogue: &Catalogue,
    options: &EvaluateOptions<'_>,
) -> Vec<Row> {
    let pairs = asked.iter().flat_map(|asked| Seen::ALL.map(|seen| (asked, seen)));
    pairs.map(|(asked, seen)| row(asked, seen, part, catalogue, options)).collect()
}

fn row(
    asked: &Asked,
    seen: Seen,
    part: &[usize],
    catalogue: &Catalogue,
    options: &EvaluateOptions<'_>,
) -> Row {
    let outcomes = part.iter().map(|&case| asked.outcomes[case].under(seen));
    let (ranks, lists): (Vec<usize>, Vec<&[ItemIdx]>) =
        outcomes.filter_map(|outcome| Some((outcome.rank?, outcome.list.as_slice()))).unzip();
    let metrics = Metric::all(&options.ks);
    let estimates = match bootstrap::estimates(&ranks, &metrics, options.resampling()) {
        Some(estimates) => estimates.into_iter().map(Some).collect(),
        None => vec![None; metrics.len()],
    };
    Row {
        model: asked.model.clone(),
        seen,
        n: ranks.len(),
        accuracy: metrics.into_iter().zip(estimates).collect(),
        list_length: options.list_length,
        lists: ListQuality::of(&lists, catalogue, options.similarity),
    }
}

fn segment_reports(
    asked: &[Asked],
    cases: &[Case],
    catalogue: &Catalogue,
    options: &EvaluateOptions<'_>,
) -> Vec<SegmentReport> {
    let of_segment = |segment: Segment| {
        let holds = |&case: &usize| segment.holds(&cases[case], options.train, catalogue);
        let part: Vec<usize> = (0..cases.len()).filter(holds).collect();
        SegmentReport {
            segment,
            n_shoppers: n_shoppers(cases, &part),
            rows: rows(asked, &part, catalogue, options),
        }
    };
    let reports = Segment::ALL.into_iter().map(of_segment);
    reports.filter(|report| report.n_shoppers > 0).collect()
}

fn n_shoppers(cases: &[Case], part: &[usize]) -> usize {
    let shoppers = part.iter().map(|&case| cases[case].shopper_idx);
    shoppers.collect::<FxHashSet<_>>().len()
}

#[cfg(test)]
mod tests;
