//! The scrutable profile: what is taken for a shopper's tastes, from which events, and what it
//! weighs in what they are shown. Nothing else is kept of anybody, so nothing else is to be told.

use std::collections::BTreeSet;
use std::sync::Arc;

use answers::evidence_snapshot::EvidenceSnapshot;
use answers::request::Request;
use claims::{AsOf, Claim, Facts, Verdict};
use domain::{
    ClaimId, Concept, Correction, IngestId, ItemId, ModelVersion, StoredEvent, SubjectId, Tag,
    Unused,
};
use explain::{Evidence, ExplainConfig, would_name_sensitive};
use serde::{Deserialize, Serialize};
use shop::history::HistoryConfig;
use shop::{LiveShop, ShopError};

use crate::caller::mask_of;
use crate::corrections::{Corrections, Effect, Kept};
use crate::recommender::Recommender;

/// Most tastes that are told, the weightiest.
const MOST_TASTES: usize = 20;

/// What is taken for a shopper's tastes, and what they said themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// Whether anything of the shopper's history is used.
    pub profiled: bool,
    /// Events of the history that count, each with one item.
    pub n_events: usize,
    /// Tastes found in the history, the weightiest first. Each claim names the events that it comes
    /// from, and the share of the score of what the shopper is shown that rests on them.
    pub tastes: Vec<Taste>,
    /// Tags that the shopper set.
    pub tags: Vec<Tag>,
    /// What the shopper put right, oldest first.
    pub corrections: Vec<Kept>,
    /// The model that ranks.
    pub model_version: ModelVersion,
    /// What had been ingested.
    pub as_of: AsOf,
}

/// One taste.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Taste {
    /// Of what.
    pub concept: Concept,
    /// The events that it comes from, newest first, by item.
    pub events: Vec<domain::HistoryRef>,
    /// Share of the score of the items shown that rests on these events, 0 to 1.
    pub weight: f64,
    /// The verified claim behind it.
    pub claim: Claim,
    /// What leaves these events out: send it to `POST /v1/shoppers/{id}/corrections`.
    pub remove: Correction,
}

/// What a shopper did, as far as it is kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Interactions {
    /// How many there are.
    pub n: usize,
    /// The latest of them, newest first.
    pub latest: Vec<Interaction>,
}

/// One thing that a shopper did.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    /// What, and when.
    pub event: StoredEvent,
    /// Whether it speaks for the item that it was done with and the shopper lets it be used;
    /// `None` for what never speaks for an item.
    pub used: Option<bool>,
}

/// The profiles of a shop's shoppers.
pub struct Profiles {
    shop: Arc<LiveShop>,
    recommender: Arc<Recommender>,
    corrections: Arc<Corrections>,
}

impl Profiles {
    /// Of a shop in service.
    #[must_use]
    pub fn new(
        shop: Arc<LiveShop>,
        recommender: Arc<Recommender>,
        corrections: Arc<Corrections>,
    ) -> Self {
        Self { shop, recommender, corrections }
    }

    /// What a shopper did: how much of it is kept, and the latest.
    ///
    /// # Errors
    /// What the store says.
    pub fn interactions(
        &self,
        subject: &SubjectId,
        most: usize,
    ) -> Result<Interactions, ShopError> {
        let state = self.shop.shop().state();
        let Some(shopper) = state.shopper(subject)? else { return Ok(Interactions::default()) };
        let (counts, config) = (self.shop.counts(), self.shop.shop().config::<HistoryConfig>());
        let mut events = state.recent(shopper, usize::MAX, counts.as_of())?;
        events.retain(|event| event.kind.is_interaction());
        let mask = mask_of(self.shop.shop(), shopper, &events, &counts)?;
        let speaks = |event: &&StoredEvent| config.weight(event.kind) > 0.0;
        let counting: Vec<&StoredEvent> = events.iter().filter(speaks).collect();
        let mut used = BTreeSet::new();
        for run in counting.chunk_by(|a, b| a.item_id == b.item_id) {
            let item = counts.entry(&run[0].item_id).map(|entry| &*entry.item);
            used.extend(run.iter().filter(|one| mask.uses(run, one, item)).map(|one| one.id));
        }
        let n = events.len();
        let interaction = |event: StoredEvent| {
            let used = speaks(&&event).then(|| used.contains(&event.id));
            Interaction { event, used }
        };
        Ok(Interactions { n, latest: events.into_iter().take(most).map(interaction).collect() })
    }

    /// Whether the catalogue names a brand or a category of anything: without, no taste can be told.
    pub fn names_tastes(&self) -> bool {
        let counts = self.shop.counts();
        let named = |item: &domain::Item| !item.brand.is_empty() || !item.categories.is_empty();
        counts.entries().any(|entry| named(&entry.item))
    }

