//! An import handed to the server of the shop, with its progress and its report.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use feeds::FeedOptions;
use indicatif::ProgressBar;
use ingest::import::{Done, Format};
use ingest::{Gone, ImportReport, IngestError};
use serde_json::{Value, json};
use ureq::SendBody;
use ureq::http::Method;

use super::{Answered, Server, encoded};

/// How often the server is asked how far it is.
const ASK_EVERY: Duration = Duration::from_millis(200);
/// How often it is asked whether it is free.
const TRY_EVERY: Duration = Duration::from_secs(1);

/// What is to be imported.
pub(crate) struct Files<'a> {
    pub(crate) format: Format,
    pub(crate) paths: &'a [PathBuf],
    pub(crate) options: FeedOptions,
}

impl Server {
    /// Imports files through the server. `retire` is asked where so many items are gone that somebody
    /// has to say.
    pub(crate) fn import(
        &self,
        files: &Files<'_>,
        bar: &ProgressBar,
        retire: &dyn Fn(&Gone) -> bool,
    ) -> anyhow::Result<ImportReport> {
        let report = self.import_once(files, &files.options, bar)?;
        let gone = report.gone.clone().filter(|gone| gone.done == Done::Asked);
        let Some(gone) = gone else { return Ok(report) };
        if !retire(&gone) {
            return Err(IngestError::TooManyGone { gone: Box::new(gone) }.into());
        }
        // What is there already adds nothing, so that only the retiring is left.
        self.import_once(files, &FeedOptions { yes: true, ..files.options.clone() }, bar)
    }

    fn import_once(
        &self,
        files: &Files<'_>,
        options: &FeedOptions,
        bar: &ProgressBar,
    ) -> anyhow::Result<ImportReport> {
        let id = self.begin(files, options, bar)?;
        let path = format!("/v1/imports/{id}");
        loop {
            let run = self.get(Method::GET, &path, None)?;
            match run["state"].as_str() {
                Some("running") => show(bar, &run["progress"]),
                Some("failed") => {
                    let problem = run["problem"].as_str().unwrap_or("the server does not say why");
                    anyhow::bail!("{problem}");
                }
                _ => return Ok(serde_json::from_value(run["report"].clone())?),
            }
            std::thread::park_timeout(ASK_EVERY);
        }
    }

    /// Hands the files over, by their paths where the server can read them; the import's name.
    fn begin(
        &self,
        files: &Files<'_>,
        options: &FeedOptions,
        bar: &ProgressBar,
    ) -> anyhow::Result<String> {
        let mut handed =
            files.paths.iter().map(|path| by_path(path)).collect::<Result<Vec<_>, _>>()?;
        let mut is_sent = false;
        loop {
            let wanted = json!({
                "format": files.format.name(), "paths": handed, "options": options,
            });
            let answered = self.ask(Method::POST, "/v1/local/imports", Some(&wanted))?;
            match answered.code() {
                "import_running" => {
                    bar.set_message("waiting for another import to end");
                    std::thread::park_timeout(TRY_EVERY);
                }
                "not_here" if !is_sent => {
                    is_sent = true;
                    let sent = files.paths.iter().map(|path| self.send_file(path));
                    handed = sent.collect::<Result<_, _>>()?;
                }
                _ => {
                    let run = Answered::success(answered)?;
                    let id = run["id"].as_str().context("the server names no import")?;
                    return Ok(id.to_owned());
                }
            }
        }
    }

    /// Sends a file that the server cannot read by its path.
    fn send_file(&self, path: &Path) -> anyhow::Result<Value> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let bytes = file.metadata()?.len();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let address = format!("/v1/local/files?name={}", encoded(&name));
        let mut file = file;
        let answered = self.send(Method::PUT, &address, SendBody::from_reader(&mut file))?;
        let there = answered.success()?;
        Ok(json!({"path": there["path"], "bytes": bytes, "is_sent": true}))
    }
}

fn by_path(path: &Path) -> anyhow::Result<Value> {
    let open = || format!("cannot open {}", path.display());
    let whole = path.canonicalize().with_context(open)?;
    let bytes = whole.metadata().with_context(open)?.len();
    Ok(json!({"path": whole, "bytes": bytes}))
}

fn show(bar: &ProgressBar, progress: &Value) {
    let n = |name: &str| progress[name].as_u64().unwrap_or(0);
    bar.set_length(n("of_bytes"));
    bar.set_position(n("bytes"));
    bar.set_message(format!("{} rows read, {} stored", n("read"), n("stored")));
}
