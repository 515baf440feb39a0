//! One item, and one recommended item with its reason taken apart.

use std::collections::BTreeMap;

use answers::AnsweredItem;
use app::Live;
use claims::{Facts, Method, Reason, Sentence, Strength};
use domain::{HistoryRef, Item, ItemId, Language};
use explain::phrase::money;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    facts::{self, Fact},
    labels::Labels,
    signals, title,
};

/// An item as a shop shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Goods {
    /// Its id.
    #[schema(value_type = String)]
    pub item_id: ItemId,
    /// What the shop calls it; its id where it has no title.
    pub title: String,
    /// Who makes it; empty where unknown.
    pub brand: String,
    /// Its narrowest category; empty where unknown.
    pub category: String,
    /// What it costs, written for the reader; empty where unknown.
    pub price: String,
    /// Whether it can be bought now.
    pub in_stock: bool,
}

/// A recommended item.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Card {
    /// Its place, from 1.
    pub rank: u32,
    /// The item.
    #[serde(flatten)]
    pub goods: Goods,
    /// Why it is here; missing where nothing could be verified.
    pub why: Option<Why>,
    /// What its score is made of.
    pub bars: Vec<Bar>,
}

/// A reason.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Why {
    /// Say something of it under this id.
    pub reason_id: String,
    /// One sentence: the strongest, unless it is long and another says something short.
    pub line: String,
    /// All sentences.
    pub sentences: Vec<String>,
    /// `weak`, `moderate` or `strong`.
    pub strength: &'static str,
    /// The same in words.
    pub strength_label: &'static str,
    /// How it was found, in words.
    pub method: &'static str,
    /// Whether a language model chose the words.
    pub ai_generated: bool,
    /// Its claims.
    pub facts: Vec<Fact>,
    /// Parts of the history that count, with their share of the score, largest first.
    #[serde(skip)]
    pub counted: Vec<Counted>,
    /// Other items of the history that its claims rest on, without a share of their own.
    #[serde(skip)]
    pub rests_on: Vec<Goods>,
    /// The item that would be shown instead without some of the history.
    #[serde(skip)]
    pub instead: Option<Instead>,
    /// Whether it rests on something that the shopper did.
    #[serde(skip)]
    pub uses_interactions: bool,
}

/// A part of the history and what it carries.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Its items.
    pub items: Vec<Goods>,
    /// `84%`.
    pub share: String,
    /// The same as a width of 100.
    pub width: String,
    /// The rank by score with it, from 1.
    pub rank_with: u32,
    /// The rank by score without it, from 1.
    pub rank_without: u32,
}

/// The item that would be shown without some of the history.
#[derive(Debug, Clone)]
pub struct Instead {
    /// Without these.
    pub without: Vec<Left>,
    /// Length of the list.
    pub k: u32,
    /// The item that takes the place.
    pub goods: Goods,
}

/// An item of the history that is left out.
#[derive(Debug, Clone)]
pub struct Left {
    /// The item.
    pub goods: Goods,
    /// How many of its times in the history, where that is not all of them.
    pub of_several: Option<usize>,
}

/// What one signal adds to the score, as a part of a bar of width 100.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Bar {
    /// The signal's name.
    pub signal: String,
    /// The same in words.
    pub label: String,
    /// Where its part begins.
    #[serde(skip)]
    pub x: String,
    /// How wide its part is, of 100.
    pub width: String,
    /// `84%`, or `<1%`: a part that is there is never told as none.
    pub share: String,
}

impl Goods {
    /// An item of the catalogue as it is now; only its id where the shop has none.
    #[must_use]
    pub fn of(live: &Live, id: &ItemId, lang: Language) -> Self {
        let item = live.item(id);
        let item = item.as_deref();
        let text = |of: fn(&Item) -> &domain::Text| {
            item.map(|item| of(item).in_language(lang).trim().to_owned()).unwrap_or_default()
        };
        let category = item.and_then(Item::category).map(|c| c.in_language(lang).to_owned());
        let price = item.and_then(|item| item.price).map(|price| money(price, lang));
        Self {
            item_id: id.clone(),
            title: title(live, id, lang),
            brand: text(|item| &item.brand),
            category: category.unwrap_or_default(),
            price: price.unwrap_or_default(),
            in_stock: item.is_some_and(Item::can_be_bought),
        }
    }
}

