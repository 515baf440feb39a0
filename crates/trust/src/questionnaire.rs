//! The questionnaire: its items in both languages, as data that anyone can review.
//!
//! Reads a version and rejects one that could not be scored. Who is asked, and where answers are
//! kept, is decided by the callers of this crate.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::Text;
use serde::{Deserialize, Serialize};

use crate::TrustError;
use crate::score::{Dimension, Question};

/// The construct that an item measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Construct {
    /// A dimension of the score: it helps me.
    Usefulness,
    /// A dimension of the score: it is right, and the same tomorrow.
    Reliability,
    /// A dimension of the score: it does not harm me or give me away.
    Safety,
    /// A dimension of the score: it treats shoppers and sellers evenly.
    Fairness,
    /// The shopper understands why items are shown.
    Transparency,
    /// Contentment with the whole.
    Satisfaction,
    /// Trust, one of two factors.
    Trust,
    /// Distrust, the other factor; not the opposite of the first.
    Distrust,
    /// Whether the item was read at all.
    Attention,
}

impl Construct {
    /// The dimension of the trust score that it belongs to, where it does.
    #[must_use]
    pub fn dimension(self) -> Option<Dimension> {
        match self {
            Self::Usefulness => Some(Dimension::Usefulness),
            Self::Reliability => Some(Dimension::Reliability),
            Self::Safety => Some(Dimension::Safety),
            Self::Fairness => Some(Dimension::Fairness),
            _ => None,
        }
    }

    /// Those that are reported beside the score, each as a mean of 1 to the number of points.
    pub const BESIDE: [Self; 4] =
        [Self::Transparency, Self::Satisfaction, Self::Trust, Self::Distrust];
}

/// One item.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyItem {
    /// Its name in data: stable for ever.
    pub id: String,
    /// The construct it measures.
    pub construct: Construct,
    /// Whether agreement means less of it.
    pub reversed: bool,
    /// For an attention check: the answer of somebody who reads.
    pub expected: Option<u8>,
    /// Its wording in both languages.
    pub text: Text,
}

/// A version of the questionnaire.
#[derive(Debug, Clone, PartialEq)]
pub struct Questionnaire {
    /// Name of the version.
    pub version: String,
    /// Answers go from 1 to this.
    pub n_points: u8,
    /// Label of the lowest answer, 1.
    pub low: Text,
    /// Label of the highest answer.
    pub high: Text,
    /// The open question at the end; in no score.
    pub words: Text,
    /// Note beside the open question.
    pub words_note: Text,
    /// The items.
    pub items: Vec<SurveyItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    n_points: u8,
    low: Both,
    high: Both,
    words: Both,
    words_note: Both,
    items: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    construct: Construct,
    #[serde(default)]
    reversed: bool,
    expected: Option<u8>,
    /// Source of the construct, for reviewers.
    #[serde(default, rename = "after")]
    _after: String,
    zh: String,
    en: String,
}

/// Every version that was ever asked, newest last.
static VERSIONS: LazyLock<Vec<Questionnaire>> = LazyLock::new(|| {
    let files = [include_str!("../questionnaires/trust-1.toml")];
    let read = |file: &str| Questionnaire::read(file).expect("a shipped questionnaire is valid");
    files.map(read).into()
});

