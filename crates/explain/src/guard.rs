//! What nobody may be told, whatever else is true of it: counts of too few people, and anything of
//! a sensitive category.
//!
//! Serving and the audit of delivered claims ask the same functions, so that they cannot differ.
//! Both look at the slots of facts and never at kinds, so that a new kind is guarded too.

use claims::{Facts, Who};
use domain::{HistoryRef, Item, ItemId, Text};

use crate::{Evidence, ExplainConfig};

/// Whether the facts speak of fewer people than are needed to tell a count of them.
#[must_use]
pub fn counts_too_few(facts: &Facts, config: &ExplainConfig) -> bool {
    facts.people_counted().iter().any(|people| people.n < fewest(people.who, config))
}

/// The smallest count of such people that is told.
#[must_use]
pub fn fewest(who: Who, config: &ExplainConfig) -> u32 {
    match who {
        Who::Shoppers => config.min_buyers,
        Who::Reviewers => config.min_reviewers,
        Who::Raters => config.min_ratings,
    }
}

/// A claim as the guard looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'a> {
    /// The item that it is about.
    pub item: &'a ItemId,
    /// Its facts.
    pub facts: &'a Facts,
    /// The history that it names as its evidence.
    pub evidence: &'a [HistoryRef],
}

/// Whether a claim would name a sensitive category, or an item of one; `is_sensitive` says which
/// items are of one.
///
/// A sensitive item may be recommended. A reason may say of it only what fits any item (it is new,
/// it is well rated), and nothing in words or situations that may tell what it is.
#[must_use]
pub fn names_sensitive(
    stated: Stated<'_>,
    config: &ExplainConfig,
    is_sensitive: &dyn Fn(&ItemId) -> bool,
) -> bool {
    let Stated { item, facts, evidence } = stated;
    if config.sensitive_categories.is_empty() {
        return false;
    }
    let texts = facts.texts_named();
    let describes = !texts.is_empty() || facts.circumstance().is_some();
    texts.iter().any(|text| name_is_sensitive(text, config))
        || facts.items_named().into_iter().any(is_sensitive)
        || evidence.iter().any(|past| is_sensitive(&past.item_id))
        || facts.kind().is_of_reasons() && describes && is_sensitive(item)
}

/// [`names_sensitive`] of facts that are not a claim yet, by the catalogue of the evidence.
#[must_use]
pub fn would_name_sensitive(
    item: &ItemId,
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> bool {
    let is_sensitive =
        |id: &ItemId| evidence.item(id).is_some_and(|item| item_is_sensitive(&item, config));
    names_sensitive(Stated { item, facts, evidence: &[] }, config, &is_sensitive)
}

/// Whether any category of an item is a sensitive one, or it is for adults only.
#[must_use]
pub fn item_is_sensitive(item: &Item, config: &ExplainConfig) -> bool {
    let mut names = item.all_categories().flat_map(Text::versions);
    item.is_adult() || names.any(|name| name_is_sensitive(name, config))
}

fn name_is_sensitive(name: &str, config: &ExplainConfig) -> bool {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    config.sensitive_categories.iter().any(|sensitive| same(sensitive, name))
}

#[cfg(test)]
mod tests;
