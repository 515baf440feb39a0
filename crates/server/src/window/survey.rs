//! The questionnaire: asked of few, after they looked around, and never in the way.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::survey::{Answers, Questions};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::SurveyId;

use super::frame::{Frame, act, page};
use super::visitor::Visitor;
use crate::browser::{OwnForm, after};
use crate::error::ApiError;
use crate::extract::Sent;
use crate::service::{Service, now};

/// Whoever has looked at fewer items has nothing to say yet.
const FEWEST_STEPS: usize = 3;

#[derive(Template)]
#[template(path = "window/survey.html")]
struct Page {
    frame: Frame,
    questions: Option<Questions>,
    /// 1 to the highest answer.
    points: Vec<u8>,
}

/// Whether to ask the visitor now: on the front page only, so that nobody is kept from buying.
pub(super) fn is_time(
    service: &Service,
    visitor: &Visitor,
    n_steps: usize,
) -> Result<bool, ApiError> {
    if n_steps < FEWEST_STEPS || !visitor.looks {
        return Ok(false);
    }
    let next = service.live.next_survey(&visitor.subject, Some(visitor.lang), now())?;
    Ok(next.is_some())
}

pub(super) async fn show(State(service): State<Arc<Service>>, visitor: Visitor) -> Response {
    page(&service, visitor, |service, visitor, frame| {
        let questions = service.live.next_survey(&visitor.subject, Some(visitor.lang), now())?;
        let highest = questions.as_ref().map_or(0, |questions| questions.n_points);
        Ok(Page { frame, questions, points: (1..=highest).collect() })
    })
    .await
}

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let (mut survey_id, mut answers) = (None, BTreeMap::new());
        for (name, value) in fields {
            if name == "survey_id" {
                survey_id = Some(SurveyId::new(value).map_err(|e| ApiError::bad_name(&e))?);
            } else {
                let number = value.parse().map_err(|_| ApiError::unreadable("answers: 1, 2, …"))?;
                answers.insert(name, number);
            }
        }
        let missing = || ApiError::unreadable("survey_id: send it with the answers");
        let given = Answers { survey_id: survey_id.ok_or_else(missing)?, answers };
        service.live.answer_survey(&given, Some(&visitor.subject), now())?;
        service.metrics.collected("survey_answers", given.answers.len());
        Ok(after("/", "thanks"))
    })
    .await
}
