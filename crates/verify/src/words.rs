//! The parts of sentences that are lists or fixed words: what the reader did, quoted words, situations, aspects.

use domain::{EventKind, Language};

/// Something that a sentence says the reader did.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cause<'t> {
    /// What; `None` where the page shows the item.
    pub(crate) did: Option<EventKind>,
    /// The title of the item.
    pub(crate) title: &'t str,
    /// Whether only one of several times is meant.
    pub(crate) once: bool,
}

/// How a deed is said, before and after the title.
const DEEDS: [(Language, Option<EventKind>, &str, &str); 12] = [
    (Language::En, None, "this page shows ", ""),
    (Language::En, Some(EventKind::Purchase), "bought ", ""),
    (Language::En, Some(EventKind::Cart), "put into your cart ", ""),
    (Language::En, Some(EventKind::Wish), "saved ", ""),
    (Language::En, Some(EventKind::Rate), "rated ", ""),
    (Language::En, Some(EventKind::View), "looked at ", ""),
    (Language::Zh, None, "正在看", ""),
    (Language::Zh, Some(EventKind::Purchase), "买过", ""),
    (Language::Zh, Some(EventKind::Cart), "把", "加入了购物车"),
    (Language::Zh, Some(EventKind::Wish), "收藏了", ""),
    (Language::Zh, Some(EventKind::Rate), "评价过", ""),
    (Language::Zh, Some(EventKind::View), "看过", ""),
];

/// The quotation marks of titles.
const MARKS: [(&str, &str); 2] = [("“", "”"), ("《", "》")];

/// What stands between the marks of one title.
pub(crate) fn unquoted(text: &str) -> Option<&str> {
    let inside =
        MARKS.iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inside.filter(|inside| !inside.is_empty())
}

/// What follows a title, for every place where its closing mark may stand.
fn titles(text: &str) -> Vec<(&str, &str)> {
    let Some((open, close)) = MARKS.iter().find(|(open, _)| text.starts_with(open)) else {
        return Vec::new();
    };
    let inner = &text[open.len()..];
    let ends = inner.match_indices(close).filter(|(at, _)| *at > 0);
    ends.map(|(at, close)| (&inner[..at], &inner[at + close.len()..])).collect()
}

/// What the reader did, as sentences list it; `counted`: in what is supposed not to be.
pub(crate) fn causes(text: &str, lang: Language, counted: bool) -> Option<Vec<Cause<'_>>> {
    let is_english = lang == Language::En;
    let (that, once, between): (_, _, &[&str]) = match (counted, is_english) {
        (true, true) => ("that ", Some(" (one of the times)"), &[", ", " and "]),
        (true, false) => ("", Some("（其中一次）"), &["、", "和"]),
        (false, true) => ("", None, &[", ", " and "]),
        (false, false) => ("", None, &["，还"]),
    };
    let said = text.strip_prefix(that)?;
    let said = said.strip_prefix(if is_english { "you " } else { "您" }).unwrap_or(said);
    for (_, did, before, after) in DEEDS.into_iter().filter(|deed| deed.0 == lang) {
        let Some(named) = said.strip_prefix(before) else { continue };
        for (title, rest) in titles(named) {
            let Some(rest) = rest.strip_prefix(after) else { continue };
            let told_once = once.and_then(|once| rest.strip_prefix(once));
            let cause = Cause { did, title, once: told_once.is_some() };
            let rest = told_once.unwrap_or(rest);
            if rest.is_empty() {
                return Some(vec![cause]);
            }
            let mut others = between.iter().filter_map(|between| rest.strip_prefix(between));
            if let Some(others) = others.find_map(|rest| causes(rest, lang, counted)) {
                return Some([vec![cause], others].concat());
            }
        }
    }
    None
}

