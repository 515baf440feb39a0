//! Why one item was recommended: the whole proof in plain words, and the visitor's word on it.

use std::sync::Arc;

use app::{Answer, AppError};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::claim::HistoryRef;
use domain::{Correction, FeedbackKind, ReasonId, RequestId, Unused};
use serde::Deserialize;

use super::frame::{Frame, act, page};
use super::visitor::Visitor;
use crate::browser::{OwnForm, after};
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
        // Only words are said here: what came into view is not for a form to tell.
        if !OFFERED.contains(&word.say) {
            return Err(ApiError::unreadable("say: that is not said with a button"));
        }
        let correction = correction(service, &reason, word.say)?;
        // Where a correction does what is asked, the word only counts, so that taking the correction
        // back restores everything. Both refuse whoever speaks of another's reason.
        let (subject, live) = (Some(&visitor.subject), &service.live);
        let taken = match correction {
            Some(_) => live.count_judged(&reason, word.say, subject, now())?,
            None => live.judge(&reason, word.say, subject, now())?,
        };
        service.metrics.collected("feedback", taken.accepted);
        let Some(correction) = correction else {
            return Ok(after(&format!("/why/{reason}"), word.say.name()));
        };
        let list = app::Request::default();
        let made = service.live.correct(&visitor.subject, correction, &list)?;
        Ok(format!("{}&made={}", after("/", word.say.name()), made.correction_id))
    })
    .await
}

/// What buttons say.
const OFFERED: [FeedbackKind; 4] =
    [FeedbackKind::Helpful, FeedbackKind::Unclear, FeedbackKind::Wrong, FeedbackKind::DontUse];

/// The correction that a word on a reason amounts to; none where its claims rest on no history.
fn correction(
    service: &Service,
    reason: &ReasonId,
    say: FeedbackKind,
) -> Result<Option<Correction>, ApiError> {
    let answer = answer_of(service, reason)?;
    let mut reasons = answer.items.iter().flat_map(|item| &item.reasons);
    let Some(told) = reasons.find(|told| told.reason_id == *reason) else {
        return Err(AppError::NoReason(reason.clone()).into());
    };
    let mut evidence: Vec<HistoryRef> = Vec::new();
    for past in told.claims.iter().flat_map(|claim| &claim.evidence) {
        if !evidence.contains(past) {
            evidence.push(past.clone());
        }
    }
    let events: Vec<_> = evidence.iter().filter_map(|past| past.event_id).collect();
    if events.is_empty() {
        return Ok(None);
    }
    Ok(match (say, told.claims.first()) {
        (FeedbackKind::DontUse, _) => Some(Correction::DoNotUse { unused: Unused::Events(events) }),
        (FeedbackKind::Wrong, Some(claim)) => Some(Correction::WrongReason {
            item_id: claim.item_id.clone(),
            kind: claim.facts.kind().to_owned(),
            evidence,
        }),
        _ => None,
    })
}
