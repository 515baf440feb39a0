//! The architecture of the workspace as tests: which crate may use which, that no modules of a
//! crate use each other in a circle, that no crate outgrows its idea, and what outside crates may
//! be licensed under. A change that breaks one of these changes the architecture, not only the code.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

mod manifests;

mod house;

mod circles;
mod collect;
mod modules;
mod resolve;

mod made_up;
