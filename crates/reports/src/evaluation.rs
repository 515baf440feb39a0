//! An evaluation as one page that needs nothing else: figures, tables, weights, commands.
//!
//! Responsible for what is shown and in which words. Computes nothing of what it shows, and loads
//! nothing from elsewhere.

mod figures;
mod tables;
mod texts;

use askama::Template;
use charts::Chart;
use domain::Language;
use evaluation::evaluate::{Evaluated, SegmentReport};

use texts::Texts;

pub use figures::model_bars;

#[derive(Template)]
#[template(path = "evaluation.html")]
struct Page {
    texts: &'static Texts,
    charts_css: &'static str,
    simulated: bool,
    body: String,
}

#[derive(Template)]
#[template(path = "evaluation_body.html")]
struct Body<'a> {
    texts: &'static Texts,
    facts: String,
    command: &'a str,
    accuracy: Vec<String>,
    all_numbers: String,
    comparisons: String,
    seeds: Option<String>,
    trade_offs: Vec<String>,
    parts: Vec<Part>,
    weights: String,
    verdicts: String,
    notes: &'a [String],
    learning: Option<String>,
    constants: String,
    baselines: String,
}

/// Results for a part of the shoppers.
struct Part {
    title: &'static str,
    n_shoppers: usize,
    figure: String,
}

/// The page. `command` is what was typed to get it.
///
/// # Errors
/// Where a template cannot be filled, which is a defect of the template.
pub fn page(evaluated: &Evaluated, command: &str, lang: Language) -> Result<String, askama::Error> {
    let page = Page {
        texts: Texts::of(lang),
        charts_css: charts::CSS,
        simulated: evaluated.simulated,
        body: body(evaluated, command, lang)?,
    };
    page.render()
}

/// The title of the page and its lead.
#[must_use]
pub fn heading(lang: Language) -> (&'static str, &'static str) {
    let texts = Texts::of(lang);
    (texts.title, texts.lead)
}

/// Everything of the page below its heading, without any style.
///
/// # Errors
/// Where a template cannot be filled, which is a defect of the template.
pub fn body(evaluated: &Evaluated, command: &str, lang: Language) -> Result<String, askama::Error> {
    let (report, fit, texts) = (&evaluated.report, &evaluated.fit, Texts::of(lang));
    let drawn = figures::Figures { lang, texts };
    let part = |part: &SegmentReport| Part {
        title: texts.segment(part.segment),
        n_shoppers: part.n_shoppers,
        figure: drawn.part(part).figure(),
    };
    let constants = serde_json::to_string_pretty(&fit.constants)
        .expect("constants are plain numbers and names");
    let body = Body {
        texts,
        facts: tables::facts(evaluated, texts).html(),
        command,
        accuracy: drawn.accuracy(&report.rows).iter().map(Chart::figure).collect(),
        all_numbers: tables::numbers(&report.rows, texts).html(),
        comparisons: tables::comparisons(&report.comparisons, texts).html(),
        seeds: (evaluated.seeds.len() > 1).then(|| tables::seeds(&evaluated.seeds, texts).html()),
        trade_offs: drawn.trade_offs(&report.rows).iter().map(Chart::figure).collect(),
        parts: report.segments.iter().map(part).collect(),
        weights: drawn.weights(&fit.signals).figure(),
        verdicts: tables::verdicts(&fit.signals, texts).html(),
        notes: &fit.notes,
        learning: fit.sequence.as_ref().map(|sequence| drawn.learning(sequence).figure()),
        constants,
        baselines: tables::baselines(&evaluated.baselines, texts).html(),
    };
    body.render()
}
