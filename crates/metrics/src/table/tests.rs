use super::*;
use crate::split::Protocol;
use crate::{Estimate, ListQuality};

fn row(model: &str, seen: Seen, hit_rate: Option<f64>) -> Row {
    let estimate = hit_rate.map(|mean| Estimate { mean, ci: [mean - 0.004, mean + 0.004] });
    Row {
        model: model.to_owned(),
        seen,
        n: 22_363,
        accuracy: vec![(Metric::HitRate(10), estimate)],
        list_length: 10,
        lists: ListQuality {
            coverage: Some(0.25),
            gini: hit_rate,
            popularity: Some(12.0),
            popularity_percentile: None,
            diversity: None,
            novelty: Some(11.5),
        },
    }
}

fn report() -> EvaluationReport {
    EvaluationReport {
        protocol: Protocol::LeaveOneOut,
        n_shoppers: 22_363,
        rows: vec![
            row("popularity", Seen::Masked, Some(0.0114)),
            row("popularity", Seen::Unmasked, None),
            row("ease", Seen::Masked, Some(0.0886)),
            row("ease", Seen::Unmasked, Some(0.0712)),
        ],
        comparisons: Vec::new(),
        segments: Vec::new(),
    }
}

#[test]
fn columns_are_aligned_and_the_best_of_each_is_marked() {
    let expected = "\
leave-one-out: 22363 shoppers, all items ranked; * = best of its column; ± = half the 95 % interval
model       seen            n   hr@10        ±
popularity  masked      22363  0.0114   0.0040
popularity  unmasked    22363       –        –
ease        masked      22363  0.0886*  0.0040
ease        unmasked    22363  0.0712*  0.0040

";
    let text = table(&report());
    let first: String = text.split_inclusive("\n\n").next().unwrap().to_owned();
    assert_eq!(first, expected, "\n{text}");
}

#[test]
fn less_concentration_is_better_and_popularity_is_neither() {
    let text = table(&report());
    let lists = text.split("\n\n").nth(1).unwrap();
    let line = |start: &str| lists.lines().find(|line| line.starts_with(start)).unwrap();
    assert!(line("popularity  masked").contains("0.011*"), "{lists}");
    assert!(!line("ease        masked").contains("0.089*"), "{lists}");
    assert!(!lists.contains("12.0*"), "{lists}");
}

#[test]
fn a_column_without_a_winner_has_no_mark() {
    let zeros = [row("popularity", Seen::Masked, Some(0.0)), row("ease", Seen::Masked, Some(0.0))];
    let text = table(&EvaluationReport { rows: zeros.to_vec(), ..report() });
    assert!(!text.contains("0.0000*"), "{text}");
}

#[test]
fn an_empty_report_is_still_a_table() {
    let empty = EvaluationReport { rows: Vec::new(), ..report() };
    assert!(table(&empty).contains("model"));
}

#[test]
fn a_comparison_tells_difference_interval_and_p() {
    let difference = PairedDifference { difference: 0.002, ci: [0.001, 0.003], p: 0.002 };
    let comparison = Comparison {
        model: "blend".to_owned(),
        against: "ease".to_owned(),
        ndcg_at_10: difference,
    };
    let text = table(&EvaluationReport { comparisons: vec![comparison], ..report() });
    let line = "  ease  +0.0020 (+0.0010 to +0.0030), p = 0.0020";
    assert!(text.lines().any(|found| found == line), "{text}");
}

#[test]
fn a_report_is_read_back_as_it_was_written_and_a_damaged_one_says_where() {
    let written = serde_json::to_string(&report()).unwrap();
    assert_eq!(serde_json::from_str::<EvaluationReport>(&written).unwrap(), report());
    for (from, to, cause) in [
        ("\"hr@10_ci\"", "\"other\"", "hr@10_ci is missing"),
        ("\"n\":22363", "\"n\":\"many\"", "n: invalid type"),
        ("\"coverage@10\"", "\"coverage\"", "coverage@k is missing"),
    ] {
        let damaged = written.replace(from, to);
        assert_ne!(damaged, written, "{from}");
        let problem = serde_json::from_str::<EvaluationReport>(&damaged).unwrap_err();
        assert!(problem.to_string().contains(cause), "{problem}");
    }
}
