//! Who stands before the window, in which language, and whether a form is really theirs.
//!
//! Two cookies remember it, readable by no script and sent by no other site. The window is shown
//! only where the server runs open, so a name in a cookie gives no right that anybody on this
//! machine lacks.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{IngestId, Language, SubjectId};

use super::frame::Refused;
use crate::error::ApiError;
use crate::service::Service;

const WHO: &str = "candor_visitor";
const LANGUAGE: &str = "candor_language";

/// Half a year.
const REMEMBERED_S: u32 = 15_552_000;

/// Somebody before the window.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) subject: SubjectId,
    pub(crate) lang: Language,
    /// Path and query asked for, to come back to.
    pub(super) here: String,
    /// What was just done, by name.
    pub(super) done: Option<String>,
    /// The correction that was just made.
    pub(super) made: Option<IngestId>,
    /// Whether the address was opened by a person, and not fetched ahead of one.
    pub(super) looks: bool,
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

    /// The cookies to be remembered by.
    pub(super) fn remember(&self, headers: &mut HeaderMap) {
        for cookie in &self.cookies {
            if let Ok(value) = HeaderValue::from_str(cookie) {
                headers.append(header::SET_COOKIE, value);
            }
        }
    }
}

fn cookie(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age={REMEMBERED_S}; HttpOnly; SameSite=Strict")
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn remembered<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
}

fn subject(headers: &HeaderMap) -> Option<SubjectId> {
    let bytes = URL_SAFE_NO_PAD.decode(remembered(headers, WHO)?).ok()?;
    SubjectId::new(String::from_utf8(bytes).ok()?).ok()
}

fn asked<'u>(uri: &'u Uri, name: &str) -> Option<&'u str> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next_back()
}

impl FromRequestParts<Arc<Service>> for Visitor {
    type Rejection = Refused;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Refused> {
        let (headers, uri) = (&parts.headers, &parts.uri);
        let said = asked(uri, "lang").and_then(|tag| tag.parse::<Language>().ok());
        let kept = remembered(headers, LANGUAGE).and_then(|tag| tag.parse().ok());
        let accepted = text(headers, "accept-language").split(',');
        let accepted = accepted.filter_map(|tag| tag.split(';').next()?.parse().ok()).next();
        let lang = said.or(kept).or(accepted).unwrap_or(service.live.config().shop.language);
        if !service.keys.is_open() {
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
            is_known: found.is_some(),
            cookies: Vec::new(),
        };
        // Somebody who follows a link from another site sends no cookie: that must not replace it.
        if found.is_none() && text(headers, "sec-fetch-site") != "cross-site" {
            visitor.become_subject(visitor.subject.clone());
        }
        if let Some(lang) = said {
            visitor.read_in(lang);
        }
        Ok(visitor)
    }
}

/// Where the request points, without what was just done there.
fn here(uri: &Uri) -> String {
    let whole = uri.path_and_query().map_or("/", |path| path.as_str());
    let plain = whole.split_once("done=").map_or(whole, |(before, _)| before);
    plain.trim_end_matches(['?', '&']).to_owned()
}

/// A path of ours to go back to; the front page for anything else.
pub(super) fn own_path(raw: &str) -> &str {
    let is_own = raw.starts_with('/')
        && !raw.starts_with("//")
        && raw.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_own { raw } else { "/" }
}

/// Proof that a page of ours sent the form: browsers say from where, and no page can change that.
pub(super) struct OwnForm;

impl FromRequestParts<Arc<Service>> for OwnForm {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Service>) -> Result<Self, ApiError> {
        let headers = &parts.headers;
        let (host, origin) = (text(headers, "host"), text(headers, "origin"));
        let from_here = origin.split_once("://").is_some_and(|(_, from)| from == host);
        let site = text(headers, "sec-fetch-site");
        if from_here && (site.is_empty() || site == "same-origin") {
            return Ok(Self);
        }
        Err(ApiError::from_elsewhere())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_back_to() {
        assert_eq!(own_path("/item/a?x=1"), "/item/a?x=1");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil", "", "x", "/a\r\nb"] {
            assert_eq!(own_path(foreign), "/", "{foreign:?}");
        }
    }

    #[test]
    fn what_was_done_is_not_gone_back_to() {
        let of = |path: &str| here(&path.parse().unwrap());
        assert_eq!(of("/item/a?from=r&done=cart"), "/item/a?from=r");
        assert_eq!(of("/?done=cart"), "/");
        assert_eq!(of("/category?in=x"), "/category?in=x");
    }
}
