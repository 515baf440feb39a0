//! What became of every recommended item: the recorded answers, joined with what shoppers said and
//! did about them. Read offline, for trust reports, experiments and learning; never while serving.

use claims::{Strength, Unknown};
use domain::{
    EventKind, FeedbackKind, IngestId, ItemId, Language, RequestId, ShopperId, StoredEvent,
};
use rustc_hash::FxHashMap;
use store::{Answer, StoredFeedback, every};

use answers::answer::{PlantedError, Record, RecordedItem, Treated};
use shop::{Shop, ShopError};

/// Every recorded answer and what became of it.
#[derive(Debug, Default)]
pub(crate) struct Outcomes {
    pub answers: Vec<AnswerOutcomes>,
    /// Recorded answers that cannot be read and therefore count nowhere.
    pub n_unreadable: u64,
    by_request: FxHashMap<RequestId, usize>,
    /// Visitors that were found to be somebody: their answers are that person's.
    person_of: FxHashMap<ShopperId, ShopperId>,
}

/// One answer.
#[derive(Debug)]
pub(crate) struct AnswerOutcomes {
    pub shopper: Option<ShopperId>,
    pub treated: Treated,
    pub lang: Language,
    pub n_steps: usize,
    pub unknown: Option<Unknown>,
    /// What was planted in it.
    pub seeded_error: Option<PlantedError>,
    pub items: Vec<ItemOutcome>,
}

/// Whom something counts with: what one shopper did ten times is not what ten did. Of answers to
/// nobody in particular each counts alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Shopper(ShopperId),
    Answer(usize),
}

/// One recommended item.
#[derive(Debug)]
pub(crate) struct ItemOutcome {
    pub item_id: ItemId,
    pub planted: bool,
    /// How strong its reason was said to be.
    pub strength: Option<Strength>,
    pub n_claims: usize,
    pub outcome: Outcome,
}

/// What a shopper said and did about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Outcome {
    pub exposed: bool,
    pub opened: bool,
    pub helpful: bool,
    pub wrong: bool,
    pub unclear: bool,
    pub dont_use: bool,
    pub follow_up: bool,
    pub clicked: bool,
    pub carted: bool,
    pub bought: bool,
    pub dismissed: bool,
    pub returned: bool,
}

impl Outcome {
    /// Whether the shopper went on with the item.
    pub(crate) fn followed(self) -> bool {
        self.clicked || self.carted || self.bought
    }

    /// Whether the shopper took item and reason as they were put: went on with it or was helped,
    /// and objected to nothing.
    pub(crate) fn accepted(self) -> bool {
        (self.followed() || self.helpful) && !(self.wrong || self.dismissed || self.unclear)
    }

    /// Whether the shopper corrected the reason.
    pub(crate) fn corrected(self) -> bool {
        self.wrong || self.unclear || self.dont_use
    }

    fn hear(&mut self, kind: FeedbackKind) {
        match kind {
            FeedbackKind::Exposed => self.exposed = true,
            FeedbackKind::Opened => self.opened = true,
            FeedbackKind::Helpful => self.helpful = true,
            FeedbackKind::Wrong => self.wrong = true,
            FeedbackKind::Unclear => self.unclear = true,
            FeedbackKind::DontUse => self.dont_use = true,
            FeedbackKind::FollowUp => self.follow_up = true,
            FeedbackKind::OptedOut => {}
        }
    }

    fn watch(&mut self, kind: EventKind) {
        match kind {
            EventKind::Exposure => self.exposed = true,
            EventKind::View | EventKind::Click => self.clicked = true,
            EventKind::Cart | EventKind::Wish => self.carted = true,
            EventKind::Purchase => self.bought = true,
            EventKind::Dismiss => self.dismissed = true,
            EventKind::Refund => self.returned = true,
            EventKind::Uncart | EventKind::Rate => {}
        }
    }
}

