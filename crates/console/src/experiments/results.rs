//! The results of an experiment so far, and its end.

mod figures;
mod measured;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::Unit;
use domain::Language;
use experimentation::conclusion::{Conclusion, Ending};
use experimentation::experiment::{
    Comparison, Metric, MetricResult, Results, Role, Variant, Verdict,
};
use serde::Deserialize;
use web::browser::OwnForm;
use web::error::ApiError;
use web::extract::{Named, Sent};
use web::now;

use super::texts::{Texts, Why, metric_name};
use super::{changed, is_for_everybody, since};
use crate::frame::{Frame, Page};
use crate::operator::Operator;
use crate::respond::{act, page};
use crate::state::Console;
use measured::Measured;

#[derive(Template)]
#[template(path = "results.html")]
struct Came {
    frame: Frame,
    texts: &'static Texts,
    name: String,
    hypothesis: String,
    stopped: bool,
    /// Whether it gives one variant to everybody, and compares nothing.
    in_force: bool,
    since: String,
    layer: String,
    primary: String,
    planned: String,
    arms: Vec<Arm>,
    shares: Shares,
    treatments: Vec<Treatment>,
}

/// One variant.
struct Arm {
    name: String,
    changes: String,
    share: String,
    n: u64,
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
    why: Why,
    /// Metrics that could not be computed: the metric, its role, and the reason in English.
    uncomputed: Vec<(&'static str, &'static str, String)>,
    figures: Vec<String>,
    rows: Vec<Row>,
}

/// One metric of a treatment.
struct Row {
    metric: &'static str,
    role: &'static str,
    control: String,
    treatment: String,
    /// In the metric's own unit, with the interval that decides.
    difference: String,
    interval: String,
    p: String,
    /// The same of the control, which decides nothing.
    relative: String,
    chance: String,
}

pub(crate) async fn show(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Named(name): Named<String>,
) -> Response {
    page(&service, operator, Page::Experiments, move |service, operator, mut frame| {
        let texts = Texts::of(operator.lang);
        let results = service.live.reports.experiment_results(&name, service.lookup())?;
        let results = frame.ready(results)?;
        let definition = &results.experiment;
        let in_force = is_for_everybody(definition);
        let of = |name: &String| Treatment::of(&results, name, texts, &frame);
        let treatments =
            if in_force { Vec::new() } else { results.verdicts.keys().map(of).collect() };
        let primary: Vec<_> =
            definition.primary.iter().map(|m| metric_name(*m, operator.lang)).collect();
        Ok(Came {
            name: definition.name.clone(),
            hypothesis: definition.hypothesis.clone(),
            stopped: definition.stopped,
            in_force,
            since: since(
                &definition.name,
                &experimentation::conclusion::episodes(service.live.shop())?,
                texts,
            ),
            layer: definition.layer.clone(),
            primary: primary.join(" · "),
            planned: Unit::Plain(0).text(definition.planned_n),
            arms: arms(&results, texts, frame.lang),
            shares: shares(&results),
            treatments,
            texts,
            frame,
        })
    })
    .await
}

fn arms(results: &Results, texts: &Texts, lang: Language) -> Vec<Arm> {
    let definition = &results.experiment;
    let arm = |(variant, (name, share)): (&Variant, (String, String))| Arm {
        n: results.n_assigned.get(&name).copied().unwrap_or(0),
        changes: changed::described(&variant.change, texts, lang),
        name,
        share,
    };
    definition.variants.iter().zip(changed::shares(definition)).map(arm).collect()
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

/// The prefix of a choice of a variant.
const PROMOTE: &str = "promote:";

pub(crate) async fn end(
    State(service): State<Arc<Console>>,
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
    shop::ShopError::BadRequest { field: "ending", problem }.into()
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
        let (verdict, why) = texts.verdict(&results.verdicts[name], frame.lang);
        // Results hold every metric, in the order of all.
        let all = || Metric::ALL.into_iter().zip(&results.metrics);
        let rows = all().filter_map(|(metric, result)| {
            Some(Row::of(metric, result, of_treatment(result, name)?, texts, frame))
        });
        let uncomputed = all().filter_map(|(metric, result)| {
            let why = uncomputed(result, name)?;
            Some((metric_name(metric, frame.lang), texts.role(result.role), why))
        });
        Self {
            name: name.to_owned(),
            verdict,
            why,
            uncomputed: uncomputed.collect(),
            figures: figures::of(results, name, texts, frame),
            rows: rows.collect(),
        }
    }
}

/// Why nothing can be said of a metric; nothing where something can.
fn uncomputed(result: &MetricResult, treatment: &str) -> Option<String> {
    if let Some(why) = result.analysis.reason() {
        return Some(why.to_owned());
    }
    let comparison = of_treatment(result, treatment);
    let why = comparison.map_or(Some("no shopper has a value"), |c| c.sequential_absolute.reason());
    why.map(str::to_owned)
}

impl Row {
    fn of(
        metric: Metric,
        result: &MetricResult,
        comparison: &Comparison,
        texts: &'static Texts,
        frame: &Frame,
    ) -> Self {
        let or_dash = |known: Option<String>| known.unwrap_or_else(|| "–".to_owned());
        let measured = Measured::of(metric);
        let value = |value: Option<&f64>| or_dash(value.map(|value| measured.value(*value)));
        let percent = |value: f64| Unit::Percent(1).text(value);
        let (absolute, relative) =
            (comparison.sequential_absolute.known(), comparison.sequential.known());
        let at_any_time = result.p_at_any_time.get(&comparison.treatment).and_then(|p| p.known());
        // The posterior is of more, which is worse where more is harm.
        let better = |chance: f64| if result.is_harm { 1.0 - chance } else { chance };
        let difference = |value: f64| measured.difference(value, texts);
        Self {
            metric: metric_name(metric, frame.lang),
            role: texts.role(result.role),
            control: value(comparison.mean_control.known()),
            treatment: value(comparison.mean_treatment.known()),
            difference: or_dash(absolute.map(|a| difference(a.estimate))),
            interval: or_dash(
                absolute.map(|a| format!("{} – {}", measured.plain(a.ci[0]), difference(a.ci[1]))),
            ),
            p: or_dash(at_any_time.map(|p| Unit::Plain(4).text(*p))),
            relative: or_dash(relative.map(|r| {
                format!("{} ({} – {})", percent(r.estimate), percent(r.ci[0]), percent(r.ci[1]))
            })),
            chance: or_dash(comparison.bayesian.known().map(|b| percent(better(b.chance_to_win)))),
        }
    }
}

impl Came {
    /// Primary metrics stand first; what a role is for is written beside the table.
    fn roles(&self) -> [&'static str; 3] {
        [Role::Primary, Role::Guardrail, Role::Exploratory].map(|role| self.texts.role_about(role))
    }
}
