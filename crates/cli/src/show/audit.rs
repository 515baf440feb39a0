//! An audit's summary.

use std::fmt::Write as _;

use audit::AuditReport;

pub(crate) fn text(report: &AuditReport) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} answers, {} claims: {} verified, {} failed, {} changed by an erasure, {} records broken",
        report.n_answers,
        report.n_claims,
        report.n_verified,
        report.n_failed,
        report.n_after_erasure,
        report.n_broken
    );
    let _ = writeln!(
        out,
        "\n{:18} {:>9} {:>9} {:>12} {:>14}",
        "kind", "verified", "refuted", "unsupported", "after erasure"
    );
    for (kind, n) in &report.by_kind {
        let _ = writeln!(
            out,
            "{kind:18} {:>9} {:>9} {:>12} {:>14}",
            n.verified, n.refuted, n.unsupported, n.after_erasure
        );
    }
    for (lang, n) in &report.by_language {
        let _ = writeln!(out, "claims in {}: {n}", lang.tag());
    }
    for day in &report.days {
        let _ = writeln!(
            out,
            "chain {}: {} links, {} of erased answers, head {}",
            day.day, day.n_links, day.n_erased, day.head
        );
    }
    if report.n_before_chain > 0 {
        let _ = writeln!(out, "{} answers are older than the chain", report.n_before_chain);
    }
    for finding in &report.findings {
        let claim = finding.claim_id.as_ref().map(|id| format!(" claim {id}")).unwrap_or_default();
        let answer = finding.request_id.as_ref().map(|id| format!("answer {id}"));
        let answer = answer.unwrap_or_else(|| "audit chain".to_owned());
        let _ = writeln!(out, "{answer}{claim}: {}", finding.problem);
    }
    out
}
