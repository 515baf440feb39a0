//! How a shopper puts right what the shop makes of them, and what they want more or less of.
//!
//! A correction says what to do, never what came of it: every answer works that out anew, so that
//! taking a correction back restores exactly what was before it.

use serde::{Deserialize, Serialize};

use crate::{HistoryRef, IngestId, Item, ItemId, Text};

/// Something that items have in common and a shopper can want more or less of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "of", content = "value")]
pub enum Concept {
    /// A category at any level, in any language.
    Category(String),
    /// A brand, in any language.
    Brand(String),
    /// A word of title, brand, categories or attributes.
    Word(String),
}

impl Concept {
    /// The concept that is wanted more or less.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::Category(value) | Self::Brand(value) | Self::Word(value) => value,
        }
    }

    /// Whether it holds of an item.
    #[must_use]
    pub fn holds_of(&self, item: &Item) -> bool {
        match self {
            Self::Category(value) => {
                item.all_categories().flat_map(Text::versions).any(|c| same(c, value))
            }
            Self::Brand(value) => item.brand.versions().any(|brand| same(brand, value)),
            Self::Word(value) => {
                let attributes = item.described_by().flat_map(|(_, values)| values);
                let texts = [&item.title, &item.brand].into_iter().chain(item.all_categories());
                texts.chain(attributes).flat_map(Text::versions).any(|text| has_word(text, value))
            }
        }
    }
}

/// Whether two names are the same but for case and surrounding space.
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// Whether a text contains a word: anywhere for Chinese, between other words for Latin letters,
/// where a plural counts as the word.
#[must_use]
pub fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.trim().to_lowercase());
    if word.is_empty() {
        return false;
    }
    let latin = |c: char| c.is_ascii_alphanumeric();
    let starts_free =
        |at: usize| !word.starts_with(latin) || !text[..at].chars().next_back().is_some_and(latin);
    let ends_free = |at: usize| {
        let rest = &text[at..];
        let rest = rest.strip_prefix("es").filter(|r| !r.starts_with(latin)).unwrap_or(rest);
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        !word.ends_with(latin) || !rest.starts_with(latin)
    };
    text.match_indices(&word).any(|(at, _)| starts_free(at) && ends_free(at + word.len()))
}

/// The part of a history that shall not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "what", content = "value")]
pub enum Unused {
    /// These steps, by the events that stand for them.
    Events(Vec<IngestId>),
    /// Everything done so far with this item.
    Item(ItemId),
    /// Everything ever done with items of this category.
    Category(String),
    /// Everything ever done with items of this brand.
    Brand(String),
    /// Everything done and said so far.
    Everything,
}

/// Something that a shopper says about themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// The subject of the correction.
    pub concept: Concept,
    /// From -1 (as little as possible) over 0 (as if nothing were said) to 1 (as much as possible).
    pub weight: f32,
}

/// One thing that a shopper puts right. Each can be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum Correction {
    /// A claim of a reason does not hold for them: it is not told again of this item, and what it
    /// rested on is not used.
    WrongReason {
        /// The item that the claim was about.
        item_id: ItemId,
        /// The claim's kind.
        kind: String,
        /// The history it rested on.
        #[serde(default)]
        evidence: Vec<HistoryRef>,
    },
    /// Part of the history is not to be used.
    DoNotUse {
        /// Which part.
        unused: Unused,
    },
    /// The events so far with an item were for somebody else.
    Gift {
        /// The item.
        item_id: ItemId,
    },
    /// An item is not to be shown, and nothing done with it so far to be used, unless it was bought.
    NotInterested {
        /// The item.
        item_id: ItemId,
    },
    /// More of something.
    More {
        /// Of what.
        concept: Concept,
    },
    /// Less of something.
    Less {
        /// Of what.
        concept: Concept,
    },
    /// In its category, only what costs less than this item.
    Cheaper {
        /// The item.
        than: ItemId,
    },
    /// In its category, nothing of this item's brand.
    OtherBrand {
        /// The item.
        than: ItemId,
    },
    /// These tags, instead of those set before.
    SetTags {
        /// The tags.
        tags: Vec<Tag>,
    },
    /// Nothing is to be computed from the history.
    StopProfiling,
}

impl Correction {
    /// The name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::WrongReason { .. } => "wrong_reason",
            Self::DoNotUse { .. } => "do_not_use",
            Self::Gift { .. } => "gift",
            Self::NotInterested { .. } => "not_interested",
            Self::More { .. } => "more",
            Self::Less { .. } => "less",
            Self::Cheaper { .. } => "cheaper",
            Self::OtherBrand { .. } => "other_brand",
            Self::SetTags { .. } => "set_tags",
            Self::StopProfiling => "stop_profiling",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_between_other_words_and_in_the_plural() {
        assert!(has_word("Red Shoes for hikers", "shoe"));
        assert!(has_word("Dishes", "dish"));
        assert!(!has_word("Steamer", "tea"));
        assert!(!has_word("Shoebox", "shoe"));
        assert!(has_word("明前龙井绿茶", "绿茶"));
        assert!(!has_word("anything", " "));
    }

    #[test]
    fn a_concept_holds_at_any_level_and_in_any_language() {
        let mut item = Item::bare(ItemId::new("1").unwrap());
        item.title = Text::both("手工紫砂壶", "Hand-made clay teapot");
        item.brand = Text::both("山月", "Shanyue");
        item.categories = vec![Text::both("家居", "Home"), Text::both("茶具", "Teaware")];
        let holds = |concept: Concept| concept.holds_of(&item);
        assert!(holds(Concept::Category("home".into())) && holds(Concept::Category("茶具".into())));
        assert!(holds(Concept::Brand("SHANYUE".into())) && holds(Concept::Word("紫砂壶".into())));
        assert!(!holds(Concept::Brand("Home".into())) && !holds(Concept::Word("tea".into())));
    }

    #[test]
    fn a_correction_names_itself_on_the_wire() {
        let concept = Concept::Brand("Sony".into());
        let wire = serde_json::to_value(Correction::More { concept }).unwrap();
        let expected =
            serde_json::json!({"do": "more", "concept": {"of": "brand", "value": "Sony"}});
        assert_eq!(wire, expected);
        let gone = Correction::DoNotUse { unused: Unused::Everything };
        assert_eq!(serde_json::to_value(&gone).unwrap()["do"], gone.name());
    }
}
