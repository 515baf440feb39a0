//! Which product a stretch of a text names: the one whose title has all of its words, if just one
//! has them.

use crate::grammar::Grammar;
use crate::tokens::{is_han, title_tokens};

/// Longest name, in tokens.
const MOST_TOKENS: usize = 40;

/// The titles of a situation as tokens; the first is the recommended product's.
pub(crate) struct Titles<'a> {
    grammar: &'a Grammar,
    titles: Vec<Vec<String>>,
}

impl<'a> Titles<'a> {
    /// Splits the titles.
    pub(crate) fn new<'t>(grammar: &'a Grammar, titles: impl Iterator<Item = &'t str>) -> Self {
        let titles = titles.map(|title| title_tokens(title).iter().map(|t| stem(t)).collect());
        Self { grammar, titles: titles.collect() }
    }

    /// Products named by a stretch that starts at a token, each with the token after it.
    pub(crate) fn named(&self, tokens: &[String], at: usize) -> Vec<(usize, usize)> {
        let ends = (at + 1)..=(at + MOST_TOKENS).min(tokens.len());
        ends.filter_map(|end| Some((end, self.resolve(&tokens[at..end])?))).collect()
    }

    /// Ends of stretches that start at a token and say of the recommended product what its title does.
    pub(crate) fn of_own(&self, tokens: &[String], at: usize) -> Vec<usize> {
        let ends = (at + 1)..=(at + MOST_TOKENS).min(tokens.len());
        ends.filter(|end| self.covers(&self.titles[0], &tokens[at..*end]).is_some()).collect()
    }

    fn resolve(&self, span: &[String]) -> Option<usize> {
        let stems: Vec<String> = span.iter().map(|token| stem(token)).collect();
        let bare: Vec<&String> =
            stems.iter().skip_while(|s| matches!(s.as_str(), "the" | "a" | "an")).collect();
        let exact = |title: &Vec<String>| {
            title.iter().collect::<Vec<_>>() == bare || title.iter().eq(stems.iter())
        };
        let mut named = (0..self.titles.len()).filter(|i| exact(&self.titles[*i]));
        if let Some(only) = named.next() {
            return named.next().is_none().then_some(only);
        }
        let covered = |i: &usize| self.covers(&self.titles[*i], span) == Some(true);
        let mut named = (0..self.titles.len()).filter(covered);
        let only = named.next()?;
        named.next().is_none().then_some(only)
    }

    /// Whether a title says every word of a stretch; `Some(true)` if one of them tells products apart.
    fn covers(&self, title: &[String], span: &[String]) -> Option<bool> {
        // reached[i]: whether the first i tokens are said, and whether a telling word is among them.
        let mut reached: Vec<[bool; 2]> = vec![[false; 2]; span.len() + 1];
        reached[0][0] = true;
        for at in 0..span.len() {
            for telling in [false, true] {
                if !reached[at][usize::from(telling)] {
                    continue;
                }
                for (next, tells) in self.steps(title, span, at) {
                    reached[next][usize::from(telling || tells)] = true;
                }
            }
        }
        let [plain, telling] = reached[span.len()];
        if telling { Some(true) } else { plain.then_some(false) }
    }

    /// Where a name may go on from a token: over words of the title, heads, and small words inside.
    fn steps(&self, title: &[String], span: &[String], at: usize) -> Vec<(usize, bool)> {
        let mut steps = Vec::new();
        let token = stem(&span[at]);
        if !is_han(&token) && title.contains(&token) {
            let telling = !self.grammar.generic.iter().any(|word| stem(word) == token);
            steps.push((at + 1, telling));
        }
        for length in 2..=(span.len() - at) {
            let piece = &span[at..at + length];
            if !piece.iter().any(|t| is_han(t)) || !title.windows(length).any(|w| same(w, piece)) {
                break;
            }
            steps.push((at + length, true));
        }
        for head in &self.grammar.heads {
            let fits = span[at..].starts_with(&head.tokens);
            let inside = at > 0 && at + head.tokens.len() < span.len();
            let small = matches!(
                head.tokens[0].as_str(),
                "by" | "of" | "in" | "from" | "with" | "的" | "and"
            );
            if fits && (inside || !small) && is_said(&head.needs, title) {
                steps.push((at + head.tokens.len(), false));
            }
        }
        steps
    }
}

fn same(title: &[String], piece: &[String]) -> bool {
    title.iter().zip(piece).all(|(a, b)| *a == stem(b))
}

/// Whether a title has all words of one of these sets.
fn is_said(needs: &[Vec<String>], title: &[String]) -> bool {
    let has = |word: &String| title.contains(&stem(word));
    needs.is_empty()
        || needs.iter().any(|set| {
            let han = set.iter().all(|word| is_han(word));
            if han { title.windows(set.len()).any(|w| w == set) } else { set.iter().all(has) }
        })
}

/// A word without the endings that tell no product from another: `'s`, `s`.
fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("s'")).unwrap_or(word);
    match word.strip_suffix('s') {
        Some(short) if short.len() >= 3 && !short.ends_with('s') => short.to_owned(),
        _ => word.to_owned(),
    }
}
