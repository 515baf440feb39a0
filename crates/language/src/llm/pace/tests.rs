use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use super::*;

/// Answers with what a script says, in turn; the last entry for ever.
struct Scripted {
    script: Vec<Result<Completion, LlmError>>,
    n_asked: Arc<AtomicUsize>,
}

impl Provider for Scripted {
    fn model(&self) -> &str {
        "scripted"
    }

    fn complete(&self, _: &Prompt) -> Result<Completion, LlmError> {
        let at = self.n_asked.fetch_add(1, Ordering::SeqCst);
        self.script[at.min(self.script.len() - 1)].clone()
    }
}

struct Bench {
    paced: Paced,
    n_asked: Arc<AtomicUsize>,
    now_ms: Arc<AtomicI64>,
}

impl Bench {
    fn new(script: Vec<Result<Completion, LlmError>>, config: LlmConfig) -> Self {
        let (n_asked, now_ms) = (Arc::default(), Arc::new(AtomicI64::new(0)));
        let provider = Scripted { script, n_asked: Arc::clone(&n_asked) };
        let time = Arc::clone(&now_ms);
        let clock: Clock = Arc::new(move || Timestamp(time.load(Ordering::SeqCst)));
        Self { paced: Paced::new(Box::new(provider), config, clock), n_asked, now_ms }
    }

    fn ask(&self) -> Result<Completion, LlmError> {
        let prompt = Prompt {
            system: String::new(),
            user: String::new(),
            schema: serde_json::Value::Null,
            max_tokens: 1,
        };
        self.paced.ask(&prompt)
    }

    fn n_asked(&self) -> usize {
        self.n_asked.load(Ordering::SeqCst)
    }

    fn later(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

fn config() -> LlmConfig {
    LlmConfig {
        backoff_ms: 0,
        retries: 0,
        breaker_failures: 3,
        breaker_rest_s: 60,
        ..LlmConfig::default()
    }
}

fn good() -> Result<Completion, LlmError> {
    Ok(Completion { text: "x".to_owned(), n_tokens: Some(5) })
}

fn bad(status: u16) -> Result<Completion, LlmError> {
    Err(LlmError::Status { status, retry_after_s: None })
}

#[test]
fn what_may_pass_is_repeated_and_what_may_not_is_left() {
    let passing =
        Bench::new(vec![bad(503), bad(429), good()], LlmConfig { retries: 2, ..config() });
    assert!(passing.ask().is_ok());
    assert_eq!(passing.n_asked(), 3);
    let lasting = Bench::new(vec![bad(401), good()], LlmConfig { retries: 2, ..config() });
    assert_eq!(lasting.ask(), bad(401));
    assert_eq!(lasting.n_asked(), 1);
}

#[test]
fn a_dead_provider_is_left_alone_and_tried_with_one_question() {
    let bench = Bench::new(vec![bad(500), bad(500), bad(500), bad(500), good()], config());
    for _ in 0..3 {
        assert_eq!(bench.ask(), bad(500));
    }
    assert_eq!(bench.ask(), Err(LlmError::Resting));
    assert!(!bench.paced.is_open_for_questions());
    assert_eq!(bench.n_asked(), 3);
    bench.later(60_000);
    assert_eq!(bench.ask(), bad(500), "one question tries it");
    assert_eq!(bench.ask(), Err(LlmError::Resting), "and it rests again");
    bench.later(60_000);
    assert!(bench.ask().is_ok());
    assert_eq!(bench.paced.status().breaker, Breaker::Closed);
}

#[test]
fn the_budget_of_a_day_is_never_overspent_and_comes_back() {
    let budget = LlmConfig { daily_requests: 3, retries: 5, ..config() };
    let bench = Bench::new(vec![good(), bad(503)], budget);
    assert!(bench.ask().is_ok());
    assert_eq!(bench.ask(), Err(LlmError::OverBudget), "repetitions count");
    assert_eq!(bench.ask(), Err(LlmError::OverBudget));
    assert_eq!((bench.n_asked(), bench.paced.status().requests_today), (3, 3));
    assert_eq!(bench.paced.status().breaker, Breaker::Closed);
    bench.later(domain::time::DAY_MS);
    assert!(bench.paced.is_open_for_questions());
}

/// Counts how many questions are answered at once.
struct Crowd {
    now: AtomicUsize,
    most: Arc<AtomicUsize>,
    meet: std::sync::Barrier,
}

impl Provider for Crowd {
    fn model(&self) -> &str {
        "crowd"
    }

    fn complete(&self, _: &Prompt) -> Result<Completion, LlmError> {
        let n = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(n, Ordering::SeqCst);
        self.meet.wait();
        self.now.fetch_sub(1, Ordering::SeqCst);
        good()
    }
}

#[test]
fn never_more_questions_at_once_than_allowed() {
    let most = Arc::new(AtomicUsize::new(0));
    let crowd = Crowd {
        now: AtomicUsize::new(0),
        most: Arc::clone(&most),
        meet: std::sync::Barrier::new(2),
    };
    let two = LlmConfig { concurrency: 2, ..config() };
    let paced = Paced::new(Box::new(crowd), two, Arc::new(|| Timestamp(0)));
    let prompt = Prompt {
        system: String::new(),
        user: String::new(),
        schema: serde_json::Value::Null,
        max_tokens: 1,
    };
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| paced.ask(&prompt).unwrap());
        }
    });
    assert_eq!(most.load(Ordering::SeqCst), 2);
}
