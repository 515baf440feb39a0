//! The caller of a request: the keys, and which of them a route takes.
//!
//! A handler names who may call it by its first argument ([`Administrator`], [`ShopServer`],
//! [`Acting`]); one that names nobody is public.

use app::config::ServeConfig;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use domain::{SubjectId, Timestamp};
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use crate::error::ApiError;
use crate::tokens::{TokenRefused, Tokens};

/// Header with the signed shopper token.
pub const TOKEN_HEADER: &str = "x-candor-token";

/// Shorter keys can be guessed.
const SHORTEST_KEY: usize = 16;

/// Digests of the keys; the keys themselves are not kept.
pub struct Keys {
    server: Option<[u8; 32]>,
    admin: Option<[u8; 32]>,
    publishable: Option<[u8; 32]>,
}

/// The caller, by the key that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
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
pub fn any(settings: &ServeConfig) -> bool {
    [&settings.server_key, &settings.admin_key, &settings.publishable_key]
        .into_iter()
        .any(Option::is_some)
}

fn digest(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

/// A setting that cannot be served with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("serve.{setting}: {problem}")]
pub struct BadSetting {
    /// Its name.
    pub setting: &'static str,
    /// The problem and its remedy.
    pub problem: String,
}

fn token_of(
    headers: &HeaderMap,
    tokens: &Tokens,
    now: Timestamp,
) -> Result<SubjectId, TokenRefused> {
    let token = headers.get(TOKEN_HEADER).ok_or(TokenRefused::Missing)?;
    let token = token.to_str().map_err(|_| TokenRefused::Forged)?;
    tokens.verify(token, now)
}

impl Keys {
    /// The keys of the settings.
    ///
    /// # Errors
    /// [`BadSetting`] where a key is too short, or the same as another.
    pub fn new(settings: &ServeConfig) -> Result<Self, BadSetting> {
        let named = [
            ("server_key", &settings.server_key),
            ("admin_key", &settings.admin_key),
            ("publishable_key", &settings.publishable_key),
        ];
        for (setting, key) in named {
            if key.as_ref().is_some_and(|key| key.len() < SHORTEST_KEY) {
                let problem =
                    format!("has fewer than {SHORTEST_KEY} characters; make a longer one");
                return Err(BadSetting { setting, problem });
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
            return Err(BadSetting { setting: "server_key", problem });
        }
        Ok(keys)
    }

    /// Whether this is the admin key, compared in constant time.
    pub fn is_admin(&self, key: &str) -> bool {
        let sent = digest(key);
        self.admin.is_some_and(|admin| bool::from(admin.ct_eq(&sent)))
    }

    /// Whether there is an admin key.
    pub fn has_admin(&self) -> bool {
        self.admin.is_some()
    }

    /// The caller that sends these headers; `tokens` are believed until they expire by `now`. Every
    /// key is compared, each in constant time.
    #[must_use]
    pub fn caller(&self, headers: &HeaderMap, tokens: &Tokens, now: Timestamp) -> Caller {
        if self.is_open() {
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
        let (admin, server) = (same(&self.admin), same(&self.server));
        match (admin, server, same(&self.publishable)) {
            (true, _, _) => Caller::Admin,
            (_, true, _) => Caller::Server,
            (_, _, true) => Caller::Publishable(token_of(headers, tokens, now)),
            _ => Caller::Nobody { sent_key: true },
        }
    }

    /// Whether no key is set, so that everybody on this machine may do everything.
    pub fn is_open(&self) -> bool {
        self.server.is_none() && self.admin.is_none() && self.publishable.is_none()
    }
}

/// Proof that an administrator asks.
pub struct Administrator;

/// Proof that the shop's own server or an administrator asks.
pub struct ShopServer;

/// For whom the caller may act: anybody, or the one shopper of a token.
pub struct Acting(pub Option<SubjectId>);

impl Acting {
    /// Whether the caller may act for this shopper.
    pub fn check(&self, subject: &SubjectId) -> Result<(), ApiError> {
        match &self.0 {
            Some(own) if own != subject => Err(ApiError::forbidden(
                "this token speaks for another shopper",
                "name the token's shopper, or nobody",
            )),
            _ => Ok(()),
        }
    }

    /// The request, asked for whom the caller may act.
    pub fn speak_in(self, mut request: answers::Request) -> Result<answers::Request, ApiError> {
        if let Some(named) = &request.shopper {
            self.check(named)?;
        }
        request.shopper = self.0.or(request.shopper);
        Ok(request)
    }
}

/// The caller that the gate found.
pub fn caller_of(parts: &Parts) -> Caller {
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
