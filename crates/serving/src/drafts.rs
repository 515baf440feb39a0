//! Drafts of product descriptions and advertisements, from the catalogue entry and from verified
//! claims about what reviewers and buyers did; each sentence names its proofs.
//!
//! Refuses to read titles and descriptions for facts, to state anything that is neither, and to
//! publish: a draft is for somebody to read.

use std::collections::BTreeSet;

use answers::evidence_snapshot::EvidenceSnapshot;
use answers::request::{Filters, Request};
use answers::situation::{Rules, Situation};
use claims::{AsOf, Attribute, Basis, Claim, Sentence, Strength, Unknown, Verdict, WordedBy};
use domain::{ClaimId, Item, ItemId, Language, ReasonId, RequestContext, SubjectId};
use explain::{
    Described, Evidence, ExplainConfig, Field, Placement, Statements, item_is_sensitive,
};
use language::phrasing::{Length, Statement, Style, plainly};
use serde::{Deserialize, Serialize};
use shop::ShopError;
use shop::effective_corrections::Steering;
use shop::settings::ShopConfig;

use crate::recommender::Recommender;
use crate::wording::Words;
use answers::request::Phrasing;

/// Most drafts of one request.
const MOST_DRAFTS: u32 = 5;
/// Most named attributes of a description.
const MOST_ATTRIBUTES: usize = 4;
/// Most claims of a description, and of an advertisement.
const MOST_CLAIMS: [usize; 2] = [4, 2];

/// What sort of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContentKind {
    /// For the product's page.
    #[default]
    Description,
    /// A few lines for an advertisement.
    Ad,
}

/// What is to be drafted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContentRequest {
    /// About which item.
    pub item_id: ItemId,
    /// What sort of text.
    #[serde(default)]
    pub kind: ContentKind,
    /// In which language; the shop's where missing.
    #[serde(default)]
    pub lang: Option<Language>,
    /// Whose words; as the settings say where missing.
    #[serde(default)]
    pub phrasing: Option<Phrasing>,
    /// For whom: what their recent items share with this one is told first. Nothing about them is.
    #[serde(default)]
    pub shopper: Option<SubjectId>,
    /// How many drafts, 1 to 5.
    #[serde(default = "one")]
    pub drafts: u32,
}

fn one() -> u32 {
    1
}

/// Drafts, and what they rest on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Content {
    /// About which item.
    pub item_id: ItemId,
    /// What sort of text.
    pub kind: ContentKind,
    /// In which language.
    pub lang: Language,
    /// What had been ingested.
    pub as_of: AsOf,
    /// True when the shop's data are simulated.
    pub simulated: bool,
    /// The texts; nothing publishes them.
    pub drafts: Vec<Draft>,
    /// What the catalogue entry says, as sentences cite it.
    pub catalogue: Vec<CatalogueProof>,
    /// What was verified, as sentences cite it.
    pub claims: Vec<Claim>,
}

/// One text, to be read by somebody before anybody else does.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    /// The sentences joined.
    pub text: String,
    /// The sentences, each with its proofs: ids of `catalogue` and `claims`.
    pub sentences: Vec<Sentence>,
    /// True when a language model chose the words.
    pub ai_generated: bool,
    /// Which one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worded_by: Option<WordedBy>,
}

/// A part of the catalogue entry that a sentence rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueProof {
    /// As sentences cite it.
    pub proof_id: ClaimId,
    /// `title`, `brand`, `category`, `price`, or the attribute's name.
    pub field: String,
    /// What the entry says, as the text has it.
    pub value: String,
}

/// The statements of a draft, and their proofs.
struct Material {
    statements: Statements,
    catalogue: Vec<CatalogueProof>,
    claims: Vec<Claim>,
}

