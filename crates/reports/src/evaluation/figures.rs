//! The figures of an evaluation.

use charts::{About, Axis, Bar, Bars, Line, Lines, Point, Scatter, Unit};
use domain::Language;
use evaluation::evaluate::{
    BLEND, Metric, NOT_UPDATED, Row, Seen, SegmentReport, SequenceReport, SignalReport, UPDATED,
    WITHOUT_SEQUENCE,
};
use messages::message;

use super::texts::{Texts, model_name, signal_name};

/// Colours of what is ours and of what it is held against.
const OURS: usize = 0;
const BASELINE: usize = 1;

/// Draws in one language.
pub(super) struct Figures {
    pub(super) lang: Language,
    pub(super) texts: &'static Texts,
}

/// Rows under the usual treatment: seen items are no candidates.
fn masked(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().filter(|row| row.seen == Seen::Masked)
}

/// Baselines are what is neither a signal, nor a blend of them, nor the list as served.
fn is_baseline(model: &str) -> bool {
    let own = [BLEND, WITHOUT_SEQUENCE, NOT_UPDATED, UPDATED, "served"];
    let signals = ["transition", "text", "sequence", "popularity", "context"];
    !own.contains(&model) && !signals.contains(&model)
}

impl Figures {
    /// NDCG@10 and HR@10 of every model, best first.
    pub(super) fn accuracy(&self, rows: &[Row]) -> [Bars; 2] {
        [Metric::Ndcg(10), Metric::HitRate(10)].map(|metric| {
            self.bars(rows, metric, self.about(self.texts.accuracy_figure, metric.name()))
        })
    }

    /// NDCG@10 of every model on a part of the shoppers.
    pub(super) fn part(&self, part: &SegmentReport) -> Bars {
        let metric = Metric::Ndcg(10);
        let about = self.about(self.texts.segment(part.segment), metric.name());
        self.bars(&part.rows, metric, about)
    }

    /// NDCG@10 against coverage, diversity and novelty of the lists.
    pub(super) fn trade_offs(&self, rows: &[Row]) -> Vec<Scatter> {
        let of_lists = |axis: Axis, value: fn(&Row) -> Option<f64>| {
            let point = |row: &Row| Point {
                label: model_name(&row.model, self.lang),
                x: value(row),
                y: row.estimate(Metric::Ndcg(10)).map(|estimate| estimate.mean),
                colour: if is_baseline(&row.model) { BASELINE } else { OURS },
            };
            Scatter {
                about: self.about(self.texts.trade_off_figure, &axis.label),
                names: self.texts.model.to_owned(),
                x: axis,
                y: Axis::new(Metric::Ndcg(10).name(), Unit::Plain(4)),
                points: masked(rows).map(point).filter(|point| point.x.is_some()).collect(),
            }
        };
        let scatters = [
            of_lists(Axis::new(self.texts.coverage, Unit::Percent(1)), |row| row.lists.coverage),
            of_lists(Axis::new(self.texts.diversity, Unit::Plain(3)), |row| row.lists.diversity),
            of_lists(Axis::new(self.texts.novelty, Unit::Plain(2)), |row| row.lists.novelty),
        ];
        scatters.into_iter().filter(|scatter| !scatter.points.is_empty()).collect()
    }

    /// The learned weight of each signal.
    pub(super) fn weights(&self, signals: &[SignalReport]) -> Bars {
        let bar = |signal: &SignalReport| Bar {
            label: signal_name(signal.signal, self.lang),
            value: Some(f64::from(signal.weight)),
            interval: None,
            colour: OURS,
        };
        Bars {
            about: About::new(self.texts.weights_figure, self.texts.weights_description, self.lang),
            names: self.texts.signal.to_owned(),
            axis: Axis::new(self.texts.weight, Unit::Plain(3)),
            bars: signals.iter().map(bar).collect(),
        }
    }

    /// Accuracy of the Transformer on validation against seconds of training.
    pub(super) fn learning(&self, sequence: &SequenceReport) -> Lines {
        let mut seconds = 0.0;
        let (mut ndcgs, mut hit_rates) = (Vec::new(), Vec::new());
        for epoch in &sequence.epochs {
            seconds += epoch.training_s;
            if let Some(ranking) = epoch.validation {
                ndcgs.push((seconds, ranking.ndcg));
                hit_rates.push((seconds, ranking.hit_rate));
            }
        }
        let line = |label: &str, points| Line { label: label.to_owned(), points };
        Lines {
            about: About::new(
                self.texts.learning_figure,
                self.texts.learning_description,
                self.lang,
            ),
            x: Axis::new(self.texts.seconds, Unit::Plain(1)),
            y: Axis::new(self.texts.on_validation, Unit::Plain(4)),
            lines: vec![line("HR@10", hit_rates), line("NDCG@10", ndcgs)],
            step: None,
        }
    }

    /// A figure of every model: its title names what is measured, since several show the same.
    fn about(&self, title: &str, measured: impl std::fmt::Display) -> About {
        let legend = [self.texts.ours, self.texts.baselines];
        let measured = measured.to_string();
        let title =
            message!(self.lang, "report-evaluation-figure-title", title: title, measured: measured);
        About::new(title, self.texts.accuracy_description, self.lang).with_legend(legend)
    }

    fn bars(&self, rows: &[Row], metric: Metric, about: About) -> Bars {
        let bars = model_bars(rows, metric, self.lang);
        let axis = Axis::new(metric.name(), Unit::Plain(4));
        Bars { about, names: self.texts.model.to_owned(), axis, bars }
    }
}

/// A bar for every model, best first, baselines in another colour than ours.
#[must_use]
pub fn model_bars(rows: &[Row], metric: Metric, lang: Language) -> Vec<Bar> {
    let bar = |row: &Row| {
        let estimate = row.estimate(metric);
        Bar {
            label: model_name(&row.model, lang),
            value: estimate.map(|estimate| estimate.mean),
            interval: estimate.map(|estimate| estimate.ci),
            colour: if is_baseline(&row.model) { BASELINE } else { OURS },
        }
    };
    let mut bars: Vec<Bar> = masked(rows).map(bar).collect();
    let value = |bar: &Bar| bar.value.unwrap_or(-1.0);
    bars.sort_by(|a, b| value(b).total_cmp(&value(a)));
    bars
}
