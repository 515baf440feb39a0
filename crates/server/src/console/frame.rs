//! What stands around every page of the console, and how a page or an error is sent.

use std::sync::Arc;

use app::AppError;
use app::reading::{HowFar, Look};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use charts::About;
use domain::{Language, Timestamp};

use super::operator::Operator;
use super::texts::Texts;
use crate::browser::{html, see_other};
use crate::error::ApiError;
use crate::keys;
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
    /// Where something newer than the page shows is being read.
    pub(super) newer: Option<Newer>,
    pub(super) has_session: bool,
    /// Whether the shop window shows whoever looks a shopper: it does on an open server alone.
    pub(super) has_window: bool,
}

/// What is shown is not the newest.
pub(super) struct Newer {
    /// The moment that holds.
    pub(super) at: String,
    /// How far the newer is read.
    pub(super) how_far: Progress,
}

/// How far something long is.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    pub(super) done: u64,
    pub(super) of: Option<u64>,
}

impl From<HowFar> for Progress {
    fn from(how_far: HowFar) -> Self {
        Self { done: how_far.n_done, of: how_far.n }
    }
}

impl Progress {
    /// In numbers; nothing where nothing is counted.
    pub(super) fn text(self) -> String {
        match (self.done, self.of) {
            (0, None) => String::new(),
            (done, None) => done.to_string(),
            (done, Some(of)) => format!("{done} / {of}"),
        }
    }
}

/// Why there is no page yet.
pub(super) enum Unmade {
    Failed(ApiError),
    /// It shows figures that are being read for the first time.
    Reading(HowFar),
}

impl From<ApiError> for Unmade {
    fn from(error: ApiError) -> Self {
        Self::Failed(error)
    }
}

impl From<AppError> for Unmade {
    fn from(error: AppError) -> Self {
        Self::Failed(error.into())
    }
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
            newer: None,
            has_session: operator.has_session,
            has_window: !keys::any(&service.options.settings),
        }
    }

    /// The figures that were looked at. The page says so where there are newer ones, and is not
    /// shown before there are any.
    pub(super) fn known<T>(&mut self, look: Look<T>) -> Result<Arc<T>, Unmade> {
        match look {
            Look::Reading(how_far) => Err(Unmade::Reading(how_far)),
            Look::Known(known) => {
                let (at, newer) = (moment(known.at), known.newer);
                if let Some(newer) = newer {
                    self.newer = Some(Newer { at, how_far: newer.into() });
                }
                Ok(known.figures)
            }
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

/// A moment to the minute, in UTC.
pub(super) fn moment(at: Timestamp) -> String {
    let minutes = at.0.div_euclid(60_000).rem_euclid(24 * 60);
    format!("{} {:02}:{:02} UTC", at.date(), minutes / 60, minutes % 60)
}

/// A count with its thousands apart.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A page that shows itself once its figures are read.
#[derive(Template)]
#[template(path = "console/reading.html")]
struct Reading {
    frame: Frame,
    progress: Progress,
}

/// A page that could not be shown.
#[derive(Template)]
#[template(path = "console/sorry.html")]
struct Sorry {
    frame: Frame,
    heading: &'static str,
    message: String,
    /// Where to go from here, and what that is called.
    back: (&'static str, &'static str),
}

/// Makes a page on a thread that may block, and puts the frame around it.
pub(super) async fn page<T: Template>(
    service: &Arc<Service>,
    operator: Operator,
    page: Page,
    make: impl FnOnce(&Service, &Operator, Frame) -> Result<T, Unmade> + Send + 'static,
) -> Response {
    let made = service.blocking(move |service| {
        let frame = Frame::of(service, &operator, page);
        Ok(match make(service, &operator, frame) {
            Ok(made) => html(&made),
            Err(Unmade::Failed(error)) => sorry(service, &operator, page, &error),
            Err(Unmade::Reading(how_far)) => {
                let frame = Frame::of(service, &operator, page);
                html(&Reading { frame, progress: how_far.into() })
            }
        })
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

/// The same for a form: where it is refused for what it holds, it is shown again as it was sent.
pub(super) async fn act_or_again<T: Template>(
    service: &Arc<Service>,
    operator: Operator,
    page: Page,
    work: impl FnOnce(&Service) -> Result<String, AppError> + Send + 'static,
    again: impl FnOnce(&Service, &Operator, Frame, &AppError) -> Result<T, ApiError> + Send + 'static,
) -> Response {
    let done = service.blocking(move |service| {
        let error = match work(service) {
            Ok(to) => return Ok(see_other(&to)),
            Err(error) => error,
        };
        let shown = again(service, &operator, Frame::of(service, &operator, page), &error);
        let error = ApiError::from(error);
        Ok(match shown {
            Ok(shown) if error.status().is_client_error() => {
                (error.status(), html(&shown)).into_response()
            }
            _ => sorry(service, &operator, page, &error),
        })
    });
    done.await.unwrap_or_else(IntoResponse::into_response)
}

/// What is at a path of the console that has no page.
pub(super) async fn nothing_here(
    State(service): State<Arc<Service>>,
    operator: Operator,
) -> Response {
    let error = ApiError::no_route();
    page(&service, operator, Page::Overview, move |_, _, _| Err::<Sorry, _>(error.into())).await
}

fn sorry(service: &Service, operator: &Operator, page: Page, error: &ApiError) -> Response {
    let frame = Frame::of(service, operator, page);
    let is_missing = error.status() == StatusCode::NOT_FOUND;
    let heading = if is_missing { frame.texts.not_found } else { frame.texts.failed };
    let message = error.message().to_owned();
    let back = (page.path(), page.name(frame.texts));
    (error.status(), html(&Sorry { frame, heading, message, back })).into_response()
}
