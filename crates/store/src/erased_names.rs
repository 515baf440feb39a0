//! The names of people who were erased, kept as keyed hashes: enough to recognise a name that comes
//! back in a file, not enough to say who it was.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::{EventTime, SubjectId, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The hash of a name: half of an HMAC-SHA-256.
pub type NameHash = [u8; 16];

/// The key of one shop.
pub type NameKey = [u8; 32];

/// Which names were erased, and when.
#[derive(Clone, Default)]
pub struct ErasedNames {
    key: NameKey,
    at: BTreeMap<NameHash, Timestamp>,
}

impl ErasedNames {
    /// The list of a shop.
    pub(crate) fn new(key: NameKey, at: BTreeMap<NameHash, Timestamp>) -> Self {
        Self { key, at }
    }

    /// Returns the hashes that a name may have been kept by under a shop's key: of its writing, as
    /// earlier versions kept it, and of its writing that is one for all cases of an address.
    pub(crate) fn hashes(key: &NameKey, subject: &SubjectId) -> [NameHash; 2] {
        let name = subject.as_str();
        [Self::hash(key, name), Self::hash(key, &caseless(name))]
    }

    fn hash(key: &NameKey, name: &str) -> NameHash {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
        mac.update(name.as_bytes());
        let whole = mac.finalize().into_bytes();
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        half
    }

    /// Adds an erasure.
    pub(crate) fn add(&mut self, subject: &SubjectId, at: Timestamp) {
        self.at.insert(Self::hashes(&self.key, subject)[1], at);
    }

    /// Whether nobody was erased.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Returns when a name was erased last.
    #[must_use]
    pub fn erased_at(&self, subject: &SubjectId) -> Option<Timestamp> {
        if self.at.is_empty() {
            return None;
        }
        Self::hashes(&self.key, subject).iter().filter_map(|hash| self.at.get(hash)).max().copied()
    }

    /// Whether what `subject` did at `time` was erased: what is dated up to the erasure, and what
    /// has no date. A name that is used again afterwards is somebody who came back.
    #[must_use]
    pub fn cover(&self, subject: &SubjectId, time: EventTime) -> bool {
        self.erased_at(subject).is_some_and(|erased| is_covered(erased, time))
    }

    /// Returns the hashes with the times of the erasures, in the order of the hashes.
    pub fn iter(&self) -> impl Iterator<Item = (&NameHash, Timestamp)> {
        self.at.iter().map(|(hash, at)| (hash, *at))
    }
}

/// A name as it is compared: mail knows no difference of case, and neither do shops.
pub(crate) fn caseless(name: &str) -> Cow<'_, str> {
    if name.contains('@') && name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Whether an erasure at `erased` covers what its person did at `time`.
#[must_use]
pub fn is_covered(erased: Timestamp, time: EventTime) -> bool {
    time.instant().is_none_or(|instant| instant <= erased)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_covered_up_to_its_erasure_and_no_other_name_is() {
        let mut names = ErasedNames::new([7; 32], BTreeMap::new());
        let (ada, bob) = (SubjectId::new("ada").unwrap(), SubjectId::new("bob").unwrap());
        names.add(&ada, Timestamp(1_000));
        let at = |ms| EventTime::At(Timestamp(ms));
        assert!(names.cover(&ada, at(999)) && names.cover(&ada, at(1_000)));
        assert!(names.cover(&ada, EventTime::Ordinal(3)));
        assert!(!names.cover(&ada, at(1_001)));
        assert!(!names.cover(&bob, at(0)));
    }

    #[test]
    fn the_hash_depends_on_the_key() {
        assert_ne!(ErasedNames::hash(&[1; 32], "ada"), ErasedNames::hash(&[2; 32], "ada"));
    }

    #[test]
    fn an_address_is_covered_in_any_case_and_as_it_was_kept_before() {
        let written = SubjectId::new("Ada@Shop.example").unwrap();
        let other = SubjectId::new("ada@shop.example").unwrap();
        let mut names = ErasedNames::new([7; 32], BTreeMap::new());
        names.add(&written, Timestamp(1_000));
        assert!(names.erased_at(&other).is_some() && names.erased_at(&written).is_some());
        let kept =
            BTreeMap::from([(ErasedNames::hash(&[7; 32], "Ada@Shop.example"), Timestamp(1))]);
        assert!(ErasedNames::new([7; 32], kept).erased_at(&written).is_some());
        assert_eq!(caseless("ABC"), "ABC", "only addresses are caseless");
    }
}
