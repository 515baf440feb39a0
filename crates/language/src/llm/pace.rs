//! Asking a provider without ever depending on it: at most so many questions at once and a day,
//! repeated with growing pauses where that may help, and not at all for a while once it failed
//! again and again (a circuit breaker: Nygard, Release It!, chapter 5).

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Timestamp;

use super::{Completion, LlmConfig, LlmError, Prompt, Provider};

/// Tells the time; a parameter, so that a test can.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Longest pause that a provider's `retry-after` is granted.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Whether the provider is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Breaker {
    /// It is.
    #[default]
    Closed,
    /// It is not, until this time; then one question tries it.
    Open {
        /// When.
        until: Timestamp,
    },
    /// One question is trying it.
    Trying,
}

/// How it stands with a provider, for the counters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LlmStatus {
    /// Whether it is asked.
    pub breaker: Breaker,
    /// Questions sent today.
    pub requests_today: u64,
    /// Most questions a day.
    pub daily_requests: u64,
    /// Questions sent since the start.
    pub requests: u64,
    /// Tokens the provider says were used.
    pub tokens: u64,
    /// Questions that came to nothing, by [`LlmError::name`].
    pub failures: BTreeMap<&'static str, u64>,
}

/// A provider, asked within limits.
pub struct Paced {
    provider: Box<dyn Provider>,
    config: LlmConfig,
    clock: Clock,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    in_flight: usize,
    day: i64,
    failures_in_a_row: u32,
    status: LlmStatus,
}

impl Paced {
    /// Puts limits around a provider.
    #[must_use]
    pub fn new(provider: Box<dyn Provider>, config: LlmConfig, clock: Clock) -> Self {
        Self { provider, config, clock, state: Mutex::default(), freed: Condvar::new() }
    }

    /// The model's name.
    #[must_use]
    pub fn model(&self) -> &str {
        self.provider.model()
    }

    /// How it stands.
    #[must_use]
    pub fn status(&self) -> LlmStatus {
        let state = self.state();
        LlmStatus { daily_requests: self.config.daily_requests, ..state.status.clone() }
    }

    /// Whether a question would be sent now, so that nothing is prepared in vain.
    #[must_use]
    pub fn is_open_for_questions(&self) -> bool {
        let now = (self.clock)();
        let mut state = self.state();
        self.turn_of_day(&mut state, now);
        self.may_ask(&state, now).is_ok()
    }

    /// Asks, again where that may help. Waits for its turn for as long as an answer may take.
    ///
    /// # Errors
    /// [`LlmError::Busy`], [`LlmError::OverBudget`], [`LlmError::Resting`], or what the provider
    /// says.
    pub fn ask(&self, prompt: &Prompt) -> Result<Completion, LlmError> {
        self.enter().inspect_err(|error| self.count(error))?;
        let answer = self.ask_until_it_helps(prompt);
        self.leave(&answer);
        answer
    }

    fn ask_until_it_helps(&self, prompt: &Prompt) -> Result<Completion, LlmError> {
        let mut n_retries = 0;
        loop {
            self.spend()?;
            let error = match self.provider.complete(prompt) {
                Ok(completion) => return Ok(completion),
                Err(error) => error,
            };
            if !error.is_transient() || n_retries >= self.config.retries {
                return Err(error);
            }
            std::thread::sleep(self.pause(n_retries, &error));
            n_retries += 1;
        }
    }

    /// Twice as long each time; what the provider asks for, within reason.
    fn pause(&self, n_retries: u32, error: &LlmError) -> Duration {
        let backoff = self.config.backoff_ms.saturating_mul(1 << n_retries.min(10));
        let asked_for = match error {
            LlmError::Status { retry_after_s: Some(s), .. } => Duration::from_secs(*s),
            _ => Duration::ZERO,
        };
        Duration::from_millis(backoff).max(asked_for).min(LONGEST_PAUSE)
    }

    fn enter(&self) -> Result<(), LlmError> {
        let longest = Duration::from_millis(self.config.timeout_ms);
        let full = |state: &mut State| state.in_flight >= self.config.concurrency;
        let waited = self.freed.wait_timeout_while(self.state(), longest, full);
        let (mut state, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        if timeout.timed_out() {
            return Err(LlmError::Busy);
        }
        let now = (self.clock)();
        self.turn_of_day(&mut state, now);
        self.may_ask(&state, now)?;
        if matches!(state.status.breaker, Breaker::Open { .. }) {
            state.status.breaker = Breaker::Trying;
        }
        state.in_flight += 1;
        Ok(())
    }

    fn may_ask(&self, state: &State, now: Timestamp) -> Result<(), LlmError> {
        match state.status.breaker {
            Breaker::Open { until } if now < until => return Err(LlmError::Resting),
            Breaker::Trying => return Err(LlmError::Resting),
            _ => {}
        }
        if state.status.requests_today >= self.config.daily_requests {
            return Err(LlmError::OverBudget);
        }
        Ok(())
    }

    /// Takes one question from the day's budget.
    fn spend(&self) -> Result<(), LlmError> {
        let now = (self.clock)();
        let mut state = self.state();
        self.turn_of_day(&mut state, now);
        if state.status.requests_today >= self.config.daily_requests {
            return Err(LlmError::OverBudget);
        }
        state.status.requests_today += 1;
        state.status.requests += 1;
        Ok(())
    }

    fn leave(&self, answer: &Result<Completion, LlmError>) {
        let now = (self.clock)();
        let mut state = self.state();
        state.in_flight -= 1;
        match answer {
            Ok(completion) => {
                state.failures_in_a_row = 0;
                state.status.breaker = Breaker::Closed;
                state.status.tokens += completion.n_tokens.unwrap_or(0);
            }
            Err(error) => {
                *state.status.failures.entry(error.name()).or_default() += 1;
                self.count_towards_breaker(&mut state, error, now);
            }
        }
        drop(state);
        self.freed.notify_one();
    }

    fn count_towards_breaker(&self, state: &mut State, error: &LlmError, now: Timestamp) {
        let was_trying = state.status.breaker == Breaker::Trying;
        // That our own budget is spent says nothing about the provider.
        if *error == LlmError::OverBudget {
            if was_trying {
                state.status.breaker = Breaker::Closed;
            }
            return;
        }
        state.failures_in_a_row += 1;
        if was_trying || state.failures_in_a_row >= self.config.breaker_failures.max(1) {
            let rest_ms = self.config.breaker_rest_s.saturating_mul(1000);
            let rest_ms = i64::try_from(rest_ms).unwrap_or(i64::MAX);
            let until = Timestamp(now.0.saturating_add(rest_ms));
            state.status.breaker = Breaker::Open { until };
            state.failures_in_a_row = 0;
        }
    }

    fn count(&self, error: &LlmError) {
        *self.state().status.failures.entry(error.name()).or_default() += 1;
    }

    fn turn_of_day(&self, state: &mut State, now: Timestamp) {
        let day = now.0.div_euclid(domain::time::DAY_MS);
        if state.day != day {
            state.day = day;
            state.status.requests_today = 0;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
