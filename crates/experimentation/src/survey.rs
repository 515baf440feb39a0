//! Asking shoppers: who is put the questionnaire when, and what they answered.
//!
//! Responsible for asking few, rarely, and never in the way: a caller asks whether there is a
//! questionnaire and gets one or nothing at once. Whatever was answered is kept, also when the rest
//! stays open. Refuses to ask somebody who has seen no recommendation, or switched profiling off.

mod own_words;
mod respondents;
mod satisfaction;

use crate::config::ExperimentsConfig;
use shop::history::HistoryConfig;
use shop::settings::ShopConfig;
use std::collections::BTreeMap;

use domain::time::DAY_MS;
use domain::{FeedbackKind, Language, ShopperId, SubjectId, SurveyId, Timestamp};
use experiments::assignment::position;
use serde::{Deserialize, Serialize};
use store::{StoreError, StoredSurvey, Survey, SurveyAnswers};
use trust::Questionnaire;

use shop::Shop;
use shop::{ShopError, history};

pub use own_words::{MASK, MOST_CHARS};
pub use respondents::{Person, Respondents, scored_row};
pub use satisfaction::Satisfaction;

/// Asking shoppers. Documented key by key in `config/default.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SurveyConfig {
    /// Share of shoppers who are asked within one period.
    pub share: f64,
    /// Length of a period: nobody is asked twice within it.
    pub every_days: u32,
    /// Groups with fewer people are shown in no breakdown.
    pub min_group: usize,
}

impl Default for SurveyConfig {
    fn default() -> Self {
        Self { share: 0.05, every_days: 90, min_group: 10 }
    }
}

impl SurveyConfig {
    /// Checks that the settings make sense.
    ///
    /// # Errors
    /// [`ShopError::Config`] with the key and what is expected.
    pub fn check(&self) -> Result<(), ShopError> {
        let bad = |problem: &str| Err(ShopError::Config { problem: format!("surveys: {problem}") });
        if !(0.0..=1.0).contains(&self.share) {
            return bad("share lies between 0 and 1");
        }
        if self.every_days == 0 || self.min_group < 5 {
            return bad("every_days is at least 1, and min_group at least 5");
        }
        Ok(())
    }
}

/// What is kept beside a questionnaire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Version of the questionnaire.
    pub version: String,
    /// Its language.
    pub lang: Language,
    /// Variant by experiment, at that moment.
    pub variants: BTreeMap<String, String>,
    /// How much was known of the shopper: `new`, `some` or `many`.
    pub segment: String,
}

/// A questionnaire to be shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Questions {
    /// Send it with the answers.
    pub survey_id: SurveyId,
    /// Which version of the questionnaire.
    pub version: String,
    /// The language of the texts.
    pub lang: Language,
    /// Answers go from 1 to this.
    pub n_points: u8,
    /// What 1 means.
    pub low: String,
    /// What the highest answer means.
    pub high: String,
    /// The items still open, in the order to be shown.
    pub items: Vec<AskedItem>,
    /// The open question, to be shown last; null once it was answered.
    pub words: Option<OpenQuestion>,
}

/// A question answered in own words, or not at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenQuestion {
    /// Its wording.
    pub text: String,
    /// What to know before answering; to be shown beside the field.
    pub note: String,
    /// Longest answer, in characters.
    pub max_chars: usize,
}

/// One item to be shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedItem {
    /// Its name.
    pub id: String,
    /// Its wording.
    pub text: String,
}

/// Answers to a questionnaire, all at once or one by one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Which questionnaire.
    pub survey_id: SurveyId,
    /// Each answered item by name, and its value; an item answered again takes the new value.
    #[serde(default)]
    pub answers: BTreeMap<String, u8>,
    /// The answer to the open question, at most 1,000 characters: kept as text without mail
    /// addresses, phone numbers and long numbers. Missing: unchanged; empty: taken back.
    #[serde(default)]
    pub words: Option<String>,
}

/// What became of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answered {
    /// Items answered so far.
    pub n_answered: usize,
    /// Items still open; they may stay so.
    pub n_open: usize,
}

