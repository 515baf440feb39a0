//! Reads the names of shoppers and items, and words for nothing. Numbers, money and times are read
//! by `values`, which knows how their file writes.

use domain::{ItemId, SubjectId};

use crate::fault::Fault;

/// Returns a value, unless it is blank or one of the words that exporters write for "nothing".
pub fn present(raw: &str) -> Option<&str> {
    let text = raw.trim();
    let is_nothing = ["", "null", "nan", "none", "\\n", "n/a"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    (!is_nothing).then_some(text)
}

/// Words that exporters and tags write where they know no shopper.
const NOBODY: [&str; 34] = [
    "0",
    "-1",
    "-",
    "--",
    "?",
    "not set",
    "none",
    "null",
    "nil",
    "undefined",
    "unknown",
    "anonymous",
    "anonym",
    "guest",
    "guest user",
    "guest customer",
    "gast",
    "gastkunde",
    "invité",
    "invite",
    "invitado",
    "ospite",
    "convidado",
    "unassigned",
    "no user",
    "n/a",
    "na",
    "nan",
    "匿名",
    "匿名用户",
    "游客",
    "访客",
    "ゲスト",
    "비회원",
];

/// Whether a name is a word for nobody: thousands of people under one name would be one giant shopper.
#[must_use]
pub fn is_nobody(name: &str) -> bool {
    let word =
        name.trim().trim_matches(['(', ')', '<', '>', '[', ']', '"', '\'']).trim().to_lowercase();
    let is_zeros = !word.is_empty() && word.bytes().all(|b| matches!(b, b'0' | b'-'));
    word.is_empty() || is_zeros || NOBODY.contains(&word.as_str())
}

/// The shopper of a name, unless it is a word for nobody.
///
/// # Errors
/// As [`subject`].
pub fn shopper(raw: &str) -> Result<Option<SubjectId>, String> {
    if is_nobody(raw) { Ok(None) } else { subject(raw).map(Some) }
}

/// A character of the full width of Chinese and Japanese typing as the usual one.
#[must_use]
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// A shopper id; `17850.0`, which spreadsheets make of 17850, is 17850.
pub fn subject(raw: &str) -> Result<SubjectId, String> {
    let raw = &raw.chars().map(half_width).collect::<String>();
    let whole = raw
        .strip_suffix(".0")
        .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    if is_shortened(raw) {
        return Err(Fault::new("shopper", raw, SHORTENED).to_string());
    }
    SubjectId::new(whole.unwrap_or(raw)).map_err(|e| e.to_string())
}

/// A whole number as programs write it; `6.0` is 6.
pub fn quantity(field: &'static str, raw: &str) -> Result<i64, Fault> {
    let whole = raw.split_once('.').map_or(raw, |(whole, fraction)| {
        if fraction.bytes().all(|b| b == b'0') { whole } else { raw }
    });
    let number = whole.parse().ok().filter(|n: &i64| n.unsigned_abs() <= u64::from(u32::MAX));
    number.ok_or_else(|| Fault::new(field, raw, "is not a whole number; write it like 6"))
}

/// An item's name. A spreadsheet writes long numbers as `4.00638E+12`: the digits are lost, and
/// several items have become one.
pub fn item_id(field: &'static str, raw: &str) -> Result<ItemId, Fault> {
    if is_shortened(raw) {
        return Err(Fault::new(field, raw, SHORTENED));
    }
    if raw.is_ascii() {
        return ItemId::new(raw).map_err(|invalid| Fault::of(field, &invalid));
    }
    // `８５０３` is what an input method makes of 8503.
    let usual: String = raw.chars().map(half_width).collect();
    ItemId::new(usual.trim()).map_err(|invalid| Fault::of(field, &invalid))
}

const SHORTENED: &str = "is a number that a spreadsheet shortened, so that the id is lost; \
                         format the column as text and export it again";

/// `4.00638E+12` and `4,00638E+12`; a code such as `100E10` has no sign in it.
fn is_shortened(raw: &str) -> bool {
    let Some((mantissa, exponent)) = raw.trim().split_once(['E', 'e']) else { return false };
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let exponent = exponent.strip_prefix('+').unwrap_or_default();
    whole.len() == 1
        && all_digits(whole)
        && all_digits(fraction)
        && !exponent.is_empty()
        && all_digits(exponent)
}

/// At most 80 characters of a value, for a cause.
pub fn short(raw: &str) -> String {
    raw.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheet_spellings_of_numbers_are_understood() {
        assert_eq!(subject("17850.0").unwrap().as_str(), "17850");
        assert_eq!(subject("v1.0").unwrap().as_str(), "v1.0");
        assert_eq!(quantity("quantity", "-6.0").unwrap(), -6);
        for bad in ["6.5", "six", "", "99999999999"] {
            assert!(quantity("quantity", bad).is_err(), "{bad}");
        }
        assert_eq!(present(" NaN "), None);
    }

    #[test]
    fn words_for_nobody_are_no_shopper() {
        for nobody in [
            "(not set)",
            "(none)",
            "Guest",
            "0",
            "00000",
            "ANONYMOUS",
            "undefined",
            "游客",
            "[null]",
            "-",
            "",
        ] {
            assert_eq!(shopper(nobody), Ok(None), "{nobody}");
        }
        for somebody in ["guest42", "10", "Anna", "noone@shop.example", "0815"] {
            assert!(shopper(somebody).unwrap().is_some(), "{somebody}");
        }
    }

    #[test]
    fn full_width_ids_are_the_usual_ones() {
        assert_eq!(item_id("item", "ＡＢ－８５０３").unwrap().as_str(), "AB-8503");
        assert_eq!(subject("ｃ７").unwrap().as_str(), "c7");
        assert_eq!(item_id("item", "口红１号").unwrap().as_str(), "口红1号");
    }

    #[test]
    fn an_id_that_a_spreadsheet_shortened_is_named_and_a_code_is_kept() {
        for lost in ["4.00638E+12", "4,00638E+12", "1.00E+12", "4e+12"] {
            let cause = item_id("item", lost).unwrap_err().to_string();
            assert!(cause.contains("spreadsheet"), "{cause}");
            assert!(subject(lost).is_err());
        }
        for kept in ["100E10", "0073310015", "1E5", "E+12", "AB.1E+12", "12E+3"] {
            assert_eq!(item_id("item", kept).unwrap().as_str(), kept);
        }
    }
}
