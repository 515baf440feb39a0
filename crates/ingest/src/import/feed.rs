//! What a delivered feed says of items that are not in it.
//!
//! Responsible for taking out what left a complete feed, and for holding back what evidently did,
//! until the shop says so. Deleted items keep their past.

use std::collections::BTreeSet;

use domain::item::LEFT_THE_FEED;
use domain::{IngestId, ItemId};
use shop::matching::Part;

use super::{Destination, PrepareReport};
use crate::error::IngestError;
use crate::gone::{Done, Gone};

/// A file of items that holds so many of those known before is the next delivery of the same feed.
const SAME_FEED: f64 = 0.8;
/// Most ids given as examples.
const MOST_EXAMPLES: usize = 5;

/// Whether the files list everything that is sold.
#[derive(Clone, Copy, Default)]
pub enum Feed<'a> {
    /// Nobody said: what is not in the next delivery of a feed is held back.
    #[default]
    Unsaid,
    /// They do: what is not in them is deleted. Asks where that is a lot, or where rows could not be
    /// read.
    Complete {
        /// Share of the known items that may go without a question.
        most: f64,
        /// The question.
        go_on: &'a dyn Fn(&Gone) -> bool,
    },
    /// They do, and where that is a lot, or rows could not be read, nothing is deleted and the report
    /// says that somebody is to be asked.
    Asking {
        /// Share of the known items that may go without a question.
        most: f64,
    },
    /// They do not: nothing changes but what is in them.
    Partial,
}

/// Does with what is not in the files as `feed` says. `before` is the catalogue before the import.
pub(super) fn settle(
    into: Destination<'_>,
    feed: Feed<'_>,
    before: BTreeSet<ItemId>,
    in_files: &BTreeSet<ItemId>,
    prepared: &PrepareReport,
) -> Result<Option<Gone>, IngestError> {
    if in_files.is_empty() {
        return match feed {
            Feed::Complete { .. } | Feed::Asking { .. } => Err(IngestError::NoItems),
            _ => Ok(None),
        };
    }
    let n_before = before.len() as u64;
    let gone: Vec<ItemId> = before.into_iter().filter(|id| !in_files.contains(id)).collect();
    if gone.is_empty() {
        return Ok(None);
    }
    let mut left = Gone {
        items: Part { n: gone.len() as u64, of: n_before },
        examples: gone.iter().take(MOST_EXAMPLES).cloned().collect(),
        n_unreadable: prepared.read.rejected,
        done: Done::Kept,
    };
    let passed = &prepared.passed;
    let only_items = passed.events == 0 && passed.reviews == 0;
    match feed {
        Feed::Complete { most, go_on } => {
            if is_much(&left, most) && !go_on(&left) {
                return Err(IngestError::TooManyGone { gone: Box::new(left) });
            }
            into.delete_items(&gone)?;
            left.done = Done::Retired;
        }
        Feed::Asking { most } if is_much(&left, most) => left.done = Done::Asked,
        Feed::Asking { .. } => {
            into.delete_items(&gone)?;
            left.done = Done::Retired;
        }
        Feed::Unsaid if only_items && 1.0 - left.items.share() >= SAME_FEED => {
            let mut held_back = Vec::new();
            for id in &gone {
                let stored = into.shop().state().item(id, IngestId(u128::MAX))?;
                let item = stored.and_then(|stored| stored.item);
                held_back.extend(item.map(|item| item.unlisted(LEFT_THE_FEED)));
            }
            into.put_items(held_back)?;
            left.done = Done::HeldBack;
        }
        Feed::Unsaid | Feed::Partial => {}
    }
    Ok(Some(left))
}

/// Whether so much would go that somebody is asked first.
fn is_much(left: &Gone, most: f64) -> bool {
    left.items.share() > most || left.n_unreadable > 0
}
