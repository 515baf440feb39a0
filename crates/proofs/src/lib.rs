//! Bundles: a delivered answer with the rows that its sentences speak of, for `verify` or anybody else to recount.
//!
//! Responsible for gathering and for hiding who anybody is. Whether a sentence is true is not decided here.

mod log;
mod model;
mod names;

use std::collections::BTreeSet;

use answers::answer::{Answer, Record};
use claims::{Claim, Facts};
use domain::{Concept, Correction, Item, ItemId, RequestId, ShopperId, Text, Timestamp};
use shop::{LiveShop, ShopError};
use verify::bundle;
pub use verify::bundle::Bundle;

use log::Log;
use names::Names;

/// Makes bundles of one shop, from one reading of its log.
pub struct Prover<'s> {
    live: &'s LiveShop,
    not_products: Vec<String>,
    log: Log,
}

impl<'s> Prover<'s> {
    /// Reads the log. `not_products` are the ids that the shop lists as no products.
    ///
    /// # Errors
    /// What the store says.
    pub fn new(live: &'s LiveShop, not_products: &[String]) -> Result<Self, ShopError> {
        let log = Log::read(live.shop().state())?;
        Ok(Self { live, not_products: not_products.to_vec(), log })
    }

    /// The newest `n` recorded lists of recommendations, oldest first.
    ///
    /// # Errors
    /// What the store says.
    pub fn newest(&self, n: usize) -> Result<Vec<RequestId>, ShopError> {
        let state = self.live.shop().state();
        let mut ids = std::collections::VecDeque::new();
        let (from, to) = (domain::IngestId::ZERO, domain::IngestId(u128::MAX));
        store::try_each::<_, ShopError>(
            |each| state.scan_answers(from, to, each),
            |answer| {
                if Record::read(&answer)?.asked.is_none() {
                    ids.push_back(answer.record.request_id);
                }
                if ids.len() > n {
                    ids.pop_front();
                }
                Ok(())
            },
        )?;
        Ok(ids.into())
    }

    /// The bundle of an answer. Persons get names that hold in this bundle only.
    ///
    /// # Errors
    /// [`ShopError::NoAnswer`], [`ShopError::DamagedAnswer`], or what the store says.
    pub fn bundle(&self, request_id: &RequestId) -> Result<Bundle, ShopError> {
        let state = self.live.shop().state();
        let stored = state.answer(request_id)?;
        let stored = stored.ok_or_else(|| ShopError::NoAnswer(request_id.clone()))?;
        let record = Record::read(&stored)?;
        let answer = serving::delivered(self.live, request_id)?;
        let needs = Needs::of(&answer);
        let (reader, as_of) = (stored.record.shopper, stored.record.as_of);
        let model = model::output(self.live, &stored, &record, &self.log)?;
        let mut names = Names::fresh();
        let rows = self.log.rows(as_of, reader, &needs, &mut names);
        let items = named_items(&rows, &answer, &record, model.as_ref(), &needs);
        Ok(Bundle {
            format: bundle::FORMAT.to_owned(),
            request_id: request_id.clone(),
            told_at: Timestamp(i64::try_from(stored.id.made_at_ms()).unwrap_or(i64::MAX)),
            as_of,
            model_version: stored.record.model_version.clone(),
            simulated: answer.simulated,
            lang: record.lang,
            page: record.seed_items.clone(),
            reader: reader.map(|reader| names.person(reader)),
            profiling_off: self.is_off(reader, as_of)?,
            list: answer.items.iter().map(shown).collect(),
            by_hand: record.pinned.iter().map(by_hand).collect(),
            not_products: self.not_products.clone(),
            catalogue: self.log.versions(&items),
            reviews: self.log.reviews(as_of, &needs, &mut names),
            rows,
            wishes: self.wishes(reader, as_of)?,
            model,
        })
    }

    fn is_off(
        &self,
        reader: Option<ShopperId>,
        as_of: domain::IngestId,
    ) -> Result<bool, ShopError> {
        let Some(reader) = reader else { return Ok(false) };
        let state = self.live.shop().state();
        let stopped = self.corrections(reader, as_of)?.contains(&Correction::StopProfiling);
        Ok(stopped || !state.preferences(reader, as_of)?.profiling)
    }

