//! Texts into words: Han runs by jieba, Japanese by script, everything else by Unicode letters and
//! digits, and what belongs together across these (T恤, 10片装, USB-C) as one word.
//!
//! Responsible for one spelling per word (NFKC, lower case, plain apostrophes), for words that a
//! shop adds, and for where each word stands. Stop words stay in and n-grams are not made: the text
//! signal decides on those. English plurals are left alone.

mod compounds;
mod runs;

use std::fmt;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use jieba_rs::Jieba;
use unicode_normalization::UnicodeNormalization;

use compounds::{COMPOUNDS, Listed, is_model_of, reach_into};
use domain::Language;
use runs::{Run, Script, runs};

use crate::detect::{detect, is_han};

/// Built at the first Chinese text: about 100 MB of dictionary that an English shop never loads.
static JIEBA: LazyLock<Jieba> = LazyLock::new(|| with_words(crate::data::words("words")));

/// The tokeniser of a shop that adds no words.
static USUAL: LazyLock<Tokeniser> = LazyLock::new(Tokeniser::default);

/// Loads the Chinese dictionary now rather than at the first Chinese text.
pub fn warm_up() {
    LazyLock::force(&JIEBA);
}

/// One spelling for what reads the same: NFKC, lower case, `'` for every apostrophe.
#[must_use]
pub fn normalise(text: &str) -> String {
    text.nfkc()
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{02bc}' => '\'',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of a text in their order, in a shop that adds none of its own.
///
/// ```
/// assert_eq!(language::tokenise("L’Oréal Lip-Gloss, 0.5 oz"), ["l'oréal", "lip", "gloss", "0.5", "oz"]);
/// assert_eq!(language::tokenise("兰蔻粉水30ml"), ["兰蔻", "粉水", "30ml"]);
/// assert_eq!(language::tokenise("纯棉T恤 10片装"), ["纯棉", "t恤", "10片装"]);
/// // Japanese words are told apart by where the script changes.
/// assert_eq!(language::tokenise("有機コーヒー豆 200g"), ["有機", "コーヒー", "豆", "200g"]);
/// ```
#[must_use]
pub fn tokenise(text: &str) -> Vec<String> {
    USUAL.tokenise(text)
}

/// Where the words within a compound lie that stand for themselves as well: 手机 in 5g手机.
#[must_use]
pub fn parts(word: &str) -> Vec<Range<usize>> {
    compounds::parts(word)
}

/// Splits texts into words, with the words that a shop adds.
#[derive(Default)]
pub struct Tokeniser {
    /// Normalised, in ascending order, each once.
    words: Vec<String>,
    listed: Listed,
    /// The dictionary with the shop's words of Han characters; the common one where there are none.
    jieba: OnceLock<Option<Jieba>>,
}

impl Tokeniser {
    /// A tokeniser that never cuts these words.
    pub fn new(words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let spelt = |word: &str| word.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.into_iter().map(|word| spelt(&normalise(word.as_ref())));
        let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        words.dedup();
        let listed = Listed::new(words.iter().filter(|word| !is_all_han(word)).cloned());
        Self { words, listed, jieba: OnceLock::new() }
    }

    /// The words that the shop adds, as texts are compared.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The words of a text in their order.
    ///
    /// Chinese is cut in jieba's default mode with its hidden Markov model: search mode would give
    /// overlapping words, and neighbours of a 2-gram would no longer be neighbours in the text.
    #[must_use]
    pub fn tokenise(&self, text: &str) -> Vec<String> {
        let text = normalise(text);
        self.spans(&text).into_iter().map(|at| text[at].to_owned()).collect()
    }

    /// Where the words of a [normalised](normalise) text stand, in bytes.
    #[must_use]
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let is_japanese = detect(text) == Some(Language::Ja);
        let runs = runs(text);
        let mut reading = Reading { tokeniser: self, text, runs: &runs, spans: Vec::new(), at: 0 };
        for (n, run) in runs.iter().enumerate() {
            // A compound of the run before may have reached into or beyond this one.
            if reading.at < run.at.end {
                let rest = reading.at.max(run.at.start)..run.at.end;
                match run.script {
                    Script::Han if !is_japanese => reading.han(n, rest),
                    Script::Other => reading.code(n, rest),
                    _ => reading.word(rest),
                }
            }
        }
        reading.spans
    }

    /// Whether a word of Han characters is one of the dictionary or of the shop rather than a guess.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        let is_own = || self.words.binary_search_by(|own| own.as_str().cmp(word)).is_ok();
        JIEBA.has_word(word) || is_own()
    }

    fn end_of_listed(&self, text: &str, from: usize) -> Option<usize> {
        self.listed.end(text, from).max(COMPOUNDS.end(text, from))
    }

    fn jieba(&self) -> &Jieba {
        let own = self.jieba.get_or_init(|| {
            let words = self.words.iter().map(String::as_str).filter(|word| is_all_han(word));
            let words: Vec<&str> = words.filter(|word| !JIEBA.has_word(word)).collect();
            let common = crate::data::words("words");
            let all = words.iter().copied().chain(common.map(|word| -> &str { word }));
            (!words.is_empty()).then(|| with_words(all))
        });
        own.as_ref().unwrap_or(&JIEBA)
    }
}

