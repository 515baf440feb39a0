//! The text signal: items whose texts are like those of the history.
//!
//! score_i = Σ_h w_h · decay^distance · cos(x_h, x_i), x being the TF-IDF vector of the item's
//! words. The history is summed into one vector and walked through an inverted index. Attribution
//! is exact, by event and by shared term. Where an encoder is installed, a share of the cosine is
//! that of its vectors, kept for the nearest items of each: still a sum over events. Texts
//! are read by `terms`.

mod alike;
mod terms;

use std::sync::Arc;

use language::Tokeniser;
pub(crate) use terms::{Fields, ItemTerms};

use crate::constants::{TextConstants, in_range};
use crate::kept::{Files, Folder, Kept, from_json, rows_from_file, rows_to_file, to_json};
use crate::masked::LANES;
use crate::sparse::SparseRows;
use crate::{
    Attribution, HistoryEvent, ItemIdx, ItemText, MaskedScores, Query, Signal, SignalName,
    SignalsError,
};

/// The files of the signal in a model's folder.
const FILE: &str = "text.safetensors";
const VOCABULARY: &str = "text-vocabulary.json";
const ALIKE: &str = "alike.safetensors";

/// A fitted text signal.
#[derive(Debug, Clone, PartialEq)]
pub struct TextSignal {
    vocabulary: Vec<String>,
    /// Vectors of length 1 (or 0 for an item without words): (n_items, n_terms).
    vectors: SparseRows,
    /// The same, term by term: (n_terms, n_items).
    postings: SparseRows,
    /// Cosines of an encoder's vectors, of the nearest items of each: (n_items, n_items).
    alike: Option<Arc<SparseRows>>,
    /// Share of the cosine that is the encoder's, 0 to 1; 0 without one.
    meaning: f32,
    decay: f32,
}

/// How alike two items read, and by which words.
#[derive(Debug, Clone, PartialEq)]
pub struct TextSimilarity {
    /// Cosine of the two text vectors, 0 to 1.
    pub cosine: f32,
    /// Terms of both with what each adds to the cosine, most first. They sum to the cosine, which is
    /// that of words alone: what an encoder finds alike has no words to show for it.
    pub shared_terms: Vec<(String, f32)>,
}

impl TextSignal {
    /// Reads texts and weighs their words, in a shop that adds none of its own.
    ///
    /// # Errors
    /// [`SignalsError::Nearest`] where an encoder's vectors cannot be used.
    pub fn fit(texts: &[ItemText], constants: &TextConstants) -> Result<Self, SignalsError> {
        Ok(Self::from_terms(&ItemTerms::read(texts, &Tokeniser::default())?, constants))
    }

    pub(crate) fn from_terms(terms: &ItemTerms, constants: &TextConstants) -> Self {
        let (vocabulary, vectors) = terms.weigh(constants);
        Self::from_vectors(vocabulary, vectors, terms.alike().cloned(), constants)
    }

    pub(crate) fn from_vectors(
        vocabulary: Vec<String>,
        vectors: SparseRows,
        alike: Option<Arc<SparseRows>>,
        constants: &TextConstants,
    ) -> Self {
        let postings = vectors.transposed();
        let mut signal = Self { vocabulary, vectors, postings, alike, meaning: 0.0, decay: 0.0 };
        signal.set(constants.decay, constants.meaning);
        signal
    }

    /// The same vectors with another decay and another share of meaning: nothing has to be weighed
    /// again.
    pub(crate) fn set(&mut self, decay: f32, meaning: f32) {
        self.decay = decay;
        self.meaning = if self.alike.is_some() { meaning } else { 0.0 };
    }

    /// Cosines of the encoder's vectors, where they have a share.
    pub(crate) fn alike(&self) -> Option<&SparseRows> {
        self.alike.as_deref().filter(|_| self.meaning > 0.0)
    }

    /// The weight of an event, for words and for meaning.
    fn shares(&self, event: &HistoryEvent, factor: f32) -> [f32; 2] {
        let share = factor * event.weight * self.decay.powi(event.distance as i32);
        [share * (1.0 - self.meaning), share * self.meaning]
    }

