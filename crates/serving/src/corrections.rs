//! What shoppers put right: kept, effective from the next answer on, and taken back without a
//! trace; with the list before and after, so that everyone sees what it does.

use std::sync::Arc;

use answers::request::Request;
use domain::{Concept, Correction, IngestId, ItemId, Preferences, SubjectId, Tag};
use serde::{Deserialize, Serialize};
use shop::{LiveShop, ShopError};
use store::Corrected;

use crate::feedback::Feedback;
use crate::recommender::Recommender;

/// Most corrections of one shopper, those taken back included.
pub const MOST_CORRECTIONS: usize = 1000;
/// Most tags of one shopper.
pub const MOST_TAGS: usize = 100;
/// Longest name of what is wanted more or less of, in bytes.
const LONGEST_CONCEPT: usize = 200;

/// A correction that holds, or one that was taken back, and what that does to a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Effect {
    /// The correction; take it back with `DELETE /v1/shoppers/{id}/corrections/{correction_id}`.
    pub correction_id: IngestId,
    /// What was put right.
    pub correction: Correction,
    /// Whether it has just been taken back.
    pub taken_back: bool,
    /// The list before, best place first.
    pub before: Vec<ItemId>,
    /// The list from now on.
    pub after: Vec<ItemId>,
}

/// One correction on record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kept {
    /// Its id.
    pub correction_id: IngestId,
    /// What was put right.
    pub correction: Correction,
    /// Whether it was taken back since.
    pub taken_back: bool,
}

impl Kept {
    pub(crate) fn of(one: &Corrected) -> Self {
        Self {
            correction_id: one.id,
            correction: one.correction.clone(),
            taken_back: one.taken_back,
        }
    }
}

/// A correction that was made or taken back.
pub(crate) struct Changed {
    correction_id: IngestId,
    correction: Correction,
    taken_back: bool,
}

impl Changed {
    /// With the lists before and after it.
    pub(crate) fn with_lists(self, before: Vec<ItemId>, after: Vec<ItemId>) -> Effect {
        let Self { correction_id, correction, taken_back } = self;
        Effect { correction_id, correction, taken_back, before, after }
    }
}

/// What shoppers decide and put right.
pub struct Corrections {
    shop: Arc<LiveShop>,
    recommender: Arc<Recommender>,
    feedback: Feedback,
}

impl Corrections {
    /// Of a shop in service; the recommender makes the lists before and after.
    #[must_use]
    pub fn new(shop: Arc<LiveShop>, recommender: Arc<Recommender>) -> Self {
        let feedback = Feedback::new(Arc::clone(&shop));
        Self { shop, recommender, feedback }
    }

    /// What a shopper has decided; the default for somebody unknown.
    ///
    /// # Errors
    /// What the store says.
    pub fn preferences(&self, subject: &SubjectId) -> Result<Preferences, ShopError> {
        let state = self.shop.shop().state();
        match state.shopper(subject)? {
            Some(shopper) => Ok(state.preferences(shopper, state.newest()?)?),
            None => Ok(Preferences::default()),
        }
    }

    /// Records what a shopper decides; it holds from the next answer on.
    ///
    /// # Errors
    /// What the store says.
    pub fn set_preferences(
        &self,
        subject: &SubjectId,
        preferences: &Preferences,
    ) -> Result<(), ShopError> {
        let gate = self.shop.gate();
        let state = self.shop.shop().state();
        let shopper = state.shopper_or_new(subject)?;
        let before = state.preferences(shopper, state.newest()?)?;
        let id = state.set_preferences(shopper, preferences)?;
        gate.change(|counts| counts.advance(id));
        if before.profiling && !preferences.profiling {
            self.feedback.note_opt_out(shopper, id)?;
        }
        Ok(())
    }

    /// Puts something right, from the next answer on. `request` says which list to show before and
    /// after; its shopper is `subject`, whoever it names.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`] and [`ShopError::NoItem`] for a correction that means nothing here,
    /// or what the store says.
    pub fn correct(
        &self,
        subject: &SubjectId,
        correction: Correction,
        request: &Request,
    ) -> Result<Effect, ShopError> {
        self.check_correction(&correction)?;
        let request = of_subject(request, subject);
        let before = self.recommender.list(&request)?;
        let done = self.keep_correction(subject, correction)?;
        Ok(done.with_lists(before, self.recommender.list(&request)?))
    }

    /// Takes a correction back: lists are what they would be had it never been made.
    ///
    /// # Errors
    /// [`ShopError::NoCorrection`], or what the store says.
    pub fn take_back(
        &self,
        subject: &SubjectId,
        correction_id: IngestId,
        request: &Request,
    ) -> Result<Effect, ShopError> {
        let request = of_subject(request, subject);
        let kept = self.of(subject)?;
        let holds = kept.iter().any(|kept| kept.correction_id == correction_id && !kept.taken_back);
        if !holds {
            return Err(ShopError::NoCorrection(correction_id));
        }
        let before = self.recommender.list(&request)?;
        let done = self.drop_correction(subject, correction_id)?;
        Ok(done.with_lists(before, self.recommender.list(&request)?))
    }

