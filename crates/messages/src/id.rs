//! Names of messages, checked while the calling crate is compiled.

use crate::table::DECLARED;

/// A message that is in the files. Made in constants only, so that a name no file has does not
/// compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(u16);

impl MessageId {
    /// Looks a message up by name; `_` is read as `-`.
    ///
    /// # Panics
    /// When no file has it: a compile error where the result is a constant, as in every macro of
    /// this crate.
    #[must_use]
    pub const fn named(name: &str) -> Self {
        let (mut low, mut high) = (0, DECLARED.len());
        while low < high {
            let middle = low.midpoint(high);
            match compare(DECLARED[middle].0.as_bytes(), name.as_bytes()) {
                0 => return Self(middle as u16),
                order if order < 0 => low = middle + 1,
                _ => high = middle,
            }
        }
        panic!("no file in messages/en has a message of this name")
    }

    /// The same message, after checking that it takes these arguments and no others.
    ///
    /// # Panics
    /// When it does not: a compile error, as above.
    #[must_use]
    pub const fn taking(self, names: &[&str]) -> Self {
        let declared = DECLARED[self.0 as usize].1;
        assert!(
            names.len() >= declared.len(),
            "the message uses an argument that the call does not pass"
        );
        let mut at = 0;
        while at < names.len() {
            let _ = self.wants(names[at]);
            at += 1;
        }
        assert!(names.len() == declared.len(), "the call passes an argument twice");
        self
    }

    /// How an argument is used, as bits: shown 1, counted 2, named 4, changed as words are 8.
    ///
    /// # Panics
    /// When the message has no such argument: a compile error, as above.
    #[must_use]
    pub const fn wants(self, name: &str) -> u8 {
        let declared = DECLARED[self.0 as usize].1;
        let mut at = 0;
        while at < declared.len() {
            if compare(declared[at].0.as_bytes(), name.as_bytes()) == 0 {
                return declared[at].1;
            }
            at += 1;
        }
        panic!("the call passes an argument that the message does not use")
    }

    /// The arguments of the message by name, each with how it is used, as bits of
    /// [`MessageId::wants`].
    pub(crate) fn arguments(self) -> &'static [(&'static str, u8)] {
        DECLARED[self.index()].1
    }

    /// Whether the name of some message begins with a prefix.
    pub(crate) const fn has_prefix(prefix: &str) -> bool {
        let mut at = 0;
        while at < DECLARED.len() {
            if begins(DECLARED[at].0.as_bytes(), prefix.as_bytes()) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// The message's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        DECLARED[self.index()].0
    }

    /// Every message there is, by name.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..DECLARED.len()).map(|at| Self(at as u16))
    }

    pub(crate) fn find(name: &str) -> Option<Self> {
        let found = DECLARED.binary_search_by(|(known, _)| (*known).cmp(name));
        found.ok().map(|at| Self(at as u16))
    }

    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

const fn begins(name: &[u8], prefix: &[u8]) -> bool {
    let mut at = 0;
    while at < prefix.len() {
        if at >= name.len() || name[at] != prefix[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The order of bytes, as -1, 0 or 1, where the second text may write `_` for `-`.
const fn compare(known: &[u8], wanted: &[u8]) -> i8 {
    let mut at = 0;
    while at < known.len() && at < wanted.len() {
        let wanted = if wanted[at] == b'_' && known[at] != b'_' { b'-' } else { wanted[at] };
        if known[at] != wanted {
            return if known[at] < wanted { -1 } else { 1 };
        }
        at += 1;
    }
    match () {
        () if known.len() < wanted.len() => -1,
        () if known.len() > wanted.len() => 1,
        () => 0,
    }
}
