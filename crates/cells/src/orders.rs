//! Recognises one order that several events tell of: pages of thanks are loaded again, by their
//! shoppers and by robots, and two tags send the same purchase. An order is bought by whoever is
//! named first, and each of its items once. Holds hashes, in bounded memory.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::{ItemId, SubjectId};

/// Orders remembered, about 20 bytes each; beyond it some pass again.
const MAX_HELD: usize = 1_000_000;

/// Who each of the orders of one import is by.
#[derive(Default)]
pub struct Orders(HashMap<u64, u64>);

impl Orders {
    /// Whether an order is this shopper's, and not that of somebody who was named with it before.
    #[must_use]
    pub fn is_by(&mut self, order: &str, subject: Option<&SubjectId>) -> bool {
        if self.0.len() >= MAX_HELD {
            self.0.clear();
        }
        let by = hash(subject);
        *self.0.entry(hash(order)).or_insert(by) == by
    }
}

/// The key of an item of an order, whatever source tells of it; `n` counts the lines of the order
/// that name the same item, from 0.
#[must_use]
pub fn key(order: &str, item: &ItemId, n: usize) -> String {
    match n {
        0 => format!("order:{order}:{item}"),
        n => format!("order:{order}:{item}:{n}"),
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
