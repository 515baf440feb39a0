//! The page of experiments: what runs and what was decided; a new one, with the shoppers it needs.

mod results;
mod started;
mod texts;

use std::sync::Arc;

use app::experiment::{Definition, Episode, Happened, Metric};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::frame::{Frame, Page, page};
use super::operator::Operator;
use crate::service::Service;
pub(super) use results::{end, show as show_results};
pub(super) use started::start;
use texts::Texts;

/// Episodes listed.
const LISTED: usize = 30;

#[derive(Template)]
#[template(path = "console/experiments.html")]
struct Experiments {
    frame: Frame,
    texts: &'static Texts,
    running: Vec<Listed>,
    ended: Vec<Listed>,
    episodes: Vec<Told>,
    metrics: Vec<(&'static str, &'static str)>,
    changes: Vec<(String, String)>,
}

/// An experiment in a list.
struct Listed {
    name: String,
    hypothesis: String,
    variants: String,
    primary: String,
}

/// Something that happened.
struct Told {
    date: String,
    experiment: String,
    what: &'static str,
    variant: String,
    why: String,
}

pub(super) async fn show(State(service): State<Arc<Service>>, operator: Operator) -> Response {
    page(&service, operator, Page::Experiments, |service, operator, frame| {
        let texts = Texts::of(operator.lang);
        let shop = service.live.shop();
        let (ended, running): (Vec<_>, Vec<_>) =
            shop.experiments()?.into_iter().partition(|definition| definition.stopped);
        let listed = |all: Vec<Definition>| all.iter().map(|one| Listed::of(one, texts)).collect();
        let episodes = shop.experiment_episodes()?.into_iter().take(LISTED);
        Ok(Experiments {
            running: listed(running),
            ended: listed(ended),
            episodes: episodes.map(|episode| Told::of(episode, texts)).collect(),
            metrics: Metric::ALL.map(|metric| (metric.name(), texts.metric(metric))).into(),
            changes: started::changes(service, texts)?,
            texts,
            frame,
        })
    })
    .await
}

impl Listed {
    fn of(definition: &Definition, texts: &Texts) -> Self {
        let variants: Vec<&str> = definition.variants.iter().map(|v| v.name.as_str()).collect();
        let primary: Vec<&str> = definition.primary.iter().map(|m| texts.metric(*m)).collect();
        Self {
            name: definition.name.clone(),
            hypothesis: definition.hypothesis.clone(),
            variants: variants.join(" · "),
            primary: primary.join(" · "),
        }
    }
}

impl Told {
    fn of(episode: Episode, texts: &'static Texts) -> Self {
        let (what, variant, why) = match episode.what {
            Happened::Started => (texts.started, String::new(), String::new()),
            Happened::Stopped => (texts.stopped, String::new(), String::new()),
            Happened::Concluded(conclusion) => {
                let (what, variant) = texts.ending(&conclusion.ending);
                (what, variant, conclusion.why)
            }
        };
        Self { date: episode.at.date(), experiment: episode.experiment, what, variant, why }
    }
}
