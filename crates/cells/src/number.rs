//! Reads numbers as people write them anywhere: decimal comma or point, groups by point, comma,
//! space or apostrophe, Indian groups, the digits of other scripts, and every minus. A writing that
//! means two numbers gives both; `values` decides between them.

use std::str::FromStr;

use domain::Invalid;

/// The mark between the whole and its fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `12.50`; a comma groups.
    Point,
    /// `12,50`; a point groups.
    Comma,
}

impl Decimal {
    /// Names it, for a report.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Point => "a point before decimals",
            Self::Comma => "a comma before decimals",
        }
    }
}

/// What a writing means; numbers are plain decimals such as `-1299.5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numeral {
    /// One number, and the decimal mark that its writing shows, where it shows one.
    Clear(String, Option<Decimal>),
    /// `1.299` or `1,299`: a number by each decimal mark.
    Either {
        /// With a point before decimals.
        point: String,
        /// With a comma before decimals.
        comma: String,
    },
}

/// Longest number that is read, in characters.
const MAX_LENGTH: usize = 40;

/// Reads a number without currency or unit; `None` where it is none.
pub fn numeral(raw: &str) -> Option<Numeral> {
    if let Some(clear) = plain(raw) {
        return Some(clear);
    }
    if raw.len() > 4 * MAX_LENGTH {
        return None;
    }
    let marks: Vec<char> = raw.trim().chars().filter_map(mark).collect();
    let (is_negative, body) = sign(&marks)?;
    let (body, without_cents) = cents(body);
    let parts = Parts::of(body)?;
    let signed = |digits: String| if is_negative { format!("-{digits}") } else { digits };
    if let Some(mark) = without_cents {
        let is_grouped = parts.is_whole() || (parts.are_groups() && parts.separator() != mark);
        let shown = Some(if mark == ',' { Decimal::Comma } else { Decimal::Point });
        return is_grouped.then(|| Numeral::Clear(signed(parts.whole()), shown));
    }
    let (as_fraction, as_groups) = (parts.has_fraction(), parts.are_groups());
    Some(match (as_fraction, as_groups, parts.separator()) {
        _ if parts.is_whole() => Numeral::Clear(signed(parts.whole()), None),
        (true, true, '.') => {
            Numeral::Either { point: signed(parts.fraction()), comma: signed(parts.whole()) }
        }
        (true, true, ',') => {
            Numeral::Either { point: signed(parts.whole()), comma: signed(parts.fraction()) }
        }
        (true, _, mark) => Numeral::Clear(signed(parts.fraction()), shown_by_fraction(mark)),
        (false, true, mark) => Numeral::Clear(signed(parts.whole()), shown_by_groups(mark)),
        (false, false, _) => return None,
    })
}

/// The writing of programs: digits, and perhaps a point that cannot group.
fn plain(raw: &str) -> Option<Numeral> {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let may_group = fraction.len() == 3 && whole.len() < 4 && !whole.starts_with('0');
    let is_plain = !whole.is_empty()
        && (digits.len() == whole.len() || !fraction.is_empty())
        && digits.len() <= MAX_LENGTH
        && all_digits(whole)
        && all_digits(fraction)
        && !may_group;
    let shown = (!fraction.is_empty()).then_some(Decimal::Point);
    is_plain.then(|| Numeral::Clear(raw.to_owned(), shown))
}

fn shown_by_fraction(mark: char) -> Option<Decimal> {
    match mark {
        '.' => Some(Decimal::Point),
        ',' => Some(Decimal::Comma),
        _ => None,
    }
}

fn shown_by_groups(mark: char) -> Option<Decimal> {
    match mark {
        '.' => Some(Decimal::Comma),
        ',' => Some(Decimal::Point),
        _ => None,
    }
}

/// The digit that a digit of any script is.
pub(crate) fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 9] = ['0', '٠', '۰', '०', '০', '０', '๐', '૦', '௦'];
    ZEROS.iter().find_map(|&zero| {
        let n = u32::from(c).checked_sub(u32::from(zero)).filter(|&n| n < 10)?;
        char::from_digit(n, 10)
    })
}

/// One of `0`–`9 . , ' ␣ - + ( ) D G ?`: `D` is a sign that only separates fractions, `G` one that
/// only groups, and `?` nothing of a number. Marks of direction are none.
fn mark(c: char) -> Option<char> {
    let digit = digit(c);
    Some(match c {
        '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}' => return None,
        '.' | '．' => '.',
        ',' | '，' => ',',
        '\'' | '’' | '‘' | '´' | '`' | '＇' | 'ʼ' => '\'',
        '-' | '−' | '–' | '—' | '－' | '﹣' | '‐' | '‑' => '-',
        '+' | '＋' => '+',
        '(' | '（' => '(',
        ')' | '）' => ')',
        '٫' | '·' => 'D',
        '٬' => 'G',
        c if c.is_whitespace() => ' ',
        _ => digit.unwrap_or('?'),
    })
}

