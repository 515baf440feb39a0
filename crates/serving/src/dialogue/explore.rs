//! What a shopper would be shown, for those who look after the shop: recorded nowhere, outside of
//! any experiment, and with parts of the history left out to see what they do.

use answers::answer::Answer;
use answers::request::Request;
use claims::Change;
use domain::{EventKind, EventTime, IngestId, ItemId, Language};
use shop::ShopError;
use shop::history::Step;

use super::Dialogue;
use super::scene::{Scene, Talk};
use crate::prepared::Present;

/// What a shopper would be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Explored {
    /// The list with its reasons.
    pub answer: Answer,
    /// The history that it rests on, newest first.
    pub history: Vec<PastStep>,
    /// The list without the steps that were left out; missing where none were, or where the two ways
    /// to work it out do not agree.
    pub instead: Option<Vec<ItemId>>,
}

/// One step of a history.
#[derive(Debug, Clone, PartialEq)]
pub struct PastStep {
    /// With which item.
    pub item_id: ItemId,
    /// The event that stands for it.
    pub event_id: IngestId,
    /// What was done.
    pub kind: Option<EventKind>,
    /// When.
    pub time: Option<EventTime>,
    /// Whether it counts: false where the shopper had it left out.
    pub used: bool,
}

impl PastStep {
    /// Seeds of a request are no part of a history.
    fn of(step: &Step) -> Option<Self> {
        Some(Self {
            item_id: step.past.item_id.clone(),
            event_id: step.past.event_id?,
            kind: step.past.kind,
            time: step.past.time,
            used: !step.masked,
        })
    }
}

impl Dialogue {
    /// What a request would get, and what it would get without some events of the history. Nobody is
    /// assigned to an experiment and nothing is recorded.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`], [`ShopError::NoModel`], or what the store says.
    pub fn explore(&self, request: &Request, without: &[IngestId]) -> Result<Explored, ShopError> {
        request.check()?;
        let snapshot = self.shop.snapshot();
        let model = snapshot.model()?.version.clone();
        let prepared = self.recommender.prepare_plain(request, &snapshot, &model)?;
        let present = Present { snapshot, prepared };
        let evidence = present.evidence();
        let answer = self.recommender.unrecorded(request, &present, &evidence);
        let steps = &present.prepared.caller.steps;
        let left_out = |step: &&Step| step.past.event_id.is_some_and(|id| without.contains(&id));
        let left_out: Vec<_> = steps.iter().filter(left_out).map(|s| s.past.to_ref()).collect();
        let instead = match left_out.is_empty() {
            true => None,
            false => {
                let about = (Talk::default(), request.lang.unwrap_or(Language::En));
                let scene = Scene::new(&self.recommender, (request, &present), &evidence, about);
                scene.list_if(&[Change::Without { history: left_out }])?
            }
        };
        let history = steps.iter().filter_map(PastStep::of).collect();
        Ok(Explored { answer, history, instead })
    }
}
