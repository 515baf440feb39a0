//! The caller of a request: what the store knows of them, and what of it may be used.
//!
//! The one place where a history is read for an answer or a counterfactual, so that a change goes the
//! way that it would go if it were made. Read once per request; counterfactuals are worked out from
//! what was read.

use answers::counterfactual::{counterfactual_id, counterfactual_time};
use answers::request::Request;
use claims::Unknown;
use domain::{
    Correction, EventKind, IngestId, ItemId, Language, Preferences, ShopperId, StoredEvent,
    SubjectId,
};
use shop::effective_corrections::{EffectiveCorrections, Steering};
use shop::history::{HistoryConfig, Step};
use shop::history_mask::HistoryMask;
use shop::live_counts::LiveCounts;
use shop::settings::CorrectionsConfig;
use shop::{Shop, ShopError, history};
use store::{Corrected, StoreError, StoredFeedback};

/// What the store knows of the one who asks, as of one id.
pub(crate) struct StoredCaller {
    pub subject: Option<SubjectId>,
    pub shopper: Option<ShopperId>,
    pub preferences: Preferences,
    /// What they put right, oldest first, what was taken back included.
    pub corrections: Vec<Corrected>,
    /// What they said of reasons; nothing of somebody who switched profiling off.
    pub heard: Vec<StoredFeedback>,
    /// What they did last, newest first; nothing of somebody who switched profiling off.
    events: Vec<StoredEvent>,
}

/// What the shop may use of the one who asks.
pub(crate) struct Caller {
    pub shopper: Option<ShopperId>,
    /// Steps, newest first, those that are not used included and marked.
    pub steps: Vec<Step>,
    pub unknown: Option<Unknown>,
    pub not_again: Vec<ItemId>,
    pub language: Option<Language>,
    pub steering: Steering,
}

impl Caller {
    pub(crate) fn may_be_profiled(&self) -> bool {
        self.unknown != Some(Unknown::ProfilingOff)
    }

    /// What may be used of a caller for a request.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where something that they said cannot be read: it may forbid a use.
    pub(crate) fn of(
        stored: &StoredCaller,
        request: &Request,
        counts: &LiveCounts,
        counterfactual: &Counterfactual,
        shop: &Shop,
    ) -> Result<Self, StoreError> {
        let history = shop.config::<HistoryConfig>();
        let stops = |correction: &Correction| matches!(correction, Correction::StopProfiling);
        let profiling =
            stored.preferences.profiling && !counterfactual.corrections.iter().any(stops);
        let (mut events, mut heard, mut effective) =
            (Vec::new(), &[][..], EffectiveCorrections::default());
        if profiling {
            events.clone_from(&stored.events);
            add_interactions(&mut events, &counterfactual.interactions, counts, history.events);
            heard = &stored.heard[..];
            effective = effective_of(&stored.corrections, counts, counterfactual, shop);
        }
        let mask = HistoryMask::of(heard, &events, effective)?;
        let not_again: Vec<ItemId> = events
            .iter()
            .filter(|event| history.not_again_after.contains(&event.kind) && !mask.undoes(event))
            .map(|event| event.item_id.clone())
            .collect();
        let own = mask.steps(&events, history, |id| Some(&*counts.entry(id)?.item));
        let unknown = match (profiling, own.iter().all(|step| step.masked)) {
            (false, _) => Some(Unknown::ProfilingOff),
            (true, true) => Some(Unknown::NoHistory),
            (true, false) => None,
        };
        let seeds = request.seed_items.iter().cloned().map(history::seed);
        let steps = seeds.chain(own).take(history.steps).collect();
        let (language, steering) = (stored.preferences.language, mask.into_effective().steering);
        Ok(Self { shopper: stored.shopper, steps, unknown, not_again, language, steering })
    }
}

/// What is changed in a counterfactual.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counterfactual {
    /// Corrections made now.
    pub corrections: Vec<Correction>,
    /// Things done now, after the corrections, one after the other.
    pub interactions: Vec<(EventKind, ItemId)>,
}

impl StoredCaller {
    /// Reads the caller of a request, as the store knew them as of an id. A subject that is not
    /// known yet is given a number where `is_numbered` says so: where what they do with the answer
    /// has to be theirs, and not for only asking.
    pub(crate) fn read(
        shop: &Shop,
        request: &Request,
        as_of: IngestId,
        is_numbered: impl FnOnce(&SubjectId) -> bool,
    ) -> Result<Self, ShopError> {
        let state = shop.state();
        let subject = request.subject()?;
        let shopper = match &subject {
            Some(subject) if is_numbered(subject) => Some(state.shopper_or_new(subject)?),
            Some(subject) => state.shopper(subject)?,
            None => None,
        };
        let nobody = Self {
            subject,
            shopper,
            preferences: Preferences::default(),
            corrections: Vec::new(),
            heard: Vec::new(),
            events: Vec::new(),
        };
        let Some(shopper) = shopper else { return Ok(nobody) };
        let preferences = state.preferences(shopper, as_of)?;
        let corrections = state.corrections(shopper, as_of)?;
        if !preferences.profiling {
            return Ok(Self { preferences, corrections, ..nobody });
        }
        let events = state.recent(shopper, shop.config::<HistoryConfig>().events, as_of)?;
        let heard = state.feedback_of(shopper)?;
        Ok(Self { preferences, corrections, heard, events, ..nobody })
    }
}

/// What a shopper who is profiled does not want used of these events.
pub(crate) fn mask_of(
    shop: &Shop,
    shopper: ShopperId,
    events: &[StoredEvent],
    counts: &LiveCounts,
) -> Result<HistoryMask, ShopError> {
    let state = shop.state();
    let heard = state.feedback_of(shopper)?;
    let corrections = state.corrections(shopper, counts.as_of())?;
    let effective = effective_of(&corrections, counts, &Counterfactual::default(), shop);
    Ok(HistoryMask::of(&heard, events, effective)?)
}

fn effective_of(
    corrections: &[Corrected],
    counts: &LiveCounts,
    counterfactual: &Counterfactual,
    shop: &Shop,
) -> EffectiveCorrections {
    // Before the interactions of the counterfactual: they are used whatever is left out.
    let id = IngestId(counterfactual_id(0, counterfactual.interactions.len()).0 - 1);
    let now = |correction: &Correction| Corrected {
        id,
        correction: correction.clone(),
        taken_back: false,
        taken_back_at: None,
    };
    let mut corrections = corrections.to_vec();
    corrections.extend(counterfactual.corrections.iter().map(now));
    let item = |id: &ItemId| Some(&*counts.entry(id)?.item);
    EffectiveCorrections::of(
        &corrections,
        item,
        shop.config::<CorrectionsConfig>().preference_boost,
    )
}

/// Puts the interactions of a counterfactual before everything else, as the newest events.
fn add_interactions(
    events: &mut Vec<StoredEvent>,
    interactions: &[(EventKind, ItemId)],
    counts: &LiveCounts,
    most: usize,
) {
    let time = counterfactual_time(counts, events.first().map(|event| event.time));
    for (at, (kind, item_id)) in interactions.iter().enumerate() {
        let event = StoredEvent {
            id: counterfactual_id(at, interactions.len()),
            shopper: ShopperId(0),
            kind: *kind,
            item_id: item_id.clone(),
            time,
            quantity: 1,
            price: counts.entry(item_id).and_then(|entry| entry.item.price),
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
