//! What can be stated about a decision: kinds of claims, their facts, and what a checker found.
//!
//! Holds the shapes only. Proposing, verifying and phrasing claims is the work of `explain`.

pub mod change;
pub mod claim;
pub mod reason;

pub use change::{Bar, Change, Field, Lead};
pub use claim::{
    AsOf, Attribute, Claim, Facts, Opinions, PairCounts, Passage, PopularScope, Unknown, Verdict,
    Whose, Window,
};
pub use reason::{Method, Reason, Sentence, Strength, WordedBy};
