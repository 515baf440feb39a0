//! `PUT /v1/feed`, `/v1/imports` and `/v1/feeds`: files that are pushed or pulled, and what became of
//! them.

mod spooling;
mod wanted;

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use feeds::{NotPulled, NotStarted, Origin, Outcome, Run, RunState, Spooled, Wanted};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::error::{ApiError, ErrorBody};
use web::extract::{Asked, Named};
use web::keys::ShopServer;

pub(super) use spooling::spool;
use wanted::{FeedQuery, read};

use super::idempotency::Attempt;
use super::state::Api;

/// Longest time that a response waits for the import to end.
const PATIENCE: Duration = Duration::from_secs(10);
/// Imports listed.
const LISTED: usize = 50;
/// Seconds after which a sender asks again while another import runs.
const RETRY_AFTER_S: u64 = 5;

/// Push a feed
///
/// The body is a file as `candor import` takes it: a product feed, a catalogue, events or reviews,
/// plain or gzipped, of any size up to `serve.feed_limit_bytes`. It is taken in while everything else
/// goes on. Answers 200 with the report where the import has ended within ten seconds, else 202; then
/// the address in `Location` tells how far it is. With `complete`, items that are not in the file are
/// retired; where that would be more than `prepare.most_retired` allows, or rows could not be read,
/// the state is `asked`, and `POST /v1/imports/{id}/confirm` retires them.
#[utoipa::path(
    put, path = "/v1/feed", tag = "catalogue",
    params(FeedQuery, ("Idempotency-Key" = Option<String>, Header, description = "Repeating a request with the same key and body gives the first import and adds nothing")),
    request_body(content = String, description = "The file", content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "It was taken in", body = Run),
        (status = 202, description = "It is being taken in; Location tells where to look", body = Run),
        (status = 409, description = "Another import is running: try again after Retry-After", body = ErrorBody),
        (status = 413, description = "It is larger than serve.feed_limit_bytes", body = ErrorBody),
        (status = 422, description = "It could not be read, or an option makes no sense", body = ErrorBody),
    ),
    security(("server_key" = []))
)]
pub(crate) async fn put(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    headers: HeaderMap,
    Asked(query): Asked<Vec<(String, String)>>,
    body: Body,
) -> Result<Response, ApiError> {
    let pushed = read(&query, &headers)?;
    let sent_key = headers.contains_key("idempotency-key");
    if let Some(run) = service.feeds.imports().running().filter(|_| !sent_key) {
        // Before the body is read, which may be large.
        return Err(not_started(NotStarted::Busy(run.source)));
    }
    let name = pushed.feed.clone().unwrap_or_else(|| "feed".to_owned());
    let received = spool(&service, &name, body).await?;
    let scope = format!("feed {query:?}");
    let attempt = Attempt::of_digest(&headers, &scope, received.sha256)?;
    service.blocking(move |service| take_in(service, pushed, received.spooled, attempt)).await
}

fn take_in(
    service: &Api,
    pushed: wanted::Pushed,
    spooled: Spooled,
    attempt: Option<Attempt>,
) -> Result<Response, ApiError> {
    let imports = service.feeds.imports();
    let earlier = attempt.as_ref().map(|attempt| attempt.earlier(&service.live)).transpose()?;
    // What a server that was stopped had begun is not on record: it is begun again.
    let known = earlier.flatten().map(|id| imports.wait(&id, patience(service))).transpose()?;
    if let Some(run) = known.flatten() {
        let mut response = ended(run)?;
        let replayed = HeaderName::from_static("idempotent-replayed");
        response.headers_mut().insert(replayed, HeaderValue::from_static("true"));
        return Ok(response);
    }
    let wanted = Wanted {
        origin: Origin::Pushed,
        feed: pushed.feed,
        format: pushed.format,
        paths: vec![spooled.path().to_owned()],
        options: pushed.options,
        spooled: vec![spooled],
    };
    let run = service.feeds.push(wanted).map_err(not_started)?;
    if let Some(attempt) = attempt {
        attempt.remember(&service.live, Vec::new(), &run.id)?;
    }
    ended(imports.wait(&run.id, patience(service))?.unwrap_or(run))
}

