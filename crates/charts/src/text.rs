//! Text inside markup: escaping, and shortening to the room there is.

use std::fmt::Write as _;

/// Text as it may stand in an element or a quoted attribute. Characters that XML forbids become
/// the replacement character.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            control if control.is_control() => escaped.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Width in half letters: Chinese ones are as wide as two others.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(letter_width).sum()
}

/// Most room that a text takes, in units of a drawing, so that nothing is drawn over it.
pub(crate) fn room(text: &str) -> f64 {
    let of_letter = |letter: char| match letter {
        '@' | '%' | 'M' | 'W' => 12.0,
        letter if letter_width(letter) == 2 => 13.0,
        letter if letter.is_uppercase() => 9.5,
        _ => 7.6,
    };
    text.chars().map(of_letter).sum()
}

/// Returns at most `most` half letters of a text, with an ellipsis where something is left out.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let fits = |letter: &char| {
        let fits = letter_width(*letter) <= left;
        left -= letter_width(*letter).min(left);
        fits
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

fn letter_width(letter: char) -> usize {
    if ('\u{1100}'..='\u{ffdc}').contains(&letter) && !('\u{2000}'..'\u{2e80}').contains(&letter) {
        2
    } else {
        1
    }
}

/// A number with a sign that stands out, at most so many decimals.
pub(crate) fn number(value: f64, decimals: usize) -> String {
    let mut text = String::new();
    // Rounding must not leave a minus before a zero.
    let smallest = 0.5 * 10_f64.powi(-(decimals.min(300) as i32));
    let value = if value.abs() < smallest { 0.0 } else { value };
    let _ = write!(text, "{:.decimals$}", value.abs());
    if value < 0.0 { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_label_stays_text() {
        assert_eq!(escape("<b a='1'>\"&\u{0}\n"), "&lt;b a=&#39;1&#39;&gt;&quot;&amp;\u{fffd} ");
    }

    #[test]
    fn a_long_label_is_shortened_to_its_room() {
        assert_eq!(shortened("short", 5), "short");
        assert_eq!(shortened("longer", 5), "long…");
        assert_eq!(shortened("最近七天的热销", 7), "最近七…");
        assert_eq!(width("最近7天"), 7);
    }

    #[test]
    fn a_zero_has_no_sign() {
        assert_eq!(number(-0.0004, 3), "0.000");
        assert_eq!(number(-1.25, 1), "−1.2");
    }
}
