//! Wordings asked for behind an answer's back, so that the next one finds them at hand.
//!
//! Responsible for a few threads and a short queue. Nobody waits: a wording that does not fit
//! in the queue, or is being asked for already, is dropped.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::statement::Statement;
use super::style::Style;
use super::writer::Writer;

/// Most wordings waiting to be asked for.
const MOST_WAITING: usize = 256;

type Job = (Vec<Statement>, Style);

/// Threads that fill a writer's cache until they are dropped.
pub struct Filler {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    writer: Arc<Writer>,
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Job>,
    /// The wordings being asked for.
    taken: Vec<Job>,
    stopping: bool,
}

impl Filler {
    /// Starts `n_threads` threads.
    #[must_use]
    pub fn start(writer: Arc<Writer>, n_threads: usize) -> Self {
        let shared = Arc::new(Shared { writer, queue: Mutex::default(), changed: Condvar::new() });
        let threads = (0..n_threads.max(1))
            .map(|_| {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || shared.work())
            })
            .collect();
        Self { shared, threads }
    }

    /// Asks for a wording some time soon, unless that would be in vain.
    pub fn ask_for(&self, statements: Vec<Statement>, style: Style) {
        if !self.shared.writer.may_ask(&statements, &style) {
            return;
        }
        let mut queue = self.shared.queue();
        let job = (statements, style);
        let known = queue.waiting.iter().chain(&queue.taken).any(|known| is_alike(known, &job));
        if !known && queue.waiting.len() < MOST_WAITING {
            queue.waiting.push_back(job);
            drop(queue);
            self.shared.changed.notify_all();
        }
    }

    /// Waits until none of these is waiting or being asked for, but no longer than `longest`.
    pub fn wait_for(&self, jobs: &[(Vec<Statement>, Style)], longest: Duration) {
        let under_way = |queue: &mut Queue| {
            let mut known = queue.waiting.iter().chain(&queue.taken);
            known.any(|known| jobs.iter().any(|job| is_alike(known, job)))
        };
        let waited =
            self.shared.changed.wait_timeout_while(self.shared.queue(), longest, under_way);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    /// Waits until nothing is waiting or being asked for; for tests and for warming up.
    pub fn wait_until_idle(&self) {
        let busy = |queue: &mut Queue| !queue.waiting.is_empty() || !queue.taken.is_empty();
        let idle = self.shared.changed.wait_while(self.shared.queue(), busy);
        drop(idle.unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for Filler {
    fn drop(&mut self) {
        self.shared.queue().stopping = true;
        self.shared.changed.notify_all();
        // A thread that is waiting for a provider ends with its answer; nobody waits for it.
        self.threads.clear();
    }
}

impl Shared {
    fn work(&self) {
        while let Some(job) = self.next() {
            self.writer.write(&job.0, &job.1);
            let mut queue = self.queue();
            queue.taken.retain(|taken| *taken != job);
            drop(queue);
            self.changed.notify_all();
        }
    }

    fn next(&self) -> Option<Job> {
        let empty = |queue: &mut Queue| queue.waiting.is_empty() && !queue.stopping;
        let waited = self.changed.wait_while(self.queue(), empty);
        let mut queue = waited.unwrap_or_else(PoisonError::into_inner);
        if queue.stopping {
            return None;
        }
        let job = queue.waiting.pop_front()?;
        queue.taken.push(job.clone());
        Some(job)
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether one wording serves both.
fn is_alike(a: &Job, b: &Job) -> bool {
    a.1 == b.1 && same_forms(&a.0, &b.0)
}

fn same_forms(a: &[Statement], b: &[Statement]) -> bool {
    let names = |s: &Statement| s.slots.iter().map(|slot| slot.name).collect::<Vec<_>>();
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.form == b.form && names(a) == names(b))
}