    fn corrections(
        &self,
        reader: ShopperId,
        as_of: domain::IngestId,
    ) -> Result<Vec<Correction>, ShopError> {
        let all = self.live.shop().state().corrections(reader, as_of)?;
        let held = all.into_iter().filter(|c| c.taken_back_at.is_none_or(|at| at > as_of));
        Ok(held.map(|corrected| corrected.correction).collect())
    }

    fn wishes(
        &self,
        reader: Option<ShopperId>,
        as_of: domain::IngestId,
    ) -> Result<Vec<bundle::Wish>, ShopError> {
        let Some(reader) = reader else { return Ok(Vec::new()) };
        let wish =
            |concept: &Concept, more| bundle::Wish { concept: concept.value().to_owned(), more };
        let of = |correction: Correction| match correction {
            Correction::More { concept } => vec![wish(&concept, true)],
            Correction::Less { concept } => vec![wish(&concept, false)],
            Correction::SetTags { tags } => {
                tags.iter().map(|tag| wish(&tag.concept, tag.weight > 0.0)).collect()
            }
            _ => Vec::new(),
        };
        Ok(self.corrections(reader, as_of)?.into_iter().flat_map(of).collect())
    }
}

/// Which rows the claims of an answer are about.
#[derive(Debug, Default)]
struct Needs {
    /// Every purchase of the shop.
    all_purchases: bool,
    /// Looks at these items.
    looks: BTreeSet<ItemId>,
    /// Ratings of these items.
    rated: BTreeSet<ItemId>,
    /// Texts of reviews of these items.
    read: BTreeSet<ItemId>,
    /// Items that sentences name.
    named: BTreeSet<ItemId>,
}

impl Needs {
    fn of(answer: &Answer) -> Self {
        let mut needs = Self::default();
        let claims = answer.items.iter().flat_map(|item| &item.reasons).flat_map(|r| &r.claims);
        for claim in claims {
            needs.add(claim);
        }
        needs
    }

    fn add(&mut self, claim: &Claim) {
        let item = &claim.item_id;
        match &claim.facts {
            Facts::BoughtTogether(pair) => {
                self.all_purchases = true;
                self.named.insert(pair.other.clone());
            }
            Facts::Popular { .. } | Facts::InContext { .. } => self.all_purchases = true,
            Facts::ViewedThen(pair) => self.looks.extend([item.clone(), pair.other.clone()]),
            Facts::Rated { .. } => drop(self.rated.insert(item.clone())),
            Facts::ReviewersSay(_) => drop(self.read.insert(item.clone())),
            Facts::SimilarText { other, .. } => drop(self.named.insert(other.clone())),
            Facts::Flips { instead, .. } => drop(self.named.insert(instead.clone())),
            _ => {}
        }
    }
}

fn shown(item: &answers::answer::AnsweredItem) -> bundle::Shown {
    let sentences = item.reasons.iter().flat_map(|reason| &reason.sentences);
    bundle::Shown {
        item_id: item.item_id.clone(),
        rank: item.rank,
        score: item.score,
        sentences: sentences.map(|sentence| sentence.text.clone()).collect(),
    }
}

fn by_hand(pinned: &shop::settings::Pinned) -> bundle::ByHand {
    bundle::ByHand { item_id: pinned.item_id.clone(), paid: pinned.paid }
}

/// Every item of which the catalogue's entry is needed.
fn named_items(
    rows: &[bundle::Row],
    answer: &Answer,
    record: &Record,
    model: Option<&bundle::ModelOutput>,
    needs: &Needs,
) -> BTreeSet<ItemId> {
    let lists = model.into_iter().flat_map(|model| &model.without).flat_map(|run| &run.list);
    let steps = record.steps.iter().map(|step| &step.item_id);
    let listed = answer.items.iter().map(|item| &item.item_id);
    let named = needs.named.iter().chain(&needs.looks);
    let all = rows.iter().map(|row| &row.item).chain(lists).chain(steps).chain(listed).chain(named);
    all.chain(&record.seed_items).cloned().collect()
}

/// An item without what no sentence speaks of.
fn told_of(item: &Item) -> Item {
    let (description, url, image) = (Text::Missing, None, None);
    let images = Vec::new();
    Item { description, url, image, images, gtin: None, shipping: None, ..item.clone() }
}
