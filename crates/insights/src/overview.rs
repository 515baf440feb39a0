//! A shop at a glance: how content and trusting those are who were asked, and how many of its
//! shoppers buy.
//!
//! Responsible for leaving out groups in which somebody could be recognised. Refuses to mix what was
//! answered with what was done.

mod conversion;

use domain::Statistic;
use trust::score::Scores;

use crate::reading::Counter;
use crate::survey::{Respondents, Satisfaction};
use crate::{AppError, Live, Trained};

pub use conversion::{Conversion, Day};

/// A shop at a glance.
#[derive(Debug)]
pub struct Overview {
    /// Items of the catalogue, without those that were deleted or are known from events alone.
    pub n_items: u64,
    /// How satisfied those are who were asked; unknown where they are too few.
    pub satisfaction: Statistic<Satisfaction>,
    /// Trust, by dimension and overall.
    pub trust: Scores,
    /// Who buys, day by day.
    pub conversion: Conversion,
}

impl Live {
    /// What was measured when the model in use was trained; `None` before the first training.
    ///
    /// # Errors
    /// What the store says, or that the model's report cannot be read.
    pub fn trained(&self) -> Result<Option<Trained>, AppError> {
        let model = self.model().ok();
        model.map(|model| training::trained(self.shop(), &model.version)).transpose()
    }

    /// Reads the log and the questionnaires once.
    pub(crate) fn read_overview(&self, counter: &Counter) -> Result<Overview, AppError> {
        Ok(Overview {
            n_items: self.shop().state().counts()?.items,
            conversion: self.conversion(counter)?,
            satisfaction: self.satisfaction()?,
            trust: experimentation::trust::questionnaired(self.shop())?.scores,
        })
    }

    fn satisfaction(&self) -> Result<Statistic<Satisfaction>, AppError> {
        let read = Respondents::read(self.shop())?;
        let mut of = Satisfaction::default();
        read.latest().filter_map(|person| person.satisfaction).for_each(|mean| of.count(mean));
        let least = self.config().surveys.min_group;
        Ok(match of.n < least as u64 {
            true => Statistic::unknown(format!("fewer than {least} people answered")),
            false => Statistic::Known(of),
        })
    }
}