/// Takes off the sign: `-5`, `5-`, `(5)`, `+5`.
fn sign(marks: &[char]) -> Option<(bool, &[char])> {
    let (is_negative, body) = match marks {
        ['(', body @ .., ')'] => (true, body),
        ['-', body @ ..] => (true, body),
        ['+', body @ ..] => (false, body),
        [body @ .., last, '-'] if last.is_ascii_digit() || *last == ' ' => {
            (true, body_and(body, marks))
        }
        body => (false, body),
    };
    let body = trimmed(body);
    (!body.is_empty()).then_some((is_negative, body))
}

/// All but the last mark.
fn body_and<'m>(body: &[char], marks: &'m [char]) -> &'m [char] {
    &marks[..=body.len()]
}

fn trimmed(mut marks: &[char]) -> &[char] {
    while let [' ', rest @ ..] | [rest @ .., ' '] = marks {
        marks = rest;
    }
    marks
}

/// Takes off `,-`, `.-` and `,--`, which stand for no cents.
fn cents(body: &[char]) -> (&[char], Option<char>) {
    let dashes = body.iter().rev().take_while(|&&c| c == '-').count();
    match &body[..body.len() - dashes] {
        [whole @ .., mark @ ('.' | ',')] if (1..=2).contains(&dashes) => (whole, Some(*mark)),
        _ => (body, None),
    }
}

/// Digits with separators between.
struct Parts {
    /// The runs of digits.
    runs: Vec<String>,
    separators: Vec<char>,
}

impl Parts {
    fn of(body: &[char]) -> Option<Self> {
        let mut parts = Self { runs: vec![String::new()], separators: Vec::new() };
        if body.len() > MAX_LENGTH {
            return None;
        }
        for &c in body {
            match c {
                '0'..='9' => parts.runs.last_mut()?.push(c),
                '.' | ',' | '\'' | ' ' | 'D' | 'G' => {
                    parts.separators.push(c);
                    parts.runs.push(String::new());
                }
                _ => return None,
            }
        }
        parts.runs.iter().any(|run| !run.is_empty()).then_some(parts)
    }

    fn is_whole(&self) -> bool {
        self.separators.is_empty()
    }

    /// The last separator; a space where there is none.
    fn separator(&self) -> char {
        self.separators.last().copied().unwrap_or(' ')
    }

    /// Whether the last separator may stand before a fraction.
    fn has_fraction(&self) -> bool {
        let Some((mark, groupers)) = self.separators.split_last() else { return false };
        let whole = &self.runs[..groupers.len() + 1];
        let is_same = groupers.iter().all(|c| c == &groupers[0]) && !groupers.contains(mark);
        let may_group = groupers.is_empty() || (is_same && groupers[0] != 'D' && are_groups(whole));
        matches!(mark, '.' | ',' | 'D') && may_group
    }

    /// Whether all separators may stand between groups.
    fn are_groups(&self) -> bool {
        let first = self.separators.first();
        first.is_some_and(|first| *first != 'D' && self.separators.iter().all(|c| c == first))
            && are_groups(&self.runs)
    }

    /// The number without a fraction.
    fn whole(&self) -> String {
        number(&self.runs.concat(), "")
    }

    /// The number whose last run of digits is its fraction.
    fn fraction(&self) -> String {
        let (fraction, whole) = self.runs.split_last().expect("there is a run of digits");
        number(&whole.concat(), fraction)
    }
}

/// Groups of three, or as India writes them: two each, and three at the end.
fn are_groups(runs: &[String]) -> bool {
    let [first, middle @ .., last] = runs else { return false };
    let by_three = (1..=3).contains(&first.len()) && middle.iter().all(|run| run.len() == 3);
    let by_two = (1..=2).contains(&first.len()) && middle.iter().all(|run| run.len() == 2);
    last.len() == 3 && !first.starts_with('0') && (by_three || by_two)
}

fn number(whole: &str, fraction: &str) -> String {
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

impl FromStr for Decimal {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        match raw.trim().to_ascii_lowercase().as_str() {
            "point" | "." => Ok(Self::Point),
            "comma" | "," => Ok(Self::Comma),
            _ => Err(Invalid::new("decimal mark", "is not known", raw, "use comma or point")),
        }
    }
}

#[cfg(test)]
mod tests;
