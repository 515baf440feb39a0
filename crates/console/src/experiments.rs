//! The page of experiments: what runs and what was decided; a new one, with the shoppers it needs.

mod changed;
mod layers;
mod problems;
mod results;
mod started;
mod texts;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::Language;
use experimentation::conclusion::{Episode, Happened};
use experimentation::experiment::{Definition, Metric};
use web::error::ApiError;

use crate::format::moment;
use crate::frame::{Frame, Page};
use crate::operator::Operator;
use crate::respond::page;
use crate::state::Console;
use layers::Layers;
pub(super) use results::{end, show as show_results};
pub(super) use started::start;
use started::{Form, Refused};
use texts::{Texts, metric_name};

/// Episodes listed.
const LISTED: usize = 30;

#[derive(Template)]
#[template(path = "experiments.html")]
struct Experiments {
    frame: Frame,
    texts: &'static Texts,
    running: Vec<Listed>,
    /// The variants that everybody gets since an experiment was decided.
    in_force: Vec<Listed>,
    ended: Vec<Listed>,
    episodes: Vec<EpisodeRow>,
    metrics: Vec<(&'static str, &'static str)>,
    changes: Vec<(String, String)>,
    layers: Layers,
    /// The values of the form, and why nothing was started from it.
    form: Form,
    refused: Option<Refused>,
}

/// An experiment in a list.
struct Listed {
    name: String,
    hypothesis: String,
    /// Names of the variants with their planned shares.
    variants: String,
    /// The changes of the treatments.
    changes: String,
    since: String,
    primary: String,
}

/// Something that happened.
struct EpisodeRow {
    date: String,
    experiment: String,
    what: &'static str,
    variant: String,
    why: String,
}

pub(super) async fn show(State(service): State<Arc<Console>>, operator: Operator) -> Response {
    page(&service, operator, Page::Experiments, |service, operator, frame| {
        Ok(Experiments::of(service, operator, frame, Form::default(), None)?)
    })
    .await
}

/// Whether it gives one variant to everybody: then nothing is compared.
fn is_for_everybody(definition: &Definition) -> bool {
    definition.variants.iter().filter(|variant| variant.weight > 0.0).count() == 1
}

/// When it began, where the journal knows.
fn since(name: &str, episodes: &[Episode], texts: &Texts) -> String {
    let is_start = |episode: &&Episode| {
        episode.experiment == name && matches!(episode.what, Happened::Started)
    };
    let start = episodes.iter().find(is_start);
    start.map_or_else(|| texts.since_settings.to_owned(), |episode| moment(episode.at))
}

impl Experiments {
    fn of(
        service: &Console,
        operator: &Operator,
        frame: Frame,
        form: Form,
        refused: Option<Refused>,
    ) -> Result<Self, ApiError> {
        let texts = Texts::of(operator.lang);
        let shop = service.live.shop();
        let (all, episodes) =
            (experimentation::experiment::all(shop)?, experimentation::conclusion::episodes(shop)?);
        let layers = Layers::of(&all, &form.layer, texts);
        let (ended, running): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|definition| definition.stopped);
        let (in_force, running) = running.into_iter().partition(is_for_everybody);
        let listed = |all: Vec<Definition>| {
            all.iter().map(|one| Listed::of(one, &episodes, texts, frame.lang)).collect()
        };
        Ok(Self {
            running: listed(running),
            in_force: listed(in_force),
            ended: listed(ended),
            metrics: Metric::ALL
                .map(|metric| (metric.name(), metric_name(metric, operator.lang)))
                .into(),
            changes: started::changes(service, texts, operator.lang)?,
            layers,
            form,
            refused,
            episodes: episodes
                .into_iter()
                .take(LISTED)
                .map(|episode| EpisodeRow::of(episode, texts))
                .collect(),
            texts,
            frame,
        })
    }
}

impl Listed {
    fn of(definition: &Definition, episodes: &[Episode], texts: &Texts, lang: Language) -> Self {
        let treatments = definition.variants.iter().filter(|v| v.name != definition.control);
        let changes: Vec<_> =
            treatments.map(|variant| changed::described(&variant.change, texts, lang)).collect();
        let variants: Vec<_> = changed::shares(definition)
            .into_iter()
            .map(|(name, share)| format!("{name} {share}"))
            .collect();
        let primary: Vec<&str> = definition.primary.iter().map(|m| metric_name(*m, lang)).collect();
        Self {
            name: definition.name.clone(),
            hypothesis: definition.hypothesis.clone(),
            variants: variants.join(" · "),
            changes: changes.join(" · "),
            since: since(&definition.name, episodes, texts),
            primary: primary.join(" · "),
        }
    }
}

impl EpisodeRow {
    fn of(episode: Episode, texts: &'static Texts) -> Self {
        let (what, variant, why) = match episode.what {
            Happened::Started => (texts.started, String::new(), String::new()),
            Happened::Stopped => (texts.stopped, String::new(), String::new()),
            Happened::Concluded(conclusion) => {
                let (what, variant) = texts.ending(&conclusion.ending);
                (what, variant, conclusion.why)
            }
        };
        Self { date: moment(episode.at), experiment: episode.experiment, what, variant, why }
    }
}
