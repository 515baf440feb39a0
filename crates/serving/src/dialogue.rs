//! Questions that shoppers ask back. Each answer is a recomputation: facts are built, verified like
//! those of reasons, phrased, and put on record with the list they speak of.
//!
//! Refuses to answer from anything but verified claims: what cannot be, is said to be so, with what
//! can be asked.

mod config;
mod question;

mod bring_in;
mod explore;
mod facts;
mod fits;
mod followed;
mod memory;
mod put_right;
mod reading;
mod scene;
mod suggest;
mod words;

use std::sync::Arc;

use answers::answer::Record;
use answers::request::Request;
use domain::{
    Correction, FeedbackKind, ItemId, Language, RequestId, ShopperId, SubjectId, Timestamp,
};
use shop::settings::ShopConfig;
use shop::{LiveShop, ShopError};
use store::Erased;

use crate::corrections::{Changed, Corrections};
use crate::feedback::Feedback;
use crate::prepared::Present;
use crate::recommender::Recommender;
use memory::{Conversations, Turn};
use scene::{Draft, Outcome, Read, Scene, Talk};

use explain::dialogue::{Intent, Mapper};

pub use config::AskConfig;
pub use explore::{Explored, PastStep};
pub use memory::Exchange;
pub use question::{Action, AskRequest, Asked, Forgotten, Question};

/// Longest question, in bytes.
pub const LONGEST_QUESTION: usize = 1000;

/// Answers what shoppers ask back.
pub struct Dialogue {
    shop: Arc<LiveShop>,
    recommender: Arc<Recommender>,
    corrections: Arc<Corrections>,
    feedback: Feedback,
    conversations: Conversations,
    mapper: Option<Box<dyn Mapper>>,
}

/// Erases a shopper for good.
pub type Erase<'a> = dyn Fn(&SubjectId) -> Result<Erased, ShopError> + 'a;

impl Dialogue {
    /// Of a shop in service.
    #[must_use]
    pub fn new(
        shop: Arc<LiveShop>,
        recommender: Arc<Recommender>,
        corrections: Arc<Corrections>,
    ) -> Self {
        let feedback = Feedback::new(Arc::clone(&shop));
        let conversations = Conversations::new(shop.shop().config::<AskConfig>().limits());
        Self { shop, recommender, corrections, feedback, conversations, mapper: None }
    }

    /// Lets something else than the built-in reader have a look at questions that the reader does
    /// not understand. It can only choose among the typed intents.
    #[must_use]
    pub fn with_mapper(self, mapper: Box<dyn Mapper>) -> Self {
        Self { mapper: Some(mapper), ..self }
    }

    /// Forgets every conversation, after an erasure.
    pub fn forget(&self) {
        self.conversations.clear();
    }

    /// Answers a question, asked at `now`; `erase` does what a confirmed wish to be forgotten asks.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`], [`ShopError::NoModel`], those of a correction, of feedback and of an
    /// erasure, or what the store says.
    pub fn ask(
        &self,
        asked: &AskRequest,
        now: Timestamp,
        erase: &Erase<'_>,
    ) -> Result<Asked, ShopError> {
        let mut asked = asked.clone();
        asked.settle()?;
        asked.check()?;
        let asked = &asked;
        let question = asked.question.as_deref().unwrap_or_default();
        let subject = asked.list.subject()?;
        let led_from = match &asked.request_id {
            Some(request_id) => {
                Some((request_id, self.feedback.answered_to(request_id, subject.as_ref())?))
            }
            None => None,
        };
        let told = language::detect(question);
        let lang = asked
            .lang
            .or(told)
            .or(asked.list.lang)
            .unwrap_or(self.shop.shop().config::<ShopConfig>().language);
        let (conversation, turns) =
            self.conversations.recall(asked.conversation.as_deref(), subject.as_ref(), now);
        let talk = Talk::new(asked.item_id.as_ref(), turns);
        // Taken and scored once: what is asked is read from it, and answered from it unless the
        // question changes something.
        let present = self.recommender.present(&asked.list)?;
        let evidence = present.as_ref().map(Present::evidence);
        let scene = present.as_ref().zip(evidence.as_ref()).map(|(present, evidence)| {
            Scene::new(&self.recommender, (&asked.list, present), evidence, (talk.clone(), lang))
        });
        let (intent, understood) = self.read(asked, &talk, scene.as_ref(), lang)?;
        let done = self.done(understood.as_ref(), subject.as_ref(), erase)?;
        if let (Some((request_id, answered)), Some(question)) = (&led_from, &understood) {
            self.note_follow_up(request_id, answered, question, now)?;
        }
        let read = Read { conversation, intent, understood, lang };
        let answer = match done {
            None => self.told(scene.ok_or(ShopError::NoModel)?, read, None)?,
            Some(done) => {
                let before = scene.map_or_else(Vec::new, |scene| scene.shown);
                drop(evidence);
                drop(present);
                self.told_after(done, before, &asked.list, talk, read)?
            }
        };
        // Whoever was erased is nobody from now on, in memory too.
        if answer.forgotten.is_none() {
            let turn = Turn::of(&answer, asked);
            self.conversations.remember(&answer.conversation, subject.as_ref(), turn, now);
        }
        Ok(answer)
    }

