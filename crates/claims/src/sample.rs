//! Facts of every kind, for tests: the fields of a kind are filled from one dictionary by name.
//!
//! A new kind needs nothing here, unless it has a field that no kind has had before.

use serde_json::{Value, json};

use domain::{ClaimId, IngestId, ItemId, ModelVersion};

use crate::{AsOf, Claim, ClaimKind, Facts, Verdict};

/// What stands in the facts.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Every item that is named.
    pub item: &'static str,
    /// Every event of the history.
    pub event: IngestId,
    /// Every text and word of the catalogue.
    pub text: &'static str,
    /// Every count of people; large enough for every bar by default.
    pub people: u32,
}

impl Default for Sample {
    fn default() -> Self {
        Self { item: "other", event: IngestId(7), text: "green tea", people: 100 }
    }
}

impl Sample {
    /// Returns facts of a kind.
    ///
    /// # Panics
    /// When the kind has a field that the dictionary does not know: add it there.
    #[must_use]
    pub fn facts(&self, kind: ClaimKind) -> Facts {
        let mut facts = self.dictionary();
        // Two fields that share their name with one of another sort.
        match kind {
            ClaimKind::Barred => facts["by"] = json!("out_of_stock"),
            ClaimKind::InContext => facts["value"] = json!("CN-31"),
            _ => {}
        }
        let wire = json!({ "kind": kind.name(), "facts": facts });
        serde_json::from_value(wire).expect("the dictionary knows every field of the kind")
    }

    /// Returns a verified claim of a kind about an item, resting on the history of its facts.
    #[must_use]
    pub fn claim(&self, kind: ClaimKind, item: &ItemId) -> Claim {
        let facts = self.facts(kind);
        Claim {
            claim_id: ClaimId::new("c1-1").expect("c1-1 is a valid id"),
            item_id: item.clone(),
            evidence: facts.history().into_iter().cloned().collect(),
            facts,
            as_of: AsOf(IngestId(100)),
            model_version: ModelVersion::new("m1").expect("m1 is a valid name"),
            verdict: Verdict::Verified,
        }
    }

    fn dictionary(&self) -> Value {
        let parts = [self.named(), self.counted(), figures(), rest()];
        let fields =
            parts.into_iter().flat_map(|part| part.as_object().cloned().unwrap_or_default());
        Value::Object(fields.collect())
    }

    /// Items, history and texts.
    fn named(&self) -> Value {
        let past = json!({ "item_id": self.item, "event_id": self.event });
        json!({
            "other": self.item, "instead": self.item, "behind": self.item,
            "history": [past], "most_by": past,
            "changes": [
                { "change": "without", "history": [past] },
                { "change": "with", "did": "view", "item_id": self.item },
            ],
            "value": self.text, "category": self.text, "aspect": self.text, "word": self.text,
            "values": [self.text], "shared_terms": [self.text],
            "attribute": { "named": self.text }, "field": { "named": self.text },
            "scope": { "among": "category", "category": self.text },
            "concept": { "of": "category", "value": self.text },
        })
    }

    /// People.
    fn counted(&self) -> Value {
        json!({
            "n_both": self.people, "n_other": self.people, "n_item": self.people,
            "buyers": self.people, "n_in_context": self.people, "n_shop_in_context": self.people,
            "n_shop": self.people, "n_reviewers": self.people, "n": self.people,
        })
    }
}

/// Numbers of anything but people.
fn figures() -> Value {
    json!({
        "share": 0.5, "similarity": 0.5, "lift": 2.0, "mean": 4.5, "by": 0.5, "margin": 0.5,
        "rank": 1, "rank_with": 1, "rank_without": 4, "rank_by_score": 4, "rank_shown": 1,
        "rank_now": 4, "rank_then": 1, "other_rank": 4, "k": 10, "days": 12,
        "n_matching": 3, "n_recent": 10, "n_prices": 4, "n_positive": 9, "n_negative": 1,
    })
}

/// Prices, instants and everything else.
fn rest() -> Value {
    let price = json!({ "minor": 12_800, "currency": "CNY" });
    let instant = 1_793_491_200_000_i64;
    json!({
        "price": price, "median": price, "lower_quartile": price, "upper_quartile": price,
        "former": price, "other_price": price, "since": instant,
        "window": { "span": "days", "days": 30, "until": instant },
        "praise": [{ "review": IngestId(3), "start": 0, "end": 2 }], "faults": [],
        "leads": [{ "signal": "text", "gap": 0.5 }],
        "paid": true, "in_stock": true, "because": "no_history", "context": "region",
    })
}
