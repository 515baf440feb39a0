//! Questions that shoppers ask back. Each answer is a recomputation: facts are built, verified like
//! those of reasons, phrased, and put on record with the list they speak of.
//!
//! Refuses to answer from anything but verified claims: what cannot be, is said to be so, with what
//! can be asked.

mod question;

mod answers;
mod bring_in;
mod explore;
mod fits;
mod followed;
mod memory;
mod put_right;
mod scene;
mod suggest;
mod words;

use claims::{Claim, Facts, Strength, Verdict};
use domain::{
    ClaimId, Correction, FeedbackKind, ItemId, Language, RequestId, SubjectId, Timestamp,
};
pub use explain::dialogue::{Intent, Mapper, understand};
use explain::{Evidence, select::mentions_sensitive};

use crate::{
    AppError, Live,
    correct::Effect,
    recommend::{Prepared, fresh_request_id},
    request::Request,
    tally::Tally,
    witness::Witness,
};

pub use explore::{Explored, PastStep};
pub use memory::Exchange;
use memory::Turn;
pub(crate) use memory::{Conversations, Limits};
pub use question::{Action, AskRequest, Asked, Forgotten, Question};

/// Longest question, in bytes.
pub const LONGEST_QUESTION: usize = 1000;
/// Most claims of one answer.
const MOST_CLAIMS: usize = 12;

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
    pub talk: Talk,
    pub lang: Language,
}

/// What a question is understood from, beside its words.
#[derive(Clone, Default)]
pub(crate) struct Talk {
    /// What "this" means.
    pub focus: Option<ItemId>,
    /// The last turns of the conversation, the latest last.
    pub turns: Vec<Turn>,
}

impl Live {
    /// Answers a question, asked at `now`.
    ///
    /// # Errors
    /// [`AppError::BadRequest`], [`AppError::NoModel`], those of a correction, of feedback and of an
    /// erasure, or what the store says.
    pub fn ask(&self, asked: &AskRequest, now: Timestamp) -> Result<Asked, AppError> {
        let mut settled = asked.clone();
        settled.settle()?;
        let asked = &settled;
        let question = asked.question.as_deref().unwrap_or_default();
        if question.len() > LONGEST_QUESTION || (asked.ask.is_none() && question.trim().is_empty())
        {
            let problem = format!("ask something, in at most {LONGEST_QUESTION} bytes");
            return Err(AppError::BadRequest { field: "question", problem });
        }
        asked.list.check()?;
        let subject = asked.list.subject()?;
        if let Some(request_id) = &asked.request_id {
            self.answered_to(request_id, subject.as_ref())?;
        }
        let told = language::detect(question);
        let lang = asked.lang.or(told).or(asked.list.lang).unwrap_or(self.config().shop.language);
        let (conversation, turns) =
            self.conversations.recall(asked.conversation.as_deref(), subject.as_ref(), now);
        let talk = Talk::new(asked.item_id.as_ref(), turns);
        let (intent, understood) = self.read(asked, &talk, lang)?;
        let done = self.done(understood.as_ref(), subject.as_ref(), &asked.list)?;
        self.note_follow_up(asked, understood.as_ref(), subject.as_ref(), now)?;
        // Whoever was erased is nobody from now on, in memory too.
        let forgotten = matches!(done, Done::Forgot(_));
        let list = match forgotten {
            true => Request { shopper: None, session: None, ..asked.list.clone() },
            false => asked.list.clone(),
        };
        let read = Read { conversation, intent, understood, done, talk, lang };
        let answer = self.told(&list, read)?;
        if !forgotten {
            let turn = Turn::of(&answer, asked);
            self.conversations.remember(&answer.conversation, subject.as_ref(), turn, now);
        }
        Ok(answer)
    }

    /// What was said so far in a conversation, as far as it is remembered, the latest last; nothing
    /// of another shopper's.
    #[must_use]
    pub fn said(&self, conversation: &str, subject: &SubjectId, now: Timestamp) -> Vec<Exchange> {
        let (_, turns) = self.conversations.recall(Some(conversation), Some(subject), now);
        turns.into_iter().map(|turn| turn.said).collect()
    }

    /// What is wanted: typed, or read from words.
    fn read(
        &self,
        asked: &AskRequest,
        talk: &Talk,
        lang: Language,
    ) -> Result<(String, Option<Question>), AppError> {
        if let Some(ask) = &asked.ask {
            return Ok((ask.name().to_owned(), Some(talk.meant(ask))));
        }
        let question = asked.question.as_deref().unwrap_or_default();
        if let Some(confirmed) = talk.confirmed_by(question, lang) {
            return Ok((confirmed.name().to_owned(), Some(confirmed)));
        }
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
        let context = (talk.clone(), lang);
        let scene = Scene::new(self, (&asked.list, &prepared), &tally, &witness, context);
        if let Some(same) = scene.follows_up(intent, question) {
            return Ok((same.name().to_owned(), Some(same)));
        }
        let understood = scene.question(intent, question);
        let name = match (&understood, intent) {
            (Some(Question::Attribute { .. }), _) => Intent::Attribute.name(),
            _ => intent.name(),
        };
        Ok((name.to_owned(), understood))
    }

