//! A shop at a glance: how content and trusting those are who were asked, and how many of its
//! shoppers buy.
//!
//! Responsible for leaving out groups in which somebody could be recognised. Refuses to mix what was
//! answered with what was done.

mod conversion;

use domain::{Statistic, Timestamp};
use experimentation::survey::SurveyConfig;
use trust::score::Scores;

use crate::report_cache::Counter;
use experimentation::survey::{Respondents, Satisfaction};
use shop::Shop;
use shop::ShopError;

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

/// Reads the log and the questionnaires once. `latest` is the latest time that is known.
///
/// # Errors
/// What the store says.
pub fn read(
    shop: &Shop,
    latest: Option<Timestamp>,
    counter: &Counter,
) -> Result<Overview, ShopError> {
    Ok(Overview {
        n_items: shop::matching::counts(shop)?.items,
        conversion: conversion::read(shop, latest, counter)?,
        satisfaction: satisfaction(shop)?,
        trust: experimentation::trust::questionnaired(shop)?.scores,
    })
}

fn satisfaction(shop: &Shop) -> Result<Statistic<Satisfaction>, ShopError> {
    let read = Respondents::read(shop)?;
    let mut of = Satisfaction::default();
    read.latest().filter_map(|person| person.satisfaction).for_each(|mean| of.count(mean));
    let least = shop.config::<SurveyConfig>().min_group;
    Ok(match of.n < least as u64 {
        true => Statistic::unknown(format!("fewer than {least} people answered")),
        false => Statistic::Known(of),
    })
}
