//! The part of a page that every page of the console has around its own.

use std::sync::Arc;

use charts::About;
use domain::Language;
use insights::report_cache::{Progress as ReportProgress, Report};
use messages::message;
use shop::ShopError;
use web::error::ApiError;

use crate::format::moment;
use crate::operator::Operator;
use crate::state::Console;
use crate::texts::Texts;

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
    Feeds,
    Transparency,
}

impl Page {
    const ALL: [Self; 9] = [
        Self::Overview,
        Self::Recommendations,
        Self::Explanations,
        Self::Trust,
        Self::Experiments,
        Self::Models,
        Self::Data,
        Self::Feeds,
        Self::Transparency,
    ];

    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Overview => "/console",
            Self::Recommendations => "/console/recommendations",
            Self::Explanations => "/console/explanations",
            Self::Trust => "/console/trust",
            Self::Experiments => "/console/experiments",
            Self::Models => "/console/models",
            Self::Data => "/console/data",
            Self::Feeds => "/console/feeds",
            Self::Transparency => "/console/transparency",
        }
    }

    pub(super) fn name(self, texts: &Texts) -> &'static str {
        match self {
            Self::Overview => texts.overview,
            Self::Recommendations => texts.recommendations,
            Self::Explanations => texts.explanations,
            Self::Trust => texts.trust,
            Self::Experiments => texts.experiments,
            Self::Models => texts.models,
            Self::Data => texts.data,
            Self::Feeds => texts.feeds,
            Self::Transparency => texts.transparency,
        }
    }
}

/// The content of the frame.
pub(super) struct Frame {
    pub(super) lang: Language,
    pub(super) texts: &'static Texts,
    pub(super) shop: String,
    /// The title of the browser's window.
    pub(super) title: String,
    /// The page's name.
    pub(super) name: &'static str,
    pub(super) simulated: bool,
    pub(super) links: Vec<Link>,
    pub(super) here: String,
    pub(super) notice: Option<&'static str>,
    /// Where a newer report than the page shows is being computed.
    pub(super) newer: Option<Newer>,
    pub(super) has_session: bool,
    /// Whether the storefront shows whoever looks a shopper: it does on an open server alone.
    pub(super) has_window: bool,
}

/// A newer report than the one shown is being computed.
pub(super) struct Newer {
    /// The time that the page holds for.
    pub(super) at: String,
    /// How far the newer one is.
    pub(super) progress: Progress,
}

/// How far something long is.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    pub(super) done: u64,
    pub(super) of: Option<u64>,
}

impl From<ReportProgress> for Progress {
    fn from(progress: ReportProgress) -> Self {
        Self { done: progress.n_done, of: progress.n }
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
    /// It shows a report that is being computed for the first time.
    Pending(ReportProgress),
}

impl From<ApiError> for Unmade {
    fn from(error: ApiError) -> Self {
        Self::Failed(error)
    }
}

impl From<ShopError> for Unmade {
    fn from(error: ShopError) -> Self {
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
    pub(super) fn of(service: &Console, operator: &Operator, page: Page) -> Self {
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
            has_window: service.keys.is_open(),
        }
    }

    /// The value of a report. The page says so where a newer one is being computed, and is not
    /// shown before there is one.
    pub(super) fn ready<T>(&mut self, report: Report<T>) -> Result<Arc<T>, Unmade> {
        match report {
            Report::Pending(progress) => Err(Unmade::Pending(progress)),
            Report::Ready(ready) => {
                let (at, newer) = (moment(ready.at), ready.newer);
                if let Some(newer) = newer {
                    self.newer = Some(Newer { at, progress: newer.into() });
                }
                Ok(ready.value)
            }
        }
    }

    /// The title and description of a figure. Titles say where its numbers come from, for whoever
    /// copies a figure without its page.
    pub(super) fn about(&self, title: &str, description: &str) -> About {
        let title =
            message!(self.lang, "console-title-with-stamp", title: title, stamp: self.stamp());
        About::new(title, description, self.lang)
    }

    /// Where the numbers of a page come from: simulated shoppers, or real ones.
    pub(super) fn stamp(&self) -> &'static str {
        if self.simulated { self.texts.stamp_simulated } else { self.texts.stamp_live }
    }
}

/// A page's name with the shop's.
pub(super) fn titled(name: &str, service: &Console) -> String {
    format!("{name} · {}", service.live.config().shop.name)
}
