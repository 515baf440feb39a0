//! `candor verify`: delivered sentences, recounted by a reader who does not know how they were made.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::Live;
use domain::Timestamp;
use proofs::Prover;
use serde::Serialize;
use shop::Access;
use verify::{Bundle, Report, Told, Verdict};

use crate::show;

/// Read the sentences of delivered answers back and recount what they say, by the rules of docs/sentences.md.
///
/// Knows nothing of claims and their checkers. Sentences that rest on the model are compared with its own
/// output and listed apart. Exits with 1 when any sentence is false or unreadable.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor export proof REQUEST --out proof.json --shop ./shop
  candor verify --bundle proof.json
  candor verify --requests 1000 --shop ./shop")]
pub(crate) struct Arguments {
    /// A bundle as `candor export proof` writes it
    #[arg(long, value_name = "FILE", required_unless_present = "requests")]
    bundle: Option<PathBuf>,
    /// The newest N recorded answers of a shop, each bundled and read in this process
    #[arg(long, value_name = "N", conflicts_with = "bundle", requires = "shop")]
    requests: Option<usize>,
    /// Folder of the shop
    #[arg(long, value_name = "DIR", env = "CANDOR_SHOP")]
    shop: Option<PathBuf>,
    /// When the sentences are read, e.g. 2026-11-24T08:00:00Z; when they were told where missing
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse)]
    at: Option<Timestamp>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// What was found in many answers.
#[derive(Debug, Default, Serialize)]
struct Found {
    answers: usize,
    sentences: usize,
    by_message: BTreeMap<String, BTreeMap<&'static str, usize>>,
    /// By message and by what does not agree: how often, and one of them.
    disagreements: BTreeMap<String, (usize, Example)>,
    reports: Vec<Report>,
}

#[derive(Debug, Serialize)]
struct Example {
    request_id: String,
    #[serde(flatten)]
    told: Told,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (mut found, is_simulated) = match (&arguments.bundle, arguments.requests, &arguments.shop) {
        (Some(file), _, _) => {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            let bundle: Bundle = serde_json::from_str(&text)
                .with_context(|| format!("{} is no bundle", file.display()))?;
            let mut found = Found::default();
            found.add(&bundle, arguments.at);
            (found, bundle.simulated)
        }
        (None, Some(n), Some(folder)) => of_shop(folder, n, arguments.at)?,
        _ => anyhow::bail!("name a bundle, or a number of requests and a shop"),
    };
    let is_one = arguments.bundle.is_some();
    if !is_one {
        found.reports.clear(); // of many answers, the summary
    }
    show::print(arguments.json, &found, || {
        show::label(is_simulated).to_owned() + &found.text(is_one)
    })?;
    Ok(if found.disagreements.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn of_shop(
    folder: &std::path::Path,
    n: usize,
    at: Option<Timestamp>,
) -> anyhow::Result<(Found, bool)> {
    let live = Live::new(app::open(folder, Access::Read)?)?;
    let config = live.config();
    let prover = Prover::new(live.in_service(), &config.prepare.clean.non_product_codes)?;
    let mut found = Found::default();
    for request_id in prover.newest(n)? {
        found.add(&prover.bundle(&request_id)?, at);
    }
    Ok((found, config.shop.simulated))
}

impl Found {
    fn add(&mut self, bundle: &Bundle, at: Option<Timestamp>) {
        let report = verify::verify(bundle, at.unwrap_or(bundle.told_at));
        self.answers += 1;
        for told in &report.sentences {
            self.sentences += 1;
            let message = told.message.unwrap_or("unknown sentence").to_owned();
            *self.by_message.entry(message).or_default().entry(told.verdict.name()).or_default() +=
                1;
            if !told.verdict.is_good() {
                self.disagree(&report, told);
            }
        }
        self.reports.push(report);
    }

    fn disagree(&mut self, report: &Report, told: &Told) {
        let wrong =
            told.parts.iter().find(|part| !part.holds).map_or("unreadable", |part| part.what);
        let kind = format!("{}: {wrong}", told.message.unwrap_or("unknown sentence"));
        let example = || {
            let request_id = report.request_id.clone();
            (0, Example { request_id, told: told.clone() })
        };
        self.disagreements.entry(kind).or_insert_with(example).0 += 1;
    }

    fn text(&self, with_sentences: bool) -> String {
        let mut lines = Vec::new();
        if with_sentences {
            lines.extend(self.reports.iter().flat_map(|report| &report.sentences).map(sentence));
        }
        lines.push(format!("{} answers, {} sentences", self.answers, self.sentences));
        for (message, verdicts) in &self.by_message {
            let told: Vec<String> =
                verdicts.iter().map(|(name, n)| format!("{n} {name}")).collect();
            lines.push(format!("  {message:18} {}", told.join(", ")));
        }
        if !with_sentences {
            for (kind, (n, example)) in &self.disagreements {
                lines.push(format!(
                    "{n} × {kind}, e.g. in {}\n{}",
                    example.request_id,
                    sentence(&example.told)
                ));
            }
        }
        lines.join("\n") + "\n"
    }
}

/// A sentence with its verdict, and what does not agree.
fn sentence(told: &Told) -> String {
    let wrong = told.parts.iter().filter(|part| !part.holds);
    let wrong: Vec<String> = wrong
        .map(|part| format!("\n      {}: told {}, found {}", part.what, part.told, part.found))
        .collect();
    let mark = if told.verdict == Verdict::True { "" } else { " by what can be recounted" };
    let mark = if told.verdict == Verdict::RestsOnModel { mark } else { "" };
    format!("[{}{mark}] {}: {}{}", told.verdict.name(), told.item_id, told.text, wrong.concat())
}
