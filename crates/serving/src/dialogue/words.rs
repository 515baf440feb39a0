//! The words of an answer that state no fact about shop or shopper.

use domain::Language;
use messages::{decimal, list, message, text};

use super::{Action, Forgotten, Question};

/// Nothing could be verified, or nothing was understood.
pub(super) fn cannot(understood: bool, lang: Language) -> String {
    let note = match understood {
        true => text!(lang, "reply-cannot"),
        false if explain::dialogue::reads(lang) => text!(lang, "reply-not-understood"),
        false => text!(lang, "reply-not-read"),
    };
    note.to_owned()
}

/// Nothing of what is to be left out is there.
pub(super) fn no_change(lang: Language) -> String {
    text!(lang, "reply-no-change").to_owned()
}

/// How many tastes are told, and how many more there are.
pub(super) fn most_of_tastes(told: usize, more: usize, lang: Language) -> String {
    message!(lang, "reply-most-of-tastes", told: told, more: more)
}

/// What a score is made of, by the weights of the model in use.
pub(super) fn how_it_works(weights: &[(&str, f32)], lang: Language) -> String {
    let told = |(signal, weight): &(&str, f32)| {
        let signal = explain::phrase::signal_words(signal, lang);
        message!(lang, "reply-weight", signal: signal, weight: decimal(f64::from(*weight), 3))
    };
    message!(lang, "reply-how-it-works", weights: list(weights.iter().map(told).collect()))
}

/// What is kept of whoever asks; what else becomes of it is not known here.
pub(super) fn my_data(kept: Option<Forgotten>, lang: Language) -> String {
    let cannot = text!(lang, "reply-given-to-others");
    let known = match kept {
        None => nothing_kept(lang),
        Some(Forgotten { events, reviews, answers }) => {
            message!(lang, "reply-my-data", events: events, reviews: reviews, answers: answers)
        }
    };
    [cannot, &known].join(text!(lang, "reason-between-sentences"))
}

/// Who asks has to be known, to keep anything for them.
pub(super) fn nobody(lang: Language) -> String {
    text!(lang, "reply-nobody").to_owned()
}

/// There is nothing to take back.
pub(super) fn nothing_to_undo(lang: Language) -> String {
    text!(lang, "reply-nothing-to-undo").to_owned()
}

/// Whether profiling is to be switched off.
pub(super) fn asks_to_stop(lang: Language) -> String {
    text!(lang, "reply-asks-to-stop").to_owned()
}

/// Whether somebody is to be erased, and what that takes away.
pub(super) fn asks_to_forget(kept: Forgotten, lang: Language) -> String {
    let Forgotten { events, reviews, answers } = kept;
    message!(lang, "reply-asks-to-forget", events: events, reviews: reviews, answers: answers)
}

/// Somebody was erased.
pub(super) fn forgotten(removed: Forgotten, lang: Language) -> String {
    let Forgotten { events, reviews, answers } = removed;
    message!(lang, "reply-forgotten", events: events, reviews: reviews, answers: answers)
}

/// There is nothing to erase.
pub(super) fn nothing_kept(lang: Language) -> String {
    text!(lang, "reply-nothing-kept").to_owned()
}

/// Takes back what was just done.
pub(super) fn undo(ask: Question, lang: Language) -> Action {
    Action { label: text!(lang, "reply-undo").to_owned(), ask, undoable: false }
}

pub(super) fn action(label: &str, ask: Question) -> Action {
    Action { label: label.to_owned(), ask, undoable: true }
}
