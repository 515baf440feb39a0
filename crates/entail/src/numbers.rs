//! Numbers as texts write them: digits, words, ordinals, shares.

const EN_ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const EN_TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const EN_ORDINALS: [&str; 13] = [
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
];
const EN_PARTS: [(&str, u32); 9] = [
    ("half", 2),
    ("third", 3),
    ("quarter", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
];
const ZH_DIGITS: &str = "零一二三四五六七八九";

/// A number with the digits after the point that were written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Its value.
    pub(crate) value: f64,
    /// Digits after the point.
    pub(crate) decimals: u32,
}

/// Numbers that start at a token, each with the token after it.
pub(crate) fn numbers(tokens: &[String], at: usize) -> Vec<(usize, Number)> {
    let Some(first) = tokens.get(at) else { return Vec::new() };
    let whole = |value: u32| Number { value: f64::from(value), decimals: 0 };
    if let Some(number) = digits(first) {
        return vec![(at + 1, number)];
    }
    if first == "dozen" {
        return vec![(at + 1, whole(12))];
    }
    if let Some(value) = english(first) {
        return vec![(at + 1, whole(value))];
    }
    chinese(&tokens[at..]).map(|(n, value)| (at + n, whole(value))).into_iter().collect()
}

/// Whole numbers that start at a token.
pub(crate) fn counts(tokens: &[String], at: usize) -> Vec<(usize, Number)> {
    let mut found = numbers(tokens, at);
    found.retain(|(_, number)| number.decimals == 0);
    found
}

/// An English ordinal: `11th`, `eleventh`.
pub(crate) fn ordinal(token: &str) -> Option<Number> {
    let value = match EN_ORDINALS.iter().position(|word| *word == token) {
        Some(value) if value > 0 => u32::try_from(value).ok()?,
        _ => {
            let end = token.find(|c: char| !c.is_ascii_digit())?;
            let value: u32 = token[..end].parse().ok()?;
            let fits = match (value % 10, value % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            (token[end..] == *fits).then_some(value)?
        }
    };
    Some(Number { value: f64::from(value), decimals: 0 })
}

/// A share: per cent are rounded, a fraction is meant exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Share {
    /// From 0 to 1.
    pub(crate) value: f64,
    /// Told in whole per cent.
    pub(crate) is_percent: bool,
}

/// Shares that start at a token.
pub(crate) fn shares(tokens: &[String], at: usize) -> Vec<(usize, Share)> {
    let word = |i: usize| tokens.get(at + i).map_or("", String::as_str);
    let mut found = Vec::new();
    let mut fraction = |end: usize, part: f64, of: f64| {
        if of > 1.0 && part < of {
            found.push((end, Share { value: part / of, is_percent: false }));
        }
    };
    if word(0) == "百" && word(1) == "分" && word(2) == "之" {
        for (end, n) in counts(tokens, at + 3) {
            fraction(end, n.value, 100.0);
        }
    }
    if word(0) == "一" && word(1) == "半" {
        fraction(at + 2, 1.0, 2.0);
    }
    if word(0) == "a" || word(0) == "half" {
        let i = usize::from(word(0) == "a");
        if let Some((_, of)) = EN_PARTS.iter().find(|(name, _)| *name == word(i)) {
            fraction(at + i + 1, 1.0, f64::from(*of));
        }
    }
    for (next, n) in counts(tokens, at) {
        let after = |i: usize| tokens.get(next + i).map_or("", String::as_str);
        match after(0) {
            "in" => {
                for (end, of) in counts(tokens, next + 1) {
                    fraction(end, n.value, of.value);
                }
            }
            "成" => fraction(next + 1, n.value, 10.0),
            "分" if after(1) == "之" => {
                for (end, part) in counts(tokens, next + 2) {
                    fraction(end, part.value, n.value);
                }
            }
            part => {
                let named = |(name, _): &&(&str, u32)| {
                    *name == part || part.strip_suffix('s') == Some(*name)
                };
                if let Some((_, of)) = EN_PARTS.iter().find(named) {
                    fraction(next + 1, n.value, f64::from(*of));
                }
            }
        }
    }
    for (next, n) in numbers(tokens, at) {
        if tokens.get(next).is_some_and(|t| t == "%" || t == "percent") {
            found.push((next + 1, Share { value: n.value / 100.0, is_percent: true }));
        }
    }
    found
}

fn digits(token: &str) -> Option<Number> {
    let plain = token.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let value = token.parse().ok().filter(|_| plain)?;
    let decimals = token.split_once('.').map_or(0, |(_, after)| after.len());
    Some(Number { value, decimals: u32::try_from(decimals).ok()? })
}

fn english(token: &str) -> Option<u32> {
    let index = |list: &[&str], word: &str| list.iter().position(|w| *w == word);
    let one = |word: &str| index(&EN_ONES, word).and_then(|n| u32::try_from(n).ok());
    let ten = |word: &str| index(&EN_TENS, word).and_then(|n| u32::try_from(20 + 10 * n).ok());
    match token.split_once('-') {
        Some((tens, ones)) => Some(ten(tens)? + one(ones).filter(|n| (1..10).contains(n))?),
        None => one(token).or_else(|| ten(token)),
    }
}

/// `十二`, `二十`, `两`: the number of characters and the value below 100.
fn chinese(tokens: &[String]) -> Option<(usize, u32)> {
    let digit = |i: usize| -> Option<u32> {
        let token = tokens.get(i)?;
        let place = ZH_DIGITS.chars().position(|c| *token == c.to_string());
        place.and_then(|n| u32::try_from(n).ok()).or((token == "两").then_some(2))
    };
    let is_ten = |i: usize| tokens.get(i).is_some_and(|t| t == "十");
    let (tens, next) = match (digit(0), is_ten(0), is_ten(1)) {
        (Some(tens), _, true) => (tens * 10, 2),
        (Some(ones), ..) => return Some((1, ones)),
        (None, true, _) => (10, 1),
        _ => return None,
    };
    Some(digit(next).map_or((next, tens), |ones| (next + 1, tens + ones)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        crate::tokens::tokens(text).unwrap()
    }

    #[test]
    fn numbers_are_read_in_digits_and_words() {
        for (text, value) in
            [("1,204", 1204.0), ("twenty-three", 23.0), ("十二", 12.0), ("三十", 30.0), ("两", 2.0)]
        {
            assert_eq!(counts(&split(text), 0)[0].1.value, value, "{text}");
        }
        assert_eq!(ordinal("22nd").unwrap().value, 22.0);
        assert_eq!(ordinal("22th"), None);
        assert!(counts(&split("4.9"), 0).is_empty());
    }

    #[test]
    fn shares_are_read_with_what_they_mean() {
        for (text, value) in [
            ("95%", 0.95),
            ("a quarter", 0.25),
            ("two thirds", 2.0 / 3.0),
            ("one in nine", 1.0 / 9.0),
            ("四分之一", 0.25),
            ("九成", 0.9),
            ("half", 0.5),
        ] {
            let found = shares(&split(text), 0);
            assert!(found.iter().any(|(_, share)| (share.value - value).abs() < 1e-9), "{text}");
        }
    }
}
