//! What is asked and answered, as it goes over the wire.

use answers::request::Request;
use claims::{AsOf, Change, Claim, Field, Sentence};
use domain::{Correction, IngestId, ItemId, Language, ModelVersion, RequestId, SubjectId};
use serde::{Deserialize, Serialize};
use shop::ShopError;

use super::LONGEST_QUESTION;
use crate::corrections::Effect;

/// A question about what a shopper is shown, or about what the shop sells.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AskRequest {
    /// In the shopper's words; left out where `ask` says what is wanted.
    pub question: Option<String>,
    /// What is wanted, without words: what a button sends.
    pub ask: Option<Question>,
    /// Who asks; the same as `list.shopper`, for whoever asks about no list in particular.
    pub shopper: Option<SubjectId>,
    /// The item that is looked at: what "this" means. May be called `item`.
    #[serde(alias = "item")]
    pub item_id: Option<ItemId>,
    /// The answer whose list is looked at: a question about one of its items counts as asked back.
    pub request_id: Option<RequestId>,
    /// Goes on with a conversation; what the last answer called it.
    pub conversation: Option<String>,
    /// Language of question and answer; told from the question where missing.
    pub lang: Option<Language>,
    /// The list that is asked about, and who asks.
    pub list: Request,
}

impl AskRequest {
    /// Puts whoever asks where they are looked for.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`] where two shoppers are named.
    pub fn settle(&mut self) -> Result<(), ShopError> {
        let Some(shopper) = self.shopper.take() else { return Ok(()) };
        if self.list.shopper.as_ref().is_some_and(|other| *other != shopper) {
            let problem = "is not list.shopper: name one shopper".to_owned();
            return Err(ShopError::BadRequest { field: "shopper", problem });
        }
        self.list.shopper = Some(shopper);
        Ok(())
    }

    /// Refuses what cannot be asked.
    pub(super) fn check(&self) -> Result<(), ShopError> {
        let question = self.question.as_deref().unwrap_or_default();
        let asks_nothing = self.ask.is_none() && question.trim().is_empty();
        if asks_nothing || question.len() > LONGEST_QUESTION {
            let problem = format!("ask something, in at most {LONGEST_QUESTION} bytes");
            return Err(ShopError::BadRequest { field: "question", problem });
        }
        self.list.check()
    }
}

