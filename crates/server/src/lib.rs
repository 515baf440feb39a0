//! The only HTTP and HTML: the API and its documentation, the shop window, the widget and the
//! console.
//!
//! Responsible for who may ask what, for the wire forms, and for saying what is wrong with a
//! request. Refuses to compute: every answer comes from `app`.

pub mod routes;
pub mod serve;
pub mod service;

mod layers;

mod error;
mod extract;
mod idempotency;
mod keys;
mod limits;
mod signed;
mod tokens;

mod api;

mod browser;
mod docs;
mod widget;
mod window;

mod console;
mod how;

mod metrics;

mod evaluating;
mod training;
mod work;

pub use routes::router;
pub use serve::{ServerError, serve, serve_until};
pub use service::{SampleShopper, ServeOptions, Service};
