//! What the form of an experiment finds wrong itself, told apart by these texts.

/// What the form itself finds wrong; the page has its own words for each.
pub(super) const BAD_NUMBER: &str = "type a number above 0 and below 100";
pub(super) const BAD_CHANGE: &str = "choose what the treatment changes";
pub(super) const BAD_SMALLEST: &str = "no number of shoppers would find a change of this size";
