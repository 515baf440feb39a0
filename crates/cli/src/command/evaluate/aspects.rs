//! `candor evaluate aspects`: how well opinions in reviews are found, against anyone's labels.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use evaluation::aspects::{AspectReport, F1, Label, LabelledText, Polarity, measure_aspects};

/// Measure how well the aspects of reviews and the opinions on them are found.
///
/// Needs two CSV files: texts (id, Reviews) and labels (id, AspectTerms, A_start, A_end,
/// Polarities), positions in characters; `_` marks an aspect that is only implied and is left out.
/// The word lists were chosen with texts of odd id; report on the even ones.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  candor evaluate aspects --file reviews.csv --labels labels.csv --half even")]
pub(crate) struct Arguments {
    /// Texts, one per row
    #[arg(long, value_name = "CSV")]
    file: PathBuf,
    /// Aspects and opinions that people marked in them
    #[arg(long, value_name = "CSV")]
    labels: PathBuf,
    /// Only texts whose id is odd, or even
    #[arg(long, default_value = "all", value_parser = ["all", "odd", "even"])]
    half: String,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let texts = labelled(arguments)?;
    let report = measure_aspects(&texts);
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", text(&report));
    }
    Ok(())
}

fn text(report: &AspectReport) -> String {
    let line = |name: &str, f1: F1| {
        format!(
            "{name:8} F1 {:.3}  precision {:.3}  recall {:.3}  ({} of {} found, {} marked)\n",
            f1.f1(),
            f1.precision(),
            f1.recall(),
            f1.n_matched,
            f1.n_found,
            f1.n_marked
        )
    };
    let (n_faults, n_found) = report.faults;
    format!(
        "{} texts\n{}{}polarity accuracy {:.3} on {} exact matches (always praise: {:.3}); \
         {n_found} of {n_faults} faults found to be faults\n",
        report.n_texts,
        line("exact", report.exact),
        line("overlap", report.overlap),
        report.polarity_accuracy(),
        report.n_judged,
        report.always_praise_accuracy(),
    )
}

fn labelled(arguments: &Arguments) -> anyhow::Result<Vec<LabelledText>> {
    let mut texts: BTreeMap<u64, LabelledText> = BTreeMap::new();
    rows(&arguments.file, ["id", "Reviews"], |[id, text]| {
        let text = text.to_owned();
        texts.insert(id.parse()?, LabelledText { text, aspects: Vec::new() });
        Ok(())
    })?;
    let columns = ["id", "AspectTerms", "A_start", "A_end", "Polarities"];
    rows(&arguments.labels, columns, |[id, term, start, end, polarity]| {
        let Some(text) = texts.get_mut(&id.parse()?) else {
            bail!("there is no text {id}");
        };
        if term != "_" {
            let (start, end) = (start.trim().parse()?, end.trim().parse()?);
            text.aspects.push(Label { start, end, polarity: polarity_of(polarity)? });
        }
        Ok(())
    })?;
    let wanted = |id: u64| match arguments.half.as_str() {
        "odd" => id % 2 == 1,
        "even" => id.is_multiple_of(2),
        _ => true,
    };
    Ok(texts.into_iter().filter(|(id, _)| wanted(*id)).map(|(_, text)| text).collect())
}

fn polarity_of(word: &str) -> anyhow::Result<Option<Polarity>> {
    match word.trim() {
        "正面" | "positive" => Ok(Some(Polarity::Positive)),
        "负面" | "negative" => Ok(Some(Polarity::Negative)),
        "中性" | "neutral" => Ok(None),
        other => bail!("polarity {other:?}: write positive, negative or neutral"),
    }
}

/// Reads the named columns of every row.
fn rows<const N: usize>(
    path: &Path,
    columns: [&str; N],
    mut each: impl FnMut([&str; N]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let file = || path.display().to_string();
    let mut reader = csv::Reader::from_path(path).with_context(file)?;
    let headers = reader.headers().with_context(file)?.clone();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let found = headers.iter().position(|h| h.trim_start_matches('\u{feff}') == column);
        *place = found.with_context(|| format!("{}: no column {column}", file()))?;
    }
    for (n, row) in reader.records().enumerate() {
        let at = || format!("{} row {}", file(), n + 2);
        let row = row.with_context(at)?;
        each(places.map(|place| row.get(place).unwrap_or_default())).with_context(at)?;
    }
    Ok(())
}