/// Shorter than the deadline of requests.
fn patience(service: &Api) -> Duration {
    PATIENCE.min(Duration::from_secs(service.settings.timeout_seconds) / 2)
}

/// The response to whoever pushed a feed.
fn ended(run: Run) -> Result<Response, ApiError> {
    let status = match run.state {
        RunState::Running => StatusCode::ACCEPTED,
        RunState::Done | RunState::Asked => StatusCode::OK,
        RunState::Failed => {
            let problem = run.problem.unwrap_or_else(|| "it could not be read".to_owned());
            let hint = "candor import --detect FILE says what would be read of a file";
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(ApiError::new(status, "import_failed", problem, hint));
        }
    };
    let location = [(header::LOCATION, format!("/v1/imports/{}", run.id))];
    Ok((status, location, Json(run)).into_response())
}

/// Every import that is on record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportList {
    /// The last 50, newest first; one that runs stands before them.
    imports: Vec<Run>,
}

/// List imports
///
/// Those of commands, of pushed and of pulled feeds.
#[utoipa::path(
    get, path = "/v1/imports", tag = "catalogue",
    responses((status = 200, body = ImportList)),
    security(("server_key" = []))
)]
pub(crate) async fn imports(
    State(service): State<Arc<Api>>,
    _: ShopServer,
) -> Result<Json<ImportList>, ApiError> {
    let listed = service.blocking(|service| {
        let imports = service.feeds.imports().list(LISTED)?;
        Ok(ImportList { imports })
    });
    listed.await.map(Json)
}

/// How long to wait.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Waiting {
    /// Seconds that the response may wait until the import has ended; at most half of
    /// `serve.timeout_seconds`.
    wait: Option<u64>,
}

/// Read one import
///
/// How far it is, or its report. Rows that are quoted as unreadable are left out once somebody was
/// erased.
#[utoipa::path(
    get, path = "/v1/imports/{id}", tag = "catalogue", params(("id" = String, Path), Waiting),
    responses((status = 200, body = Run), (status = 404, body = ErrorBody)),
    security(("server_key" = []))
)]
pub(crate) async fn import(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(id): Named<String>,
    Asked(Waiting { wait }): Asked<Waiting>,
) -> Result<Json<Run>, ApiError> {
    let found = service.blocking(move |service| {
        let longest = Duration::from_secs(service.settings.timeout_seconds) / 2;
        let patience = Duration::from_secs(wait.unwrap_or(0)).min(longest);
        service.feeds.imports().wait(&id, patience)?.ok_or_else(|| {
            let message = format!("there is no import {id}");
            let hint = "GET /v1/imports lists them; one that was running when the server stopped \
                        has no record: send the file again";
            ApiError::new(StatusCode::NOT_FOUND, "no_import", message, hint)
        })
    });
    found.await.map(Json)
}

/// Retire what an import asked about
///
/// The file of an import whose state is `asked` is imported again, and known items that are not in it
/// are retired.
#[utoipa::path(
    post, path = "/v1/imports/{id}/confirm", tag = "catalogue", params(("id" = String, Path)),
    responses(
        (status = 202, description = "It is being imported; Location tells where to look", body = Run),
        (status = 404, description = "This import asks nothing, or its file is gone", body = ErrorBody),
        (status = 409, description = "Another import is running", body = ErrorBody),
    ),
    security(("server_key" = []))
)]
pub(crate) async fn confirm(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(id): Named<String>,
) -> Result<Response, ApiError> {
    let confirmed = service.blocking(move |service| {
        let feed = service.feeds.held_by(&id).map_err(not_pulled)?;
        let run = service.feeds.confirm(&feed).map_err(not_pulled)?;
        let location = [(header::LOCATION, format!("/v1/imports/{}", run.id))];
        Ok((StatusCode::ACCEPTED, location, Json(run)).into_response())
    });
    confirmed.await
}

/// A feed of the settings, or one that waits for a yes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedState {
    /// Its name.
    name: String,
    /// Its source; missing of one that is pushed.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// How often the source is looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    every: Option<String>,
    /// Whether it is looked at now.
    is_looking: bool,
    /// When it was looked at last, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    looked: Option<Timestamp>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    /// Why it could not be fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
    /// Looks in a row without success.
    n_failed: u32,
    /// When it is looked at next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Timestamp>,
    /// The import that took in what it had last.
    #[serde(skip_serializing_if = "Option::is_none")]
    import: Option<String>,
    /// The import that asks whether what left the feed is retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_by: Option<String>,
}

