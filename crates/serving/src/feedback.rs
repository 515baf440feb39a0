//! What shoppers let us know about what they were shown: which items came into view, and what they
//! say of a reason.
//!
//! Everything is tied to the recorded answer: to whom it was given, under which variants, with
//! which claims. What they do with an *item* (click, cart, purchase, dismissal, return) is an event
//! that names the request, and comes through `ingest::collect`. Refuses to take a shopper's word for
//! somebody else's answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use answers::answer::{Record, RecordedItem};
use domain::{
    FeedbackKind, IngestId, ItemId, ReasonId, RequestId, ShopperId, SubjectId, Timestamp,
};
use serde::{Deserialize, Serialize};
use shop::feedback::{Detail, preferred};
use shop::{LiveShop, ShopError};

/// Items that came into view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Exposure {
    /// The answer they belong to.
    pub request_id: RequestId,
    /// Which of its items; all of them where missing.
    #[serde(default)]
    pub item_ids: Vec<ItemId>,
}

/// What became of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Acknowledged {
    /// Taken in now.
    pub accepted: usize,
    /// Taken in before; it counts once.
    pub known: usize,
}

/// What shoppers let us know about answers of a shop.
pub struct Feedback {
    shop: Arc<LiveShop>,
}

impl Feedback {
    /// About the answers of this shop.
    #[must_use]
    pub fn new(shop: Arc<LiveShop>) -> Self {
        Self { shop }
    }

    /// Notes that items came into view. Each counts once per answer, however often it is told.
    /// `caller` is the shopper of a token, where one speaks.
    ///
    /// # Errors
    /// [`ShopError::NoAnswer`], [`ShopError::NotTheirs`], [`ShopError::BadRequest`] for an item that
    /// the answer does not have, or what the store says.
    pub fn expose(
        &self,
        exposure: &Exposure,
        caller: Option<&SubjectId>,
        now: Timestamp,
    ) -> Result<Acknowledged, ShopError> {
        let (shopper, record) = self.answered_to(&exposure.request_id, caller)?;
        let unknown = |id: &&ItemId| record.items.iter().all(|item| item.item_id != **id);
        if let Some(id) = exposure.item_ids.iter().find(unknown) {
            let problem = format!("{id} is not in this answer");
            return Err(ShopError::BadRequest { field: "item_ids", problem });
        }
        let shown = record.items.iter().filter(|item| {
            exposure.item_ids.is_empty() || exposure.item_ids.contains(&item.item_id)
        });
        let judgement =
            Judgement { shopper, kind: FeedbackKind::Exposed, at: now, corrected: false };
        let of_item = |item| about(&exposure.request_id, item, &record, judgement);
        self.keep(shown.map(of_item).collect())
    }

    /// Notes what a shopper says of a reason. The same again counts once.
    ///
    /// # Errors
    /// [`ShopError::NoReason`], [`ShopError::NotTheirs`], [`ShopError::BadRequest`] for what cannot be
    /// said of a reason, or what the store says.
    pub fn judge(
        &self,
        reason_id: &ReasonId,
        kind: FeedbackKind,
        caller: Option<&SubjectId>,
        now: Timestamp,
    ) -> Result<Acknowledged, ShopError> {
        self.say(reason_id, caller, Judgement { shopper: None, kind, at: now, corrected: false })
    }

    /// Counts what a shopper says of a reason, where a correction of theirs does what it asks.
    ///
    /// # Errors
    /// As [`Feedback::judge`].
    pub fn count_judged(
        &self,
        reason_id: &ReasonId,
        kind: FeedbackKind,
        caller: Option<&SubjectId>,
        now: Timestamp,
    ) -> Result<Acknowledged, ShopError> {
        self.say(reason_id, caller, Judgement { shopper: None, kind, at: now, corrected: true })
    }

    fn say(
        &self,
        reason_id: &ReasonId,
        caller: Option<&SubjectId>,
        judgement: Judgement,
    ) -> Result<Acknowledged, ShopError> {
        let kind = judgement.kind;
        if !kind.is_of_a_reason() {
            let problem = format!("{} is not judgement of a reason", kind.name());
            return Err(ShopError::BadRequest { field: "feedback", problem });
        }
        let unknown = || ShopError::NoReason(reason_id.clone());
        let (request, rank) = reason_id.as_str().rsplit_once('.').ok_or_else(unknown)?;
        let request = RequestId::new(request).map_err(|_| unknown())?;
        let (shopper, record) = match self.answered_to(&request, caller) {
            Err(ShopError::NoAnswer(_)) => return Err(unknown()),
            found => found?,
        };
        let item = record.items.iter().find(|item| item.rank.to_string() == rank);
        let item = item.filter(|item| has_reason(item, &record)).ok_or_else(unknown)?;
        self.keep(vec![about(&request, item, &record, Judgement { shopper, ..judgement })])
    }

