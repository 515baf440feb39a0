//! How one answer is made: what the settings, the variants of its shopper and what was learned of
//! reasons come to.

use std::collections::BTreeMap;

use answers::answer::Treated;
use domain::ModelVersion;
use experimentation::experiment::{Change, Phrasing};
use experimentation::style::Style;
use explain::{ExplainConfig, Reader};
use language::phrasing::Length;

/// How one answer is made.
#[derive(Debug, Clone)]
pub(crate) struct Treatment {
    /// What is recorded of it.
    pub treated: Treated,
    /// Whether reasons are given.
    pub explain: bool,
    /// What may be claimed.
    pub bars: ExplainConfig,
    /// What each kind of claim is worth, as [`Reader`](explain::Reader) has it.
    pub preferred: BTreeMap<String, f64>,
    /// Another model than the current one.
    pub model: Option<ModelVersion>,
}

impl Treatment {
    /// Another model's list with its reasons, and nothing else.
    pub(crate) fn plain(bars: ExplainConfig, model: ModelVersion) -> Self {
        let (treated, preferred) = (Treated::default(), BTreeMap::new());
        Self { treated, explain: true, bars, preferred, model: Some(model) }
    }

    pub(crate) fn apply(&mut self, change: &Change) {
        if let Some(weights) = change.weights() {
            self.treated.weights = Some(weights);
        }
        self.explain &= change.explain.unwrap_or(true);
        if change.phrasing == Some(Phrasing::Brief) {
            self.bars.max_claims = 1;
        }
        if !change.kinds.is_empty() {
            let only = change.kinds.iter().map(|kind| (kind.clone(), 1.0));
            self.preferred = only.chain([(Reader::OTHERS.to_owned(), 0.0)]).collect();
        }
        self.model = change.model.clone().or(self.model.take());
    }

    pub(crate) fn prefer(&mut self, kind: &str, weight: f64) {
        let before = self.preferred.get(kind).or_else(|| self.preferred.get(Reader::OTHERS));
        let after = before.copied().unwrap_or(1.0) * weight;
        self.preferred.insert(kind.to_owned(), after);
    }

    /// How much is said: little to those who get one claim.
    pub(crate) fn length(&self) -> Length {
        if self.bars.max_claims == 1 { Length::Short } else { Length::Normal }
    }

    pub(crate) fn style(&mut self, style: &Style) {
        for (kind, weight) in &style.kinds {
            self.prefer(kind, *weight);
        }
        if let Some(most) = style.max_claims {
            self.bars.max_claims = most;
        }
    }
}
