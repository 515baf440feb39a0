//! From words to a typed question: which items, events, brands and categories are meant.
//!
//! By id, by place in the list, by title (what is shown first, then what the shopper dealt with,
//! then the whole catalogue), or by what the conversation is about.

use std::collections::BTreeSet;

use claims::{Change, Field};
use domain::{Concept, Correction, EventKind, HistoryRef, ItemId, Language, Text, Unused};
use explain::Evidence;
use explain::dialogue::{Intent, Mentioned, is_frame, mentioned};
use language::{Writing, writing};
use shop::ShopError;

use super::scene::Scene;
use super::{Question, fits};

/// Share of the words of a mention that a title must have.
const LEAST_MATCH: f64 = 0.5;

impl Scene<'_> {
    /// The typed question; `None` where something that it needs is not named.
    pub(super) fn question(
        &self,
        intent: Intent,
        text: &str,
    ) -> Result<Option<Question>, ShopError> {
        match (intent, self.named_question(intent, text)) {
            (Intent::WrongReason, Some(why)) => self.calling_it_wrong(&why),
            (_, question) => Ok(question),
        }
    }

    /// The correction of the reason that this question is answered with.
    fn calling_it_wrong(&self, why: &Question) -> Result<Option<Question>, ShopError> {
        let calls_wrong = |ask: &Question| {
            let Question::Correct { correction } = ask else { return false };
            matches!(correction, Correction::WrongReason { .. })
        };
        let actions = self.answer(why)?.actions;
        Ok(actions.into_iter().map(|action| action.ask).find(calls_wrong))
    }

    /// The question as it is named; for a reason that is wrong, the one that asks for it.
    fn named_question(&self, intent: Intent, text: &str) -> Option<Question> {
        let mentioned = mentioned(text, self.lang);
        let items = self.meant(intent, &mentioned, text);
        let one = || items.first().or(self.talk.focus.as_ref()).cloned();
        // Where no item was spoken of and none is named, the first of the list is the one in sight.
        let in_sight = || {
            let names_none = mentioned.this || content(text, self.lang).is_empty();
            one().or_else(|| self.listed().first().filter(|_| names_none).cloned())
        };
        let correct = |correction: Correction| Some(Question::Correct { correction });
        match intent {
            Intent::Why => Some(Question::Why { item: in_sight()? }),
            Intent::WhyNot => Some(Question::WhyNot { item: one()? }),
            Intent::HowTo => Some(Question::HowTo { item: one()? }),
            Intent::WhyOver => {
                let (item, other) = self.pair(&items)?;
                Some(Question::WhyOver { item, other })
            }
            Intent::Compare => {
                let (item, other) = self.pair(&items)?;
                Some(Question::Compare { items: vec![item, other] })
            }
            Intent::WhatIf => self.what_if_of(&mentioned, in_sight()),
            Intent::WhatYouKnow => Some(Question::WhatYouKnow),
            Intent::Price => Some(Question::Price { item: one()? }),
            Intent::Stock => Some(Question::Stock { item: one()? }),
            Intent::Attribute => {
                let item = one()?;
                let asked_for = || fits::asked_for(text, self.lang).map(Field::Named);
                let field = self.field(text, &item).or_else(asked_for);
                Some(Question::Attribute { item, field })
            }
            Intent::Reviews => Some(Question::Reviews { item: one()? }),
            // Whether "it" fits is asked of it alone.
            Intent::WhichFits if self.is_of_this(&mentioned, text) => {
                let needed = fits::needed(text, self.lang).join(" ");
                let field = (!needed.is_empty()).then_some(Field::Named(needed));
                Some(Question::Attribute { item: one()?, field })
            }
            Intent::WhichFits => {
                let words = fits::needed(text, self.lang);
                let at_most = mentioned.at_most;
                let has_any = !words.is_empty() || at_most.is_some();
                has_any.then_some(Question::WhichFits { words, at_most })
            }
            Intent::WrongReason => Some(Question::Why { item: one()? }),
            Intent::DoNotUse => {
                correct(Correction::DoNotUse { unused: self.unused(text, &mentioned, one())? })
            }
            Intent::Gift => correct(Correction::Gift { item_id: one().or_else(|| self.bought())? }),
            Intent::NotInterested => correct(Correction::NotInterested { item_id: one()? }),
            Intent::MoreOf => correct(Correction::More { concept: self.concept(text)? }),
            Intent::LessOf => correct(Correction::Less { concept: self.concept(text)? }),
            Intent::Cheaper => correct(Correction::Cheaper { than: in_sight()? }),
            Intent::OtherBrand => correct(Correction::OtherBrand { than: one()? }),
            Intent::SetTags => {
                let concepts: Vec<Concept> =
                    mentioned.parts.iter().filter_map(|part| self.named_concept(part)).collect();
                (!concepts.is_empty())
                    .then(|| Question::Correct { correction: Self::tags(concepts) })
            }
            Intent::StopProfiling => Some(Question::StopProfiling { confirmed: false }),
            Intent::ForgetMe => Some(Question::ForgetMe { confirmed: false }),
            Intent::Undo => Some(Question::Undo { correction_id: None }),
            Intent::HowItWorks => Some(Question::HowItWorks),
            Intent::MyData => Some(Question::MyData),
            Intent::Unknown => self.asked_of_this(&mentioned, text),
        }
    }

    /// Whether "it" alone is meant, and not which of several.
    fn is_of_this(&self, mentioned: &Mentioned, text: &str) -> bool {
        let chooses = ["which", "any of", "哪", "这些"].iter().any(|word| text.contains(word));
        mentioned.this && !chooses && self.talk.focus.is_some()
    }

    /// Whether something holds of "it", in words that no example has.
    fn asked_of_this(&self, mentioned: &Mentioned, text: &str) -> Option<Question> {
        let item = self.talk.focus.clone().filter(|_| mentioned.this)?;
        let field = fits::asked_for(text, self.lang).map(Field::Named)?;
        Some(Question::Attribute { item, field: Some(field) })
    }

    /// The items that a question is about: "it" is the one that was spoken of, whatever else words
    /// of the question stand in titles; only a comparison has a second one to name.
    fn meant(&self, intent: Intent, mentioned: &Mentioned, text: &str) -> Vec<ItemId> {
        let is_pair = matches!(intent, Intent::Compare | Intent::WhyOver);
        let by_place = !mentioned.places.is_empty() || mentioned.first.is_some();
        match &self.talk.focus {
            Some(focus) if mentioned.this && !is_pair && !by_place => {
                vec![self.pointed_at(text).unwrap_or_else(|| focus.clone())]
            }
            _ => self.items(mentioned, text),
        }
    }

    fn pair(&self, items: &[ItemId]) -> Option<(ItemId, ItemId)> {
        match items {
            [item, other, ..] => Some((item.clone(), other.clone())),
            [other] => {
                let item = self.talk.focus.clone().filter(|focus| focus != other)?;
                Some((item, other.clone()))
            }
            [] => self.talk.pair(),
        }
    }

    /// The items that a question names, in order.
    pub(super) fn items(&self, mentioned: &Mentioned, text: &str) -> Vec<ItemId> {
        let listed = self.listed();
        let place = |place: &usize| if *place == 0 { listed.len() } else { *place };
        let at = |place: usize| listed.get(place.checked_sub(1)?).cloned();
        let these = ["these", "这两"].iter().any(|word| text.to_lowercase().contains(word));
        let mut items: Vec<ItemId> = match (mentioned.first, self.talk.pair()) {
            (Some(2), Some((a, b))) if these => vec![a, b],
            (Some(n), _) => listed.iter().take(n).cloned().collect(),
            (None, _) => mentioned.places.iter().map(place).filter_map(at).collect(),
        };
        if items.is_empty() {
            items.extend(self.pointed_at(text));
        }
        if items.is_empty() {
            items = mentioned.parts.iter().filter_map(|part| self.named(part)).collect();
        }
        let mut seen = BTreeSet::new();
        items.retain(|id| seen.insert(id.clone()));
        items
    }

    /// The item that words name.
    fn named(&self, part: &str) -> Option<ItemId> {
        let words: Vec<&str> = part.split_whitespace().collect();
        let by_id = words.iter().filter_map(|word| {
            let ids = [(*word).to_owned(), word.to_uppercase()];
            ids.into_iter().find_map(|id| ItemId::new(id).ok().filter(|id| self.is_known(id)))
        });
        if let Some(id) = by_id.into_iter().next() {
            return Some(id);
        }
        let wanted = content(part, self.lang);
        if wanted.is_empty() {
            return None;
        }
        let past = self.evidence.history().iter().map(|past| &past.item_id);
        let near = self.listed().iter().chain(&self.shown).chain(past);
        let near = near.filter_map(|id| Some((id, self.match_of(id, &wanted)?)));
        best(near).or_else(|| {
            let entries = self.counts.offered();
            let ids = entries.map(|entry| &entry.item.id);
            best(ids.filter_map(|id| Some((id, self.match_of(id, &wanted)?))))
        })
    }

    fn is_known(&self, id: &ItemId) -> bool {
        self.counts.entry(id).is_some_and(|entry| !entry.deleted)
    }

    /// How much of what is wanted a title has; shorter titles first among equals.
    fn match_of(&self, id: &ItemId, wanted: &[String]) -> Option<f64> {
        let entry = self.counts.entry(id)?;
        let titles = entry.item.title.versions().map(str::to_lowercase);
        let share = |title: &String| {
            let found = wanted.iter().filter(|word| domain::correction::has_word(title, word));
            found.count() as f64 / wanted.len() as f64 - title.chars().count() as f64 * 1e-5
        };
        let best = titles.map(|title| share(&title)).max_by(f64::total_cmp)?;
        (best >= LEAST_MATCH - 0.01).then_some(best)
    }

    fn what_if_of(&self, mentioned: &Mentioned, item: Option<ItemId>) -> Option<Question> {
        let mut changes = Vec::new();
        if let Some(circumstance) = mentioned.circumstance.clone() {
            changes.push(Change::In { circumstance });
        }
        if mentioned.at_most.is_some() {
            changes.push(Change::Price { min: None, max: mentioned.at_most });
        }
        if changes.is_empty() {
            let history = self.evidence.history().iter();
            let own = history.filter(|past| past.event_id.is_some());
            let last = || own.clone().find(|past| past.kind == Some(EventKind::Purchase));
            let of_it = match &item {
                _ if mentioned.last => last().map(explain::PastEvent::to_ref).into_iter().collect(),
                Some(id) => {
                    let of_item = own.clone().filter(|past| past.item_id == *id);
                    of_item.map(explain::PastEvent::to_ref).collect()
                }
                None => Vec::new(),
            };
            if mentioned.without || mentioned.last || mentioned.instead {
                let history = match (of_it.is_empty(), &item) {
                    (true, Some(id)) if !mentioned.last => self.decisive(id),
                    _ => of_it,
                };
                changes.extend((!history.is_empty()).then_some(Change::Without { history }));
            } else {
                let did = if mentioned.bought { EventKind::Purchase } else { EventKind::View };
                changes.push(Change::With { did, item_id: item? });
            }
        }
        Some(Question::WhatIf { changes })
    }

    /// What of the history an item's place owes most to, where nothing was done with it itself: what
    /// decides that it is in the list, or else what speaks for it most.
    fn decisive(&self, item: &ItemId) -> Vec<HistoryRef> {
        if let Some(history) = self.deciding(item) {
            return history;
        }
        let Some(parts) = self.evidence.contributions(item) else { return Vec::new() };
        let by_event = parts.by_event();
        let history = self.evidence.history();
        let own = (0..history.len().min(by_event.len()))
            .filter(|&at| history[at].event_id.is_some() && by_event[at] > 0.0);
        let most = own.max_by(|&a, &b| by_event[a].total_cmp(&by_event[b]));
        most.map(|at| history[at].to_ref()).into_iter().collect()
    }

    /// The item bought last.
    fn bought(&self) -> Option<ItemId> {
        let mut past = self.evidence.history().iter();
        let last = past.find(|past| past.kind == Some(EventKind::Purchase))?;
        Some(last.item_id.clone())
    }

    fn unused(&self, text: &str, mentioned: &Mentioned, item: Option<ItemId>) -> Option<Unused> {
        if mentioned.last {
            return self.bought().map(Unused::Item);
        }
        match self.known_concept(text) {
            Some(Concept::Category(name)) => Some(Unused::Category(name)),
            Some(Concept::Brand(name)) => Some(Unused::Brand(name)),
            _ => item.map(Unused::Item),
        }
    }

    /// What is wanted more or less of: a brand or category by name, the one of "this", or a word.
    fn concept(&self, text: &str) -> Option<Concept> {
        let this_brand = ["this brand", "这个品牌", "这个牌子"].iter().any(|w| text.contains(w));
        if this_brand {
            let item = self.evidence.item(self.talk.focus.as_ref()?)?;
            return item.brand.versions().next().map(|brand| Concept::Brand(brand.to_owned()));
        }
        let named = self.named_concept(text);
        named.or_else(|| self.concept_of(self.talk.focus.as_ref()?))
    }

    fn named_concept(&self, text: &str) -> Option<Concept> {
        self.known_concept(text).or_else(|| {
            let named = match writing(self.lang) {
                Writing::Words => content(text, self.lang).into_iter().max_by_key(String::len),
                Writing::Characters => thing_zh(text),
            };
            named.map(Concept::Word)
        })
    }

    /// A brand or category of the catalogue whose name stands in the text, the longest.
    pub(super) fn known_concept(&self, text: &str) -> Option<Concept> {
        let entries = self.counts.offered();
        let mut names: BTreeSet<(&str, bool)> = BTreeSet::new();
        for entry in entries {
            names.extend(entry.item.brand.versions().map(|name| (name, true)));
            let categories = entry.item.all_categories().flat_map(Text::versions);
            names.extend(categories.map(|name| (name, false)));
        }
        let stands = |(name, _): &(&str, bool)| domain::correction::has_word(text, name);
        let (name, is_brand) =
            names.into_iter().filter(stands).max_by_key(|(name, _)| name.len())?;
        let name = name.to_owned();
        Some(if is_brand { Concept::Brand(name) } else { Concept::Category(name) })
    }

    /// The field that a question names; `None` asks for all of them.
    fn field(&self, text: &str, item: &ItemId) -> Option<Field> {
        let text = text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if has(&["brand", "who makes", "maker", "牌子", "品牌", "谁家"]) {
            return Some(Field::Brand);
        }
        if has(&["category", "类目", "类别", "哪一类"]) {
            return Some(Field::Category);
        }
        let named = self.evidence.item(item)?;
        let mut names = named.described_by().map(|(name, _)| name.clone());
        names.find(|name| text.contains(&name.to_lowercase())).map(Field::Named)
    }
}

