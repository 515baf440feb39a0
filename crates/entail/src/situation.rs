//! What is known where a text is written: the product, the products its claims name, the claims,
//! and what the shopper did.

use claims::Facts;
use domain::{EventKind, ItemId, Language};

/// A product as the reader knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ItemId,
    /// Its title in the language of the text.
    pub title: String,
}

/// A step of the shopper's history that a claim rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The product.
    pub item_id: ItemId,
    /// What was done.
    pub kind: EventKind,
    /// The shopper did so more than once, and the claim speaks of one of the times.
    pub one_of_several: bool,
}

/// The verified claims of one reason, with the names and deeds they speak of.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// The language of the text.
    pub lang: Language,
    /// The recommended product.
    pub own: Product,
    /// The other products that the claims name.
    pub others: Vec<Product>,
    /// The verified facts.
    pub claims: Vec<Facts>,
    /// The steps of the history that the claims name.
    pub deeds: Vec<Deed>,
}

impl Situation {
    /// The titles by place: 0 is the recommended product.
    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.own).chain(&self.others).map(|product| product.title.as_str())
    }

    /// The product at a place of [`Self::titles`].
    pub(crate) fn id(&self, at: usize) -> Option<&ItemId> {
        match at {
            0 => Some(&self.own.id),
            _ => self.others.get(at - 1).map(|product| &product.id),
        }
    }
}
