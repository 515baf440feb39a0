//! Reading everything a model is fitted on, in an order that depends on the data alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use language::Tokeniser;
use shop::settings::{CorrectionsConfig, WordsConfig};

use domain::{EventTime, IngestId, Item, ItemId, ShopperId, StoredEvent, StoredItem};
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};
use signals::{Context, Interaction, Interactions, ItemText, Model, TrainingData};
use store::{Each, StoreError, StoredFeedback, every, try_each};

use shop::clock::ShopClock;
use shop::context::Regions;
use shop::effective_corrections::EffectiveCorrections;
use shop::feedback::Rejected;
use shop::history::HistoryConfig;
use shop::history_mask::HistoryMask;
use shop::{Shop, ShopError};

/// Training data as of one ingest id.
pub struct Gathered {
    /// Items, texts, sequences.
    pub data: TrainingData,
    /// The newest ingest id that it counts.
    pub as_of: IngestId,
}

/// Reads everything a model is fitted on. Shoppers who switched profiling off are left out.
///
/// # Errors
/// What the store says.
pub fn gather(shop: &Shop) -> Result<Gathered, ShopError> {
    gather_as_of(shop, shop.state().newest()?)
}

/// What a model would have been fitted on at an earlier moment; what was erased since is gone.
pub fn gather_as_of(shop: &Shop, as_of: IngestId) -> Result<Gathered, ShopError> {
    let mut catalogue = read_catalogue(shop, as_of)?;
    let mut reader = SequenceReader::new(shop, &mut catalogue, as_of);
    shop.state().scan_feedback(&mut every(|feedback| reader.hear(feedback)))?;
    let events = |each: &mut Each<'_, StoredEvent>| shop.state().scan_events(as_of, each);
    try_each(events, |event| reader.read(event))?;
    reader.end_shopper()?;
    let (sequences, regions) = reader.finish();
    let sequences = profiled(shop, sequences, as_of)?;
    let n_items = catalogue.items.len();
    let known = || catalogue.items.iter().map(|id| catalogue.known.get(id));
    let meanings = crate::encoder::meanings(shop, known())?;
    let text = |(item, meaning)| ItemText { meaning, ..text_of(item) };
    let texts = known().zip(meanings).map(text).collect();
    let data = TrainingData {
        items: catalogue.items,
        texts,
        interactions: Interactions { n_items, sequences, regions },
        tokeniser: Arc::new(Tokeniser::new(&shop.config::<WordsConfig>().words)),
    };
    Ok(Gathered { data, as_of })
}

/// The data of now under the numbers of a fitted model. Items and regions that came after it are
/// left out: what it knows nothing of, nobody can ask it.
///
/// # Errors
/// What the store says.
pub fn gather_for(shop: &Shop, model: &Model) -> Result<TrainingData, ShopError> {
    let TrainingData { items, texts, interactions, tokeniser } = gather(shop)?.data;
    let numbers: Vec<_> = items.iter().map(|id| model.index_of(id)).collect();
    let regions: Vec<_> = interactions.regions.iter().map(|name| model.region(name)).collect();
    let renumbered = |mut event: Interaction| {
        event.item = numbers[event.item as usize]?;
        event.context.region = event.context.region.and_then(|region| regions[usize::from(region)]);
        Some(event)
    };
    let sequences = interactions.sequences.into_iter();
    let sequences =
        sequences.map(|events| events.into_iter().filter_map(renumbered).collect()).collect();
    let mut of_model = vec![ItemText::default(); model.n_items()];
    for (number, text) in numbers.iter().zip(texts) {
        if let Some(number) = number {
            of_model[*number as usize] = text;
        }
    }
    Ok(TrainingData {
        items: model.items().to_vec(),
        texts: of_model,
        interactions: Interactions {
            n_items: model.n_items(),
            sequences,
            regions: model.regions().to_vec(),
        },
        tokeniser,
    })
}

fn read_catalogue(shop: &Shop, as_of: IngestId) -> Result<Catalogue, ShopError> {
    let mut catalogue = Catalogue::default();
    shop.state().scan_items(
        as_of,
        &mut every(|(id, version): (ItemId, StoredItem)| match version.item {
            Some(item) => {
                catalogue.deleted.remove(&id);
                catalogue.known.insert(id, item);
            }
            None => {
                catalogue.known.remove(&id);
                catalogue.deleted.insert(id);
            }
        }),
    )?;
    for id in catalogue.known.keys().cloned().collect::<Vec<_>>() {
        catalogue.number(&id);
    }
    Ok(catalogue)
}

/// Keeps the sequences of shoppers who allow it, in an order that does not depend on the
/// random shopper numbers, so that the same data give the same model in every shop folder.
fn profiled(
    shop: &Shop,
    sequences: Vec<(ShopperId, Vec<Interaction>)>,
    as_of: IngestId,
) -> Result<Vec<Vec<Interaction>>, ShopError> {
    let mut kept = Vec::with_capacity(sequences.len());
    for (shopper, sequence) in sequences {
        if shop.state().preferences(shopper, as_of)?.profiling {
            kept.push(sequence);
        }
    }
    let key = |i: &Interaction| (i.time.key(), i.item, i.kind.code(), i.n_masked_before);
    kept.sort_by(|a, b| a.iter().map(key).cmp(b.iter().map(key)));
    Ok(kept)
}

/// Items and their numbers, in an order that is the same for the same data: catalogue items by
/// id, then items that only events know, by id as well.
#[derive(Default)]
struct Catalogue {
    known: BTreeMap<ItemId, Item>,
    deleted: FxHashSet<ItemId>,
    items: Vec<ItemId>,
    numbers: FxHashMap<ItemId, u32>,
}

