//! What stands around every page of the window, and how a page, an error or a redirect is sent.

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{IngestId, Language};

use super::shelves::Department;
use super::sorry::sorry;
use super::texts::Texts;
use super::visitor::Visitor;
use super::{basket, shelves};
use crate::browser::{html, see_other};
use crate::error::ApiError;
use crate::service::Service;

/// Departments in the head of a page.
const IN_HEAD: usize = 10;

/// What every page shows beside its own.
pub(super) struct Frame {
    pub(super) texts: &'static Texts,
    pub(super) lang: Language,
    pub(super) shop: String,
    pub(super) simulated: bool,
    /// Who the visitor is, in words.
    pub(super) name: String,
    pub(super) choices: Vec<Choice>,
    /// The id that was typed; empty where somebody was chosen.
    pub(super) typed: String,
    pub(super) departments: Vec<Department>,
    pub(super) n_cart: usize,
    pub(super) here: String,
    pub(super) notice: Option<&'static str>,
    /// The correction that was just made, to take it back.
    pub(super) undo: Option<IngestId>,
}

/// A shopper that one may be.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) selected: bool,
}

impl Frame {
    pub(super) fn of(service: &Service, visitor: &Visitor) -> Result<Self, ApiError> {
        let (texts, lang) = (Texts::of(visitor.lang), visitor.lang);
        let shop = &service.live.config().shop;
        let samples = service.options.sample_shoppers.iter().map(|sample| Choice {
            id: sample.subject.to_string(),
            name: sample.name.in_language(lang).to_owned(),
            selected: sample.subject == visitor.subject,
        });
        let choices: Vec<_> = samples.collect();
        let chosen = choices.iter().find(|choice| choice.selected);
        let typed = match visitor.is_visit() || chosen.is_some() {
            true => String::new(),
            false => visitor.subject.to_string(),
        };
        let name = match (chosen, visitor.is_visit()) {
            (Some(choice), _) => choice.name.clone(),
            (None, true) => texts.visitor.to_owned(),
            (None, false) => visitor.subject.to_string(),
        };
        let departments = shelves::departments(service);
        Ok(Self {
            texts,
            lang,
            shop: shop.name.clone(),
            simulated: shop.simulated,
            name,
            typed,
            departments: departments.iter().take(IN_HEAD).cloned().collect(),
            n_cart: basket::cart(service, visitor)?.len(),
            here: visitor.here.clone(),
            notice: visitor.done.as_deref().and_then(|done| texts.after(done)),
            undo: visitor.made,
            choices,
        })
    }
}

#[derive(Template)]
#[template(path = "window/locked.html")]
struct Locked {
    texts: &'static Texts,
}

/// Why no page is shown at all.
pub(crate) enum Refused {
    /// Keys are set, and the window shows nobody.
    Locked(Language),
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self::Locked(lang) = self;
        (StatusCode::FORBIDDEN, html(&Locked { texts: Texts::of(lang) })).into_response()
    }
}

/// Makes a page on a thread that may block, puts the frame around it, and remembers the visitor.
pub(super) async fn page<T: Template>(
    service: &Arc<Service>,
    visitor: Visitor,
    make: impl FnOnce(&Service, &Visitor, Frame) -> Result<T, ApiError> + Send + 'static,
) -> Response {
    let make = |service: &Service, visitor: &Visitor, frame| {
        make(service, visitor, frame).map(|page| html(&page))
    };
    respond(service, visitor, make).await
}

/// As [`page`], where something else may come of it than a page.
pub(super) async fn respond(
    service: &Arc<Service>,
    visitor: Visitor,
    make: impl FnOnce(&Service, &Visitor, Frame) -> Result<Response, ApiError> + Send + 'static,
) -> Response {
    let made = service.blocking(move |service| {
        let frame = Frame::of(service, &visitor)?;
        let made = make(service, &visitor, frame);
        let mut response = made.or_else(|error| sorry(service, &visitor, &error))?;
        visitor.remember(response.headers_mut());
        Ok(response)
    });
    made.await.unwrap_or_else(IntoResponse::into_response)
}

/// Does something and sends the browser on to the path that comes of it.
pub(super) async fn act(
    service: &Arc<Service>,
    mut visitor: Visitor,
    work: impl FnOnce(&Service, &mut Visitor) -> Result<String, ApiError> + Send + 'static,
) -> Response {
    let done = service.blocking(move |service| {
        let mut response = match work(service, &mut visitor) {
            Ok(to) => see_other(&to),
            Err(error) => sorry(service, &visitor, &error)?,
        };
        visitor.remember(response.headers_mut());
        Ok(response)
    });
    done.await.unwrap_or_else(IntoResponse::into_response)
}
