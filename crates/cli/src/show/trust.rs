//! A trust report, for people: three parts beside each other.

use std::fmt::Write as _;

use domain::Statistic;
use experimentation::trust::{Behaviour, Fairness, Reliability, Safety, Share, TrustReport};
use trust::score::{Score, Scores};

use super::aligned::{aligned, interval, number};

pub(crate) fn text(report: &TrustReport) -> String {
    let mut out = String::new();
    if report.simulated {
        out += "(simulated shop: nobody was asked)\n\n";
    }
    let asked = &report.questionnaire;
    let _ = writeln!(
        out,
        "Asked (questionnaire {}): {} asked, {} answered, {} left out for a missed attention check",
        asked.version, asked.n_asked, asked.n_answered, asked.n_unread
    );
    if asked.n_unreadable > 0 {
        let n = asked.n_unreadable;
        let _ = writeln!(out, "{n} questionnaires cannot be read and count nowhere");
    }
    if report.behaviour.n_unreadable > 0 {
        let n = report.behaviour.n_unreadable;
        let _ = writeln!(out, "{n} answers cannot be read and count nowhere: see `candor audit`");
    }
    out += &scores("everyone", &asked.scores);
    for (what, groups) in [
        ("variant", &asked.by_variant),
        ("month", &asked.by_month),
        ("segment", &asked.by_segment),
        ("language", &asked.by_language),
    ] {
        for (name, group) in groups {
            match group {
                Statistic::Known(group) => out += &scores(&format!("{what} {name}"), group),
                Statistic::Unknown { unknown } => {
                    let _ = writeln!(out, "  {what} {name}: {unknown}");
                }
            }
        }
    }
    out += &behaviour(&report.behaviour);
    out += &reliability(&report.audits.reliability);
    out += &safety(&report.audits.safety);
    out + &fairness(&report.audits.fairness)
}

fn scores(name: &str, scores: &Scores) -> String {
    let header = [name, "score", "95 %", "people"].map(str::to_owned).to_vec();
    let line = |label: String, score: &Statistic<Score>| {
        let known = score.known();
        vec![
            format!("  {label}"),
            number(known.map(|score| &score.estimate), 1),
            interval(known.and_then(|score| score.ci.known()), 1),
            known.map_or_else(|| "–".to_owned(), |score| score.n.to_string()),
        ]
    };
    let mut lines = vec![header, line("trust, overall".to_owned(), &scores.overall)];
    for (dimension, score) in &scores.dimensions {
        lines.push(line(format!("{dimension:?}").to_lowercase(), score));
    }
    let why = scores.overall.reason().map(|why| format!("  {why}\n")).unwrap_or_default();
    format!("\n{}{why}", aligned(&lines))
}

fn share_line(label: &str, share: &Statistic<Share>) -> Vec<String> {
    let known = share.known();
    let percent = known.map(|share| 100.0 * share.share);
    let ci = known.map(|share| share.ci.map(|end| 100.0 * end));
    vec![
        format!("  {label}"),
        number(percent.as_ref(), 1),
        interval(ci.as_ref(), 1),
        known.map_or_else(|| "–".to_owned(), |s| format!("{} of {}", s.n_did, s.n)),
    ]
}

fn behaviour(behaviour: &Behaviour) -> String {
    let mut lines = vec![["Behaviour", "%", "95 %", ""].map(str::to_owned).to_vec()];
    lines.push(share_line("followed of what came into view", &behaviour.follow_through));
    for (variant, share) in &behaviour.follow_through_by_variant {
        lines.push(share_line(&format!("  variant {variant}"), share));
    }
    for (label, share) in [
        ("reasons opened", &behaviour.opened),
        ("reasons called helpful", &behaviour.helpful),
        ("reasons corrected", &behaviour.corrections),
        ("questions asked back", &behaviour.asked_back),
        ("items dismissed", &behaviour.dismissed),
        ("bought items given back", &behaviour.returned),
        ("shoppers who switched profiling off", &behaviour.opted_out),
    ] {
        lines.push(share_line(label, share));
    }
    let mut out = format!("\n{}", aligned(&lines));
    let planted = behaviour.planted;
    if planted.n_wrong > 0 {
        let d_prime = behaviour.detection.known().map(|detection| detection.d_prime);
        let _ = writeln!(
            out,
            "  planted errors accepted: {} of {}; d′ {}",
            planted.wrong_accepted,
            planted.n_wrong,
            number(d_prime.as_ref(), 2)
        );
    }
    out
}

fn reliability(reliability: &Reliability) -> String {
    let header = ["Audit: reliability", "%", "95 %", ""].map(str::to_owned).to_vec();
    let mut lines = vec![header, share_line("claims that recompute", &reliability.verified)];
    for (strength, told) in &reliability.by_strength {
        let label = format!("{strength:?}").to_lowercase();
        lines.push(share_line(&format!("leaves without it, reason {label}"), &told.leaves));
        lines.push(share_line(&format!("followed, reason {label}"), &told.follow_through));
    }
    let calibrated = match &reliability.is_calibrated {
        Statistic::Known(true) => {
            "items leave the list likelier without stronger reasons".to_owned()
        }
        Statistic::Known(false) => {
            "items do NOT leave likelier without stronger reasons".to_owned()
        }
        Statistic::Unknown { unknown } => format!("calibration: {unknown}"),
    };
    format!("\n{}  {calibrated}\n", aligned(&lines))
}

fn safety(safety: &Safety) -> String {
    let verdict = if safety.passed { "passed" } else { "FAILED" };
    let mut out = format!("\nAudit: safety {verdict}\n");
    for check in &safety.checks {
        let _ = writeln!(out, "  {}: {} of {}", check.name, check.n_failed, check.n_checked);
    }
    out
}

fn fairness(fairness: &Fairness) -> String {
    let percent = |share: f64| format!("{:.1}", 100.0 * share);
    let header = ["Audit: fairness", "% shown", "95 %", "% catalogue", "% buyers"];
    let mut lines = vec![header.map(str::to_owned).to_vec()];
    for bucket in &fairness.popularity {
        let known = bucket.share_shown.known();
        let share = known.map(|shown| 100.0 * shown.share);
        let ci = known.map(|shown| shown.ci.map(|end| 100.0 * end));
        lines.push(vec![
            format!("  {} of the items by buyers", bucket.name),
            number(share.as_ref(), 1),
            interval(ci.as_ref(), 1),
            percent(bucket.share_of_catalogue),
            percent(bucket.share_of_buyers),
        ]);
    }
    for provider in fairness.providers.iter().take(5) {
        lines.push(vec![
            format!("  brand {}", provider.name),
            percent(provider.share_shown),
            String::new(),
            percent(provider.share_of_catalogue),
            percent(provider.share_of_buyers),
        ]);
    }
    let mut out = format!("\n{}", aligned(&lines));
    let (n_shown, n) = (fairness.n_providers_shown, fairness.n_providers);
    let _ = writeln!(out, "  {n_shown} of {n} brands shown");
    for gap in &fairness.gaps {
        if let Some(difference) = gap.difference.known() {
            let ci = interval(Some(&difference.ci), 3);
            let (group, with) = (gap.group, gap.with);
            let _ = writeln!(
                out,
                "  {}: {group} minus {with} {:+.3} {ci}",
                gap.measure, difference.estimate
            );
        }
    }
    out
}
