//! The differences that decide, as figures: one for each unit, since no axis holds two.

use charts::{Axis, Bar, Bars, Chart, Unit};
use experimentation::experiment::{Metric, MetricResult, Results};

use super::measured::Measured;
use super::{Texts, metric_name, of_treatment};
use crate::frame::Frame;

/// The figures of one treatment.
pub(super) fn of(
    results: &Results,
    treatment: &str,
    texts: &'static Texts,
    frame: &Frame,
) -> Vec<String> {
    let named = |metric| metric_name(metric, frame.lang);
    let figure = |measured: Measured| {
        let of_unit = Metric::ALL.into_iter().zip(&results.metrics);
        let of_unit = of_unit.filter(|(metric, _)| Measured::of(*metric) == measured);
        let bars: Vec<Bar> =
            of_unit.filter_map(|(metric, result)| bar(metric, result, treatment, frame)).collect();
        let (title, axis) = match measured {
            Measured::Share => (texts.in_shares, texts.share_points),
            Measured::Money => (named(Metric::Revenue), texts.absolute),
            Measured::Answer => (named(Metric::Satisfaction), texts.absolute),
            Measured::Score => (named(Metric::Trust), texts.absolute),
        };
        let about = frame.about(title, texts.differences_about);
        let has_harm = bars.iter().any(|bar| bar.colour > 0);
        let legend = [texts.more_is_better, texts.more_is_worse];
        (!bars.is_empty()).then(|| {
            let chart = Bars {
                about: if has_harm { about.with_legend(legend) } else { about },
                names: texts.metric.to_owned(),
                axis: Axis::new(axis, Unit::Plain(2)),
                bars,
            };
            chart.figure()
        })
    };
    Measured::ALL.into_iter().filter_map(figure).collect()
}

fn bar(metric: Metric, result: &MetricResult, treatment: &str, frame: &Frame) -> Option<Bar> {
    let difference = of_treatment(result, treatment)?.sequential_absolute.known()?;
    let scaled = |value: f64| Measured::of(metric).scaled(value);
    Some(Bar {
        label: metric_name(metric, frame.lang).to_owned(),
        value: Some(scaled(difference.estimate)),
        interval: Some(difference.ci.map(scaled)),
        colour: usize::from(result.is_harm),
    })
}
