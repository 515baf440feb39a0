//! Trust, measured: what shoppers answer, what they do, and what can be checked without asking
//! anybody. Three parts that stand beside each other and are never mixed into one number.

mod audits;
mod behaviour;
mod own_words;
mod scores;

use serde::Serialize;
use shop::settings::ShopConfig;

use shop::{Shop, ShopError};

pub use ::trust::Construct;
pub use ::trust::overtrust::Bounded;
pub use ::trust::scale::{Reliability as ScaleReliability, Scale};
pub use ::trust::score::{Dimension, Score, Scores};
pub use audits::{
    Audits, Bucket, ByStrength, Check, Fairness, Gap, ImpressionShare, Provider, Reliability,
    Safety, safety,
};
pub use behaviour::{Behaviour, Share};
pub use own_words::{OwnText, OwnWords, WordsSought, own_words};
pub use scores::{Beside, Questionnaired, questionnaired};

/// Everything that is known of how far this recommender is trusted, and whether it should be.
#[derive(Debug, Clone, Serialize)]
pub struct TrustReport {
    /// True when the shop's data are simulated; then nobody was asked.
    pub simulated: bool,
    /// What shoppers answered.
    pub questionnaire: Questionnaired,
    /// What shoppers did.
    pub behaviour: Behaviour,
    /// What was checked.
    pub audits: Audits,
}

/// What is known without recounting any claim: what people answered, and what they did.
///
/// # Errors
/// What the store says.
pub fn answered_and_done(shop: &Shop) -> Result<(Questionnaired, Behaviour), ShopError> {
    Ok((
        crate::trust::scores::questionnaired(shop)?,
        crate::trust::behaviour::behaviour(shop, &crate::outcomes::read(shop)?)?,
    ))
}

/// What can be checked without asking anybody. Recounts every claim, so it takes as long as an
/// audit.
///
/// # Errors
/// What the store says.
pub fn all_audits(shop: &Shop) -> Result<Audits, ShopError> {
    crate::trust::audits::audits(shop, &crate::outcomes::read(shop)?)
}

/// Measures trust on everything known now. Recounts every claim, so it takes as long as an audit.
///
/// # Errors
/// What the store says.
pub fn report(shop: &Shop) -> Result<TrustReport, ShopError> {
    let outcomes = crate::outcomes::read(shop)?;
    Ok(TrustReport {
        simulated: shop.config::<ShopConfig>().simulated,
        questionnaire: crate::trust::scores::questionnaired(shop)?,
        behaviour: crate::trust::behaviour::behaviour(shop, &outcomes)?,
        audits: crate::trust::audits::audits(shop, &outcomes)?,
    })
}
