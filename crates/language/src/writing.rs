//! How a language is written, as far as taking its texts apart goes: the tokeniser's choice, made
//! here once for each language.

use domain::Language;

/// What the smallest piece of a text is that can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Words between spaces, in Latin letters.
    Words,
    /// Characters that follow each other without spaces.
    Characters,
}

/// How a language is written.
#[must_use]
pub fn writing(lang: Language) -> Writing {
    match lang {
        Language::Zh | Language::Ja => Writing::Characters,
        _ => Writing::Words,
    }
}