    /// What is known of a shopper. For somebody who opted out, nothing of their history.
    ///
    /// # Errors
    /// [`ShopError::NoModel`], or what the store says.
    pub fn profile(&self, subject: &SubjectId) -> Result<Profile, ShopError> {
        let request = Request { shopper: Some(subject.clone()), ..Request::default() };
        let present = self.recommender.present(&request)?.ok_or(ShopError::NoModel)?;
        let (prepared, evidence) = (&present.prepared, present.evidence());
        let corrections: Vec<Kept> = prepared.stored.corrections.iter().map(Kept::of).collect();
        let is_set = |kept: &&Kept| !kept.taken_back;
        let set = corrections.iter().rev().filter(is_set).find_map(|kept| match &kept.correction {
            Correction::SetTags { tags } => Some(tags.clone()),
            Correction::DoNotUse { unused: Unused::Everything } => Some(Vec::new()),
            _ => None,
        });
        Ok(Profile {
            profiled: prepared.caller.unknown.is_none(),
            n_events: evidence.history().len(),
            tastes: tastes(&evidence, &prepared.treatment.bars),
            tags: set.unwrap_or_default(),
            corrections,
            model_version: prepared.loaded.version.clone(),
            as_of: evidence.as_of(),
        })
    }

    /// Sets a shopper's tags, instead of those set before.
    ///
    /// # Errors
    /// As [`Corrections::correct`].
    pub fn set_profile(&self, subject: &SubjectId, tags: Vec<Tag>) -> Result<Effect, ShopError> {
        self.corrections.correct(subject, Correction::SetTags { tags }, &Request::default())
    }

    /// Begins anew: nothing done or said so far is used. It can be taken back.
    ///
    /// # Errors
    /// As [`Corrections::correct`].
    pub fn drop_profile(&self, subject: &SubjectId) -> Result<Effect, ShopError> {
        let everything = Correction::DoNotUse { unused: Unused::Everything };
        self.corrections.correct(subject, everything, &Request::default())
    }
}

/// The categories and brands of the history, each verified, the weightiest first.
pub(crate) fn tastes(evidence: &EvidenceSnapshot<'_>, bars: &ExplainConfig) -> Vec<Taste> {
    let concepts = evidence.history().iter().filter(|past| past.event_id.is_some());
    let concepts: BTreeSet<Concept> =
        concepts.flat_map(|past| concepts_of(&past.item_id, evidence)).collect();
    let claimed = concepts.iter().filter_map(|concept| {
        let (item_id, facts) = explain::asked::taste(concept, evidence)?;
        Some((concept, item_id, facts))
    });
    let told = claimed.filter(|(_, item, facts)| {
        !would_name_sensitive(item, facts, evidence, bars)
            && explain::verify(item, facts, evidence, bars) == Verdict::Verified
    });
    let mut tastes: Vec<Taste> = told
        .filter_map(|(concept, item_id, facts)| taste(concept, item_id, facts, evidence))
        .collect();
    tastes.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.concept.cmp(&b.concept)));
    tastes.truncate(MOST_TASTES);
    for (taste, n) in tastes.iter_mut().zip(1..) {
        taste.claim.claim_id = ClaimId::new(format!("p{n}")).expect("p1 is an id");
    }
    tastes
}

fn concepts_of(item: &ItemId, evidence: &EvidenceSnapshot<'_>) -> Vec<Concept> {
    let Some(item) = evidence.item(item) else { return Vec::new() };
    let category = item.category().and_then(|c| c.versions().next()).map(str::to_owned);
    let brand = item.brand.versions().next().map(str::to_owned);
    category.map(Concept::Category).into_iter().chain(brand.map(Concept::Brand)).collect()
}

fn taste(
    concept: &Concept,
    item_id: ItemId,
    facts: Facts,
    evidence: &EvidenceSnapshot<'_>,
) -> Option<Taste> {
    let Facts::Taste { history, share, .. } = &facts else { return None };
    let (events, weight) = (history.clone(), *share);
    let ids: Vec<IngestId> = events.iter().filter_map(|past| past.event_id).collect();
    let remove = Correction::DoNotUse { unused: Unused::Events(ids) };
    let claim = Claim {
        claim_id: ClaimId::new("p").expect("p is an id"),
        item_id,
        evidence: events.clone(),
        facts,
        as_of: evidence.as_of(),
        model_version: evidence.model_version().clone(),
        verdict: Verdict::Verified,
    };
    Some(Taste { concept: concept.clone(), events, weight, claim, remove })
}
