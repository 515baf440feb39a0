//! Items and reasons as people are shown them: titles, prices, facts and shares in their language.
//!
//! Responsible for the words beside an answer; refuses to compute anything of it.

pub(crate) mod account;
pub(crate) mod card;
pub(crate) mod facts;
pub(crate) mod labels;

mod circumstances;

use domain::{ItemId, Language};

use crate::service::Service;

/// What the shop calls an item; its id where it has no title.
pub(crate) fn title(service: &Service, id: &ItemId, lang: Language) -> String {
    let tally = service.live.tally();
    let title = tally.entry(id).map(|entry| entry.item.title.in_language(lang).trim().to_owned());
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_string())
}
