//! What a catalogue entry says of an item, as forms and facts for drafts. Whatever the entry says
//! is taken as the shop's word; nothing is read out of titles or descriptions.

use claims::Attribute;
use domain::{Item, Language};
use language::phrasing::{Slot, Statement};
use messages::{list, message, shown};

use super::format::{money, shorten, value};

/// A part of a catalogue entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title,
    /// Brand, narrowest category, or a named attribute.
    Attribute(Attribute),
    /// What it costs.
    Price,
}

/// A statement that a catalogue entry makes, and by which part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// The part.
    pub field: Field,
    /// What is stated.
    pub statement: Statement,
}

/// Everything that may be stated of an item from its entry, in the order of a description.
#[must_use]
pub fn described(item: &Item, lang: Language) -> Vec<Described> {
    let title = value(&item.title, lang);
    let title = if title.is_empty() { item.id.as_str().to_owned() } else { title };
    let title = message!(lang, "reason-term", term: title);
    let mut found = vec![of(Field::Title, "item_titled", [("title", title)])];
    let brand = value(&item.brand, lang);
    if !brand.is_empty() {
        let field = Field::Attribute(Attribute::Brand);
        found.push(of(field, "item_brand", [("value", brand)]));
    }
    if let Some(category) = item.category().filter(|category| !category.is_empty()) {
        let field = Field::Attribute(Attribute::Category);
        found.push(of(field, "item_category", [("value", value(category, lang))]));
    }
    for (name, values) in item.described_by() {
        let values: Vec<String> = values.iter().map(|text| value(text, lang)).collect();
        let field = Field::Attribute(Attribute::Named(name.clone()));
        let joined = shown(lang, list(values));
        found.push(of(field, "item_has", [("name", shorten(name)), ("value", joined)]));
    }
    found.extend(
        item.price.map(|price| of(Field::Price, "item_costs", [("price", money(price, lang))])),
    );
    found
}

fn of<const N: usize>(
    field: Field,
    form: &'static str,
    facts: [(&'static str, String); N],
) -> Described {
    let slots = facts.into_iter().map(|(name, value)| Slot { name, value }).collect();
    Described { field, statement: Statement { form, slots } }
}
