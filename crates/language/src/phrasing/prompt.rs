//! The question to a model: to word forms, with places for facts that it is not shown.
//!
//! A prompt is made of this program's own texts, the lists' examples and the shop's voice. No
//! title, no review, no number, nothing a shopper did goes into it, so nothing written there can
//! instruct a model, and a provider learns nothing about anyone.

use std::fmt::Write;

use domain::Language;
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

const RULES_EN: &str = "You word reasons for a shop's recommendations. Answer with JSON only: \
{\"sentences\":[{\"text\":\"…\",\"claim_ids\":[\"c1\"]}]}. Each claim is told in exactly one \
sentence, or two claims in one sentence with a comma or semicolon between them. Write every fact as \
its place, e.g. {{c1.n}}, each at most once; facts marked (must) always. Between the places use \
plain words in the manner of the examples: no digits, no number words, no negation, no quotation \
marks, no markup, no praise, no promise, nothing the claim does not say. End with a full stop.";

const RULES_ZH: &str = "您为网店的推荐撰写理由。只回答 JSON：\
{\"sentences\":[{\"text\":\"…\",\"claim_ids\":[\"c1\"]}]}。每条主张恰好在一句话里说出；也可以两条主张\
同在一句，中间用逗号或分号隔开。每个事实都写成占位符，例如 {{c1.n}}，至多出现一次；标有（必须）的一定要出现。\
占位符之间用朴素的词语，句式参照例句：不写数字，不写表示数量的字，不否定，不加引号，不加标记，不夸赞，不承诺，\
不说主张以外的任何内容。以句号结尾。";

/// The question for these statements, in this order.
#[must_use]
pub fn prompt(told: &[Statement], style: &Style) -> Prompt {
    let mut user = String::new();
    for (claim_idx, statement) in told.iter().enumerate() {
        describe(&mut user, claim_idx, statement, style);
    }
    let rules = match style.lang {
        Language::Zh => RULES_ZH,
        Language::En => RULES_EN,
    };
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
    let more = match lang {
        Language::Zh => format!("\n上一次的回答未被采用（{problem}）。请更贴近例句重写。"),
        Language::En => format!(
            "\nThe last answer was not accepted ({problem}). Write it again, closer to the examples."
        ),
    };
    Prompt { user: format!("{}{more}", prompt.user), ..prompt.clone() }
}

/// `c1: bought_together`, its facts, and a few examples.
fn describe(text: &mut String, claim_idx: usize, statement: &Statement, style: &Style) {
    let claim = claim_idx + 1;
    let required = super::lists::facts(statement.form, style.lang).unwrap_or_default().required;
    let (must, may, like) = match style.lang {
        Language::Zh => ("（必须）", "（可选）", "例句"),
        Language::En => ("(must)", "(may)", "examples"),
    };
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
    let words = match (style.lang, style.length, style.formality) {
        (Language::Zh, Length::Short, _) => "尽量简短，只说必须的事实。",
        (Language::Zh, Length::Normal, Formality::Casual) => "语气随和。",
        (Language::Zh, Length::Normal, Formality::Friendly) => "语气亲切。",
        (Language::Zh, Length::Normal, Formality::Formal) => "语气庄重。",
        (Language::En, Length::Short, _) => "Be as brief as you can: only the facts marked (must).",
        (Language::En, Length::Normal, Formality::Casual) => "Sound relaxed.",
        (Language::En, Length::Normal, Formality::Friendly) => "Sound friendly.",
        (Language::En, Length::Normal, Formality::Formal) => "Sound reserved.",
    };
    match style.voice.trim() {
        "" => words.to_owned(),
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
