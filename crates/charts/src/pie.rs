//! A pie: shares of a whole.

use std::f64::consts::TAU;

use domain::Language;

use crate::svg::{COLOURS, Drawing};
use crate::{About, Axis, Cell, Chart, Table, Unit};

const RADIUS: f64 = 100.0;

/// One slice. Its colour is its place among the slices.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// Label of the slice.
    pub label: String,
    /// Size of the slice; a size not above zero takes no room.
    pub value: f64,
}

/// Shares of a whole, for few slices.
#[derive(Debug, Clone, PartialEq)]
pub struct Pie {
    /// Title and description; the legend is made from the labels, each with its share.
    pub about: About,
    /// Heading of the labels in the table.
    pub names: String,
    /// Name and unit of the sizes.
    pub axis: Axis,
    /// Clockwise from the top.
    pub slices: Vec<Slice>,
}

/// Returns the share of each slice; none where the sizes sum to zero.
pub(crate) fn shares(slices: &[Slice]) -> Vec<Option<f64>> {
    let size = |slice: &Slice| if slice.value.is_finite() { slice.value.max(0.0) } else { 0.0 };
    let whole: f64 = slices.iter().map(size).sum();
    let share = |slice| Some(size(slice) / whole).filter(|share| share.is_finite());
    slices.iter().map(share).collect()
}

/// Formats a share beside a slice; a dash where the sizes sum to zero.
pub(crate) fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| Unit::Percent(0).text(share))
}

/// Returns the heading of shares in a table.
pub(crate) fn share_heading(lang: Language) -> String {
    match lang {
        Language::Zh => "占比".to_owned(),
        Language::En => "share".to_owned(),
    }
}

/// Place and size of a pie in a drawing.
pub(crate) struct Circle {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) radius: f64,
}

impl Circle {
    fn rim(&self, share: f64) -> (f64, f64) {
        let (sine, cosine) = (TAU * share).sin_cos();
        (self.x + self.radius * sine, self.y - self.radius * cosine)
    }

    /// Draws the slices, clockwise from the top. The hover text of each names it, after `name`.
    pub(crate) fn draw(&self, drawing: &mut Drawing, slices: &[Slice], unit: Unit, name: &str) {
        let (x, y, radius) = (self.x, self.y, self.radius);
        let mut begin = 0.0;
        for ((n, slice), share) in slices.iter().enumerate().zip(shares(slices)) {
            let Some(share) = share.filter(|share| *share > 0.0) else { continue };
            // A whole circle has no two ends for an arc.
            let end = begin + share.min(0.9999);
            let ((x1, y1), (x2, y2)) = (self.rim(begin), self.rim(end));
            let large = u8::from(share > 0.5);
            let percent = Unit::Percent(1).text(share);
            let hover = format!("{name}{}: {} ({percent})", slice.label, unit.text(slice.value));
            drawing.group(&hover, |drawing| {
                drawing.push(format_args!(
                    "<path class=\"c{} slice\" d=\"M{x:.1} {y:.1}L{x1:.2} {y1:.2}\
                     A{radius} {radius} 0 {large} 1 {x2:.2} {y2:.2}Z\"/>",
                    n % COLOURS
                ));
            });
            begin += share;
        }
    }
}

impl Chart for Pie {
    fn about(&self) -> &About {
        &self.about
    }

    fn svg(&self) -> String {
        let labels = self.slices.iter().zip(shares(&self.slices));
        let labels = labels.map(|(slice, share)| format!("{} {}", slice.label, percent(share)));
        let about = self.about.clone().with_legend(labels);
        let mut drawing = Drawing::new(&about);
        let (x, y) = (RADIUS + 10.0, drawing.top + RADIUS + 10.0);
        Circle { x, y, radius: RADIUS }.draw(&mut drawing, &self.slices, self.axis.unit, "");
        drawing.finish(&about, y + RADIUS + 10.0)
    }

    fn table(&self) -> Table {
        let share = share_heading(self.about.lang);
        let head = vec![self.names.clone(), self.axis.label.clone(), share];
        let row = |(slice, share): (&Slice, Option<f64>)| {
            vec![
                Cell::Text(slice.label.clone()),
                Cell::number(Some(slice.value), self.axis.unit),
                Cell::number(share, Unit::Percent(1)),
            ]
        };
        Table { head, rows: self.slices.iter().zip(shares(&self.slices)).map(row).collect() }
    }
}
