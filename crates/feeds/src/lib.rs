//! Files that come in while a shop is in service: pushed over HTTP, pulled on a schedule from a file
//! or an address, or handed over by a command.
//!
//! Responsible for one import at a time and its record, for looking at sources without fetching what
//! is known, and for when to look again. Reading and loading are `ingest`'s; nothing here is asked
//! for by a request: sources stand in the settings.

pub mod config;
pub mod options;

pub mod spool;

pub mod run;

pub mod imports;

mod known;
mod schedule;
pub mod source;

pub mod pull;

pub use config::{FeedConfig, FeedsConfig};
pub use imports::{Imports, NotStarted, Wanted};
pub use known::{Held, Known, Outcome};
pub use options::{FeedOptions, Spelt};
pub use pull::{Feeds, NotPulled, Pulled};
pub use run::{Origin, Run, RunState};
pub use spool::{Spool, Spooled};