/// Drafts texts about an item.
///
/// # Errors
/// [`ShopError::BadRequest`], [`ShopError::NoItem`], [`ShopError::NoModel`], or what the store
/// says.
pub fn draft(recommender: &Recommender, request: &ContentRequest) -> Result<Content, ShopError> {
    if !(1..=MOST_DRAFTS).contains(&request.drafts) {
        let problem = format!("is {}; from 1 to {MOST_DRAFTS} can be asked for", request.drafts);
        return Err(ShopError::BadRequest { field: "drafts", problem });
    }
    let live = recommender.shop();
    let shop = live.shop();
    let item = live.item(&request.item_id);
    let item = item.ok_or_else(|| ShopError::NoItem(request.item_id.clone()))?;
    let lang = request.lang.unwrap_or(shop.config::<ShopConfig>().language);
    let shared = shared_with(recommender, request, &item)?;
    let (as_of, material) = {
        let snapshot = live.snapshot();
        let (counts, loaded) = (snapshot.counts(), snapshot.model()?);
        let (context, filters) = (RequestContext::default(), Filters::default());
        let steering = Steering::default();
        let rules = Rules {
            filters: &filters,
            seed_items: &[],
            not_again: &[],
            pinned: &[],
            steering: &steering,
        };
        let situation = Situation {
            steps: &[],
            unknown: Some(Unknown::NoHistory),
            context: &context,
            rules,
            k: 1,
            recommend: shop.config(),
            history: shop.config(),
        };
        let evidence = EvidenceSnapshot::new(counts, loaded, &situation);
        (counts.as_of(), material(shop.config(), request.kind, (&item, lang), &shared, &evidence))
    };
    let drafts =
        (0..request.drafts).map(|n| one_draft(recommender.words(), request, lang, n, &material));
    Ok(Content {
        item_id: request.item_id.clone(),
        kind: request.kind,
        lang,
        as_of: AsOf(as_of),
        simulated: shop.config::<ShopConfig>().simulated,
        drafts: drafts.collect(),
        catalogue: material.catalogue,
        claims: material.claims,
    })
}

/// Which attributes the shopper's recent items share with the item. None of a sensitive item.
fn shared_with(
    recommender: &Recommender,
    request: &ContentRequest,
    item: &Item,
) -> Result<BTreeSet<String>, ShopError> {
    let Some(shopper) = &request.shopper else { return Ok(BTreeSet::new()) };
    if item_is_sensitive(item, recommender.shop().shop().config()) {
        return Ok(BTreeSet::new());
    }
    let asked = Request { shopper: Some(shopper.clone()), ..Request::default() };
    let recent = recommender.recent_items(&asked)?;
    let mut shared = BTreeSet::new();
    for other in recent.iter().filter_map(|id| recommender.shop().item(id)) {
        let mut note = |name: &str, alike: bool| {
            if alike {
                shared.insert(name.to_owned());
            }
        };
        note("brand", !item.brand.is_empty() && item.brand == other.brand);
        note("category", item.category().is_some() && item.category() == other.category());
        for (name, values) in item.described_by() {
            note(name, other.attributes.get(name) == Some(values));
        }
    }
    Ok(shared)
}

fn material(
    bars: &ExplainConfig,
    kind: ContentKind,
    (item, lang): (&Item, Language),
    shared: &BTreeSet<String>,
    evidence: &EvidenceSnapshot<'_>,
) -> Material {
    let claims = claims_about(kind, item, bars, evidence);
    let mut statements = Statements::default();
    let mut catalogue = Vec::new();
    for (n, described) in chosen(kind, item, lang, shared).into_iter().enumerate() {
        let proof_id = ClaimId::new(format!("i{}", n + 1)).expect("i1 is a valid id");
        catalogue.push(proof(&proof_id, &described));
        statements.list.push(described.statement);
        statements.claim_ids.push(proof_id);
    }
    let of_claims = explain::statements_of(&claims, lang, evidence);
    let claims = claims.into_iter().filter(|c| of_claims.claim_ids.contains(&c.claim_id));
    let claims = claims.collect();
    statements.list.extend(of_claims.list);
    statements.claim_ids.extend(of_claims.claim_ids);
    Material { statements, catalogue, claims }
}