/// Whether a text contains a word: anywhere for Chinese, as a whole word for other letters. With
/// `plural`, a plural counts as the word.
pub(crate) fn has_word(text: &str, word: &str, plural: bool) -> bool {
    let (text, word) = (text.to_lowercase(), word.trim().to_lowercase());
    let joins = |c: char| c.is_alphanumeric() && !is_han(c);
    let is_cut =
        |side: Option<char>, edge: Option<char>| edge.is_some_and(joins) && side.is_some_and(joins);
    let stands = |at: usize| {
        let rest = &text[at + word.len()..];
        let endings: &[&str] = if plural { &["", "s", "es"] } else { &[""] };
        let mut ends = endings.iter().filter_map(|ending| rest.strip_prefix(ending));
        !is_cut(text[..at].chars().next_back(), word.chars().next())
            && ends.any(|rest| !is_cut(rest.chars().next(), word.chars().next_back()))
    };
    !word.is_empty() && text.match_indices(&word).any(|(at, _)| stands(at))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Quoted words in a list.
pub(crate) fn terms(text: &str, lang: Language) -> Option<Vec<&str>> {
    let between: &[&str] = if lang == Language::En { &[", ", " and "] } else { &["、", "和"] };
    titles(text).into_iter().find_map(|(term, rest)| {
        if rest.is_empty() {
            return Some(vec![term]);
        }
        let others = between.iter().find_map(|between| terms(rest.strip_prefix(between)?, lang))?;
        Some([vec![term], others].concat())
    })
}

/// What a situation is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trait {
    /// A part of the day, from 00–05 to 18–23.
    Daypart(u8),
    /// A day of the week, 0 is Monday.
    Weekday(u8),
    /// A season from spring on.
    Season(u8),
    /// A device, as rows name it.
    Device(&'static str),
}

/// A situation, by how it is said.
pub(crate) fn situation(text: &str, known: &str) -> Option<Trait> {
    const DAYPARTS: [[&str; 2]; 4] = [
        ["at night", "在凌晨"],
        ["in the morning", "在上午"],
        ["in the afternoon", "在下午"],
        ["in the evening", "在晚上"],
    ];
    const WEEKDAYS: [[&str; 2]; 7] = [
        ["on a Monday", "在星期一"],
        ["on a Tuesday", "在星期二"],
        ["on a Wednesday", "在星期三"],
        ["on a Thursday", "在星期四"],
        ["on a Friday", "在星期五"],
        ["on a Saturday", "在星期六"],
        ["on a Sunday", "在星期日"],
    ];
    const SEASONS: [[&str; 2]; 4] = [
        ["in spring", "在春季"],
        ["in summer", "在夏季"],
        ["in autumn", "在秋季"],
        ["in winter", "在冬季"],
    ];
    const DEVICES: [[&str; 2]; 3] =
        [["on a phone", "用手机"], ["on a tablet", "用平板"], ["on a computer", "用电脑"]];
    let at = |said: &[[&str; 2]]| said.iter().position(|names| names.contains(&text));
    let number = |said: &[[&str; 2]]| at(said).and_then(|at| u8::try_from(at).ok());
    match known {
        "local time of purchase" | "时间" => number(&DAYPARTS).map(Trait::Daypart),
        "day of purchase" | "日期" => number(&WEEKDAYS).map(Trait::Weekday),
        "season of purchase" | "季节" => number(&SEASONS).map(Trait::Season),
        "device" | "设备" => {
            at(&DEVICES).map(|at| Trait::Device(["phone", "tablet", "desktop"][at]))
        }
        _ => None,
    }
}

/// The words by which a review mentions an aspect, as a sentence names it.
pub(crate) fn words_of_aspect(aspect: &str) -> Vec<String> {
    const ASPECTS: &str = include_str!("../data/aspects.tsv");
    let lines = ASPECTS.lines().filter_map(|line| line.split_once('\t'));
    let mut named = lines.filter(|(names, _)| names.split(", ").any(|name| name == aspect));
    match named.next() {
        Some((_, words)) => words.split(", ").map(str::to_owned).collect(),
        // A word of the shop's own stands in quotation marks and for itself.
        None => unquoted(aspect).map(str::to_owned).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_read_with_whatever_their_titles_hold() {
        let text = "that you bought “A”, that you looked at “B” and that you saved “C” and “D” (one of the times)";
        let read = causes(text, Language::En, true).unwrap();
        let told: Vec<_> = read.iter().map(|c| (c.did, c.title, c.once)).collect();
        let expected = [
            (Some(EventKind::Purchase), "A", false),
            (Some(EventKind::View), "B", false),
            (Some(EventKind::Wish), "C” and “D", true),
        ];
        assert_eq!(told, expected);
        let zh = causes("您买过《茶经》，还把“杯”加入了购物车", Language::Zh, false).unwrap();
        assert_eq!(zh.len(), 2);
        assert!(causes("you sold “A”", Language::En, false).is_none());
    }
}
