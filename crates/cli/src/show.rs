//! Results as text for a terminal.

pub(crate) mod answer;
pub(crate) mod audit;
pub(crate) mod import;
pub(crate) mod model;
pub(crate) mod training;
