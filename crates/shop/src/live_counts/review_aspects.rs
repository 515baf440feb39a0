//! What reviewers say about one item, aspect by aspect, kept so that it can be counted again by
//! distinct reviewer. Words that no list names count as aspects only where the ratings of a
//! category say that they matter.

use claims::{Opinions, Passage};
use domain::{IngestId, Rating, StoredReview, Text};
use language::aspects::{self, Polarity, opinions, words_with_opinions};
use rustc_hash::FxHashMap;

use crate::persistent::Trie;

/// Most passages that a claim names per side.
const MOST_PASSAGES: usize = 3;
/// Fewest reviews of a category that must mention a word before it is looked at.
const MIN_MENTIONS: u64 = 8;
/// How many standard errors the mean rating must differ with and without a word.
const MIN_T: f64 = 3.0;

/// An aspect: one of the lists, or a word of this shop's own reviews.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Aspect {
    Listed(&'static str),
    Word(String),
}

impl Aspect {
    fn name(&self) -> Text {
        match self {
            Self::Listed(key) => aspects::name(key).unwrap_or_default(),
            Self::Word(word) => Text::Plain(word.clone()),
        }
    }
}

/// What one review says about one aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mention {
    reviewer: u32,
    passage: Passage,
    /// Praise, fault, or both at once.
    polarity: Option<Polarity>,
    rating: Option<Rating>,
}

/// Sums over ratings, whole numbers, so that adding and taking away is exact in any order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Moments {
    n: u64,
    sum: u64,
    squares: u64,
}

impl Moments {
    fn of(rating: Rating) -> Self {
        let tenths = u64::from(rating.tenths());
        Self { n: 1, sum: tenths, squares: tenths * tenths }
    }

    fn add(&mut self, other: Self) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    fn without(self, other: Self) -> Self {
        Self {
            n: self.n - other.n,
            sum: self.sum - other.sum,
            squares: self.squares - other.squares,
        }
    }

    fn mean(self) -> f64 {
        self.sum as f64 / self.n as f64
    }

    /// Squared standard error of the mean; sample variance over n.
    fn squared_error(self) -> f64 {
        let n = self.n as f64;
        let spread = self.squares as f64 - self.sum as f64 * self.sum as f64 / n;
        spread.max(0.0) / (n - 1.0) / n
    }
}

/// The aspects that the reviews of one item mention.
#[derive(Debug, Clone, Default)]
pub(crate) struct ItemAspects {
    mentions: Trie<Aspect, Vec<Mention>>,
    rated: Moments,
}

/// Ratings of one category, with and without each word.
#[derive(Debug, Clone, Default)]
pub(crate) struct CategoryWords {
    rated: Moments,
    by_word: Trie<String, Moments>,
}

/// The aspects that one review mentions, ready to be counted.
#[derive(Debug, Clone)]
pub struct ReviewAspects {
    /// The review.
    pub review: IngestId,
    /// Its rating.
    pub rating: Option<Rating>,
    aspects: Vec<(Aspect, Option<Polarity>, u32, u32)>,
}

impl ReviewAspects {
    /// Reads a review once; its text is not needed any more.
    pub fn from(review: &StoredReview) -> Self {
        let whole = review.whole();
        let listed = opinions(&whole).into_iter();
        let listed = listed.map(|o| (Aspect::Listed(o.aspect), o.polarity, o.start, o.end));
        let words = words_with_opinions(&whole).into_iter();
        let words = words.map(|o| (Aspect::Word(o.word), o.polarity, o.start, o.end));
        let mut aspects: Vec<(Aspect, Option<Polarity>, u32, u32)> = Vec::new();
        for (aspect, polarity, start, end) in listed.chain(words) {
            match aspects.iter_mut().find(|(known, ..)| *known == aspect) {
                Some((_, told, ..)) if *told == Some(polarity) => {}
                Some((_, told, ..)) => *told = None,
                None => aspects.push((aspect, Some(polarity), start, end)),
            }
        }
        Self { review: review.id, rating: review.rating, aspects }
    }
}

impl ItemAspects {
    /// Counts what one review says.
    pub(crate) fn add(&mut self, reviewer: u32, review: ReviewAspects) {
        self.rated.add(review.rating.map(Moments::of).unwrap_or_default());
        for (aspect, polarity, start, end) in review.aspects {
            let passage = Passage { review: review.review, start, end };
            let mention = Mention { reviewer, passage, polarity, rating: review.rating };
            self.mentions.get_or(&aspect, Vec::new).push(mention);
        }
    }

