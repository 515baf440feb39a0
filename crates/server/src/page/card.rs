//! One recommended item as the page shows it.

use app::{AnsweredItem, money};
use domain::{Item, Language, Reason, Strength};

use super::facts::{self, Fact};
use super::texts::Texts;
use super::title;
use crate::api::transparency;
use crate::service::Service;

/// An item, with its reason taken apart.
pub(super) struct Card {
    pub(super) rank: u32,
    pub(super) title: String,
    pub(super) brand: String,
    pub(super) category: String,
    pub(super) price: String,
    pub(super) why: Option<Why>,
    pub(super) bars: Vec<Bar>,
}

/// A reason.
pub(super) struct Why {
    /// The strongest sentence.
    pub(super) line: String,
    pub(super) sentences: Vec<String>,
    /// `weak`, `moderate` or `strong`, for the style sheet.
    pub(super) strength: &'static str,
    pub(super) strength_label: &'static str,
    pub(super) method: &'static str,
    pub(super) facts: Vec<Fact>,
}

/// What one signal adds to the score, as a part of a bar of width 100.
pub(super) struct Bar {
    pub(super) signal: String,
    pub(super) label: String,
    pub(super) x: String,
    pub(super) width: String,
    /// `84%`, or `<1%`: a part that is there is never told as none.
    pub(super) share: String,
}

impl Card {
    pub(super) fn of(service: &Service, answered: &AnsweredItem, lang: Language) -> Self {
        let item = service.live.item(&answered.item_id);
        let item = item.as_deref();
        let text = |of: fn(&Item) -> &domain::Text| {
            item.map(|item| of(item).in_language(lang).to_owned()).unwrap_or_default()
        };
        let category = item.and_then(Item::category).map(|c| c.in_language(lang).to_owned());
        let price = item.and_then(|item| item.price).map(|price| money(price, lang));
        Self {
            rank: answered.rank,
            title: title(service, &answered.item_id, lang),
            brand: text(|item| &item.brand),
            category: category.unwrap_or_default(),
            price: price.unwrap_or_default(),
            why: answered.reasons.first().map(|reason| Why::of(service, reason, lang)),
            bars: bars(answered, lang),
        }
    }
}

impl Why {
    fn of(service: &Service, reason: &Reason, lang: Language) -> Self {
        let texts = Texts::of(lang);
        let sentences: Vec<_> = reason.sentences.iter().map(|s| s.text.clone()).collect();
        let facts = reason.claims.iter().map(|claim| facts::of(service, claim, lang));
        Self {
            line: sentences.first().cloned().unwrap_or_else(|| reason.text.clone()),
            sentences,
            strength: match reason.strength {
                Strength::Weak => "weak",
                Strength::Moderate => "moderate",
                Strength::Strong => "strong",
            },
            strength_label: texts.strength(reason.strength),
            method: texts.method(reason.method),
            facts: facts.collect(),
        }
    }
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
            label: transparency::label(signal, lang).to_owned(),
            x: format!("{:.2}", x - width),
            width: format!("{width:.2}"),
            share: if width < 1.0 { "<1%".to_owned() } else { format!("{width:.0}%") },
        }
    };
    parts.into_iter().map(bar).collect()
}
