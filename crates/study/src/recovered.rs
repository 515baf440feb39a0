//! Whether the estimators find what is so: each arm's known effect beside what the experiment found,
//! and how often the interval holds the effect when everything that chance decided is drawn again.
//!
//! A redraw takes shoppers of each arm with replacement, and draws anew what they did and answered
//! from probabilities and minds that the shop never sees; the same analysis then runs on it. The
//! effect that its interval should hold is the difference of the arms' means over all shoppers.

use domain::Statistic;
use experimentation::experiment::Results;
use experimentation::survey::scored_row;
use experiments::{Columns, Estimate, Settings, analyse};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};
use simulate::Mind;
use simulate::mind::Scale;
use trust::Questionnaire;
use trust::score::{Dimension, Rules, overall};

use crate::Arm;
use crate::ticks::{level, ticks};
use crate::visits::{Group, Known, Logged};

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sought {
    /// Share of shoppers who bought.
    Conversion,
    /// Clicks per item shown.
    Ctr,
    /// Trust score, 0 to 100.
    Trust,
}

impl Sought {
    /// Everything that is looked for.
    pub const ALL: [Self; 3] = [Self::Trust, Self::Conversion, Self::Ctr];

    /// The name of its metric.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Conversion => "conversion",
            Self::Ctr => "ctr",
            Self::Trust => "trust",
        }
    }
}

/// One known effect, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recovered {
    /// The arm; the control is the blend without reasons.
    pub arm: Arm,
    /// What is looked for.
    pub sought: Sought,
    /// The known difference to the control.
    pub truth: f64,
    /// What the experiment found.
    pub found: Statistic<Estimate>,
    /// Share of redraws whose 95 % interval held the truth.
    pub coverage: f64,
    /// Mean of what the redraws found, less the truth.
    pub bias: f64,
    /// Redraws.
    pub n_redraws: usize,
}

/// The shoppers of one arm.
struct Crowd<'a>(Vec<&'a Known>);

pub(crate) fn recover(
    logged: &Logged,
    results: &Results,
    (n_redraws, seed): (usize, u64),
    tell: &dyn Fn(usize, usize),
) -> Vec<Recovered> {
    let crowd = |arm| {
        let of_arm = logged.shoppers.values().filter(|known| known.group == Group::Arm(arm));
        Crowd(of_arm.collect())
    };
    let control = crowd(Arm::CONTROL);
    let treatments = Arm::ALL.into_iter().filter(|arm| *arm != Arm::CONTROL);
    let sought: Vec<_> = treatments.flat_map(|arm| Sought::ALL.map(|what| (arm, what))).collect();
    let mut found = Vec::with_capacity(sought.len());
    for (n, (arm, what)) in sought.iter().enumerate() {
        let mut rng = StdRng::seed_from_u64(seed.wrapping_add(n as u64));
        let treatment = crowd(*arm);
        let truth = treatment.truth(*what) - control.truth(*what);
        let redraws: Vec<Estimate> =
            (0..n_redraws).filter_map(|_| redraw(&control, &treatment, *what, &mut rng)).collect();
        let n_kept = redraws.len().max(1) as f64;
        let held = redraws.iter().filter(|r| r.ci[0] <= truth && truth <= r.ci[1]).count();
        let mean = redraws.iter().map(|redraw| redraw.estimate).sum::<f64>() / n_kept;
        found.push(Recovered {
            arm: *arm,
            sought: *what,
            truth,
            found: found_by(results, *arm, *what),
            coverage: held as f64 / n_kept,
            bias: mean - truth,
            n_redraws: redraws.len(),
        });
        tell(n + 1, sought.len());
    }
    found
}

/// What the experiment itself found.
fn found_by(results: &Results, arm: Arm, what: Sought) -> Statistic<Estimate> {
    let reports = results.metrics.iter().filter_map(|metric| metric.analysis.known());
    let mut reports = reports.map(|analysis| &analysis.report);
    let comparisons = reports.find(|report| report.metric == what.name());
    let comparison = comparisons.and_then(|report| {
        report.comparisons.iter().find(|comparison| comparison.treatment == arm.name())
    });
    match comparison {
        Some(comparison) => comparison.absolute.clone(),
        None => Statistic::unknown("the experiment did not compare this"),
    }
}

