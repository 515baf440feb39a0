//! Pages and files of evaluations and studies, each of which needs nothing else.
//!
//! Responsible for what is shown and in which words; knows no HTTP, computes nothing of what it
//! shows, and writes nothing to disk.

pub mod evaluation;
pub mod study;
