//! The JSON API, one file per noun.

pub(crate) mod events;
pub(crate) mod feed;
pub(crate) mod items;
pub(crate) mod reviews;
pub(crate) mod webhooks;

pub(crate) mod ask;
pub(crate) mod cards;
pub(crate) mod content;
pub(crate) mod corrections;
pub(crate) mod feedback;
pub(crate) mod recommendations;
pub(crate) mod shoppers;
pub(crate) mod tokens;

pub(crate) mod experiments;
pub(crate) mod models;
pub(crate) mod surveys;
pub(crate) mod transparency;

pub(crate) mod health;

pub(crate) mod local;

mod batch;
mod idempotency;

pub(crate) mod state;