impl Card {
    /// An item of an answer, with the first of its reasons.
    #[must_use]
    pub fn of(live: &Live, answered: &AnsweredItem, lang: Language) -> Self {
        Self {
            rank: answered.rank,
            goods: Goods::of(live, &answered.item_id, lang),
            why: answered.reasons.first().map(|reason| Why::of(live, reason, lang)),
            bars: bars(answered, lang),
        }
    }
}

impl Why {
    fn of(live: &Live, reason: &Reason, lang: Language) -> Self {
        let labels = Labels(lang);
        let sentences: Vec<_> = reason.sentences.iter().map(|s| s.text.clone()).collect();
        let facts = reason.claims.iter().map(|claim| facts::of(live, claim, lang));
        let counted = reason.claims.iter().filter_map(|c| counted(live, &c.facts, lang));
        let counted: Vec<_> = counted.collect();
        let rests_on = rests_on(reason, &counted);
        let rests_on = rests_on.into_iter().map(|id| Goods::of(live, id, lang));
        let n_times = BTreeMap::new();
        let mut claims = reason.claims.iter();
        let instead = claims.find_map(|c| Instead::of(live, &c.facts, &n_times, lang));
        let method = reason.method;
        Self {
            reason_id: reason.reason_id.to_string(),
            line: line(reason).to_owned(),
            sentences,
            strength: match reason.strength {
                Strength::Weak => "weak",
                Strength::Moderate => "moderate",
                Strength::Strong => "strong",
            },
            strength_label: labels.strength(reason.strength),
            method: labels.method(method),
            ai_generated: reason.ai_generated || method == Method::Llm,
            facts: facts.collect(),
            rests_on: rests_on.collect(),
            counted,
            instead,
            uses_interactions: evidence(reason).any(|past| past.event_id.is_some()),
        }
    }
}

/// A sentence that is read at a glance; one about the shopper before one about everybody. One that
/// speaks of other sentences would not stand alone: so only those count that state one claim, and
/// not the last of a weak reason, which says how weak the others are.
fn line(reason: &Reason) -> &str {
    let longest = if reason.lang == Language::Zh { 60 } else { 150 };
    let said = match (reason.strength, &reason.sentences[..]) {
        (Strength::Weak, [said @ .., _]) if !said.is_empty() => said,
        (_, said) => said,
    };
    let alone = said.iter().filter(|sentence| sentence.claim_ids.len() == 1);
    let (own, general): (Vec<&Sentence>, Vec<&Sentence>) =
        alone.partition(|sentence| rests_on_history(reason, sentence));
    let texts: Vec<&str> = own.iter().chain(&general).map(|s| s.text.as_str()).collect();
    let length = |text: &&&str| text.chars().count();
    let short = texts.iter().find(|text| length(text) <= longest);
    let first = said.first().map_or(reason.text.as_str(), |sentence| sentence.text.as_str());
    short.or_else(|| texts.iter().min_by_key(length)).copied().unwrap_or(first)
}

fn rests_on_history(reason: &Reason, sentence: &Sentence) -> bool {
    let mut behind = reason.claims.iter().filter(|c| sentence.claim_ids.contains(&c.claim_id));
    behind.any(|claim| !claim.evidence.is_empty())
}

fn evidence(reason: &Reason) -> impl Iterator<Item = &HistoryRef> {
    reason.claims.iter().flat_map(|claim| &claim.evidence)
}

/// Items of the history behind any claim, but for those whose share is given.
fn rests_on<'r>(reason: &'r Reason, counted: &[Counted]) -> Vec<&'r ItemId> {
    let is_counted = |id: &ItemId| counted.iter().flat_map(|c| &c.items).any(|g| g.item_id == *id);
    let mut found: Vec<&ItemId> = Vec::new();
    for past in evidence(reason) {
        if !is_counted(&past.item_id) && !found.contains(&&past.item_id) {
            found.push(&past.item_id);
        }
    }
    found
}

fn past(live: &Live, history: &[HistoryRef], lang: Language) -> Vec<Goods> {
    history.iter().map(|past| Goods::of(live, &past.item_id, lang)).collect()
}

