//! How somebody who entered the admin key is known again: a signed time until which they are.
//!
//! The signature rests on the admin key, so that a new key ends every session. Nothing is kept
//! here.

use axum::http::HeaderMap;
use domain::Timestamp;
use web::browser::{remembered, text};
use web::signed::Signer;

const COOKIE: &str = "candor_console";

/// A working day.
const LASTS_S: i64 = 8 * 3600;

/// The purpose that the signing key is derived for.
const PURPOSE: &[u8] = b"candor console session v1";

/// Makes sessions and knows them again.
pub(crate) struct Sessions(Signer);

impl Sessions {
    pub(crate) fn new(admin_key: Option<&str>) -> Self {
        Self(Signer::new(admin_key, PURPOSE))
    }

    /// The cookie of a session that begins now. Sent over HTTPS alone where the browser came so.
    pub(super) fn begin(&self, headers: &HeaderMap, now: Timestamp) -> String {
        let expires = Timestamp(now.0 + LASTS_S * 1000);
        let signed = self.0.sign(&expires.0.to_be_bytes());
        cookie(headers, &signed, LASTS_S)
    }

    /// The cookie that makes a browser forget its session.
    pub(super) fn end(headers: &HeaderMap) -> String {
        cookie(headers, "", 0)
    }

    /// Whether the browser holds a session of ours that still lasts.
    pub(super) fn holds(&self, headers: &HeaderMap, now: Timestamp) -> bool {
        let payload = remembered(headers, COOKIE).and_then(|signed| self.0.open(signed));
        let expires =
            payload.and_then(|payload| Some(i64::from_be_bytes(payload.try_into().ok()?)));
        expires.is_some_and(|expires| now.0 < expires)
    }
}

fn cookie(headers: &HeaderMap, value: &str, lasts_s: i64) -> String {
    let secure = if text(headers, "x-forwarded-proto") == "https" { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/console; Max-Age={lasts_s}; HttpOnly; SameSite=Strict{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn sent_back(set: &str) -> HeaderMap {
        let pair = set.split(';').next().unwrap();
        HeaderMap::from_iter([(axum::http::header::COOKIE, pair.parse().unwrap())])
    }

    #[test]
    fn a_session_lasts_a_working_day_and_ends_with_its_key() {
        let sessions = Sessions::new(Some("admin"));
        let browser = sent_back(&sessions.begin(&HeaderMap::new(), NOW));
        let end = Timestamp(NOW.0 + LASTS_S * 1000);
        assert!(sessions.holds(&browser, NOW) && sessions.holds(&browser, Timestamp(end.0 - 1)));
        assert!(!sessions.holds(&browser, end));
        assert!(!Sessions::new(Some("another")).holds(&browser, NOW));
        assert!(!Sessions::new(None).holds(&browser, NOW));
        assert!(!sessions.holds(&sent_back(&Sessions::end(&HeaderMap::new())), NOW));
    }

    #[test]
    fn a_later_end_cannot_be_written_into_a_session() {
        let sessions = Sessions::new(Some("admin"));
        let set = sessions.begin(&HeaderMap::new(), NOW);
        let (_, signature) = set.split(';').next().unwrap().split_once('.').unwrap();
        let later = Signer::new(None, PURPOSE).sign(&i64::MAX.to_be_bytes());
        let (payload, _) = later.split_once('.').unwrap();
        let forged = sent_back(&format!("{COOKIE}={payload}.{signature}"));
        assert!(!sessions.holds(&forged, NOW));
    }
}
