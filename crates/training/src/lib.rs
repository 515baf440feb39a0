//! Fitting a model on everything that a shop knows: what is gathered, the fit that may be resumed, and
//! the model that is kept.
//!
//! Responsible for the order of what is read, so that the same data give the same model, and for a
//! model never outliving an erasure that it does not know of. It knows no signal from the inside.

pub mod encoder;
pub mod gather;

mod checkpoints;
pub mod train;

pub use checkpoints::forget_interrupted;
pub use gather::{Gathered, fingerprint, gather, gather_as_of, gather_for};
pub use signals::{Epoch, Progress, Stage};
pub use train::{Trained, refit, resume, save, train, trained};
