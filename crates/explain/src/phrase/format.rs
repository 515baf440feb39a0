//! Titles, values and terms of the shop as sentences are given them.

use domain::{Concept, HistoryRef, Item, ItemId, Language, Money, Text};
use messages::{message, shown, title};

pub(super) use messages::shorten;

use super::goods::Goods;
use crate::Evidence;

/// The title of an item between quotation marks, shortened; its id where it has no title.
#[must_use]
pub fn quote(id: &ItemId, lang: Language, evidence: &dyn Evidence) -> String {
    shown(lang, titled(id, lang, evidence))
}

/// The title of an item, for a place in a message.
pub(super) fn titled(id: &ItemId, lang: Language, evidence: &dyn Evidence) -> messages::Title {
    let item = evidence.item(id);
    let text = item.as_deref().map_or("", |item: &Item| item.title.in_language(lang)).trim();
    title(if text.is_empty() { id.as_str() } else { text }, Goods::of(item.as_deref()).key())
}

/// An amount with its currency, as a language writes it.
#[must_use]
pub fn money(amount: Money, lang: Language) -> String {
    shown(lang, amount)
}

/// An aspect: a word of the lists as it is, a word of this shop's own in quotation marks.
pub(super) fn aspect(text: &Text, lang: Language) -> String {
    match text {
        Text::PerLanguage(_) => text.in_language(lang).to_owned(),
        _ => message!(lang, "reason-own-aspect", aspect: shorten(text.in_language(lang))),
    }
}

/// Whether the history holds the same item once more, beside those that are named.
pub(super) fn happened_again(
    past: &HistoryRef,
    named: &[HistoryRef],
    evidence: &dyn Evidence,
) -> bool {
    let others = evidence.history().iter().map(crate::PastEvent::to_ref);
    others.into_iter().any(|other| other.item_id == past.item_id && !named.contains(&other))
}

/// A catalogue value (brand, category, attribute) as the shop writes it.
pub(super) fn value(text: &Text, lang: Language) -> String {
    shorten(text.in_language(lang).trim())
}

/// What a concept is called in a language, where an item that it holds of says so; else as it was
/// said.
#[must_use]
pub fn named(concept: &Concept, item: &ItemId, lang: Language, evidence: &dyn Evidence) -> String {
    let item = evidence.item(item);
    let texts: Vec<&Text> = match (concept, item.as_deref()) {
        (Concept::Category(_), Some(item)) => item.all_categories().collect(),
        (Concept::Brand(_), Some(item)) => vec![&item.brand],
        _ => Vec::new(),
    };
    let wanted = concept.value().trim().to_lowercase();
    let is_it = |text: &&&Text| text.versions().any(|name| name.trim().to_lowercase() == wanted);
    let found = texts.iter().find(is_it).map(|text| text.in_language(lang).trim());
    shorten(found.unwrap_or(concept.value()))
}

/// Up to three shared terms in quotation marks: the reader's own language where there are any.
pub(super) fn terms_in(lang: Language, terms: &[String]) -> Vec<String> {
    let own: Vec<&String> =
        terms.iter().filter(|term| language::detect(term) == Some(lang)).collect();
    let told = if own.is_empty() { terms.iter().collect() } else { own };
    told.into_iter()
        .take(3)
        .map(|term| message!(lang, "reason-term", term: shorten(term)))
        .collect()
}
