//! Families of messages: one message for each member of an enum, found by the member's name on the
//! wire, so that a new member needs a text and no line of code.
//!
//! Names of other messages are checked by the compiler; whether a family has a message for every
//! member is checked by a test beside the enum's texts, and whether a call passes what a member
//! uses, by an assertion in debug builds.

use domain::Language;

use crate::{Argument, MessageId, Messages};

/// The messages whose names begin alike.
///
/// ```
/// use messages::{Family, Language};
///
/// const KINDS: Family = Family::of("claim-label-");
/// assert_eq!(KINDS.text(Language::En, "bought_together"), Some("Bought together"));
/// assert_eq!(KINDS.text(Language::En, "no_such_kind"), None);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Family(&'static str);

impl Family {
    /// The family of a prefix, which ends in `-`.
    ///
    /// # Panics
    /// When no message begins with it: a compile error where the result is a constant.
    #[must_use]
    pub const fn of(prefix: &'static str) -> Self {
        assert!(
            MessageId::has_prefix(prefix),
            "no file in messages/en has a message of this family"
        );
        Self(prefix)
    }

    /// The message of a member; `_` in the member's name is `-` in the file.
    #[must_use]
    pub fn member(self, name: &str) -> Option<MessageId> {
        MessageId::find(&format!("{}{}", self.0, name.replace('_', "-")))
    }

    /// The names of all members, as the files write them.
    pub fn members(self) -> impl Iterator<Item = &'static str> {
        MessageId::all().filter_map(move |id| id.name().strip_prefix(self.0))
    }

    /// The text of a member whose message takes no arguments.
    #[must_use]
    pub fn text(self, lang: Language, name: &str) -> Option<&'static str> {
        let id = self.member(name)?;
        debug_assert!(id.arguments().is_empty(), "{} takes arguments", id.name());
        Some(Messages::of(lang).fixed(id))
    }

    /// The text of a member with its arguments; further arguments are left unused.
    #[must_use]
    pub fn format(
        self,
        lang: Language,
        name: &str,
        arguments: &[(&str, Argument)],
    ) -> Option<String> {
        let id = self.member(name)?;
        debug_assert_eq!(unfit(id, arguments), [""; 0], "of {}", id.name());
        Some(Messages::of(lang).format(id, arguments))
    }
}

/// The arguments that a message uses and a call does not pass, or passes as another sort of value.
fn unfit(id: MessageId, arguments: &[(&str, Argument)]) -> Vec<&'static str> {
    let fits = |name: &str, wanted: u8| {
        let passed = arguments.iter().find(|(passed, _)| *passed == name);
        passed.is_some_and(|(_, argument)| wanted & !argument.fits() == 0)
    };
    let wrong = id.arguments().iter().filter(|(name, wanted)| !fits(name, *wanted));
    wrong.map(|(name, _)| *name).collect()
}