    /// The terms of the history in ascending order, each once. Summing in an order that does not
    /// depend on which event came first gives a masked history the same sums in every way.
    fn terms_of(&self, query: Query<'_>) -> Vec<u32> {
        let items = query.history.events().iter().map(|event| event.item);
        let mut terms: Vec<u32> =
            items.flat_map(|item| self.vectors.row(item).0).copied().collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// The terms of the largest summed weight over some items, largest first. At most `n`. Single
    /// characters are left out: most are pieces of a word.
    pub(crate) fn top_terms(&self, items: &[ItemIdx], n: usize) -> Vec<String> {
        let mut sums = vec![0.0; self.vectors.n_columns()];
        items.iter().for_each(|&item| self.vectors.add_row(item, 1.0, &mut sums));
        let is_told = |term: &usize| sums[*term] > 0.0 && is_word(&self.vocabulary[*term]);
        let mut terms: Vec<usize> = (0..sums.len()).filter(is_told).collect();
        terms.sort_by(|&a, &b| sums[b].total_cmp(&sums[a]).then(a.cmp(&b)));
        terms.into_iter().take(n).map(|term| self.vocabulary[term].clone()).collect()
    }

    /// Whether an item has any word that counts.
    #[must_use]
    pub fn has_words(&self, item: ItemIdx) -> bool {
        !self.vectors.row(item).0.is_empty()
    }

    /// How alike two items read; `None` when either has no words.
    #[must_use]
    pub fn similarity(&self, a: ItemIdx, b: ItemIdx) -> Option<TextSimilarity> {
        if !(self.has_words(a) && self.has_words(b)) {
            return None;
        }
        let mut shared: Vec<(u32, f32)> = self.vectors.shared(a, b).collect();
        let cosine = shared.iter().map(|(_, share)| share).sum::<f32>().clamp(0.0, 1.0);
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let named = |(term, share)| (self.vocabulary[term as usize].clone(), share);
        Some(TextSimilarity { cosine, shared_terms: shared.into_iter().map(named).collect() })
    }

    /// Cosine alone, 0 to 1; `None` when either has no words.
    #[must_use]
    pub fn cosine(&self, a: ItemIdx, b: ItemIdx) -> Option<f32> {
        (self.has_words(a) && self.has_words(b)).then(|| self.vectors.dot(a, b).clamp(0.0, 1.0))
    }
}

/// Whether a term reads as a word by itself.
fn is_word(term: &str) -> bool {
    term.split(' ').all(|word| word.chars().nth(1).is_some())
}

impl Kept for TextSignal {
    type Constants = TextConstants;

    fn validate(constants: &TextConstants) -> Result<(), SignalsError> {
        in_range("text.decay", constants.decay, 0.0..=1.0, "0 to 1")?;
        in_range("text.meaning", constants.meaning, 0.0..=1.0, "0 to 1")?;
        for (name, weight) in [
            ("text.title", constants.title),
            ("text.brand", constants.brand),
            ("text.category", constants.category),
            ("text.description", constants.description),
            ("text.bigram", constants.bigram),
        ] {
            in_range(name, weight, 0.0..=100.0, "0 to 100")?;
        }
        in_range("text.max_share", constants.max_share, 0.0..=1.0, "0 to 1")
    }

    fn write(&self, files: &mut Files) -> Result<(), SignalsError> {
        files.push((FILE.to_owned(), rows_to_file(FILE, &self.vectors)?));
        files.push((VOCABULARY.to_owned(), to_json(VOCABULARY, &self.vocabulary)?));
        if let Some(alike) = &self.alike {
            files.push((ALIKE.to_owned(), rows_to_file(ALIKE, alike)?));
        }
        Ok(())
    }

    fn read(folder: &Folder<'_, '_>, constants: &TextConstants) -> Result<Self, SignalsError> {
        let vocabulary: Vec<String> = from_json(VOCABULARY, folder.bytes(VOCABULARY)?)?;
        let vectors = folder.rows(FILE, vocabulary.len())?;
        // There only where an encoder's vectors have a share in the signal.
        let alike = (folder.file)(ALIKE);
        let alike = alike.map(|bytes| rows_from_file(ALIKE, bytes, folder.n_items, folder.n_items));
        let alike = alike.transpose()?.map(Arc::new);
        Ok(Self::from_vectors(vocabulary, vectors, alike, constants))
    }
}

impl Signal for TextSignal {
    fn name(&self) -> SignalName {
        SignalName::Text
    }

    fn add_scores(&self, query: Query<'_>, factor: f32, scores: &mut [f32]) {
        let mut wanted = vec![0.0; self.vectors.n_columns()];
        for event in query.history.events() {
            let [words, meaning] = self.shares(event, factor);
            self.vectors.add_row(event.item, words, &mut wanted);
            if let Some(alike) = self.alike() {
                alike.add_row(event.item, meaning, scores);
            }
        }
        for term in self.terms_of(query) {
            self.postings.add_row(term, wanted[term as usize], scores);
        }
    }

    fn add_scores_without(&self, query: Query<'_>, factor: f32, scores: &mut MaskedScores<'_>) {
        let mut wanted = vec![[0.0; LANES]; self.vectors.n_columns()];
        let kept = scores.kept(query.history.len());
        for (event, kept) in query.history.events().iter().zip(kept) {
            let [words, meaning] = self.shares(event, factor);
            for (term, value) in self.vectors.entries(event.item) {
                let amounts = &mut wanted[term as usize];
                (0..LANES).for_each(|lane| amounts[lane] += words * kept[lane] * value);
            }
            let amounts = kept.map(|kept| meaning * kept);
            for (item, value) in self.alike().iter().flat_map(|alike| alike.entries(event.item)) {
                scores.add(item, &amounts, value);
            }
        }
        for term in self.terms_of(query) {
            let amounts = &wanted[term as usize];
            for (item, value) in self.postings.entries(term) {
                scores.add(item, amounts, value);
            }
        }
    }

    fn attribute(&self, query: Query<'_>, item: ItemIdx) -> Attribution {
        let share = |event: &HistoryEvent| {
            let [words, meaning] = self.shares(event, 1.0);
            let alike = self.alike().map_or(0.0, |alike| alike.value(event.item, item));
            words * self.vectors.dot(event.item, item) + meaning * alike
        };
        Attribution { by_event: query.history.events().iter().map(share).collect(), base: 0.0 }
    }
}

#[cfg(test)]
mod tests;
