//! The page of models: which there are, what each is worth, which answers and why; training and
//! evaluating.

mod texts;

use std::sync::Arc;

use app::optimise::{DecidedAt, KeptModel, TrialState};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::{Axis, Bar, Bars, Chart, Unit};
use domain::ModelVersion;
use serde::Deserialize;

use super::evaluation;
use super::frame::{Frame, Page, Progress, act, page};
use super::operator::Operator;
use crate::api::transparency;
use crate::browser::OwnForm;
use crate::error::ApiError;
use crate::evaluating;
use crate::extract::Sent;
use crate::service::{Service, now};
use crate::training::{self, JobState};
use texts::Texts;

/// Decisions listed.
const LISTED: usize = 30;

#[derive(Template)]
#[template(path = "console/models.html")]
struct Models {
    frame: Frame,
    texts: &'static Texts,
    training: Option<Running>,
    problem: Option<String>,
    evaluating: Option<Running>,
    unmeasured: Option<String>,
    evaluations: Vec<Measured>,
    weights: Option<String>,
    models: Vec<Kept>,
    decisions: Vec<Decided>,
    can_roll_back: bool,
}

/// A training or an evaluation under way.
struct Running {
    stage: String,
    progress: Progress,
}

/// A kept evaluation.
struct Measured {
    date: String,
    path: String,
}

/// A model that is kept.
struct Kept {
    version: String,
    date: String,
    is_current: bool,
    hit_rate: Option<String>,
    ndcg: Option<String>,
    n_events: usize,
    n_items: usize,
    data: String,
    notes: Vec<String>,
}

/// A decision about a model.
struct Decided {
    date: String,
    what: &'static str,
    model: String,
    before: String,
    why: String,
}

pub(super) async fn show(State(service): State<Arc<Service>>, operator: Operator) -> Response {
    page(&service, operator, Page::Models, |service, operator, frame| {
        let texts = Texts::of(operator.lang);
        let shop = service.live.shop();
        let (models, decisions) = (shop.kept_models()?, shop.model_journal(LISTED)?);
        let (job, evaluating) = (service.training.job(), service.evaluating.job());
        let current = models.iter().find(|model| model.is_current);
        let last = decisions.iter().find(|decided| decided.decision.state != TrialState::OnTrial);
        Ok(Models {
            training: (job.state == JobState::Running).then(|| Running {
                stage: texts.stage(job.stage.unwrap_or_default()).to_owned(),
                progress: progress(job.done, job.of),
            }),
            problem: job.problem,
            evaluating: evaluating.running.map(|stage| Running::of(&stage, texts)),
            unmeasured: evaluating.problem,
            evaluations: shop.kept_evaluations()?.iter().map(|name| Measured::of(name)).collect(),
            weights: current.and_then(|model| weights(model, texts, &frame)),
            can_roll_back: last.is_some_and(|d| d.decision.state == TrialState::Promoted),
            models: models.iter().map(Kept::of).collect(),
            decisions: decisions.iter().map(|decided| Decided::of(decided, texts)).collect(),
            texts,
            frame,
        })
    })
    .await
}

pub(super) async fn train(
    State(service): State<Arc<Service>>,
    operator: Operator,
    _: OwnForm,
) -> Response {
    let started = Arc::clone(&service);
    act(&service, operator, Page::Models, move |_, _| {
        training::start(&started)?;
        Ok("/console/models?done=training".to_owned())
    })
    .await
}

/// Which model, and why.
#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    model: String,
    #[serde(default)]
    why: String,
}

pub(super) async fn promote(
    State(service): State<Arc<Service>>,
    operator: Operator,
    _: OwnForm,
    Sent(chosen): Sent<Chosen>,
) -> Response {
    act(&service, operator, Page::Models, move |service, _| {
        let version =
            ModelVersion::new(chosen.model.trim()).map_err(|error| ApiError::bad_name(&error))?;
        service.live.promote(&version, chosen.why.trim(), now())?;
        Ok("/console/models?done=promoted".to_owned())
    })
    .await
}

pub(super) async fn roll_back(
    State(service): State<Arc<Service>>,
    operator: Operator,
    _: OwnForm,
    Sent(chosen): Sent<Chosen>,
) -> Response {
    act(&service, operator, Page::Models, move |service, _| {
        service.live.roll_back(chosen.why.trim(), now())?;
        Ok("/console/models?done=rolled_back".to_owned())
    })
    .await
}

/// Learned weights of the model that answers.
fn weights(model: &KeptModel, texts: &Texts, frame: &Frame) -> Option<String> {
    let weights = &model.trained.report.constants.blend.0;
    let bar = |weight: &app::BlendWeight| {
        let name = serde_json::to_value(weight.signal).unwrap_or_default();
        Bar {
            label: transparency::label(name.as_str().unwrap_or_default(), frame.lang).to_owned(),
            value: Some(f64::from(weight.weight)),
            interval: None,
            colour: 0,
        }
    };
    (!weights.is_empty()).then(|| {
        let chart = Bars {
            about: frame.about(texts.weights, texts.weights_about),
            names: texts.signal.to_owned(),
            axis: Axis::new(texts.weight, Unit::Plain(3)),
            bars: weights.iter().map(bar).collect(),
        };
        chart.figure()
    })
}

fn progress(done: usize, of: usize) -> Progress {
    Progress { done: done as u64, of: (of > 0).then_some(of as u64) }
}

impl Running {
    fn of(stage: &evaluating::Stage, texts: &Texts) -> Self {
        let name = texts.stage(stage.name);
        let stage_name = match stage.model.as_str() {
            "" => name.to_owned(),
            model => format!("{name} · {model}"),
        };
        Self { stage: stage_name, progress: progress(stage.done, stage.of) }
    }
}

impl Measured {
    /// A name begins with its day.
    fn of(name: &str) -> Self {
        Self { date: name.chars().take(10).collect(), path: evaluation::path_of(name) }
    }
}

impl Kept {
    fn of(model: &KeptModel) -> Self {
        let report = &model.trained.report;
        let measured =
            |value: f32| (report.n_validation > 0).then(|| Unit::Plain(4).text(f64::from(value)));
        Self {
            version: model.trained.version.to_string(),
            date: model.at.date(),
            is_current: model.is_current,
            hit_rate: measured(report.blend.hit_rate_at_10),
            ndcg: measured(report.blend.ndcg_at_10),
            n_events: report.n_events,
            n_items: report.n_items,
            data: model.trained.data_fingerprint.chars().take(12).collect(),
            notes: report.notes.clone(),
        }
    }
}

impl Decided {
    fn of(decided: &DecidedAt, texts: &'static Texts) -> Self {
        let decision = &decided.decision;
        Self {
            date: decided.at.date(),
            what: texts.state(decision.state),
            model: decision.challenger.to_string(),
            before: decision.champion.to_string(),
            why: decision.why.clone(),
        }
    }
}