impl Questionnaire {
    /// Returns the version that is asked now.
    #[must_use]
    pub fn current() -> &'static Self {
        VERSIONS.last().expect("one version ships")
    }

    /// Returns a version by name, so that earlier answers can still be scored.
    #[must_use]
    pub fn version(version: &str) -> Option<&'static Self> {
        VERSIONS.iter().find(|known| known.version == version)
    }

    /// Reads a questionnaire.
    ///
    /// # Errors
    /// [`TrustError::Questionnaire`] when it cannot be read, repeats an item, lacks a wording, or
    /// has a dimension with fewer than three items or without a reversed one.
    pub fn read(file: &str) -> Result<Self, TrustError> {
        let bad = |problem: String| TrustError::Questionnaire { problem };
        let file: File = toml::from_str(file).map_err(|error| bad(error.to_string()))?;
        let both = |both: Both| Text::both(both.zh, both.en);
        let items = file.items.into_iter().map(|entry| SurveyItem {
            text: Text::both(entry.zh, entry.en),
            id: entry.id,
            construct: entry.construct,
            reversed: entry.reversed,
            expected: entry.expected,
        });
        let read = Self {
            version: file.version,
            n_points: file.n_points,
            low: both(file.low),
            high: both(file.high),
            words: both(file.words),
            words_note: both(file.words_note),
            items: items.collect(),
        };
        read.check().map_err(bad)?;
        Ok(read)
    }

    fn check(&self) -> Result<(), String> {
        if ![&self.words, &self.words_note].into_iter().all(is_in_both_languages) {
            return Err("the open question and its note need a wording in zh and in en".to_owned());
        }
        let mut ids = BTreeSet::new();
        for item in &self.items {
            if !ids.insert(&item.id) {
                return Err(format!("item {} is there twice", item.id));
            }
            if !is_in_both_languages(&item.text) {
                return Err(format!("item {} needs a wording in zh and in en", item.id));
            }
            if (item.construct == Construct::Attention) != item.expected.is_some() {
                return Err(format!("item {}: attention checks, and only they, expect", item.id));
            }
        }
        for dimension in Dimension::ALL {
            let of = || self.items.iter().filter(|i| i.construct.dimension() == Some(dimension));
            if of().count() < 3 || !of().any(|item| item.reversed) {
                return Err(format!("{dimension:?} needs three items, one of them reversed"));
            }
        }
        Ok(())
    }

    /// Returns an item by name.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&SurveyItem> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Returns the items that make up the score, and how each counts.
    #[must_use]
    pub fn scored(&self) -> Vec<(&SurveyItem, Question)> {
        let question = |item: &SurveyItem| {
            let dimension = item.construct.dimension()?;
            Some(Question { dimension, reversed: item.reversed })
        };
        self.items.iter().filter_map(|item| Some((item, question(item)?))).collect()
    }

    /// Whether every attention check that was answered was answered as asked.
    #[must_use]
    pub fn was_read(&self, answers: &[(String, u8)]) -> bool {
        answers.iter().all(|(id, value)| {
            self.item(id).and_then(|item| item.expected).is_none_or(|expected| expected == *value)
        })
    }

    /// Returns the mean answer to the items of a construct, reversed ones turned around; `None`
    /// where fewer than half of them were answered.
    #[must_use]
    pub fn mean(&self, construct: Construct, answers: &[(String, u8)]) -> Option<f64> {
        let asked: Vec<_> = self.items.iter().filter(|i| i.construct == construct).collect();
        let answered: Vec<f64> = asked
            .iter()
            .filter_map(|item| {
                let (_, value) = answers.iter().find(|(id, _)| *id == item.id)?;
                let value = f64::from(*value);
                Some(if item.reversed { f64::from(self.n_points) + 1.0 - value } else { value })
            })
            .collect();
        let is_enough = !answered.is_empty() && 2 * answered.len() >= asked.len();
        is_enough.then(|| answered.iter().sum::<f64>() / answered.len() as f64)
    }
}

fn is_in_both_languages(text: &Text) -> bool {
    text.versions().filter(|version| !version.trim().is_empty()).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(given: &[(&str, u8)]) -> Vec<(String, u8)> {
        given.iter().map(|(id, value)| ((*id).to_owned(), *value)).collect()
    }

    #[test]
    fn the_shipped_questionnaire_measures_every_construct_in_both_languages() {
        let current = Questionnaire::current();
        assert_eq!(Questionnaire::version(&current.version), Some(current));
        assert_eq!(current.n_points, 7);
        for construct in Construct::BESIDE {
            let n = current.items.iter().filter(|item| item.construct == construct).count();
            assert!(n >= 2, "{construct:?}");
        }
        assert!(current.items.iter().any(|item| item.construct == Construct::Attention));
    }

    #[test]
    fn a_dimension_without_a_reversed_item_is_refused() {
        let shipped = include_str!("../questionnaires/trust-1.toml");
        let flat = shipped.replace("reversed = true\n", "");
        let error = Questionnaire::read(&flat).unwrap_err().to_string();
        assert!(error.contains("one of them reversed"), "{error}");
        let twice = shipped.replace("id = \"u2\"", "id = \"u1\"");
        assert!(Questionnaire::read(&twice).unwrap_err().to_string().contains("u1 is there twice"));
        let one_language = shipped.replace("这些推荐让我更快找到想要的商品。", "");
        assert!(Questionnaire::read(&one_language).unwrap_err().to_string().contains("u1"));
        let unasked = shipped.replace("怎样做，您会更信任这些推荐？（选填）", " ");
        let error = Questionnaire::read(&unasked).unwrap_err().to_string();
        assert!(error.contains("open question"), "{error}");
    }

    #[test]
    fn whoever_misses_the_attention_check_did_not_read() {
        let current = Questionnaire::current();
        assert!(current.was_read(&answers(&[("u1", 7), ("a1", 6)])));
        assert!(!current.was_read(&answers(&[("u1", 7), ("a1", 7)])));
        assert!(current.was_read(&answers(&[("u1", 7)])), "left open is not failed");
    }

    #[test]
    fn a_construct_needs_half_of_its_items_answered_and_turns_reversed_ones() {
        let current = Questionnaire::current();
        let given = answers(&[("u1", 7), ("u3", 1)]);
        assert_eq!(current.mean(Construct::Usefulness, &given), Some(7.0));
        assert_eq!(current.mean(Construct::Usefulness, &answers(&[("u1", 7)])), None);
        assert_eq!(current.mean(Construct::Satisfaction, &answers(&[("g1", 3)])), Some(3.0));
    }
}
