//! Every sentence that reasons are made of is one that the verifier reads.
//!
//! The message files are expanded here, and only here: the verifier's own table is written from
//! `docs/sentences.md`.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use std::collections::BTreeMap;
use std::path::Path;

use domain::Language;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

type Messages = BTreeMap<String, Pattern<String>>;

fn messages(lang: Language) -> Messages {
    let file = format!("../../messages/{}/reasons.ftl", lang.tag());
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let entries = parse(text).unwrap().body.into_iter();
    let message = |entry| match entry {
        Entry::Message(message) => Some((message.id.name, message.value?)),
        _ => None,
    };
    entries.filter_map(message).collect()
}

/// What stands for an argument.
fn sample(name: &str, function: Option<&str>, lang: Language) -> &'static str {
    let is_english = lang == Language::En;
    match (name, function) {
        (_, Some("ORDINAL")) => "12th",
        ("history", _) if is_english => "you bought “Cup”",
        ("history", _) => "您买过“Cup”",
        ("other" | "instead" | "title", _) => "“Cup”",
        ("shared_terms", _) => "“tea”",
        ("share", _) => "62%",
        ("lift" | "mean", _) => "5.2",
        ("since", _) if is_english => "1 Nov 2026",
        ("since", _) => "2026 年 11 月 1 日",
        ("price" | "former" | "lower_quartile" | "upper_quartile", _) if is_english => "¥99",
        ("price" | "former" | "lower_quartile" | "upper_quartile", _) => "99 元",
        ("value" | "category" | "name" | "aspect" | "region" | "concept", _) => "tea",
        _ => "12",
    }
}

fn texts(pattern: &Pattern<String>, all: &Messages, lang: Language) -> Vec<String> {
    let mut texts = vec![String::new()];
    for element in &pattern.elements {
        let parts = match element {
            PatternElement::TextElement { value } => vec![value.clone()],
            PatternElement::Placeable { expression } => placed(expression, all, lang),
        };
        texts =
            texts.iter().flat_map(|head| parts.iter().map(move |p| format!("{head}{p}"))).collect();
    }
    texts
}

fn placed(expression: &Expression<String>, all: &Messages, lang: Language) -> Vec<String> {
    match expression {
        Expression::Inline(inline) => inlined(inline, all, lang),
        Expression::Select { variants, .. } => {
            variants.iter().flat_map(|variant| texts(&variant.value, all, lang)).collect()
        }
    }
}

fn inlined(inline: &InlineExpression<String>, all: &Messages, lang: Language) -> Vec<String> {
    match inline {
        InlineExpression::StringLiteral { value } => vec![value.clone()],
        InlineExpression::VariableReference { id } => vec![sample(&id.name, None, lang).to_owned()],
        InlineExpression::FunctionReference { id, arguments } => {
            let Some(InlineExpression::VariableReference { id: name }) =
                arguments.positional.first()
            else {
                panic!("{} of something else than an argument", id.name)
            };
            vec![sample(&name.name, Some(&id.name), lang).to_owned()]
        }
        // Words for an aspect, a situation: in any language they have slots of their own.
        InlineExpression::MessageReference { id, .. } => match all.get(&id.name) {
            Some(pattern) => texts(pattern, all, lang),
            None => panic!("no message {}", id.name),
        },
        InlineExpression::Placeable { expression } => placed(expression, all, lang),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_sentence_of_reasons_is_read() {
    for lang in [Language::En, Language::Zh] {
        let all = messages(lang);
        let is_told = |name: &str| name.starts_with("claim-sentence-") || name == "reason-weakness";
        let told = all.iter().filter(|(name, _)| is_told(name));
        let mut n = 0;
        for (name, pattern) in told {
            for text in texts(pattern, &all, lang) {
                // What is supposed not to be begins with “that” in English.
                let counted =
                    text.replace("did not count you bought", "did not count that you bought");
                assert!(
                    verify::message_of(&counted, lang).is_some(),
                    "{name} is not read: {counted}"
                );
                n += 1;
            }
        }
        assert!(n > 60, "only {n} sentences of {}", lang.tag());
    }
}
