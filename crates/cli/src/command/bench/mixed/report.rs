//! The latencies as a table, and how the servers compare.

use std::fmt::Write as _;

use super::Server;
use super::load::Route;
use crate::command::bench::{ms, percentile};

/// One block per server, then the ratios to the first.
pub(super) fn text(servers: &[Server]) -> String {
    let mut text = String::new();
    for server in servers {
        let _ = writeln!(text, "{}", server.url);
        for (name, route) in routes(server) {
            let _ = writeln!(text, "  {}", line(name, route));
        }
    }
    let Some((first, others)) = servers.split_first() else { return text };
    for other in others {
        for ((name, base), (_, route)) in routes(first).into_iter().zip(routes(other)) {
            let _ =
                writeln!(text, "{} to {}, {name}: {}", other.url, first.url, ratios(route, base));
        }
    }
    text
}

fn routes(server: &Server) -> [(&'static str, &Route); 2] {
    [
        ("POST /v1/recommendations", &server.times.recommendations),
        ("POST /v1/events", &server.times.events),
    ]
}

fn line(name: &str, route: &Route) -> String {
    let (n, errors) = (route.times.len(), route.n_errors);
    match at(route, [0.5, 0.9, 0.99]) {
        Some([median, p90, p99]) => format!(
            "{name:24} n {n}, median {median:.2} ms, p90 {p90:.2} ms, p99 {p99:.2} ms, errors {errors}"
        ),
        None => format!("{name:24} n 0, errors {errors}"),
    }
}

fn ratios(route: &Route, base: &Route) -> String {
    match (at(route, [0.5, 0.9, 0.99]), at(base, [0.5, 0.9, 0.99])) {
        (Some([median, p90, p99]), Some([base_median, base_p90, base_p99])) => format!(
            "median × {:.2}, p90 × {:.2}, p99 × {:.2}",
            median / base_median,
            p90 / base_p90,
            p99 / base_p99
        ),
        _ => "nothing to compare".to_owned(),
    }
}

/// Percentiles in milliseconds; `None` where nothing was answered.
fn at<const N: usize>(route: &Route, shares: [f64; N]) -> Option<[f64; N]> {
    let mut sorted = route.times.clone();
    sorted.sort_unstable();
    (!sorted.is_empty()).then(|| shares.map(|share| ms(percentile(&sorted, share))))
}
