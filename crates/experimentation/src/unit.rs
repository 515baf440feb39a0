//! One shopper of an experiment, in the numbers that metrics are made of.

use domain::IngestId;

/// One shopper in an experiment, from their assignment on.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Unit {
    pub variant: String,
    pub since: IngestId,
    pub opted_out: bool,
    pub n_exposed: u64,
    pub n_reasons: u64,
    pub n_clicked: u64,
    pub n_followed: u64,
    pub n_wrong: u64,
    pub n_dismissed: u64,
    pub n_bought: u64,
    pub revenue: f64,
    pub n_returned: u64,
    pub n_bought_before: u64,
    pub revenue_before: f64,
    pub satisfaction: Option<f64>,
    pub trust: Option<f64>,
}
