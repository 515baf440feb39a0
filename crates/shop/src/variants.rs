//! Which item an id of a variant means: feeds group sizes and colours into one item, while events
//! name the one that was bought. Refuses to rewrite what was taken in before the feed was.

use domain::item::VARIANT_ID;
use domain::{Item, ItemId, Text};

use crate::persistent::Trie;

/// The item of each variant.
#[derive(Debug, Clone, Default)]
pub struct Variants(Trie<ItemId, ItemId>);

impl Variants {
    /// Takes what a version of an item says; `before` is what the version before said.
    pub fn learn(&mut self, before: Option<&Item>, item: Option<&Item>) {
        for id in before.into_iter().flat_map(variants_of) {
            self.0.remove(&id);
        }
        if let Some(item) = item {
            variants_of(item).for_each(|id| self.0.insert(&id, item.id.clone()));
        }
    }

    /// The item that an id means: of a variant its group, of anything else itself.
    pub fn item_of(&self, id: ItemId) -> ItemId {
        self.0.get(&id).cloned().unwrap_or(id)
    }
}

fn variants_of(item: &Item) -> impl Iterator<Item = ItemId> {
    let ids = item.attributes.get(VARIANT_ID).into_iter().flatten().flat_map(Text::versions);
    ids.filter_map(|id| ItemId::new(id).ok()).filter(|id| *id != item.id)
}
