//! The reasons delivered so far: their counts, the feedback on them, and the way to
//! find one again.
//!
//! Responsible for reading the records; refuses to verify them, which is the audit's.

use std::collections::{BTreeMap, VecDeque};

use claims::{Strength, Verdict};
use domain::{
    FeedbackKind, IngestId, ItemId, Language, RequestId, ShopperId, SubjectId, Timestamp,
};
use store::{Answer, StoredFeedback, every};

use crate::report_cache::Counter;
use answers::answer::{Record, RecordedItem};
use shop::{Shop, ShopError};

/// Most reasons that are listed at once.
const LISTED: usize = 20;

/// Counts of the reasons delivered so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanations {
    /// Lists delivered.
    pub n_answers: u64,
    /// Recorded answers that cannot be read and are in no other count.
    pub n_unreadable: u64,
    /// Items in them.
    pub n_items: u64,
    /// Items with a reason.
    pub n_reasons: u64,
    /// Reasons in the words of a language model.
    pub n_worded: u64,
    /// Claims in reasons.
    pub n_claims: u64,
    /// Claims whose checker said yes when they were delivered.
    pub n_verified: u64,
    /// Claims by kind.
    pub by_kind: BTreeMap<String, u64>,
    /// Claims by language.
    pub by_language: BTreeMap<Language, u64>,
    /// What was said and done about reasons, by kind.
    pub feedback: BTreeMap<FeedbackKind, u64>,
}

/// A reason that was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredReason {
    /// The answer it stands in.
    pub request_id: RequestId,
    /// When.
    pub at: Timestamp,
    /// About which item.
    pub item_id: ItemId,
    /// Its place in the list, from 1.
    pub rank: u32,
    /// In which language.
    pub lang: Language,
    /// How much of the score it accounts for.
    pub strength: Strength,
    /// Its claims.
    pub n_claims: usize,
}

/// The reasons delivered so far, and where reading them left off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Counts.
    pub counts: Explanations,
    /// The newest reasons, newest first.
    pub newest: VecDeque<DeliveredReason>,
    answers_until: IngestId,
    feedback_until: IngestId,
}

/// The newest reasons of a request, an item or a shopper, and where looking for them left off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Newest first.
    pub reasons: VecDeque<DeliveredReason>,
    /// Answers that may hold further ones, and cannot be read.
    pub n_unreadable: u64,
    until: IngestId,
}

/// Counts the reasons delivered so far. Reads every recorded answer.
///
/// # Errors
/// What the store says. Records that cannot be read are counted; the audit names them.
pub fn counts(shop: &Shop) -> Result<Explanations, ShopError> {
    Ok(delivered_after(shop, Delivered::default(), &Counter::default())?.counts)
}

/// Goes on reading delivered reasons where an earlier run left off.
pub fn delivered_after(
    shop: &Shop,
    before: Delivered,
    counter: &Counter,
) -> Result<Delivered, ShopError> {
    let mut known = before;
    let after = known.answers_until;
    shop.state().scan_answers(
        after,
        IngestId(u128::MAX),
        &mut every(|answer: Answer| {
            counter.add_one();
            known.answers_until = answer.id;
            let Ok(record) = list_of(&answer) else {
                known.counts.n_unreadable += 1;
                return;
            };
            let Some(record) = record else { return };
            known.counts.add(&record);
            for item in record.items.iter().rev() {
                put_first(&mut known.newest, delivered(&answer, &record, item));
            }
        }),
    )?;
    shop.state().scan_feedback_after(
        known.feedback_until,
        &mut every(|feedback: StoredFeedback| {
            known.feedback_until = feedback.id;
            *known.counts.feedback.entry(feedback.kind).or_default() += 1;
        }),
    )?;
    Ok(known)
}

/// Goes on looking for the newest reasons of the request, the item or the shopper of this name.
pub fn found_after(
    shop: &Shop,
    before: Found,
    name: &str,
    counter: &Counter,
) -> Result<Found, ShopError> {
    let sought = sought(shop, name)?;
    let mut found = before;
    shop.state().scan_answers(
        found.until,
        IngestId(u128::MAX),
        &mut every(|answer: Answer| {
            counter.add_one();
            found.until = answer.id;
            if !sought.may_be_in(&answer) {
                return;
            }
            let Ok(record) = list_of(&answer) else {
                found.n_unreadable += 1;
                return;
            };
            let Some(record) = record else { return };
            for item in record.items.iter().rev().filter(|item| sought.fits(&answer, item)) {
                put_first(&mut found.reasons, delivered(&answer, &record, item));
            }
        }),
    )?;
    Ok(found)
}

fn sought(shop: &Shop, name: &str) -> Result<Sought, ShopError> {
    let subject = SubjectId::new(name).ok();
    let shopper = subject.map(|subject| shop.state().shopper(&subject)).transpose()?;
    Ok(Sought {
        request: RequestId::new(name).ok(),
        item: ItemId::new(name).ok(),
        quoted: serde_json::to_string(name).expect("a text is plain data"),
        shopper: shopper.flatten(),
    })
}

fn put_first(reasons: &mut VecDeque<DeliveredReason>, reason: Option<DeliveredReason>) {
    let Some(reason) = reason else { return };
    reasons.push_front(reason);
    reasons.truncate(LISTED);
}

/// What a name may mean.
struct Sought {
    request: Option<RequestId>,
    item: Option<ItemId>,
    /// As an item's id stands in a record.
    quoted: String,
    shopper: Option<ShopperId>,
}

impl Sought {
    /// Whether it is worth reading the record: most are of others, and reading one takes a while.
    fn may_be_in(&self, answer: &Answer) -> bool {
        self.names(answer) || answer.record.payload.contains(&self.quoted)
    }

    fn fits(&self, answer: &Answer, item: &RecordedItem) -> bool {
        self.names(answer) || self.item.as_ref() == Some(&item.item_id)
    }

    fn names(&self, answer: &Answer) -> bool {
        let record = &answer.record;
        let is_theirs = record.shopper.is_some() && record.shopper == self.shopper;
        is_theirs || self.request.as_ref() == Some(&record.request_id)
    }
}

/// What an answer recorded, if it is a list: what answers a question is none.
fn list_of(answer: &Answer) -> Result<Option<Record>, ShopError> {
    Ok(Some(Record::read(answer)?).filter(|record| record.asked.is_none()))
}

fn delivered(answer: &Answer, record: &Record, item: &RecordedItem) -> Option<DeliveredReason> {
    let reason = item.reason.as_ref()?;
    Some(DeliveredReason {
        request_id: answer.record.request_id.clone(),
        at: Timestamp(i64::try_from(answer.id.made_at_ms()).unwrap_or(i64::MAX)),
        item_id: item.item_id.clone(),
        rank: item.rank,
        lang: record.lang,
        strength: reason.strength,
        n_claims: reason.claims.len(),
    })
}

impl Explanations {
    fn add(&mut self, record: &Record) {
        self.n_answers += 1;
        self.n_items += record.items.len() as u64;
        for reason in record.items.iter().filter_map(|item| item.reason.as_ref()) {
            self.n_reasons += 1;
            self.n_worded += u64::from(reason.worded.is_some());
            for claim in &reason.claims {
                self.n_claims += 1;
                self.n_verified += u64::from(claim.verdict == Verdict::Verified);
                *self.by_kind.entry(claim.facts.kind().name().to_owned()).or_default() += 1;
                *self.by_language.entry(record.lang).or_default() += 1;
            }
        }
    }
}
