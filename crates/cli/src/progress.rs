//! Progress on stderr, so that stdout stays clean for results: bars on a terminal, and elsewhere a
//! plain line from time to time.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use study::{StudyProgress, StudyStage};
use training::{Epoch, Progress, Stage};

const REDRAW: Duration = Duration::from_millis(100);
/// How often a line is written where stderr is no terminal.
const LINE: Duration = Duration::from_secs(10);

/// A bar that counts bytes.
pub(crate) fn bytes(total: u64) -> ProgressBar {
    let template = "{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} ETA {eta}";
    ProgressBar::new(total).with_style(style(template))
}

/// A bar that counts steps of named stages.
pub(crate) fn stages() -> ProgressBar {
    ProgressBar::new(1).with_style(style("{msg:32} {wide_bar} {pos}/{len} {elapsed} ETA {eta}"))
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates of this file are valid")
}

/// Shows a step of fitting.
pub(crate) fn show_fitting(bar: &ProgressBar, progress: Progress) {
    let stage = match progress.stage {
        Stage::Words => "reading texts",
        Stage::Constants => "choosing constants on validation",
        Stage::Sequence => "training the Transformer",
        Stage::Weights => "learning blend weights",
        Stage::Refit => "fitting on everything",
        Stage::SequenceRefit => "training the Transformer on all",
    };
    bar.set_message(progress.epoch.map_or(stage.to_owned(), |epoch| epoch_text(stage, &epoch)));
    bar.set_length(progress.of as u64);
    bar.set_position(progress.done as u64);
}

/// Shows a step of a simulated study.
pub(crate) fn show_study(bar: &ProgressBar, progress: StudyProgress) {
    bar.set_message(match progress.stage {
        StudyStage::Shop => "making shop and shoppers",
        StudyStage::Models => "fitting models",
        StudyStage::Visits => "three months of visits",
        StudyStage::Redraws => "drawing outcomes again",
    });
    bar.set_length(progress.of as u64);
    bar.set_position(progress.done as u64);
}

/// An epoch of the Transformer: `training the Transformer: loss 7.12, NDCG@10 .0583, 41 s left`.
fn epoch_text(stage: &str, epoch: &Epoch) -> String {
    let ndcg = epoch.validation.map_or(String::new(), |v| format!(", NDCG@10 {:.4}", v.ndcg));
    format!("{stage}: loss {:.3}{ndcg}, at most {:.0} s left", epoch.loss, epoch.eta_s)
}

/// Runs `work` while another thread redraws the bar from `position`.
pub(crate) fn watch<T>(
    bar: &ProgressBar,
    position: impl Fn() -> u64 + Sync,
    work: impl FnOnce() -> T,
) -> T {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let redraw = scope.spawn(|| {
            let (is_terminal, mut told) = (std::io::stderr().is_terminal(), Instant::now());
            while !done.load(Ordering::Relaxed) {
                bar.set_position(position());
                if !is_terminal && told.elapsed() >= LINE {
                    told = Instant::now();
                    eprintln!("{}", line(bar));
                }
                std::thread::park_timeout(REDRAW);
            }
        });
        let result = work();
        done.store(true, Ordering::Relaxed);
        redraw.thread().unpark();
        result
    })
}

/// The state of a bar as a line: `1200 rows read, 1100 stored: 42 %`.
fn line(bar: &ProgressBar) -> String {
    let percent = bar.position().saturating_mul(100) / bar.length().unwrap_or(1).max(1);
    format!("{}: {percent} %", bar.message())
}
