//! Names and meanings of signals in words.

use domain::{Language, Text};
use messages::text;
use signals::SignalName;

/// Returns the meaning of a signal in plain words, in every language.
pub(crate) fn meaning(signal: SignalName) -> Text {
    Text::in_every(|lang| {
        match signal {
            SignalName::Transition => text!(lang, "signal-meaning-transition"),
            SignalName::Text => text!(lang, "signal-meaning-text"),
            SignalName::Sequence => text!(lang, "signal-meaning-sequence"),
            SignalName::Context => text!(lang, "signal-meaning-context"),
            SignalName::Stated => text!(lang, "signal-meaning-stated"),
            SignalName::Popularity => text!(lang, "signal-meaning-popularity"),
        }
        .to_owned()
    })
}

/// Returns the name of a signal, short enough for a label; a name that is none comes back as it is.
#[must_use]
pub fn label(signal: &str, lang: Language) -> &str {
    match signal {
        "transition" => text!(lang, "signal-label-transition"),
        "text" => text!(lang, "signal-label-text"),
        "sequence" => text!(lang, "signal-label-sequence"),
        "context" => text!(lang, "signal-label-context"),
        "stated" => text!(lang, "signal-label-stated"),
        "popularity" => text!(lang, "signal-label-popularity"),
        other => other,
    }
}