/// Verified claims that are about the item alone.
fn claims_about(
    kind: ContentKind,
    item: &Item,
    bars: &ExplainConfig,
    evidence: &EvidenceSnapshot<'_>,
) -> Vec<Claim> {
    let placement = Placement { item_id: item.id.clone(), rank_by_score: 1, rank_shown: 1, k: 1 };
    let most = match kind {
        ContentKind::Description => MOST_CLAIMS[0],
        ContentKind::Ad => MOST_CLAIMS[1],
    };
    let proposals = explain::propose(&placement, evidence, bars).into_iter();
    let verified = proposals.filter(|proposal| {
        proposal.facts.kind().basis() == Basis::Item
            && explain::verify(&item.id, &proposal.facts, evidence, bars) == Verdict::Verified
    });
    let claim = |(n, proposal): (usize, explain::Proposal)| Claim {
        claim_id: ClaimId::new(format!("c{}", n + 1)).expect("c1 is a valid id"),
        item_id: item.id.clone(),
        facts: proposal.facts,
        evidence: proposal.evidence,
        as_of: evidence.as_of(),
        model_version: evidence.model_version().clone(),
        verdict: Verdict::Verified,
    };
    verified.take(most).enumerate().map(claim).collect()
}

/// The `n`-th draft: a language model's where it is asked for and accepted, else plain words.
fn one_draft(
    words: &Words,
    request: &ContentRequest,
    lang: Language,
    n: u32,
    material: &Material,
) -> Draft {
    let statements = &material.statements;
    let plain = |(i, statement): (usize, &Statement)| Sentence {
        text: plainly(statement, i + n as usize, lang),
        claim_ids: vec![statements.claim_ids[i].clone()],
    };
    let sentences: Vec<Sentence> = statements.list.iter().enumerate().map(plain).collect();
    let reason = claims::Reason {
        reason_id: ReasonId::new("draft").expect("a word is an id"),
        text: explain::joined(&sentences, lang),
        lang,
        method: claims::Method::Rule,
        strength: Strength::Strong,
        ai_generated: false,
        worded_by: None,
        sentences,
        claims: Vec::new(),
    };
    let length = match request.kind {
        ContentKind::Description => Length::Normal,
        ContentKind::Ad => Length::Short,
    };
    let wording = words.wording_now(request.phrasing, &statements.list, |config| Style {
        lang,
        length,
        formality: config.formality,
        voice: config.voice.clone(),
        variant: n,
    });
    let worded = wording.and_then(|wording| explain::reword(&reason, statements, &wording));
    let claims::Reason { text, sentences, ai_generated, worded_by, .. } = worded.unwrap_or(reason);
    Draft { text, sentences, ai_generated, worded_by }
}

/// The entry’s statements: what the shopper's recent items share first.
fn chosen(
    kind: ContentKind,
    item: &Item,
    lang: Language,
    shared: &BTreeSet<String>,
) -> Vec<Described> {
    let (mut attributes, others): (Vec<Described>, Vec<Described>) = explain::described(item, lang)
        .into_iter()
        .partition(|described| matches!(described.field, Field::Attribute(_)));
    attributes.sort_by_key(|described| !shared.contains(&name(&described.field)));
    let is_named = |d: &&Described| matches!(d.field, Field::Attribute(Attribute::Named(_)));
    let n_attributes = match kind {
        ContentKind::Description => {
            let n_plain = attributes.iter().filter(|d| !is_named(d)).count();
            n_plain + MOST_ATTRIBUTES
        }
        ContentKind::Ad => 1,
    };
    attributes.truncate(n_attributes);
    let (mut first, last): (Vec<Described>, Vec<Described>) =
        others.into_iter().partition(|described| described.field == Field::Title);
    first.extend(attributes);
    first.extend(last);
    first
}

fn name(field: &Field) -> String {
    match field {
        Field::Title => "title".to_owned(),
        Field::Price => "price".to_owned(),
        Field::Attribute(Attribute::Brand) => "brand".to_owned(),
        Field::Attribute(Attribute::Category) => "category".to_owned(),
        Field::Attribute(Attribute::Named(name)) => name.clone(),
    }
}

fn proof(proof_id: &ClaimId, described: &Described) -> CatalogueProof {
    let value = described.statement.slots.last().map(|slot| slot.value.clone());
    CatalogueProof {
        proof_id: proof_id.clone(),
        field: name(&described.field),
        value: value.unwrap_or_default(),
    }
}