impl Catalogue {
    fn number(&mut self, id: &ItemId) -> u32 {
        if let Some(&number) = self.numbers.get(id) {
            return number;
        }
        let number = self.items.len() as u32;
        self.items.push(id.clone());
        self.numbers.insert(id.clone(), number);
        number
    }
}

/// Cuts the scan into one sequence per shopper, oldest step first.
struct SequenceReader<'a> {
    shop: &'a Shop,
    as_of: IngestId,
    catalogue: &'a mut Catalogue,
    config: &'a HistoryConfig,
    clock: &'a ShopClock,
    regions: Regions,
    current: Vec<StoredEvent>,
    /// What shoppers said of what they were shown.
    heard: FxHashMap<ShopperId, Vec<StoredFeedback>>,
    sequences: Vec<(ShopperId, Vec<(ItemId, StepShape)>)>,
}

#[derive(Clone, Copy)]
struct StepShape {
    kind: domain::EventKind,
    weight: f32,
    time: EventTime,
    context: Context,
    n_masked_before: u32,
}

impl<'a> SequenceReader<'a> {
    fn new(shop: &'a Shop, catalogue: &'a mut Catalogue, as_of: IngestId) -> Self {
        Self {
            shop,
            as_of,
            catalogue,
            config: shop.config::<HistoryConfig>(),
            clock: shop.clock(),
            regions: Regions::default(),
            current: Vec::new(),
            heard: FxHashMap::default(),
            sequences: Vec::new(),
        }
    }

    fn hear(&mut self, feedback: StoredFeedback) {
        if let Some(shopper) = feedback.shopper.filter(|_| Rejected::listens_to(feedback.kind)) {
            self.heard.entry(shopper).or_default().push(feedback);
        }
    }

    fn read(&mut self, event: StoredEvent) -> Result<(), StoreError> {
        if self.current.first().is_some_and(|first| first.shopper != event.shopper) {
            self.end_shopper()?;
        }
        if !self.catalogue.deleted.contains(&event.item_id) {
            self.current.push(event);
        }
        Ok(())
    }

    fn end_shopper(&mut self) -> Result<(), StoreError> {
        let Some(shopper) = self.current.first().map(|event| event.shopper) else {
            return Ok(());
        };
        let corrections = self.shop.state().corrections(shopper, self.as_of)?;
        let known = &self.catalogue.known;
        let item = |id: &ItemId| known.get(id);
        let effective = EffectiveCorrections::of(
            &corrections,
            item,
            self.shop.config::<CorrectionsConfig>().preference_boost,
        );
        let heard = self.heard.get(&shopper).into_iter().flatten();
        let mask = HistoryMask::of(heard, &self.current, effective)?;
        let by_id: FxHashMap<_, _> = self.current.iter().map(|event| (event.id, event)).collect();
        let (mut sequence, mut n_masked_before) = (Vec::new(), 0);
        for step in mask.steps(&self.current, self.config, item) {
            if step.masked {
                n_masked_before += 1;
                continue;
            }
            let Some(event) = step.past.event_id.and_then(|id| by_id.get(&id)) else { continue };
            let context = self.regions.of_event(event, self.clock);
            let (kind, time, weight) = (event.kind, event.time, step.weight);
            let shape = StepShape { kind, weight, time, context, n_masked_before };
            sequence.push((step.past.item_id, shape));
            n_masked_before = 0;
        }
        self.sequences.push((shopper, sequence));
        self.current.clear();
        Ok(())
    }

    /// The sequences, and the names of their regions.
    fn finish(self) -> (Vec<(ShopperId, Vec<Interaction>)>, Vec<String>) {
        let mut unknown: Vec<ItemId> = self
            .sequences
            .iter()
            .flat_map(|(_, steps)| steps.iter().map(|(id, _)| id.clone()))
            .filter(|id| !self.catalogue.numbers.contains_key(id))
            .collect();
        unknown.sort_unstable();
        for id in &unknown {
            self.catalogue.number(id);
        }
        let numbers = &self.catalogue.numbers;
        let (regions, renumbered) = self.regions.sorted();
        let interaction = |(id, step): (ItemId, StepShape)| Interaction {
            item: numbers[&id],
            kind: step.kind,
            weight: step.weight,
            time: step.time,
            context: Context {
                region: step.context.region.map(|region| renumbered[usize::from(region)]),
                ..step.context
            },
            n_masked_before: step.n_masked_before,
        };
        let sequences = self.sequences.into_iter();
        let of_shopper = |(shopper, steps): (ShopperId, Vec<_>)| {
            (shopper, steps.into_iter().map(interaction).collect())
        };
        (sequences.map(of_shopper).collect(), regions)
    }
}

fn text_of(item: Option<&Item>) -> ItemText {
    let Some(item) = item else {
        return ItemText::default();
    };
    let owned = |text: &domain::Text| text.versions().map(str::to_owned).collect::<Vec<_>>();
    let attributes = item.described_by().flat_map(|(_, values)| values).flat_map(owned);
    ItemText {
        title: owned(&item.title),
        brand: item.brand.clone(),
        categories: item.categories.clone(),
        description: owned(&item.description).into_iter().chain(attributes).collect(),
        meaning: None,
    }
}

/// SHA-256 over items and sequences, as hexadecimal.
pub fn fingerprint(data: &TrainingData) -> String {
    let mut hash = Sha256::new();
    for (id, text) in data.items.iter().zip(&data.texts) {
        hash.update(id.as_str());
        hash.update(format!("{text:?}"));
    }
    for sequence in &data.interactions.sequences {
        hash.update([0xff]);
        for step in sequence {
            hash.update(step.item.to_le_bytes());
            hash.update(step.weight.to_le_bytes());
            hash.update(step.time.key().to_le_bytes());
            hash.update(step.n_masked_before.to_le_bytes());
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