    /// Answers from how things are after something was done; `before` is the list as it was.
    fn told_after(
        &self,
        done: Done,
        before: Vec<ItemId>,
        list: &Request,
        talk: Talk,
        read: Read,
    ) -> Result<Asked, ShopError> {
        let list = match done {
            Done::Forgot(_) => Request { shopper: None, session: None, ..list.clone() },
            Done::Changed(_) => list.clone(),
        };
        let present = self.recommender.present(&list)?.ok_or(ShopError::NoModel)?;
        let evidence = present.evidence();
        let scene = Scene::new(&self.recommender, (&list, &present), &evidence, (talk, read.lang));
        let outcome = match done {
            Done::Forgot(removed) => Outcome::Forgot(removed),
            Done::Changed(changed) => {
                let effect = changed.with_lists(before, scene.shown.clone());
                Outcome::Corrected(Box::new(effect))
            }
        };
        self.told(scene, read, Some(outcome))
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
        scene: Option<&Scene<'_>>,
        lang: Language,
    ) -> Result<(String, Option<Question>), ShopError> {
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
        let scene = scene.ok_or(ShopError::NoModel)?;
        if let Some(same) = scene.follows_up(intent, question) {
            return Ok((same.name().to_owned(), Some(same)));
        }
        let understood = scene.question(intent, question)?;
        let name = match (&understood, intent) {
            (Some(Question::Attribute { .. }), _) => Intent::Attribute.name(),
            _ => intent.name(),
        };
        Ok((name.to_owned(), understood))
    }

    /// Does what a question asks to be done; `None` where that is nothing. Nothing is done for
    /// somebody without a name, and what has to be confirmed only once it is.
    fn done(
        &self,
        question: Option<&Question>,
        subject: Option<&SubjectId>,
        erase: &Erase<'_>,
    ) -> Result<Option<Done>, ShopError> {
        let Some(subject) = subject else { return Ok(None) };
        let corrected = |correction| {
            self.corrections.keep_correction(subject, correction).map(Done::Changed).map(Some)
        };
        match question {
            Some(Question::Correct { correction }) => corrected(correction.clone()),
            Some(Question::StopProfiling { confirmed: true }) => {
                corrected(Correction::StopProfiling)
            }
            Some(Question::ForgetMe { confirmed: true }) => match erase(subject) {
                Ok(erasure) => Ok(Some(Done::Forgot(Forgotten {
                    events: erasure.events,
                    reviews: erasure.reviews,
                    answers: erasure.answers,
                }))),
                Err(ShopError::NoShopper(_)) => Ok(None),
                Err(problem) => Err(problem),
            },
            Some(Question::Undo { correction_id }) => {
                let kept = self.corrections.of(subject)?;
                let last = kept.iter().rev().find(|kept| !kept.taken_back);
                let id = correction_id.or(last.map(|kept| kept.correction_id));
                let undone =
                    id.map(|id| self.corrections.drop_correction(subject, id)).transpose()?;
                Ok(undone.map(Done::Changed))
            }
            _ => Ok(None),
        }
    }

    /// A question about an item of an answer counts as asked back, and asking why as opening the
    /// reason.
    fn note_follow_up(
        &self,
        request_id: &RequestId,
        answered: &(Option<ShopperId>, Record),
        question: &Question,
        now: Timestamp,
    ) -> Result<(), ShopError> {
        let kinds: &[FeedbackKind] = match question {
            Question::Why { .. } => &[FeedbackKind::FollowUp, FeedbackKind::Opened],
            Question::ForgetMe { confirmed: true } => return Ok(()),
            _ => &[FeedbackKind::FollowUp],
        };
        for item in question.items() {
            self.feedback.note_of_item(request_id, answered, item, kinds, now)?;
        }
        Ok(())
    }

    fn told(
        &self,
        mut scene: Scene<'_>,
        read: Read,
        outcome: Option<Outcome>,
    ) -> Result<Asked, ShopError> {
        let spoken_of =
            read.understood.as_ref().and_then(|question| question.items().first().copied());
        scene.talk.focus = spoken_of.cloned().or(scene.talk.focus.take());
        let draft = match &read.understood {
            Some(question) => scene.answer(question)?,
            None => Draft::default(),
        };
        let mut record = scene.record(&read.intent);
        let answer = scene.told(read, draft, outcome)?;
        if let Some(asked) = &mut record.asked {
            asked.claims.clone_from(&answer.claims);
        }
        self.recommender.record_answer(
            &answer.request_id,
            scene.prepared,
            &record,
            answer.as_of.0,
        )?;
        Ok(answer)
    }
}

/// What a question had done.
enum Done {
    Changed(Changed),
    Forgot(Forgotten),
}
