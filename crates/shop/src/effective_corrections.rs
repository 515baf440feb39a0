//! What a shopper's corrections make of an answer: steps that are not used, items that are not
//! shown, and what is added to scores.
//!
//! Worked out anew for every answer from the corrections that hold, so that one taken back leaves
//! no trace. What is worked out goes on record, for the audit recomputes with it.

use claims::Bar;
use domain::{Concept, Correction, EventKind, IngestId, Item, ItemId, Money, StoredEvent, Unused};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use store::Corrected;

/// Most that can be added up for one concept, in units of `ask.preference_boost`.
const MOST_BOOSTED: f32 = 3.0;

/// What corrections make of scores and eligibility.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Steering {
    /// What is added to the scores of items that a concept holds of.
    // Records say tilts.
    #[serde(rename = "tilts")]
    pub boosts: Vec<Boost>,
    /// Items that are not shown.
    pub not_interested: Vec<ItemId>,
    /// Where only what costs less is shown.
    pub cheaper: Vec<Cheaper>,
    /// Brands that are not shown, and where.
    pub other_brands: Vec<OtherBrand>,
    /// Claims that are not told.
    pub unsaid: Vec<Unsaid>,
    /// Categories and brands of which no step is used, later ones included.
    pub unused: Vec<Concept>,
}

/// What is added to the scores of whatever a concept holds of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Boost {
    /// The concept.
    pub concept: Concept,
    /// How much is added.
    pub by: f32,
}

/// In the category (or the whole shop, for an item without one), only what costs less.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cheaper {
    /// Within this category; everywhere where there is none.
    pub category: Option<String>,
    /// Only what costs less than this.
    pub below: Money,
}

/// In the category (or the whole shop, for an item without one), nothing of this brand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OtherBrand {
    /// Within this category; everywhere where there is none.
    pub category: Option<String>,
    /// The brand that is not shown.
    pub brand: String,
}

/// A kind of claim that is not told of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unsaid {
    /// The item.
    pub item_id: ItemId,
    /// The kind of claim.
    pub kind: String,
}

impl Steering {
    /// Whether nothing was put right.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The first of these rules that bars an item.
    pub fn bar(&self, item: &Item) -> Option<Bar> {
        let within = |category: &Option<String>| {
            let inside = |name: &String| Concept::Category(name.clone()).holds_of(item);
            category.as_ref().is_none_or(inside)
        };
        let dear = |rule: &Cheaper| {
            let costs_less = item.price.is_some_and(|price| {
                price.currency == rule.below.currency && price.minor < rule.below.minor
            });
            within(&rule.category) && !costs_less
        };
        let of_brand = |rule: &OtherBrand| {
            within(&rule.category) && Concept::Brand(rule.brand.clone()).holds_of(item)
        };
        if self.not_interested.contains(&item.id) {
            Some(Bar::NotInterested)
        } else if self.cheaper.iter().any(dear) {
            Some(Bar::AskedForCheaper)
        } else {
            self.other_brands.iter().any(of_brand).then_some(Bar::AskedForOtherBrand)
        }
    }

    /// Whether items of this category or brand teach nothing.
    pub fn ignores(&self, item: &Item) -> bool {
        self.unused.iter().any(|concept| concept.holds_of(item))
    }

    /// Whether a claim is not to be told.
    pub fn silences(&self, item_id: &ItemId, kind: &str) -> bool {
        self.unsaid.iter().any(|unsaid| unsaid.item_id == *item_id && unsaid.kind == kind)
    }
}

/// The corrections of a shopper that hold, read.
#[derive(Debug, Default)]
pub struct EffectiveCorrections {
    /// What they make of an answer.
    pub steering: Steering,
    /// Events whose steps are not used as they were up to an id.
    events: FxHashMap<IngestId, IngestId>,
    /// Items whose events up to an id are not used.
    items: FxHashMap<ItemId, IngestId>,
    /// Of these, those of which a purchase or a rating stands.
    but_owned: FxHashMap<ItemId, IngestId>,
    everything_to: IngestId,
    /// Items that were turned away from one id to another, and that was taken back.
    undone: Vec<(ItemId, IngestId, IngestId)>,
}

