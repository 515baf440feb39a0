//! What a score is made of, as people are shown it: items of the history with their share, and what
//! would be without them.

use app::Live;
use domain::{IngestId, ItemId, Language};
use messages::message;
use serving::attribution::{ScoreAttribution, Without};

use crate::card::{Goods, Instead, percent};
use crate::labels::Labels;

/// The attribution of one item's score. Its parts add up to the whole of what speaks for the item.
#[derive(Debug, Clone)]
pub struct AttributionView {
    /// Items of the history with a part of their own, largest first.
    pub past: Vec<PastPart>,
    /// Items of the history that share [`others`](Self::others).
    pub n_others: usize,
    /// The part of the items of the history that are not named.
    pub others: Option<Part>,
    /// The part of the history that no single item of it carries.
    pub together: Option<Part>,
    /// The part of what the shopper asked for more or less of.
    pub stated: Option<Part>,
    /// The part that owes nothing to the shopper: popularity, circumstances.
    pub apart: Option<Part>,
    /// The part of the whole history.
    pub of_history: Part,
    /// Whether the score uses any of the history.
    pub uses_history: bool,
    /// Whether an item of the page or the cart counts as the newest step.
    pub uses_place: bool,
    /// The fewest events that decide whether it is shown.
    pub instead: Option<Instead>,
    /// The counterfactual without any of the history.
    pub without_all: Option<Then>,
}

/// A share of the score.
#[derive(Debug, Clone)]
pub struct Part {
    /// `84%`.
    pub share: String,
    /// The same as a width of 100.
    pub width: String,
}

/// The part of one item of the history.
#[derive(Debug, Clone)]
pub struct PastPart {
    /// The item.
    pub goods: Goods,
    /// The kind of interaction, in words; `None` for an item of the page or the cart.
    pub did: Option<&'static str>,
    /// Whether it can be left out: what somebody did can, where they are cannot.
    pub can_be_left_out: bool,
    /// Its share of the score.
    pub part: Part,
    /// The counterfactual without it.
    pub then: Option<Then>,
}

/// A counterfactual: the list without a part of the history.
#[derive(Debug, Clone)]
pub struct Then {
    /// Where it would rank by score, in words.
    pub ranks: String,
    /// Whether it would still be shown.
    pub stays: bool,
    /// The item that would be shown in its place.
    pub instead: Option<Goods>,
}

impl AttributionView {
    /// An attribution as `serving` makes it, in words of a language.
    #[must_use]
    pub fn of(live: &Live, attribution: ScoreAttribution, lang: Language) -> Self {
        let of_history = attribution.past.iter().map(|past| past.share).sum::<f64>()
            + attribution.others
            + attribution.together;
        let n_times = &attribution.n_times;
        let flips = attribution.flips.as_ref();
        let instead = flips.and_then(|flips| Instead::of(live, flips, n_times, lang));
        let then = |without: Option<Without>| without.map(|without| Then::of(live, without, lang));
        let past = attribution.past.into_iter().map(|past| PastPart {
            goods: Goods::of(live, &past.item_id, lang),
            did: past.kind.map(|kind| Labels(lang).did(kind)),
            can_be_left_out: !past.events.is_empty(),
            part: Part::of(past.share),
            then: then(past.without),
        });
        let past: Vec<PastPart> = past.collect();
        Self {
            uses_place: past.iter().any(|past| past.did.is_none()),
            n_others: attribution.n_others,
            others: Part::some(attribution.others),
            together: Part::some(attribution.together),
            stated: Part::some(attribution.stated),
            apart: Part::some(attribution.apart),
            of_history: Part::of(of_history),
            uses_history: attribution.uses_history,
            instead,
            without_all: then(attribution.without_all),
            past,
        }
    }

    /// Whether it would be shown whichever of the items named were left out.
    #[must_use]
    pub fn stays_whatever(&self) -> bool {
        let stays = |past: &PastPart| past.then.as_ref().is_some_and(|then| then.stays);
        !self.past.is_empty() && self.past.iter().all(stays)
    }
}

impl Part {
    fn of(share: f64) -> Self {
        let of_hundred = (share * 100.0).clamp(0.0, 100.0);
        let share = if share > 0.0 { percent(of_hundred) } else { "0%".to_owned() };
        Self { share, width: format!("{of_hundred:.1}") }
    }

    fn some(share: f64) -> Option<Self> {
        (share > 0.0).then(|| Self::of(share))
    }
}

impl Then {
    fn of(live: &Live, without: Without, lang: Language) -> Self {
        Self {
            ranks: ranks(without.rank_with, without.rank_without, lang),
            stays: without.stays,
            instead: without.instead.map(|id| Goods::of(live, &id, lang)),
        }
    }
}

fn ranks(with: u32, without: u32, lang: Language) -> String {
    match with == without {
        true => message!(lang, "attribution-same-rank", rank: with),
        false => message!(lang, "attribution-other-rank", with: with, without: without),
    }
}

/// The events of one item of the history, to be left out.
#[must_use]
pub fn events_of(attribution: &ScoreAttribution, item: &ItemId) -> Vec<IngestId> {
    let of_item = attribution.past.iter().filter(|past| past.item_id == *item);
    of_item.flat_map(|past| past.events.iter().copied()).collect()
}
