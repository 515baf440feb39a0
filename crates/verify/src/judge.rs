//! From a sentence to its verdict: reads it, recounts each thing it says, and compares.

mod catalogue;
mod counts;
mod history;
mod placement;

use domain::ItemId;

use crate::bundle::Shown;
use crate::quantities::{self, Written};
use crate::recount::Recount;
use crate::report::{Part, Told, Verdict};
use crate::sentences::{Reading, readings};

/// A reading of a sentence about an item of the list.
pub(crate) struct Sentence<'s> {
    pub(crate) reading: Reading<'s>,
    pub(crate) shown: &'s Shown,
    pub(crate) recount: &'s Recount<'s>,
}

/// The verdict on one sentence. Of several readings the best counts: they differ in where a name
/// ends, and the rows say which name there is.
pub(crate) fn judge(text: &str, shown: &Shown, recount: &Recount<'_>) -> Told {
    let read = readings(text, recount.lang()).into_iter().map(|reading| {
        let sentence = Sentence { reading, shown, recount };
        (sentence.reading.message, sentence.parts())
    });
    let best = read.min_by_key(|(_, parts)| Verdict::of(parts));
    let (message, parts) = best.map_or((None, Vec::new()), |(name, parts)| (Some(name), parts));
    let verdict = Verdict::of(&parts);
    Told { item_id: shown.item_id.clone(), text: text.to_owned(), message, verdict, parts }
}

impl<'s> Sentence<'s> {
    /// What the sentence says, part by part; nothing where a slot cannot be understood.
    fn parts(&self) -> Vec<Part> {
        match self.reading.message {
            "contributed" => history::contributed(self),
            "flips" => history::flips(self),
            "shares_brand" | "shares_category" | "shares_attribute" => history::shares(self),
            "price_fit" => history::price_fit(self),
            "unknown" | "unknown_page" | "profiling_off" => history::unknown(self),
            "asked_more" | "asked_less" => history::asked(self),
            "bought_both" => counts::bought_both(self),
            "bought_one_order" => counts::bought_one_order(self),
            "viewed_then" => counts::viewed_then(self),
            "popular" => counts::popular(self),
            "in_context" => counts::in_context(self),
            "rated" => counts::rated(self),
            "reviewers_say" => counts::reviewers_say(self),
            "similar_text" => catalogue::similar_text(self),
            "discounted" => catalogue::discounted(self),
            "new_arrival" => catalogue::new_arrival(self),
            "priced" | "unpriced" => catalogue::priced(self),
            "stocked" | "out_of_stock" => catalogue::stocked(self),
            "costs_less" => catalogue::costs_less(self),
            "paid_place" | "hand_place" => placement::by_hand(self),
            "varied" => placement::varied(self),
            "weak" | "weak_decides" => placement::weak(self),
            _ => Vec::new(),
        }
    }

    /// The item that the sentence is about.
    fn item(&self) -> &'s ItemId {
        &self.shown.item_id
    }

    fn text(&self, slot: &str) -> &'s str {
        self.reading.slots.get(slot).map_or("", |text| text.trim())
    }

    fn has(&self, slot: &str) -> bool {
        self.reading.slots.contains_key(slot)
    }

    fn count(&self, slot: &str) -> Option<u64> {
        quantities::count(self.text(slot))
    }

    fn number(&self, slot: &str) -> Option<Written> {
        quantities::number(self.text(slot))
    }

    fn ordinal(&self, slot: &str) -> Option<u64> {
        quantities::ordinal(self.text(slot), self.recount.lang())
    }

    fn money(&self, slot: &str) -> Option<domain::Money> {
        quantities::money(self.text(slot), self.recount.lang())
    }

    /// A part about a number that was rounded; `found` of nothing agrees with nothing.
    fn rounded(&self, what: &'static str, slot: &str, found: Option<f64>) -> Part {
        let holds =
            self.number(slot).zip(found).is_some_and(|(told, found)| told.is_rounded(found));
        let found = found.map_or_else(|| "nothing".to_owned(), |found| format!("{found:.4}"));
        Part::rows(what, self.text(slot), found, holds)
    }

    /// What is found of the item of a title: of several of the same title, of the one that fits best.
    fn of_title(&self, slot: &str, found: impl Fn(&'s ItemId) -> Vec<Part>) -> Vec<Part> {
        let title = crate::words::unquoted(self.text(slot)).unwrap_or_default();
        let candidates = self.recount.titled(title).into_iter().map(found);
        let none = || vec![Part::rows("title", title, "no item of the catalogue", false)];
        candidates.min_by_key(|parts| Verdict::of(parts)).unwrap_or_else(none)
    }
}
