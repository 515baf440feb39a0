//! The tables of a language: named patterns, patterns by the proposition they state, and what may
//! stand for a product beside the words of its title.

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::Language;

use crate::pattern::{Pattern, compile};
use crate::tokens::tokens;

/// A word that may stand in the name of a product: `礼品卡` where the title says `gift card`.
#[derive(Debug)]
pub(crate) struct Head {
    /// The word.
    pub(crate) tokens: Vec<String>,
    /// Sets of words, one of which the title has wholly; empty where the word says nothing.
    pub(crate) needs: Vec<Vec<String>>,
}

/// The grammar of a language.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    /// Named patterns.
    pub(crate) named: Vec<Pattern>,
    /// Patterns with the proposition they state, `tone` for none.
    pub(crate) rules: Vec<(String, Pattern)>,
    /// Words that stand for products.
    pub(crate) heads: Vec<Head>,
    /// Words by which no product is told from another.
    pub(crate) generic: Vec<String>,
}

static GRAMMARS: [OnceLock<Option<Grammar>>; Language::COUNT] =
    [const { OnceLock::new() }; Language::COUNT];

/// The grammar of a language, where there is one.
pub(crate) fn grammar(lang: Language) -> Option<&'static Grammar> {
    let file = match lang {
        Language::En => include_str!("../data/en.txt"),
        Language::Zh => include_str!("../data/zh.txt"),
        _ => return None,
    };
    GRAMMARS[lang.index()].get_or_init(|| Some(read(file))).as_ref()
}

fn read(file: &str) -> Grammar {
    let mut grammar = Grammar::default();
    let mut names = HashMap::new();
    let mut section = "";
    for line in file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let head = line.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
        if let Some(head) = head.filter(|h| h.bytes().all(|b| b.is_ascii_lowercase())) {
            section = head;
        } else if let Some((name, text)) = line.strip_prefix('@').and_then(|l| l.split_once(" = "))
        {
            let pattern = compile(text, &names);
            names.insert(name.to_owned(), grammar.named.len());
            grammar.named.push(pattern);
        } else {
            match section {
                "heads" => grammar.heads.push(head_of(line)),
                "generic" => grammar.generic.extend(words(line)),
                _ => grammar.rules.push((section.to_owned(), compile(line, &names))),
            }
        }
    }
    grammar
}

/// `礼品卡 = gift card | gift cards`.
fn head_of(line: &str) -> Head {
    let (word, needs) = line.split_once('=').unwrap_or((line, ""));
    let needs = needs.split('|').map(words).filter(|set| !set.is_empty()).collect();
    Head { tokens: words(word), needs }
}

fn words(text: &str) -> Vec<String> {
    tokens(text).expect("tables have words")
}
