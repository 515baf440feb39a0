//! The gate that every request passes: it finds the caller and refuses one that asks too often.

use std::sync::Arc;

use app::config::ServeConfig;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use web::error::ApiError;
use web::keys::{BadSetting, Caller, Keys};
use web::now;
use web::tokens::Tokens;

use crate::limits::Limits;
use crate::local::{Local, LocalSecret};

/// The keys, tokens, limits and origins that the gate checks.
pub(crate) struct Gate {
    keys: Arc<Keys>,
    tokens: Arc<Tokens>,
    local: Arc<LocalSecret>,
    limits: Limits,
    cors_origins: Vec<String>,
}

impl Gate {
    pub(crate) fn new(
        (keys, tokens, local): (Arc<Keys>, Arc<Tokens>, Arc<LocalSecret>),
        settings: &ServeConfig,
    ) -> Result<Self, BadSetting> {
        let (limits, cors_origins) = (Limits::new(settings)?, settings.cors_origins.clone());
        Ok(Self { keys, tokens, local, limits, cors_origins })
    }

    /// Without keys, a page of another site could reach us by sending a form, or through a name
    /// that it points here.
    fn is_local(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let listed = |origin| self.cors_origins.iter().any(|o| o == origin);
        let host_of = |origin: &str| origin.split("://").nth(1).is_some_and(is_local);
        text(header::HOST).is_none_or(is_local)
            && text(header::ORIGIN).is_none_or(|origin| listed(origin) || host_of(origin))
    }
}

/// Finds out who asks and whether they ask too often; every route goes through here.
pub(crate) async fn identify(
    State(gate): State<Arc<Gate>>,
    mut request: Request,
    next: Next,
) -> Response {
    if gate.keys.is_open() && !gate.is_local(request.headers()) {
        let message = "this server runs open and answers only pages and names of this machine";
        let error = ApiError::forbidden(message, "use 127.0.0.1 or localhost, or set keys");
        return error.into_response();
    }
    if gate.local.is_sent_by(&request) {
        request.extensions_mut().insert(Local);
        request.extensions_mut().insert(Caller::Admin);
        return next.run(request).await;
    }
    let caller = gate.keys.caller(request.headers(), &gate.tokens, now());
    let matched = request.extensions().get::<MatchedPath>();
    let watched = matched.is_some_and(|path| path.as_str().starts_with("/health/"));
    if !watched && let Err(wait_s) = gate.limits.take(&caller, std::time::Instant::now()) {
        return ApiError::too_many(wait_s).into_response();
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Whether `host`, with or without a port, names this machine.
fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