    /// Notes that an item of an answer was asked about, or its reason opened. An item that the
    /// answer gives no reason for is passed over.
    pub(crate) fn note_of_item(
        &self,
        request: &RequestId,
        (shopper, record): &(Option<ShopperId>, Record),
        item_id: &ItemId,
        kinds: &[FeedbackKind],
        now: Timestamp,
    ) -> Result<(), ShopError> {
        let is_it = |item: &&RecordedItem| item.item_id == *item_id && has_reason(item, record);
        let Some(item) = record.items.iter().find(is_it) else { return Ok(()) };
        let judgement = |kind: &FeedbackKind| {
            let judgement = Judgement { shopper: *shopper, kind: *kind, at: now, corrected: false };
            about(request, item, record, judgement)
        };
        self.keep(kinds.iter().map(judgement).collect()).map(|_| ())
    }

    /// Notes that somebody switched profiling off, for the counts of who turns away: after what they
    /// saw last, where anything came into their view.
    pub(crate) fn note_opt_out(
        &self,
        shopper: ShopperId,
        decision: IngestId,
    ) -> Result<(), ShopError> {
        let heard = self.shop.shop().state().feedback_of(shopper)?;
        let seen = heard.into_iter().rev().find(|one| one.kind == FeedbackKind::Exposed);
        let judgement = store::Feedback {
            shopper: Some(shopper),
            at: Timestamp(decision.made_at_ms() as i64),
            kind: FeedbackKind::OptedOut,
            request_id: seen.and_then(|exposed| exposed.request_id),
            item_id: None,
            reason_id: None,
            detail: "{}".to_owned(),
            key: format!("opted_out:{decision}"),
        };
        self.keep(vec![judgement]).map(|_| ())
    }

    /// What kinds of claims a shopper found helpful, as weights around 1 for the selection of
    /// reasons: ½ to 1½, by (2 · helpful + prior) / (judgments + prior). Empty for somebody who said
    /// nothing, or switched profiling off.
    ///
    /// # Errors
    /// What the store says.
    pub fn preferred_kinds(&self, shopper: ShopperId) -> Result<BTreeMap<String, f64>, ShopError> {
        let state = self.shop.shop().state();
        if !state.preferences(shopper, state.newest()?)?.profiling {
            return Ok(BTreeMap::new());
        }
        Ok(preferred(&state.feedback_of(shopper)?)?)
    }

    /// Whether somebody may speak of an answer: there is one, and it was not given to another.
    ///
    /// # Errors
    /// What the store says.
    pub fn may_speak_of(
        &self,
        request_id: &RequestId,
        caller: &SubjectId,
    ) -> Result<bool, ShopError> {
        match self.answered_to(request_id, Some(caller)) {
            Ok(_) => Ok(true),
            Err(ShopError::NoAnswer(_) | ShopError::NotTheirs(_)) => Ok(false),
            Err(problem) => Err(problem),
        }
    }

    /// The answer to a request and to whom it was given, if the caller may speak of it.
    pub(crate) fn answered_to(
        &self,
        request_id: &RequestId,
        caller: Option<&SubjectId>,
    ) -> Result<(Option<ShopperId>, Record), ShopError> {
        let state = self.shop.shop().state();
        let answer = state.answer(request_id)?;
        let answer = answer.ok_or_else(|| ShopError::NoAnswer(request_id.clone()))?;
        let shopper = answer.record.shopper;
        let caller = caller.map(|subject| state.shopper(subject)).transpose()?;
        // An answer given to nobody in particular may be spoken of by whoever holds its id.
        if let (Some(caller), Some(_)) = (caller, shopper)
            && caller != shopper
        {
            return Err(ShopError::NotTheirs(request_id.clone()));
        }
        Ok((shopper, Record::read(&answer)?))
    }

    fn keep(&self, batch: Vec<store::Feedback>) -> Result<Acknowledged, ShopError> {
        let kept = self.shop.shop().state().append_feedback(batch)?;
        let accepted = kept.iter().flatten().count();
        Ok(Acknowledged { accepted, known: kept.len() - accepted })
    }
}

#[derive(Clone, Copy)]
struct Judgement {
    shopper: Option<ShopperId>,
    kind: FeedbackKind,
    at: Timestamp,
    corrected: bool,
}

fn has_reason(item: &RecordedItem, record: &Record) -> bool {
    item.reason.is_some() || record.is_planted(item.rank)
}

fn about(
    request: &RequestId,
    item: &RecordedItem,
    record: &Record,
    judgement: Judgement,
) -> store::Feedback {
    let claims = item.reason.iter().flat_map(|reason| &reason.claims);
    let rests_on = claims.clone().flat_map(|claim| &claim.evidence);
    let detail = Detail {
        rank: item.rank,
        kinds: claims.map(|claim| claim.facts.kind().name().to_owned()).collect(),
        rests_on: rests_on.map(|evidence| evidence.item_id.clone()).collect(),
        planted: record.is_planted(item.rank),
        corrected: judgement.corrected,
    };
    let kind = judgement.kind;
    let reason_id = kind.is_of_a_reason().then(|| answers::answer::reason_id(request, item.rank));
    store::Feedback {
        shopper: judgement.shopper,
        at: judgement.at,
        kind,
        request_id: Some(request.clone()),
        item_id: Some(item.item_id.clone()),
        reason_id,
        detail: serde_json::to_string(&detail).expect("numbers and ids are plain data"),
        key: format!("{}:{request}:{}", kind.name(), item.rank),
    }
}
