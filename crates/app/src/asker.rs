//! What the shop may use of the one who asks: their history, less what they turned away from, and
//! what they put right.
//!
//! The one place where a history is read for an answer, whether it is really asked for or only
//! supposed: a change that is imagined goes the way that it would go if it were made.

use answers::counterfactual::{supposed_id, supposed_time};
use claims::Unknown;
use domain::{
    Correction, EventKind, IngestId, ItemId, Language, Preferences, ShopperId, StoredEvent,
};
use store::Corrected;

use crate::{
    AppError, Live,
    history::{self, Step},
    request::Request,
    steering::{Heeded, Steering},
    tally::Tally,
    wishes::Wishes,
};

/// What the shop may use of the one who asks.
pub(crate) struct Asker {
    pub shopper: Option<ShopperId>,
    /// Steps, newest first, those that are not used included and marked.
    pub steps: Vec<Step>,
    pub unknown: Option<Unknown>,
    pub not_again: Vec<ItemId>,
    pub language: Option<Language>,
    pub steering: Steering,
}

impl Asker {
    pub(crate) fn may_be_profiled(&self) -> bool {
        self.unknown != Some(Unknown::ProfilingOff)
    }
}

/// What is supposed beside what really is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Supposed {
    /// Corrections made now.
    pub corrections: Vec<Correction>,
    /// Things done now, after the corrections, one after the other.
    pub deeds: Vec<(EventKind, ItemId)>,
}

impl Live {
    /// What a shopper who is profiled does not want used of these events.
    pub(crate) fn wishes(
        &self,
        shopper: ShopperId,
        events: &[StoredEvent],
        tally: &Tally,
    ) -> Result<Wishes, AppError> {
        let heard = self.shop().state().feedback_of(shopper)?;
        let heeded = self.heeded(Some(shopper), tally, &Supposed::default())?;
        Ok(Wishes::of(&heard, events, heeded))
    }

    pub(crate) fn asker(
        &self,
        request: &Request,
        tally: &Tally,
        supposed: &Supposed,
    ) -> Result<Asker, AppError> {
        let config = &self.config().history;
        let state = self.shop().state();
        let as_of = tally.as_of();
        let subject = request.subject()?;
        let shopper = subject.map(|subject| state.shopper(&subject)).transpose()?.flatten();
        let preferences = match shopper {
            Some(shopper) => state.preferences(shopper, as_of)?,
            None => Preferences::default(),
        };
        let stops = |correction: &Correction| matches!(correction, Correction::StopProfiling);
        let profiling = preferences.profiling && !supposed.corrections.iter().any(stops);
        let known = shopper.filter(|_| profiling);
        let mut events = match known {
            Some(shopper) => state.recent(shopper, config.events, as_of)?,
            None => Vec::new(),
        };
        if profiling {
            suppose(&mut events, &supposed.deeds, tally, config.events);
        }
        let heard = match known {
            Some(shopper) => state.feedback_of(shopper)?,
            None => Vec::new(),
        };
        let heeded = match profiling {
            true => self.heeded(known, tally, supposed)?,
            false => Heeded::default(),
        };
        let wishes = Wishes::of(&heard, &events, heeded);
        let not_again: Vec<ItemId> = events
            .iter()
            .filter(|event| config.not_again_after.contains(&event.kind) && !wishes.undoes(event))
            .map(|event| event.item_id.clone())
            .collect();
        let own = wishes.steps(&events, config, |id| Some(&*tally.entry(id)?.item));
        let unknown = match (profiling, own.iter().all(|step| step.masked)) {
            (false, _) => Some(Unknown::ProfilingOff),
            (true, true) => Some(Unknown::NoHistory),
            (true, false) => None,
        };
        let seeds = request.seed_items.iter().cloned().map(history::seed);
        let steps = seeds.chain(own).take(config.steps).collect();
        let (language, steering) = (preferences.language, wishes.into_heeded().steering);
        Ok(Asker { shopper, steps, unknown, not_again, language, steering })
    }

    fn heeded(
        &self,
        shopper: Option<ShopperId>,
        tally: &Tally,
        supposed: &Supposed,
    ) -> Result<Heeded, AppError> {
        let mut corrections = match shopper {
            Some(shopper) => self.shop().state().corrections(shopper, tally.as_of())?,
            None => Vec::new(),
        };
        // Before what is supposed to be done: that is used whatever is left out.
        let id = IngestId(supposed_id(0, supposed.deeds.len()).0 - 1);
        let now = |correction: &Correction| Corrected {
            id,
            correction: correction.clone(),
            taken_back: false,
            taken_back_at: None,
        };
        corrections.extend(supposed.corrections.iter().map(now));
        let item = |id: &ItemId| Some(&*tally.entry(id)?.item);
        Ok(Heeded::of(&corrections, item, self.config().ask.tilt))
    }
}

/// Puts supposed deeds before everything else, as the newest events.
fn suppose(
    events: &mut Vec<StoredEvent>,
    deeds: &[(EventKind, ItemId)],
    tally: &Tally,
    most: usize,
) {
    let time = supposed_time(tally, events.first().map(|event| event.time));
    for (at, (kind, item_id)) in deeds.iter().enumerate() {
        let event = StoredEvent {
            id: supposed_id(at, deeds.len()),
            shopper: ShopperId(0),
            kind: *kind,
            item_id: item_id.clone(),
            time,
            quantity: 1,
            price: tally.entry(item_id).and_then(|entry| entry.item.price),
            session: None,
            request_id: None,
            region: None,
            device: None,
            zone_minutes: None,
        };
        events.insert(0, event);
    }
    events.truncate(most);
}
