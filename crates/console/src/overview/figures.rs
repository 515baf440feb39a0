//! The figures of the overview. Each says in its title whether its numbers are simulated.

use ::signals::FitReport;
use charts::{About, Axis, Bar, Bars, Line, Lines, Pie, Slice, Unit};
use domain::Language;
use domain::time::DAY_MS;
use evaluation::evaluate::{Metric, Row};
use evaluation::kept::KeptEvaluation;
use experimentation::survey::Satisfaction;
use experimentation::trust::{Dimension, Scores};
use insights::overview::{Conversion, Day};
use messages::message;
use presentation::signals;
use reports::evaluation::model_bars;

use super::texts::Texts;

const BLEND: usize = 1;
const ALONE: usize = 0;

/// Draws in one language.
pub(super) struct Figures {
    pub(super) lang: Language,
    pub(super) texts: &'static Texts,
    pub(super) stamp: &'static str,
}

impl Figures {
    /// Titles say it, for whoever copies a figure without its page.
    fn about(&self, title: &str, description: &str) -> About {
        let title =
            message!(self.lang, "console-title-with-stamp", title: title, stamp: self.stamp);
        About::new(title, description, self.lang)
    }

    /// NDCG@10 of every model on the test events, best first; nothing where nobody was asked.
    pub(super) fn tested(&self, kept: &KeptEvaluation) -> Option<Bars> {
        let rows = &kept.evaluated.report.rows;
        let metric = metric_of(rows)?;
        let bars = model_bars(rows, metric, self.lang);
        let legend = [self.texts.ours_legend, self.texts.baseline_legend];
        let about = self.about(self.texts.tested_title, self.texts.tested_about);
        bars.iter().any(|bar| bar.value.is_some()).then(|| Bars {
            about: about.with_legend(legend),
            names: self.texts.signal.to_owned(),
            axis: Axis::new(metric.name().to_uppercase(), Unit::Plain(4)),
            bars,
        })
    }

    /// NDCG@10 on validation; nothing where nobody was held out.
    pub(super) fn validated(&self, report: &FitReport) -> Option<Bars> {
        if report.n_validation == 0 {
            return None;
        }
        let bar = |label: String, ndcg: f32, colour| Bar {
            label,
            value: Some(f64::from(ndcg)),
            interval: None,
            colour,
        };
        let mut bars = vec![bar(self.texts.blend.to_owned(), report.blend.ndcg_at_10, BLEND)];
        bars.extend(report.signals.iter().map(|signal| {
            let name = serde_json::to_value(signal.signal).ok();
            let name = name.as_ref().and_then(|name| name.as_str()).unwrap_or_default();
            let label = signals::label(name, self.lang).to_owned();
            bar(label, signal.alone.ndcg_at_10, ALONE)
        }));
        bars.sort_by(|a, b| b.value.unwrap_or(0.0).total_cmp(&a.value.unwrap_or(0.0)));
        let legend = [self.texts.alone_legend, self.texts.blend_legend];
        let about = self.about(self.texts.accuracy_title, self.texts.accuracy_about);
        Some(Bars {
            about: about.with_legend(legend),
            names: self.texts.signal.to_owned(),
            axis: Axis::new("NDCG@10", Unit::Plain(4)),
            bars,
        })
    }

    /// Satisfied, neutral, dissatisfied.
    pub(super) fn satisfaction(&self, of: &Satisfaction) -> Pie {
        let slice = |label: &str, n: u64| Slice { label: label.to_owned(), value: n as f64 };
        Pie {
            about: self.about(self.texts.satisfaction_title, self.texts.satisfaction_about),
            names: self.texts.answer.to_owned(),
            axis: Axis::new(self.texts.people, Unit::Plain(0)),
            slices: vec![
                slice(self.texts.satisfied, of.satisfied),
                slice(self.texts.neutral, of.neutral),
                slice(self.texts.dissatisfied, of.dissatisfied),
            ],
        }
    }

    /// Four dimensions and all of them; nothing where none is known.
    pub(super) fn trust(&self, scores: &Scores) -> Option<Bars> {
        let of_dimension = Dimension::ALL.map(|dimension| {
            let score = scores.dimensions.get(&dimension).and_then(|score| score.known());
            (self.dimension(dimension), score, ALONE)
        });
        let overall = (self.texts.overall, scores.overall.known(), BLEND);
        let bars = of_dimension.into_iter().chain([overall]).map(|(label, score, colour)| Bar {
            label: label.to_owned(),
            value: score.map(|score| score.estimate),
            interval: score.and_then(|score| score.ci.known().copied()),
            colour,
        });
        let bars: Vec<Bar> = bars.collect();
        bars.iter().any(|bar| bar.value.is_some()).then(|| Bars {
            about: self.about(self.texts.trust_title, self.texts.trust_about),
            names: self.texts.dimension.to_owned(),
            axis: Axis::new(self.texts.score, Unit::Plain(1)).between(0.0, 100.0),
            bars,
        })
    }

    fn dimension(&self, dimension: Dimension) -> &'static str {
        match dimension {
            Dimension::Usefulness => self.texts.usefulness,
            Dimension::Reliability => self.texts.reliability,
            Dimension::Safety => self.texts.safety,
            Dimension::Fairness => self.texts.fairness,
        }
    }

    /// A line for everybody, and one for each variant of the chosen experiment.
    pub(super) fn conversion(
        &self,
        conversion: &Conversion,
        chosen: Option<usize>,
    ) -> Option<Lines> {
        let last = conversion.until.map_or(0, |until| until.0.div_euclid(DAY_MS));
        let line = |label: &str, days: &[Day]| Line {
            label: label.to_owned(),
            points: days.iter().map(|day| ((last + day.before) as f64, day.share())).collect(),
        };
        let chosen = chosen.and_then(|at| conversion.by_experiment.get(at)).into_iter();
        let by_variant = chosen.flat_map(|(experiment, variants)| {
            let lines = variants.iter();
            lines.map(move |(variant, days)| line(&format!("{experiment}/{variant}"), days))
        });
        let everybody = line(self.texts.everybody, &conversion.everybody);
        let lines: Vec<Line> = [everybody].into_iter().chain(by_variant).collect();
        (!conversion.everybody.is_empty()).then(|| Lines {
            about: self.about(self.texts.conversion_title, self.texts.conversion_about),
            x: Axis::new(self.texts.day, Unit::Day),
            y: Axis::new(self.texts.bought, Unit::Percent(1)),
            lines,
            step: Some(1.0),
        })
    }
}

/// NDCG@10, or at the first cut that was asked for.
fn metric_of(rows: &[Row]) -> Option<Metric> {
    let metrics = rows.first()?.accuracy.iter().map(|(metric, _)| *metric);
    let ndcgs: Vec<Metric> = metrics.filter(|m| matches!(m, Metric::Ndcg(_))).collect();
    ndcgs.iter().find(|m| **m == Metric::Ndcg(10)).or(ndcgs.first()).copied()
}
