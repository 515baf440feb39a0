//! Imports into a shop in service: one at a time, each with its record.
//!
//! Responsible for whose turn it is and for what became of each import; `ingest` reads and loads.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::{IngestId, Timestamp};
use formats::Format;
use ingest::import::{Destination, Done, Feed, Progress as Read, Terms, import_into, named};
use ingest::prepare::{PrepareConfig, Source};
use ingest::{Gone, ImportReport, IngestError};
use shop::{LiveShop, ShopError};
use store::LoadProgress;

use crate::options::FeedOptions;
use crate::run::{Origin, Progress, Run, RunState};
use crate::spool::Spooled;

/// Ended imports whose whole report is held in memory, so that who waits for one sees it all.
const RECENT: usize = 16;
/// An import that erasures keep overtaking is given up after so many attempts.
const MOST_ATTEMPTS: usize = 5;

/// Files that are to be imported.
#[derive(Debug)]
pub struct Wanted {
    /// Where they came from.
    pub origin: Origin,
    /// The feed they belong to, where it has a name.
    pub feed: Option<String>,
    /// Their format; told by the content of the first file where missing.
    pub format: Option<Format>,
    /// Read in this order.
    pub paths: Vec<PathBuf>,
    /// What is said of them.
    pub options: FeedOptions,
    /// Those of the paths that are removed afterwards.
    pub spooled: Vec<Spooled>,
}

