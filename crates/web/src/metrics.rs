//! Counters and latencies in Prometheus' text format.
//!
//! Labels are route templates, statuses and kinds: never a path, a shopper or an item.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use answers::Answer;
use app::Live;
use domain::IngestId;
use language::llm::Breaker;
use language::phrasing::WriterStatus;

use crate::now;

/// Upper bounds of the latency buckets, in seconds.
const BOUNDS_S: [f64; 12] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Everything that is counted while serving.
#[derive(Default)]
pub struct Metrics(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    requests: BTreeMap<Served, Histogram>,
    recommendations: u64,
    claims: BTreeMap<&'static str, u64>,
    collected: BTreeMap<&'static str, u64>,
    rejected: BTreeMap<&'static str, u64>,
}

/// The labels of a latency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Served {
    /// The route's template.
    pub route: String,
    /// The method.
    pub method: &'static str,
    /// The status of the response.
    pub status: u16,
}

/// How many requests took up to each bound; beyond the last one only `n` counts.
#[derive(Debug, Clone, Default)]
struct Histogram {
    within: [u64; BOUNDS_S.len()],
    n: u64,
    sum_s: f64,
}

impl Metrics {
    fn count(&self, count: impl FnOnce(&mut Counts)) {
        count(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Counts one response.
    pub fn served(&self, served: Served, took: Duration) {
        let took_s = took.as_secs_f64();
        self.count(|counts| {
            let histogram = counts.requests.entry(served).or_default();
            histogram.n += 1;
            histogram.sum_s += took_s;
            for (within, bound_s) in histogram.within.iter_mut().zip(BOUNDS_S) {
                *within += u64::from(took_s <= bound_s);
            }
        });
    }

    /// Counts one answer and the claims in it.
    pub fn delivered(&self, answer: &Answer) {
        let reasons = answer.items.iter().flat_map(|item| &item.reasons);
        let claims = reasons.flat_map(|reason| &reason.claims);
        self.count(|counts| {
            counts.recommendations += 1;
            for claim in claims {
                *counts.claims.entry(claim.facts.kind().name()).or_default() += 1;
            }
        });
    }

    /// Counts what was taken in.
    pub fn collected(&self, what: &'static str, n: usize) {
        self.count(|counts| *counts.collected.entry(what).or_default() += n as u64);
    }

    /// Counts what was refused.
    pub fn rejected(&self, what: &'static str, n: usize) {
        self.count(|counts| *counts.rejected.entry(what).or_default() += n as u64);
    }

    /// Everything as text.
    pub fn render(&self, live: &Live) -> String {
        let mut text = String::new();
        self.count(|counts| {
            requests(&mut text, &counts.requests);
            let name = "candor_recommendations_total";
            family(&mut text, name, "counter", "Answers given.");
            sample(&mut text, name, "", counts.recommendations);
            let kinds = &counts.claims;
            let help = "Verified claims delivered, by kind.";
            by_label(&mut text, "candor_claims_delivered_total", help, "kind", kinds);
            let help = "Events, reviews and item versions taken in.";
            by_label(&mut text, "candor_collected_total", help, "what", &counts.collected);
            let help = "Entries of batches refused.";
            by_label(&mut text, "candor_rejected_total", help, "what", &counts.rejected);
        });
        shop(&mut text, live);
        readings(&mut text, live);
        if let Some(status) = live.recommender.words_status() {
            words(&mut text, &status);
        }
        text
    }
}

fn requests(text: &mut String, requests: &BTreeMap<Served, Histogram>) {
    let name = "candor_http_request_duration_seconds";
    family(text, name, "histogram", "Requests by route, method and status.");
    for (Served { route, method, status }, histogram) in requests {
        let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
        for (within, bound_s) in histogram.within.iter().zip(BOUNDS_S) {
            sample(text, &format!("{name}_bucket"), &format!("{labels},le=\"{bound_s}\""), within);
        }
        sample(text, &format!("{name}_bucket"), &format!("{labels},le=\"+Inf\""), histogram.n);
        sample(text, &format!("{name}_sum"), &labels, histogram.sum_s);
        sample(text, &format!("{name}_count"), &labels, histogram.n);
    }
}

fn shop(text: &mut String, live: &Live) {
    let (n_items, n_shoppers) = {
        let counts = live.counts();
        (counts.n_items(), counts.n_shoppers())
    };
    let mut gauge = |name: &str, help: &str, value: f64| {
        family(text, name, "gauge", help);
        sample(text, name, "", value);
    };
    gauge("candor_items", "Items counted, deleted ones included.", n_items as f64);
    gauge("candor_shoppers", "Shoppers with an event.", n_shoppers as f64);
    let age_s = model_age_s(live);
    gauge("candor_model_ready", "1 when a model answers.", f64::from(u8::from(age_s.is_some())));
    if let Some(age_s) = age_s {
        gauge("candor_model_age_seconds", "Since the model in use was trained.", age_s);
    }
}

/// Long readings for the console, which keeps what it read.
fn readings(text: &mut String, live: &Live) {
    let help = "Readings of the log for the console, by what is read.";
    by_label(text, "candor_readings_total", help, "what", &live.reports.n_computed());
}

/// How it stands with the language model.
fn words(text: &mut String, status: &WriterStatus) {
    let llm = &status.llm;
    let mut gauge = |name: &str, help: &str, value: u64| {
        family(text, name, "gauge", help);
        sample(text, name, "", value);
    };
    let open = u64::from(llm.breaker != Breaker::Closed);
    gauge("candor_llm_breaker_open", "1 while the provider is left alone.", open);
    gauge("candor_llm_requests_today", "Questions sent since midnight (UTC).", llm.requests_today);
    gauge("candor_llm_daily_requests", "Most questions a day.", llm.daily_requests);
    let mut counter = |name: &str, help: &str, value: u64| {
        family(text, name, "counter", help);
        sample(text, name, "", value);
    };
    counter("candor_llm_requests_total", "Questions sent.", llm.requests);
    counter("candor_llm_tokens_total", "Tokens the provider says were used.", llm.tokens);
    counter("candor_wordings_cached_total", "Wordings found at hand.", status.cached);
    counter("candor_wordings_accepted_total", "Answers accepted.", status.accepted);
    let help = "Wordings asked for that the grammar had to make up for.";
    counter("candor_wordings_fell_back_total", help, status.fell_back);
    let help = "Answers not accepted, by the rule they broke.";
    by_label(text, "candor_wordings_refused_total", help, "rule", &status.refused);
    let help = "Questions that came to nothing.";
    by_label(text, "candor_llm_failures_total", help, "why", &llm.failures);
}

/// A model's version is `m` and a ULID, which tells when it was made.
fn model_age_s(live: &Live) -> Option<f64> {
    let loaded = live.model().ok()?;
    let made: IngestId = loaded.version.as_str().strip_prefix('m')?.parse().ok()?;
    Some((now().0 as f64 - made.made_at_ms() as f64).max(0.0) / 1000.0)
}

fn by_label(
    text: &mut String,
    name: &str,
    help: &str,
    label: &str,
    counts: &BTreeMap<&'static str, u64>,
) {
    family(text, name, "counter", help);
    for (value, n) in counts {
        sample(text, name, &format!("{label}=\"{value}\""), n);
    }
}

fn family(text: &mut String, name: &str, kind: &str, help: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn sample(text: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    let braces = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
    let _ = writeln!(text, "{name}{braces} {value}");
}
