//! What those who run a shop look at: the shop at a glance, the reasons delivered to shoppers, what the model
//! relies on and what the shop holds; and a cache for what takes a reading of the whole log.
//!
//! It judges nothing and answers no shopper.

pub mod explanations;
pub mod inventory;
pub mod model_explanation;
pub mod overview;

pub mod report_cache;
pub mod reports;

pub use reports::Reports;
