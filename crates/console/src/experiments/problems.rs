//! Problems that the form of an experiment finds itself, told apart by these texts.

/// Problems for which the page has words of its own.
pub(super) const BAD_NUMBER: &str = "type a number above 0 and below 100";
pub(super) const BAD_CHANGE: &str = "choose what the treatment changes";
pub(super) const BAD_SMALLEST: &str = "no number of shoppers would find a change of this size";
