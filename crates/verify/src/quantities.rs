//! Numbers, amounts and days as sentences write them, read back.

use domain::{Currency, Language, Money};

/// A number as written: its value and how many decimals were written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Written {
    pub(crate) value: f64,
    pub(crate) decimals: i32,
}

impl Written {
    /// Whether rounding `exact` half up to the digits that were written gives this number.
    pub(crate) fn is_rounded(self, exact: f64) -> bool {
        let scale = 10_f64.powi(self.decimals);
        ((exact * scale + 1e-9).round() - self.value * scale).abs() < 1e-6
    }
}

/// Digits in groups of three, e.g. `1,204`.
pub(crate) fn count(text: &str) -> Option<u64> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let is_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let is_grouped = text.contains(',');
    let in_groups = groups.all(|group| group.len() == 3 && is_digits(group));
    let leads = is_digits(first) && (!is_grouped || first.len() <= 3);
    (leads && in_groups).then(|| text.replace(',', "").parse().ok()).flatten()
}

/// A decimal number.
pub(crate) fn number(text: &str) -> Option<Written> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole_value = count(whole)?;
    let is_written = text.contains('.') != fraction.is_empty();
    let is_digits = fraction.bytes().all(|b| b.is_ascii_digit());
    let plain = format!("{whole_value}.{fraction}0");
    let decimals = i32::try_from(fraction.len()).ok()?;
    let value = plain.parse().ok()?;
    (is_written && is_digits && decimals < 12).then_some(Written { value, decimals })
}

/// `2nd`, `11th`; other languages write the bare number.
pub(crate) fn ordinal(text: &str, lang: Language) -> Option<u64> {
    if lang != Language::En {
        return count(text);
    }
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let n = count(digits)?;
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    (text[digits.len()..] == *ending).then_some(n)
}

/// An amount. `¥` is the renminbi, a bare number has no currency.
pub(crate) fn money(text: &str, lang: Language) -> Option<Money> {
    const SIGNS: [(&str, Currency); 4] =
        [("¥", Currency::CNY), ("$", Currency::USD), ("£", Currency::GBP), ("€", Currency::EUR)];
    const WORDS: [(&str, &str); 5] =
        [("美元", "USD"), ("英镑", "GBP"), ("欧元", "EUR"), ("日元", "JPY"), ("元", "CNY")];
    let signed =
        SIGNS.iter().find_map(|(sign, currency)| Some((text.strip_prefix(sign)?, *currency)));
    let (amount, currency) = if lang == Language::En && signed.is_some() {
        signed?
    } else if let Some((amount, code)) = text.rsplit_once(' ') {
        let word = WORDS.iter().find(|(word, _)| *word == code && lang == Language::Zh);
        (amount, word.map_or(code, |(_, code)| code).parse().ok()?)
    } else {
        (text, Currency::UNKNOWN)
    };
    number(amount)?;
    Money::parse(&amount.replace(',', ""), currency).ok()
}

/// A day of the calendar as `2026-11-01`.
pub(crate) fn day(text: &str, lang: Language) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day) = if lang == Language::En {
        let mut parts = text.split(' ');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let is_known = |name: &&&str| month == **name || (**name == "Sep" && month == "Sept");
        let month = MONTHS.iter().position(|name| is_known(&name))? + 1;
        (parts.next().is_none().then_some(year)?.to_owned(), month, day.to_owned())
    } else {
        let plain: String = text.chars().filter(|c| *c != ' ').collect();
        let (year, rest) = plain.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        (year.to_owned(), month.parse().ok()?, rest.strip_suffix('日')?.to_owned())
    };
    let (year, day): (u16, u8) = (year.parse().ok()?, day.parse().ok()?);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_days_are_read_as_they_are_written() {
        let minor = |text, lang| money(text, lang).map(|m| (m.minor, m.currency.code().to_owned()));
        assert_eq!(minor("$12,345.50", Language::En), Some((1_234_550, "USD".into())));
        assert_eq!(minor("1,200 JPY", Language::En), Some((1_200, "JPY".into())));
        assert_eq!(minor("158.50 元", Language::Zh), Some((15_850, "CNY".into())));
        assert_eq!(minor("12.34.5", Language::En), None);
        assert_eq!(day("1 Nov 2026", Language::En).as_deref(), Some("2026-11-01"));
        assert_eq!(day("2026 年 11 月 1 日", Language::Zh).as_deref(), Some("2026-11-01"));
    }

    #[test]
    fn a_number_stands_for_what_rounds_to_it() {
        let rounds = |text: &str, exact| number(text).unwrap().is_rounded(exact);
        assert!(rounds("5.2", 5.249) && rounds("5.2", 5.15) && rounds("1,204", 1204.4));
        assert!(!rounds("5.2", 5.25) && !rounds("5.0", 4.94));
        assert!(number("5.").is_none() && number("12,34").is_none() && number("x").is_none());
    }

    #[test]
    fn an_ordinal_has_its_own_ending() {
        let read = |text| ordinal(text, Language::En);
        assert_eq!([read("1st"), read("12th"), read("23rd")], [Some(1), Some(12), Some(23)]);
        assert_eq!([read("1th"), read("12nd"), read("x")], [None; 3]);
    }
}
