//! Which answers of a language model are accepted.
//!
//! An answer is JSON: sentences with places for facts, each naming the claims it states. It is
//! accepted if every claim is told once, with every fact it must have; if a clause tells facts of
//! one claim only; and if what stands around the facts is made wholly of phrases that are listed
//! for that claim's form. There is no list of forbidden words: nobody can name every lie.

use domain::Language;
use serde::Deserialize;

use super::lists;
use super::refusal::Refusal;
use super::statement::{Line, Statement};
use super::template::{self, Token, claim_idx, is_mark, tokens};

/// Longest answer that is looked at, in bytes.
const MOST_ANSWER_BYTES: usize = 16 * 1024;
/// Most words (in Chinese: characters), marks and facts of one sentence.
const MOST_TOKENS: usize = 120;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    sentences: Vec<Line>,
}

/// Reads an answer and checks it.
///
/// # Errors
/// [`Refusal`] with the first thing that is wrong.
pub fn accept(answer: &str, told: &[Statement], lang: Language) -> Result<Vec<Line>, Refusal> {
    if answer.len() > MOST_ANSWER_BYTES {
        return Err(Refusal::TooLong);
    }
    let body: AnswerBody =
        serde_json::from_str(answer.trim()).map_err(|e| Refusal::Malformed(e.to_string()))?;
    check(&body.sentences, told, lang)?;
    Ok(body.sentences)
}

/// Checks sentences against the statements they are to tell; also those on record, in an audit.
///
/// # Errors
/// [`Refusal`] with the first thing that is wrong.
pub fn check(lines: &[Line], told: &[Statement], lang: Language) -> Result<(), Refusal> {
    if lines.is_empty() || told.is_empty() {
        return Err(Refusal::Empty);
    }
    let mut facts: Vec<Vec<String>> = vec![Vec::new(); told.len()];
    for line in lines {
        let tokens = tokens(&line.text, lang)?;
        if tokens.len() > MOST_TOKENS {
            return Err(Refusal::TooLong);
        }
        check_punctuation(&tokens, lang)?;
        let runs = runs(&tokens, lang)?;
        check_named(line, &runs)?;
        for run in &runs {
            let statement = told.get(run.claim_idx).ok_or(Refusal::Claims)?;
            // A claim of an earlier sentence is not told again.
            if !facts[run.claim_idx].is_empty() {
                return Err(Refusal::Mixed);
            }
            facts[run.claim_idx] = facts_of(run.tokens, statement)?;
            check_words(run.tokens, statement, lang)?;
        }
    }
    told.iter().zip(&facts).try_for_each(|(statement, told)| check_complete(statement, told, lang))
}

/// A stretch of a sentence that tells of one claim.
struct Run<'a> {
    claim_idx: usize,
    tokens: &'a [Token],
}

/// Cuts a sentence where it passes from one claim to the next. A clause without a fact belongs to
/// the claim before it, at the beginning to the one after it.
fn runs(tokens: &[Token], lang: Language) -> Result<Vec<Run<'_>>, Refusal> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let (mut run_from, mut clause_from) = (0, 0);
    let mut current: Option<usize> = None;
    for at in 0..=tokens.len() {
        let ends_clause =
            tokens.get(at).is_none_or(|t| matches!(t, Token::Mark(c) if is_mark(*c, lang)));
        if !ends_clause {
            continue;
        }
        let of_clause = claim_of(&tokens[clause_from..at])?;
        match (current, of_clause) {
            (None, Some(first)) => current = Some(first),
            (Some(before), Some(next)) if before != next => {
                runs.push(Run { claim_idx: before, tokens: &tokens[run_from..clause_from] });
                run_from = clause_from;
                current = Some(next);
            }
            _ => {}
        }
        clause_from = at + 1;
    }
    let claim_idx = current.ok_or(Refusal::Claims)?;
    runs.push(Run { claim_idx, tokens: &tokens[run_from..] });
    Ok(runs)
}

