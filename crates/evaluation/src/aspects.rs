//! How well opinions are found: spans of aspects and their polarity against labels made by people.
//!
//! Definitions, so that others can repeat them. *Exact*: same first and last character. *Overlap*:
//! at least one character in common; each found span counts for at most one label and the other
//! way round, in order of place. Precision is matches over found, recall matches over labels, F1
//! their harmonic mean. Polarity is judged on exact matches; labels that are neither praise nor
//! fault are left out of it.

pub use language::aspects::Polarity;
use language::aspects::opinions;
use serde::{Deserialize, Serialize};

/// A text and the aspects that people marked in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LabelledText {
    /// The text.
    pub text: String,
    /// What they marked: the words of an aspect that stands in the text.
    pub aspects: Vec<Label>,
}

/// One marked aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Praise or fault; `None` for neither.
    pub polarity: Option<Polarity>,
}

/// Precision, recall and their harmonic mean, 0 to 1, with the counts behind them.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct F1 {
    /// Matches.
    pub n_matched: u64,
    /// Spans found.
    pub n_found: u64,
    /// Spans marked.
    pub n_marked: u64,
}

impl F1 {
    /// Matches over found.
    #[must_use]
    pub fn precision(self) -> f64 {
        ratio(self.n_matched, self.n_found)
    }

    /// Matches over marked.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.n_matched, self.n_marked)
    }

    /// 2PR / (P + R) = 2 · matched / (found + marked).
    #[must_use]
    pub fn f1(self) -> f64 {
        ratio(2 * self.n_matched, self.n_found + self.n_marked)
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AspectReport {
    /// Texts.
    pub n_texts: u64,
    /// Same first and last character.
    pub exact: F1,
    /// Some character in common.
    pub overlap: F1,
    /// Exact matches whose label praises or finds fault.
    pub n_judged: u64,
    /// Of these, the ones with the label's polarity.
    pub n_same_polarity: u64,
    /// Of the judged, labels that praise: what always saying "praise" would get right.
    pub n_praise: u64,
    /// Judged labels that find fault, and how many of them were found to.
    pub faults: (u64, u64),
}

impl AspectReport {
    /// Share of judged matches with the label's polarity.
    #[must_use]
    pub fn polarity_accuracy(&self) -> f64 {
        ratio(self.n_same_polarity, self.n_judged)
    }

    /// The same for always saying "praise".
    #[must_use]
    pub fn always_praise_accuracy(&self) -> f64 {
        ratio(self.n_praise, self.n_judged)
    }
}

/// Compares what is found in each text with what people marked.
#[must_use]
pub fn measure_aspects(texts: &[LabelledText]) -> AspectReport {
    let mut report = AspectReport { n_texts: texts.len() as u64, ..AspectReport::default() };
    for LabelledText { text, aspects } in texts {
        let found: Vec<Label> = opinions(text)
            .into_iter()
            .filter(|opinion| !opinion.implied)
            .map(|o| Label { start: o.start, end: o.end, polarity: Some(o.polarity) })
            .collect();
        let exact = matches(&found, aspects, |a, b| (a.start, a.end) == (b.start, b.end));
        let overlap = matches(&found, aspects, |a, b| a.start < b.end && b.start < a.end);
        for (f1, n) in [(&mut report.exact, exact.len()), (&mut report.overlap, overlap.len())] {
            f1.n_matched += n as u64;
            f1.n_found += found.len() as u64;
            f1.n_marked += aspects.len() as u64;
        }
        for (found, marked) in exact {
            report.judge(found.polarity, marked.polarity);
        }
    }
    report
}

impl AspectReport {
    fn judge(&mut self, found: Option<Polarity>, marked: Option<Polarity>) {
        if marked.is_none() {
            return;
        }
        let same = u64::from(found == marked);
        self.n_judged += 1;
        self.n_same_polarity += same;
        if marked == Some(Polarity::Positive) {
            self.n_praise += 1;
        } else {
            self.faults.0 += 1;
            self.faults.1 += same;
        }
    }
}

/// Pairs found and marked spans one to one, in order of place.
fn matches(
    found: &[Label],
    marked: &[Label],
    same: impl Fn(&Label, &Label) -> bool,
) -> Vec<(Label, Label)> {
    let mut left: Vec<Label> = marked.to_vec();
    left.sort_by_key(|label| label.start);
    let mut pairs = Vec::new();
    for one in found {
        if let Some(i) = left.iter().position(|label| same(one, label)) {
            pairs.push((*one, left.remove(i)));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_matched_once_and_polarity_is_judged_where_it_is_one() {
        let label = |start, end, polarity| Label { start, end, polarity };
        let texts = [LabelledText {
            text: "物流很快，包装太差".to_owned(),
            aspects: vec![
                label(0, 2, Some(Polarity::Positive)),
                label(5, 7, None),
                label(7, 9, Some(Polarity::Negative)),
            ],
        }];
        let report = measure_aspects(&texts);
        assert_eq!(report.exact, F1 { n_matched: 2, n_found: 2, n_marked: 3 });
        assert!((report.exact.f1() - 0.8).abs() < 1e-12);
        assert_eq!((report.n_judged, report.n_same_polarity), (1, 1));
    }
}
