//! How this shop recommends, for everybody: the document for programs, and the body of its page.
//!
//! Made from the settings and the model in use.

mod page;
mod texts;

use app::config::Config;
use app::{AppError, Constants, FitReport, Live, SignalName};
use domain::{ModelVersion, Text};
use serde::Serialize;
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
    pub history: app::history::HistoryConfig,
    /// From how much evidence something may be claimed.
    #[schema(value_type = Object)]
    pub thresholds: app::ExplainConfig,
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
/// [`AppError`] where the store cannot be read.
pub fn document(live: &Live) -> Result<Transparency, AppError> {
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

fn principles(live: &Live) -> Result<Vec<Text>, AppError> {
    let mut principles = vec![Text::both(
        "推荐分数只是下列几个信号的加权和，加上您自己说过想多看或少看什么；除此之外没有别的因素计入分数。",
        "The score is a weighted sum of the signals below, and of what you asked for more or less \
         of; nothing else enters it.",
    )];
    principles.extend(placing(live)?);
    principles.extend([
        Text::both(
            "理由中的每一个事实在发出之前都经过重新计算，之后也可以再次核验。",
            "Every fact in a reason is recomputed before it is sent, and can be verified later.",
        ),
        Text::both("价格从不因人而异。", "Prices are never personalised."),
        Text::both(
            "关闭个性化后，不会再用您的历史做任何计算。",
            "Once you switch profiling off, nothing is computed from your history.",
        ),
    ]);
    Ok(principles)
}

/// The rules between the score and the list, as the settings have them.
fn placing(live: &Live) -> Result<Vec<Text>, AppError> {
    let config = live.config();
    let (recommend, pinned) = (&config.recommend, &config.shop.pinned);
    let percent = |share: f32| charts::Unit::Percent(0).text(f64::from(share));
    let mut placing = Vec::new();
    if recommend.relevance < 1.0 {
        let (score, variety) = (percent(recommend.relevance), percent(1.0 - recommend.relevance));
        placing.push(Text::both(
            format!(
                "排成列表时，分数占 {score}，与列表中已有商品的不同占 {variety}，\
                 以免一列都是相似的商品；因此而移动的商品会注明。"
            ),
            format!(
                "In placing a list the score counts {score}, and being unlike what stands above \
                 {variety}, so that a list is not all of one sort; an item that this moved says so."
            ),
        ));
    }
    if recommend.category_share < 1.0 {
        let most = percent(recommend.category_share);
        placing.push(Text::both(
            format!("同一细分类目的商品最多占列表的 {most}。"),
            format!("No narrowest category takes more than {most} of a list."),
        ));
    }
    let (n, n_paid) = (pinned.len(), pinned.iter().filter(|place| place.paid).count());
    placing.push(Text::both(
        format!(
            "店铺可以手工固定商品的位置，也可以收费；每一处都会注明是店铺置顶还是广告。\
             目前设置中固定了 {n} 件，其中收费 {n_paid} 件。"
        ),
        format!(
            "The shop may place items by hand, also for payment; each says that it was placed, or \
             that it is an advertisement. The settings place {n} now, {n_paid} of them paid for."
        ),
    ));
    let n_running =
        ::experimentation::experiment::all(live.shop())?.iter().filter(|one| !one.stopped).count();
    if n_running > 0 {
        placing.push(Text::both(
            format!(
                "目前有 {n_running} 项实验或由实验得出的设置在生效：\
                 对一部分或全部顾客，它们会改变排序或理由的写法。"
            ),
            format!(
                "In force now are {n_running} experiments, or settings that came of one: for some \
                 shoppers, or for all, they change how items are ranked or reasons are put."
            ),
        ));
    }
    Ok(placing)
}

/// Whether the weights of a model are those that it started with: then nothing was learned of them.
#[must_use]
pub fn are_starting(weights: &[app::BlendWeight], live: &Live) -> bool {
    let starting = &live.config().signals.constants.blend.0;
    let is_same = |one: &app::BlendWeight| {
        starting.iter().any(|other| other.signal == one.signal && other.weight == one.weight)
    };
    weights.iter().all(is_same)
}
