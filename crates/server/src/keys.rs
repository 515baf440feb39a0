//! Who is asking: the keys, and which of them a route takes.
//!
//! A handler names who may call it by its first argument ([`Administrator`], [`ShopServer`],
//! [`Acting`]); one that names nobody is public.

use std::sync::Arc;

use app::config::ServeConfig;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::SubjectId;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use crate::error::ApiError;
use crate::serve::ServerError;
use crate::service::{Service, now};
use crate::tokens::TokenRefused;

/// Header with the signed shopper token.
pub(crate) const TOKEN_HEADER: &str = "x-candor-token";

/// Shorter keys can be guessed.
const SHORTEST_KEY: usize = 16;

/// Digests of the keys; the keys themselves are not kept.
pub(crate) struct Keys {
    server: Option<[u8; 32]>,
    admin: Option<[u8; 32]>,
    publishable: Option<[u8; 32]>,
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    /// Somebody on this machine, where no key is set.
    Open,
    /// An administrator.
    Admin,
    /// The shop's own server.
    Server,
    /// A page, with what its token says.
    Publishable(Result<SubjectId, TokenRefused>),
    /// Somebody without a key, or with a wrong one.
    Nobody {
        /// Whether a key was sent at all.
        sent_key: bool,
    },
}

/// Whether any key is set.
pub(crate) fn any(settings: &ServeConfig) -> bool {
    [&settings.server_key, &settings.admin_key, &settings.publishable_key]
        .into_iter()
        .any(Option::is_some)
}