    /// Counts what one reviewer said as another's.
    pub(crate) fn join(&mut self, from: u32, into: u32) {
        self.mentions.for_each_mut(&mut |mentions| {
            let own = mentions.iter_mut().filter(|mention| mention.reviewer == from);
            own.for_each(|mention| mention.reviewer = into);
        });
    }

    /// What reviewers say about each aspect, the most mentioned first.
    pub(crate) fn opinions(&self, category: &CategoryWords) -> Vec<Opinions> {
        let counts = |(aspect, _): &(&Aspect, &Vec<Mention>)| match aspect {
            Aspect::Listed(_) => true,
            Aspect::Word(word) => category.moves_the_rating(word),
        };
        let mut aspects: Vec<(&Aspect, &Vec<Mention>)> =
            self.mentions.iter().filter(counts).collect();
        aspects.sort_unstable_by_key(|(aspect, _)| *aspect);
        let told = aspects.into_iter().map(|(aspect, mentions)| count(aspect.name(), mentions));
        let mut told: Vec<Opinions> = told.collect();
        told.sort_by_key(|opinions| std::cmp::Reverse(opinions.n_reviewers));
        told
    }

    fn words(&self) -> impl Iterator<Item = (&String, Moments)> {
        self.mentions.iter().filter_map(|(aspect, mentions)| {
            let Aspect::Word(word) = aspect else { return None };
            let mut moments = Moments::default();
            mentions.iter().filter_map(|m| m.rating).for_each(|r| moments.add(Moments::of(r)));
            Some((word, moments))
        })
    }
}

impl CategoryWords {
    /// Counts what one review of the category says.
    pub(crate) fn add(&mut self, review: &ReviewAspects) {
        let Some(rating) = review.rating.map(Moments::of) else { return };
        self.rated.add(rating);
        for (aspect, ..) in &review.aspects {
            if let Aspect::Word(word) = aspect {
                self.by_word.get_or(word, Moments::default).add(rating);
            }
        }
    }

    /// Takes in everything said of an item that came into the category.
    pub(crate) fn gain(&mut self, aspects: &ItemAspects) {
        self.rated.add(aspects.rated);
        for (word, moments) in aspects.words() {
            self.by_word.get_or(word, Moments::default).add(moments);
        }
    }

    /// Takes out everything said of an item that left the category.
    pub(crate) fn lose(&mut self, aspects: &ItemAspects) {
        self.rated = self.rated.without(aspects.rated);
        for (word, moments) in aspects.words() {
            let known = self.by_word.get_or(word, Moments::default);
            *known = known.without(moments);
        }
    }

    /// Whether ratings differ with and without the word: Welch's t of the two means.
    fn moves_the_rating(&self, word: &str) -> bool {
        let with = self.by_word.get(word).copied().unwrap_or_default();
        let without = self.rated.without(with);
        if with.n < MIN_MENTIONS || without.n < MIN_MENTIONS {
            return false;
        }
        let error = (with.squared_error() + without.squared_error()).sqrt();
        (with.mean() - without.mean()).abs() > MIN_T * error
    }
}

/// Each reviewer once, with the latest review in which they mention it.
fn count(aspect: Text, mentions: &[Mention]) -> Opinions {
    let mut latest: FxHashMap<u32, &Mention> = FxHashMap::default();
    for mention in mentions {
        let kept = latest.entry(mention.reviewer).or_insert(mention);
        if mention.passage.review > kept.passage.review {
            *kept = mention;
        }
    }
    let side = |polarity| {
        let of_side = latest.values().filter(|mention| mention.polarity == Some(polarity));
        let mut passages: Vec<Passage> = of_side.map(|mention| mention.passage).collect();
        passages.sort_unstable_by_key(|passage| std::cmp::Reverse(passage.review));
        let n = passages.len() as u32;
        passages.truncate(MOST_PASSAGES);
        (n, passages)
    };
    let ((n_positive, praise), (n_negative, faults)) =
        (side(Polarity::Positive), side(Polarity::Negative));
    let n_reviewers = latest.len() as u32;
    Opinions { aspect, n_reviewers, n_positive, n_negative, praise, faults }
}

#[cfg(test)]
mod tests;
