//! Questions that shoppers ask back. Each answer is a recomputation: facts are built, verified like
//! those of reasons, phrased, and put on record with the list they speak of.
//!
//! Refuses to answer from anything but verified claims: what cannot be, is said to be so, with what
//! can be asked.

mod answers;
mod bring_in;
mod explore;
mod memory;
mod scene;
mod words;

use domain::{
    AsOf, Change, Claim, ClaimId, Correction, Facts, Field, IngestId, ItemId, Language,
    ModelVersion, RequestId, Sentence, Strength, SubjectId, Verdict,
};
use explain::Evidence;
pub use explain::dialogue::{Intent, Mapper, understand};
use explain::select::mentions_sensitive;
use serde::{Deserialize, Serialize};

use crate::correct::Effect;
use crate::recommend::{Prepared, fresh_request_id};
use crate::request::Request;
use crate::tally::Tally;
use crate::witness::Witness;
use crate::{AppError, Live};

pub use explore::{Explored, PastStep};
pub(crate) use memory::Conversations;

/// Longest question, in bytes.
pub const LONGEST_QUESTION: usize = 1000;
/// Most claims of one answer.
const MOST_CLAIMS: usize = 12;

/// A question about what a shopper is shown, or about what the shop sells.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AskRequest {
    /// In the shopper's words; left out where `ask` says what is wanted.
    pub question: Option<String>,
    /// What is wanted, without words: what a button sends.
    pub ask: Option<Question>,
    /// The item that is looked at: what "this" means.
    pub item_id: Option<ItemId>,
    /// Goes on with a conversation; what the last answer called it.
    pub conversation: Option<String>,
    /// Language of question and answer; told from the question where missing.
    pub lang: Option<Language>,
    /// The list that is asked about, and who asks.
    pub list: Request,
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
    /// Put this right.
    Correct { correction: Correction },
    /// Take back the last correction, or the one named.
    Undo {
        #[serde(default)]
        correction_id: Option<IngestId>,
    },
    /// Have me erased.
    ForgetMe,
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
            Self::Correct { .. } => "correct",
            Self::Undo { .. } => "undo",
            Self::ForgetMe => "forget_me",
        }
    }

    /// The item that it is about, which "this" means from now on.
    fn focus(&self) -> Option<&ItemId> {
        match self {
            Self::Why { item }
            | Self::WhyNot { item }
            | Self::WhyOver { item, .. }
            | Self::HowTo { item }
            | Self::Price { item }
            | Self::Stock { item }
            | Self::Attribute { item, .. }
            | Self::Reviews { item } => Some(item),
            Self::Compare { items } => items.first(),
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

/// What an answer is made of, before it is verified.
#[derive(Default)]
pub(crate) struct Draft {
    pub facts: Vec<(ItemId, Facts)>,
    pub items: Option<Vec<ItemId>>,
    pub actions: Vec<Action>,
    /// Words that state no fact.
    pub note: Option<String>,
}

/// Everything that a question is answered from.
pub(crate) struct Scene<'a> {
    pub live: &'a Live,
    pub request: &'a Request,
    pub prepared: &'a Prepared,
    pub tally: &'a Tally,
    pub witness: &'a Witness<'a>,
    pub shown: Vec<ItemId>,
    pub focus: Option<ItemId>,
    pub lang: Language,
}

impl Live {
    /// Answers a question.
    ///
    /// # Errors
    /// [`AppError::BadRequest`], [`AppError::NoModel`], those of a correction, or what the store
    /// says.
    pub fn ask(&self, asked: &AskRequest) -> Result<Asked, AppError> {
        let question = asked.question.as_deref().unwrap_or_default();
        if question.len() > LONGEST_QUESTION || (asked.ask.is_none() && question.trim().is_empty())
        {
            let problem = format!("ask something, in at most {LONGEST_QUESTION} bytes");
            return Err(AppError::BadRequest { field: "question", problem });
        }
        asked.list.check()?;
        let subject = asked.list.subject()?;
        let told = language::detect(question);
        let lang = asked.lang.or(told).or(asked.list.lang).unwrap_or(self.config().shop.language);
        let (conversation, remembered) =
            self.conversations.recall(asked.conversation.as_deref(), subject.as_ref());
        let focus = asked.item_id.clone().or(remembered);
        let (intent, understood) = self.read(asked, focus.as_ref(), lang)?;
        let effect = self.done(understood.as_ref(), subject.as_ref(), &asked.list)?;
        let focus = understood.as_ref().and_then(Question::focus).cloned().or(focus);
        self.conversations.remember(&conversation, subject.as_ref(), focus.clone());
        self.told(asked, Read { conversation, intent, understood, effect, focus, lang })
    }

    /// What is wanted: typed, or read from words.
    fn read(
        &self,
        asked: &AskRequest,
        focus: Option<&ItemId>,
        lang: Language,
    ) -> Result<(String, Option<Question>), AppError> {
        if let Some(ask) = &asked.ask {
            return Ok((ask.name().to_owned(), Some(ask.clone())));
        }
        let question = asked.question.as_deref().unwrap_or_default();
        let mut intent = explain::dialogue::understand(question, lang);
        if intent == Intent::Unknown
            && let Some(mapper) = &self.mapper
        {
            intent = mapper.map(question, lang).unwrap_or(Intent::Unknown);
        }
        let enrolled = self.enrol(&asked.list)?;
        let tally = self.tally();
        let prepared = self.prepare(&asked.list, &tally, enrolled)?;
        let situation = prepared.record.situation(&prepared.asker.steps);
        let witness = Witness::new(&tally, &prepared.loaded, &situation);
        let scene =
            Scene::new(self, (&asked.list, &prepared), &tally, &witness, (focus.cloned(), lang));
        Ok((intent.name().to_owned(), scene.question(intent, question)))
    }

    /// Makes or takes back a correction. Nothing is done for somebody without a name.
    fn done(
        &self,
        question: Option<&Question>,
        subject: Option<&SubjectId>,
        list: &Request,
    ) -> Result<Option<Effect>, AppError> {
        let Some(subject) = subject else { return Ok(None) };
        match question {
            Some(Question::Correct { correction }) => {
                self.correct(subject, correction.clone(), list).map(Some)
            }
            Some(Question::Undo { correction_id }) => {
                let kept = self.corrections(subject)?;
                let last = kept.iter().rev().find(|kept| !kept.taken_back);
                let id = correction_id.or(last.map(|kept| kept.correction_id));
                id.map(|id| self.take_back(subject, id, list)).transpose()
            }
            _ => Ok(None),
        }
    }

    fn told(&self, asked: &AskRequest, read: Read) -> Result<Asked, AppError> {
        let request_id = fresh_request_id();
        let enrolled = self.enrol(&asked.list)?;
        let (answer, prepared, record) = {
            let tally = self.tally();
            let prepared = self.prepare(&asked.list, &tally, enrolled)?;
            let situation = prepared.record.situation(&prepared.asker.steps);
            let witness = Witness::new(&tally, &prepared.loaded, &situation);
            let context = (read.focus.clone(), read.lang);
            let scene = Scene::new(self, (&asked.list, &prepared), &tally, &witness, context);
            let draft = match &read.understood {
                Some(question) => scene.answer(question)?,
                None => Draft::default(),
            };
            let record = scene.record(&read.intent);
            let answer = scene.told(read, draft, request_id);
            let mut record = record;
            if let Some(asked) = &mut record.asked {
                asked.claims.clone_from(&answer.claims);
            }
            drop(tally);
            (answer, prepared, record)
        };
        self.record_answer(&answer.request_id, &prepared, &record, answer.as_of.0)?;
        Ok(answer)
    }
}

struct Read {
    conversation: String,
    intent: String,
    understood: Option<Question>,
    effect: Option<Effect>,
    focus: Option<ItemId>,
    lang: Language,
}

impl Scene<'_> {
    /// Verifies and phrases.
    fn told(&self, read: Read, draft: Draft, request_id: RequestId) -> Asked {
        let Scene { witness, lang, .. } = *self;
        let claims = self.verified(draft.facts);
        let sentences = explain::phrase(&claims, Strength::Strong, lang, witness);
        let effect_note = read.effect.as_ref().map(|effect| words::done(effect, lang));
        let note = effect_note.or(draft.note);
        let answered = !claims.is_empty() || note.is_some();
        let note =
            note.or_else(|| (!answered).then(|| words::cannot(read.understood.is_some(), lang)));
        let texts = sentences.iter().map(|sentence| sentence.text.as_str());
        let text: Vec<&str> = note.as_deref().into_iter().chain(texts).collect();
        let mut actions = draft.actions;
        if let Some(effect) = read.effect.as_ref().filter(|effect| !effect.taken_back) {
            let correction_id = Some(effect.correction_id);
            actions.push(words::undo(Question::Undo { correction_id }, lang));
        }
        Asked {
            conversation: read.conversation,
            request_id,
            intent: read.intent,
            understood: read.understood,
            answered,
            text: text.join(if lang == Language::En { " " } else { "" }),
            lang,
            sentences,
            claims,
            items: draft.items.unwrap_or_else(|| self.shown.clone()),
            effect: read.effect,
            actions,
            can_ask: if answered { Vec::new() } else { words::can_ask(lang) },
            model_version: witness.model_version().clone(),
            as_of: witness.as_of(),
            simulated: self.live.config().shop.simulated,
        }
    }

    /// The facts that hold, as claims; what names something sensitive is dropped.
    fn verified(&self, facts: Vec<(ItemId, Facts)>) -> Vec<Claim> {
        let (witness, bars) = (self.witness, &self.prepared.treatment.bars);
        let holds = |(item, facts): &(ItemId, Facts)| {
            !mentions_sensitive(item, facts, witness, bars)
                && explain::verify(item, facts, witness, bars) == Verdict::Verified
        };
        let held = facts.into_iter().filter(holds).take(MOST_CLAIMS);
        let claim = |(n, (item_id, facts)): (usize, (ItemId, Facts))| Claim {
            claim_id: ClaimId::new(format!("q{n}")).expect("q1 is an id"),
            item_id,
            evidence: answers::evidence_of(&facts),
            facts,
            as_of: witness.as_of(),
            model_version: witness.model_version().clone(),
            verdict: Verdict::Verified,
        };
        (1..).zip(held).map(claim).collect()
    }
}