impl fmt::Debug for Tokeniser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tokeniser").field(&self.words).finish()
    }
}

impl PartialEq for Tokeniser {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

/// A text while it is read from left to right.
struct Reading<'a> {
    tokeniser: &'a Tokeniser,
    text: &'a str,
    runs: &'a [Run],
    spans: Vec<Range<usize>>,
    /// Everything before is read.
    at: usize,
}

impl Reading<'_> {
    fn word(&mut self, at: Range<usize>) {
        self.at = at.end;
        self.spans.push(at);
    }

    /// Letters and digits, with the Han characters behind them that belong to them.
    fn code(&mut self, n: usize, run: Range<usize>) {
        let text = self.text;
        let listed = self.tokeniser.end_of_listed(text, run.start);
        let next = self.runs.get(n + 1).map(|next| (next.at.clone(), next.script));
        let end = listed.unwrap_or_else(|| match next {
            Some((han, Script::Han)) if han.start == run.end => {
                run.end + reach_into(&text[run.clone()], &text[han])
            }
            // Tシャツ, Vネック
            Some((kana, Script::Katakana)) if kana.start == run.end && run.len() == 1 => kana.end,
            _ => run.end,
        });
        self.word(run.start..end);
    }

    /// Han characters, with the letters and digits behind them that belong to them.
    fn han(&mut self, n: usize, run: Range<usize>) {
        let text = self.text;
        let next = self.runs.get(n + 1).filter(|next| next.at.start == run.end);
        let code = next.filter(|next| next.script == Script::Other);
        let words = self.tokeniser.jieba().cut(&text[run.clone()], true);
        let mut from = run.start;
        for token in words {
            let end = from + token.word.len();
            if from >= self.at {
                let listed = self.tokeniser.end_of_listed(text, from).filter(|&to| to >= end);
                let is_maker = |code: &&Run| {
                    end == run.end && is_model_of(token.word, code, text, self.runs.get(n + 2))
                };
                let model = code.filter(is_maker).map(|code| code.at.end);
                self.word(from..listed.or(model).unwrap_or(end));
            }
            from = end;
        }
    }
}

fn with_words<'a>(words: impl Iterator<Item = &'a str>) -> Jieba {
    let mut jieba = Jieba::new();
    words.for_each(|word| {
        jieba.add_word(word, None, Some("n"));
    });
    jieba
}

fn is_all_han(word: &str) -> bool {
    word.chars().all(is_han)
}

/// The words of a run of Han characters that the dictionary knows; single characters otherwise.
fn cut_without_guesses(run: &str) -> Vec<&str> {
    JIEBA.cut(run, false).into_iter().map(|token| token.word).collect()
}

/// Where the nouns of a run of Han characters lie, in characters: words of two or more that jieba
/// tags as nouns, or as verbs used like one.
pub(crate) fn nouns(run: &str) -> Vec<(usize, usize)> {
    if run.chars().nth(1).is_none() {
        return Vec::new();
    }
    let mut at = 0;
    let tagged = JIEBA.tag(run, true).into_iter().map(|tag| {
        let from = at;
        at += tag.word.chars().count();
        (tag.tag, from, at)
    });
    let is_noun = |tag: &str| matches!(tag, "n" | "nz" | "vn" | "an");
    tagged
        .filter(|(tag, from, to)| is_noun(tag) && to - from >= 2)
        .map(|(_, from, to)| (from, to))
        .collect()
}

#[cfg(test)]
mod tests;
