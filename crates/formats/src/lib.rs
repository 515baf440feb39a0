//! The only parsers of others' formats.
//!
//! Responsible for turning files of many makes into one stream of records, row by row, and for
//! reporting the place and the remedy of every row that cannot be read. Records are handed on as
//! the file has them; cleaning and storing are done by the callers. Memory does not grow with the
//! file, except for one entry per item where rows repeat item facts.

pub mod columns;
pub mod format;
pub mod options;
pub mod record;

pub mod input;
pub mod read;
pub mod wire;

pub mod detect;
pub mod explain;
pub mod write;

mod encoding;
mod error;
mod output;
mod text;

pub use cells::path::{decoded, without_tags};
pub use columns::{ColumnMap, Field, Mapping};
pub use detect::detect;
pub use error::Error;
pub use explain::explain;
pub use format::Format;
pub use input::{Input, Progress};
pub use options::{DateOrder, Decimal, Options, RatingScale, Surveyed};
pub use output::{Columns, Output, Place, Spot, Summary, Visit};
pub use read::{parse, read};
pub use record::{EventRecord, Record, Reject};
pub use write::{Layout, WriteError};
