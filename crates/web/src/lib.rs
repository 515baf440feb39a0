//! The floor under the rooms that speak HTTP: errors as responses, reading requests, who calls and
//! what they may, what a browser says and remembers, counters, and work that may block.
//!
//! Responsible for the one mapping of errors to statuses; knows no route and no page.

pub mod browser;
pub mod error;
pub mod extract;
pub mod keys;
pub mod metrics;
pub mod signed;
pub mod tokens;

use std::sync::Arc;

use domain::{SubjectId, Text, Timestamp};

use error::ApiError;

/// A shopper that the pages offer to look at.
#[derive(Debug, Clone)]
pub struct SampleShopper {
    /// The shop's id of them.
    pub subject: SubjectId,
    /// Their name on the pages.
    pub name: Text,
}

/// The server's clock.
#[must_use]
pub fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since.map_or(0, |elapsed| elapsed.as_millis() as i64))
}

/// Runs work that reads or writes the shop on a thread that may block.
///
/// # Errors
/// The error of the work, or [`ApiError::stopping`] where the server stops before it began.
pub async fn blocking<S: Send + Sync + 'static, T: Send + 'static>(
    state: &Arc<S>,
    work: impl FnOnce(&S) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let state = Arc::clone(state);
    match tokio::task::spawn_blocking(move || work(&state)).await {
        Ok(done) => done,
        Err(stopped) => match stopped.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(ApiError::stopping()),
        },
    }
}
