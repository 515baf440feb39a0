//! Words in which letters or digits and Han characters belong together: T恤, 32寸, 小米14Pro.
//!
//! Responsible for how far such a word reaches from where it starts: by the lists of
//! `data/zh/compounds.txt` and the shop's own words first, then by rule. A rule joins a Han character
//! only where jieba would cut it off anyway, so that no word of the dictionary is broken up.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::runs::{Run, Script};
use super::{cut_without_guesses, normalise};
use crate::detect::is_han;

/// Han characters that end a word begun by a short acronym: LED灯, SD卡, PU皮.
const HEADS: &str =
    "卡线灯衫皮管棉盘膜纸板屏键笔版款型级码制歌位光恤领字乳霜油壳杯机器口架贴套包绳绒裤裙鞋";
/// Longest acronym that such a character belongs to.
const LONGEST_ACRONYM: usize = 5;

/// Words by their first character, longest first.
#[derive(Debug, Default)]
pub(super) struct Listed(FxHashMap<char, Vec<String>>);

impl Listed {
    pub(super) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut by_first: FxHashMap<char, Vec<String>> = FxHashMap::default();
        for word in words {
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_default().push(word);
            }
        }
        for words in by_first.values_mut() {
            words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            words.dedup();
        }
        Self(by_first)
    }

    /// The end of the longest listed word that starts at `from` and cuts no other word.
    pub(super) fn end(&self, text: &str, from: usize) -> Option<usize> {
        let rest = &text[from..];
        let words = self.0.get(&rest.chars().next()?)?;
        let fits = |word: &&String| {
            rest.starts_with(word.as_str()) && ends_word(text, from, from + word.len())
        };
        words.iter().find(fits).map(|word| from + word.len())
    }
}

/// Whether nothing is cut where a word ends: no letters go on, and no word of Han characters.
fn ends_word(text: &str, from: usize, end: usize) -> bool {
    let next = text[end..].chars().next();
    let Some(last) = text[from..end].chars().next_back() else { return false };
    if !is_han(last) {
        return !next.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    }
    let word = &text[from..end];
    let tail = word.len() - word.trim_end_matches(is_han).len();
    let until = text[end..].find(|c| !is_han(c)).map_or(text.len(), |n| end + n);
    is_boundary(&text[end - tail..until], tail)
}

/// Whether jieba, without guessing at words that it does not know, cuts a run there.
fn is_boundary(run: &str, at: usize) -> bool {
    let mut end = 0;
    cut_without_guesses(run).iter().any(|word| {
        end += word.len();
        end == at
    })
}

/// The built-in compounds.
pub(super) static COMPOUNDS: LazyLock<Listed> =
    LazyLock::new(|| Listed::new(crate::data::words("compounds").map(normalise)));

/// Measures, longest first, and what may follow one.
static MEASURES: LazyLock<(Vec<&str>, Vec<&str>)> = LazyLock::new(|| {
    let lines = || crate::data::lines("measures");
    let suffixes = lines().filter_map(|line| line.strip_prefix("suffixes:"));
    let suffixes = suffixes.flat_map(str::split_whitespace).collect();
    let measures = lines().filter(|line| !line.starts_with("suffixes:"));
    let mut measures: Vec<&str> = measures.flat_map(str::split_whitespace).collect();
    measures.sort_by_key(|measure| std::cmp::Reverse(measure.len()));
    (measures, suffixes)
});

static MAKERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| crate::data::words("makers").collect());

/// How many bytes of the Han run that follows letters or digits belong to them; 0 for none.
pub(super) fn reach_into(code: &str, han: &str) -> usize {
    if code.starts_with(|c: char| c.is_ascii_digit()) {
        return if is_number(code) { measure(han) } else { 0 };
    }
    let Some(&first) = cut_without_guesses(han).first() else { return 0 };
    let is_single = first.chars().count() == 1;
    let is_letter = code.len() == 1 && code.bytes().all(|b| b.is_ascii_lowercase());
    let is_acronym = code.len() <= LONGEST_ACRONYM && code.is_ascii() && HEADS.contains(first);
    if is_single && (is_letter || is_acronym) { first.len() } else { 0 }
}

/// Digits with what joins them: `10`, `1.5`, `0-3`.
fn is_number(code: &str) -> bool {
    code.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'))
}

/// The length of the measure, with its suffix, that a run starts with.
fn measure(han: &str) -> usize {
    let (measures, suffixes) = &*MEASURES;
    let of = |measure: &&str| {
        let rest = han.strip_prefix(*measure)?;
        let suffix = suffixes.iter().find(|suffix| rest.starts_with(**suffix));
        let lengths = [suffix.map(|suffix| measure.len() + suffix.len()), Some(measure.len())];
        lengths.into_iter().flatten().find(|&length| is_boundary(han, length))
    };
    measures.iter().find_map(of).unwrap_or(0)
}

/// Whether the code of a model follows the name of its maker: `小米` `14pro`.
pub(super) fn is_model_of(maker: &str, code: &Run, text: &str, next: Option<&Run>) -> bool {
    let model = &text[code.at.clone()];
    let after = next.filter(|next| next.script == Script::Han && next.at.start == code.at.end);
    let counts = is_number(model) && after.is_some_and(|next| measure(&text[next.at.clone()]) > 0);
    MAKERS.contains(maker)
        && model.bytes().any(|b| b.is_ascii_digit())
        && !is_amount(model)
        && !counts
}

/// A number with a unit in letters: `500ml`, `1.5l`, `64gb`.
fn is_amount(code: &str) -> bool {
    const UNITS: [&str; 22] = [
        "ml", "l", "cl", "g", "kg", "mg", "mm", "cm", "m", "w", "kw", "v", "a", "mah", "gb", "tb",
        "mb", "hz", "oz", "pcs", "in", "%",
    ];
    let unit = code.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    unit.len() < code.len() && UNITS.contains(&unit)
}

/// Words within a compound that stand for themselves as well: `5g` and `手机` of `5g手机`. A single
/// character or letter and a bare number do not.
pub(super) fn parts(word: &str) -> Vec<std::ops::Range<usize>> {
    let mut pieces: Vec<std::ops::Range<usize>> = Vec::new();
    let mut before = None;
    for (at, c) in word.char_indices() {
        let class = (is_han(c), c == '-' || c == '&' || c == ' ');
        let end = at + c.len_utf8();
        match pieces.last_mut() {
            Some(piece) if before == Some(class) => piece.end = end,
            _ => pieces.push(at..end),
        }
        before = Some(class);
    }
    if pieces.len() < 2 {
        return Vec::new();
    }
    let worth_it = |piece: &std::ops::Range<usize>| {
        let piece = &word[piece.clone()];
        let mut characters = piece.chars();
        let is_long = characters.by_ref().nth(1).is_some();
        is_long && piece.chars().any(char::is_alphabetic) && is_whole(piece)
    };
    pieces.into_iter().filter(worth_it).collect()
}

/// Whether a piece of Han characters is one word; other pieces are.
fn is_whole(piece: &str) -> bool {
    !piece.starts_with(is_han) || cut_without_guesses(piece).len() == 1
}
