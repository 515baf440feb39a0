//! An independent reader: turns each delivered sentence back into what it says and recounts that from rows.
//!
//! Written from `docs/sentences.md`, without the code that makes or checks claims. Reads no file and no clock: a bundle and the
//! reader's time go in, a verdict per sentence comes out. Words of a sentence that no pattern knows are unreadable, never true.

pub mod bundle;

mod pattern;
mod quantities;
mod words;

mod sentences;

mod recount;

mod judge;
mod report;

use domain::Timestamp;

pub use bundle::Bundle;
pub use report::{Part, Report, Said, Told, Verdict};

/// Reads every sentence of a bundle as if at `at`, and recounts it.
#[must_use]
pub fn verify(bundle: &Bundle, at: Timestamp) -> Report {
    let recount = recount::Recount::of(bundle, at);
    let sentences = bundle
        .list
        .iter()
        .flat_map(|shown| shown.sentences.iter().map(|text| judge::judge(text, shown, &recount)));
    Report { request_id: bundle.request_id.to_string(), at, sentences: sentences.collect() }
}

/// The message that a sentence of a language is read as; `None` where no pattern knows it.
#[must_use]
pub fn message_of(text: &str, lang: domain::Language) -> Option<&'static str> {
    sentences::readings(text, lang).first().map(|reading| reading.message)
}

#[cfg(test)]
mod tests;
