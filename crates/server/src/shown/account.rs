//! What a score is made of, as people are shown it: items of the history with their share, and what
//! would be without them.

use app::account::{self, Without};
use domain::{IngestId, ItemId, Language};

use super::card::{Goods, Instead, percent};
use super::labels::Labels;
use crate::service::Service;

/// The account of one item. Its parts add up to the whole of what speaks for the item.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) past: Vec<PastPart>,
    pub(crate) n_others: usize,
    pub(crate) others: Option<Part>,
    pub(crate) together: Option<Part>,
    pub(crate) stated: Option<Part>,
    pub(crate) apart: Option<Part>,
    /// What the history carries altogether.
    pub(crate) of_history: Part,
    pub(crate) uses_history: bool,
    /// Whether an item of the page or the cart counts as the newest step.
    pub(crate) uses_place: bool,
    /// The fewest events that decide whether it is shown.
    pub(crate) instead: Option<Instead>,
    /// What would be without any of the history.
    pub(crate) without_all: Option<Then>,
}

/// A share of the score.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// `84%`.
    pub(crate) share: String,
    /// The same as a width of 100.
    pub(crate) width: String,
}

/// What one item of the history carries.
#[derive(Debug, Clone)]
pub(crate) struct PastPart {
    pub(crate) goods: Goods,
    /// What was done with it; `None` for an item of the page or the cart.
    pub(crate) did: Option<&'static str>,
    /// Whether it can be left out: what somebody did can, where they are cannot.
    pub(crate) can_be_left_out: bool,
    pub(crate) part: Part,
    pub(crate) then: Option<Then>,
}

/// What would be without a part of the history.
#[derive(Debug, Clone)]
pub(crate) struct Then {
    /// Where it would rank by score, in words.
    pub(crate) ranks: String,
    pub(crate) stays: bool,
    pub(crate) instead: Option<Goods>,
}

impl Account {
    pub(crate) fn of(service: &Service, account: account::Account, lang: Language) -> Self {
        let of_history = account.past.iter().map(|past| past.share).sum::<f64>()
            + account.others
            + account.together;
        let n_times = &account.n_times;
        let flips = account.flips.as_ref();
        let instead = flips.and_then(|flips| Instead::of(service, flips, n_times, lang));
        let then =
            |without: Option<Without>| without.map(|without| Then::of(service, without, lang));
        let past = account.past.into_iter().map(|past| PastPart {
            goods: Goods::of(service, &past.item_id, lang),
            did: past.kind.map(|kind| Labels(lang).did(kind)),
            can_be_left_out: !past.events.is_empty(),
            part: Part::of(past.share),
            then: then(past.without),
        });
        let past: Vec<PastPart> = past.collect();
        Self {
            uses_place: past.iter().any(|past| past.did.is_none()),
            n_others: account.n_others,
            others: Part::some(account.others),
            together: Part::some(account.together),
            stated: Part::some(account.stated),
            apart: Part::some(account.apart),
            of_history: Part::of(of_history),
            uses_history: account.uses_history,
            instead,
            without_all: then(account.without_all),
            past,
        }
    }

    /// Whether it would be shown whichever of the items named were left out.
    pub(crate) fn stays_whatever(&self) -> bool {
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
    fn of(service: &Service, without: Without, lang: Language) -> Self {
        Self {
            ranks: ranks(without.rank_with, without.rank_without, lang),
            stays: without.stays,
            instead: without.instead.map(|id| Goods::of(service, &id, lang)),
        }
    }
}

fn ranks(with: u32, without: u32, lang: Language) -> String {
    match (lang, with == without) {
        (Language::Zh, true) => format!("得分排名仍是第 {with}"),
        (Language::Zh, false) => format!("得分排名从第 {with} 变为第 {without}"),
        (Language::En, true) => format!("still rank {with} by score"),
        (Language::En, false) => format!("rank {without} by score instead of {with}"),
    }
}

/// The events of one item of the history, to be left out.
pub(crate) fn events_of(account: &account::Account, item: &ItemId) -> Vec<IngestId> {
    let of_item = account.past.iter().filter(|past| past.item_id == *item);
    of_item.flat_map(|past| past.events.iter().copied()).collect()
}
