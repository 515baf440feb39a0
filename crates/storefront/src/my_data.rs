//! The page of the visitor's own data, and their decisions about it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{EventTime, FeedbackKind, Preferences, Timestamp};
use presentation::card::Goods;
use presentation::labels::Labels;
use serde::Deserialize;
use shop::ShopError;
use web::browser::{OwnForm, after};
use web::error::ApiError;
use web::extract::Sent;

use crate::corrections::{Corrected, Taste, corrections, tastes};
use crate::frame::Frame;
use crate::respond::{act, page};
use crate::state::Storefront;
use crate::visitor::Visitor;

/// Latest things done, and said, that are shown.
const REMEMBERED: usize = 50;

#[derive(Template)]
#[template(path = "my_data.html")]
struct Page {
    frame: Frame,
    subject: String,
    profiling: bool,
    history: Vec<Seen>,
    /// How much is kept of what they did; more than is shown.
    n_history: Option<usize>,
    feedback: Vec<FeedbackRow>,
    n_feedback: Option<usize>,
    corrections: Vec<Corrected>,
    n_corrections: Option<usize>,
    tastes: Vec<Taste>,
    /// Why there are none.
    no_tastes: &'static str,
}

impl Page {
    /// Whether anything is kept that can be taken away.
    fn is_kept(&self) -> bool {
        !(self.history.is_empty() && self.feedback.is_empty() && self.corrections.is_empty())
    }
}

/// One thing they did.
struct Seen {
    goods: Goods,
    /// The event, as it is named in a form.
    event: String,
    kind: &'static str,
    date: Option<String>,
    /// Whether it can still be left out.
    is_used: bool,
    /// Whether it was left out.
    is_unused: bool,
}

/// Feedback on one reason.
struct FeedbackRow {
    word: &'static str,
    goods: Option<Goods>,
    date: String,
}

pub(super) async fn show(State(service): State<Arc<Storefront>>, visitor: Visitor) -> Response {
    page(&service, visitor, |service, visitor, frame| {
        let (history, n_history) = history(service, visitor)?;
        let (feedback, n_feedback) = feedback(service, visitor, &frame)?;
        let (corrections, n_corrections) = corrections(service, visitor, &frame)?;
        Ok(Page {
            subject: visitor.subject.to_string(),
            profiling: service.live.corrections.preferences(&visitor.subject)?.profiling,
            no_tastes: match history.is_empty() || service.live.profiles.names_tastes() {
                true => frame.texts.no_tastes,
                false => frame.texts.no_tastes_named,
            },
            n_history: more_than(&history, n_history),
            history,
            n_feedback: more_than(&feedback, n_feedback),
            feedback,
            n_corrections: more_than(&corrections, n_corrections),
            corrections,
            tastes: tastes(service, visitor)?,
            frame,
        })
    })
    .await
}

/// How many there are, where not all of them are shown.
fn more_than<T>(shown: &[T], n: usize) -> Option<usize> {
    (n > shown.len()).then_some(n)
}

/// Their interactions, newest first, and how many there are.
fn history(service: &Storefront, visitor: &Visitor) -> Result<(Vec<Seen>, usize), ApiError> {
    let interactions = service.live.profiles.interactions(&visitor.subject, REMEMBERED)?;
    let seen = interactions.latest.into_iter().map(|done| Seen {
        goods: Goods::of(&service.live, &done.event.item_id, visitor.lang),
        event: done.event.id.to_string(),
        kind: Labels(visitor.lang).did(done.event.kind),
        date: EventTime::instant(done.event.time).map(Timestamp::date),
        is_used: done.used == Some(true),
        is_unused: done.used == Some(false),
    });
    Ok((seen.collect(), interactions.n))
}

/// Their feedback on reasons, newest first, and how much there is.
fn feedback(
    service: &Storefront,
    visitor: &Visitor,
    frame: &Frame,
) -> Result<(Vec<FeedbackRow>, usize), ApiError> {
    let state = service.live.shop().state();
    let Some(shopper) = state.shopper(&visitor.subject)? else { return Ok((Vec::new(), 0)) };
    let word = |kind| {
        Some(match kind {
            FeedbackKind::Helpful => frame.texts.helpful,
            FeedbackKind::Wrong => frame.texts.wrong,
            FeedbackKind::Unclear => frame.texts.unclear,
            FeedbackKind::DontUse => frame.texts.dont_use,
            _ => return None,
        })
    };
    let feedback = state.feedback_of(shopper)?;
    let rows = feedback.iter().rev().filter_map(|one| Some((word(one.kind)?, one)));
    let n = rows.clone().count();
    let rows = rows.take(REMEMBERED).map(|(word, one)| FeedbackRow {
        word,
        goods: one.item_id.as_ref().map(|id| Goods::of(&service.live, id, visitor.lang)),
        date: one.at.date(),
    });
    Ok((rows.collect(), n))
}

/// On or off.
#[derive(Deserialize)]
pub(super) struct Switch {
    profiling: bool,
}

pub(super) async fn switch(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(switch): Sent<Switch>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let decided = service.live.corrections.preferences(&visitor.subject)?;
        let decided = Preferences { profiling: switch.profiling, ..decided };
        service.live.corrections.set_preferences(&visitor.subject, &decided)?;
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
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(sure): Sent<Sure>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        if sure.sure.is_none() {
            return Ok(after("/me", "unsure"));
        }
        match service.live.erase(&visitor.subject) {
            Ok(_) | Err(ShopError::NoShopper(_)) => {}
            Err(error) => return Err(error.into()),
        }
        visitor.become_subject(Visitor::fresh_subject());
        Ok(after("/", "erased"))
    })
    .await
}
