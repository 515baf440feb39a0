//! Settings that cannot be served with, found before anything starts.

use app::config::ServeConfig;
use axum::http::HeaderValue;
use web::keys::BadSetting;

/// Refuses a deadline that nothing could meet, and what could not be an origin.
pub(crate) fn check(settings: &ServeConfig) -> Result<(), BadSetting> {
    if settings.timeout_seconds == 0 {
        let problem = "must be at least 1".to_owned();
        return Err(BadSetting { setting: "timeout_seconds", problem });
    }
    if settings.patience_ms >= settings.timeout_seconds.saturating_mul(1000) {
        let problem = "must be less than serve.timeout_seconds".to_owned();
        return Err(BadSetting { setting: "patience_ms", problem });
    }
    let is_origin = |origin: &&String| {
        let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        rest.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*']))
            && HeaderValue::from_str(origin).is_ok()
    };
    match settings.cors_origins.iter().find(|origin| !is_origin(origin)) {
        None => Ok(()),
        Some(origin) => Err(BadSetting {
            setting: "cors_origins",
            problem: format!("{origin:?} is no origin; write it like https://shop.example"),
        }),
    }
}
