//! How this shop recommends, for everybody: the document for programs, and the body of its page.
//!
//! Made from the settings and the model in use.

mod page;
mod texts;

use app::Live;
use app::config::Config;
use domain::{ModelVersion, Text};
use messages::{message, text};
use serde::Serialize;
use shop::ShopError;
use signals::{Constants, FitReport, SignalName};
use utoipa::ToSchema;

use crate::signals::meaning;

pub use page::TransparencyPage;

/// How this shop recommends.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transparency {
    /// The shop.
    shop: String,
    /// True when its data are simulated; then nothing here was measured on people.
    simulated: bool,
    /// What holds for every answer, in words.
    pub principles: Vec<Text>,
    /// What the score is made of.
    pub signals: Vec<SignalShown>,
    /// The model that answers; missing before the first training.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_version: Option<ModelVersion>,
    /// Numbers that were chosen on the validation split.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub constants: Option<Constants>,
    /// What training chose and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    training: Option<FitReport>,
    /// What each kind of behaviour counts, and how far back.
    #[schema(value_type = Object)]
    pub history: shop::history::HistoryConfig,
    /// From how much evidence something may be claimed.
    #[schema(value_type = Object)]
    pub thresholds: explain::ExplainConfig,
}

/// One signal.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignalShown {
    /// Its name, as in `signals` of an answer.
    #[schema(value_type = String)]
    pub signal: SignalName,
    /// What it means.
    pub meaning: Text,
    /// Its learned weight; 0 when it did not earn one on this shop.
    pub weight: f32,
    /// Typical size of its raw score at training; weight / scale multiplies the raw score.
    scale: f32,
}

/// The document of the shop as it is set and trained now.
///
/// # Errors
/// [`ShopError`] where the store cannot be read.
pub fn document(live: &Live) -> Result<Transparency, ShopError> {
    let Config { shop, history, explain, .. } = live.config();
    let loaded = live.model().ok();
    let trained = loaded.as_ref().map(|loaded| ::training::trained(live.shop(), &loaded.version));
    let constants = loaded.as_ref().map(|loaded| loaded.model.constants().clone());
    let weights = constants.as_ref().map(|constants| constants.blend.0.clone());
    let signals = weights.unwrap_or_default().into_iter().map(|weight| SignalShown {
        signal: weight.signal,
        meaning: meaning(weight.signal),
        weight: weight.weight,
        scale: weight.scale,
    });
    Ok(Transparency {
        shop: shop.name.clone(),
        simulated: shop.simulated,
        principles: principles(live)?,
        signals: signals.collect(),
        model_version: loaded.map(|loaded| loaded.version.clone()),
        constants,
        training: trained.transpose()?.map(|trained| trained.report),
        history: history.clone(),
        thresholds: explain.clone(),
    })
}

fn principles(live: &Live) -> Result<Vec<Text>, ShopError> {
    let mut principles = vec![Text::in_every(|lang| text!(lang, "transparency-sum").to_owned())];
    principles.extend(placing(live)?);
    principles.extend([
        Text::in_every(|lang| text!(lang, "transparency-recomputed").to_owned()),
        Text::in_every(|lang| text!(lang, "transparency-prices").to_owned()),
        Text::in_every(|lang| text!(lang, "transparency-profiling-off").to_owned()),
    ]);
    Ok(principles)
}

/// Returns the rules between score and list, as the settings have them.
fn placing(live: &Live) -> Result<Vec<Text>, ShopError> {
    let config = live.config();
    let (recommend, pinned) = (&config.recommend, &config.shop.pinned);
    let percent = |share: f64| charts::Unit::Percent(0).text(share);
    let mut placing = Vec::new();
    if recommend.relevance < 1.0 {
        let relevance = f64::from(recommend.relevance);
        placing.push(Text::in_every(|lang| {
            let (score, variety) = (percent(relevance), percent(1.0 - relevance));
            message!(lang, "transparency-variety", score: score, variety: variety)
        }));
    }
    if recommend.category_share < 1.0 {
        let most = f64::from(recommend.category_share);
        placing.push(Text::in_every(
            |lang| message!(lang, "transparency-category-share", most: percent(most)),
        ));
    }
    let (n, n_paid) = (pinned.len(), pinned.iter().filter(|place| place.paid).count());
    placing.push(Text::in_every(
        |lang| message!(lang, "transparency-placed-by-hand", n: n, n_paid: n_paid),
    ));
    let n_running =
        ::experimentation::experiment::all(live.shop())?.iter().filter(|one| !one.stopped).count();
    if n_running > 0 {
        placing
            .push(Text::in_every(|lang| message!(lang, "transparency-experiments", n: n_running)));
    }
    Ok(placing)
}

/// Whether the weights of a model are those that it started with: then nothing was learned of them.
#[must_use]
pub fn are_starting(weights: &[signals::BlendWeight], live: &Live) -> bool {
    let starting = &live.config().signals.constants.blend.0;
    let is_same = |one: &signals::BlendWeight| {
        starting.iter().any(|other| other.signal == one.signal && other.weight == one.weight)
    };
    weights.iter().all(is_same)
}
