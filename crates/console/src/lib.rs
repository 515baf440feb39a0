//! The console: what the shop's own people see and decide.
//!
//! Server-rendered, no script, every text escaped by the templates. Open where the server runs
//! open; with keys, whoever enters the admin key gets a signed session. A page is one handler file,
//! one template and one table of words. Computes nothing: every figure comes from `insights`.

mod state;

mod format;
mod frame;
mod operator;
mod respond;
mod texts;

mod login;
mod session;

mod data;
mod evaluation;
mod experiments;
mod explanations;
mod feeding;
mod models;
mod overview;
mod recommendations;
mod transparency;
mod trust;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};

pub use state::Console;

/// The pages and what they load.
pub fn routes(console: Arc<Console>) -> Router {
    Router::new()
        .route("/console", get(overview::show))
        .route("/console/recommendations", get(recommendations::show))
        .route("/console/explanations", get(explanations::show))
        .route("/console/explanations/{request}", get(explanations::show_delivered))
        .route("/console/trust", get(trust::show))
        .route("/console/experiments", get(experiments::show).post(experiments::start))
        .route("/console/experiments/{name}", get(experiments::show_results))
        .route("/console/experiments/{name}/end", post(experiments::end))
        .route("/console/models", get(models::show))
        .route("/console/models/train", post(models::train))
        .route("/console/models/evaluate", post(evaluation::start))
        .route("/console/models/evaluations/{name}", get(evaluation::show))
        .route("/console/models/promote", post(models::promote))
        .route("/console/models/rollback", post(models::roll_back))
        .route("/console/data", get(data::show))
        .route("/console/feeds", get(feeding::show))
        .route("/console/feeds/{name}/pull", post(feeding::pull))
        .route("/console/feeds/{name}/confirm", post(feeding::confirm))
        .route("/console/feeds/{name}/dismiss", post(feeding::dismiss))
        .route("/console/transparency", get(transparency::show))
        .route("/console/login", get(login::show).post(login::enter))
        .route("/console/logout", post(login::leave))
        .route("/console/language", get(operator::read_in))
        .route("/console/{*nothing}", get(respond::nothing_here))
        .route("/console.css", get(style))
        .with_state(console)
}

async fn style() -> impl IntoResponse {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (headers, [charts::CSS, include_str!("../assets/console.css")].concat())
}
