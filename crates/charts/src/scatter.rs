//! Points over two axes, which show the trade between two numbers.

use crate::svg::{COLOURS, Drawing, HALF_LETTER, WIDTH};
use crate::text::width;
use crate::{About, Axis, Cell, Chart, Table};

const LEFT: f64 = 70.0;
const HEIGHT: f64 = 300.0;

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Label of the point.
    pub label: String,
    /// From left to right.
    pub x: Option<f64>,
    /// Upwards.
    pub y: Option<f64>,
    /// Which colour, from 0; see [`About::legend`].
    pub colour: usize,
}

/// Points over two axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// Title, description and legend of the figure.
    pub about: About,
    /// Heading of the labels in the table.
    pub names: String,
    /// From left to right.
    pub x: Axis,
    /// Upwards.
    pub y: Axis,
    /// The points, in any order.
    pub points: Vec<Point>,
}

impl Point {
    /// Returns the point's coordinates, where both are known.
    fn place(&self) -> Option<(f64, f64)> {
        self.x.zip(self.y).filter(|(x, y)| x.is_finite() && y.is_finite())
    }
}

/// The labels placed so far: left, right and baseline of each.
#[derive(Default)]
struct Labels(Vec<[f64; 3]>);

impl Labels {
    /// Room that a line of text takes.
    const LINE: f64 = 13.0;
    /// Lines tried above and below a point before a label stands on another one.
    const TRIES: u32 = 5;

    /// Returns a place beside a point, on the side with room, moved up or down off other labels.
    fn beside(&mut self, x: f64, y: f64, label: &str) -> (f64, f64, &'static str) {
        let room = HALF_LETTER * width(label) as f64;
        let is_far = x + 10.0 + room > WIDTH;
        let (at, class) = if is_far { (x - 10.0, "value end") } else { (x + 10.0, "value") };
        let [left, right] = if is_far { [at - room, at] } else { [at, at + room] };
        let is_free = |baseline: &f64| {
            let stands_in =
                |&[l, r, b]: &[f64; 3]| l < right && left < r && (b - baseline).abs() < Self::LINE;
            !self.0.iter().any(stands_in)
        };
        let lines = (0..=Self::TRIES).flat_map(|n| [-f64::from(n), f64::from(n)]);
        let mut baselines = lines.map(|n| y + 4.0 + n * Self::LINE);
        let baseline = baselines.find(is_free).unwrap_or(y + 4.0);
        self.0.push([left, right, baseline]);
        (at, baseline, class)
    }
}

impl Chart for Scatter {
    fn about(&self) -> &About {
        &self.about
    }

    fn svg(&self) -> String {
        let mut drawing = Drawing::new(&self.about);
        let (top, bottom) = (drawing.top + 24.0, drawing.top + 24.0 + HEIGHT);
        let places = || self.points.iter().filter_map(Point::place);
        let right = WIDTH - 20.0;
        let x_scale = self.x.scale(places().map(|(x, _)| x), [LEFT, right]);
        let y_scale = self.y.scale(places().map(|(_, y)| y), [bottom, top]);
        drawing.x_axis(&self.x, &x_scale, [top, bottom]);
        drawing.y_axis(&self.y, &y_scale, [LEFT, right]);
        let mut labels = Labels::default();
        for point in &self.points {
            let Some((x, y)) = point.place() else { continue };
            let hover = format!(
                "{}: {} {}, {} {}",
                point.label,
                self.x.label,
                self.x.unit.text(x),
                self.y.label,
                self.y.unit.text(y)
            );
            let (x, y, colour) = (x_scale.place(x), y_scale.place(y), point.colour % COLOURS);
            drawing.group(&hover, |drawing| {
                drawing.push(format_args!(
                    "<circle class=\"c{colour}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\"/>"
                ));
                let (x, y, class) = labels.beside(x, y, &point.label);
                drawing.text(x, y, class, &point.label);
            });
        }
        drawing.finish(&self.about, bottom + 44.0)
    }

    fn table(&self) -> Table {
        let head = vec![self.names.clone(), self.x.label.clone(), self.y.label.clone()];
        let row = |point: &Point| {
            vec![
                Cell::Text(point.label.clone()),
                Cell::number(point.x, self.x.unit),
                Cell::number(point.y, self.y.unit),
            ]
        };
        Table { head, rows: self.points.iter().map(row).collect() }
    }
}
