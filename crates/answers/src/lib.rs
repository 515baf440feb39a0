//! Answers: what may be asked for, what is answered and kept on record, and the evidence that a
//! recorded answer is computed from, now or again.
//!
//! Whoever answers, audits, measures or counts what came of answers starts here. It records nothing
//! and serves nobody.

pub mod request;

pub mod answer;
pub mod situation;

pub mod counterfactual;
pub mod evidence_snapshot;
pub mod replay;

pub use answer::{Answer, AnsweredItem};
pub use request::{Filters, Request};
