//! What a shopper asks: typed intents, and a deterministic reader of questions in Chinese and
//! English. Responsible for the intent and for the places ("the second one") and bounds ("under
//! 200") that a question names. Refuses to find items by name (the catalogue is `app`'s) and to
//! answer.
//!
//! A question is compared with examples: cosine of TF-IDF vectors of words and pairs of words
//! (characters and pairs of them in Chinese), the best three of each intent, plus a bonus for cues
//! (words that must appear, in this order). Below a bar it is not understood, and says so.

mod cues;
mod mentions;

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::OnceLock;

use domain::{Invalid, Language};
use language::{Writing, writing};
use serde::{Deserialize, Serialize};

use cues::Cue;
pub use mentions::{Mentioned, mentioned};

/// Lines `lang<TAB>intent<TAB>question`: what questions are compared with.
const EXAMPLES: &str = include_str!("../data/questions.tsv");
/// Lines `lang<TAB>intent<TAB>alternatives alternatives …`: words that tell an intent.
const CUES: &str = include_str!("../data/cues.tsv");
/// What one cue adds to the likeness, which lies between 0 and 1. This and the bar below were chosen by
/// leaving each example out and asking for it.
const CUE_BONUS: f64 = 0.4;
/// Likeness from which a question is taken to be understood.
const LEAST_LIKENESS: f64 = 0.32;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are what shoppers want")]
pub enum Intent {
    Why,
    WhyNot,
    WhyOver,
    WhatIf,
    HowTo,
    Compare,
    WhatYouKnow,
    Price,
    Stock,
    Attribute,
    Reviews,
    WhichFits,
    WrongReason,
    DoNotUse,
    Gift,
    NotInterested,
    MoreOf,
    LessOf,
    Cheaper,
    OtherBrand,
    SetTags,
    StopProfiling,
    ForgetMe,
    Undo,
    HowItWorks,
    MyData,
    Unknown,
}

impl Intent {
    /// Every intent.
    pub const ALL: [Self; 27] = [
        Self::Why,
        Self::WhyNot,
        Self::WhyOver,
        Self::WhatIf,
        Self::HowTo,
        Self::Compare,
        Self::WhatYouKnow,
        Self::Price,
        Self::Stock,
        Self::Attribute,
        Self::Reviews,
        Self::WhichFits,
        Self::WrongReason,
        Self::DoNotUse,
        Self::Gift,
        Self::NotInterested,
        Self::MoreOf,
        Self::LessOf,
        Self::Cheaper,
        Self::OtherBrand,
        Self::SetTags,
        Self::StopProfiling,
        Self::ForgetMe,
        Self::Undo,
        Self::HowItWorks,
        Self::MyData,
        Self::Unknown,
    ];

    /// The name on the wire and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Why => "why",
            Self::WhyNot => "why_not",
            Self::WhyOver => "why_over",
            Self::WhatIf => "what_if",
            Self::HowTo => "how_to",
            Self::Compare => "compare",
            Self::WhatYouKnow => "what_you_know",
            Self::Price => "price",
            Self::Stock => "stock",
            Self::Attribute => "attribute",
            Self::Reviews => "reviews",
            Self::WhichFits => "which_fits",
            Self::WrongReason => "wrong_reason",
            Self::DoNotUse => "do_not_use",
            Self::Gift => "gift",
            Self::NotInterested => "not_interested",
            Self::MoreOf => "more_of",
            Self::LessOf => "less_of",
            Self::Cheaper => "cheaper",
            Self::OtherBrand => "other_brand",
            Self::SetTags => "set_tags",
            Self::StopProfiling => "stop_profiling",
            Self::ForgetMe => "forget_me",
            Self::Undo => "undo",
            Self::HowItWorks => "how_it_works",
            Self::MyData => "my_data",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for Intent {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        Self::ALL.into_iter().find(|intent| intent.name() == raw.trim()).ok_or_else(|| {
            Invalid::new("intent", "is not known", raw, "use why, why_not, what_if, price, …")
        })
    }
}

/// Maps a question onto an intent and nothing else; e.g. a language model, where one is configured.
/// It is asked only about what was not understood without it.
pub trait Mapper: Send + Sync {
    /// The intent; `None` where it does not know either.
    fn map(&self, question: &str, lang: Language) -> Option<Intent>;
}

/// Whether questions typed in a language are read: whether there are examples of them.
#[must_use]
pub fn reads(lang: Language) -> bool {
    !reader(lang).examples.is_empty()
}

