//! A shop, opened: its settings, state and models, its clock, and what is counted live of it.
//!
//! Responsible for what a shopper's history is and which parts of it may be used, for training and
//! answers alike. It knows no answers, no files of others and no HTTP.

pub mod error;
pub mod settings;

pub mod clock;
pub mod context;

pub mod history;

pub mod effective_corrections;
pub mod feedback;
pub mod history_mask;

pub mod id_edit;
pub mod live_counts;
pub mod matching;
mod persistent;
pub mod variants;

pub mod model;
pub mod snapshot;

pub mod live;
pub mod opened;

pub use error::ShopError;
pub use live::LiveShop;
pub use opened::{Access, Shop};
pub use settings::Settings;
