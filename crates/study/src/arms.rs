//! The arms of a study, as experiments of the shop.
//!
//! Half of the shoppers are in one of five arms; the other half tell whether the loop pays: they get
//! what it learns, or the beginning frozen. Both experiments share a layer, so nobody is in two.

use app::Live;
use domain::{ModelVersion, Timestamp};
use experimentation::experiment::{Change, Definition, Metric, Phrasing, Variant};
use serde::{Deserialize, Serialize};
use shop::ShopError;
use signals::constants::TransitionConstants;
use signals::{Constants, Model, SignalName};
use training::Gathered;

/// The experiment of the five arms, and that of the loop.
pub(crate) const ARMS: &str = "arms";
pub(crate) const LOOP: &str = "loop";
/// The loop's variants.
pub(crate) const FROZEN: &str = "frozen";
pub(crate) const LEARNING: &str = "learning";
/// Layer of both, and the bucket where the second begins.
const LAYER: &str = "study";
const DIVIDE: u16 = 5_000;

/// Questionnaires of two arms together that are expected.
const PLANNED: f64 = 300.0;

/// Plain item-to-item collaborative filtering: cosine of co-occurrence, in either order, whatever
/// the distance.
const ITEM_KNN: TransitionConstants = TransitionConstants {
    window: 50,
    damping: 1.0,
    reverse: 1.0,
    popularity_exponent: 0.5,
    decay: 1.0,
};

/// One arm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arm {
    /// Item-kNN, without reasons.
    ItemKnn,
    /// The blend, without reasons: the control.
    Blend,
    /// The blend, with verified reasons.
    Reasons,
    /// The blend, with praise that nobody can check.
    FalseReasons,
    /// The blend, with words that say nothing.
    Placebo,
}

impl Arm {
    /// Every arm, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::ItemKnn, Self::Blend, Self::Reasons, Self::FalseReasons, Self::Placebo];
    /// What the others are compared with.
    pub const CONTROL: Self = Self::Blend;

    /// The name of its variant.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ItemKnn => "item_knn",
            Self::Blend => "blend",
            Self::Reasons => "reasons",
            Self::FalseReasons => "false_reasons",
            Self::Placebo => "placebo",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|arm| arm.name() == name)
    }

    fn change(self, models: &Models) -> Change {
        let model = Some(if self == Self::ItemKnn { &models.item_knn } else { &models.blend });
        let model = model.cloned();
        match self {
            Self::ItemKnn | Self::Blend => {
                Change { model, explain: Some(false), ..Change::default() }
            }
            _ => Change { model, phrasing: Some(Phrasing::Full), ..Change::default() },
        }
    }
}

/// The models that the arms rank by, and what they were fitted on.
pub(crate) struct Models {
    pub item_knn: ModelVersion,
    pub blend: ModelVersion,
    pub gathered: Gathered,
}

impl Models {
    /// Fits item-kNN beside the model in use, without putting it into use.
    pub(crate) fn fit(live: &Live) -> Result<Self, ShopError> {
        let shop = live.shop();
        let blend = live.model()?;
        let gathered = training::gather(shop)?;
        let constants = item_knn(blend.model.constants());
        let model = Model::fit_with(&gathered.data, &constants)?;
        let report =
            signals::FitReport { constants, ..training::trained(shop, &blend.version)?.report };
        let item_knn = training::save(shop, &model, &gathered, report)?.version;
        let blend = blend.version.clone();
        Ok(Self { item_knn, blend, gathered })
    }
}

/// Popularity keeps a thousandth: it settles ties and ranks for somebody new, as in the blend.
pub(crate) fn item_knn(blend: &Constants) -> Constants {
    let mut constants = Constants { transition: ITEM_KNN, ..blend.clone() };
    for weight in &mut constants.blend.0 {
        weight.weight = match weight.signal {
            SignalName::Transition => 1.0,
            SignalName::Popularity => 0.001,
            _ => 0.0,
        };
    }
    constants
}

/// Starts both experiments.
pub(crate) fn start(live: &Live, models: &Models, now: Timestamp) -> Result<(), ShopError> {
    let variant = |name: &str, weight, change| Variant { name: name.to_owned(), weight, change };
    let arms = Arm::ALL.map(|arm| variant(arm.name(), 1.0, arm.change(models)));
    let arms = Definition {
        layer: LAYER.to_owned(),
        to: DIVIDE,
        hypothesis: "verified reasons raise trust, and not the acceptance of errors".to_owned(),
        primary: vec![Metric::Trust],
        planned_n: PLANNED,
        ..Definition::new(ARMS, Arm::CONTROL.name(), arms.into())
    };
    live.start_experiment(&arms, now)?;
    let frozen = Arm::Reasons.change(models);
    let both = vec![variant(FROZEN, 1.0, frozen), variant(LEARNING, 2.0, Change::default())];
    let learning = Definition {
        layer: LAYER.to_owned(),
        from: DIVIDE,
        hypothesis: "the loop raises what shoppers truly get".to_owned(),
        ..Definition::new(LOOP, FROZEN, both)
    };
    live.start_experiment(&learning, now)
}