fn best<'i>(found: impl Iterator<Item = (&'i ItemId, f64)>) -> Option<ItemId> {
    let best = found.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0)));
    best.map(|(id, _)| id.clone())
}

/// The words of a text that name something: none of those that questions are made of.
pub(super) fn content(text: &str, lang: Language) -> Vec<String> {
    let text = text.to_lowercase();
    match writing(lang) {
        Writing::Words => {
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
            let names = |word: &&str| word.len() > 1 && !is_frame(word, lang);
            words.filter(names).map(str::to_owned).collect()
        }
        Writing::Characters => {
            let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
            let pairs = chars.windows(2).map(|pair| pair.iter().collect::<String>());
            let names = |pair: &String| {
                let known = |c: char| is_frame(&c.to_string(), lang);
                !is_frame(pair, lang) && !pair.chars().all(known)
            };
            pairs.filter(names).collect()
        }
    }
}

/// Words that stand around what is wanted more or less of, longer ones before their parts.
const AROUND_ZH: [&str; 40] = [
    "过敏", "推荐", "不要", "太多", "一些", "一点", "那么", "这么", "更多", "多看", "多来", "多点",
    "少看", "少来", "少点", "减少", "不能", "相关", "商品", "东西", "以后", "喜欢", "我", "对",
    "您", "你", "给", "请", "想", "看", "来", "多", "少", "点", "些", "的", "了", "含", "带", "吃",
];

/// What a Chinese wish is about: the longest run of it that is none of the words around.
fn thing_zh(text: &str) -> Option<String> {
    let kept = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let text: String = text.chars().map(kept).collect();
    let bare = AROUND_ZH.iter().fold(text, |text, around| text.replace(around, " "));
    let runs = bare.split_whitespace().map(str::to_owned);
    runs.max_by_key(|run| run.chars().count())
}
