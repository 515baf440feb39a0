//! A text as a sequence of propositions and tone, each compared with the claims as it is read.

use std::cell::RefCell;
use std::collections::HashMap;

use claims::Facts;

use crate::check::{Context, check};
use crate::grammar::grammar;
use crate::matching::{Matcher, Vocabulary};
use crate::titles::Titles;
use crate::tokens::{clauses, title_tokens};
use crate::{Refusal, Situation};

/// Longest text, in tokens.
const MOST_TOKENS: usize = 260;
/// Words of a refusal that are shown.
const SHOWN_TOKENS: usize = 6;

/// A text that follows from the claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entailed {
    /// The claims that it states something of, by their place in the situation, each once.
    pub claims: Vec<usize>,
}

/// Where a reading has come to.
#[derive(Debug, Clone, PartialEq)]
struct State {
    at: usize,
    context: Context,
    claims: Vec<usize>,
    /// A connective stands just before: a clause may begin.
    is_joined: bool,
}

/// Decides whether a text follows from the claims of a situation.
///
/// # Errors
/// [`Refusal`] with the words that could not be read or do not follow.
pub fn entails(text: &str, situation: &Situation) -> Result<Entailed, Refusal> {
    let grammar = grammar(situation.lang).ok_or(Refusal::Language)?;
    let (tokens, breaks) = clauses(text)?;
    if tokens.len() > MOST_TOKENS {
        return Err(Refusal::TooLong);
    }
    let titles = Titles::new(grammar, situation.titles());
    let vocabulary = vocabulary(situation);
    let matcher = Matcher {
        grammar,
        tokens: &tokens,
        breaks: &breaks,
        titles: &titles,
        vocabulary: &vocabulary,
        known: RefCell::new(HashMap::new()),
    };
    read(&matcher, situation)
}

fn read(matcher: &Matcher<'_>, situation: &Situation) -> Result<Entailed, Refusal> {
    let mut waiting =
        vec![State { at: 0, context: Context::default(), claims: Vec::new(), is_joined: true }];
    let mut seen = waiting.clone();
    let (mut furthest, mut untrue) = (0, None);
    while let Some(state) = waiting.pop() {
        furthest = furthest.max(state.at);
        if state.at == matcher.tokens.len() {
            if !state.claims.is_empty() {
                return Ok(Entailed { claims: state.claims });
            }
            continue;
        }
        let (next, failed) = successors(&state, matcher, situation);
        if let Some(end) = failed.filter(|end| untrue.is_none_or(|(_, known)| *end > known)) {
            untrue = Some((state.at, end));
        }
        for state in next {
            if !seen.contains(&state) {
                seen.push(state.clone());
                waiting.push(state);
            }
        }
    }
    Err(refusal(matcher.tokens, furthest, untrue))
}

/// Where a reading can go on to, and the furthest end of a proposition that does not follow.
fn successors(
    state: &State,
    matcher: &Matcher<'_>,
    situation: &Situation,
) -> (Vec<State>, Option<usize>) {
    let (mut next, mut failed) = (Vec::new(), None);
    if matcher.tokens[state.at] == "." {
        let context = state.context.of_next_sentence();
        next.push(State {
            at: state.at + 1,
            context,
            claims: state.claims.clone(),
            is_joined: true,
        });
    }
    let begins = state.is_joined || matcher.breaks.contains(&state.at);
    for (proposition, pattern) in &matcher.grammar.rules {
        for (end, captures) in matcher.read(pattern, state.at) {
            if end == state.at {
                continue;
            }
            if proposition == "tone" {
                next.push(State { at: end, is_joined: true, ..state.clone() });
                continue;
            }
            // No clause begins within a name, nor where nothing parts it from the one before.
            if !begins {
                continue;
            }
            match check(proposition, &captures, &state.context, situation) {
                Some((claim, context)) => {
                    let mut claims = state.claims.clone();
                    if !claims.contains(&claim) {
                        claims.push(claim);
                    }
                    next.push(State { at: end, context, claims, is_joined: false });
                }
                None => failed = failed.max(Some(end)),
            }
        }
    }
    (next, failed)
}

fn refusal(tokens: &[String], furthest: usize, untrue: Option<(usize, usize)>) -> Refusal {
    let shown = |from: usize, to: usize| tokens[from..to.min(tokens.len())].join(" ");
    match untrue {
        Some((from, end)) if end > furthest => Refusal::NotEntailed(shown(from, end)),
        _ if furthest == tokens.len() => Refusal::Empty,
        _ => Refusal::Unread(shown(furthest, furthest + SHOWN_TOKENS)),
    }
}

/// The texts that the claims name, in the language of the situation.
fn vocabulary(situation: &Situation) -> Vocabulary {
    let lang = situation.lang;
    let mut vocabulary = Vocabulary::new();
    let mut add = |kind: &'static str, text: &str| {
        let words = title_tokens(text);
        // “The packaging” is also said without its article.
        if words.first().is_some_and(|word| word == "the") {
            vocabulary.push((kind, words[1..].to_vec(), text.to_owned()));
        }
        vocabulary.push((kind, words, text.to_owned()));
    };
    for facts in &situation.claims {
        match facts {
            Facts::SharesAttribute { value, .. } => add("value", value.in_language(lang)),
            Facts::SimilarText { shared_terms, .. } => {
                shared_terms.iter().for_each(|t| add("term", t));
            }
            Facts::Popular { scope: claims::PopularScope::Category { category }, .. } => {
                add("value", category.in_language(lang));
            }
            Facts::ReviewersSay(opinions) => add("aspect", opinions.aspect.in_language(lang)),
            _ => {}
        }
    }
    vocabulary
}
