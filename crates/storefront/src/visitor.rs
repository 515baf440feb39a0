//! The visitor of a page and their language.
//!
//! Two cookies remember it, readable by no script and sent by no other site. The storefront is
//! shown only where the server runs open, so a name in a cookie gives no right that anybody on this
//! machine lacks.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{IngestId, Language, SubjectId};
use web::browser::{self, LANGUAGE, asked, cookie, here, remembered, text};

use crate::locked::Refused;
use crate::state::Storefront;

const WHO: &str = "candor_visitor";
const ASK_LATER: &str = "candor_ask_later";

/// A week.
const LATER_S: u32 = 604_800;

/// Somebody before the storefront.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) subject: SubjectId,
    pub(crate) lang: Language,
    /// Path and query asked for, to come back to.
    pub(super) here: String,
    /// The name of the action just done.
    pub(super) done: Option<String>,
    /// The correction that was just made.
    pub(super) made: Option<IngestId>,
    /// Whether the address was opened by a person, and not fetched ahead of one.
    pub(super) looks: bool,
    /// Whether they do not want to be asked questions now.
    pub(super) asked_later: bool,
    is_known: bool,
    cookies: Vec<String>,
}

impl Visitor {
    /// A name for somebody who has none.
    pub(super) fn fresh_subject() -> SubjectId {
        let session = format!("session:{:032x}", rand::random::<u128>());
        SubjectId::new(session).expect("letters and digits are a name")
    }

    /// Whether they are a visit and no known shopper.
    pub(super) fn is_visit(&self) -> bool {
        self.subject.as_str().starts_with("session:")
    }

    /// Whether the browser said who it is: what a first look does is nobody's yet.
    pub(super) fn is_known_here(&self) -> bool {
        self.is_known
    }

    /// From now on the browser is this shopper.
    pub(super) fn become_subject(&mut self, subject: SubjectId) {
        self.cookies.push(cookie(WHO, &URL_SAFE_NO_PAD.encode(subject.as_str())));
        self.subject = subject;
    }

    /// From now on the browser reads this language.
    pub(super) fn read_in(&mut self, lang: Language) {
        self.cookies.push(cookie(LANGUAGE, lang.tag()));
        self.lang = lang;
    }

    /// They are not asked questions for a while.
    pub(super) fn ask_later(&mut self) {
        let attributes = format!("Path=/; Max-Age={LATER_S}; HttpOnly; SameSite=Strict");
        self.cookies.push(format!("{ASK_LATER}=1; {attributes}"));
    }

    /// The cookies to be remembered by.
    pub(super) fn remember(&self, headers: &mut HeaderMap) {
        for cookie in &self.cookies {
            if let Ok(value) = HeaderValue::from_str(cookie) {
                headers.append(header::SET_COOKIE, value);
            }
        }
    }
}

fn subject(headers: &HeaderMap) -> Option<SubjectId> {
    let bytes = URL_SAFE_NO_PAD.decode(remembered(headers, WHO)?).ok()?;
    SubjectId::new(String::from_utf8(bytes).ok()?).ok()
}

impl FromRequestParts<Arc<Storefront>> for Visitor {
    type Rejection = Refused;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Storefront>,
    ) -> Result<Self, Refused> {
        let (headers, uri) = (&parts.headers, &parts.uri);
        let own = service.live.config().shop.language;
        let (lang, said) = browser::language(headers, uri, own);
        if !service.is_open {
            return Err(Refused::Locked(lang));
        }
        let found = subject(headers);
        let mut visitor = Self {
            subject: found.clone().unwrap_or_else(Self::fresh_subject),
            lang,
            here: here(uri),
            made: asked(uri, "made").and_then(|id| id.parse().ok()),
            done: asked(uri, "done").map(str::to_owned),
            looks: parts.method == Method::GET && !text(headers, "sec-purpose").contains("fetch"),
            asked_later: remembered(headers, ASK_LATER).is_some(),
            is_known: found.is_some(),
            cookies: Vec::new(),
        };
        // Somebody who follows a link from another site sends no cookie: that must not replace it.
        if found.is_none() && text(headers, "sec-fetch-site") != "cross-site" {
            visitor.become_subject(visitor.subject.clone());
        }
        if said {
            visitor.read_in(lang);
        }
        Ok(visitor)
    }
}
