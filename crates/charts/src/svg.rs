//! The parts that drawings share: the element itself, axes with ticks, legends, hover texts.

use std::fmt::Write as _;

use crate::axis::Scale;
use crate::text::{escape, room, shortened};
use crate::{About, Axis, Unit};

/// Width of every drawing, in its own units; it grows and shrinks with the page.
pub(crate) const WIDTH: f64 = 720.0;
/// Number of colours; further marks repeat them from the first.
pub(crate) const COLOURS: usize = 6;
/// About the width of half a letter.
pub(crate) const HALF_LETTER: f64 = 6.6;
/// About half the width of a date below an axis.
const HALF_DATE: f64 = 34.0;
const LEGEND_HEIGHT: f64 = 26.0;

/// A drawing that is being built.
pub(crate) struct Drawing {
    body: String,
    /// Top of the drawing, below the legend.
    pub(crate) top: f64,
}

impl Drawing {
    /// Returns a drawing that holds the legend only.
    pub(crate) fn new(about: &About) -> Self {
        let mut drawing = Self { body: String::new(), top: 8.0 };
        let mut x = 0.0;
        for (colour, name) in about.legend.iter().enumerate() {
            let room = 36.0 + room(name);
            if x > 0.0 && x + room > WIDTH {
                (x, drawing.top) = (0.0, drawing.top + LEGEND_HEIGHT);
            }
            let y = drawing.top;
            drawing.push(format_args!(
                "<rect class=\"c{}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"12\" height=\"12\" rx=\"2\"/>",
                colour % COLOURS
            ));
            drawing.text(x + 18.0, y + 11.0, "", name);
            x += room;
        }
        drawing.top += if about.legend.is_empty() { 0.0 } else { LEGEND_HEIGHT };
        drawing
    }

    pub(crate) fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(markup);
    }

    /// Draws a text with a class of the style sheet.
    pub(crate) fn text(&mut self, x: f64, y: f64, class: &str, text: &str) {
        let text = escape(text);
        self.push(format_args!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>"));
    }

    /// Draws marks whose hover text is `hover`.
    pub(crate) fn group(&mut self, hover: &str, draw: impl FnOnce(&mut Self)) {
        self.push(format_args!("<g class=\"mark\"><title>{}</title>", escape(hover)));
        draw(self);
        self.body.push_str("</g>");
    }

    /// Vertical lines at the ticks of an axis that runs from left to right, and its name.
    pub(crate) fn x_axis(&mut self, axis: &Axis, scale: &Scale, [top, bottom]: [f64; 2]) {
        for (x, text) in scale.ticks(axis.unit) {
            self.push(format_args!(
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{top:.1}\" y2=\"{bottom:.1}\"/>"
            ));
            // A date is wider than the margin on the right.
            match axis.unit {
                Unit::Day if x + HALF_DATE > WIDTH => {
                    self.text(WIDTH, bottom + 16.0, "tick end", &text);
                }
                _ => self.text(x, bottom + 16.0, "tick middle", &text),
            }
        }
        let [from, to] = scale.ends();
        self.text((from + to) / 2.0, bottom + 34.0, "axis middle", &axis.label);
    }

    /// Horizontal lines at the ticks of an axis that runs upwards, and its name above it.
    pub(crate) fn y_axis(&mut self, axis: &Axis, scale: &Scale, [left, right]: [f64; 2]) {
        for (y, text) in scale.ticks(axis.unit) {
            self.push(format_args!(
                "<line class=\"grid\" x1=\"{left:.1}\" x2=\"{right:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
            ));
            self.text(left - 8.0, y + 4.0, "tick end", &text);
        }
        let [from, to] = scale.ends();
        self.text(0.0, from.min(to) - 12.0, "axis", &axis.label);
    }

    /// A label that ends at `x`, shortened to the room on its left.
    pub(crate) fn label(&mut self, x: f64, y: f64, text: &str) {
        let most = (x / HALF_LETTER) as usize;
        self.text(x, y, "label end", &shortened(text, most));
    }

    /// The element, of this height.
    pub(crate) fn finish(self, about: &About, height: f64) -> String {
        format!(
            "<svg role=\"img\" viewBox=\"0 0 {WIDTH} {height:.0}\"><title>{}</title><desc>{}</desc>{}</svg>",
            escape(&about.title),
            escape(&about.description),
            self.body
        )
    }
}
