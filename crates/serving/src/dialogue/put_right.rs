//! What a correction did, in words: which one, about what, and what it moved in the list. Names come
//! from the catalogue, counts from the lists before and after.

use domain::{Concept, Correction, ItemId, Unused};
use explain::Evidence;
use explain::phrase::quote;
use messages::{key, list, message, text};

use super::scene::Scene;
use crate::corrections::Effect;

/// Most items named that left a list.
const MOST_NAMED: usize = 2;

impl Scene<'_> {
    /// What was put right, or taken back, and what that did to the list.
    pub(super) fn put_right(&self, effect: &Effect) -> String {
        let what = self.what(&effect.correction);
        if effect.taken_back {
            return message!(self.lang, "put-right-taken-back", correction: what);
        }
        let moved = [Some(self.moved(effect)), self.left_of(effect)];
        let told: Vec<String> = std::iter::once(what).chain(moved.into_iter().flatten()).collect();
        told.join(text!(self.lang, "reason-between-sentences"))
    }

    /// The correction itself, as a sentence.
    fn what(&self, correction: &Correction) -> String {
        let lang = self.lang;
        match correction {
            Correction::WrongReason { item_id, .. } => {
                message!(lang, "put-right-wrong-reason", item: self.quoted(item_id))
            }
            Correction::DoNotUse { unused } => self.unused_words(unused),
            Correction::Gift { item_id } => {
                message!(lang, "put-right-gift", item: self.quoted(item_id))
            }
            Correction::NotInterested { item_id } => {
                message!(lang, "put-right-not-interested", item: self.quoted(item_id))
            }
            Correction::More { concept } => {
                message!(lang, "put-right-more", concept: self.called(concept))
            }
            Correction::Less { concept } => {
                message!(lang, "put-right-less", concept: self.called(concept))
            }
            Correction::Cheaper { than } => self.cheaper_words(than),
            Correction::OtherBrand { than } => self.other_brand_words(than),
            Correction::SetTags { tags } => {
                let named = tags.iter().map(|tag| self.called(&tag.concept));
                let named = named.map(|concept| message!(lang, "reason-term", term: concept));
                message!(lang, "put-right-tags", tastes: list(named.collect()))
            }
            Correction::StopProfiling => text!(lang, "put-right-stop-profiling").to_owned(),
        }
    }

    fn quoted(&self, item: &ItemId) -> String {
        quote(item, self.lang, self.evidence)
    }

    fn unused_words(&self, unused: &Unused) -> String {
        let lang = self.lang;
        let all_of = |concept: Concept| message!(lang, "put-right-unused-concept", concept: self.called(&concept));
        match unused {
            Unused::Events(ids) => {
                let history = self.evidence.history().iter();
                let meant =
                    history.filter(|past| past.event_id.is_some_and(|id| ids.contains(&id)));
                let mut names: Vec<String> = Vec::new();
                for name in meant.map(|past| self.quoted(&past.item_id)) {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                if names.is_empty() {
                    return text!(lang, "put-right-unused-part").to_owned();
                }
                names.truncate(MOST_NAMED + 1);
                message!(lang, "put-right-unused-events", items: list(names))
            }
            Unused::Item(id) => message!(lang, "put-right-unused-item", item: self.quoted(id)),
            Unused::Category(name) => all_of(Concept::Category(name.clone())),
            Unused::Brand(name) => all_of(Concept::Brand(name.clone())),
            Unused::Everything => text!(lang, "put-right-unused-everything").to_owned(),
        }
    }

    /// Within which category; the whole shop for an item without one.
    fn within(&self, item: &ItemId) -> (&'static str, String) {
        match self.concept_of(item).map(|category| self.called(&category)) {
            Some(name) => ("category", name),
            None => ("shop", String::new()),
        }
    }

    fn cheaper_words(&self, than: &ItemId) -> String {
        let (within, category) = self.within(than);
        let price = self.evidence.item(than).and_then(|item| item.price);
        let priced = key(if price.is_some() { "yes" } else { "no" });
        let price = price.map_or_else(String::new, |price| messages::shown(self.lang, price));
        message!(
            self.lang,
            "put-right-cheaper",
            within: key(within),
            category: category,
            item: self.quoted(than),
            priced: priced,
            price: price,
        )
    }

    fn other_brand_words(&self, than: &ItemId) -> String {
        let (within, category) = self.within(than);
        let item = self.evidence.item(than);
        let brand = item.as_ref().map_or("", |item| item.brand.in_language(self.lang).trim());
        message!(
            self.lang,
            "put-right-other-brand",
            within: key(within),
            category: category,
            brand: brand,
        )
    }

    /// What the catalogue calls a concept in the language of the answer.
    pub(super) fn called(&self, concept: &Concept) -> String {
        let entries = self.counts.entries();
        let holding = entries.map(|entry| &entry.item.id).find(|id| {
            let is_named = !matches!(concept, Concept::Word(_));
            is_named && self.evidence.item(id).is_some_and(|item| concept.holds_of(&item))
        });
        match holding {
            Some(id) => explain::phrase::named(concept, id, self.lang, self.evidence),
            None => concept.value().trim().to_owned(),
        }
    }

    fn moved(&self, effect: &Effect) -> String {
        let Effect { before, after, .. } = effect;
        let left: Vec<&ItemId> = before.iter().filter(|id| !after.contains(id)).collect();
        match (left.len(), before == after) {
            (0, true) => text!(self.lang, "put-right-list-same").to_owned(),
            (0, false) => text!(self.lang, "put-right-order-changed").to_owned(),
            (n, _) => {
                let names: Vec<String> =
                    left.iter().take(MOST_NAMED).map(|id| self.quoted(id)).collect();
                let more = n - names.len();
                message!(self.lang, "put-right-left", n: n, items: list(names), more: more)
            }
        }
    }

    /// Less of something is not none of it: how much of it is still there.
    fn left_of(&self, effect: &Effect) -> Option<String> {
        let Correction::Less { concept } = &effect.correction else { return None };
        let is_of_it =
            |id: &&ItemId| self.evidence.item(id).is_some_and(|item| concept.holds_of(&item));
        let n = effect.after.iter().filter(is_of_it).count();
        Some(message!(self.lang, "put-right-still-named", n: n))
    }
}
