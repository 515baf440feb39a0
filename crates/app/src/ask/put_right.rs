//! What a correction did, in words: which one, about what, and what it moved in the list. Names come
//! from the catalogue, counts from the lists before and after.

use domain::{Concept, Correction, ItemId, Language, Unused};
use explain::{
    Evidence,
    phrase::{join_en, join_zh, money, quote},
};

use super::{Scene, words::pick};
use crate::correct::Effect;

/// Most items named that left a list.
const MOST_NAMED: usize = 2;

impl Scene<'_> {
    /// What was put right, or taken back, and what that did to the list.
    pub(super) fn put_right(&self, effect: &Effect) -> String {
        let what = self.what(&effect.correction);
        let gap = if self.lang == Language::En { " " } else { "" };
        if effect.taken_back {
            let zh = format!("已经撤销：{what}列表恢复原样。");
            let en = format!("Taken back: {what} Your list is as it was.");
            return pick(self.lang, &zh, &en);
        }
        let moved = [Some(self.moved(effect)), self.left_of(effect)];
        let told: Vec<String> = std::iter::once(what).chain(moved.into_iter().flatten()).collect();
        told.join(gap)
    }

    /// The correction itself, as a sentence.
    fn what(&self, correction: &Correction) -> String {
        let item = |id: &ItemId| quote(id, self.lang, self.witness);
        let (zh, en) = match correction {
            Correction::WrongReason { item_id, .. } => {
                let it = item(item_id);
                (
                    format!("{it}的这条理由今后不再说，它所依据的也不再使用。"),
                    format!(
                        "That reason is not given for {it} again, and what it rested on is not used."
                    ),
                )
            }
            Correction::DoNotUse { unused } => self.unused_words(unused),
            Correction::Gift { item_id } => {
                let it = item(item_id);
                (
                    format!("{it}算作替别人看的、买的：至今与它有关的行为不再使用。"),
                    format!(
                        "{it} counts as meant for somebody else: what you did with it so far is not \
                         used."
                    ),
                )
            }
            Correction::NotInterested { item_id } => {
                let it = item(item_id);
                (format!("今后不再推荐{it}。"), format!("{it} is not recommended to you any more."))
            }
            Correction::More { concept } => {
                let it = self.called(concept);
                (format!("今后多推荐“{it}”。"), format!("From now on more of “{it}”."))
            }
            Correction::Less { concept } => {
                let it = self.called(concept);
                (format!("今后少推荐“{it}”。"), format!("From now on less of “{it}”."))
            }
            Correction::Cheaper { than } => self.cheaper_words(than),
            Correction::OtherBrand { than } => self.other_brand_words(than),
            Correction::SetTags { tags } => {
                let names = tags.iter().map(|tag| format!("“{}”", self.called(&tag.concept)));
                let names: Vec<String> = names.collect();
                (
                    format!("您的喜好现在是：{}。", join_zh(&names)),
                    format!("Your tastes are set to {}.", join_en(&names)),
                )
            }
            Correction::StopProfiling => (
                "个性化已关闭：不再使用您的历史和更正。".to_owned(),
                "Personalisation is off: nothing of your history or of what you put right is used."
                    .to_owned(),
            ),
        };
        pick(self.lang, &zh, &en)
    }

    fn unused_words(&self, unused: &Unused) -> (String, String) {
        let all_of = |name: String| {
            (
                format!("与“{name}”有关的行为今后都不再使用。"),
                format!("From now on nothing you do with “{name}” is used."),
            )
        };
        match unused {
            Unused::Events(ids) => {
                let history = self.witness.history().iter();
                let meant =
                    history.filter(|past| past.event_id.is_some_and(|id| ids.contains(&id)));
                let mut names: Vec<String> = Vec::new();
                for name in meant.map(|past| quote(&past.item_id, self.lang, self.witness)) {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                if names.is_empty() {
                    return (
                        "您历史中的这一部分今后不再使用。".to_owned(),
                        "That part of your history is not used any more.".to_owned(),
                    );
                }
                names.truncate(MOST_NAMED + 1);
                (
                    format!("您与{}有关的这些行为今后不再使用。", join_zh(&names)),
                    format!("What you did there with {} is not used any more.", join_en(&names)),
                )
            }
            Unused::Item(id) => {
                let it = quote(id, self.lang, self.witness);
                (
                    format!("您至今与{it}有关的行为不再使用。"),
                    format!("What you did so far with {it} is not used any more."),
                )
            }
            Unused::Category(name) => all_of(self.called(&Concept::Category(name.clone()))),
            Unused::Brand(name) => all_of(self.called(&Concept::Brand(name.clone()))),
            Unused::Everything => (
                "从头开始：至今做过、说过的都不再使用。".to_owned(),
                "Begun anew: nothing done or said so far is used.".to_owned(),
            ),
        }
    }

    /// Within which category; the whole shop for an item without one.
    fn within(&self, item: &ItemId) -> (String, String) {
        match self.concept_of(item).map(|category| self.called(&category)) {
            Some(name) => (format!("“{name}”里"), format!(", in “{name}”,")),
            None => (String::new(), String::new()),
        }
    }

    fn cheaper_words(&self, than: &ItemId) -> (String, String) {
        let ((zh, en), it) = (self.within(than), quote(than, self.lang, self.witness));
        let price = self.witness.item(than).and_then(|item| item.price);
        let price = price.map(|price| money(price, self.lang));
        let zh_price = price.as_ref().map_or(String::new(), |price| format!("（{price}）"));
        let en_price = price.map_or(String::new(), |price| format!(" ({price})"));
        (
            format!("今后{zh}只推荐比{it}{zh_price}便宜的。"),
            format!("From now on{en} only what costs less than {it}{en_price}."),
        )
    }

    fn other_brand_words(&self, than: &ItemId) -> (String, String) {
        let (zh, en) = self.within(than);
        let item = self.witness.item(than);
        let brand = item.as_ref().map_or("", |item| item.brand.in_language(self.lang).trim());
        (
            format!("今后{zh}不再推荐“{brand}”这个品牌。"),
            format!("From now on{en} nothing of the brand “{brand}”."),
        )
    }

    /// What the catalogue calls a concept in the language of the answer.
    pub(super) fn called(&self, concept: &Concept) -> String {
        let entries = self.tally.entries();
        let holding = entries.map(|entry| &entry.item.id).find(|id| {
            let is_named = !matches!(concept, Concept::Word(_));
            is_named && self.witness.item(id).is_some_and(|item| concept.holds_of(&item))
        });
        match holding {
            Some(id) => explain::phrase::named(concept, id, self.lang, self.witness),
            None => concept.value().trim().to_owned(),
        }
    }

    fn moved(&self, effect: &Effect) -> String {
        let Effect { before, after, .. } = effect;
        let left: Vec<&ItemId> = before.iter().filter(|id| !after.contains(id)).collect();
        match (left.len(), before == after) {
            (0, true) => {
                pick(self.lang, "目前您的列表没有变化。", "Your list stays the same for now.")
            }
            (0, false) => {
                pick(self.lang, "列表的次序变了。", "The order of your list has changed.")
            }
            (n, _) => {
                let named = left.iter().take(MOST_NAMED);
                let names: Vec<String> =
                    named.map(|id| quote(id, self.lang, self.witness)).collect();
                let more = n - names.len();
                let zh_more = if more > 0 { "等".to_owned() } else { String::new() };
                let en_more = if more > 0 { format!(", and {more} more") } else { String::new() };
                let items = if n == 1 { "item" } else { "items" };
                let zh = format!("有 {n} 件离开了您的列表：{}{zh_more}。", names.join("、"));
                let en = format!("{n} {items} left your list: {}{en_more}.", names.join(", "));
                pick(self.lang, &zh, &en)
            }
        }
    }

    /// Less of something is not none of it: how much of it is still there.
    fn left_of(&self, effect: &Effect) -> Option<String> {
        let Correction::Less { concept } = &effect.correction else { return None };
        let is_of_it =
            |id: &&ItemId| self.witness.item(id).is_some_and(|item| concept.holds_of(&item));
        let n = effect.after.iter().filter(is_of_it).count();
        Some(match n {
            0 => pick(
                self.lang,
                "列表里现在没有写着它的商品；今后仍可能偶尔出现。",
                "Nothing in your list names it now; it may still come up.",
            ),
            1 => pick(self.lang, "列表里还有 1 件写着它。", "1 item in your list still names it."),
            n => pick(
                self.lang,
                &format!("列表里还有 {n} 件写着它。"),
                &format!("{n} items in your list still name it."),
            ),
        })
    }
}
