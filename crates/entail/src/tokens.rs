//! Texts into tokens: Latin words and numbers, single Chinese characters, and the marks that end
//! something. Commas, brackets and quotation marks assert nothing and are dropped.

use crate::Refusal;

/// Marks that are dropped.
const SILENT: &str = "-\"“”‘’'《》〈〉…";
/// Marks that are dropped, and between which clauses stand.
const BREAKS: &str = ",，、:：—–()（）[]【】";
/// Marks that end a sentence or a clause, as `.`.
const STOPS: &str = ".。;；!！";

/// Splits a text.
///
/// # Errors
/// [`Refusal::Character`] for a character that no sentence needs.
pub(crate) fn tokens(text: &str) -> Result<Vec<String>, Refusal> {
    split(text, |c| Err(Refusal::Character(c))).map(|(tokens, _)| tokens)
}

/// Splits a text, and says before which tokens a comma, a colon, a dash or a bracket stood.
///
/// # Errors
/// As [`tokens`].
pub(crate) fn clauses(text: &str) -> Result<(Vec<String>, Vec<usize>), Refusal> {
    split(text, |c| Err(Refusal::Character(c)))
}

/// Splits a title, where any character may stand; those that are no words are dropped.
pub(crate) fn title_tokens(text: &str) -> Vec<String> {
    let (mut tokens, _) = split(text, |_| Ok(())).unwrap_or_default();
    tokens.retain(|token| !matches!(token.as_str(), "." | "?" | "/"));
    tokens
}

/// Whether a token is a Chinese character.
pub(crate) fn is_han(token: &str) -> bool {
    token.chars().next().is_some_and(han)
}

fn han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '〇')
}

fn split(
    text: &str,
    other: impl Fn(char) -> Result<(), Refusal>,
) -> Result<(Vec<String>, Vec<usize>), Refusal> {
    let chars: Vec<char> = text.chars().map(plain).collect();
    let (mut tokens, mut breaks) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        at += 1;
        match c {
            _ if han(c) || matches!(c, '%' | '&' | '/') => tokens.push(c.to_string()),
            '?' => tokens.push("?".to_owned()),
            '-' if chars.get(at).is_some_and(char::is_ascii_digit) => {
                return Err(Refusal::Character(c));
            }
            _ if STOPS.contains(c) => tokens.push(".".to_owned()),
            _ if BREAKS.contains(c) => breaks.push(tokens.len()),
            _ if c == ' ' || SILENT.contains(c) => {}
            _ if c.is_alphanumeric() || c == '$' => {
                let end = word_end(&chars, at - 1);
                tokens.push(word(&chars[at - 1..end]));
                at = end
                    + usize::from(is_initials(&chars[at - 1..end]) && chars.get(end) == Some(&'.'));
            }
            _ => other(c)?,
        }
    }
    Ok((tokens, breaks))
}

/// Full-width digits and marks as the plain ones.
fn plain(c: char) -> char {
    match c {
        '？' => '?',
        '％' => '%',
        '’' => '\'',
        '\u{a0}' | '\u{3000}' => ' ',
        '\u{ff10}'..='\u{ff19}' => char::from_u32(c as u32 - 0xff10 + 0x30).unwrap_or(c),
        _ => c,
    }
}

/// The end of a word: letters and digits, with a mark inside that joins them.
fn word_end(chars: &[char], from: usize) -> usize {
    let inner = |c: char| c.is_alphanumeric() && !han(c);
    let mut end = from + 1;
    while let Some(&c) = chars.get(end) {
        let (before, next) = (chars[end - 1], chars.get(end + 1).copied().unwrap_or(' '));
        let digits = before.is_ascii_digit() && next.is_ascii_digit();
        let joins = match c {
            '\'' | '.' => inner(before) && inner(next),
            '-' => {
                inner(before) && inner(next) && !(before.is_ascii_digit() && next.is_ascii_digit())
            }
            ',' => {
                digits && chars[end + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 3
            }
            _ => inner(c),
        };
        if !joins {
            break;
        }
        end += 1;
    }
    end
}

/// In lower case; of a possessive, the name.
fn word(chars: &[char]) -> String {
    let text: String = chars.iter().filter(|c| **c != ',').collect::<String>().to_lowercase();
    text
}

/// `T.L`, whose last full stop ends no sentence.
fn is_initials(chars: &[char]) -> bool {
    chars.len() >= 3
        && chars.iter().enumerate().all(|(i, c)| (i % 2 == 1) == (*c == '.'))
        && !chars[0].is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        tokens(text).unwrap().join(" ")
    }

    #[test]
    fn words_numbers_and_stops_are_tokens() {
        assert_eq!(shown("It’s 4.9 (of 1,204), T.L. Fong's!"), "it's 4.9 of 1204 t.l fong's .");
        assert_eq!(shown("有 95%，“S 码”？"), "有 95 % s 码 ?");
    }

    #[test]
    fn what_no_sentence_needs_is_refused() {
        for bad in ["👍", "a\u{200b}b", "a+b", "€5", "-5", "a\nb"] {
            assert!(matches!(tokens(bad), Err(Refusal::Character(_))), "{bad:?}");
        }
        assert_eq!(title_tokens("15℃ 60抽×3包"), ["15", "60", "抽", "3", "包"]);
    }
}