fn counted(live: &Live, facts: &Facts, lang: Language) -> Option<Counted> {
    let Facts::Contributed { history, share, rank_with, rank_without } = facts else {
        return None;
    };
    Some(Counted {
        items: past(live, history, lang),
        share: percent(share * 100.0),
        width: format!("{:.1}", (share * 100.0).clamp(0.0, 100.0)),
        rank_with: *rank_with,
        rank_without: *rank_without,
    })
}

impl Instead {
    /// Of a claim that says so; `n_times` tells how often each item is in the history.
    pub fn of(
        live: &Live,
        facts: &Facts,
        n_times: &BTreeMap<ItemId, usize>,
        lang: Language,
    ) -> Option<Self> {
        let Facts::Flips { history, k, instead } = facts else { return None };
        let mut named: Vec<(&ItemId, usize)> = Vec::new();
        for past in history {
            match named.iter_mut().find(|(id, _)| **id == past.item_id) {
                Some((_, n)) => *n += 1,
                None => named.push((&past.item_id, 1)),
            }
        }
        let without = named.into_iter().map(|(id, n)| Left {
            goods: Goods::of(live, id, lang),
            of_several: n_times.get(id).is_some_and(|all| *all > n).then_some(n),
        });
        let goods = Goods::of(live, instead, lang);
        Some(Self { without: without.collect(), k: *k, goods })
    }
}

pub(crate) fn percent(of_hundred: f64) -> String {
    if of_hundred < 1.0 { "<1%".to_owned() } else { format!("{of_hundred:.0}%") }
}

/// Parts of the positive score, largest first; a signal that adds nothing has none.
fn bars(answered: &AnsweredItem, lang: Language) -> Vec<Bar> {
    let mut parts: Vec<_> = answered.signals.iter().filter(|(_, added)| **added > 0.0).collect();
    parts.sort_by(|a, b| b.1.total_cmp(a.1));
    let total: f64 = parts.iter().map(|(_, added)| **added).sum();
    let mut x = 0.0;
    let bar = |(signal, added): (&String, &f64)| {
        let width = 100.0 * added / total;
        x += width;
        Bar {
            signal: signal.clone(),
            label: signals::label(signal, lang).to_owned(),
            x: format!("{:.2}", x - width),
            width: format!("{width:.2}"),
            share: percent(width),
        }
    };
    parts.into_iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use domain::{ClaimId, ReasonId};

    use super::*;

    fn reason(strength: Strength, texts: &[&str]) -> Reason {
        let claim_ids = || vec![ClaimId::new("c1-1").expect("it is an id")];
        let sentence = |text: &&str| Sentence { text: (*text).to_owned(), claim_ids: claim_ids() };
        Reason {
            reason_id: ReasonId::new("r1").expect("it is an id"),
            text: texts.concat(),
            lang: Language::En,
            method: Method::Rule,
            strength,
            ai_generated: false,
            worded_by: None,
            sentences: texts.iter().map(sentence).collect(),
            claims: Vec::new(),
        }
    }

    #[test]
    fn how_weak_a_reason_is_does_not_stand_alone() {
        let long = "It is here because ".repeat(20);
        let weak = reason(Strength::Weak, &[&long, "That explains only a part."]);
        assert_eq!(line(&weak), long);
        let strong = reason(Strength::Strong, &[&long, "42 people bought it."]);
        assert_eq!(line(&strong), "42 people bought it.");
        assert_eq!(line(&reason(Strength::Weak, &["It is new."])), "It is new.");
    }

    #[test]
    fn what_rests_on_the_shoppers_own_history_is_read_first() {
        let mut strong =
            reason(Strength::Strong, &["42 people bought it.", "It goes with your cup."]);
        let (item_id, model) = (ItemId::new("i"), domain::ModelVersion::new("m"));
        let past = HistoryRef { item_id: item_id.clone().expect("it is an id"), event_id: None };
        strong.sentences[1].claim_ids = vec![ClaimId::new("c1-2").expect("it is an id")];
        strong.claims.push(claims::Claim {
            claim_id: strong.sentences[1].claim_ids[0].clone(),
            item_id: item_id.expect("it is an id"),
            facts: Facts::UnknownShopper { because: claims::Unknown::NoHistory },
            evidence: vec![past],
            as_of: claims::AsOf(domain::IngestId(1)),
            model_version: model.expect("it is a version"),
            verdict: claims::Verdict::Verified,
        });
        assert_eq!(line(&strong), "It goes with your cup.");
    }
}