/// The questionnaire for a shopper, if they are to be asked now: sampled by hash, once per
/// period, after they have seen recommendations. One that was begun comes again with what is
/// open.
///
/// # Errors
/// What the store says.
pub fn next(
    shop: &Shop,
    subject: &SubjectId,
    lang: Option<Language>,
    now: Timestamp,
) -> Result<Option<Questions>, ShopError> {
    next_as(shop, subject, lang, now, fresh_survey_id())
}

/// As [`next`], under an id that the caller made up: it decides the order of items,
/// so that a study repeats only with its own.
pub fn next_as(
    shop: &Shop,
    subject: &SubjectId,
    lang: Option<Language>,
    now: Timestamp,
    id: SurveyId,
) -> Result<Option<Questions>, ShopError> {
    let config = shop.config::<SurveyConfig>();
    let state = shop.state();
    let Some(shopper) = state.shopper(subject)? else {
        return Ok(None);
    };
    let preferences = state.preferences(shopper, state.newest()?)?;
    if !preferences.profiling {
        return Ok(None);
    }
    let period_ms = i64::from(config.every_days) * DAY_MS;
    let not_since = Timestamp(now.0 - period_ms);
    if let Some(last) = state.last_survey(shopper)?.filter(|last| last.at > not_since) {
        return Ok(questions(&last)?.filter(|questions| !questions.items.is_empty()));
    }
    let period = (now.0 / period_ms).to_string();
    let place =
        position(&[&shop.config::<ExperimentsConfig>().salt, "survey", &period], subject.as_str());
    if place >= config.share || !has_seen_any(shop, shopper)? {
        return Ok(None);
    }
    let lang = lang.or(preferences.language).unwrap_or(shop.config::<ShopConfig>().language);
    let survey = survey_for(shop, shopper, lang, now, id)?;
    if !state.open_survey(&survey, not_since)? {
        return Ok(None); // somebody else was faster
    }
    let kept = state.survey(&survey.survey_id)?;
    Ok(kept.as_ref().map(questions).transpose()?.flatten())
}

/// Keeps answers. `caller` is the shopper of a token, where one speaks.
///
/// # Errors
/// [`ShopError::NoSurvey`], [`ShopError::BadRequest`] for an item that was not asked or a value
/// off the scale, or what the store says. Words that are too long are [`ShopError::BadRequest`],
/// too; all other answers are kept nevertheless.
pub fn answer(
    shop: &Shop,
    given: &Answers,
    caller: Option<&SubjectId>,
    now: Timestamp,
) -> Result<Answered, ShopError> {
    let state = shop.state();
    let unknown = || ShopError::NoSurvey(given.survey_id.clone());
    let survey = survey_of(shop, &given.survey_id, caller)?;
    let asked = asked(&survey)?;
    let questionnaire = Questionnaire::version(&asked.version).ok_or_else(unknown)?;
    for (item, value) in &given.answers {
        let bad = |problem| Err(ShopError::BadRequest { field: "answers", problem });
        if questionnaire.item(item).is_none() {
            return bad(format!("there is no item {item}"));
        }
        if !(1..=questionnaire.n_points).contains(value) {
            let highest = questionnaire.n_points;
            return bad(format!("{item} is {value}, but answers go from 1 to {highest}"));
        }
    }
    let (words, too_long) = match given.words.as_deref().map(own_words::read).transpose() {
        Ok(words) => (words, None),
        Err(error) => (None, Some(error)),
    };
    let items = given.answers.iter().map(|(item, n)| (item.clone(), *n)).collect();
    if !state.answer_survey(&given.survey_id, &SurveyAnswers { items, words }, now)? {
        return Err(unknown());
    }
    if let Some(error) = too_long {
        return Err(error);
    }
    let kept = state.survey(&given.survey_id)?.ok_or_else(unknown)?;
    let n_answered = kept.answers.len();
    Ok(Answered { n_answered, n_open: questionnaire.items.len().saturating_sub(n_answered) })
}

