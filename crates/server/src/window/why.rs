//! Why one item was recommended: the whole proof in plain words, and the visitor's word on it.

use std::sync::Arc;

use app::{Answer, AppError};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{FeedbackKind, ReasonId, RequestId};
use serde::Deserialize;

use super::frame::{Frame, act, after, page};
use super::visitor::{OwnForm, Visitor};
use crate::error::ApiError;
use crate::extract::{Named, Sent};
use crate::service::{Service, now};
use crate::shown::card::{Card, Why};

#[derive(Template)]
#[template(path = "window/why.html")]
struct Page {
    frame: Frame,
    card: Card,
    why: Why,
    request_id: String,
    model_version: String,
}

pub(super) async fn show(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    Named(reason): Named<ReasonId>,
) -> Response {
    page(&service, visitor, move |service, visitor, frame| {
        let answer = answer_of(service, &reason)?;
        let unknown = || ApiError::from(AppError::NoReason(reason.clone()));
        let is_meant = |found: &domain::Reason| found.reason_id == reason;
        let item = answer.items.iter().find(|item| item.reasons.iter().any(is_meant));
        let card = Card::of(service, item.ok_or_else(unknown)?, visitor.lang);
        if visitor.looks {
            let said =
                service.live.judge(&reason, FeedbackKind::Opened, Some(&visitor.subject), now());
            match said {
                // Somebody else's reason may be read on this machine, but not spoken of.
                Ok(_) | Err(AppError::NotTheirs(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Page {
            why: card.why.clone().ok_or_else(unknown)?,
            card,
            request_id: answer.request_id.to_string(),
            model_version: answer.model_version.to_string(),
            frame,
        })
    })
    .await
}

fn answer_of(service: &Service, reason: &ReasonId) -> Result<Answer, ApiError> {
    let unknown = || ApiError::from(AppError::NoReason(reason.clone()));
    let (request, _) = reason.as_str().rsplit_once('.').ok_or_else(unknown)?;
    let request = RequestId::new(request).map_err(|_| unknown())?;
    Ok(service.live.delivered(&request)?)
}

/// What is said of it.
#[derive(Deserialize)]
pub(super) struct Word {
    say: FeedbackKind,
}

pub(super) async fn say(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
    Named(reason): Named<ReasonId>,
    Sent(word): Sent<Word>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let taken = service.live.judge(&reason, word.say, Some(&visitor.subject), now())?;
        service.metrics.collected("feedback", taken.accepted);
        let changes = matches!(word.say, FeedbackKind::Wrong | FeedbackKind::DontUse);
        let back = if changes { "/".to_owned() } else { format!("/why/{reason}") };
        Ok(after(&back, word.say.name()))
    })
    .await
}
