//! What somebody wrote in their own words, made fit to be kept.
//!
//! It is text of a stranger: data, never markup, never an instruction. Responsible for its length
//! and for masking what would give the writer away at once: mail addresses and handles, phone
//! numbers and other long numbers. Refuses to understand it, and to pretend that a name or a street
//! could be found this way: the note beside the field asks for neither.

use std::ops::Range;

use shop::ShopError;

/// Longest text, in characters.
pub const MOST_CHARS: usize = 1_000;

/// What stands where something was masked.
pub const MASK: &str = "[***]";

/// From this many digits on a number can be a phone number, an account or a card.
const FEWEST_DIGITS: usize = 7;

/// What may stand between two digits of one number, one after the other at most.
const MOST_JOINTS: usize = 3;

/// A text as it is kept; empty where nothing is left of it.
///
/// # Errors
/// [`ShopError::BadRequest`] when it is longer than [`MOST_CHARS`].
pub(super) fn read(raw: &str) -> Result<String, ShopError> {
    let text = tidied(raw);
    let n_chars = text.chars().count();
    if n_chars > MOST_CHARS {
        let problem = format!(
            "{n_chars} characters, but at most {MOST_CHARS} are kept. Send a shorter text; every \
             other answer of this questionnaire is kept"
        );
        return Err(ShopError::BadRequest { field: "words", problem });
    }
    Ok(masked(&text))
}

/// Without what is not to be read: control characters, what turns the direction of a text or has
/// no width, and more than one empty line in a row.
fn tidied(raw: &str) -> String {
    let plain = raw.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let seen: String = plain.chars().filter(|c| *c == '\n' || !is_unseen(*c)).collect();
    let mut lines: Vec<&str> = seen.trim().lines().map(str::trim_end).collect();
    lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
    lines.join("\n")
}

fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn masked(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut is_masked = vec![false; chars.len()];
    for range in addresses(&chars).into_iter().chain(numbers(&chars)) {
        is_masked[range].fill(true);
    }
    let mut kept = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        if !is_masked[at] {
            kept.push(*c);
        } else if at == 0 || !is_masked[at - 1] {
            kept.push_str(MASK);
        }
    }
    kept
}

/// Mail addresses and handles: an at sign and what belongs to it on either side.
fn addresses(chars: &[char]) -> Vec<Range<usize>> {
    let is_at = |c: char| matches!(c, '@' | '＠');
    let signs = (0..chars.len()).filter(|at| is_at(chars[*at]));
    let around = signs.map(|at| {
        let before = chars[..at].iter().rev().take_while(|c| is_of_address(**c)).count();
        let after = chars[at + 1..].iter().take_while(|c| is_of_address(**c)).count();
        let full_stops = chars[at + 1..at + 1 + after].iter().rev().take_while(|c| **c == '.');
        at - before..at + 1 + after - full_stops.count()
    });
    around.filter(|range| range.len() > 1).collect()
}

/// Letters of scripts that put spaces between words, so that a Chinese sentence around an address
/// stays; full-width forms included.
fn is_of_address(c: char) -> bool {
    let is_cjk = ('\u{2e80}'..'\u{ff00}').contains(&c);
    (c.is_alphanumeric() && !is_cjk) || matches!(c, '.' | '．' | '_' | '%' | '+' | '-')
}

/// Numbers of many digits, however they are grouped.
fn numbers(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let number = number_at(chars, at);
        if number.n_digits >= FEWEST_DIGITS {
            found.push(at..number.end);
        }
        at = number.end.max(at + 1);
    }
    found
}

struct Number {
    n_digits: usize,
    /// Behind its last digit.
    end: usize,
}

/// The number that begins here, if one does.
fn number_at(chars: &[char], start: usize) -> Number {
    let mut number = Number { n_digits: 0, end: start };
    let mut at = start;
    while let Some(c) = chars.get(at) {
        if c.is_numeric() {
            number = Number { n_digits: number.n_digits + 1, end: at + 1 };
        } else if !is_joint(*c) || number.n_digits == 0 || at - number.end >= MOST_JOINTS {
            break;
        }
        at += 1;
    }
    number
}

fn is_joint(c: char) -> bool {
    let is_dash = matches!(c, '-' | '－' | '\u{2010}'..='\u{2015}' | '_');
    is_dash || matches!(c, ' ' | '\u{a0}' | '\u{3000}' | '.' | '·' | '/' | '(' | ')' | '（' | '）')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_gives_somebody_away_is_masked_and_the_rest_stays() {
        for (written, kept) in [
            ("Write to ann.lee+shop@example.co.uk. Thanks!", "Write to [***]. Thanks!"),
            ("我的邮箱是ann@example.com谢谢", "我的邮箱是[***]谢谢"),
            ("全角ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ也一样", "全角[***]也一样"),
            ("find me, @ann_lee, anywhere", "find me, [***], anywhere"),
            ("call +44 (0)20 7946-0958 now", "call +[***] now"),
            ("电话13812345678，谢谢", "电话[***]，谢谢"),
            ("１３８－１２３４－５６７８", "[***]"),
            ("card 6222 0200 1234 5678 and 6222-0200", "card [***] and [***]"),
            ("ann@example.com, 138 1234 5678", "[***], [***]"),
            ("3 of 10 tips @ home were wrong, 2 < 3", "3 of 10 tips @ home were wrong, 2 < 3"),
            ("价格从 1299 涨到 15999，别骗人", "价格从 1299 涨到 15999，别骗人"),
        ] {
            assert_eq!(read(written).unwrap(), kept, "{written}");
        }
    }

    #[test]
    fn a_text_is_kept_as_it_is_read() {
        assert_eq!(
            read(" \r\n a\tb \r\n\r\n\r\n\r\nc\u{0}\u{202e}d\u{200b} ").unwrap(),
            "a b\n\ncd"
        );
        assert_eq!(read(" \u{feff}\n\t").unwrap(), "");
        assert_eq!(read("<b>&amp;</b>").unwrap(), "<b>&amp;</b>", "escaped where it is shown");
        assert_eq!(read("👩‍👩‍👧 好").unwrap(), "👩‍👩‍👧 好");
    }

    #[test]
    fn a_text_of_more_than_a_thousand_characters_is_refused_by_name() {
        assert!(read(&"推".repeat(MOST_CHARS)).is_ok());
        assert!(read(&format!("\r\n{}  ", "a".repeat(MOST_CHARS))).is_ok(), "as it would be kept");
        let error = read(&"推".repeat(MOST_CHARS + 1)).unwrap_err().to_string();
        assert!(error.starts_with("words: 1001 characters, but at most 1000"), "{error}");
    }

    proptest! {
        #[test]
        fn nothing_that_is_masked_is_left_and_masking_again_changes_nothing(
            text in "[0-9a-z@＠. ()推+\u{200b}\n-]{0,120}|\\PC{0,80}",
        ) {
            let kept = read(&text).unwrap();
            let chars: Vec<char> = kept.chars().collect();
            prop_assert!(numbers(&chars).is_empty() && addresses(&chars).is_empty(), "{kept}");
            prop_assert_eq!(read(&kept).unwrap(), kept);
        }
    }
}
