//! Bars from left to right, each with its interval: one number of several things.

use crate::axis::Scale;
use crate::svg::{COLOURS, Drawing, WIDTH};
use crate::table::interval_heading;
use crate::{About, Axis, Cell, Chart, Table};

const LABELS: f64 = 210.0;
const ROW: f64 = 26.0;
const BAR: f64 = 16.0;
/// Room for the value beside the longest bar.
const VALUES: f64 = 70.0;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Label of the bar.
    pub label: String,
    /// Its length; `None` where it could not be computed.
    pub value: Option<f64>,
    /// Interval of the value.
    pub interval: Option<[f64; 2]>,
    /// Index of the colour, from 0; see [`About::legend`].
    pub colour: usize,
}

/// Bars over one axis that includes zero, unless it has ends of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Title, description and legend of the figure.
    pub about: About,
    /// Heading of the labels in the table.
    pub names: String,
    /// Axis of the measured number.
    pub axis: Axis,
    /// The bars, in the order they are shown.
    pub bars: Vec<Bar>,
}

impl Bars {
    fn value(&self, bar: &Bar) -> Option<f64> {
        bar.value.filter(|value| value.is_finite())
    }

    fn draw(&self, drawing: &mut Drawing, bar: &Bar, scale: &Scale, top: f64) {
        let middle = top + ROW / 2.0;
        drawing.label(LABELS - 10.0, middle + 4.0, &bar.label);
        let Some(value) = self.value(bar) else {
            drawing.text(scale.place(0.0) + 6.0, middle + 4.0, "value", "–");
            return;
        };
        let (zero, end) = (scale.place(0.0), scale.place(value));
        let (x, length) = (zero.min(end), (end - zero).abs());
        let (y, colour) = (middle - BAR / 2.0, bar.colour % COLOURS);
        drawing.push(format_args!(
            "<rect class=\"c{colour}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{length:.1}\" \
             height=\"{BAR}\" rx=\"2\"/>"
        ));
        let ends = bar.interval.filter(|ends| ends.iter().all(|end| end.is_finite()));
        if let Some([low, high]) = ends.map(|ends| ends.map(|end| scale.place(end))) {
            drawing.push(format_args!(
                "<path class=\"interval\" d=\"M{low:.1} {middle:.1}H{high:.1}M{low:.1} {0:.1}v8\
                 M{high:.1} {0:.1}v8\"/>",
                middle - 4.0
            ));
        }
        let right = ends.map_or(end, |ends| scale.place(ends[1]).max(end)).max(zero);
        drawing.text(right + 6.0, middle + 4.0, "value", &self.axis.unit.text(value));
    }

    fn hover(&self, bar: &Bar) -> String {
        let unit = self.axis.unit;
        let value = self.value(bar).map_or("–".to_owned(), |value| unit.text(value));
        match Cell::interval(bar.interval, unit) {
            Cell::Number(interval) => format!("{}: {value} ({interval})", bar.label),
            _ => format!("{}: {value}", bar.label),
        }
    }
}

impl Chart for Bars {
    fn about(&self) -> &About {
        &self.about
    }

    fn svg(&self) -> String {
        let mut drawing = Drawing::new(&self.about);
        let top = drawing.top;
        let bottom = top + ROW * self.bars.len() as f64;
        let ends = self.bars.iter().flat_map(|bar| bar.interval.into_iter().flatten());
        let values = self.bars.iter().filter_map(|bar| bar.value).chain(ends);
        // Zero included, because lengths of bars are compared.
        let scale = self.axis.scale(values.chain([0.0]), [LABELS, WIDTH - VALUES]);
        drawing.x_axis(&self.axis, &scale, [top, bottom]);
        for (row, bar) in self.bars.iter().enumerate() {
            let top = top + ROW * row as f64;
            drawing.group(&self.hover(bar), |drawing| self.draw(drawing, bar, &scale, top));
        }
        drawing.finish(&self.about, bottom + 44.0)
    }

    fn table(&self) -> Table {
        let unit = self.axis.unit;
        let head =
            vec![self.names.clone(), self.axis.label.clone(), interval_heading(self.about.lang)];
        let row = |bar: &Bar| {
            vec![
                Cell::Text(bar.label.clone()),
                Cell::number(bar.value, unit),
                Cell::interval(bar.interval, unit),
            ]
        };
        Table { head, rows: self.bars.iter().map(row).collect() }
    }
}
