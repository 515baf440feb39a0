//! Patterns as a machine that reads a text token by token.
//!
//! Writing the patterns out would make millions of phrases; as states and edges they take the
//! room of the file. The machine starts at `HOME`, every phrase leads away from it and back, and a
//! text is made of phrases if it can end there (Thompson, Regular Expression Search Algorithm,
//! Communications of the ACM 11, 1968).

use std::collections::{HashMap, HashSet};

use domain::Language;

use crate::phrasing::template::{Place, Token, tokens};

/// Between two phrases.
const HOME: usize = 0;
/// The same, but at the beginning or after a mark: phrases written with `^` start here only.
const FRESH: usize = 1;

/// Phrases to read texts with.
#[derive(Debug)]
pub(super) struct Automaton {
    /// Where each token leads from a state, steps that read nothing already taken.
    edges: Vec<HashMap<Token, Vec<usize>>>,
    /// States in which a phrase may end.
    ends: Vec<bool>,
}

/// A machine being built, with steps that read nothing.
#[derive(Debug)]
pub(super) struct Builder {
    edges: Vec<Vec<(Token, usize)>>,
    free: Vec<Vec<usize>>,
    lang: Language,
}

impl Automaton {
    /// Whether a text is phrases one after the other, with marks between them as it likes. `Err`
    /// is where the last phrase ended that could be read.
    pub(super) fn reads(&self, text: &[Token]) -> Result<(), usize> {
        let mut ended = 0;
        let mut states = vec![FRESH];
        for (at, token) in text.iter().enumerate() {
            let between = states.iter().any(|&state| self.ends[state]);
            if between {
                ended = at;
                states.push(HOME);
            }
            let token = any_claim(token);
            let reached = states.iter().filter_map(|&state| self.edges[state].get(&token));
            let mut next: Vec<usize> = reached.flatten().copied().collect();
            if between && matches!(token, Token::Mark(_)) {
                next.push(FRESH);
            }
            next.sort_unstable();
            next.dedup();
            states = next;
        }
        if states.iter().any(|&state| self.ends[state]) { Ok(()) } else { Err(ended) }
    }
}

impl Builder {
    pub(super) fn new(lang: Language) -> Self {
        Self { edges: vec![Vec::new(); 2], free: vec![Vec::new(), vec![HOME]], lang }
    }

    /// Adds the phrases of a pattern.
    pub(super) fn add(&mut self, pattern: &str) {
        for alternative in split_alternatives(pattern) {
            let (from, alternative) = match alternative.trim_start().strip_prefix('^') {
                Some(rest) => (FRESH, rest),
                None => (HOME, alternative),
            };
            let end = self.sequence(alternative, from);
            self.free[end].push(HOME);
        }
    }

    /// Takes the steps that read nothing in advance, but for the one back to `HOME`.
    pub(super) fn finish(self) -> Automaton {
        let n_states = self.edges.len();
        let mut read_into = vec![false; n_states];
        read_into[HOME] = true;
        read_into[FRESH] = true;
        self.edges.iter().flatten().for_each(|&(_, state)| read_into[state] = true);
        let mut edges = vec![HashMap::new(); n_states];
        let mut ends = vec![false; n_states];
        for state in (0..n_states).filter(|&state| read_into[state]) {
            let near = self.near(state);
            ends[state] = near.contains(&HOME);
            let of_home: &[usize] = if state == FRESH { &[] } else { &[HOME] };
            let through = near.iter().filter(|&&s| s == state || !of_home.contains(&s));
            let merged: &mut HashMap<Token, Vec<usize>> = &mut edges[state];
            for (token, next) in through.flat_map(|&s| &self.edges[s]) {
                merged.entry(token.clone()).or_default().push(*next);
            }
        }
        Automaton { edges, ends }
    }

    /// The states that are reached from a state without reading; not further than `HOME`.
    fn near(&self, state: usize) -> Vec<usize> {
        let mut near = vec![state];
        let mut known = HashSet::from([state]);
        let mut at = 0;
        while at < near.len() {
            let here = near[at];
            if here != HOME || state == HOME || state == FRESH {
                near.extend(self.free[here].iter().filter(|&&next| known.insert(next)));
            }
            at += 1;
        }
        near
    }

    /// Reads `a|b|c` from a state; gives the state after it.
    fn alternatives(&mut self, pattern: &str, from: usize) -> usize {
        let end = self.state();
        for alternative in split_alternatives(pattern) {
            let last = self.sequence(alternative, from);
            self.free[last].push(end);
        }
        end
    }

    /// Reads `a (b|c) d` from a state.
    fn sequence(&mut self, pattern: &str, from: usize) -> usize {
        // A fresh state, so that no other alternative's first words lead into this one.
        let start = self.state();
        self.free[from].push(start);
        match pattern.find('(') {
            None => self.words(pattern, start),
            Some(open) => {
                let close = open + closing(&pattern[open..]);
                let before = self.words(&pattern[..open], start);
                let group = self.alternatives(&pattern[open + 1..close], before);
                self.sequence(&pattern[close + 1..], group)
            }
        }
    }

    fn words(&mut self, words: &str, from: usize) -> usize {
        let words = words.replace('{', "{{").replace('}', "}}");
        let tokens = tokens(&words, self.lang).expect("a listed phrase is plain words");
        tokens.into_iter().fold(from, |state, token| {
            let next = self.state();
            self.edges[state].push((token, next));
            next
        })
    }

    fn state(&mut self) -> usize {
        self.edges.push(Vec::new());
        self.free.push(Vec::new());
        self.edges.len() - 1
    }
}

/// The lists speak of a fact by its name alone.
fn any_claim(token: &Token) -> Token {
    match token {
        Token::Fact(place) => Token::Fact(Place { claim_idx: None, name: place.name.clone() }),
        other => other.clone(),
    }
}

/// Splits at `|` outside of brackets.
fn split_alternatives(pattern: &str) -> Vec<&str> {
    let mut depth = 0usize;
    let outside = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '|' && depth == 0
    };
    pattern.split(outside).collect()
}

/// Where the bracket that a pattern starts with is closed.
fn closing(pattern: &str) -> usize {
    let mut depth = 0usize;
    let closes = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    };
    pattern.find(closes).expect("a list closes every bracket")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(patterns: &[&str], text: &str) -> bool {
        let mut builder = Builder::new(Language::En);
        for pattern in patterns {
            builder.add(pattern);
        }
        builder.finish().reads(&tokens(text, Language::En).unwrap()).is_ok()
    }

    #[test]
    fn a_text_is_read_if_phrases_make_it_up() {
        let patterns = ["a (b|c (d|)|) {n}", "e f|g"];
        for good in ["a b {{c1.n}}.", "a {{c1.n}}", "a c d {{n}}, g", "g, e f; a c {{n}}", ""] {
            assert!(reads(&patterns, good), "{good}");
        }
        let fresh = ["a|^b"];
        assert!(reads(&fresh, "b a, b") && !reads(&fresh, "a b"));
        for bad in ["a b", "e", "f", "a b, {{n}}", "a d {{n}}", "{{n}}", "e g f"] {
            assert!(!reads(&patterns, bad), "{bad}");
        }
    }

    #[test]
    fn it_says_how_far_it_could_read() {
        let mut builder = Builder::new(Language::En);
        builder.add("a b|c");
        let automaton = builder.finish();
        let read = |text: &str| automaton.reads(&tokens(text, Language::En).unwrap());
        assert_eq!(read("a b, c x"), Err(4));
        assert_eq!(read("a b a"), Err(2));
    }
}
