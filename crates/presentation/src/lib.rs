//! Answers as people read them: cards of items with their reason, facts beside a sentence, names of
//! signals and kinds, the share that each event has in a score, and how the shop recommends.
//!
//! Responsible for the words beside an answer; knows no HTTP and computes nothing of the answer.

pub mod attribution;
pub mod card;
pub mod facts;
pub mod labels;
pub mod signals;
pub mod transparency;

mod circumstances;

use app::Live;
use domain::{ItemId, Language};

/// The title of an item; its id where it has no title.
#[must_use]
pub fn title(live: &Live, id: &ItemId, lang: Language) -> String {
    let counts = live.counts();
    let title = counts.entry(id).map(|entry| entry.item.title.in_language(lang).trim().to_owned());
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_string())
}
