//! The files of a simulated study: four charts as SVG in both languages, their numbers as CSV, all
//! numbers as JSON, and one page that needs nothing else.
//!
//! Responsible for saying "simulated" in every file: across every drawing, in every row of numbers,
//! and at the top of the page. Writes nothing to disk, and computes nothing.

mod figures;
mod page;
mod rows;
mod words;

use charts::Chart;
use domain::Language;
use study::Study;

/// The word that is in every file.
pub const STAMP: &str = "simulated";

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: String,
}

/// Every file of a study.
#[must_use]
pub fn files(study: &Study) -> Vec<ReportFile> {
    let file = |name: String, content: String| ReportFile { name, content };
    let mut files = vec![
        file("study.html".to_owned(), page::page(study)),
        file("study.json".to_owned(), json(study)),
    ];
    for (name, content) in rows::all(study) {
        files.push(file(format!("{name}.csv"), content));
    }
    for lang in Language::ALL {
        for (name, chart) in figures::four(study, lang) {
            files.push(file(format!("{name}.{}.svg", lang.tag()), alone(chart.as_ref(), lang)));
        }
    }
    files
}

fn json(study: &Study) -> String {
    serde_json::to_string_pretty(study).expect("what a study found is plain data") + "\n"
}

/// A drawing that stands alone: with its title, its style, and the stamp.
fn alone(chart: &dyn Chart, lang: Language) -> String {
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" lang=\"{}\" ",
        lang.tag()
    );
    let style = format!("<style>{}</style></svg>", charts::CSS);
    let drawing = chart.svg().replacen("<svg ", &head, 1).replacen("</svg>", &style, 1);
    stamped(&drawing, lang) + "\n"
}

/// The stamp across every drawing of some markup.
fn stamped(markup: &str, lang: Language) -> String {
    let mut stamped = String::with_capacity(markup.len() + 200);
    let mut rest = markup;
    while let Some(end) = rest.find("</svg>") {
        let (drawing, after) = rest.split_at(end);
        let [width, height] = size(drawing);
        let (x, y, text) = (width / 2.0, height / 2.0, words::stamp(lang));
        let points = stamp_size(text, [width, height]);
        stamped += drawing;
        stamped += &format!(
            "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"middle\" fill-opacity=\"0.12\" \
             font-size=\"{points:.0}\" style=\"font-size:{points:.0}px\" \
             transform=\"rotate(-18 {x:.0} {y:.0})\" pointer-events=\"none\">{text}</text></svg>"
        );
        rest = &after["</svg>".len()..];
    }
    stamped + rest
}

/// The size at which a slanting stamp lies within a drawing: Chinese characters are as wide as
/// high, others about half as wide.
fn stamp_size(text: &str, [width, height]: [f64; 2]) -> f64 {
    let ems: f64 = text.chars().map(|c| if c.is_ascii() { 0.56 } else { 1.0 }).sum();
    let (sin, cos) = 18_f64.to_radians().sin_cos();
    let fits = (0.95 * height / (ems * sin + cos)).min(0.95 * width / (ems * cos + sin));
    fits.min(58.0)
}

/// Width and height of a drawing, from its `viewBox`.
fn size(drawing: &str) -> [f64; 2] {
    let numbers = drawing.rsplit_once("viewBox=\"").and_then(|(_, rest)| rest.split_once('"'));
    let numbers = numbers.map_or("", |(numbers, _)| numbers);
    let mut numbers = numbers.split(' ').skip(2).filter_map(|number| number.parse().ok());
    let width = numbers.next().unwrap_or(720.0);
    [width, numbers.next().unwrap_or(300.0)]
}

#[cfg(test)]
mod tests;
