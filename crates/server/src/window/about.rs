//! What the shop knows about the visitor, and what they decide about it.

use std::sync::Arc;

use app::{AppError, Request};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{
    Concept, Correction, EventTime, FeedbackKind, IngestId, Language, Preferences, Text, Timestamp,
    Unused,
};
use serde::Deserialize;

use super::basket;
use super::frame::{Frame, act, after, page};
use super::visitor::{OwnForm, Visitor};
use crate::error::ApiError;
use crate::extract::Sent;
use crate::service::Service;
use crate::shown::card::Goods;
use crate::shown::labels::Labels;
use crate::shown::title;

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

/// One thing that was put right.
struct Corrected {
    id: String,
    what: &'static str,
    /// The item that it is about, or what is wanted more or less of.
    about: String,
    taken_back: bool,
}

/// One taste, with its share of the score of what is shown.
struct Taste {
    of: &'static str,
    value: String,
    share: String,
    width: String,
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

fn corrections(
    service: &Service,
    visitor: &Visitor,
    frame: &Frame,
) -> Result<Vec<Corrected>, ApiError> {
    let kept = service.live.corrections(&visitor.subject)?;
    let shown = kept.into_iter().rev().take(REMEMBERED).map(|kept| Corrected {
        id: kept.correction_id.to_string(),
        what: frame.texts.corrected(&kept.correction),
        about: match &kept.correction {
            Correction::WrongReason { item_id: id, .. }
            | Correction::Gift { item_id: id }
            | Correction::NotInterested { item_id: id }
            | Correction::Cheaper { than: id }
            | Correction::OtherBrand { than: id } => title(service, id, visitor.lang),
            Correction::More { concept } | Correction::Less { concept } => {
                named(service, concept, visitor.lang)
            }
            _ => String::new(),
        },
        taken_back: kept.taken_back,
    });
    Ok(shown.collect())
}

/// Tastes shown.
const TASTES: usize = 8;

fn tastes(service: &Service, visitor: &Visitor) -> Result<Vec<Taste>, ApiError> {
    let profile = match service.live.profile(&visitor.subject) {
        Err(AppError::NoModel) => return Ok(Vec::new()),
        found => found?,
    };
    let shown = profile.tastes.into_iter().take(TASTES).map(|taste| Taste {
        of: kind_of(&taste.concept),
        value: named(service, &taste.concept, visitor.lang),
        share: format!("{:.0}%", taste.weight * 100.0),
        width: format!("{:.1}", (taste.weight * 100.0).clamp(0.0, 100.0)),
    });
    Ok(shown.collect())
}

/// A brand or category in a language; a word as it was said.
fn named(service: &Service, concept: &Concept, lang: Language) -> String {
    let tally = service.live.tally();
    let is_it = |text: &&Text| text.versions().any(|version| version == concept.value());
    let found = tally.entries().iter().find_map(|entry| match concept {
        Concept::Category(_) => entry.item.categories.iter().find(is_it),
        Concept::Brand(_) => Some(&entry.item.brand).filter(is_it),
        Concept::Word(_) => None,
    });
    found.map_or(concept.value(), |text| text.in_language(lang)).to_owned()
}

fn kind_of(concept: &Concept) -> &'static str {
    match concept {
        Concept::Category(_) => "category",
        Concept::Brand(_) => "brand",
        Concept::Word(_) => "word",
    }
}

/// Which correction, and where to go back to.
#[derive(Deserialize)]
pub(super) struct Undo {
    correction: IngestId,
    #[serde(default)]
    back: String,
}

pub(super) async fn undo(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(undo): Sent<Undo>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let list = Request::default();
        service.live.take_back(&visitor.subject, undo.correction, &list)?;
        Ok(after(&undo.back, "undone"))
    })
    .await
}

/// A taste that is not one, more or less of something, or everything anew.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub(super) enum Wish {
    /// Not used any more.
    Drop { of: String, value: String },
    /// More of it.
    More { value: String },
    /// Less of it.
    Less { value: String },
    /// Nothing so far is used.
    Anew,
}

pub(super) async fn wish(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(wish): Sent<Wish>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let correction = match wish {
            Wish::Drop { of, value } => {
                let tastes = service.live.profile(&visitor.subject)?.tastes;
                let is_meant = |concept: &Concept| {
                    kind_of(concept) == of && named(service, concept, visitor.lang) == value
                };
                let meant = tastes.into_iter().find(|taste| is_meant(&taste.concept));
                let none = || ApiError::unreadable("value: that is not one of your tastes");
                meant.ok_or_else(none)?.remove
            }
            Wish::More { value } => Correction::More { concept: concept(service, value) },
            Wish::Less { value } => Correction::Less { concept: concept(service, value) },
            Wish::Anew => Correction::DoNotUse { unused: Unused::Everything },
        };
        let made = service.live.correct(&visitor.subject, correction, &Request::default())?;
        Ok(format!("{}&made={}", after("/me", "corrected"), made.correction_id))
    })
    .await
}

/// A brand or a category where the catalogue has one of that name, else a word.
fn concept(service: &Service, value: String) -> Concept {
    let tally = service.live.tally();
    let held = |concept: &Concept| {
        tally.entries().iter().any(|entry| !entry.deleted && concept.holds_of(&entry.item))
    };
    let (brand, category) = (Concept::Brand(value.clone()), Concept::Category(value.clone()));
    [brand, category].into_iter().find(held).unwrap_or(Concept::Word(value))
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
