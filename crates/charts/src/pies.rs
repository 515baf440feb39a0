//! Pies side by side: shares of several wholes, each with its percentages in figures.

use crate::pie::{Circle, percent, share_heading, shares};
use crate::svg::{COLOURS, Drawing, HALF_LETTER, WIDTH};
use crate::text::shortened;
use crate::{About, Axis, Cell, Chart, Slice, Table, Unit};

const PER_ROW: usize = 3;
const RADIUS: f64 = 48.0;
/// Height of a pie with its name above it.
const ROW: f64 = 2.0 * RADIUS + 44.0;
/// Height of one line of figures beside a pie.
const LINE: f64 = 20.0;

/// One whole and its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// Name of the whole, e.g. the answers of a group.
    pub label: String,
    /// Clockwise from the top; the same in every whole, and in the same order.
    pub slices: Vec<Slice>,
}

/// Shares of several wholes, to be compared by eye and by figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Pies {
    /// Title and description; the legend is made from the labels of the slices.
    pub about: About,
    /// Heading of the wholes in the table.
    pub names: String,
    /// Heading of the slices in the table.
    pub parts: String,
    /// Name and unit of the sizes.
    pub axis: Axis,
    /// The wholes, in the order they are shown.
    pub wholes: Vec<Whole>,
}

impl Pies {
    /// Returns the labels of the colours.
    fn legend(&self) -> Vec<String> {
        let slices = self.wholes.first().map_or(&[][..], |whole| whole.slices.as_slice());
        slices.iter().map(|slice| slice.label.clone()).collect()
    }

    fn draw(&self, drawing: &mut Drawing, whole: &Whole, [left, top]: [f64; 2]) {
        let room = WIDTH / PER_ROW as f64 - 10.0;
        let name = shortened(&whole.label, (room / HALF_LETTER) as usize);
        drawing.text(left, top + 12.0, "label", &name);
        let circle = Circle { x: left + RADIUS, y: top + 24.0 + RADIUS, radius: RADIUS };
        circle.draw(drawing, &whole.slices, self.axis.unit, &format!("{}: ", whole.label));
        let (x, n) = (left + 2.0 * RADIUS + 14.0, whole.slices.len() as f64);
        let mut y = circle.y - LINE * (n - 1.0) / 2.0;
        for (n, share) in shares(&whole.slices).into_iter().enumerate() {
            drawing.push(format_args!(
                "<rect class=\"c{}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"12\" height=\"12\" rx=\"2\"/>",
                n % COLOURS,
                y - 6.0
            ));
            drawing.text(x + 18.0, y + 4.0, "value", &percent(share));
            y += LINE;
        }
    }
}

impl Chart for Pies {
    fn about(&self) -> &About {
        &self.about
    }

    fn svg(&self) -> String {
        let about = self.about.clone().with_legend(self.legend());
        let mut drawing = Drawing::new(&about);
        let top = drawing.top;
        for (n, whole) in self.wholes.iter().enumerate() {
            let (row, column) = (n / PER_ROW, n % PER_ROW);
            let left = WIDTH * column as f64 / PER_ROW as f64;
            self.draw(&mut drawing, whole, [left, top + ROW * row as f64]);
        }
        let n_rows = self.wholes.len().div_ceil(PER_ROW);
        drawing.finish(&about, top + ROW * n_rows as f64)
    }

    fn table(&self) -> Table {
        let [names, parts] = [&self.names, &self.parts].map(Clone::clone);
        let head = vec![names, parts, self.axis.label.clone(), share_heading(self.about.lang)];
        let rows = self.wholes.iter().flat_map(|whole| {
            whole.slices.iter().zip(shares(&whole.slices)).map(|(slice, share)| {
                vec![
                    Cell::Text(whole.label.clone()),
                    Cell::Text(slice.label.clone()),
                    Cell::number(Some(slice.value), self.axis.unit),
                    Cell::number(share, Unit::Percent(1)),
                ]
            })
        });
        Table { head, rows: rows.collect() }
    }
}
