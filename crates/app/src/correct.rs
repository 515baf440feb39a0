//! What shoppers put right: kept, effective from the next answer on, and taken back without a
//! trace; with the list before and after, so that everyone sees what it does.

use domain::{Concept, Correction, IngestId, ItemId, Preferences, SubjectId, Tag};
use serde::{Deserialize, Serialize};
use store::Corrected;

use crate::asker::{Asker, Supposed};
use crate::recommend::Prepared;
use crate::request::Request;
use crate::tally::Tally;
use crate::witness::Witness;
use crate::{AppError, Live};

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

impl Live {
    /// The list that a request would get, without reasons and without a record; empty before the
    /// first training.
    ///
    /// # Errors
    /// [`AppError::BadRequest`], or what the store says.
    pub fn list(&self, request: &Request) -> Result<Vec<ItemId>, AppError> {
        Ok(self.present(request)?.map_or_else(Vec::new, |present| present.witness().list()))
    }

    /// The list that a request would get with something supposed: the way that an answer goes,
    /// with the change made in the shopper's own history.
    pub(crate) fn list_supposing(
        &self,
        request: &Request,
        prepared: &Prepared,
        supposed: &Supposed,
        tally: &Tally,
    ) -> Result<Vec<ItemId>, AppError> {
        let asker = Asker::of(&prepared.caller, request, tally, supposed, self.config())?;
        let record = self.unanswered(request, &asker, &prepared.treatment, tally);
        let witness = Witness::new(tally, &prepared.loaded, &record.situation(&asker.steps));
        Ok(witness.list())
    }

    /// Puts something right, from the next answer on. `request` says which list to show before and
    /// after; its shopper is `subject`, whoever it names.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] and [`AppError::NoItem`] for a correction that means nothing here,
    /// or what the store says.
    pub fn correct(
        &self,
        subject: &SubjectId,
        correction: Correction,
        request: &Request,
    ) -> Result<Effect, AppError> {
        self.check_correction(&correction)?;
        let request = of_subject(request, subject);
        let before = self.list(&request)?;
        let done = self.keep_correction(subject, correction)?;
        Ok(done.with_lists(before, self.list(&request)?))
    }

    /// Takes a correction back: lists are what they would be had it never been made.
    ///
    /// # Errors
    /// [`AppError::NoCorrection`], or what the store says.
    pub fn take_back(
        &self,
        subject: &SubjectId,
        correction_id: IngestId,
        request: &Request,
    ) -> Result<Effect, AppError> {
        let request = of_subject(request, subject);
        let kept = self.corrections(subject)?;
        let holds = kept.iter().any(|kept| kept.correction_id == correction_id && !kept.taken_back);
        if !holds {
            return Err(AppError::NoCorrection(correction_id));
        }
        let before = self.list(&request)?;
        let done = self.drop_correction(subject, correction_id)?;
        Ok(done.with_lists(before, self.list(&request)?))
    }

    /// Keeps a correction; the lists before and after it are the caller's to show.
    pub(crate) fn keep_correction(
        &self,
        subject: &SubjectId,
        correction: Correction,
    ) -> Result<Changed, AppError> {
        self.check_correction(&correction)?;
        let correction_id = {
            let gate = self.gate();
            let state = self.shop().state();
            let shopper = state.shopper_or_new(subject)?;
            if state.corrections(shopper, state.newest()?)?.len() >= MOST_CORRECTIONS {
                let problem = format!("there are {MOST_CORRECTIONS} already");
                return Err(AppError::BadRequest { field: "correction", problem });
            }
            let id = state.correct(shopper, &correction)?;
            self.change_tally(&gate, |tally| tally.advance(id));
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
    ) -> Result<Changed, AppError> {
        let unknown = || AppError::NoCorrection(correction_id);
        let correction = {
            let gate = self.gate();
            let state = self.shop().state();
            let shopper = state.shopper(subject)?.ok_or_else(unknown)?;
            let kept = state.corrections(shopper, state.newest()?)?;
            let holds = |kept: &Corrected| kept.id == correction_id && !kept.taken_back;
            let correction = kept.into_iter().find(holds).ok_or_else(unknown)?.correction;
            let id = state.take_back(shopper, correction_id)?.ok_or_else(unknown)?;
            self.change_tally(&gate, |tally| tally.advance(id));
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
    pub fn corrections(&self, subject: &SubjectId) -> Result<Vec<Kept>, AppError> {
        let state = self.shop().state();
        let Some(shopper) = state.shopper(subject)? else { return Ok(Vec::new()) };
        let corrections = state.corrections(shopper, state.newest()?)?;
        Ok(corrections.iter().map(Kept::of).collect())
    }

    fn set_profiling(&self, subject: &SubjectId, profiling: bool) -> Result<(), AppError> {
        let preferences = self.preferences(subject)?;
        self.set_preferences(subject, &Preferences { profiling, ..preferences })
    }

    fn check_correction(&self, correction: &Correction) -> Result<(), AppError> {
        let sold = |id: &ItemId| self.item(id).ok_or_else(|| AppError::NoItem(id.clone()));
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
    match crate::request::session_of(subject) {
        Some(session) => {
            Request { shopper: None, session: Some(session.to_owned()), ..request.clone() }
        }
        None => Request { shopper: Some(subject.clone()), session: None, ..request.clone() },
    }
}

fn bad<T>(problem: String) -> Result<T, AppError> {
    Err(AppError::BadRequest { field: "correction", problem })
}

fn check_concept(concept: &Concept) -> Result<(), AppError> {
    let length = concept.value().trim().len();
    match length {
        1..=LONGEST_CONCEPT => Ok(()),
        _ => bad(format!("name what it is about in 1 to {LONGEST_CONCEPT} bytes, not {length}")),
    }
}

fn check_tags(tags: &[Tag]) -> Result<(), AppError> {
    if tags.len() > MOST_TAGS {
        return bad(format!("set at most {MOST_TAGS} tags"));
    }
    if let Some(tag) = tags.iter().find(|tag| !(-1.0..=1.0).contains(&tag.weight)) {
        return bad(format!("a weight lies between -1 and 1, not at {}", tag.weight));
    }
    tags.iter().try_for_each(|tag| check_concept(&tag.concept))
}
