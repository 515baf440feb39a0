//! Serving: from a request to a recorded, explained answer; and what its shopper asks back, corrects,
//! says of reasons and sees of their profile.
//!
//! It works on a shop in service, its newest snapshot and its model. It collects no events, trains
//! nothing and knows no HTTP.

mod treatment;

mod caller;
mod experiments_in_force;
mod reason_cache;
pub mod wording;

mod prepared;
pub mod recommender;

pub mod attribution;
pub mod delivered;
pub mod drafts;

pub mod feedback;

pub mod corrections;
pub mod profile;

pub mod dialogue;

pub use corrections::Corrections;
pub use delivered::delivered;
pub use dialogue::Dialogue;
pub use feedback::Feedback;
pub use profile::Profiles;
pub use recommender::Recommender;
