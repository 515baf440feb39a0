//! The table beside a figure, which holds its numbers.

use std::fmt::Write as _;

use domain::Language;

use crate::Unit;
use crate::text::escape;

/// One entry of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A name or a sentence.
    Text(String),
    /// A number, already formatted.
    Number(String),
    /// A number that could not be computed.
    Missing,
}

impl Cell {
    /// Formats a number in its unit; one that is not finite is missing.
    #[must_use]
    pub fn number(value: Option<f64>, unit: Unit) -> Self {
        value
            .filter(|value| value.is_finite())
            .map_or(Self::Missing, |v| Self::Number(unit.text(v)))
    }

    /// Formats an interval in its unit.
    #[must_use]
    pub fn interval(interval: Option<[f64; 2]>, unit: Unit) -> Self {
        let finite = interval.filter(|ends| ends.iter().all(|end| end.is_finite()));
        let text = |[low, high]: [f64; 2]| format!("{} – {}", unit.text(low), unit.text(high));
        finite.map_or(Self::Missing, |ends| Self::Number(text(ends)))
    }
}

/// Headings and rows. The first cell of a row names it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Headings of the columns.
    pub head: Vec<String>,
    /// Rows, each as long as `head`.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A `<table>` that scrolls by itself where the page is narrow.
    #[must_use]
    pub fn html(&self) -> String {
        let mut html = "<div class=\"scroll\"><table><thead><tr>".to_owned();
        for (column, heading) in self.head.iter().enumerate() {
            let class = if self.is_numbers(column) { " class=\"number\"" } else { "" };
            let _ = write!(html, "<th scope=\"col\"{class}>{}</th>", escape(heading));
        }
        html.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            html.push_str("<tr>");
            for (column, cell) in row.iter().enumerate() {
                html.push_str(&cell_html(cell, column == 0));
            }
            html.push_str("</tr>");
        }
        html.push_str("</tbody></table></div>");
        html
    }

    /// Whether a column holds numbers alone, so that its heading stands over them.
    fn is_numbers(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().filter_map(|row| row.get(column)).peekable();
        cells.peek().is_some() && cells.all(|cell| !matches!(cell, Cell::Text(_)))
    }
}

fn cell_html(cell: &Cell, names_row: bool) -> String {
    match (cell, names_row) {
        (Cell::Text(text), true) => format!("<th scope=\"row\">{}</th>", escape(text)),
        (Cell::Text(text), false) => format!("<td>{}</td>", escape(text)),
        (Cell::Number(text), _) => format!("<td class=\"number\">{}</td>", escape(text)),
        (Cell::Missing, _) => "<td class=\"number\">–</td>".to_owned(),
    }
}

/// The heading of a column of intervals.
pub(crate) fn interval_heading(lang: Language) -> String {
    match lang {
        Language::Zh => "95 % 区间".to_owned(),
        Language::En => "95 % interval".to_owned(),
    }
}
