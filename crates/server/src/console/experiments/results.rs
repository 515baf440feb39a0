//! What came of an experiment so far, and its end.

use std::sync::Arc;

use app::experiment::{Comparison, Conclusion, Ending, MetricResult, Results, Role, Verdict};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::{Axis, Bar, Bars, Chart, Unit};
use serde::Deserialize;

use super::texts::Texts;
use crate::browser::OwnForm;
use crate::console::frame::{Frame, Page, act, page};
use crate::console::operator::Operator;
use crate::error::ApiError;
use crate::extract::{Named, Sent};
use crate::service::{Service, now};

#[derive(Template)]
#[template(path = "console/results.html")]
struct Came {
    frame: Frame,
    texts: &'static Texts,
    name: String,
    hypothesis: String,
    stopped: bool,
    planned: String,
    /// Names and shoppers of the variants.
    assigned: Vec<(String, u64)>,
    shares: Shares,
    treatments: Vec<Treatment>,
}

/// Whether the variants got their shares.
struct Shares {
    is_known: bool,
    are_broken: bool,
    p: String,
}

/// One treatment against the control.
struct Treatment {
    name: String,
    verdict: &'static str,
    /// In the words of the analysis, which are English.
    why: String,
    figure: Option<String>,
    rows: Vec<Row>,
}

/// One metric of a treatment.
struct Row {
    metric: &'static str,
    role: &'static str,
    control: String,
    treatment: String,
    difference: String,
    interval: String,
    p: String,
    chance: String,
}

pub(crate) async fn show(
    State(service): State<Arc<Service>>,
    operator: Operator,
    Named(name): Named<String>,
) -> Response {
    page(&service, operator, Page::Experiments, move |service, operator, mut frame| {
        let texts = Texts::of(operator.lang);
        let results = service.live.experiment_results(&name, service.looker())?;
        let results = frame.known(results)?;
        let of = |name: &String| Treatment::of(&results, name, texts, &frame);
        Ok(Came {
            name: results.experiment.name.clone(),
            hypothesis: results.experiment.hypothesis.clone(),
            stopped: results.experiment.stopped,
            planned: Unit::Plain(0).text(results.experiment.planned_n),
            assigned: results.n_assigned.iter().map(|(name, n)| (name.clone(), *n)).collect(),
            shares: shares(&results),
            treatments: results.verdicts.keys().map(of).collect(),
            texts,
            frame,
        })
    })
    .await
}

/// How it is to end.
#[derive(Deserialize)]
pub(crate) struct Form {
    /// `stop`, `keep`, or the variant that everybody is to get.
    #[serde(default)]
    ending: String,
    #[serde(default)]
    why: String,
}

/// What a choice of a variant begins with.
const PROMOTE: &str = "promote:";

pub(crate) async fn end(
    State(service): State<Arc<Service>>,
    operator: Operator,
    Named(name): Named<String>,
    _: OwnForm,
    Sent(form): Sent<Form>,
) -> Response {
    act(&service, operator, Page::Experiments, move |service, _| {
        let ending = match (form.ending.as_str(), form.ending.strip_prefix(PROMOTE)) {
            ("keep", _) => Ending::Keep,
            (_, Some(variant)) => Ending::Promote { variant: variant.to_owned() },
            ("stop", None) => Ending::Stop,
            _ => return Err(no_ending()),
        };
        let why = form.why.trim().to_owned();
        service.live.conclude_experiment(&Conclusion { experiment: name, ending, why }, now())?;
        Ok("/console/experiments?done=ended".to_owned())
    })
    .await
}

fn no_ending() -> ApiError {
    let problem = "choose how it ends".to_owned();
    app::AppError::BadRequest { field: "ending", problem }.into()
}

fn shares(results: &Results) -> Shares {
    let srm = results.metrics.iter().find_map(|m| m.analysis.known()?.report.srm.known().copied());
    let invalid = |verdict: &Verdict| matches!(verdict, Verdict::Invalid { .. });
    Shares {
        is_known: srm.is_some(),
        are_broken: results.verdicts.values().any(invalid),
        p: srm.map_or_else(String::new, |srm| Unit::Plain(3).text(srm.p)),
    }
}

fn of_treatment<'r>(metric: &'r MetricResult, name: &str) -> Option<&'r Comparison> {
    let comparisons = &metric.analysis.known()?.report.comparisons;
    comparisons.iter().find(|comparison| comparison.treatment == name)
}

impl Treatment {
    fn of(results: &Results, name: &str, texts: &'static Texts, frame: &Frame) -> Self {
        let (verdict, why) = texts.verdict(&results.verdicts[name]);
        let known = results.metrics.iter().filter_map(|metric| {
            let comparison = of_treatment(metric, name)?;
            Some((texts.metric_named(&metric.analysis.known()?.report.metric), metric, comparison))
        });
        let known: Vec<_> = known.collect();
        let bars = known.iter().filter_map(|(label, metric, comparison)| {
            let relative = comparison.sequential.known()?;
            Some(Bar {
                label: (*label).to_owned(),
                value: Some(relative.estimate),
                interval: Some(relative.ci),
                colour: usize::from(metric.is_harm),
            })
        });
        let bars: Vec<Bar> = bars.collect();
        let about = frame.about(texts.differences, texts.differences_about);
        let figure = (!bars.is_empty()).then(|| {
            let chart = Bars {
                about: about.with_legend([texts.more_is_better, texts.more_is_worse]),
                names: texts.metric.to_owned(),
                axis: Axis::new(texts.difference, Unit::Percent(1)),
                bars,
            };
            chart.figure()
        });
        let row = |(label, metric, comparison): &(&'static str, &MetricResult, &Comparison)| {
            Row::of(label, metric, comparison, texts)
        };
        Self { name: name.to_owned(), verdict, why, figure, rows: known.iter().map(row).collect() }
    }
}

impl Row {
    fn of(
        label: &'static str,
        metric: &MetricResult,
        comparison: &Comparison,
        texts: &'static Texts,
    ) -> Self {
        let number = |value: Option<&f64>| {
            value.map_or_else(|| "–".to_owned(), |value| Unit::Plain(4).text(*value))
        };
        let percent = |value: f64| Unit::Percent(1).text(value);
        let relative = comparison.sequential.known();
        let at_any_time = metric.p_at_any_time.get(&comparison.treatment);
        Self {
            metric: label,
            role: texts.role(metric.role),
            control: number(comparison.mean_control.known()),
            treatment: number(comparison.mean_treatment.known()),
            difference: relative.map_or("–".to_owned(), |r| percent(r.estimate)),
            interval: relative.map_or("–".to_owned(), |r| {
                format!("{} – {}", percent(r.ci[0]), percent(r.ci[1]))
            }),
            p: number(at_any_time.and_then(|p| p.known())),
            chance: comparison
                .bayesian
                .known()
                .map_or("–".to_owned(), |b| percent(b.chance_to_win)),
        }
    }
}

impl Came {
    /// Primary metrics stand first; what a role is for is told beside the table.
    fn roles(&self) -> [&'static str; 3] {
        [Role::Primary, Role::Guardrail, Role::Exploratory].map(|role| self.texts.role_about(role))
    }
}
