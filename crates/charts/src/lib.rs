//! Charts as HTML figures: an SVG, and the same numbers as a table beside it.
//!
//! Responsible for scales, marks and escaping: bars with intervals, scatter, lines, pies. Every
//! figure names itself for screen readers and shows values on hover. Figures hold no script,
//! external host or inline style (pages may forbid them). A number that is not finite is listed as
//! missing and not drawn. Colours come from [`CSS`], in light and dark. The callers give the
//! numbers their meaning.

mod axis;
mod bars;
mod lines;
mod pie;
mod pies;
mod scatter;
mod svg;
mod table;
mod text;

pub use axis::{Axis, Unit};
pub use bars::{Bar, Bars};
pub use lines::{Line, Lines};
pub use pie::{Pie, Slice};
pub use pies::{Pies, Whole};
pub use scatter::{Point, Scatter};
pub use table::{Cell, Table};
pub use text::escape;

use domain::Language;

/// Style of figures and their tables, for a `<style>` element or a style sheet.
pub const CSS: &str = include_str!("charts.css");

/// Title, description and legend of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Title above the figure.
    pub title: String,
    /// Description for readers who cannot see the figure.
    pub description: String,
    /// Language of the few words that a chart adds.
    pub lang: Language,
    /// Names of the colours, in their order; empty where they mean nothing.
    pub legend: Vec<String>,
}

impl About {
    /// A figure without a legend.
    #[must_use]
    pub fn new(title: impl Into<String>, description: impl Into<String>, lang: Language) -> Self {
        let (title, description) = (title.into(), description.into());
        Self { title, description, lang, legend: Vec::new() }
    }

    /// The same with names of the colours.
    #[must_use]
    pub fn with_legend(self, legend: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { legend: legend.into_iter().map(Into::into).collect(), ..self }
    }
}

/// Anything that is drawn from numbers.
pub trait Chart {
    /// Returns title, description and legend.
    fn about(&self) -> &About;

    /// Returns the drawing alone: an `<svg>` element with title and description.
    fn svg(&self) -> String;

    /// Returns the same numbers in rows.
    fn table(&self) -> Table;

    /// Returns both in a `<figure>`; the table opens on demand, without a script.
    fn figure(&self) -> String {
        let about = self.about();
        let summary = match about.lang {
            Language::Zh => "以表格显示",
            Language::En => "as a table",
        };
        format!(
            "<figure class=\"chart\"><figcaption>{0}</figcaption>\
             <div class=\"drawing\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\">{1}</div>\
             <details><summary>{summary}</summary>{2}</details></figure>",
            escape(&about.title),
            self.svg(),
            self.table().html()
        )
    }
}

#[cfg(test)]
mod tests;
