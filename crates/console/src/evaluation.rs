//! A kept evaluation as a page of the console, and the form that starts another.

mod texts;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use evaluation::evaluate::{EvaluateConfig, Fractions, Protocol};
use serde::Deserialize;
use web::browser::OwnForm;
use web::error::ApiError;
use web::extract::{Named, Sent};

use crate::format::{encoded, moment};
use crate::frame::{Frame, Page};
use crate::operator::Operator;
use crate::respond::{act, page};
use crate::state::Console;
use texts::Texts;

/// Where training and validation end when events are held out by time.
const BY_TIME: Fractions = Fractions { train_end: 0.8, validation_end: 0.9 };

#[derive(Template)]
#[template(path = "evaluation.html")]
struct Evaluation {
    frame: Frame,
    texts: &'static Texts,
    title: &'static str,
    lead: &'static str,
    facts: Vec<(&'static str, String)>,
    body: String,
}

/// Where a kept report is shown.
pub(super) fn path_of(name: &str) -> String {
    format!("/console/models/evaluations/{}", encoded(name))
}

pub(super) async fn show(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Named(name): Named<String>,
) -> Response {
    page(&service, operator, Page::Models, move |service, operator, frame| {
        let (lang, texts) = (operator.lang, Texts::of(operator.lang));
        let kept = ::evaluation::kept::read(service.live.shop(), &name)?;
        let body = reports::evaluation::body(&kept.evaluated, &kept.command, lang);
        let (title, lead) = reports::evaluation::heading(lang);
        let in_use = kept.in_use.map_or_else(|| texts.none.to_owned(), |model| model.to_string());
        let facts = vec![
            (texts.measured, moment(kept.at)),
            (texts.seed, kept.seed.to_string()),
            (texts.model_then, in_use),
        ];
        let body = body.map_err(|error| ApiError::internal(&error))?;
        Ok(Evaluation { texts, title, lead, facts, body, frame })
    })
    .await
}

/// How events are held out.
#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    protocol: String,
}

pub(super) async fn start(
    State(service): State<Arc<Console>>,
    operator: Operator,
    _: OwnForm,
    Sent(chosen): Sent<Chosen>,
) -> Response {
    act(&service, operator, Page::Models, move |service, _| {
        let protocol = match chosen.protocol.as_str() {
            "shopper" => Protocol::Shopper,
            "time" => Protocol::Time(BY_TIME),
            _ => Protocol::LeaveOneOut,
        };
        service.jobs.start_evaluation(EvaluateConfig { protocol, ..EvaluateConfig::default() })?;
        Ok("/console/models?watch=1&done=evaluating".to_owned())
    })
    .await
}