/// What is open of a questionnaire, also where that is the open question alone.
///
/// # Errors
/// [`ShopError::NoSurvey`], or what the store says.
pub fn open_questions(
    shop: &Shop,
    id: &SurveyId,
    caller: Option<&SubjectId>,
) -> Result<Questions, ShopError> {
    let survey = survey_of(shop, id, caller)?;
    questions(&survey)?.ok_or_else(|| ShopError::NoSurvey(id.clone()))
}

/// A questionnaire of the caller's own. Somebody else's is as good as none: not even that it
/// exists is told.
fn survey_of(
    shop: &Shop,
    id: &SurveyId,
    caller: Option<&SubjectId>,
) -> Result<StoredSurvey, ShopError> {
    let state = shop.state();
    let speaks = caller.map(|subject| state.shopper(subject)).transpose()?;
    let survey = state.survey(id)?;
    let own = survey.filter(|kept| speaks.is_none_or(|who| who == Some(kept.shopper)));
    own.ok_or_else(|| ShopError::NoSurvey(id.clone()))
}

fn has_seen_any(shop: &Shop, shopper: ShopperId) -> Result<bool, ShopError> {
    let feedback = shop.state().feedback_of(shopper)?;
    Ok(feedback.iter().any(|one| one.kind == FeedbackKind::Exposed))
}

fn survey_for(
    shop: &Shop,
    shopper: ShopperId,
    lang: Language,
    now: Timestamp,
    survey_id: SurveyId,
) -> Result<Survey, ShopError> {
    let state = shop.state();
    let config = shop.config::<HistoryConfig>();
    let events = state.recent(shopper, config.events, state.newest()?)?;
    let n_steps = history::steps(&events, config, history::uses_all).len();
    let variants = state.assignments_of(shopper)?.into_iter();
    let asked = Asked {
        version: Questionnaire::current().version.clone(),
        lang,
        variants: variants.map(|assigned| (assigned.experiment, assigned.variant)).collect(),
        segment: crate::style::segment(n_steps).to_owned(),
    };
    Ok(Survey {
        survey_id,
        shopper,
        at: now,
        body: serde_json::to_string(&asked).expect("what is asked is plain data"),
    })
}

fn fresh_survey_id() -> SurveyId {
    SurveyId::new(format!("s{}", ulid::Ulid::generate())).expect("a ULID is an id")
}

/// What was kept beside a questionnaire.
///
/// # Errors
/// [`StoreError::Corrupt`] where it cannot be read.
pub(crate) fn asked(survey: &StoredSurvey) -> Result<Asked, StoreError> {
    serde_json::from_str(&survey.body).map_err(|e| StoreError::Corrupt {
        what: "a questionnaire",
        detail: format!("{}: {e}", survey.survey_id),
    })
}

/// The open items in the order to be shown: shuffled by questionnaire, so that no order of items
/// colours all answers alike, and the attention check is not always in one place.
///
/// `None`: the questionnaire has a version that is not known here.
fn questions(survey: &StoredSurvey) -> Result<Option<Questions>, StoreError> {
    let asked = asked(survey)?;
    let Some(questionnaire) = Questionnaire::version(&asked.version) else { return Ok(None) };
    let open = |id: &str| survey.answers.iter().all(|(answered, _)| answered != id);
    let mut items: Vec<_> = questionnaire.items.iter().filter(|item| open(&item.id)).collect();
    let place = |id: &str| position(&[survey.survey_id.as_str()], id);
    items.sort_by(|a, b| place(&a.id).total_cmp(&place(&b.id)));
    let shown = |item: &&trust::SurveyItem| AskedItem {
        id: item.id.clone(),
        text: item.text.in_language(asked.lang).to_owned(),
    };
    Ok(Some(Questions {
        survey_id: survey.survey_id.clone(),
        version: asked.version.clone(),
        lang: asked.lang,
        n_points: questionnaire.n_points,
        low: questionnaire.low.in_language(asked.lang).to_owned(),
        high: questionnaire.high.in_language(asked.lang).to_owned(),
        items: items.iter().map(shown).collect(),
        words: survey.words.is_none().then(|| OpenQuestion {
            text: questionnaire.words.in_language(asked.lang).to_owned(),
            note: questionnaire.words_note.in_language(asked.lang).to_owned(),
            max_chars: MOST_CHARS,
        }),
    }))
}
