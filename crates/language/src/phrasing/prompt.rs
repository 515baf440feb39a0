//! The question to a model: to word forms, with places for facts that it is not shown.
//!
//! A prompt is made of this program's own texts, the lists' examples and the shop's voice. No
//! title, no review, no number, nothing a shopper did goes into it, so nothing written there can
//! instruct a model, and a provider learns nothing about anyone.

use std::fmt::Write;

use domain::Language;
use messages::{key, message, text};
use serde_json::{Value, json};

use super::examples::examples;
use super::refusal::Refusal;
use super::statement::Statement;
use super::style::{Formality, Length, Style};
use crate::llm::Prompt;

/// Counts up with every change of what follows; told beside every text and part of what a cached
/// text is found by.
pub const PROMPT_VERSION: &str = "1";

/// Most tokens of an answer: some three sentences.
const MOST_TOKENS: u32 = 400;
/// Examples shown per form.
const N_EXAMPLES: usize = 4;

/// The question for these statements, in this order.
#[must_use]
pub fn prompt(statements: &[Statement], style: &Style) -> Prompt {
    let mut user = String::new();
    for (claim_idx, statement) in statements.iter().enumerate() {
        describe(&mut user, claim_idx, statement, style);
    }
    // A language without rules has no forms either: nothing is asked in it.
    let rules = crate::data::of(style.lang, "rules").unwrap_or_default().trim();
    Prompt {
        system: format!("{rules}\n{}", manner(style)),
        user,
        schema: schema(),
        max_tokens: MOST_TOKENS,
    }
}

/// The question again, after an answer that was not accepted. The reason is ours, in words of the
/// rules: no word of the answer goes back into the question.
#[must_use]
pub fn again(prompt: &Prompt, refusal: &Refusal, lang: Language) -> Prompt {
    let problem = refusal.name();
    let more = message!(lang, "prompt-again", problem: problem);
    Prompt { user: format!("{}\n{more}", prompt.user), ..prompt.clone() }
}

/// `c1: bought_together`, its facts, and a few examples.
fn describe(text: &mut String, claim_idx: usize, statement: &Statement, style: &Style) {
    let claim = claim_idx + 1;
    let required = super::lists::facts(statement.form, style.lang).unwrap_or_default().required;
    let lang = style.lang;
    let (must, may) = (text!(lang, "prompt-must"), text!(lang, "prompt-may"));
    let like = text!(lang, "prompt-examples");
    let nothing = super::examples::Examples::default();
    let known = examples(style.lang).get(statement.form).unwrap_or(&nothing);
    let _ = writeln!(text, "c{claim}: {}", statement.form);
    for (fact, value) in known.facts.iter().filter(|(fact, _)| statement.has(fact)) {
        let mark = if required.contains(fact) { must } else { may };
        let _ = writeln!(text, "  {{{{c{claim}.{fact}}}}} {mark}, e.g. {value}");
    }
    let _ = writeln!(text, "  {like}:");
    let n = known.sentences.len();
    let fits = |sentence: &&String| places(sentence).all(|fact| statement.has(fact));
    let turned = known.sentences.iter().cycle().skip(style.variant as usize).take(n);
    for sentence in turned.filter(fits).take(N_EXAMPLES) {
        let sentence = sentence.replace('{', &format!("{{{{c{claim}.")).replace('}', "}}");
        let _ = writeln!(text, "  - {sentence}");
    }
}

/// The facts that an example tells.
fn places(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(fact, _)| fact)
}

fn manner(style: &Style) -> String {
    let length = match style.length {
        Length::Short => "short",
        Length::Normal => "normal",
    };
    let formality = match style.formality {
        Formality::Casual => "casual",
        Formality::Friendly => "friendly",
        Formality::Formal => "formal",
    };
    let (length, formality) = (key(length), key(formality));
    let words = message!(style.lang, "prompt-manner", length: length, formality: formality);
    match style.voice.trim() {
        "" => words,
        voice => format!("{words} {voice}"),
    }
}

/// The shape of an answer.
fn schema() -> Value {
    let text = json!({"type": "string"});
    let ids = json!({"type": "array", "items": {"type": "string"}});
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["sentences"],
        "properties": {"sentences": {"type": "array", "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["text", "claim_ids"],
            "properties": {"text": text, "claim_ids": ids},
        }}},
    })
}
