//! The page of models: which there are, what each is worth, which answers and why; training and
//! evaluating.

mod texts;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::{Axis, Bar, Bars, Chart, Unit};
use domain::ModelVersion;
use experimentation::optimise::{DecidedAt, KeptModel, TrialState};
use jobs::training::JobState;
use presentation::{signals, transparency};
use serde::Deserialize;
use web::browser::OwnForm;
use web::error::ApiError;
use web::extract::{Asked, Sent};
use web::now;

use crate::evaluation;
use crate::format::{grouped, moment};
use crate::frame::{Frame, Page, Progress};
use crate::operator::Operator;
use crate::respond::{act, page};
use crate::state::Console;
use texts::Texts;

/// Decisions listed.
const LISTED: usize = 30;

#[derive(Template)]
#[template(path = "models.html")]
struct Models {
    frame: Frame,
    texts: &'static Texts,
    /// Whether the page shows what is under way and nothing else, and reads itself anew.
    is_watched: bool,
    training: Option<Running>,
    problem: Option<String>,
    evaluating: Option<Running>,
    unmeasured: Option<String>,
    evaluations: Vec<Measured>,
    weights: Option<String>,
    weights_about: &'static str,
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
    name: String,
    path: String,
}

/// A model that is kept.
struct Kept {
    version: String,
    date: String,
    is_current: bool,
    hit_rate: Option<String>,
    ndcg: Option<String>,
    n_events: String,
    n_items: String,
    data: String,
    notes: Vec<Note>,
}

/// A note of a training, in the page's language where it has words for it.
struct Note {
    text: String,
    is_english: bool,
}

/// A decision about a model.
struct Decided {
    date: String,
    what: &'static str,
    /// The models, and whether the first gave way to the second.
    models: [String; 2],
    is_change: bool,
    why: String,
}

/// Whether what is under way is to be watched.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    watch: Option<String>,
}

pub(super) async fn show(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    page(&service, operator, Page::Models, move |service, operator, frame| {
        let texts = Texts::of(operator.lang);
        let shop = service.live.shop();
        let (models, decisions) = (
            ::experimentation::optimise::kept_models(shop)?,
            ::experimentation::optimise::journal(shop, LISTED)?,
        );
        let (job, evaluating) = (service.jobs.training(), service.jobs.evaluation());
        let current = models.iter().find(|model| model.is_current);
        let last = decisions.iter().find(|decided| decided.decision.state != TrialState::OnTrial);
        let is_training = job.state() == JobState::Running;
        let blend = current.map_or(&[][..], |model| &model.trained.report.constants.blend.0);
        let weights_about = match transparency::are_starting(blend, &service.live) {
            true => texts.weights_starting,
            false => texts.weights_about,
        };
        Ok(Models {
            is_watched: wanted.watch.is_some() && (is_training || evaluating.running.is_some()),
            weights_about,
            training: is_training.then(|| Running {
                stage: texts.stage(job.stage.unwrap_or_default()).to_owned(),
                progress: progress(job.done, job.of),
            }),
            problem: job.problem,
            evaluating: evaluating.running.map(|stage| Running::of(&stage, texts)),
            unmeasured: evaluating.problem,
            evaluations: ::evaluation::kept::names(shop)?
                .iter()
                .take(LISTED)
                .map(|name| Measured::of(service, name, texts))
                .collect(),
            weights: current.and_then(|model| weights(model, (texts, weights_about), &frame)),
            can_roll_back: last.is_some_and(|d| d.decision.state == TrialState::Promoted),
            models: models.iter().map(|model| Kept::of(model, texts)).collect(),
            decisions: decisions.iter().map(|decided| Decided::of(decided, texts)).collect(),
            texts,
            frame,
        })
    })
    .await
}

pub(super) async fn train(
    State(service): State<Arc<Console>>,
    operator: Operator,
    _: OwnForm,
) -> Response {
    act(&service, operator, Page::Models, move |service, _| {
        service.jobs.start_training()?;
        Ok("/console/models?watch=1&done=training".to_owned())
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
    State(service): State<Arc<Console>>,
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
    State(service): State<Arc<Console>>,
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
fn weights(
    model: &KeptModel,
    (texts, weights_about): (&Texts, &str),
    frame: &Frame,
) -> Option<String> {
    let weights = &model.trained.report.constants.blend.0;
    let bar = |weight: &::signals::BlendWeight| {
        let name = serde_json::to_value(weight.signal).unwrap_or_default();
        Bar {
            label: signals::label(name.as_str().unwrap_or_default(), frame.lang).to_owned(),
            value: Some(f64::from(weight.weight)),
            interval: None,
            colour: 0,
        }
    };
    (!weights.is_empty()).then(|| {
        let chart = Bars {
            about: frame.about(texts.weights, weights_about),
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
    fn of(stage: &jobs::evaluation::Stage, texts: &Texts) -> Self {
        let name = texts.stage(stage.name);
        let stage_name = match stage.model.as_str() {
            "" => name.to_owned(),
            model => format!("{name} · {model}"),
        };
        Self { stage: stage_name, progress: progress(stage.done, stage.of) }
    }
}

impl Measured {
    /// When it was measured and how events were held out; of one that cannot be read the day, with
    /// which its name begins.
    fn of(service: &Console, name: &str, texts: &Texts) -> Self {
        let label = match ::evaluation::kept::read(service.live.shop(), name) {
            Ok(kept) => {
                let protocol = texts.protocol_name(kept.evaluated.report.protocol.name());
                format!("{} · {protocol}", moment(kept.at))
            }
            Err(_) => format!("{} · {}", name.chars().take(10).collect::<String>(), texts.damaged),
        };
        Self { name: label, path: evaluation::path_of(name) }
    }
}

impl Note {
    fn of(note: &str, texts: &Texts) -> Self {
        let known = texts.note(note);
        Self { is_english: known.is_none(), text: known.unwrap_or_else(|| note.to_owned()) }
    }
}

impl Kept {
    fn of(model: &KeptModel, texts: &Texts) -> Self {
        let report = &model.trained.report;
        let measured =
            |value: f32| (report.n_validation > 0).then(|| Unit::Plain(4).text(f64::from(value)));
        Self {
            version: model.trained.version.to_string(),
            date: moment(model.at),
            is_current: model.is_current,
            hit_rate: measured(report.blend.hit_rate_at_10),
            ndcg: measured(report.blend.ndcg_at_10),
            n_events: grouped(report.n_events as u64),
            n_items: grouped(report.n_items as u64),
            data: model.trained.data_fingerprint.chars().take(12).collect(),
            notes: report.notes.iter().map(|note| Note::of(note, texts)).collect(),
        }
    }
}

impl Decided {
    fn of(decided: &DecidedAt, texts: &'static Texts) -> Self {
        let decision = &decided.decision;
        let (champion, challenger) =
            (decision.champion.to_string(), decision.challenger.to_string());
        let models = match decision.state {
            TrialState::Promoted => [champion, challenger],
            _ => [challenger, champion],
        };
        let is_change = matches!(decision.state, TrialState::Promoted | TrialState::RolledBack);
        Self {
            date: moment(decided.at),
            what: texts.state(decision.state),
            models,
            is_change,
            why: decision.why.clone(),
        }
    }
}
