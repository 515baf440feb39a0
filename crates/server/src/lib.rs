//! The server: the JSON API with its documentation, and the rooms with pages put beside it behind one
//! gate.
//!
//! Responsible for routes, for what surrounds every request, and for starting and stopping. Computes
//! nothing: every answer comes from `serving`.

pub mod routes;
pub mod serve;
pub mod service;

mod api;
mod docs;

mod gate;
mod layers;
mod limits;
pub mod local;
mod settings;

mod error;

pub use error::ServerError;
pub use routes::router;
pub use serve::{serve, serve_until};
pub use service::{ServeOptions, Service};
pub use web::SampleShopper;