/// Joins answers, feedback and events. Records that cannot be read are counted; the audit names
/// them.
pub(crate) fn read(shop: &Shop) -> Result<Outcomes, ShopError> {
    let everything = IngestId(u128::MAX);
    let joins = shop.state().joins(everything)?.into_iter();
    let person_of = joins.map(|joined| (joined.visitor, joined.shopper)).collect();
    let mut outcomes = Outcomes { person_of, ..Outcomes::default() };
    shop.state().scan_answers(
        IngestId::ZERO,
        everything,
        &mut every(|answer: Answer| {
            match Record::read(&answer) {
                // What answers a question is no list that was shown.
                Ok(record) if record.asked.is_some() => {}
                Ok(record) => outcomes.add(&answer, record),
                Err(_) => outcomes.n_unreadable += 1,
            }
        }),
    )?;
    shop.state().scan_feedback(&mut every(|feedback| outcomes.hear(&feedback)))?;
    shop.state().scan_events(everything, &mut every(|event| outcomes.watch(&event)))?;
    Ok(outcomes)
}

impl Outcomes {
    fn add(&mut self, answer: &store::Answer, record: Record) {
        self.by_request.insert(answer.record.request_id.clone(), self.answers.len());
        let items = record.items.iter().map(|item| seen_item(item, &record)).collect();
        let person = |number| self.person_of.get(&number).copied().unwrap_or(number);
        self.answers.push(AnswerOutcomes {
            shopper: answer.record.shopper.map(person),
            lang: record.lang,
            n_steps: record.steps.len(),
            unknown: record.unknown,
            seeded_error: record.planted.first().map(|planted| planted.what),
            treated: record.treated,
            items,
        });
    }

    /// Every answer with whom it counts.
    pub(crate) fn by_whom(&self) -> impl Iterator<Item = (Who, &AnswerOutcomes)> {
        let answers = self.answers.iter().enumerate();
        answers.map(|(at, answer)| (answer.shopper.map_or(Who::Answer(at), Who::Shopper), answer))
    }

    /// Every item that was not planted, with whom it counts.
    pub(crate) fn items(&self) -> impl Iterator<Item = (Who, &ItemOutcome)> {
        self.by_whom()
            .flat_map(|(who, answer)| answer.items.iter().map(move |item| (who, item)))
            .filter(|(_, item)| !item.planted)
    }

    /// The answer to a request.
    pub(crate) fn answer(&self, request: &RequestId) -> Option<&AnswerOutcomes> {
        self.answers.get(*self.by_request.get(request)?)
    }

    fn item(&mut self, request: Option<&RequestId>, item: &ItemId) -> Option<&mut ItemOutcome> {
        let at = *self.by_request.get(request?)?;
        self.answers[at].items.iter_mut().find(|own| own.item_id == *item)
    }

    fn hear(&mut self, feedback: &StoredFeedback) {
        let Some(about) = &feedback.item_id else { return };
        if let Some(item) = self.item(feedback.request_id.as_ref(), about) {
            item.outcome.hear(feedback.kind);
        }
    }

    /// An event counts for an answer only if it is of whoever got the answer.
    fn watch(&mut self, event: &StoredEvent) {
        let Some(request) = &event.request_id else { return };
        let Some(&at) = self.by_request.get(request) else { return };
        let answer = &mut self.answers[at];
        if answer.shopper.is_some_and(|shopper| shopper != event.shopper) {
            return;
        }
        if let Some(item) = answer.items.iter_mut().find(|own| own.item_id == event.item_id) {
            item.outcome.watch(event.kind);
        }
    }
}

fn seen_item(item: &RecordedItem, record: &Record) -> ItemOutcome {
    let claims = item.reason.iter().flat_map(|reason| &reason.claims);
    ItemOutcome {
        item_id: item.item_id.clone(),
        planted: record.is_planted(item.rank),
        strength: item.reason.as_ref().map(|reason| reason.strength),
        n_claims: claims.count(),
        outcome: Outcome::default(),
    }
}
