//! The flow: ingest, train, recommend, explain, collect, audit, erase; each load → compute → save.
//!
//! The only crate that loads and saves. It knows no SQL, no HTTP and no arguments.

pub mod answer;
pub mod config;
pub mod content;
pub mod error;
pub mod history;
pub mod model;
pub mod request;
pub mod shop;
pub mod snapshot;
pub mod tally;

mod context;
pub mod import;
pub mod prepare;

pub mod collect;
pub mod encoder;
pub mod live;
pub mod train;

pub mod experiment;
pub mod feedback;
pub mod optimise;
pub mod probe;
pub mod survey;
pub mod trust;

pub mod account;
pub mod audit;
pub mod delivered;
pub mod demo;
pub mod erase;
pub mod evaluate;
pub mod explanations;
pub mod export;
pub mod global;
pub mod holdings;
pub mod measure;
pub mod overview;
pub mod reading;
pub mod recommend;

mod figures;

pub mod ask;
pub mod correct;
pub mod profile;
pub mod study;

mod asker;
mod imagine;
mod steering;
mod wishes;

mod persistent;
mod reason_cache;
mod rehearsal;
mod seen;
mod variants;
mod witness;
pub mod words;

pub use answer::{Answer, AnsweredItem};
pub use audit::{AuditRange, AuditReport};
pub use config::Config;
pub use erase::Erasure;
pub use error::AppError;
pub use import::ImportReport;
pub use live::Live;
pub use request::{Filters, Request};
pub use shop::{Access, Shop};
pub use train::{Gathered, Trained};
pub use witness::SCORED;

// What callers meet in settings, answers and reports, so that they need no stage crate.
pub use explain::ExplainConfig;
pub use explain::phrase::{attribute_name, money};
pub use language::detect as language_of;
pub use signals::{BlendWeight, Constants, FitReport, Progress, SignalName, Stage};
pub use store::{Export, Remembered, Repeat, StoreError};
