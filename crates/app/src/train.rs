//! Fitting a model on everything the shop knows, and putting it into use.

use std::collections::BTreeMap;

use domain::{EventTime, IngestId, Item, ItemId, ModelVersion, ShopperId, StoredEvent};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use signals::{FitReport, Interaction, Interactions, ItemText, Model, TrainingData};

pub use signals::{Progress, Stage};

use crate::history::{HistoryConfig, steps};
use crate::model::LoadedModel;
use crate::{AppError, Live, Shop};

/// What a training brought.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Trained {
    /// The new model, now in use.
    pub version: ModelVersion,
    /// What it was fitted on: a hash of items, texts and sequences.
    pub data_fingerprint: String,
    /// The newest ingest id that it counts.
    pub as_of: IngestId,
    /// What was chosen and why.
    pub report: FitReport,
}

/// Training data as of one ingest id.
pub struct Gathered {
    /// Items, texts, sequences.
    pub data: TrainingData,
    /// The newest ingest id that it counts.
    pub as_of: IngestId,
}

impl Shop {
    /// Fits a model, saves it and makes it current. A running server takes it up by itself.
    ///
    /// # Errors
    /// What the store or the fitting says.
    pub fn train(&self, progress: &(dyn Fn(Progress) + Sync)) -> Result<Trained, AppError> {
        let gathered = self.gather()?;
        let (model, report) = Model::fit(&gathered.data, &self.config().signals, progress)?;
        self.keep(&model, &gathered, report)
    }

    /// Fits the current model's constants again on what is left, choosing nothing anew: what an
    /// erasure does.
    pub(crate) fn refit(&self, old: &LoadedModel) -> Result<Trained, AppError> {
        let gathered = self.gather()?;
        let model = Model::fit_with(&gathered.data, old.model.constants())?;
        let report = self.trained(&old.version)?.report;
        self.keep(&model, &gathered, report)
    }

    /// What was written down when a model was trained.
    ///
    /// # Errors
    /// What the store says, or that the model's report cannot be read.
    pub fn trained(&self, version: &ModelVersion) -> Result<Trained, AppError> {
        let about = self.models().open_model(version)?.about().clone();
        serde_json::from_value(about).map_err(|e| AppError::DamagedModel {
            version: version.clone(),
            problem: e.to_string(),
        })
    }

    fn keep(
        &self,
        model: &Model,
        gathered: &Gathered,
        report: FitReport,
    ) -> Result<Trained, AppError> {
        let version = self.models().new_version();
        let data_fingerprint = fingerprint(&gathered.data);
        let trained = Trained { version, data_fingerprint, as_of: gathered.as_of, report };
        let manifest = serde_json::to_value(&trained).expect("a report is plain data");
        // Somebody erased while this was fitted would be counted by it.
        if self.state().erasures()?.last().is_some_and(|erased| *erased > gathered.as_of) {
            return Err(AppError::Overtaken);
        }
        self.models().save(&trained.version, &model.to_files()?, manifest)?;
        self.models().set_current(&trained.version)?;
        Ok(trained)
    }

    /// Reads everything a model is fitted on. Shoppers who switched profiling off are left out.
    ///
    /// # Errors
    /// What the store says.
    pub fn gather(&self) -> Result<Gathered, AppError> {
        let as_of = self.state().newest()?;
        let mut catalogue = self.read_catalogue(as_of)?;
        let mut reader = SequenceReader::new(&mut catalogue, &self.config().history);
        self.state().scan_events(as_of, &mut |event| reader.read(event))?;
        let sequences = self.profiled(reader.finish(), as_of)?;
        let n_items = catalogue.items.len();
        let texts = catalogue.items.iter().map(|id| text_of(catalogue.known.get(id))).collect();
        let data = TrainingData {
            items: catalogue.items,
            texts,
            interactions: Interactions { n_items, sequences },
        };
        Ok(Gathered { data, as_of })
    }

    fn read_catalogue(&self, as_of: IngestId) -> Result<Catalogue, AppError> {
        let mut catalogue = Catalogue::default();
        self.state().scan_items(as_of, &mut |id, version| match version.item {
            Some(item) => {
                catalogue.deleted.remove(&id);
                catalogue.known.insert(id, item);
            }
            None => {
                catalogue.known.remove(&id);
                catalogue.deleted.insert(id);
            }
        })?;
        for id in catalogue.known.keys().cloned().collect::<Vec<_>>() {
            catalogue.number(&id);
        }
        Ok(catalogue)
    }

    /// Keeps the sequences of shoppers who allow it, in an order that does not depend on the
    /// random shopper numbers, so that the same data give the same model in every shop folder.
    fn profiled(
        &self,
        sequences: Vec<(ShopperId, Vec<Interaction>)>,
        as_of: IngestId,
    ) -> Result<Vec<Vec<Interaction>>, AppError> {
        let mut kept = Vec::with_capacity(sequences.len());
        for (shopper, sequence) in sequences {
            if self.state().preferences(shopper, as_of)?.profiling {
                kept.push(sequence);
            }
        }
        let key = |i: &Interaction| (i.time.key(), i.item, i.kind.code());
        kept.sort_by(|a, b| a.iter().map(key).cmp(b.iter().map(key)));
        Ok(kept)
    }
}

impl Live {
    /// Fits a new model on everything known now and answers with it from then on.
    ///
    /// # Errors
    /// What the store or the fitting says; the old model then stays in use.
    pub fn train(&self, progress: &(dyn Fn(Progress) + Sync)) -> Result<Trained, AppError> {
        let _fitting = self.fitting();
        let trained = self.shop().train(progress)?;
        self.refresh_model()?;
        Ok(trained)
    }
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
    catalogue: &'a mut Catalogue,
    config: &'a HistoryConfig,
    current: Vec<StoredEvent>,
    sequences: Vec<(ShopperId, Vec<(ItemId, StepShape)>)>,
}

#[derive(Clone, Copy)]
struct StepShape {
    kind: domain::EventKind,
    weight: f32,
    time: EventTime,
}

impl<'a> SequenceReader<'a> {
    fn new(catalogue: &'a mut Catalogue, config: &'a HistoryConfig) -> Self {
        Self { catalogue, config, current: Vec::new(), sequences: Vec::new() }
    }

    fn read(&mut self, event: StoredEvent) {
        if self.current.first().is_some_and(|first| first.shopper != event.shopper) {
            self.end_shopper();
        }
        if !self.catalogue.deleted.contains(&event.item_id) {
            self.current.push(event);
        }
    }

    fn end_shopper(&mut self) {
        let Some(shopper) = self.current.first().map(|event| event.shopper) else {
            return;
        };
        let steps = steps(&self.current, self.config);
        let sequence = steps.into_iter().filter_map(|step| {
            let past = step.past;
            let shape = StepShape { kind: past.kind?, weight: step.weight, time: past.time? };
            Some((past.item_id, shape))
        });
        self.sequences.push((shopper, sequence.collect()));
        self.current.clear();
    }

    fn finish(mut self) -> Vec<(ShopperId, Vec<Interaction>)> {
        self.end_shopper();
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
        let interaction = |(id, step): (ItemId, StepShape)| Interaction {
            item: numbers[&id],
            kind: step.kind,
            weight: step.weight,
            time: step.time,
        };
        let sequences = std::mem::take(&mut self.sequences);
        sequences
            .into_iter()
            .map(|(shopper, steps)| (shopper, steps.into_iter().map(interaction).collect()))
            .collect()
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
    }
}

/// SHA-256 over items and sequences, as hexadecimal.
fn fingerprint(data: &TrainingData) -> String {
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
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
