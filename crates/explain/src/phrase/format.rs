//! Money, titles and lists as each language writes them.

use domain::{Concept, HistoryRef, Item, ItemId, Language, Money, Text, Timestamp};

use super::goods::Goods;
use crate::Evidence;

/// Longest title quoted in a sentence, in characters.
const MOST_TITLE_CHARS: usize = 60;

/// The title of an item between quotation marks, shortened; its id where it has no title.
#[must_use]
pub fn quote(id: &ItemId, lang: Language, evidence: &dyn Evidence) -> String {
    let item = evidence.item(id);
    let (open, close) = Goods::of(item.as_deref()).quotes(lang);
    let title = item.as_deref().map_or("", |item: &Item| item.title.in_language(lang)).trim();
    let shown = if title.is_empty() { id.as_str() } else { title };
    // A title may come with marks of its own.
    let shown = shown.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).unwrap_or(shown);
    format!("{open}{}{close}", shorten(shown))
}

/// An aspect: a word of the lists as it is, a word of this shop's own in quotation marks.
pub(super) fn aspect(text: &Text, lang: Language) -> String {
    match text {
        Text::PerLanguage(_) => text.in_language(lang).to_owned(),
        _ => format!("“{}”", shorten(text.in_language(lang))),
    }
}

/// Whether the history holds the same item once more, beside those that are named.
pub(super) fn happened_again(
    past: &HistoryRef,
    named: &[HistoryRef],
    evidence: &dyn Evidence,
) -> bool {
    let others = evidence.history().iter().map(crate::PastEvent::to_ref);
    others.into_iter().any(|other| other.item_id == past.item_id && !named.contains(&other))
}

/// A catalogue value (brand, category, attribute) as the shop writes it.
pub(super) fn value(text: &Text, lang: Language) -> String {
    shorten(text.in_language(lang).trim())
}

/// What a concept is called in a language, where an item that it holds of says so; else as it was
/// said.
#[must_use]
pub fn named(concept: &Concept, item: &ItemId, lang: Language, evidence: &dyn Evidence) -> String {
    let item = evidence.item(item);
    let texts: &[Text] = match (concept, item.as_deref()) {
        (Concept::Category(_), Some(item)) => &item.categories,
        (Concept::Brand(_), Some(item)) => std::slice::from_ref(&item.brand),
        _ => &[],
    };
    let wanted = concept.value().trim().to_lowercase();
    let is_it = |text: &&Text| text.versions().any(|name| name.trim().to_lowercase() == wanted);
    let found = texts.iter().find(is_it).map(|text| text.in_language(lang).trim());
    shorten(found.unwrap_or(concept.value()))
}

/// Up to three shared terms in quotation marks: the reader's own language where there are any.
pub(super) fn terms_in(lang: Language, terms: &[String]) -> Vec<String> {
    let own: Vec<&String> =
        terms.iter().filter(|term| language::detect(term) == Some(lang)).collect();
    let shown = if own.is_empty() { terms.iter().collect() } else { own };
    shown.into_iter().take(3).map(|term| format!("“{term}”")).collect()
}

pub(super) fn shorten(text: &str) -> String {
    if text.chars().count() <= MOST_TITLE_CHARS {
        return text.to_owned();
    }
    let head: String = text.chars().take(MOST_TITLE_CHARS - 1).collect();
    format!("{}…", head.trim_end())
}

/// An amount with the currency's own sign and thousands separators; whole amounts without `.00`.
#[must_use]
pub fn money(amount: Money, lang: Language) -> String {
    let decimal = amount.decimal();
    let (whole, fraction) = decimal.split_once('.').unwrap_or((&decimal, ""));
    let fraction =
        if fraction.bytes().all(|b| b == b'0') { String::new() } else { format!(".{fraction}") };
    let number = format!("{}{fraction}", thousands(whole));
    match (amount.currency.code(), lang) {
        ("CNY", Language::Zh) => format!("{number} 元"),
        ("CNY", Language::En) => format!("¥{number}"),
        ("USD", Language::Zh) => format!("{number} 美元"),
        ("USD", Language::En) => format!("${number}"),
        ("GBP", Language::Zh) => format!("{number} 英镑"),
        ("GBP", Language::En) => format!("£{number}"),
        ("EUR", Language::Zh) => format!("{number} 欧元"),
        ("EUR", Language::En) => format!("€{number}"),
        ("XXX", _) => number,
        ("JPY", Language::Zh) => format!("{number} 日元"),
        (code, _) => format!("{number} {code}"),
    }
}

/// A calendar day (UTC).
pub(super) fn date(day: Timestamp, lang: Language) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day) = day.calendar();
    match lang {
        Language::Zh => format!("{year} 年 {month} 月 {day} 日"),
        Language::En => format!("{day} {} {year}", MONTHS[usize::from(month) - 1]),
    }
}

/// A count with thousands separators.
pub(super) fn count(n: u32) -> String {
    thousands(&n.to_string())
}

fn thousands(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}")
}

/// A share as a whole percentage; never 0 % or 100 % for what is neither.
pub(super) fn percent(share: f64) -> String {
    let percent = (share * 100.0).round();
    if percent <= 0.0 && share > 0.0 {
        "1%".to_owned()
    } else if percent >= 100.0 && share < 1.0 {
        "99%".to_owned()
    } else {
        format!("{percent:.0}%")
    }
}

/// One decimal, as ratings and lifts are told.
pub(super) fn one_decimal(value: f64) -> String {
    format!("{value:.1}")
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn join_en(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// `a`、`a和b`、`a、b和c`.
#[must_use]
pub fn join_zh(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{}和{last}", head.join("、")),
    }
}

/// `1st`, `2nd`, `3rd`, `4th`, `11th` …
pub(super) fn ordinal_en(n: u32) -> String {
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{suffix}", count(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Currency;

    #[test]
    fn money_reads_naturally_in_both_languages() {
        let yuan = Money { minor: 129_900, currency: Currency::CNY };
        assert_eq!(money(yuan, Language::Zh), "1,299 元");
        assert_eq!(money(yuan, Language::En), "¥1,299");
        let pounds = Money { minor: 255, currency: Currency::GBP };
        assert_eq!(money(pounds, Language::En), "£2.55");
        let other = Money { minor: 1_500, currency: "SEK".parse().unwrap() };
        assert_eq!(money(other, Language::En), "15 SEK");
        let unknown = Money { minor: 1_550, currency: Currency::UNKNOWN };
        assert_eq!(money(unknown, Language::Zh), "15.50");
    }

    #[test]
    fn ordinals_know_the_teens() {
        let of = |n| ordinal_en(n);
        assert_eq!(
            [of(1), of(2), of(3), of(11), of(112), of(1021)].join(" "),
            "1st 2nd 3rd 11th 112th 1,021st"
        );
    }

    #[test]
    fn a_percentage_never_rounds_to_nothing_or_all() {
        assert_eq!(percent(0.001), "1%");
        assert_eq!(percent(0.999), "99%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(0.625), "63%");
    }

    #[test]
    fn lists_are_joined_as_people_join_them() {
        let parts: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        assert_eq!(join_en(&parts), "a, b and c");
        assert_eq!(join_zh(&parts), "a、b和c");
        assert_eq!(join_en(&parts[..1]), "a");
    }
}