/// Why an import does not start.
#[derive(Debug, thiserror::Error)]
pub enum NotStarted {
    /// Another one runs.
    #[error("another import is running: {0}")]
    Busy(String),
    /// The options do not go together.
    #[error("{0}")]
    Options(&'static str),
    /// No format was named, and none is recognised.
    #[error("the format of {0} is not recognised: name it")]
    NoFormat(String),
    /// A file cannot be looked at.
    #[error("{0}")]
    Unreadable(formats::Error),
    /// The shop says no.
    #[error(transparent)]
    Shop(#[from] ShopError),
    /// The system gives no thread.
    #[error("no thread for it: {0}")]
    Thread(#[from] std::io::Error),
}

/// The imports of a shop in service.
pub struct Imports {
    live: Arc<LiveShop>,
    clock: fn() -> Timestamp,
    runs: Mutex<Runs>,
    /// Told of every import that ends.
    ended: Condvar,
}

#[derive(Default)]
struct Runs {
    running: Option<Run>,
    /// The last ones that ended, newest first, each with the newest erasure of then: their reports
    /// quote rows, and are forgotten once somebody was erased.
    recent: VecDeque<(Option<IngestId>, Run)>,
}

/// An import that has its turn.
struct Turn {
    run: Run,
    source: Source,
    options: FeedOptions,
    read: Read,
    spooled: Vec<Spooled>,
    /// The newest erasure when it began.
    erased: Option<IngestId>,
}

impl Imports {
    /// The imports of a shop; none runs yet.
    #[must_use]
    pub fn new(live: Arc<LiveShop>, clock: fn() -> Timestamp) -> Arc<Self> {
        Arc::new(Self { live, clock, runs: Mutex::default(), ended: Condvar::new() })
    }

    /// Starts an import on a thread of its own. A server that stops does not wait for it: what was
    /// taken in stays, and importing again completes it.
    ///
    /// # Errors
    /// [`NotStarted`].
    pub fn start(self: &Arc<Self>, wanted: Wanted) -> Result<Run, NotStarted> {
        self.start_then(wanted, |_, _| {})
    }

    /// As [`Imports::start`]; `then` gets the run when it has ended, with its incoming files.
    ///
    /// # Errors
    /// [`NotStarted`].
    pub(crate) fn start_then(
        self: &Arc<Self>,
        wanted: Wanted,
        then: impl FnOnce(&Run, Vec<Spooled>) + Send + 'static,
    ) -> Result<Run, NotStarted> {
        let turn = self.turn(wanted, None)?;
        let (run, erased, background) = (turn.run.clone(), turn.erased, Arc::clone(self));
        let work = move || {
            background.work(turn, then);
        };
        let spawned = std::thread::Builder::new().name("import".to_owned()).spawn(work);
        if let Err(error) = spawned {
            let problem = Some(error.to_string());
            self.end(erased, Run { state: RunState::Failed, problem, ..run });
            return Err(error.into());
        }
        Ok(run)
    }

    /// Runs an import on this thread, once others are done, or after `patience`.
    ///
    /// # Errors
    /// [`NotStarted`].
    pub(crate) fn run_then(
        &self,
        wanted: Wanted,
        patience: Duration,
        then: impl FnOnce(&Run, Vec<Spooled>),
    ) -> Result<Run, NotStarted> {
        let turn = self.turn(wanted, Some(patience))?;
        Ok(self.work(turn, then))
    }

    /// Whether one runs now.
    #[must_use]
    pub fn running(&self) -> Option<Run> {
        self.lock().running.clone()
    }

    /// An import by its name: as it runs, with its whole report just after, from its record later.
    ///
    /// # Errors
    /// What the store says.
    pub fn get(&self, id: &str) -> Result<Option<Run>, ShopError> {
        let erased = self.live.shop().state().last_erasure()?;
        {
            let mut runs = self.lock();
            runs.recent.retain(|(then, _)| *then == erased);
            let recent = runs.recent.iter().map(|(_, run)| run);
            if let Some(run) = runs.running.iter().chain(recent).find(|run| run.id == id) {
                return Ok(Some(run.clone()));
            }
        }
        let record = self.live.shop().state().import(id)?;
        Ok(record.as_ref().and_then(Run::of))
    }

    /// The last imports that have a name, newest first, the running one before them.
    ///
    /// # Errors
    /// What the store says.
    pub fn list(&self, limit: usize) -> Result<Vec<Run>, ShopError> {
        let running = self.running();
        let records = self.live.shop().state().imports(limit)?;
        Ok(running.into_iter().chain(records.iter().filter_map(Run::of)).take(limit).collect())
    }

    /// Waits until an import has ended, at most so long; the import as it is then.
    ///
    /// # Errors
    /// What the store says.
    pub fn wait(&self, id: &str, patience: Duration) -> Result<Option<Run>, ShopError> {
        let until = Instant::now() + patience;
        let mut runs = self.lock();
        while runs.running.as_ref().is_some_and(|run| run.id == id) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let waited = self.ended.wait_timeout(runs, left);
            runs = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(runs);
        self.get(id)
    }

    /// Takes the turn of an import, whose options and format are clear.
    fn turn(&self, wanted: Wanted, patience: Option<Duration>) -> Result<Turn, NotStarted> {
        wanted.options.check().map_err(NotStarted::Options)?;
        let read = Read::of_files(&wanted.paths).map_err(NotStarted::Unreadable)?;
        let format = match wanted.format {
            Some(format) => format,
            None => format_of(&wanted.paths)?,
        };
        let now = (self.clock)();
        let options = wanted.options.reading(now);
        options.check(format).map_err(NotStarted::Unreadable)?;
        let source = Source { format, options, paths: wanted.paths };
        let progress = Progress { of_bytes: read.total(), ..Progress::default() };
        let run = Run {
            origin: wanted.origin,
            feed: wanted.feed,
            progress: Some(progress),
            ..Run::begun(named(&source), now)
        };
        let erased = self.live.shop().state().last_erasure().map_err(ShopError::from)?;
        self.claim(&run, patience)?;
        let (options, spooled) = (wanted.options, wanted.spooled);
        Ok(Turn { run, source, options, read, spooled, erased })
    }

    fn claim(&self, run: &Run, patience: Option<Duration>) -> Result<(), NotStarted> {
        let until = patience.map(|patience| Instant::now() + patience);
        let mut runs = self.lock();
        while let Some(other) = &runs.running {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            match left.filter(|left| !left.is_zero()) {
                None => return Err(NotStarted::Busy(other.source.clone())),
                Some(left) => {
                    let waited = self.ended.wait_timeout(runs, left);
                    runs = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
        runs.running = Some(run.clone());
        Ok(())
    }

    /// Does what the turn is for; the run as it ended.
    fn work(&self, mut turn: Turn, then: impl FnOnce(&Run, Vec<Spooled>)) -> Run {
        let spooled = std::mem::take(&mut turn.spooled);
        let outcome = catch_unwind(AssertUnwindSafe(|| self.import(&turn)));
        let ended = (self.clock)();
        let mut run = Run { ended: Some(ended), progress: None, ..turn.run };
        match outcome {
            Ok(Ok(report)) => {
                run.state = state_of(&report);
                run.report = serde_json::to_value(&report).ok();
            }
            Ok(Err(error)) => self.fail(&mut run, &error.to_string(), ended),
            Err(_) => self.fail(&mut run, "the import broke off", ended),
        }
        // Before anybody hears of the end, so that they find what follows from it.
        then(&run, spooled);
        self.end(turn.erased, run.clone());
        run
    }

    fn import(&self, turn: &Turn) -> Result<ImportReport, IngestError> {
        let Turn { run, source, options, read, .. } = turn;
        let most = self.live.shop().config::<PrepareConfig>().most_retired;
        let go_on = |_: &Gone| true;
        let feed = match options {
            FeedOptions { complete: true, yes: true, .. } => Feed::Complete { most, go_on: &go_on },
            FeedOptions { complete: true, .. } => Feed::Asking { most },
            FeedOptions { partial: true, .. } => Feed::Partial,
            _ => Feed::Unsaid,
        };
        let kept = |report: &ImportReport| run.kept(state_of(report), (self.clock)());
        let terms = Terms { alignment: options.alignment(), feed, run: Some(&kept) };
        let mut told = |at| self.progress(read, at);
        let into = Destination::InService(&self.live);
        let mut attempts = 1;
        loop {
            // A reading anew surveys anew, too.
            let source = Source { options: options.reading(run.begun), ..source.clone() };
            let done = import_into(into, &source, &terms, run.begun, read, &mut told);
            match done {
                Err(IngestError::Overtaken) if attempts < MOST_ATTEMPTS => attempts += 1,
                done => return done,
            }
        }
    }

    fn progress(&self, read: &Read, at: LoadProgress) {
        if let Some(run) = &mut self.lock().running {
            run.progress = Some(Progress {
                bytes: read.consumed(),
                of_bytes: read.total(),
                read: at.read,
                stored: at.stored,
            });
        }
    }

    fn fail(&self, run: &mut Run, problem: &str, ended: Timestamp) {
        tracing::warn!("import of {} failed: {problem}", run.source);
        (run.state, run.problem) = (RunState::Failed, Some(problem.to_owned()));
        if let Err(error) = self.live.shop().state().record_import(&run.failed(problem, ended)) {
            tracing::error!("the record of an import could not be kept: {error}");
        }
    }

    fn end(&self, erased: Option<IngestId>, run: Run) {
        let mut runs = self.lock();
        runs.running = None;
        runs.recent.push_front((erased, run));
        runs.recent.truncate(RECENT);
        self.ended.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Runs> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How an import ended that did not fail.
fn state_of(report: &ImportReport) -> RunState {
    match &report.gone {
        Some(gone) if gone.done == Done::Asked => RunState::Asked,
        _ => RunState::Done,
    }
}

fn format_of(paths: &[PathBuf]) -> Result<Format, NotStarted> {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let first = paths.first().ok_or_else(|| NotStarted::NoFormat("nothing".to_owned()))?;
    let found = formats::detect(first).map_err(NotStarted::Unreadable)?;
    found.map(|(format, _)| format).ok_or_else(|| NotStarted::NoFormat(name(first)))
}
