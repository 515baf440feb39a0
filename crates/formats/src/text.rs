//! From bytes to rows and values, whatever the format: lines, delimited rows, JSON, and
//! single values. `read` knows what rows mean.

pub(crate) mod header;
pub(crate) mod line_ends;
pub(crate) mod lines;
pub(crate) mod quotes;
pub(crate) mod rows;

pub(crate) mod json;
pub(crate) mod xml;

pub(crate) mod identity;