    /// Does what a question asks to be done. Nothing is done for somebody without a name, and what
    /// has to be confirmed only once it is.
    fn done(
        &self,
        question: Option<&Question>,
        subject: Option<&SubjectId>,
        list: &Request,
    ) -> Result<Done, AppError> {
        let Some(subject) = subject else { return Ok(Done::Nothing) };
        let corrected = |correction| self.correct(subject, correction, list).map(Done::corrected);
        match question {
            Some(Question::Correct { correction }) => corrected(correction.clone()),
            Some(Question::StopProfiling { confirmed: true }) => {
                corrected(Correction::StopProfiling)
            }
            Some(Question::ForgetMe { confirmed: true }) => match self.erase(subject) {
                Ok(erasure) => Ok(Done::Forgot(Forgotten {
                    events: erasure.removed.events,
                    reviews: erasure.removed.reviews,
                    answers: erasure.removed.answers,
                })),
                Err(AppError::NoShopper(_)) => Ok(Done::Nothing),
                Err(problem) => Err(problem),
            },
            Some(Question::Undo { correction_id }) => {
                let kept = self.corrections(subject)?;
                let last = kept.iter().rev().find(|kept| !kept.taken_back);
                let id = correction_id.or(last.map(|kept| kept.correction_id));
                let undone = id.map(|id| self.take_back(subject, id, list)).transpose()?;
                Ok(undone.map_or(Done::Nothing, Done::corrected))
            }
            _ => Ok(Done::Nothing),
        }
    }

    /// A question about an item of an answer counts as asked back, and asking why as opening the
    /// reason.
    fn note_follow_up(
        &self,
        asked: &AskRequest,
        question: Option<&Question>,
        subject: Option<&SubjectId>,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let (Some(request_id), Some(question)) = (&asked.request_id, question) else {
            return Ok(());
        };
        let kinds: &[FeedbackKind] = match question {
            Question::Why { .. } => &[FeedbackKind::FollowUp, FeedbackKind::Opened],
            Question::ForgetMe { confirmed: true } => return Ok(()),
            _ => &[FeedbackKind::FollowUp],
        };
        for item in question.items() {
            for kind in kinds {
                self.note_of_item(request_id, item, *kind, subject, now)?;
            }
        }
        Ok(())
    }

    fn told(&self, list: &Request, read: Read) -> Result<Asked, AppError> {
        let request_id = fresh_request_id();
        let enrolled = self.enrol(list)?;
        let (answer, prepared, record) = {
            let tally = self.tally();
            let prepared = self.prepare(list, &tally, enrolled)?;
            let situation = prepared.record.situation(&prepared.asker.steps);
            let witness = Witness::new(&tally, &prepared.loaded, &situation);
            let mut talk = read.talk.clone();
            if let Some(question) = &read.understood {
                talk.focus = question.items().first().copied().cloned().or(talk.focus);
            }
            let scene = Scene::new(self, (list, &prepared), &tally, &witness, (talk, read.lang));
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

/// What came of a question that asks for something to be done.
enum Done {
    Nothing,
    Corrected(Box<Effect>),
    Forgot(Forgotten),
}

impl Done {
    fn corrected(effect: Effect) -> Self {
        Self::Corrected(Box::new(effect))
    }

    /// What is said of it.
    fn note(&self, scene: &Scene<'_>) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Corrected(effect) => Some(scene.put_right(effect)),
            Self::Forgot(removed) => Some(words::forgotten(*removed, scene.lang)),
        }
    }
}

struct Read {
    conversation: String,
    intent: String,
    understood: Option<Question>,
    done: Done,
    talk: Talk,
    lang: Language,
}

impl Scene<'_> {
    /// Verifies and phrases.
    fn told(&self, read: Read, draft: Draft, request_id: RequestId) -> Asked {
        let Scene { witness, lang, .. } = *self;
        let claims = self.verified(draft.facts);
        let sentences = explain::phrase(&claims, Strength::Strong, lang, witness);
        let note = read.done.note(self).or(draft.note);
        let answered = !claims.is_empty() || note.is_some();
        let note =
            note.or_else(|| (!answered).then(|| words::cannot(read.understood.is_some(), lang)));
        let texts = sentences.iter().map(|sentence| sentence.text.as_str());
        let text: Vec<&str> = note.as_deref().into_iter().chain(texts).collect();
        let mut actions = draft.actions;
        let (effect, forgotten) = match read.done {
            Done::Nothing => (None, None),
            Done::Corrected(effect) => (Some(*effect), None),
            Done::Forgot(removed) => (None, Some(removed)),
        };
        if let Some(effect) = effect.as_ref().filter(|effect| !effect.taken_back) {
            let correction_id = Some(effect.correction_id);
            actions.push(words::undo(Question::Undo { correction_id }, lang));
        }
        Asked {
            conversation: read.conversation,
            request_id,
            intent: read.intent,
            understood: read.understood,
            answered,
            text: text.join(messages::text!(lang, "reason-between-sentences")),
            lang,
            sentences,
            claims,
            items: draft.items.unwrap_or_else(|| self.shown.clone()),
            effect,
            forgotten,
            actions,
            can_ask: if answered { Vec::new() } else { self.can_ask() },
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