/// Every feed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedList {
    /// In the order of the settings.
    feeds: Vec<FeedState>,
}

/// List feeds
///
/// The sources of `[[feeds]]` in the settings with what came of the last look, and every other feed
/// that waits for a yes.
#[utoipa::path(
    get, path = "/v1/feeds", tag = "catalogue",
    responses((status = 200, body = FeedList)),
    security(("server_key" = []))
)]
pub(crate) async fn list(
    State(service): State<Arc<Api>>,
    _: ShopServer,
) -> Result<Json<FeedList>, ApiError> {
    let listed = service.blocking(|service| {
        let feeds = service.feeds.list()?.into_iter().map(FeedState::of).collect();
        Ok(FeedList { feeds })
    });
    listed.await.map(Json)
}

impl FeedState {
    fn of(feed: feeds::Pulled) -> Self {
        let known = feed.known;
        Self {
            name: feed.name,
            source: feed.config.as_ref().map(|config| config.source.clone()),
            every: feed.config.map(|config| config.every),
            is_looking: feed.is_looking,
            looked: known.looked,
            outcome: known.outcome,
            problem: known.problem,
            n_failed: known.n_failed,
            next: known.next,
            import: known.import,
            asked_by: known.held.map(|held| held.import),
        }
    }
}

/// Pull a feed now
///
/// Looks at a source of the settings at once. `GET /v1/feeds` tells what came of it.
#[utoipa::path(
    post, path = "/v1/feeds/{name}/pull", tag = "catalogue", params(("name" = String, Path)),
    responses(
        (status = 202, description = "It is being looked at"),
        (status = 404, description = "The settings name no such feed", body = ErrorBody),
        (status = 409, description = "It is being looked at already", body = ErrorBody),
    ),
    security(("server_key" = []))
)]
pub(crate) async fn pull(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(name): Named<String>,
) -> Result<StatusCode, ApiError> {
    let pulled = service.blocking(move |service| {
        service.feeds.pull_in_background(&name).map_err(not_pulled)?;
        Ok(StatusCode::ACCEPTED)
    });
    pulled.await
}

/// Why an import does not start, as callers hear it.
pub(super) fn not_started(error: NotStarted) -> ApiError {
    let unusable =
        |code, hint| ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, code, error.to_string(), hint);
    match error {
        NotStarted::Busy(_) => {
            let hint = "GET /v1/imports shows how far it is; send this again after Retry-After";
            let message = error.to_string();
            ApiError::new(StatusCode::CONFLICT, "import_running", message, hint)
                .retry_after(RETRY_AFTER_S)
        }
        NotStarted::Options(_) => unusable("bad_options", "GET /docs lists the options"),
        NotStarted::NoFormat(_) => {
            unusable("no_format", "name it, e.g. ?format=merchant; candor import --help lists all")
        }
        NotStarted::Unreadable(_) => unusable("unreadable_file", "check the file and the options"),
        NotStarted::Shop(error) => error.into(),
        NotStarted::Thread(error) => ApiError::internal(&error),
    }
}

fn not_pulled(error: NotPulled) -> ApiError {
    let message = error.to_string();
    let missing = |code, hint| ApiError::new(StatusCode::NOT_FOUND, code, message.clone(), hint);
    match error {
        NotPulled::NoFeed(_) => missing("no_feed", "GET /v1/feeds lists those of the settings"),
        NotPulled::NothingHeld(_) => {
            missing("nothing_asked", "GET /v1/feeds shows which import asks")
        }
        NotPulled::Gone(_) => missing("file_gone", "send the file again, with yes=true"),
        NotPulled::Busy(_) => ApiError::new(
            StatusCode::CONFLICT,
            "already_pulling",
            message,
            "GET /v1/feeds shows what comes of it",
        ),
        NotPulled::NotStarted(error) => not_started(error),
        NotPulled::Shop(error) => error.into(),
        NotPulled::Thread(error) => ApiError::internal(&error),
    }
}
