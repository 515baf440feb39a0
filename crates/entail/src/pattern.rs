//! Patterns of the tables: `(a|b)`, `[a|b]` for a, b or nothing,
//! `<a|b>` for one or more of a and b in any order, `{name:type}` for a value,
//! `!name=value` for what a phrase implies, `@name` for a pattern defined above.

use std::collections::HashMap;

use crate::tokens::tokens;

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pattern {
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of these.
    Choice(Vec<Pattern>),
    /// One or more of these, in any order.
    Some(Box<Pattern>),
    /// A token.
    Word(String),
    /// A value of a type, under a name.
    Slot(String, String),
    /// What the phrase implies.
    Note(String, String),
    /// A pattern defined above, by its place.
    Named(usize),
}

/// Compiles a pattern; a mistake in a table is found by the first test that reads it.
pub(crate) fn compile(text: &str, named: &HashMap<String, usize>) -> Pattern {
    let chars: Vec<char> = text.chars().collect();
    let mut compiler = Compiler { chars: &chars, at: 0, named };
    let pattern = compiler.choice();
    assert!(compiler.at == chars.len(), "brackets of {text:?} are in pairs");
    pattern
}

struct Compiler<'a> {
    chars: &'a [char],
    at: usize,
    named: &'a HashMap<String, usize>,
}

impl Compiler<'_> {
    fn choice(&mut self) -> Pattern {
        let mut choices = vec![self.sequence()];
        while self.chars.get(self.at) == Some(&'|') {
            self.at += 1;
            choices.push(self.sequence());
        }
        if choices.len() == 1 { choices.remove(0) } else { Pattern::Choice(choices) }
    }

    fn sequence(&mut self) -> Pattern {
        let mut parts = Vec::new();
        while let Some(&c) = self.chars.get(self.at) {
            match c {
                '|' | ')' | ']' | '>' => break,
                '(' | '[' | '<' => {
                    self.at += 1;
                    let inner = self.choice();
                    self.at += 1;
                    parts.push(match c {
                        '(' => inner,
                        '<' => Pattern::Some(Box::new(inner)),
                        _ => Pattern::Choice(vec![Pattern::Sequence(Vec::new()), inner]),
                    });
                }
                '{' => parts.push(self.slot()),
                '!' => parts.push(self.note()),
                '@' => {
                    self.at += 1;
                    let name = self.name();
                    let place = self.named.get(&name);
                    parts.push(Pattern::Named(
                        *place.unwrap_or_else(|| panic!("@{name} is defined above")),
                    ));
                }
                ' ' => self.at += 1,
                _ => parts.extend(self.words()),
            }
        }
        Pattern::Sequence(parts)
    }

    fn slot(&mut self) -> Pattern {
        let end = self.chars[self.at..].iter().position(|c| *c == '}').expect("a slot is closed");
        let inner: String = self.chars[self.at + 1..self.at + end].iter().collect();
        self.at += end + 1;
        let (name, kind) = inner.split_once(':').unwrap_or((&inner, &inner));
        Pattern::Slot(kind.to_owned(), name.to_owned())
    }

    fn note(&mut self) -> Pattern {
        self.at += 1;
        let name = self.name();
        let mut value = String::new();
        if self.chars.get(self.at) == Some(&'=') {
            self.at += 1;
            value = self.name();
        }
        Pattern::Note(name, value)
    }

    fn name(&mut self) -> String {
        let rest = &self.chars[self.at..];
        let end = rest.iter().position(|c| !(c.is_ascii_alphanumeric() || *c == '_'));
        let end = end.unwrap_or(rest.len());
        self.at += end;
        rest[..end].iter().collect()
    }

    fn words(&mut self) -> Vec<Pattern> {
        let rest = &self.chars[self.at..];
        let end = rest.iter().position(|c| "|()[]<>{}!@ ".contains(*c)).unwrap_or(rest.len());
        self.at += end;
        let text: String = rest[..end].iter().collect();
        tokens(&text).expect("tables have words").into_iter().map(Pattern::Word).collect()
    }
}
