//! Data on its way in and out: files prepared and loaded in one stream, what arrives while a shop is
//! in service, and the shop's data in forms that others read.
//!
//! It parses no form itself: `formats` does.

pub mod gone;

pub mod error;

pub mod prepare;

pub mod import;

pub mod collect;

pub mod export;

pub use collect::Collector;
pub use error::IngestError;
pub use gone::Gone;
pub use import::{ImportReport, import};
