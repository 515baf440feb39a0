//! Points over two axes: what one number costs in another.

use crate::axis::Scale;
use crate::svg::{COLOURS, Drawing, WIDTH};
use crate::text::width;
use crate::{About, Axis, Cell, Chart, Table};

const LEFT: f64 = 70.0;
const HEIGHT: f64 = 300.0;

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// What it stands for.
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
    /// What it shows.
    pub about: About,
    /// Heading of the labels in the table.
    pub names: String,
    /// From left to right.
    pub x: Axis,
    /// Upwards.
    pub y: Axis,
    /// In any order.
    pub points: Vec<Point>,
}

impl Point {
    /// Its place among numbers, where both are known.
    fn place(&self) -> Option<(f64, f64)> {
        self.x.zip(self.y).filter(|(x, y)| x.is_finite() && y.is_finite())
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
        let x_scale = Scale::new(places().map(|(x, _)| x), [LEFT, right]);
        let y_scale = Scale::new(places().map(|(_, y)| y), [bottom, top]);
        drawing.x_axis(&self.x, &x_scale, [top, bottom]);
        drawing.y_axis(&self.y, &y_scale, [LEFT, right]);
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
                // Beside the point, on the side that has room.
                let is_far = x + 10.0 + 6.6 * width(&point.label) as f64 > WIDTH;
                let (x, class) = if is_far { (x - 10.0, "value end") } else { (x + 10.0, "value") };
                drawing.text(x, y + 4.0, class, &point.label);
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