impl EffectiveCorrections {
    /// Reads corrections, oldest first; those taken back are skipped. `item` gives what the
    /// catalogue says now.
    pub fn of<'c>(
        corrections: &[Corrected],
        item: impl Fn(&ItemId) -> Option<&'c Item>,
        boost: f32,
    ) -> Self {
        let mut effective = Self::default();
        let mut tags = Vec::new();
        let held = corrections.iter().filter(|one| !one.taken_back);
        for Corrected { id, correction, .. } in held {
            match correction {
                Correction::SetTags { tags: set } => tags.clone_from(set),
                Correction::DoNotUse { unused: Unused::Everything } => {
                    tags.clear();
                    effective = Self { everything_to: *id, ..Self::default() };
                }
                other => effective.hear(*id, other, &item, boost),
            }
        }
        for tag in tags {
            effective.boost(&tag.concept, tag.weight * boost, boost);
        }
        effective.steering.boosts.retain(|boost| boost.by != 0.0);
        effective.undone = corrections.iter().filter_map(undone).collect();
        effective
    }

    /// Whether an event says what a correction that was taken back said meanwhile: turning an item
    /// away with a button is both, so that it counts where dismissals are counted, and taking it
    /// back has to take back both.
    pub fn undoes(&self, event: &StoredEvent) -> bool {
        let within = |(item, from, to): &(ItemId, IngestId, IngestId)| {
            event.item_id == *item && *from < event.id && event.id < *to
        };
        event.kind == EventKind::Dismiss && self.undone.iter().any(within)
    }

    fn hear<'c>(
        &mut self,
        id: IngestId,
        correction: &Correction,
        entry: impl Fn(&ItemId) -> Option<&'c Item>,
        boost: f32,
    ) {
        let category =
            |item: &Item| item.category().and_then(|c| c.versions().next()).map(str::to_owned);
        match correction {
            Correction::WrongReason { item_id, kind, evidence } => {
                let unsaid = Unsaid { item_id: item_id.clone(), kind: kind.clone() };
                self.steering.unsaid.push(unsaid);
                self.forbid(evidence.iter().filter_map(|past| past.event_id), id);
            }
            Correction::DoNotUse { unused } => match unused {
                Unused::Events(events) => self.forbid(events.iter().copied(), id),
                Unused::Item(item) => self.leave_out(item, id),
                Unused::Category(name) => {
                    self.steering.unused.push(Concept::Category(name.clone()));
                }
                Unused::Brand(name) => self.steering.unused.push(Concept::Brand(name.clone())),
                Unused::Everything => {}
            },
            Correction::Gift { item_id } => self.leave_out(item_id, id),
            Correction::NotInterested { item_id } => {
                self.steering.not_interested.push(item_id.clone());
                self.but_owned.insert(item_id.clone(), id);
            }
            Correction::More { concept } => self.boost(concept, boost, boost),
            Correction::Less { concept } => self.boost(concept, -boost, boost),
            Correction::Cheaper { than } => {
                let found = entry(than).and_then(|item| Some((item, item.price?)));
                self.steering
                    .cheaper
                    .extend(found.map(|(item, below)| Cheaper { category: category(item), below }));
            }
            Correction::OtherBrand { than } => {
                let found = entry(than)
                    .and_then(|item| Some((item, item.brand.versions().next()?.to_owned())));
                self.steering.other_brands.extend(
                    found.map(|(item, brand)| OtherBrand { category: category(item), brand }),
                );
            }
            Correction::SetTags { .. } | Correction::StopProfiling => {}
        }
    }

    fn forbid(&mut self, events: impl Iterator<Item = IngestId>, id: IngestId) {
        self.events.extend(events.map(|event| (event, id)));
    }

    fn leave_out(&mut self, item: &ItemId, id: IngestId) {
        self.items.insert(item.clone(), id);
    }

    fn boost(&mut self, concept: &Concept, by: f32, unit: f32) {
        let boosts = &mut self.steering.boosts;
        let known = boosts.iter().position(|boost| boost.concept == *concept);
        let at = known.unwrap_or_else(|| {
            boosts.push(Boost { concept: concept.clone(), by: 0.0 });
            boosts.len() - 1
        });
        let most = MOST_BOOSTED * unit;
        boosts[at].by = (boosts[at].by + by).clamp(-most, most);
    }

    /// Whether an event is used, which is one of the consecutive events with its item that make a
    /// step. A step is told as its strongest event, so that whoever forbids that forbids all that
    /// the step was until then.
    pub fn uses(&self, step: &[&StoredEvent], event: &StoredEvent, item: Option<&Item>) -> bool {
        let up_to = |items: &FxHashMap<ItemId, IngestId>| {
            items.get(&event.item_id).is_some_and(|until| event.id <= *until)
        };
        let owned = matches!(event.kind, EventKind::Purchase | EventKind::Rate);
        let forbidden = step.iter().filter_map(|one| self.events.get(&one.id)).max();
        !(event.id <= self.everything_to
            || forbidden.is_some_and(|until| event.id <= *until)
            || up_to(&self.items)
            || (up_to(&self.but_owned) && !owned)
            || item.is_some_and(|item| self.steering.ignores(item)))
    }
}

fn undone(one: &Corrected) -> Option<(ItemId, IngestId, IngestId)> {
    match (&one.correction, one.taken_back_at) {
        (Correction::NotInterested { item_id }, Some(at)) => Some((item_id.clone(), one.id, at)),
        _ => None,
    }
}
