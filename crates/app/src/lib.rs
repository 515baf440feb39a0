//! The flow: ingest, train, recommend, explain, collect, audit, erase; each load → compute → save.
//!
//! It knows no SQL, no HTTP and no arguments.

pub mod config;
pub mod content;

pub mod collect;
pub mod live;
mod taken_up;

pub mod feedback;

pub mod account;
pub mod backup;
pub mod delivered;
pub mod demo;
pub mod erase;
pub mod recommend;

mod figures;

pub mod ask;
pub mod correct;
pub mod profile;

mod asker;

mod reason_cache;
mod running;
pub mod words;

pub use answers::answer;
pub use experimentation::{optimise, survey, trust};
pub use ingest::{export, import, prepare};
pub use insights::{explanations, overview};
pub use insights::{inventory as holdings, model_explanation as global, report_cache as reading};
pub use shop::{history, model, snapshot, tally};

pub(crate) use answers::{counterfactual as imagine, evidence_snapshot as witness};

pub(crate) use shop::{effective_corrections as steering, history_mask as wishes};

/// Experiments, as callers know them.
pub mod experiment {
    pub use experimentation::conclusion::*;
    pub use experimentation::experiment::*;
}

/// Seeded errors, as callers know them.
pub mod probe {
    pub use answers::request::Traffic;
    pub use experimentation::seeded_error::*;
}

/// Requests, as callers know them.
pub mod request {
    pub use answers::request::*;
    pub use shop::settings::Pinned;
}

/// Evaluations, as callers know them.
pub mod evaluate {
    pub use evaluation::evaluate::*;
    pub use evaluation::{aspects, faithfulness, kept};
}

/// Measurements, as callers know them.
pub mod measure {
    pub use evaluation::measure::*;
}

pub use ::audit::{self, AuditRange, AuditReport};
pub use answer::{Answer, AnsweredItem};
pub use answers::evidence_snapshot::SCORED;
pub use config::Config;
pub use demo::open;
pub use erase::Erasure;
pub use import::ImportReport;
pub use live::Live;
pub use request::{Filters, Request};
pub use shop::ShopError as AppError;
pub use shop::{Access, Shop};
pub use training::{Gathered, Trained};

// What callers meet in settings, answers and reports, so that they need no stage crate.
pub use explain::ExplainConfig;
pub use explain::phrase::{attribute_name, money};
pub use language::detect as language_of;
pub use signals::{BlendWeight, Constants, FitReport, Progress, SignalName, Stage};
pub use store::{Export, Remembered, Repeat, StoreError};
