//! The numbers of a study as rows for other programs. Every row says that it is simulated.

use std::fmt::Write as _;

use study::{Arm, Study};

use super::STAMP;

/// The four charts, known effects and the loop: name and content of each file.
pub(super) fn all(study: &Study) -> [(&'static str, String); 6] {
    [
        ("accuracy", accuracy(study)),
        ("satisfaction", satisfaction(study)),
        ("trust", trust(study)),
        ("conversion", conversion(study)),
        ("effects", effects(study)),
        ("loop", learning(study)),
    ]
}

/// Rows below a head, each with the stamp in front. Nothing in a study holds a comma.
fn rows(head: &str, rows: impl IntoIterator<Item = String>) -> String {
    let mut text = format!("{STAMP},{head}\n");
    for row in rows {
        let _ = writeln!(text, "true,{row}");
    }
    text
}

fn ends(ci: Option<[f64; 2]>) -> String {
    ci.map_or_else(|| ",".to_owned(), |[low, high]| format!("{low:.6},{high:.6}"))
}

fn accuracy(study: &Study) -> String {
    let row =
        |m: &study::Accuracy| format!("{},{},{:.6},{}", m.model, m.n, m.ndcg, ends(Some(m.ci)));
    rows("model,n,ndcg_at_10,low,high", study.accuracy.iter().map(row))
}

fn satisfaction(study: &Study) -> String {
    let row = |(arm, of): (&Arm, &experimentation::survey::Satisfaction)| {
        format!("{},{},{},{},{}", arm.name(), of.n, of.satisfied, of.neutral, of.dissatisfied)
    };
    rows("arm,n,satisfied,neutral,dissatisfied", study.satisfaction.iter().map(row))
}

fn trust(study: &Study) -> String {
    let row = |(arm, trust): (&Arm, &study::ArmTrust)| {
        let score = trust.score.known();
        let n = score.map_or(0, |score| score.n);
        let estimate = score.map_or_else(String::new, |score| format!("{:.6}", score.estimate));
        let ci = score.and_then(|score| score.ci.known().copied());
        format!("{},{n},{estimate},{},{:.6}", arm.name(), ends(ci), trust.truth)
    };
    rows("arm,n,trust,low,high,known", study.trust.iter().map(row))
}

fn conversion(study: &Study) -> String {
    let weeks = study.conversion.iter().flat_map(|week| {
        week.by_arm.iter().filter_map(move |(arm, share)| {
            let (share, ci) = share.known()?;
            Some(format!("{},{},{share:.6},{}", week.week, arm.name(), ends(Some(*ci))))
        })
    });
    rows("week,arm,conversion,low,high", weeks)
}

fn effects(study: &Study) -> String {
    let row = |one: &study::Recovered| {
        let found = one.found.known();
        let estimate = found.map_or_else(String::new, |found| format!("{:.6}", found.estimate));
        let ci = ends(found.map(|found| found.ci));
        let (arm, sought) = (one.arm.name(), one.sought.name());
        format!(
            "{arm},{sought},{:.6},{estimate},{ci},{:.4},{:.6},{}",
            one.truth, one.coverage, one.bias, one.n_redraws
        )
    };
    let head = "arm,metric,known,found,low,high,coverage,bias,redraws";
    rows(head, study.recovered.iter().map(row))
}

fn learning(study: &Study) -> String {
    let mean = |value: &domain::Statistic<f64>| {
        value.known().map_or_else(String::new, |mean| format!("{mean:.6}"))
    };
    let months = study.learning.months.iter().chain([&study.learning.later]);
    let lines = months.flat_map(|month| {
        [("visit", &month.visit), ("item", &month.item), ("visit_between_groups", &month.groups)]
            .map(|(of, compared)| {
                let found = compared.difference.known();
                let difference = found.map_or_else(String::new, |f| format!("{:.6}", f.estimate));
                let (frozen, learning) = (mean(&compared.frozen), mean(&compared.learning));
                let ci = ends(found.map(|found| found.ci));
                format!("{},{of},{frozen},{learning},{difference},{ci}", month.month)
            })
    });
    rows("month,utility_of,frozen,learning,difference,low,high", lines)
}
