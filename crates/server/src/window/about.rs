//! What the shop knows about the visitor, and what they decide about it.

use std::sync::Arc;

use app::AppError;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{EventTime, FeedbackKind, Preferences, Timestamp};
use serde::Deserialize;

use super::basket;
use super::corrected::{Corrected, Taste, corrections, tastes};
use super::frame::{Frame, act, page};
use super::visitor::Visitor;
use crate::browser::{OwnForm, after};
use crate::error::ApiError;
use crate::extract::Sent;
use crate::service::Service;
use crate::shown::card::Goods;
use crate::shown::labels::Labels;

/// Steps of the history shown.
const REMEMBERED: usize = 50;

#[derive(Template)]
#[template(path = "window/me.html")]
struct Page {
    frame: Frame,
    subject: String,
    profiling: bool,
    history: Vec<Seen>,
    said: Vec<Said>,
    corrections: Vec<Corrected>,
    tastes: Vec<Taste>,
}

/// One step of the history.
struct Seen {
    goods: Goods,
    kind: &'static str,
    date: Option<String>,
}

/// One thing said of a reason.
struct Said {
    word: &'static str,
    goods: Option<Goods>,
    date: String,
}

pub(super) async fn show(State(service): State<Arc<Service>>, visitor: Visitor) -> Response {
    page(&service, visitor, |service, visitor, frame| {
        Ok(Page {
            subject: visitor.subject.to_string(),
            profiling: service.live.preferences(&visitor.subject)?.profiling,
            history: history(service, visitor)?,
            said: said(service, visitor, &frame)?,
            corrections: corrections(service, visitor, &frame)?,
            tastes: tastes(service, visitor)?,
            frame,
        })
    })
    .await
}

fn history(service: &Service, visitor: &Visitor) -> Result<Vec<Seen>, ApiError> {
    let events = basket::events(service, visitor)?;
    let seen = events.iter().filter(|event| event.kind.is_deed()).take(REMEMBERED);
    let seen = seen.map(|event| Seen {
        goods: Goods::of(service, &event.item_id, visitor.lang),
        kind: Labels(visitor.lang).did(event.kind),
        date: EventTime::instant(event.time).map(Timestamp::date),
    });
    Ok(seen.collect())
}

fn said(service: &Service, visitor: &Visitor, frame: &Frame) -> Result<Vec<Said>, ApiError> {
    let state = service.live.shop().state();
    let Some(shopper) = state.shopper(&visitor.subject)? else { return Ok(Vec::new()) };
    let word = |kind| {
        Some(match kind {
            FeedbackKind::Helpful => frame.texts.helpful,
            FeedbackKind::Wrong => frame.texts.wrong,
            FeedbackKind::Unclear => frame.texts.unclear,
            FeedbackKind::DontUse => frame.texts.dont_use,
            _ => return None,
        })
    };
    let heard = state.feedback_of(shopper)?;
    let said = heard.iter().rev().filter_map(|one| {
        Some(Said {
            word: word(one.kind)?,
            goods: one.item_id.as_ref().map(|id| Goods::of(service, id, visitor.lang)),
            date: one.at.date(),
        })
    });
    Ok(said.take(REMEMBERED).collect())
}

/// On or off.
#[derive(Deserialize)]
pub(super) struct Switch {
    profiling: bool,
}

pub(super) async fn switch(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(switch): Sent<Switch>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let decided = service.live.preferences(&visitor.subject)?;
        let decided = Preferences { profiling: switch.profiling, ..decided };
        service.live.set_preferences(&visitor.subject, &decided)?;
        Ok(after("/me", if switch.profiling { "on" } else { "off" }))
    })
    .await
}

/// Whether they are sure.
#[derive(Deserialize)]
pub(super) struct Sure {
    #[serde(default)]
    sure: Option<String>,
}

pub(super) async fn erase(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(sure): Sent<Sure>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        if sure.sure.is_none() {
            return Ok(after("/me", "unsure"));
        }
        match service.live.erase(&visitor.subject) {
            Ok(_) | Err(AppError::NoShopper(_)) => {}
            Err(error) => return Err(error.into()),
        }
        visitor.become_subject(Visitor::fresh_subject());
        Ok(after("/", "erased"))
    })
    .await
}