fn redraw(
    control: &Crowd<'_>,
    treatment: &Crowd<'_>,
    what: Sought,
    rng: &mut StdRng,
) -> Option<Estimate> {
    let mut columns = Columns::default();
    let mut denominators = Vec::new();
    for (name, crowd) in [("control", control), ("treatment", treatment)] {
        for _ in 0..crowd.n_asked(what) {
            let (value, of) = crowd.draw(what, rng)?;
            columns.variant.push(Some(name.to_owned()));
            columns.metric.push(value);
            denominators.push(of);
        }
    }
    columns.denominator = (what == Sought::Ctr).then_some(denominators);
    let analysis = analyse(&columns, what.name(), "control", &Settings::default()).ok()?;
    analysis.report.comparisons.first()?.absolute.known().copied()
}

impl Crowd<'_> {
    /// The mean over everyone in the arm, of what is expected of each.
    fn truth(&self, what: Sought) -> f64 {
        let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
        match what {
            Sought::Conversion => mean(self.0.iter().map(|known| p_converts(known)).collect()),
            Sought::Ctr => {
                mean(self.0.iter().flat_map(|known| known.p_clicks.iter().copied()).collect())
            }
            Sought::Trust => {
                mean(self.0.iter().filter_map(|k| k.asked.as_ref()).filter_map(expected).collect())
            }
        }
    }

    /// How many are drawn: about half answer the questionnaire, as in the study.
    fn n_asked(&self, what: Sought) -> usize {
        match what {
            Sought::Trust => self.0.iter().filter(|known| known.asked.is_some()).count() / 2,
            Sought::Conversion | Sought::Ctr => self.0.len(),
        }
    }

    /// One shopper, and what comes of it this time.
    fn draw(&self, what: Sought, rng: &mut StdRng) -> Option<(Option<f64>, Option<f64>)> {
        let known = self.0.get(rng.random_range(0..self.0.len().max(1)))?;
        Some(match what {
            Sought::Conversion => (Some(f64::from(hits(p_converts(known), rng))), None),
            Sought::Ctr => {
                let clicks = known.p_clicks.iter().filter(|p| hits(**p, rng)).count() as f64;
                (Some(clicks), Some(known.p_clicks.len() as f64))
            }
            Sought::Trust => (known.asked.as_ref().and_then(|mind| answered(mind, rng)), None),
        })
    }
}

fn hits(probability: f64, rng: &mut StdRng) -> bool {
    rng.random::<f64>() < probability
}

fn p_converts(known: &Known) -> f64 {
    if known.bought_anyway { 1.0 } else { 1.0 - known.p_nothing }
}

/// The score of somebody's answers, drawn anew; `None` where they did not read what they were asked.
fn answered(mind: &Mind, rng: &mut StdRng) -> Option<f64> {
    let mut mind = mind.reborn(rng.random());
    let questionnaire = Questionnaire::current();
    let ticks = ticks(&mut mind);
    if !questionnaire.was_read(&ticks) {
        return None;
    }
    let (questions, row) = scored_row(questionnaire, &ticks);
    let rules = Rules { n_points: questionnaire.n_points, ..Rules::default() };
    overall(&questions, &row, rules)
}

/// The score that somebody's answers have on average.
fn expected(mind: &Mind) -> Option<f64> {
    if !mind.reads_questions() {
        return None;
    }
    let questionnaire = Questionnaire::current();
    let (n_points, attitudes) = (questionnaire.n_points, mind.attitudes());
    let scored = questionnaire.scored();
    let of_dimension = |dimension| {
        let points = scored.iter().filter(|(_, question)| question.dimension == dimension);
        let points = points.map(|(item, _)| {
            let scale = Scale { n_points, reversed: item.reversed };
            let tick = mind.expected_answer(level(&attitudes, item.construct), scale);
            let share = (tick - 1.0) / f64::from(n_points - 1) * 100.0;
            if item.reversed { 100.0 - share } else { share }
        });
        let points: Vec<f64> = points.collect();
        points.iter().sum::<f64>() / points.len().max(1) as f64
    };
    let sum: f64 = Dimension::ALL.into_iter().map(of_dimension).sum();
    Some(sum / Dimension::ALL.len() as f64)
}

/// The mean of what those of an arm would answer, were everyone asked.
pub(crate) fn true_trust(logged: &Logged, arm: Arm) -> f64 {
    let of_arm = logged.shoppers.values().filter(|known| known.group == Group::Arm(arm));
    Crowd(of_arm.collect()).truth(Sought::Trust)
}
