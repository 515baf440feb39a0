//! What a question names: places in a list, prices, circumstances, and the words that are left,
//! which may name an item or a sort of thing.

use domain::{Circumstance, Daypart, Device, Language, Season};
use language::{Writing, writing};

use super::folded;

/// What a question names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mentioned {
    /// Places in the list, from 1, in the order they are named; 0 is the last.
    pub places: Vec<usize>,
    /// How many of the first are meant ("the first two").
    pub first: Option<usize>,
    /// At most this price, in major units.
    pub at_most: Option<f64>,
    /// A circumstance.
    pub circumstance: Option<Circumstance>,
    /// Whether something is said to be done: bought, looked at.
    pub bought: bool,
    /// Whether it is to be left out: without, not, ignored.
    pub without: bool,
    /// Whether the last interaction is meant.
    pub last: bool,
    /// Whether "it" or "this" stands for an item.
    pub this: bool,
    /// Whether what would be in its place is asked.
    pub instead: bool,
    /// Parts of the question that may name something, between the words that join two.
    pub parts: Vec<String>,
}

const ORDINALS_EN: [(&str, usize); 12] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("last one", 0),
    ("number one", 1),
];
const DIGITS_ZH: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const CIRCUMSTANCES: [(&str, &str, Circumstance); 11] = [
    ("in spring", "春", Circumstance::Season(Season::Spring)),
    ("in summer", "夏", Circumstance::Season(Season::Summer)),
    ("in autumn", "秋", Circumstance::Season(Season::Autumn)),
    ("in winter", "冬", Circumstance::Season(Season::Winter)),
    ("in the morning", "上午", Circumstance::Daypart(Daypart::Morning)),
    ("in the afternoon", "下午", Circumstance::Daypart(Daypart::Afternoon)),
    ("in the evening", "晚上", Circumstance::Daypart(Daypart::Evening)),
    ("at night", "凌晨", Circumstance::Daypart(Daypart::Night)),
    ("on a phone", "手机", Circumstance::Device(Device::Phone)),
    ("on a tablet", "平板", Circumstance::Device(Device::Tablet)),
    ("on a computer", "电脑", Circumstance::Device(Device::Desktop)),
];

/// Reads what a question names.
#[must_use]
pub fn mentioned(question: &str, lang: Language) -> Mentioned {
    let text = folded(question);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let (at_most, first) = (price(&text), leading(&text));
    let circumstance = CIRCUMSTANCES.iter().find(|(en, zh, _)| match writing(lang) {
        Writing::Words => text.contains(en) || text.contains(&en.replace("in ", "it were ")),
        Writing::Characters => text.contains(zh),
    });
    Mentioned {
        places: places(&text),
        first,
        at_most,
        circumstance: circumstance.map(|(_, _, found)| found.clone()),
        bought: has(&["bought", "buy", "买"]),
        without: has(&[
            "without",
            "n't",
            " not ",
            "never",
            "ignore",
            "不算",
            "去掉",
            "没",
            "不考虑",
            "忽略",
        ]),
        last: has(&["last purchase", "last order", "last thing", "上次", "那笔", "最近一次"]),
        this: this(&text, lang),
        instead: (has(&["instead", "otherwise", "in its place"]) && !has(&["instead of"]))
            || has(&["否则", "不然"]),
        parts: parts(&text, lang),
    }
}

/// Whether "it" or "this" stands for an item, and not before a word that says of what sort.
fn this(text: &str, lang: Language) -> bool {
    match writing(lang) {
        Writing::Words => {
            let words: Vec<&str> = text.split(' ').collect();
            let points = |at: usize| match words[at] {
                "it" | "it's" | "its" => true,
                "this" => !matches!(words.get(at + 1), Some(&("brand" | "category" | "list"))),
                _ => false,
            };
            (0..words.len()).any(points)
        }
        Writing::Characters => {
            let sorts = ["品牌", "牌子", "类目", "列表"];
            let named = |rest: &str| sorts.iter().any(|sort| rest.starts_with(sort));
            let points = ["它", "这个", "这款", "这件", "这一件", "这一个"];
            let found = points.iter().flat_map(|word| {
                text.match_indices(word).map(|(at, word)| &text[at + word.len()..])
            });
            found.into_iter().any(|rest| !named(rest))
        }
    }
}

/// Places named in words or numbers, in order.
fn places(text: &str) -> Vec<usize> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (word, place) in ORDINALS_EN {
        found.extend(text.match_indices(word).map(|(at, _)| (at, place)));
    }
    for (at, _) in text.match_indices("number ") {
        let digits: String = text[at + 7..].chars().take_while(char::is_ascii_digit).collect();
        found.extend(digits.parse().ok().filter(|n| (1..=100).contains(n)).map(|n| (at, n)));
    }
    for (at, mark) in text.match_indices('第') {
        let rest = &text[at + mark.len()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let spelt = rest.chars().next().and_then(|c| DIGITS_ZH.iter().position(|d| *d == c));
        let place = digits.parse().ok().filter(|n| (1..=100).contains(n));
        found.extend(place.or(spelt.map(|n| n + 1)).map(|n| (at, n)));
    }
    found.sort_unstable();
    let mut places: Vec<usize> = found.into_iter().map(|(_, place)| place).collect();
    places.dedup();
    places
}

/// "the first two", 前两个.
fn leading(text: &str) -> Option<usize> {
    let two = ["first two", "these two", "前两", "这两", "前二"];
    let three = ["first three", "前三", "这三"];
    if two.iter().any(|words| text.contains(words)) {
        Some(2)
    } else {
        three.iter().any(|words| text.contains(words)).then_some(3)
    }
}

/// A bound of the price.
fn price(text: &str) -> Option<f64> {
    let upper = ["under", "below", "up to", "at most", "less than", "以下", "以内", "不超过"];
    if !upper.iter().any(|word| text.contains(word)) {
        return None;
    }
    let numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    numbers.filter_map(|word| word.parse().ok()).find(|n: &f64| *n > 0.0)
}

/// Splits where two things are joined.
fn parts(text: &str, lang: Language) -> Vec<String> {
    let joins: &[&str] = match writing(lang) {
        Writing::Words => &[
            " and ",
            " than ",
            " over ",
            " vs ",
            " versus ",
            " or ",
            " before ",
            " above ",
            " instead of ",
            " with ",
            " from ",
            " to the ",
            " rather ",
            " ahead of ",
        ],
        Writing::Characters => {
            &["和", "跟", "与", "比", "而不是", "还是", "在", "、", "不选", "对比"]
        }
    };
    let mut parts = vec![text.to_owned()];
    for join in joins {
        parts = parts.iter().flat_map(|part| part.split(join).map(str::to_owned)).collect();
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}
