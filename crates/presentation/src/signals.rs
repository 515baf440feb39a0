//! Names and meanings of signals in words.

use domain::{Language, Text};
use messages::Family;
use signals::SignalName;

/// What each signal is called on its own.
const LABELS: Family = Family::of("signal-label-");
/// What each is called within a sentence.
const NAMES: Family = Family::of("signal-name-");
/// What each means.
const MEANINGS: Family = Family::of("signal-meaning-");

/// Returns the meaning of a signal in plain words, in every language.
pub(crate) fn meaning(signal: SignalName) -> Text {
    Text::in_every(|lang| MEANINGS.text(lang, signal.name()).unwrap_or_default().to_owned())
}

/// Returns the name of a signal, short enough for a label; a name that is none comes back as it is.
#[must_use]
pub fn label(signal: &str, lang: Language) -> &str {
    LABELS.text(lang, signal).unwrap_or(signal)
}

/// Returns the name of a signal as a sentence has it; a name that is none comes back as it is.
#[must_use]
pub fn name(signal: &str, lang: Language) -> &str {
    NAMES.text(lang, signal).unwrap_or(signal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_has_all_its_texts_and_no_other_name_has_any() {
        let words = Family::of("signal-words-");
        for family in [LABELS, NAMES, MEANINGS, words] {
            assert!(SignalName::ALL.iter().all(|signal| family.member(signal.name()).is_some()));
            assert_eq!(family.members().count(), SignalName::ALL.len(), "{family:?}");
        }
    }
}
