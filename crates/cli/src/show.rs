//! Results as text for a terminal.

pub(crate) mod aligned;

pub(crate) mod answer;
pub(crate) mod audit;
pub(crate) mod evaluation;
pub(crate) mod experiment;
pub(crate) mod import;
pub(crate) mod matching;
pub(crate) mod model;
pub(crate) mod optimised;
pub(crate) mod study;
pub(crate) mod training;
pub(crate) mod trust;

use std::io::Write;

use serde::Serialize;

/// The label before every result of a shop whose shoppers are simulated.
pub(crate) fn label(is_simulated: bool) -> &'static str {
    if is_simulated { "(simulated shop)\n" } else { "" }
}

/// An answer to a program that does not itself say whether the shop is simulated.
#[derive(Serialize)]
pub(crate) struct Labelled<'a, T> {
    pub(crate) simulated: bool,
    #[serde(flatten)]
    pub(crate) answer: &'a T,
}

/// Prints for a program or for a person. A reader who stops early (`| head`) is no error.
pub(crate) fn print(
    is_json: bool,
    answer: &impl Serialize,
    text: impl FnOnce() -> String,
) -> anyhow::Result<()> {
    let text = if is_json { serde_json::to_string_pretty(answer)? + "\n" } else { text() };
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
