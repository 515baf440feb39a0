//! `GET /v1/transparency`: how this shop recommends, for everybody.

use std::sync::Arc;

use app::config::Config;
use app::{Constants, FitReport, SignalName};
use axum::Json;
use axum::extract::State;
use domain::{Language, ModelVersion, Text};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::service::Service;

/// How this shop recommends.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Transparency {
    /// The shop.
    shop: String,
    /// True when its data are simulated; then nothing here was measured on people.
    simulated: bool,
    /// What holds for every answer, in words.
    pub(crate) principles: Vec<Text>,
    /// What the score is made of.
    pub(crate) signals: Vec<SignalShown>,
    /// The model that answers; missing before the first training.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) model_version: Option<ModelVersion>,
    /// Numbers that were chosen on the validation split.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub(crate) constants: Option<Constants>,
    /// What training chose and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    training: Option<FitReport>,
    /// What each kind of behaviour counts, and how far back.
    #[schema(value_type = Object)]
    pub(crate) history: app::history::HistoryConfig,
    /// From how much evidence something may be claimed.
    #[schema(value_type = Object)]
    pub(crate) thresholds: app::ExplainConfig,
}

/// One signal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignalShown {
    /// Its name, as in `signals` of an answer.
    #[schema(value_type = String)]
    pub(crate) signal: SignalName,
    /// What it means.
    pub(crate) meaning: Text,
    /// Its learned weight; 0 when it did not earn one on this shop.
    pub(crate) weight: f32,
    /// Typical size of its raw score at training; weight / scale multiplies the raw score.
    scale: f32,
}

/// Show how this shop recommends
#[utoipa::path(
    get, path = "/v1/transparency", tag = "models", responses((status = 200, body = Transparency))
)]
pub(crate) async fn get(
    State(service): State<Arc<Service>>,
) -> Result<Json<Transparency>, ApiError> {
    service.blocking(show).await.map(Json)
}

pub(crate) fn show(service: &Service) -> Result<Transparency, ApiError> {
    let Config { shop, history, explain, .. } = service.live.config();
    let loaded = service.live.model().ok();
    let trained =
        loaded.as_ref().map(|loaded| training::trained(service.live.shop(), &loaded.version));
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
        principles: principles(service)?,
        signals: signals.collect(),
        model_version: loaded.map(|loaded| loaded.version.clone()),
        constants,
        training: trained.transpose()?.map(|trained| trained.report),
        history: history.clone(),
        thresholds: explain.clone(),
    })
}

/// What a signal means, in plain words.
fn meaning(signal: SignalName) -> Text {
    match signal {
        SignalName::Transition => Text::both(
            "接下来买什么：其他顾客在您近期看过或买过的商品之后，还会看或买哪些商品",
            "What comes next: what other shoppers go on to after the items you viewed or bought",
        ),
        SignalName::Text => Text::both(
            "内容相近：商品名称、品牌、类目和描述与您近期看过或买过的商品有多接近",
            "Reads alike: how close title, brand, category and description are to items you viewed \
             or bought",
        ),
        SignalName::Sequence => Text::both(
            "行为序列：一个 Transformer 模型从众多顾客的行为顺序中学到的、接下来最可能的商品",
            "Sequence: what a Transformer, which has learned from the order in which shoppers act, \
             expects after the items you viewed or bought",
        ),
        SignalName::Context => Text::both(
            "情境：在当前的时段、季节、地区或设备下，哪些商品比平时更多人购买；与您的历史无关",
            "Situation: what is bought more than usual at this time, season, region or device; it \
             has nothing to do with your history",
        ),
        SignalName::Stated => Text::both(
            "您的要求：您自己说过想多看或少看什么，只对您的列表起作用",
            "What you asked for: what you said you want more or less of; it moves your list alone",
        ),
        SignalName::Popularity => Text::both(
            "热销程度：近期有多少顾客购买，与您个人无关",
            "Popularity: how many shoppers bought it lately; it has nothing to do with you",
        ),
    }
}

fn principles(service: &Service) -> Result<Vec<Text>, ApiError> {
    let mut principles = vec![Text::both(
        "推荐分数只是下列几个信号的加权和，加上您自己说过想多看或少看什么；除此之外没有别的因素计入分数。",
        "The score is a weighted sum of the signals below, and of what you asked for more or less \
         of; nothing else enters it.",
    )];
    principles.extend(placing(service)?);
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

/// What lies between the score and the list, as the settings have it.
fn placing(service: &Service) -> Result<Vec<Text>, ApiError> {
    let config = service.live.config();
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
    let n_running = experimentation::experiment::all(service.live.shop())?
        .iter()
        .filter(|one| !one.stopped)
        .count();
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
pub(crate) fn are_starting(weights: &[app::BlendWeight], service: &Service) -> bool {
    let starting = &service.live.config().signals.constants.blend.0;
    let is_same = |one: &app::BlendWeight| {
        starting.iter().any(|other| other.signal == one.signal && other.weight == one.weight)
    };
    weights.iter().all(is_same)
}

/// The name of a signal in a language, short enough for a label.
pub(crate) fn label(signal: &str, lang: Language) -> &str {
    match (signal, lang) {
        ("transition", Language::Zh) => "接下来买什么",
        ("transition", Language::En) => "What comes next",
        ("text", Language::Zh) => "内容相近",
        ("text", Language::En) => "Reads alike",
        ("sequence", Language::Zh) => "行为序列",
        ("sequence", Language::En) => "Sequence",
        ("context", Language::Zh) => "当下情境",
        ("context", Language::En) => "Situation",
        ("stated", Language::Zh) => "您的要求",
        ("stated", Language::En) => "What you asked for",
        ("popularity", Language::Zh) => "热销程度",
        ("popularity", Language::En) => "Popularity",
        (other, _) => other,
    }
}
