//! `/v1/local/…`: work that a command of this machine hands over. Not part of the documented API.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{post, put};
use axum::{Json, Router};
use feeds::{FeedOptions, Origin, Run, Spelt, Wanted};
use ingest::import::Format;
use serde::{Deserialize, Serialize};
use web::error::ApiError;
use web::extract::{Asked, JsonBody};

use super::feed::{not_started, spool};
use super::state::Api;
use crate::local::Local;

/// Files that a command hands over.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct HandedOver {
    format: Spelt<Format>,
    paths: Vec<Handed>,
    options: FeedOptions,
}

/// A file by its path.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Handed {
    path: PathBuf,
    /// Its size as the command sees it: where this process sees another, it is another file.
    bytes: u64,
    /// Whether it came over [`file`].
    #[serde(default)]
    is_sent: bool,
}

/// A file that was sent.
#[derive(Debug, Serialize)]
struct Sent {
    path: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Name {
    name: String,
}

pub(crate) fn routes(api: Arc<Api>) -> Router {
    Router::new()
        .route("/v1/local/imports", post(import))
        .route("/v1/local/files", put(file))
        .with_state(api)
}

/// Begins the import of files that this process can read.
async fn import(
    State(service): State<Arc<Api>>,
    _: Local,
    body: JsonBody<HandedOver>,
) -> Result<(StatusCode, Json<Run>), ApiError> {
    let handed = body.value;
    let begun = service.blocking(move |service| {
        let (mut paths, mut spooled) = (Vec::new(), Vec::new());
        for Handed { path, bytes, is_sent } in handed.paths {
            let seen = path.metadata().ok().filter(|seen| seen.is_file() && seen.len() == bytes);
            if seen.is_none() || std::fs::File::open(&path).is_err() {
                let message = format!("the server cannot read {}", path.display());
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return Err(ApiError::new(status, "not_here", message, "send the file itself"));
            }
            if is_sent {
                spooled.extend(service.feeds.spool().again(&path));
            }
            paths.push(path);
        }
        let wanted = Wanted {
            origin: Origin::Command,
            feed: None,
            format: Some(handed.format.value),
            paths,
            options: handed.options,
            spooled,
        };
        // The command asks its user itself, so that no file is kept for a yes.
        service.feeds.imports().start(wanted).map_err(not_started)
    });
    Ok((StatusCode::ACCEPTED, Json(begun.await?)))
}

/// Takes in a file that this process cannot read by its path.
async fn file(
    State(service): State<Arc<Api>>,
    _: Local,
    Asked(Name { name }): Asked<Name>,
    body: Body,
) -> Result<Json<Sent>, ApiError> {
    let received = spool(&service, &name, body).await?;
    Ok(Json(Sent { path: received.spooled.keep() }))
}
