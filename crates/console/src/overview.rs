//! The overview: how well the model ranks, how content and trusting people are, who buys.

mod figures;
mod texts;

use std::sync::Arc;

use ::evaluation::kept::KeptEvaluation;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::Chart;
use experimentation::trust::Scores;
use insights::overview::Conversion;
use serde::Deserialize;
use web::extract::Asked;

use crate::evaluation;
use crate::format::grouped;
use crate::frame::{Frame, Page, Unmade};
use crate::operator::Operator;
use crate::respond::page;
use crate::state::Console;
use figures::Figures;
use texts::Texts;

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    frame: Frame,
    texts: &'static Texts,
    facts: Vec<(&'static str, String)>,
    /// The newest evaluation.
    tested: Option<Tested>,
    /// Why the newest evaluation is not shown.
    damaged: Option<String>,
    /// The figures of training, where no evaluation can be shown.
    validated: Option<String>,
    satisfaction: Option<String>,
    trust: Option<String>,
    conversion: Option<String>,
    /// Experiments that run, where there is a choice.
    experiments: Vec<Choice>,
    /// Fewest people that are shown as a group.
    min_group: usize,
}

/// An evaluation beside baselines.
struct Tested {
    figure: String,
    /// How and when it was made.
    facts: Vec<(&'static str, String)>,
    report: String,
}

/// An experiment to choose.
struct Choice {
    name: String,
    is_chosen: bool,
}

/// Which experiment's lines are wanted.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    experiment: String,
}

pub(super) async fn show(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    page(&service, operator, Page::Overview, move |service, operator, mut frame| {
        let texts = Texts::of(operator.lang);
        let seen = frame.ready(service.live.reports.overview(service.lookup())?)?;
        let drawn = Figures { lang: operator.lang, texts, stamp: frame.stamp() };
        let (tested, damaged) = tested(service, &drawn)?;
        let validated = match &tested {
            Some(_) => None,
            None => service.live.trained()?.and_then(|trained| drawn.validated(&trained.report)),
        };
        let experiments = choices(&seen.conversion, &wanted.experiment);
        let chosen = experiments.iter().position(|choice| choice.is_chosen);
        Ok(Overview {
            facts: facts(service, seen.n_items, texts),
            tested,
            damaged,
            validated: validated.map(figure),
            satisfaction: seen.satisfaction.known().map(|of| drawn.satisfaction(of)).map(figure),
            trust: drawn.trust(&seen.trust).map(figure),
            conversion: drawn.conversion(&seen.conversion, chosen).map(figure),
            experiments: if experiments.len() > 1 { experiments } else { Vec::new() },
            min_group: service.live.config().surveys.min_group,
            texts,
            frame,
        })
    })
    .await
}

/// The newest evaluation, or why it cannot be shown.
fn tested(service: &Console, drawn: &Figures) -> Result<(Option<Tested>, Option<String>), Unmade> {
    let shop = service.live.shop();
    let Some(name) = ::evaluation::kept::names(shop)?.into_iter().next() else {
        return Ok((None, None));
    };
    let kept = match ::evaluation::kept::read(shop, &name) {
        Ok(kept) => kept,
        Err(problem) => return Ok((None, Some(problem.to_string()))),
    };
    let figure = drawn.tested(&kept).map(figure);
    let tested = figure.map(|figure| Tested {
        figure,
        facts: facts_of(&kept, drawn.texts),
        report: evaluation::path_of(&name),
    });
    Ok((tested, None))
}

fn facts_of(kept: &KeptEvaluation, texts: &'static Texts) -> Vec<(&'static str, String)> {
    let report = &kept.evaluated.report;
    let in_use = kept.in_use.as_ref().map_or(texts.no_model.to_owned(), ToString::to_string);
    vec![
        (texts.measured, crate::format::moment(kept.at)),
        (texts.protocol, texts.protocol_name(report.protocol.name()).to_owned()),
        (texts.asked, report.n_shoppers.to_string()),
        (texts.seed, kept.seed.to_string()),
        (texts.model_then, in_use),
    ]
}

/// The experiments that run; the first one is chosen where none of this name does.
fn choices(conversion: &Conversion, wanted: &str) -> Vec<Choice> {
    let names: Vec<&String> = conversion.by_experiment.iter().map(|(name, _)| name).collect();
    let chosen = names.iter().position(|name| *name == wanted).unwrap_or(0);
    let choice =
        |(at, name): (usize, &&String)| Choice { name: (*name).clone(), is_chosen: at == chosen };
    names.iter().enumerate().map(choice).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "it is the last that is done with a chart")]
fn figure(chart: impl Chart) -> String {
    chart.figure()
}

/// Trust in four dimensions and overall; nothing where none is known.
pub(super) fn trust_figure(frame: &Frame, scores: &Scores) -> Option<String> {
    let drawn = Figures { lang: frame.lang, texts: Texts::of(frame.lang), stamp: frame.stamp() };
    drawn.trust(scores).map(figure)
}

/// Counts of the shop.
fn facts(service: &Console, n_items: u64, texts: &'static Texts) -> Vec<(&'static str, String)> {
    let (n_shoppers, latest) = {
        let counts = service.live.counts();
        (counts.n_shoppers(), counts.latest())
    };
    let model = service.live.model().map_or(texts.no_model.to_owned(), |m| m.version.to_string());
    let latest = latest.map_or_else(|| texts.never.to_owned(), crate::format::moment);
    vec![
        (texts.items, grouped(n_items)),
        (texts.shoppers, grouped(n_shoppers as u64)),
        (texts.latest, latest),
        (texts.model, model),
    ]
}