/// The one claim whose facts a clause tells.
fn claim_of(clause: &[Token]) -> Result<Option<usize>, Refusal> {
    let mut of = None;
    for token in clause {
        let Token::Fact(place) = token else { continue };
        let claim_idx = place.claim_idx.ok_or_else(|| Refusal::Place(place.name.clone()))?;
        if of.is_some_and(|other| other != claim_idx) {
            return Err(Refusal::Mixed);
        }
        of = Some(claim_idx);
    }
    Ok(of)
}

/// A sentence must name just the claims it states.
fn check_named(line: &Line, runs: &[Run<'_>]) -> Result<(), Refusal> {
    let mut named = Vec::new();
    for id in &line.claim_ids {
        named.push(claim_idx(id).ok_or(Refusal::Claims)?);
    }
    let mut stated: Vec<usize> = runs.iter().map(|run| run.claim_idx).collect();
    named.sort_unstable();
    stated.sort_unstable();
    if named == stated { Ok(()) } else { Err(Refusal::Claims) }
}

fn facts_of(tokens: &[Token], statement: &Statement) -> Result<Vec<String>, Refusal> {
    let mut facts: Vec<String> = Vec::new();
    for token in tokens {
        let Token::Fact(place) = token else { continue };
        if !statement.has(&place.name) {
            return Err(Refusal::UnknownFact(place.name.clone()));
        }
        if facts.contains(&place.name) {
            return Err(Refusal::Repeated(place.name.clone()));
        }
        facts.push(place.name.clone());
    }
    Ok(facts)
}

fn check_words(tokens: &[Token], statement: &Statement, lang: Language) -> Result<(), Refusal> {
    let unknown = || Refusal::UnknownForm(statement.form.to_owned());
    let form = lists::form(statement.form, lang).ok_or_else(unknown)?;
    form.reads(tokens).map_err(|at| {
        let words = tokens[at..].iter().take(4).map(|token| match token {
            Token::Word(word) => word.clone(),
            Token::Fact(template::Place { name, .. }) => format!("{{{name}}}"),
            Token::Mark(mark) => mark.to_string(),
        });
        Refusal::Unlisted(words.collect::<Vec<_>>().join(" "))
    })
}

/// Every fact that a form requires, and groups of optional ones wholly or not at all.
fn check_complete(statement: &Statement, told: &[String], lang: Language) -> Result<(), Refusal> {
    let unknown = || Refusal::UnknownForm(statement.form.to_owned());
    let form = lists::form(statement.form, lang).ok_or_else(unknown)?;
    let missing = |fact: &&String| !told.contains(*fact);
    let lost = form.facts.required.iter().find(missing).or_else(|| {
        let begun = |group: &&Vec<String>| group.iter().any(|fact| told.contains(fact));
        form.facts.optional.iter().filter(begun).find_map(|group| group.iter().find(missing))
    });
    lost.map_or(Ok(()), |fact| Err(Refusal::MissingFact(fact.clone())))
}

/// Ends like a sentence; brackets in pairs; never two marks in a row but around a bracket.
fn check_punctuation(tokens: &[Token], lang: Language) -> Result<(), Refusal> {
    let mark = |token: &Token| match token {
        Token::Mark(c) => Some(*c),
        _ => None,
    };
    let ends = match lang {
        Language::Zh => ['。', '！', '？'],
        Language::En => ['.', '!', '?'],
    };
    let opens = |c: char| matches!(c, '(' | '（');
    let closes = |c: char| matches!(c, ')' | '）');
    let ended = tokens.last().and_then(mark).is_some_and(|c| ends.contains(&c));
    let begun = tokens.first().is_some_and(|token| mark(token).is_none_or(opens));
    let crowded = tokens.windows(2).any(|pair| match (mark(&pair[0]), mark(&pair[1])) {
        (Some(a), Some(b)) => !closes(a) && !opens(b) || opens(a) || closes(b),
        _ => false,
    });
    let mut depth = 0i32;
    let paired = tokens.iter().filter_map(mark).all(|c| {
        depth += i32::from(opens(c)) - i32::from(closes(c));
        (0..=1).contains(&depth)
    });
    if ended && begun && !crowded && paired && depth == 0 {
        Ok(())
    } else {
        Err(Refusal::Punctuation)
    }
}

#[cfg(test)]
mod tests;
