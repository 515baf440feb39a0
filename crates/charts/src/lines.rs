//! Lines over two axes: how a number develops.

use std::fmt::Write as _;

use crate::svg::{COLOURS, Drawing, WIDTH};
use crate::{About, Axis, Cell, Chart, Table};

const LEFT: f64 = 70.0;
const HEIGHT: f64 = 280.0;

/// One line. Its colour is its place among the lines; its label is in the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Label of the line.
    pub label: String,
    /// (x, y) with x rising; numbers that are not finite are left out.
    pub points: Vec<(f64, f64)>,
}

/// Lines over two axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// Title and description; the legend is made from the labels.
    pub about: About,
    /// From left to right.
    pub x: Axis,
    /// Upwards.
    pub y: Axis,
    /// The lines.
    pub lines: Vec<Line>,
    /// Distance of neighbours, where it is fixed: a line breaks where two points are farther apart,
    /// and a point without neighbours is a dot. Without it no line breaks.
    pub step: Option<f64>,
}

impl Line {
    fn finite(&self) -> impl Iterator<Item = (f64, f64)> {
        self.points.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite())
    }
}

impl Lines {
    /// Whether a line is drawn from the point before to `x`.
    fn joins(&self, last: Option<f64>, x: f64) -> bool {
        let is_near = |last: f64| self.step.is_none_or(|step| x - last <= step * 1.000_001);
        last.is_some_and(is_near)
    }
}

impl Chart for Lines {
    fn about(&self) -> &About {
        &self.about
    }

    fn svg(&self) -> String {
        let labels = self.lines.iter().map(|line| line.label.clone());
        let about = self.about.clone().with_legend(labels);
        let mut drawing = Drawing::new(&about);
        let (top, bottom) = (drawing.top + 24.0, drawing.top + 24.0 + HEIGHT);
        let places = || self.lines.iter().flat_map(Line::finite);
        let right = WIDTH - 20.0;
        let x_scale = self.x.scale(places().map(|(x, _)| x), [LEFT, right]);
        let y_scale = self.y.scale(places().map(|(_, y)| y), [bottom, top]);
        drawing.x_axis(&self.x, &x_scale, [top, bottom]);
        drawing.y_axis(&self.y, &y_scale, [LEFT, right]);
        for (n, line) in self.lines.iter().enumerate() {
            let mut path = String::new();
            let mut last = None;
            for (x, y) in line.finite() {
                let pen = if self.joins(last, x) { 'L' } else { 'M' };
                last = Some(x);
                let _ = write!(path, "{pen}{:.1} {:.1}", x_scale.place(x), y_scale.place(y));
            }
            let colour = n % COLOURS;
            drawing.push(format_args!("<path class=\"line l{colour}\" d=\"{path}\"/>"));
            for (x, y) in line.finite() {
                let (x_text, y_text) = (self.x.unit.text(x), self.y.unit.text(y));
                let hover = format!("{}: {x_text}, {y_text}", line.label);
                let (x, y) = (x_scale.place(x), y_scale.place(y));
                drawing.group(&hover, |drawing| {
                    drawing.push(format_args!(
                        "<circle class=\"c{colour}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>"
                    ));
                });
            }
        }
        drawing.finish(&about, bottom + 44.0)
    }

    /// One row per x, one column per line.
    fn table(&self) -> Table {
        let mut xs: Vec<f64> = self.lines.iter().flat_map(Line::finite).map(|(x, _)| x).collect();
        xs.sort_unstable_by(f64::total_cmp);
        xs.dedup();
        let labels = self.lines.iter().map(|line| line.label.clone());
        let value = |line: &Line, at: f64| line.finite().find(|(x, _)| *x == at).map(|(_, y)| y);
        let row = |x: f64| {
            let values = self.lines.iter().map(|line| Cell::number(value(line, x), self.y.unit));
            [Cell::Text(self.x.unit.text(x))].into_iter().chain(values).collect()
        };
        Table {
            head: [self.x.label.clone()].into_iter().chain(labels).collect(),
            rows: xs.into_iter().map(row).collect(),
        }
    }
}
