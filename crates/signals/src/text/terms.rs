//! Words and 2-grams of every item, counted by field once and weighed as often as the search for
//! constants likes.

use std::sync::Arc;

use language::is_stop_word;
use language::tokenise::{Tokeniser, parts};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::alike::alike;
use crate::constants::TextConstants;
use crate::sparse::{SparseRows, normalise};
use crate::{ItemText, SignalsError};

/// The fields of an item's text, in the order of [`Counts`].
const N_FIELDS: usize = 4;

/// Occurrences of one term in title, brand, category path and description.
type Counts = [u16; N_FIELDS];

/// Which fields the items of a shop have at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fields {
    pub(crate) title: bool,
    pub(crate) brand: bool,
    pub(crate) category: bool,
    pub(crate) description: bool,
    /// Whether an encoder's vectors say what items are like.
    pub(crate) meaning: bool,
}

impl Fields {
    /// Whether there is any text.
    pub(crate) fn any(self) -> bool {
        self.title || self.brand || self.category || self.description
    }
}

/// The terms of all items.
pub(crate) struct ItemTerms {
    /// Every term in ascending order.
    vocabulary: Vec<String>,
    /// Whether it is a 2-gram.
    is_bigram: Vec<bool>,
    /// In how many items it occurs.
    n_items_with: Vec<u32>,
    /// Terms of each item in ascending order.
    items: Vec<Vec<(u32, Counts)>>,
    /// Items that mean the like, where an encoder is installed.
    alike: Option<Arc<SparseRows>>,
}

impl ItemTerms {
    /// Reads every text. Terms of a single item are dropped at once: they match nothing.
    ///
    /// # Errors
    /// [`SignalsError::Nearest`] where an encoder's vectors cannot be used.
    pub(crate) fn read(texts: &[ItemText], tokeniser: &Tokeniser) -> Result<Self, SignalsError> {
        let meanings: Vec<_> = texts.iter().map(|text| text.meaning.clone()).collect();
        let alike = alike(&meanings)?;
        Ok(Self { alike, ..Self::count(texts, tokeniser) })
    }

    fn count(texts: &[ItemText], tokeniser: &Tokeniser) -> Self {
        let count_terms = |text| count_terms(text, tokeniser);
        let items: Vec<FxHashMap<String, Counts>> = texts.par_iter().map(count_terms).collect();
        let mut n_items_with: FxHashMap<&str, u32> = FxHashMap::default();
        for term in items.iter().flat_map(FxHashMap::keys) {
            *n_items_with.entry(term).or_default() += 1;
        }
        let mut kept: Vec<(&str, u32)> = n_items_with.into_iter().filter(|&(_, n)| n > 1).collect();
        kept.sort_unstable();
        let ids: FxHashMap<&str, u32> =
            kept.iter().enumerate().map(|(id, &(term, _))| (term, id as u32)).collect();
        let numbered = |terms: &FxHashMap<String, Counts>| {
            let known = terms.iter().filter_map(|(term, &n)| Some((*ids.get(term.as_str())?, n)));
            let mut numbered: Vec<(u32, Counts)> = known.collect();
            numbered.sort_unstable();
            numbered
        };
        Self {
            items: items.par_iter().map(numbered).collect(),
            is_bigram: kept.iter().map(|(term, _)| term.contains(' ')).collect(),
            n_items_with: kept.iter().map(|&(_, n)| n).collect(),
            vocabulary: kept.iter().map(|&(term, _)| term.to_owned()).collect(),
            alike: None,
        }
    }

    /// Items that mean the like; (n_items, n_items).
    pub(crate) fn alike(&self) -> Option<&Arc<SparseRows>> {
        self.alike.as_ref()
    }

    /// The words of each item, 2-grams apart, each with the number of items that have it.
    pub(crate) fn words(&self) -> impl Iterator<Item = impl Iterator<Item = (&str, u32)>> {
        let is_word = |(term, _): &&(u32, Counts)| !self.is_bigram[*term as usize];
        let word = |(term, _): &(u32, Counts)| {
            (self.vocabulary[*term as usize].as_str(), self.n_items_with[*term as usize])
        };
        self.items.iter().map(move |terms| terms.iter().filter(is_word).map(word))
    }

