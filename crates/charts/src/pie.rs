//! A pie: shares of a whole.

use std::f64::consts::TAU;

use domain::Language;

use crate::svg::{COLOURS, Drawing};
use crate::{About, Axis, Cell, Chart, Table, Unit};

const RADIUS: f64 = 100.0;

/// One slice. Its colour is its place among the slices.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// What it stands for.
    pub label: String,
    /// Its size; what is not above zero takes no room.
    pub value: f64,
}

/// Shares of a whole, for few slices.
#[derive(Debug, Clone, PartialEq)]
pub struct Pie {
    /// What it shows; the legend is made from the labels.
    pub about: About,
    /// Heading of the labels in the table.
    pub names: String,
    /// What is shared out.
    pub axis: Axis,
    /// Clockwise from the top.
    pub slices: Vec<Slice>,
}

impl Pie {
    /// The share of each slice; none where there is no whole.
    fn shares(&self) -> Vec<Option<f64>> {
        let size = |slice: &Slice| if slice.value.is_finite() { slice.value.max(0.0) } else { 0.0 };
        let whole: f64 = self.slices.iter().map(size).sum();
        let share = |slice| Some(size(slice) / whole).filter(|share| share.is_finite());
        self.slices.iter().map(share).collect()
    }
}

impl Chart for Pie {
    fn about(&self) -> &About {
        &self.about
    }

    fn svg(&self) -> String {
        let labels = self.slices.iter().map(|slice| slice.label.clone());
        let about = self.about.clone().with_legend(labels);
        let mut drawing = Drawing::new(&about);
        let (x, y) = (RADIUS + 10.0, drawing.top + RADIUS + 10.0);
        let rim = |share: f64| {
            let (sine, cosine) = (TAU * share).sin_cos();
            (x + RADIUS * sine, y - RADIUS * cosine)
        };
        let mut begin = 0.0;
        for ((n, slice), share) in self.slices.iter().enumerate().zip(self.shares()) {
            let Some(share) = share.filter(|share| *share > 0.0) else { continue };
            // A whole circle has no two ends for an arc.
            let end = begin + share.min(0.9999);
            let ((x1, y1), (x2, y2), large) = (rim(begin), rim(end), u8::from(share > 0.5));
            let percent = Unit::Percent(1).text(share);
            let hover =
                format!("{}: {} ({percent})", slice.label, self.axis.unit.text(slice.value));
            drawing.group(&hover, |drawing| {
                drawing.push(format_args!(
                    "<path class=\"c{} slice\" d=\"M{x:.1} {y:.1}L{x1:.2} {y1:.2}\
                     A{RADIUS} {RADIUS} 0 {large} 1 {x2:.2} {y2:.2}Z\"/>",
                    n % COLOURS
                ));
            });
            begin += share;
        }
        drawing.finish(&about, y + RADIUS + 10.0)
    }

    fn table(&self) -> Table {
        let share = match self.about.lang {
            Language::Zh => "占比",
            Language::En => "share",
        };
        let head = vec![self.names.clone(), self.axis.label.clone(), share.to_owned()];
        let row = |(slice, share): (&Slice, Option<f64>)| {
            vec![
                Cell::Text(slice.label.clone()),
                Cell::number(Some(slice.value), self.axis.unit),
                Cell::number(share, Unit::Percent(1)),
            ]
        };
        Table { head, rows: self.slices.iter().zip(self.shares()).map(row).collect() }
    }
}
