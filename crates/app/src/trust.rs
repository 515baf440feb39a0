//! Trust, measured: what shoppers answer, what they do, and what can be checked without asking
//! anybody. Three parts that stand beside each other and are never mixed into one number.

mod audits;
mod behaviour;
mod own_words;
mod scores;

use serde::Serialize;

use crate::{AppError, Shop};

pub use ::trust::Construct;
pub use ::trust::overtrust::Bounded;
pub use ::trust::scale::{Reliability as ScaleReliability, Scale};
pub use ::trust::score::{Dimension, Score, Scores};
pub use audits::{
    Audits, Bucket, Check, Fairness, Gap, Provider, Reliability, Safety, Shown, ToldStrength,
};
pub use behaviour::{Behaviour, Share};
pub use own_words::{OwnWords, Said, WordsSought};
pub use scores::{Beside, Questionnaired};

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

impl Shop {
    /// What is known without recounting any claim: what people answered, and what they did.
    ///
    /// # Errors
    /// What the store says.
    pub fn answered_and_done(&self) -> Result<(Questionnaired, Behaviour), AppError> {
        Ok((self.questionnaired()?, self.behaviour(&self.seen()?)?))
    }

    /// What can be checked without asking anybody. Recounts every claim, so it takes as long as an
    /// audit.
    ///
    /// # Errors
    /// What the store says.
    pub fn audits_of_trust(&self) -> Result<Audits, AppError> {
        self.audits(&self.seen()?)
    }

    /// Measures trust on everything known now. Recounts every claim, so it takes as long as an audit.
    ///
    /// # Errors
    /// What the store says.
    pub fn trust(&self) -> Result<TrustReport, AppError> {
        let seen = self.seen()?;
        Ok(TrustReport {
            simulated: self.config().shop.simulated,
            questionnaire: self.questionnaired()?,
            behaviour: self.behaviour(&seen)?,
            audits: self.audits(&seen)?,
        })
    }
}