    /// Keeps a correction; the lists before and after it are the caller's to show.
    pub(crate) fn keep_correction(
        &self,
        subject: &SubjectId,
        correction: Correction,
    ) -> Result<Changed, ShopError> {
        self.check_correction(&correction)?;
        let correction_id = {
            let gate = self.shop.gate();
            let state = self.shop.shop().state();
            let shopper = state.shopper_or_new(subject)?;
            if state.corrections(shopper, state.newest()?)?.len() >= MOST_CORRECTIONS {
                let problem = format!("there are {MOST_CORRECTIONS} already");
                return Err(ShopError::BadRequest { field: "correction", problem });
            }
            let id = state.correct(shopper, &correction)?;
            gate.change(|counts| counts.advance(id));
            id
        };
        if correction == Correction::StopProfiling {
            self.set_profiling(subject, false)?;
        }
        Ok(Changed { correction_id, correction, taken_back: false })
    }

    /// Takes a correction back; the lists before and after it are the caller's to show.
    pub(crate) fn drop_correction(
        &self,
        subject: &SubjectId,
        correction_id: IngestId,
    ) -> Result<Changed, ShopError> {
        let unknown = || ShopError::NoCorrection(correction_id);
        let correction = {
            let gate = self.shop.gate();
            let state = self.shop.shop().state();
            let shopper = state.shopper(subject)?.ok_or_else(unknown)?;
            let kept = state.corrections(shopper, state.newest()?)?;
            let holds = |kept: &Corrected| kept.id == correction_id && !kept.taken_back;
            let correction = kept.into_iter().find(holds).ok_or_else(unknown)?.correction;
            let id = state.take_back(shopper, correction_id)?.ok_or_else(unknown)?;
            gate.change(|counts| counts.advance(id));
            correction
        };
        if correction == Correction::StopProfiling {
            self.set_profiling(subject, true)?;
        }
        Ok(Changed { correction_id, correction, taken_back: true })
    }

    /// Everything a shopper put right, oldest first.
    ///
    /// # Errors
    /// What the store says.
    pub fn of(&self, subject: &SubjectId) -> Result<Vec<Kept>, ShopError> {
        let state = self.shop.shop().state();
        let Some(shopper) = state.shopper(subject)? else { return Ok(Vec::new()) };
        let corrections = state.corrections(shopper, state.newest()?)?;
        Ok(corrections.iter().map(Kept::of).collect())
    }

    fn set_profiling(&self, subject: &SubjectId, profiling: bool) -> Result<(), ShopError> {
        let preferences = self.preferences(subject)?;
        self.set_preferences(subject, &Preferences { profiling, ..preferences })
    }

    fn check_correction(&self, correction: &Correction) -> Result<(), ShopError> {
        let sold = |id: &ItemId| self.shop.item(id).ok_or_else(|| ShopError::NoItem(id.clone()));
        match correction {
            Correction::Gift { item_id } | Correction::NotInterested { item_id } => {
                sold(item_id).map(|_| ())
            }
            Correction::Cheaper { than } => match sold(than)?.price {
                Some(_) => Ok(()),
                None => bad(format!("{than} has no price to be cheaper than")),
            },
            Correction::OtherBrand { than } => match sold(than)?.brand.is_empty() {
                false => Ok(()),
                true => bad(format!("the catalogue names no brand of {than}")),
            },
            Correction::More { concept } | Correction::Less { concept } => check_concept(concept),
            Correction::SetTags { tags } => check_tags(tags),
            Correction::WrongReason { .. }
            | Correction::DoNotUse { .. }
            | Correction::StopProfiling => Ok(()),
        }
    }
}

fn of_subject(request: &Request, subject: &SubjectId) -> Request {
    match answers::request::session_of(subject) {
        Some(session) => {
            Request { shopper: None, session: Some(session.to_owned()), ..request.clone() }
        }
        None => Request { shopper: Some(subject.clone()), session: None, ..request.clone() },
    }
}

fn bad<T>(problem: String) -> Result<T, ShopError> {
    Err(ShopError::BadRequest { field: "correction", problem })
}

fn check_concept(concept: &Concept) -> Result<(), ShopError> {
    let length = concept.value().trim().len();
    match length {
        1..=LONGEST_CONCEPT => Ok(()),
        _ => bad(format!("name what it is about in 1 to {LONGEST_CONCEPT} bytes, not {length}")),
    }
}

fn check_tags(tags: &[Tag]) -> Result<(), ShopError> {
    if tags.len() > MOST_TAGS {
        return bad(format!("set at most {MOST_TAGS} tags"));
    }
    if let Some(tag) = tags.iter().find(|tag| !(-1.0..=1.0).contains(&tag.weight)) {
        return bad(format!("a weight lies between -1 and 1, not at {}", tag.weight));
    }
    tags.iter().try_for_each(|tag| check_concept(&tag.concept))
}
