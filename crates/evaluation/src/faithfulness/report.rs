//! What the benchmark found, as numbers with intervals and as a table.

use std::fmt::Write as _;

use domain::ModelVersion;
use explain::faithfulness::{Mean, f_ns};
use serde::{Deserialize, Serialize};

use super::case::{Outcome, Outcomes};
use super::{Calibration, Explainer, SIZES, Sanity};

/// The whole benchmark. Metrics are defined in the module `explain::faithfulness`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaithfulnessReport {
    /// True when the shop's data are simulated.
    pub simulated: bool,
    /// The model that was explained.
    pub model_version: ModelVersion,
    /// Shoppers asked.
    pub n_shoppers: usize,
    /// Seed of the draw.
    pub seed: u64,
    /// Each signal alone that depends on history, then the blend.
    pub rankers: Vec<RankerReport>,
    /// What an explanation must and must not survive.
    pub sanity: Sanity,
    /// What strength says about flips.
    pub calibration: Calibration,
}

/// One ranker, explained by everyone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RankerReport {
    /// A signal, or `blend`.
    pub ranker: String,
    /// Items explained: those among the first ten that owe anything to history.
    pub n_targets: usize,
    /// One row per explainer.
    pub rows: Vec<Row>,
    /// What the search behind `flips` claims certifies.
    pub search: Searched,
}

/// One explainer on one ranker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Who explains.
    pub explainer: Explainer,
    /// The metrics at each number of events.
    pub steps: Vec<Step>,
    /// Share of items that leave the list once this explainer's first four events at most are
    /// masked, and mean size of the set after giving back what need not be masked.
    pub flipped: Searched,
}

/// The metrics at one number of events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "defined in `explain::faithfulness`")]
pub struct Step {
    pub k_e: usize,
    pub pos_5: Mean,
    pub pos_10: Mean,
    pub pos_20: Mean,
    pub del: Mean,
    pub ins: Mean,
    pub cdcg: Mean,
    pub pn: Mean,
    pub ps: Mean,
    pub f_ns: f64,
}

/// Certified sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Searched {
    /// Share of explained items for which a set was certified.
    pub certified: Mean,
    /// Mean size of those sets; missing where there are none.
    pub mean_size: Option<f64>,
    /// How many sets have 1, 2, 3 and 4 events.
    pub sizes: [usize; 4],
}

impl Searched {
    fn new(per_shopper: &[Vec<Option<usize>>]) -> Option<Self> {
        let share =
            |sets: &Vec<Option<usize>>| sets.iter().flatten().count() as f64 / sets.len() as f64;
        let found: Vec<usize> = per_shopper.iter().flatten().flatten().copied().collect();
        let mean_size =
            (!found.is_empty()).then(|| found.iter().sum::<usize>() as f64 / found.len() as f64);
        let sizes = [1, 2, 3, 4].map(|size| found.iter().filter(|&&s| s == size).count());
        let shares: Vec<f64> = per_shopper.iter().map(share).collect();
        Some(Self { certified: Mean::of(&shares)?, mean_size, sizes })
    }
}

impl RankerReport {
    pub(super) fn new(ranker: String, explainers: &[Explainer], outcomes: &[Outcomes]) -> Self {
        let asked: Vec<&Outcomes> = outcomes.iter().filter(|o| !o.searched.is_empty()).collect();
        let searched: Vec<_> = asked.iter().map(|o| o.searched.clone()).collect();
        let row = |(n, &explainer): (usize, &Explainer)| {
            let per_shopper: Vec<&[Outcome]> =
                asked.iter().map(|o| o.of_explainers[n].as_slice()).collect();
            Row::new(explainer, &per_shopper)
        };
        let empty = Mean { mean: 0.0, ci: [0.0, 0.0] };
        Self {
            ranker,
            n_targets: searched.iter().map(Vec::len).sum(),
            rows: explainers.iter().enumerate().filter_map(row).collect(),
            search: Searched::new(&searched).unwrap_or(Searched {
                certified: empty,
                mean_size: None,
                sizes: [0; 4],
            }),
        }
    }
}

impl Row {
    fn new(explainer: Explainer, per_shopper: &[&[Outcome]]) -> Option<Self> {
        let minimal: Vec<Vec<Option<usize>>> = per_shopper
            .iter()
            .map(|outcomes| outcomes.iter().map(|outcome| outcome.minimal).collect())
            .collect();
        let step = |(at, &k_e): (usize, &usize)| Step::new(k_e, at, per_shopper);
        let steps: Option<Vec<Step>> = SIZES.iter().enumerate().map(step).collect();
        Some(Self { explainer, steps: steps?, flipped: Searched::new(&minimal)? })
    }
}

impl Step {
    fn new(k_e: usize, at: usize, per_shopper: &[&[Outcome]]) -> Option<Self> {
        let mean = |metric: usize| {
            let of_shopper = |outcomes: &&[Outcome]| {
                let values = outcomes.iter().map(|o| o.fidelity[at].values()[metric].1);
                values.sum::<f64>() / outcomes.len() as f64
            };
            Mean::of(&per_shopper.iter().map(of_shopper).collect::<Vec<_>>())
        };
        let (pn, ps) = (mean(6)?, mean(7)?);
        Some(Self {
            k_e,
            pos_5: mean(0)?,
            pos_10: mean(1)?,
            pos_20: mean(2)?,
            del: mean(3)?,
            ins: mean(4)?,
            cdcg: mean(5)?,
            f_ns: f_ns(pn.mean, ps.mean),
            pn,
            ps,
        })
    }
}

/// The report as a table, at one event and at five.
#[must_use]
pub fn table(report: &FaithfulnessReport) -> String {
    let mut text = format!(
        "explanations of {}: {} shoppers, ranks 1 to {}; ↓ lower is better, ↑ higher\n",
        report.model_version,
        report.n_shoppers,
        super::RANKS
    );
    for ranker in &report.rankers {
        let _ = writeln!(
            text,
            "\n{} ({} items; flips certified for {}, mean size {})",
            ranker.ranker,
            ranker.n_targets,
            percent(&ranker.search.certified),
            ranker.search.mean_size.map_or("–".to_owned(), |size| format!("{size:.2}")),
        );
        let _ = writeln!(
            text,
            "  {:<22} K_e  POS@5↓ POS@10↓ POS@20↓    DEL↓    INS↑  CDCG↓    PN↑    PS↑  F_NS↑  flips↑",
            "explainer"
        );
        for row in &ranker.rows {
            for step in row.steps.iter().filter(|step| [1, 3, 5].contains(&step.k_e)) {
                let _ = writeln!(text, "{}", line(row, step));
            }
        }
    }
    text.push_str(&report.sanity.text());
    text.push_str(&report.calibration.text());
    text
}

fn line(row: &Row, step: &Step) -> String {
    let name = if step.k_e == 1 { row.explainer.name() } else { "" };
    format!(
        "  {name:<22} {:>3}  {:>6.3} {:>7.3} {:>7.3} {:>7.3} {:>7.3} {:>6.3} {:>6.3} {:>6.3} {:>6.3}  {}",
        step.k_e,
        step.pos_5.mean,
        step.pos_10.mean,
        step.pos_20.mean,
        step.del.mean,
        step.ins.mean,
        step.cdcg.mean,
        step.pn.mean,
        step.ps.mean,
        step.f_ns,
        if step.k_e == 1 { percent(&row.flipped.certified) } else { String::new() },
    )
}

fn percent(mean: &Mean) -> String {
    let half = 100.0 * (mean.ci[1] - mean.mean);
    format!("{:.1} % ±{half:.1}", 100.0 * mean.mean)
}
