//! The questionnaire: asked of few, after they looked around, and never in the way.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::SurveyId;
use experimentation::survey::{Answers, Questions};
use shop::ShopError;
use web::browser::{OwnForm, after, html, see_other};
use web::error::ApiError;
use web::extract::Sent;
use web::now;

use crate::frame::Frame;
use crate::respond::{act, page, respond};
use crate::state::Storefront;
use crate::visitor::Visitor;

/// Visitors who looked at fewer items are not asked.
const FEWEST_STEPS: usize = 3;

/// The name of the field for own words; no item is called so.
const WORDS: &str = "words";

#[derive(Template)]
#[template(path = "survey.html")]
struct Page {
    frame: Frame,
    questions: Option<Questions>,
    /// 1 to the highest answer.
    points: Vec<u8>,
    /// Words that were too long to be kept, to be shortened.
    too_long: Option<String>,
}

impl Page {
    fn of(frame: Frame, questions: Option<Questions>) -> Self {
        let highest = questions.as_ref().map_or(0, |questions| questions.n_points);
        Self { frame, questions, points: (1..=highest).collect(), too_long: None }
    }
}

/// Whether to ask the visitor now: on the front page only, so that nobody is kept from buying.
pub(super) fn is_time(
    service: &Storefront,
    visitor: &Visitor,
    n_steps: usize,
) -> Result<bool, ApiError> {
    if n_steps < FEWEST_STEPS || !visitor.looks || visitor.asked_later {
        return Ok(false);
    }
    let next = experimentation::survey::next(
        service.live.shop(),
        &visitor.subject,
        Some(visitor.lang),
        now(),
    )?;
    Ok(next.is_some())
}

pub(super) async fn show(State(service): State<Arc<Storefront>>, visitor: Visitor) -> Response {
    page(&service, visitor, |service, visitor, frame| {
        let questions = experimentation::survey::next(
            service.live.shop(),
            &visitor.subject,
            Some(visitor.lang),
            now(),
        )?;
        Ok(Page::of(frame, questions))
    })
    .await
}

/// Puts the questionnaire off for a week.
pub(super) async fn later(State(service): State<Arc<Storefront>>, visitor: Visitor) -> Response {
    act(&service, visitor, |_, visitor| {
        visitor.ask_later();
        Ok(after("/", "later"))
    })
    .await
}

pub(super) async fn answer(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Response {
    respond(&service, visitor, move |service, visitor, frame| {
        let given = given(fields)?;
        if given.answers.is_empty() && given.words.is_none() {
            return Ok(see_other(&after("/survey", "no_answers")));
        }
        match experimentation::survey::answer(
            service.live.shop(),
            &given,
            Some(&visitor.subject),
            now(),
        ) {
            Ok(_) => {
                service.metrics.collected("survey_answers", given.answers.len());
                Ok(see_other(&after("/", "thanks")))
            }
            Err(ShopError::BadRequest { field: WORDS, .. }) => {
                let open = experimentation::survey::open_questions(
                    service.live.shop(),
                    &given.survey_id,
                    Some(&visitor.subject),
                )?;
                let page = Page { too_long: given.words, ..Page::of(frame, Some(open)) };
                Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)).into_response())
            }
            Err(error) => Err(error.into()),
        }
    })
    .await
}

/// The answers of a form. A field that was left empty says nothing.
fn given(fields: Vec<(String, String)>) -> Result<Answers, ApiError> {
    let (mut survey_id, mut answers, mut words) = (None, BTreeMap::new(), None);
    for (name, value) in fields {
        match name.as_str() {
            "survey_id" => {
                survey_id = Some(SurveyId::new(value).map_err(|e| ApiError::bad_name(&e))?);
            }
            WORDS => words = Some(value).filter(|text| !text.trim().is_empty()),
            _ => {
                let number = value.parse().map_err(|_| ApiError::unreadable("answers: 1, 2, …"))?;
                answers.insert(name, number);
            }
        }
    }
    let missing = || ApiError::unreadable("survey_id: send it with the answers");
    Ok(Answers { survey_id: survey_id.ok_or_else(missing)?, answers, words })
}
