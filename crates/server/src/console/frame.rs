//! What stands around every page of the console, and how a page or an error is sent.

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use charts::About;
use domain::Language;

use super::operator::Operator;
use super::texts::Texts;
use crate::browser::{html, see_other};
use crate::error::ApiError;
use crate::service::Service;

/// The pages, in the order of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Overview,
    Recommendations,
    Explanations,
    Trust,
    Experiments,
    Models,
    Data,
    Transparency,
}

impl Page {
    const ALL: [Self; 8] = [
        Self::Overview,
        Self::Recommendations,
        Self::Explanations,
        Self::Trust,
        Self::Experiments,
        Self::Models,
        Self::Data,
        Self::Transparency,
    ];

    fn path(self) -> &'static str {
        match self {
            Self::Overview => "/console",
            Self::Recommendations => "/console/recommendations",
            Self::Explanations => "/console/explanations",
            Self::Trust => "/console/trust",
            Self::Experiments => "/console/experiments",
            Self::Models => "/console/models",
            Self::Data => "/console/data",
            Self::Transparency => "/console/transparency",
        }
    }

    fn name(self, texts: &Texts) -> &'static str {
        match self {
            Self::Overview => texts.overview,
            Self::Recommendations => texts.recommendations,
            Self::Explanations => texts.explanations,
            Self::Trust => texts.trust,
            Self::Experiments => texts.experiments,
            Self::Models => texts.models,
            Self::Data => texts.data,
            Self::Transparency => texts.transparency,
        }
    }
}

/// What every page shows beside its own.
pub(super) struct Frame {
    pub(super) lang: Language,
    pub(super) texts: &'static Texts,
    pub(super) shop: String,
    /// What the window of the browser is called.
    pub(super) title: String,
    /// The page's name.
    pub(super) name: &'static str,
    pub(super) simulated: bool,
    pub(super) links: Vec<Link>,
    pub(super) here: String,
    pub(super) notice: Option<&'static str>,
    pub(super) has_session: bool,
}

/// A page to go to.
pub(super) struct Link {
    pub(super) path: &'static str,
    pub(super) name: &'static str,
    pub(super) is_current: bool,
}

impl Frame {
    fn of(service: &Service, operator: &Operator, page: Page) -> Self {
        let texts = Texts::of(operator.lang);
        let link = |other: Page| Link {
            path: other.path(),
            name: other.name(texts),
            is_current: other == page,
        };
        let shop = &service.live.config().shop;
        Self {
            lang: operator.lang,
            texts,
            shop: shop.name.clone(),
            title: titled(page.name(texts), service),
            name: page.name(texts),
            simulated: shop.simulated,
            links: Page::ALL.map(link).into(),
            here: operator.here.clone(),
            notice: operator.done.as_deref().and_then(|done| texts.after(done)),
            has_session: operator.has_session,
        }
    }

    /// What a figure is about. Titles say where its numbers come from, for whoever copies a figure
    /// without its page.
    pub(super) fn about(&self, title: &str, description: &str) -> About {
        let title = match self.lang {
            Language::Zh => format!("{title}（{}）", self.stamp()),
            Language::En => format!("{title} ({})", self.stamp()),
        };
        About::new(title, description, self.lang)
    }

    /// Where the numbers of a page come from: simulated shoppers, or real ones.
    pub(super) fn stamp(&self) -> &'static str {
        if self.simulated { self.texts.stamp_simulated } else { self.texts.stamp_live }
    }
}

/// A page's name with the shop's.
pub(super) fn titled(name: &str, service: &Service) -> String {
    format!("{name} · {}", service.live.config().shop.name)
}

/// A text as part of an address.
pub(super) fn encoded(text: &str) -> String {
    let encoded = askama::filters::urlencode_strict(text).map(|text| text.to_string());
    encoded.unwrap_or_default()
}

/// A page that could not be shown.
#[derive(Template)]
#[template(path = "console/sorry.html")]
struct Sorry {
    frame: Frame,
    heading: &'static str,
    message: String,
}

/// Makes a page on a thread that may block, and puts the frame around it.
pub(super) async fn page<T: Template>(
    service: &Arc<Service>,
    operator: Operator,
    page: Page,
    make: impl FnOnce(&Service, &Operator, Frame) -> Result<T, ApiError> + Send + 'static,
) -> Response {
    let made = service.blocking(move |service| {
        let frame = Frame::of(service, &operator, page);
        let made = make(service, &operator, frame).map(|page| html(&page));
        Ok(made.unwrap_or_else(|error| sorry(service, &operator, page, &error)))
    });
    made.await.unwrap_or_else(IntoResponse::into_response)
}

/// Does something and sends the browser on to the path that comes of it.
pub(super) async fn act(
    service: &Arc<Service>,
    operator: Operator,
    page: Page,
    work: impl FnOnce(&Service, &Operator) -> Result<String, ApiError> + Send + 'static,
) -> Response {
    let done = service.blocking(move |service| {
        Ok(match work(service, &operator) {
            Ok(to) => see_other(&to),
            Err(error) => sorry(service, &operator, page, &error),
        })
    });
    done.await.unwrap_or_else(IntoResponse::into_response)
}

fn sorry(service: &Service, operator: &Operator, page: Page, error: &ApiError) -> Response {
    let frame = Frame::of(service, operator, page);
    let is_missing = error.status() == StatusCode::NOT_FOUND;
    let heading = if is_missing { frame.texts.not_found } else { frame.texts.failed };
    let message = error.message().to_owned();
    (error.status(), html(&Sorry { frame, heading, message })).into_response()
}
