//! What can be stated about a decision: kinds of claims, their facts, and what a checker found.
//!
//! Holds the shapes and what follows from them alone. Proposing, verifying and phrasing claims is
//! the work of `explain`.

pub mod change;
pub mod claim;
pub mod counts;
pub mod entry;
pub mod facts;
pub mod kind;
pub mod named;
pub mod opinions;
pub mod reason;
#[cfg(any(test, feature = "sample"))]
pub mod sample;
pub mod slot;

pub use change::{Bar, Change, Lead, Unknown};
pub use claim::{AsOf, Claim, Verdict};
pub use counts::{PairCounts, PopularScope, Window};
pub use entry::{Attribute, Field};
pub use facts::Facts;
pub use kind::{Basis, ClaimKind};
pub use opinions::{Opinions, Passage};
pub use reason::{Method, Reason, Sentence, Strength, WordedBy};
pub use slot::{People, Slot, Value, Who};
