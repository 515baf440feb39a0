//! Reading a delivered answer again: the recorded claims, phrased anew.

use domain::RequestId;
use explain::rephrase;

use crate::{
    AppError, Live,
    answer::{Answer, AnsweredItem, Record, RecordedItem},
    history::Step,
    recommend::reason_id,
    witness::Witness,
};

impl Live {
    /// What was shown and why. Texts are phrased again from the recorded claims and today's
    /// catalogue titles; `audit::audit_one` verifies the claims.
    ///
    /// # Errors
    /// [`AppError::NoAnswer`], [`AppError::DamagedAnswer`], or what the store says.
    pub fn delivered(&self, request_id: &RequestId) -> Result<Answer, AppError> {
        let stored = self.shop().state().answer(request_id)?;
        let stored = stored.ok_or_else(|| AppError::NoAnswer(request_id.clone()))?;
        let record = Record::read(&stored)?;
        let stored = stored.record;
        let steps = self.steps_of(stored.shopper, &record, stored.as_of)?;
        let snapshot = self.snapshot();
        let witness = Witness::new(snapshot.tally(), snapshot.model()?, &record.situation(&steps));
        let items = record.items.iter().map(|i| again(i, request_id, &record, &witness)).collect();
        Ok(Answer {
            request_id: stored.request_id,
            variant: record.treated.label(),
            model_version: stored.model_version,
            as_of: claims::AsOf(stored.as_of),
            profiled: record.unknown.is_none(),
            simulated: self.config().shop.simulated,
            items,
            warnings: record.warnings,
            planted: record.planted,
        })
    }

    fn steps_of(
        &self,
        shopper: Option<domain::ShopperId>,
        record: &Record,
        as_of: domain::IngestId,
    ) -> Result<Vec<Step>, AppError> {
        let events = match shopper {
            Some(shopper) => {
                self.shop().state().recent(shopper, self.config().history.events, as_of)?
            }
            None => Vec::new(),
        };
        let of_event = |step: &crate::answer::RecordedStep| {
            let mut past = crate::history::seed(step.item_id.clone());
            past.past.event_id = step.event_id;
            past.masked = step.masked;
            past.past.kind = events.iter().find(|e| Some(e.id) == step.event_id).map(|e| e.kind);
            past
        };
        Ok(record.steps.iter().map(of_event).collect())
    }
}

fn again(
    item: &RecordedItem,
    request_id: &RequestId,
    record: &Record,
    witness: &Witness<'_>,
) -> AnsweredItem {
    let reason = item.reason.clone().map(|reason| {
        let id = reason_id(request_id, item.rank);
        let plain = rephrase(id, reason.claims, reason.strength, record.lang, witness);
        let told = explain::told(&plain.claims, record.lang, witness);
        let worded = reason.worded.and_then(|wording| explain::reword(&plain, &told, &wording));
        worded.unwrap_or(plain)
    });
    AnsweredItem {
        item_id: item.item_id.clone(),
        rank: item.rank,
        score: item.score,
        signals: item.signals.clone(),
        reasons: reason.into_iter().collect(),
    }
}
