//! Known items that a delivered feed does not list, and what became of them.

use domain::ItemId;
use serde::{Deserialize, Serialize};
use shop::matching::Part;

/// Known items that are not in the files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gone {
    /// How many, of the items that were known before.
    pub items: Part,
    /// Some of their ids.
    pub examples: Vec<ItemId>,
    /// Rows of the files that could not be read; an item may be in one of them.
    pub n_unreadable: u64,
    /// What was done with them.
    pub done: Done,
}

/// What was done with items that are not in the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Nothing.
    Kept,
    /// Nothing yet: so many are gone that somebody is asked first.
    Asked,
    /// They are not recommended until a feed has them again; nothing else.
    HeldBack,
    /// They were deleted; their past is kept.
    Retired,
}
