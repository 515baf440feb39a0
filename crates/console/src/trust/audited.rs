//! Audits that ask nobody, as they are shown.

use charts::Unit;
use experimentation::trust::{Audits, ImpressionShare};

use super::texts::Texts;

/// The audit's name of the one measure that is no share.
const CLAIMS: &str = "claims per item";
/// Providers listed.
const PROVIDERS: usize = 10;

/// The checks.
pub(super) struct Audited {
    pub(super) verified: String,
    pub(super) is_calibrated: Option<bool>,
    /// A rule, how often it was checked, and how often it did not hold.
    pub(super) safety: Vec<(&'static str, u64, u64)>,
    /// Share of the catalogue, of the buyers, of what is shown.
    pub(super) popularity: Vec<(&'static str, [String; 3])>,
    pub(super) providers: Vec<(String, [String; 3])>,
    /// The groups compared, and their difference with its interval.
    pub(super) gaps: Vec<(String, String)>,
}

impl Audited {
    pub(super) fn of(audits: &Audits, texts: &'static Texts) -> Self {
        let percent = |share: f64| Unit::Percent(1).text(share);
        let (reliability, fairness) = (&audits.reliability, &audits.fairness);
        let verified = reliability.verified.known();
        let shown = |shown: &ImpressionShare| {
            let [from, to] = shown.ci.map(percent);
            format!("{} ({from} – {to})", percent(shown.share))
        };
        let popularity = fairness.popularity.iter().map(|bucket| {
            let seen = bucket.share_shown.known().map_or("–".to_owned(), shown);
            let shares =
                [percent(bucket.share_of_catalogue), percent(bucket.share_of_buyers), seen];
            (texts.bucket(bucket.name), shares)
        });
        let providers = fairness.providers.iter().take(PROVIDERS).map(|provider| {
            let shares =
                [provider.share_of_catalogue, provider.share_of_buyers, provider.share_shown];
            (provider.name.clone(), shares.map(percent))
        });
        let gaps = fairness.gaps.iter().map(|gap| {
            let what = format!(
                "{}{}{} – {}",
                texts.measure(gap.measure),
                texts.of,
                texts.group_of(gap.group),
                texts.group_of(gap.with)
            );
            // Claims are counted; the others are shares.
            let is_count = gap.measure == CLAIMS;
            let value = |value: f64| match is_count {
                true => Unit::Plain(2).text(value),
                false => format!("{} {}", Unit::Plain(2).text(100.0 * value), texts.points),
            };
            let known = gap.difference.known().map(|difference| {
                let [from, to] = difference.ci.map(value);
                format!("{} ({from} – {to})", value(difference.estimate))
            });
            (what, known.unwrap_or_else(|| "–".to_owned()))
        });
        Self {
            verified: verified.map_or("–".to_owned(), |share| {
                format!("{} ({} / {})", percent(share.share), share.n_did, share.n)
            }),
            is_calibrated: reliability.is_calibrated.known().copied(),
            safety: audits
                .safety
                .checks
                .iter()
                .map(|c| (texts.check(c.name), c.n_checked, c.n_failed))
                .collect(),
            popularity: popularity.collect(),
            providers: providers.collect(),
            gaps: gaps.collect(),
        }
    }
}
