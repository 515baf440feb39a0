//! Data on its way in and out: files prepared and loaded in one stream, and the shop's data in forms
//! that others read.
//!
//! It parses no form itself: `formats` does.

pub mod error;

pub mod prepare;

pub mod import;

pub mod export;

pub use error::IngestError;
pub use import::{ImportReport, import};