fn digest(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

impl Keys {
    pub(crate) fn new(settings: &ServeConfig) -> Result<Self, ServerError> {
        let named = [
            ("server_key", &settings.server_key),
            ("admin_key", &settings.admin_key),
            ("publishable_key", &settings.publishable_key),
        ];
        for (setting, key) in named {
            if key.as_ref().is_some_and(|key| key.len() < SHORTEST_KEY) {
                let problem =
                    format!("has fewer than {SHORTEST_KEY} characters; make a longer one");
                return Err(ServerError::Setting { setting, problem });
            }
        }
        let of = |key: &Option<String>| key.as_deref().map(digest);
        let keys = Self {
            server: of(&settings.server_key),
            admin: of(&settings.admin_key),
            publishable: of(&settings.publishable_key),
        };
        let set: Vec<_> =
            [keys.server, keys.admin, keys.publishable].into_iter().flatten().collect();
        if (1..set.len()).any(|n| set[..n].contains(&set[n])) {
            let problem = "is the same as another key; each must be its own".to_owned();
            return Err(ServerError::Setting { setting: "server_key", problem });
        }
        Ok(keys)
    }

    /// Whether this is the admin key, compared in constant time.
    pub(crate) fn is_admin(&self, key: &str) -> bool {
        let sent = digest(key);
        self.admin.is_some_and(|admin| bool::from(admin.ct_eq(&sent)))
    }

    /// Whether there is an admin key.
    pub(crate) fn has_admin(&self) -> bool {
        self.admin.is_some()
    }

    /// Whether no key is set, so that everybody on this machine may do everything.
    pub(crate) fn is_open(&self) -> bool {
        self.server.is_none() && self.admin.is_none() && self.publishable.is_none()
    }
}

impl Service {
    /// Who sends these headers. Every key is compared, each in constant time.
    fn caller(&self, headers: &HeaderMap) -> Caller {
        if self.keys.is_open() {
            return Caller::Open;
        }
        let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = sent.and_then(|value| value.split_once(' '));
        let key = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let Some((_, key)) = key else { return Caller::Nobody { sent_key: sent.is_some() } };
        let sent = digest(key.trim());
        let same = |key: &Option<[u8; 32]>| {
            bool::from(key.map_or(Choice::from(0), |key| key.ct_eq(&sent)))
        };
        let (admin, server) = (same(&self.keys.admin), same(&self.keys.server));
        match (admin, server, same(&self.keys.publishable)) {
            (true, _, _) => Caller::Admin,
            (_, true, _) => Caller::Server,
            (_, _, true) => Caller::Publishable(self.token_of(headers)),
            _ => Caller::Nobody { sent_key: true },
        }
    }

    /// Without keys, a page of another site could reach us by sending a form, or through a name
    /// that it points here.
    fn is_local(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let listed = |origin| self.options.settings.cors_origins.iter().any(|o| o == origin);
        let host_of = |origin: &str| origin.split("://").nth(1).is_some_and(is_local);
        text(header::HOST).is_none_or(is_local)
            && text(header::ORIGIN).is_none_or(|origin| listed(origin) || host_of(origin))
    }

    fn token_of(&self, headers: &HeaderMap) -> Result<SubjectId, TokenRefused> {
        let token = headers.get(TOKEN_HEADER).ok_or(TokenRefused::Missing)?;
        let token = token.to_str().map_err(|_| TokenRefused::Forged)?;
        self.tokens.verify(token, now())
    }
}

/// Finds out who asks and whether they ask too often; every route goes through here.
pub(crate) async fn identify(
    State(service): State<Arc<Service>>,
    mut request: Request,
    next: Next,
) -> Response {
    if service.keys.is_open() && !service.is_local(request.headers()) {
        let message = "this server runs open and answers only pages and names of this machine";
        let error = ApiError::forbidden(message, "use 127.0.0.1 or localhost, or set keys");
        return error.into_response();
    }
    let caller = service.caller(request.headers());
    let matched = request.extensions().get::<MatchedPath>();
    let watched = matched.is_some_and(|path| path.as_str().starts_with("/health/"));
    if !watched && let Err(wait_s) = service.limits.take(&caller, std::time::Instant::now()) {
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

/// Proof that an administrator asks.
pub(crate) struct Administrator;

/// Proof that the shop's own server or an administrator asks.
pub(crate) struct ShopServer;

/// For whom the caller may act: anybody, or the one shopper of a token.
pub(crate) struct Acting(pub(crate) Option<SubjectId>);

impl Acting {
    /// Whether the caller may act for this shopper.
    pub(crate) fn check(&self, subject: &SubjectId) -> Result<(), ApiError> {
        match &self.0 {
            Some(own) if own != subject => Err(ApiError::forbidden(
                "this token speaks for another shopper",
                "name the token's shopper, or nobody",
            )),
            _ => Ok(()),
        }
    }

    /// The request, asked for whom the caller may act.
    pub(crate) fn speak_in(self, mut request: app::Request) -> Result<app::Request, ApiError> {
        if let Some(named) = &request.shopper {
            self.check(named)?;
        }
        request.shopper = self.0.or(request.shopper);
        Ok(request)
    }
}

pub(crate) fn caller_of(parts: &Parts) -> Caller {
    let known = parts.extensions.get::<Caller>().cloned();
    known.unwrap_or(Caller::Nobody { sent_key: false })
}

fn refuse(caller: &Caller) -> ApiError {
    match caller {
        Caller::Nobody { sent_key: false } => ApiError::unauthorised("no key was sent"),
        Caller::Nobody { sent_key: true } => ApiError::unauthorised("the key is not known"),
        _ => ApiError::forbidden("this key may not do that", "use a key with more rights"),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match caller_of(parts) {
            Caller::Open | Caller::Admin => Ok(Self),
            other => Err(refuse(&other)),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ShopServer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match caller_of(parts) {
            Caller::Open | Caller::Admin | Caller::Server => Ok(Self),
            other => Err(refuse(&other)),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Acting {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match caller_of(parts) {
            Caller::Open | Caller::Admin | Caller::Server => Ok(Self(None)),
            Caller::Publishable(Ok(subject)) => Ok(Self(Some(subject))),
            Caller::Publishable(Err(refused)) => Err(ApiError::bad_token(match refused {
                TokenRefused::Missing => "the publishable key needs a shopper token",
                TokenRefused::Forged => "the shopper token was not signed here",
                TokenRefused::Expired => "the shopper token has expired",
            })),
            other => Err(refuse(&other)),
        }
    }
}
