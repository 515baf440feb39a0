//! What a conversation was about: its last turns, with the items and the list of each. In memory
//! only, the last conversations only, for a while only, and never told to another shopper.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use domain::{ItemId, SubjectId, Timestamp};

use super::{AskRequest, Asked, Question};

/// Most items of a list that a turn remembers.
const MOST_LISTED: usize = 50;
const MINUTE_MS: i64 = 60_000;

/// One question and what it was answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Turn {
    /// What was wanted; missing where it was not understood.
    pub question: Option<Question>,
    /// The items that it was about; the first is what "this" means.
    pub items: Vec<ItemId>,
    /// The list that the answer showed.
    pub list: Vec<ItemId>,
    /// The item of the page that it was asked on.
    pub looked_at: Option<ItemId>,
    /// What was said, for whoever said it to read again.
    pub said: Exchange,
}

/// What was asked and answered, in words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exchange {
    /// The question; empty where a button asked it.
    pub question: String,
    /// The answer.
    pub answer: String,
}

impl Turn {
    pub(super) fn of(answer: &Asked, asked: &AskRequest) -> Self {
        let items = answer.understood.iter().flat_map(Question::items).cloned().collect();
        let list = answer.items.iter().take(MOST_LISTED).cloned().collect();
        let question = asked.question.clone().unwrap_or_default();
        Self {
            question: answer.understood.clone(),
            items,
            list,
            looked_at: asked.item_id.clone(),
            said: Exchange { question, answer: answer.text.clone() },
        }
    }
}

/// How much is remembered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Most conversations.
    pub conversations: usize,
    /// Most turns of one.
    pub turns: usize,
    /// Minutes after which one that rests is forgotten.
    pub minutes: u32,
}

#[derive(Debug)]
struct Conversation {
    name: String,
    subject: Option<SubjectId>,
    turns: VecDeque<Turn>,
    last: Timestamp,
}

/// The conversations that are remembered, the one that rests longest first.
#[derive(Debug)]
pub(crate) struct Conversations {
    limits: Limits,
    kept: Mutex<Vec<Conversation>>,
}

impl Conversations {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, kept: Mutex::default() }
    }

    /// The conversation to go on with, and its last turns, the latest last. A name that is not
    /// known, or is another shopper's, begins a new one.
    pub(crate) fn recall(
        &self,
        name: Option<&str>,
        subject: Option<&SubjectId>,
        now: Timestamp,
    ) -> (String, Vec<Turn>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let oldest = now.0.saturating_sub(i64::from(self.limits.minutes) * MINUTE_MS);
        kept.retain(|one| one.last.0 >= oldest);
        let is_it = |one: &&Conversation| {
            Some(one.name.as_str()) == name && one.subject.as_ref() == subject
        };
        match kept.iter().find(is_it) {
            Some(one) => (one.name.clone(), one.turns.iter().cloned().collect()),
            None => (format!("c{}", ulid::Ulid::generate()), Vec::new()),
        }
    }

    /// Adds a turn to a conversation; the oldest turn, and the conversation that rests longest, are
    /// forgotten where there are too many.
    pub(crate) fn remember(
        &self,
        name: &str,
        subject: Option<&SubjectId>,
        turn: Turn,
        now: Timestamp,
    ) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|one| one.name == name);
        let mut one = known.map(|at| kept.remove(at)).unwrap_or_else(|| Conversation {
            name: name.to_owned(),
            subject: subject.cloned(),
            turns: VecDeque::new(),
            last: now,
        });
        one.turns.push_back(turn);
        while one.turns.len() > self.limits.turns {
            one.turns.pop_front();
        }
        one.last = now;
        kept.push(one);
        let too_many = kept.len().saturating_sub(self.limits.conversations);
        kept.drain(..too_many);
    }

    /// Forgets everything, e.g. when somebody is erased.
    pub(crate) fn clear(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);
    const LIMITS: Limits = Limits { conversations: 2, turns: 3, minutes: 10 };

    fn about(item: &str) -> Turn {
        Turn { items: vec![ItemId::new(item).unwrap()], ..Turn::default() }
    }

    fn named(conversations: &Conversations, subject: &SubjectId, turn: &Turn) -> String {
        let (name, turns) = conversations.recall(None, Some(subject), NOW);
        assert!(turns.is_empty());
        conversations.remember(&name, Some(subject), turn.clone(), NOW);
        name
    }

    #[test]
    fn a_conversation_is_its_shoppers_own_and_the_oldest_is_forgotten() {
        let conversations = Conversations::new(LIMITS);
        let [ann, ben] = ["ann", "ben"].map(|name| SubjectId::new(name).unwrap());
        let name = named(&conversations, &ann, &about("tea"));
        assert_eq!(conversations.recall(Some(&name), Some(&ann), NOW).1, [about("tea")]);
        for other in [Some(&ben), None] {
            let (fresh, turns) = conversations.recall(Some(&name), other, NOW);
            assert!(fresh != name && turns.is_empty());
        }
        for _ in 0..2 {
            named(&conversations, &ben, &about("cup"));
        }
        assert!(conversations.recall(Some(&name), Some(&ann), NOW).1.is_empty());
    }

    #[test]
    fn only_the_last_turns_are_remembered() {
        let conversations = Conversations::new(LIMITS);
        let ann = SubjectId::new("ann").unwrap();
        let name = named(&conversations, &ann, &about("a"));
        for item in ["b", "c", "d", "e"] {
            conversations.remember(&name, Some(&ann), about(item), NOW);
        }
        let turns = conversations.recall(Some(&name), Some(&ann), NOW).1;
        assert_eq!(turns, ["c", "d", "e"].map(about));
    }

    #[test]
    fn a_conversation_that_rests_too_long_is_forgotten() {
        let conversations = Conversations::new(LIMITS);
        let ann = SubjectId::new("ann").unwrap();
        let name = named(&conversations, &ann, &about("tea"));
        let after = |minutes: i64| Timestamp(NOW.0 + minutes * MINUTE_MS);
        assert_eq!(conversations.recall(Some(&name), Some(&ann), after(10)).1.len(), 1);
        conversations.remember(&name, Some(&ann), about("cup"), after(10));
        assert_eq!(conversations.recall(Some(&name), Some(&ann), after(20)).1.len(), 2);
        let (fresh, turns) = conversations.recall(Some(&name), Some(&ann), after(21));
        assert!(fresh != name && turns.is_empty());
    }
}
