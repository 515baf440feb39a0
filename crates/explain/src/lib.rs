//! Evidence → claims → verify → select → phrase.
//!
//! Responsible for saying why in words whose every fact has been recomputed. Refuses to read the
//! store or the model itself: it sees the shop only through [`Evidence`], and it phrases nothing
//! but verified claims.

pub mod config;
pub mod contributions;
pub mod dialogue;
pub mod evidence;
pub mod faithfulness;
pub mod flips;
pub mod guard;
pub mod kinds;
pub mod phrase;
pub mod proposal;
pub mod reason;
mod recompute;
pub mod select;
pub mod strength;
pub mod surrogate;

#[cfg(test)]
mod fixture;

pub use config::ExplainConfig;
pub use contributions::{Contributions, Coverage, Part};
pub use evidence::{ContextCount, Evidence, Paid, PastEvent, RatingSum, Relation, Similarity};
pub use guard::{Stated, counts_too_few, item_is_sensitive, names_sensitive, would_name_sensitive};
pub use kinds::{asked, propose, verify, verify_claim};
pub use phrase::described::{Described, Field, described};
pub use phrase::fields::{Arguments, Naming, arguments};
pub use phrase::statements::{Statements, reword, statements_of};
pub use phrase::{joined, phrase};
pub use proposal::{Placement, Proposal};
pub use reason::{VerifiedItem, render, rephrase, share_of, verify_items};
pub use select::Reader;