/// What can be asked, typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "intent")]
#[expect(missing_docs, reason = "fields are the items that are asked about")]
pub enum Question {
    /// Why is this shown?
    Why { item: ItemId },
    /// Why is this not shown?
    WhyNot { item: ItemId },
    /// Why does this come before that?
    WhyOver { item: ItemId, other: ItemId },
    /// What would be shown otherwise?
    WhatIf { changes: Vec<Change> },
    /// What would bring this in?
    HowTo { item: ItemId },
    /// What is the difference?
    Compare { items: Vec<ItemId> },
    /// What is known of me?
    WhatYouKnow,
    /// What does it cost?
    Price { item: ItemId },
    /// Can it be bought?
    Stock { item: ItemId },
    /// What does the catalogue say of it?
    Attribute {
        item: ItemId,
        /// In which respect; in every one where missing.
        #[serde(default)]
        field: Option<Field>,
    },
    /// What do reviewers say?
    Reviews { item: ItemId },
    /// Which of the items shown fits?
    WhichFits {
        /// Words that the catalogue should say of it.
        words: Vec<String>,
        /// The most that it may cost, in major units.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// How does the shop recommend?
    HowItWorks,
    /// What is kept of me, and what becomes of it?
    MyData,
    /// Put this right.
    Correct { correction: Correction },
    /// Take back the last correction, or the one named.
    Undo {
        #[serde(default)]
        correction_id: Option<IngestId>,
    },
    /// Switch profiling off: asks whether that is meant, and does it once confirmed.
    StopProfiling {
        /// Said after the same conversation asked whether it is meant.
        #[serde(default)]
        confirmed: bool,
    },
    /// Have me erased: asks whether that is meant, and does it once confirmed, for good.
    ForgetMe {
        /// Said after the same conversation asked whether it is meant.
        #[serde(default)]
        confirmed: bool,
    },
}

impl Question {
    /// The name of what is wanted.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Why { .. } => "why",
            Self::WhyNot { .. } => "why_not",
            Self::WhyOver { .. } => "why_over",
            Self::WhatIf { .. } => "what_if",
            Self::HowTo { .. } => "how_to",
            Self::Compare { .. } => "compare",
            Self::WhatYouKnow => "what_you_know",
            Self::Price { .. } => "price",
            Self::Stock { .. } => "stock",
            Self::Attribute { .. } => "attribute",
            Self::Reviews { .. } => "reviews",
            Self::WhichFits { .. } => "which_fits",
            Self::HowItWorks => "how_it_works",
            Self::MyData => "my_data",
            Self::Correct { .. } => "correct",
            Self::Undo { .. } => "undo",
            Self::StopProfiling { .. } => "stop_profiling",
            Self::ForgetMe { .. } => "forget_me",
        }
    }

    /// The items that it is about; the first is what "this" means from now on.
    pub(super) fn items(&self) -> Vec<&ItemId> {
        match self {
            Self::Why { item }
            | Self::WhyNot { item }
            | Self::HowTo { item }
            | Self::Price { item }
            | Self::Stock { item }
            | Self::Attribute { item, .. }
            | Self::Reviews { item } => vec![item],
            Self::WhyOver { item, other } => vec![item, other],
            Self::Compare { items } => items.iter().collect(),
            Self::Correct { correction } => match correction {
                Correction::WrongReason { item_id, .. }
                | Correction::Gift { item_id }
                | Correction::NotInterested { item_id } => vec![item_id],
                Correction::Cheaper { than } | Correction::OtherBrand { than } => vec![than],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The same asked of another item; `None` for what is not asked of one.
    pub(super) fn of(&self, item: ItemId) -> Option<Self> {
        Some(match self {
            Self::Why { .. } => Self::Why { item },
            Self::WhyNot { .. } => Self::WhyNot { item },
            Self::HowTo { .. } => Self::HowTo { item },
            Self::Price { .. } => Self::Price { item },
            Self::Stock { .. } => Self::Stock { item },
            Self::Attribute { field, .. } => Self::Attribute { item, field: field.clone() },
            Self::Reviews { .. } => Self::Reviews { item },
            _ => return None,
        })
    }

    /// The same, confirmed, where it asks whether it is meant.
    pub(super) fn confirmed(&self) -> Option<Self> {
        match self {
            Self::ForgetMe { confirmed: false } => Some(Self::ForgetMe { confirmed: true }),
            Self::StopProfiling { confirmed: false } => {
                Some(Self::StopProfiling { confirmed: true })
            }
            _ => None,
        }
    }
}

/// What can be done next with one click.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Action {
    /// What a button says.
    pub label: String,
    /// What to send as `ask`.
    pub ask: Question,
    /// Whether it can be taken back.
    pub undoable: bool,
}

/// What is kept of a shopper, or was until they had it erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Forgotten {
    /// Events.
    pub events: u64,
    /// Reviews.
    pub reviews: u64,
    /// Answers they were given.
    pub answers: u64,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Asked {
    /// Name it in the next question, to go on.
    pub conversation: String,
    /// Under which the answer is on record.
    pub request_id: RequestId,
    /// What was understood to be wanted.
    pub intent: String,
    /// The same with its items; missing where it was not understood.
    pub understood: Option<Question>,
    /// False: it cannot be answered from what is known.
    pub answered: bool,
    /// The whole answer.
    pub text: String,
    /// Its language.
    pub lang: Language,
    /// The sentences that state facts, each with its claims.
    pub sentences: Vec<Sentence>,
    /// The claims; every one verified.
    pub claims: Vec<Claim>,
    /// The list as it is, or as it would be.
    pub items: Vec<ItemId>,
    /// What a correction did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// What an erasure removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forgotten: Option<Forgotten>,
    /// What can be done next.
    pub actions: Vec<Action>,
    /// What can be asked, where it was not understood.
    pub can_ask: Vec<String>,
    /// The model that ranked.
    pub model_version: ModelVersion,
    /// What had been ingested.
    pub as_of: AsOf,
    /// True when the shop's data are simulated.
    pub simulated: bool,
}
