//! Making ids: time-ordered ones that always rise, and random shopper numbers.
//!
//! Nothing is remembered between transactions: the floor comes from the store each time, so that
//! two processes cannot make ids out of order.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::{IngestId, ShopperId, SubjectId};
use sha2::{Digest, Sha256};

/// Makes ULIDs above a floor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IdMaker {
    last: u128,
}

impl IdMaker {
    /// Every id made will be above `floor`.
    pub(crate) fn above(floor: IngestId) -> Self {
        Self { last: floor.0 }
    }

    /// The next id: the machine's clock and fresh randomness, or one more than the last id when the
    /// clock has not moved on or was set back.
    pub(crate) fn next(&mut self, now_ms: u64) -> IngestId {
        self.last = if now_ms > IngestId(self.last).made_at_ms() {
            // The top bit stays free, so that counting up cannot run out within a millisecond.
            ulid::Ulid::from_parts(now_ms, rand::random::<u128>() >> 49).0
        } else {
            self.last + 1
        };
        IngestId(self.last)
    }

    /// The greatest id made so far.
    pub(crate) fn last(self) -> IngestId {
        IngestId(self.last)
    }
}

/// The machine's clock, for ids only.
pub(crate) fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

/// A random 63-bit number that says nothing about the person.
pub(crate) fn random_shopper() -> ShopperId {
    ShopperId((rand::random::<u64>() >> 1) as i64)
}

/// How a source names people. Of two sources that name them otherwise, the same order is one order;
/// within one source two people whose orders have one number have an order each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// The shop's numbers or names.
    Plain = 0,
    /// Addresses of mail.
    Address = 1,
    /// Browsers and sessions: whoever it was.
    Visitor = 2,
}

impl Naming {
    pub(crate) fn of(subject: &SubjectId) -> Self {
        let name = subject.as_str();
        match name {
            _ if ["anonymous:", "session:"].iter().any(|begin| name.starts_with(begin)) => {
                Self::Visitor
            }
            _ if name.contains('@') => Self::Address,
            _ => Self::Plain,
        }
    }
}

/// The hash of a line of an order, by the key that its source gives it: `order:`, the order, the
/// item. Shops write `#1001` for 1001 in some of their lists.
pub(crate) fn order_hash(source_key: &str) -> Option<[u8; 16]> {
    let line = source_key.strip_prefix("order:")?;
    Some(source_hash(&format!("order:{}", line.trim_start_matches('#'))))
}

/// Returns the stored form of a source key: half a SHA-256. Enough to recognise a retry (two keys
/// of one shopper meet with odds below 1e-26 at a million events), and it quotes nobody.
pub(crate) fn source_hash(source_key: &str) -> [u8; 16] {
    let digest = Sha256::digest(source_key.as_bytes());
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_even_when_the_clock_is_set_back() {
        let mut maker = IdMaker::above(IngestId::ZERO);
        let clock = [1_000, 1_000, 1_001, 500, 1_001, 2_000];
        let made: Vec<_> = clock.iter().map(|&ms| maker.next(ms)).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]), "{made:?}");
        assert_eq!(made[5].made_at_ms(), 2_000);
        assert_eq!(maker.last(), made[5]);
    }

    #[test]
    fn ids_start_above_what_the_store_has() {
        let floor = IngestId(u128::MAX >> 20);
        assert!(IdMaker::above(floor).next(1) > floor);
    }
}