/// The intent of a question.
#[must_use]
pub fn understand(question: &str, lang: Language) -> Intent {
    let reader = reader(lang);
    let asked = reader.vector(&folded(question));
    let mut likeness: BTreeMap<Intent, Vec<f64>> = BTreeMap::new();
    for (intent, example) in &reader.examples {
        likeness.entry(*intent).or_default().push(cosine(&asked, example));
    }
    let text = format!(" {} ", folded(question));
    let score = |(intent, mut likes): (Intent, Vec<f64>)| {
        likes.sort_by(|a, b| b.total_cmp(a));
        let near: f64 = likes.iter().zip([0.7, 0.2, 0.1]).map(|(like, part)| like * part).sum();
        let cues = reader.cues.iter().filter(|cue| cue.intent == intent && cue.holds(&text));
        (intent, near + CUE_BONUS * (cues.count().min(2) as f64))
    };
    let scored = likeness.into_iter().map(score);
    let best = scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    best.filter(|(_, score)| *score >= LEAST_LIKENESS).map_or(Intent::Unknown, |(intent, _)| intent)
}

/// Words that stand in examples: what is left of a question without them names things.
#[must_use]
pub fn is_frame(word: &str, lang: Language) -> bool {
    reader(lang).idf.contains_key(word)
}

/// A sparse vector of length 1, by feature.
type Vector = BTreeMap<String, f64>;

struct Reader {
    lang: Language,
    idf: BTreeMap<String, f64>,
    /// Weight of what no example has.
    unseen: f64,
    examples: Vec<(Intent, Vector)>,
    cues: Vec<Cue>,
}

fn reader(lang: Language) -> &'static Reader {
    static READERS: [OnceLock<Reader>; Language::COUNT] =
        [const { OnceLock::new() }; Language::COUNT];
    READERS[lang.index()].get_or_init(|| Reader::new(lang))
}

/// The rows of a file of questions or cues in a language.
fn rows(file: &'static str, lang: Language) -> impl Iterator<Item = (Intent, &'static str)> {
    file.lines().filter_map(move |line| {
        let mut parts = line.split('\t');
        let (tag, intent, text) = (parts.next()?, parts.next()?, parts.next()?);
        (tag == lang.tag()).then_some(())?;
        Some((intent.parse().ok()?, text))
    })
}

impl Reader {
    fn new(lang: Language) -> Self {
        let examples: Vec<(Intent, Vec<String>)> = rows(EXAMPLES, lang)
            .map(|(intent, text)| (intent, features(&folded(text), lang)))
            .collect();
        let n = examples.len() as f64;
        let mut found: BTreeMap<String, f64> = BTreeMap::new();
        for (_, features) in &examples {
            let mut distinct = features.clone();
            distinct.sort();
            distinct.dedup();
            for feature in distinct {
                *found.entry(feature).or_default() += 1.0;
            }
        }
        // A thing that one example names says nothing of what is wanted; a word of many does.
        let weight = |(feature, df): (String, f64)| (feature, (1.0 + n / df).ln());
        let idf: BTreeMap<String, f64> = found.into_iter().map(weight).collect();
        let cues = rows(CUES, lang).map(|(intent, text)| Cue::new(intent, text)).collect();
        let unseen = 1.0;
        let mut reader = Self { lang, idf, unseen, examples: Vec::new(), cues };
        reader.examples =
            examples.into_iter().map(|(intent, of)| (intent, reader.weighed(of))).collect();
        reader
    }

    fn vector(&self, text: &str) -> Vector {
        self.weighed(features(text, self.lang))
    }

    fn weighed(&self, features: Vec<String>) -> Vector {
        let mut vector = Vector::new();
        for feature in features {
            let weight = self.idf.get(&feature).copied().unwrap_or(self.unseen);
            *vector.entry(feature).or_default() += weight;
        }
        let length = vector.values().map(|v| v * v).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        vector.values_mut().for_each(|value| *value /= length);
        vector
    }
}

fn cosine(a: &Vector, b: &Vector) -> f64 {
    a.iter().filter_map(|(feature, value)| Some(value * b.get(feature)?)).sum()
}

/// Lower case, one apostrophe, no punctuation at all but within numbers and words.
pub(crate) fn folded(text: &str) -> String {
    let text = text.to_lowercase().replace(['’', '‘'], "'");
    let kept = |c: char| if c.is_alphanumeric() || "'%$¥-.".contains(c) { c } else { ' ' };
    let spaced: String = text.chars().map(kept).collect();
    let words = spaced.split_whitespace().map(|word| word.trim_matches(['.', '-', '\'']));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn features(text: &str, lang: Language) -> Vec<String> {
    let (units, between): (Vec<String>, &str) = match writing(lang) {
        Writing::Words => (text.split(' ').map(str::to_owned).collect(), " "),
        Writing::Characters => {
            (text.chars().filter(|c| !c.is_whitespace()).map(String::from).collect(), "")
        }
    };
    let pairs = units.windows(2).map(|pair| pair.join(between));
    units.iter().cloned().chain(pairs).collect()
}

#[cfg(test)]
mod tests;
