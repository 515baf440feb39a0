//! A model's words where they are accepted: from the cache, or asked for, once more if need be.
//!
//! An accepted text holds no fact, so one text serves every reason of the same forms and style.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Language, Timestamp};
use serde::{Deserialize, Serialize};

use super::accept::accept;
use super::lists;
use super::prompt::{PROMPT_VERSION, again, prompt};
use super::refusal::Refusal;
use super::statement::{Line, Statement};
use super::style::Style;
use crate::llm::{Clock, LlmStatus, Paced};

/// Time after which forms that a model could not word are tried again.
const GIVEN_UP_MS: i64 = 10 * 60 * 1000;

/// An accepted wording, and who worded it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The sentences, without facts.
    pub lines: Vec<Line>,
    /// The model.
    pub model: String,
    /// The version of the prompt.
    pub prompt_version: String,
}

/// Counts of questions by their outcome.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WriterStatus {
    /// How it stands with the provider.
    pub llm: LlmStatus,
    /// Wordings found in the cache.
    pub cached: u64,
    /// Answers accepted.
    pub accepted: u64,
    /// Answers not accepted, by [`Refusal::name`].
    pub refused: BTreeMap<&'static str, u64>,
    /// Times the grammar's text was used after all.
    pub fell_back: u64,
}

/// Words statements, or says that the grammar must.
pub struct Writer {
    llm: Paced,
    most_cached: usize,
    clock: Clock,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    wordings: HashMap<String, Entry>,
    counts: WriterStatus,
}

enum Entry {
    Worded(Arc<Wording>),
    /// Not tried again before this time.
    GivenUp(Timestamp),
}

impl Writer {
    /// A writer that keeps up to `most_cached` wordings.
    #[must_use]
    pub fn new(llm: Paced, most_cached: usize, clock: Clock) -> Self {
        Self { llm, most_cached, clock, kept: Mutex::default() }
    }

    /// Returns the counts of questions so far.
    #[must_use]
    pub fn status(&self) -> WriterStatus {
        WriterStatus { llm: self.llm.status(), ..self.kept(|kept| kept.counts.clone()) }
    }

    /// The wording for these statements, where one is at hand. Never waits for anybody.
    #[must_use]
    pub fn at_hand(&self, statements: &[Statement], style: &Style) -> Option<Arc<Wording>> {
        let key = self.key(statements, style);
        self.kept(|kept| match kept.wordings.get(&key) {
            Some(Entry::Worded(wording)) => {
                kept.counts.cached += 1;
                Some(Arc::clone(wording))
            }
            _ => None,
        })
    }

    /// Whether asking for these statements may bring a wording now.
    #[must_use]
    pub fn may_ask(&self, statements: &[Statement], style: &Style) -> bool {
        let listed = statements.iter().all(|statement| lists::offers(statement.form, style.lang));
        let now = (self.clock)();
        let key = self.key(statements, style);
        let given_up = self.kept(|kept| match kept.wordings.get(&key) {
            Some(Entry::GivenUp(until)) => now < *until,
            _ => false,
        });
        !statements.is_empty() && listed && !given_up && self.llm.is_open_for_questions()
    }

    /// The wording for these statements, asked for if need be; `None` where the grammar must do.
    pub fn write(&self, statements: &[Statement], style: &Style) -> Option<Arc<Wording>> {
        if let Some(wording) = self.at_hand(statements, style) {
            return Some(wording);
        }
        let lines =
            if self.may_ask(statements, style) { self.ask(statements, style) } else { None };
        let key = self.key(statements, style);
        self.kept(|kept| match lines {
            Some(lines) => {
                kept.counts.accepted += 1;
                let wording = Arc::new(Wording {
                    lines,
                    model: self.llm.model().to_owned(),
                    prompt_version: PROMPT_VERSION.to_owned(),
                });
                kept.keep(key, Entry::Worded(Arc::clone(&wording)), self.most_cached);
                Some(wording)
            }
            None => {
                kept.counts.fell_back += 1;
                None
            }
        })
    }

    /// Asks, and once more after an answer that was not accepted.
    fn ask(&self, statements: &[Statement], style: &Style) -> Option<Vec<Line>> {
        let first = prompt(statements, style);
        let refusal = match self.ask_once(&first, statements, style.lang)? {
            Ok(lines) => return Some(lines),
            Err(refusal) => refusal,
        };
        let second = again(&first, &refusal, style.lang);
        if let Ok(lines) = self.ask_once(&second, statements, style.lang)? {
            return Some(lines);
        }
        let until = Timestamp((self.clock)().0.saturating_add(GIVEN_UP_MS));
        let key = self.key(statements, style);
        self.kept(|kept| kept.keep(key, Entry::GivenUp(until), self.most_cached));
        None
    }

    /// `None` where there is no answer at all.
    fn ask_once(
        &self,
        prompt: &crate::llm::Prompt,
        statements: &[Statement],
        lang: Language,
    ) -> Option<Result<Vec<Line>, Refusal>> {
        let answer = self.llm.ask(prompt).ok()?;
        let checked = accept(&answer.text, statements, lang);
        if let Err(refusal) = &checked {
            self.kept(|kept| *kept.counts.refused.entry(refusal.name()).or_default() += 1);
        }
        Some(checked)
    }

    /// The key of a wording: forms with the facts they have, style, model, prompt version.
    fn key(&self, statements: &[Statement], style: &Style) -> String {
        let forms: Vec<(&str, Vec<&str>)> = statements
            .iter()
            .map(|statement| (statement.form, statement.slots.iter().map(|s| s.name).collect()))
            .collect();
        format!("{forms:?} {style:?} {} {PROMPT_VERSION}", self.llm.model())
    }

    fn kept<T>(&self, with: impl FnOnce(&mut Kept) -> T) -> T {
        with(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Kept {
    /// Keeps an entry; a full cache begins anew, which costs some questions and no bookkeeping.
    fn keep(&mut self, key: String, entry: Entry, most: usize) {
        if self.wordings.len() >= most.max(1) {
            self.wordings.clear();
        }
        self.wordings.insert(key, entry);
    }
}