    /// Which fields have a term that counts.
    pub(crate) fn fields(&self) -> Fields {
        let counts = || self.items.iter().flatten().map(|(_, counts)| counts);
        let has = |field: usize| counts().any(|counts| counts[field] > 0);
        Fields {
            title: has(0),
            brand: has(1),
            category: has(2),
            description: has(3),
            meaning: self.alike.is_some(),
        }
    }

    /// TF-IDF with sublinear term frequency: x_t = ln(1 + Σ_field weight · count) · ln(n / n_t),
    /// scaled to length 1 (Manning, Raghavan, Schütze: Introduction to Information Retrieval,
    /// 6.2 and 6.4.1). Returns the terms in use and one vector per item: (n_items, n_terms).
    pub(crate) fn weigh(&self, constants: &TextConstants) -> (Vec<String>, SparseRows) {
        let (weights, new_ids) = self.term_weights(constants);
        let fields = [constants.title, constants.brand, constants.category, constants.description];
        let vector = |terms: &Vec<(u32, Counts)>| {
            let mut vector = Vec::with_capacity(terms.len());
            for (term, counts) in terms {
                let weight = weights[*term as usize];
                let frequency: f32 =
                    counts.iter().zip(fields).map(|(&n, field)| f32::from(n) * field).sum();
                if weight > 0.0 && frequency > 0.0 {
                    vector.push((new_ids[*term as usize], frequency.ln_1p() * weight));
                }
            }
            normalise(&mut vector);
            vector
        };
        let vectors: Vec<Vec<(u32, f32)>> = self.items.par_iter().map(vector).collect();
        let in_use = |&(_, weight): &(&String, &f32)| *weight > 0.0;
        let vocabulary: Vec<String> = self
            .vocabulary
            .iter()
            .zip(&weights)
            .filter(in_use)
            .map(|(term, _)| term.clone())
            .collect();
        let vectors = SparseRows::from_rows(vocabulary.len(), &vectors);
        (vocabulary, vectors)
    }

    /// Inverse document frequency times the 2-gram factor, 0 for terms left out; and the number of
    /// each term among those in use.
    fn term_weights(&self, constants: &TextConstants) -> (Vec<f32>, Vec<u32>) {
        let n_items = self.items.len() as f32;
        let weight = |(&n, &is_bigram): (&u32, &bool)| {
            let kept = n >= constants.min_items && n as f32 <= constants.max_share * n_items;
            let factor = if is_bigram { constants.bigram } else { 1.0 };
            if kept { factor * (n_items / n as f32).ln() } else { 0.0 }
        };
        let weights: Vec<f32> = self.n_items_with.iter().zip(&self.is_bigram).map(weight).collect();
        let mut n_used = 0;
        let number = |&weight: &f32| {
            n_used += u32::from(weight > 0.0);
            n_used.saturating_sub(1)
        };
        let new_ids = weights.iter().map(number).collect();
        (weights, new_ids)
    }
}

/// Words, the words within them and 2-grams of one item by field.
fn count_terms(text: &ItemText, tokeniser: &Tokeniser) -> FxHashMap<String, Counts> {
    let mut counts: FxHashMap<String, Counts> = FxHashMap::default();
    let title = text.title.iter().map(String::as_str);
    let brand = text.brand.versions();
    let categories = text.categories.iter().flat_map(domain::Text::versions);
    let description = text.description.iter().map(String::as_str);
    let mut add_terms =
        |text: &str, field| add_terms(&tokeniser.tokenise(text), field, &mut counts);
    title.for_each(|text| add_terms(text, 0));
    brand.for_each(|text| add_terms(text, 1));
    categories.for_each(|text| add_terms(text, 2));
    description.for_each(|text| add_terms(text, 3));
    counts
}

fn add_terms(words: &[String], field: usize, counts: &mut FxHashMap<String, Counts>) {
    let words: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !is_stop_word(word)).collect();
    // 5G手机 is one word, and yet a 手机 among others.
    let within =
        words.iter().flat_map(|word| parts(word).into_iter().map(|at| word[at].to_owned()));
    let bigrams = words.windows(2).map(|pair| pair.join(" "));
    let whole = words.iter().map(|&word| word.to_owned());
    for term in whole.chain(within).chain(bigrams) {
        let count = &mut counts.entry(term).or_default()[field];
        *count = count.saturating_add(1);
    }
}
