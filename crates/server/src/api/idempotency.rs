//! `Idempotency-Key`: a repeated write gets its first response and does nothing again.

use app::Live;
use axum::http::{HeaderMap, StatusCode};
use domain::{ShopperId, Timestamp};
use sha2::{Digest, Sha256};
use store::{Remembered, Repeat};
use web::error::ApiError;
use web::now;

/// How long a response is kept for retries.
const KEPT_MS: i64 = domain::time::DAY_MS;
/// Longest key.
const LONGEST_KEY: usize = 255;

/// One request that may be a repeat.
pub(crate) struct Attempt {
    key: String,
    /// Key and scope: what is remembered.
    scoped: String,
    fingerprint: String,
}

impl Attempt {
    /// The attempt that the header names; `None` where there is none. `scope` keeps one caller's
    /// keys from meaning another's: the route, and the shopper of a token.
    ///
    /// # Errors
    /// [`ApiError`] when the key cannot be one.
    pub(crate) fn of(
        headers: &HeaderMap,
        scope: &str,
        body: &[u8],
    ) -> Result<Option<Self>, ApiError> {
        Self::of_digest(headers, scope, hex(&Sha256::digest(body)))
    }

    /// As [`Attempt::of`], of a body that was hashed as it came.
    ///
    /// # Errors
    /// [`ApiError`] when the key cannot be one.
    pub(crate) fn of_digest(
        headers: &HeaderMap,
        scope: &str,
        fingerprint: String,
    ) -> Result<Option<Self>, ApiError> {
        let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
        let key = key.to_str().ok().filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
        let Some(key) = key else {
            let message = "Idempotency-Key: must be 1 to 255 visible ASCII characters";
            let hint = "a random UUID per request does well";
            return Err(ApiError::new(
                StatusCode::BAD_REQUEST,
                "bad_idempotency_key",
                message,
                hint,
            ));
        };
        Ok(Some(Self { key: key.to_owned(), scoped: format!("{scope} {key}"), fingerprint }))
    }

    /// A name for one entry of the body, the same in every attempt.
    pub(crate) fn message_id(&self, index: usize) -> String {
        format!("{}#{}#{index}", self.key, &self.fingerprint[..16])
    }

    /// The response of the first attempt, where this is not the first.
    pub(crate) fn earlier(&self, live: &Live) -> Result<Option<String>, ApiError> {
        match live.shop().state().repeat(&self.scoped, &self.fingerprint, now())? {
            Repeat::First => Ok(None),
            Repeat::Same(response) => Ok(Some(response)),
            Repeat::Conflict => Err(ApiError::key_reused()),
        }
    }

    /// Keeps the response for retries.
    pub(crate) fn remember(
        self,
        live: &Live,
        shoppers: Vec<ShopperId>,
        response: &str,
    ) -> Result<(), ApiError> {
        let now = now();
        let remembered = Remembered {
            key: self.scoped,
            fingerprint: self.fingerprint,
            shoppers,
            response: response.to_owned(),
            expires: Timestamp(now.0 + KEPT_MS),
        };
        Ok(live.shop().state().remember_response(&remembered, now)?)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
