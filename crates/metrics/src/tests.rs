use domain::{EventKind, EventTime};
use interactions::Interaction;
use serde_json::json;

use super::*;
use crate::split::leave_one_out;

/// Scores each item by a fixed number, plus one for the newest item of the history.
struct Fixed(Vec<f32>);

impl Ranker for Fixed {
    fn name(&self) -> String {
        "fixed".to_owned()
    }

    fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
        scores.clone_from(&self.0);
        if let Some(newest) = query.history.events().first() {
            scores[newest.item as usize] += 1.0;
        }
    }
}

fn data(n_items: usize, sequences: &[&[ItemIdx]]) -> Interactions {
    let sequence = |items: &&[ItemIdx]| {
        let events = (0..).zip(items.iter()).map(|(place, &item)| {
            Interaction::new(item, EventKind::Purchase, 1.0, EventTime::Ordinal(place))
        });
        events.collect()
    };
    Interactions::new(n_items, sequences.iter().map(sequence).collect())
}

fn quiet(_: EvaluateProgress<'_>) {}

/// Three shoppers over six items; the last one is asked for an item they already have.
fn small_split() -> Split {
    leave_one_out(&data(6, &[&[0, 1, 2, 3], &[0, 2, 1, 5], &[4, 3, 4]]))
}

#[test]
fn a_report_holds_the_numbers_worked_out_by_hand() {
    let split = small_split();
    let options = EvaluateOptions {
        ks: vec![1, 2],
        list_length: 2,
        segments: false,
        ..EvaluateOptions::on_test(&split)
    };
    let ranker = Fixed(vec![0.6, 0.5, 0.4, 0.3, 0.2, 0.1]);
    let report = evaluate(&[&ranker], &split.test, &options, &quiet);
    assert_eq!((report.n_shoppers, report.rows.len()), (3, 2));

    // Masked: {0,1,2} → 3 is first of 3,4,5; {0,2,1} → 5 is third; the third shopper is left out.
    let masked = &report.rows[0];
    assert_eq!((masked.seen, masked.n), (Seen::Masked, 2));
    let mean = |row: &Row, metric| row.estimate(metric).unwrap().mean;
    assert_eq!(mean(masked, Metric::HitRate(1)), 0.5);
    assert_eq!(mean(masked, Metric::Ndcg(2)), 0.5);
    assert!((mean(masked, Metric::ReciprocalRank) - (1.0 + 1.0 / 3.0) / 2.0).abs() < 1e-12);
    // Lists 3,4 and 3,4 of six items.
    assert_eq!(masked.lists.coverage, Some(2.0 / 6.0));

    // Unmasked: 3 comes after 2,0,1 (fourth); 5 is last (sixth); 4 comes after 3,0,1,2 (fifth).
    let unmasked = &report.rows[1];
    assert_eq!((unmasked.seen, unmasked.n), (Seen::Unmasked, 3));
    let mrr = (1.0 / 4.0 + 1.0 / 6.0 + 1.0 / 5.0) / 3.0;
    assert!((mean(unmasked, Metric::ReciprocalRank) - mrr).abs() < 1e-12);
    assert_eq!(mean(unmasked, Metric::HitRate(2)), 0.0);
}

#[test]
fn the_wire_form_has_one_flat_key_per_number() {
    let split = small_split();
    let options = EvaluateOptions { segments: false, ..EvaluateOptions::on_test(&split) };
    let ranker = Fixed(vec![0.0; 6]);
    let report = evaluate(&[&ranker], &split.test, &options, &quiet);
    let wire = serde_json::to_string(&report).unwrap();
    let value: serde_json::Value = serde_json::from_str(&wire).unwrap();
    let keys: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["n_shoppers", "protocol", "rows"]);
    assert_eq!(value["protocol"], json!("leave-one-out"));
    let row = value["rows"][0].as_object().unwrap();
    for key in [
        "model",
        "seen",
        "n",
        "hr@5",
        "hr@10",
        "hr@20",
        "ndcg@5",
        "ndcg@10",
        "ndcg@20",
        "mrr",
        "hr@10_ci",
        "ndcg@10_ci",
        "mrr_ci",
        "coverage@10",
        "gini@10",
        "popularity@10",
        "popularity_percentile@10",
        "diversity@10",
        "novelty@10",
    ] {
        assert!(row.contains_key(key), "{key} in {wire}");
    }
    assert_eq!(row["hr@10_ci"].as_array().unwrap().len(), 2);
    assert_eq!(row["diversity@10"], json!(null), "nothing says what is alike");
}

#[test]
fn a_row_without_cases_says_so_instead_of_inventing_zeros() {
    let split = leave_one_out(&data(3, &[&[1, 2, 1]]));
    let report =
        evaluate(&[&Fixed(vec![0.0; 3])], &split.test, &EvaluateOptions::on_test(&split), &quiet);
    let masked = serde_json::to_value(&report.rows[0]).unwrap();
    assert_eq!((masked["n"].clone(), masked["hr@10"].clone()), (json!(0), json!(null)));
    assert_eq!(masked["hr@10_ci"], json!(null));
}

/// A few hundred shoppers over forty items, by arithmetic alone.
fn larger_split() -> Split {
    let sequences: Vec<Vec<ItemIdx>> = (0u32..300)
        .map(|shopper| (0..3 + shopper % 25).map(|i| (shopper * 7 + i * i * 3) % 39).collect())
        .collect();
    let slices: Vec<&[ItemIdx]> = sequences.iter().map(Vec::as_slice).collect();
    leave_one_out(&data(40, &slices))
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let split = larger_split();
    let similarity = |a: ItemIdx, b: ItemIdx| 1.0 / (1.0 + (a as f32 - b as f32).abs());
    let options =
        EvaluateOptions { similarity: Some(&similarity), ..EvaluateOptions::on_test(&split) };
    let ranker = Fixed((0..40).map(|i| (i % 5) as f32).collect());
    let with_threads = |n| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build();
        pool.unwrap().install(|| evaluate(&[&ranker], &split.test, &options, &quiet))
    };
    let (one, two) = (with_threads(1), with_threads(2));
    assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&two).unwrap());
}

#[test]
fn segments_by_activity_share_out_every_case() {
    let split = larger_split();
    let options = EvaluateOptions::on_test(&split);
    let report = evaluate(&[&Fixed(vec![0.0; 40])], &split.test, &options, &quiet);
    let by_activity = report
        .segments
        .iter()
        .filter(|part| !matches!(part.segment, Segment::ColdItem | Segment::ColdShopper));
    let n: usize = by_activity.map(|part| part.rows[1].n).sum();
    assert_eq!(n, report.rows[1].n);
    let wire = serde_json::to_value(&report).unwrap();
    assert_eq!(wire["segments"][0]["segment"], json!("history_up_to_5"));
}

#[test]
fn cold_items_and_cold_shoppers_are_told_apart() {
    // Item 3 is only ever a test item.
    let split = leave_one_out(&data(4, &[&[0, 1, 2, 3], &[0, 1, 1, 2, 0]]));
    let options = EvaluateOptions::on_test(&split);
    let report = evaluate(&[&Fixed(vec![0.0; 4])], &split.test, &options, &quiet);
    let cold = report.segments.iter().find(|part| part.segment == Segment::ColdItem);
    assert_eq!(cold.unwrap().rows[1].n, 1);
    let shoppers = report.segments.iter().find(|part| part.segment == Segment::ColdShopper);
    assert!(shoppers.is_none(), "leave-one-out trains on everyone");
}

#[test]
fn rankers_are_compared_on_the_same_cases() {
    let split = larger_split();
    let options = EvaluateOptions::on_test(&split);
    let flat = ask(&Fixed(vec![0.0; 40]), &split.test, &options, &quiet);
    let same = compare(&flat, &flat, Metric::Ndcg(10), Seen::Unmasked, options.resampling());
    assert_eq!(same.unwrap().difference, 0.0);
}

#[test]
fn progress_reaches_the_number_of_cases() {
    let split = larger_split();
    let most = AtomicUsize::new(0);
    let note = |progress: EvaluateProgress<'_>| {
        most.fetch_max(progress.n_done, Ordering::Relaxed);
        assert_eq!((progress.model, progress.n_cases), ("fixed", split.test.len()));
    };
    let options = EvaluateOptions::on_test(&split);
    let _ = evaluate(&[&Fixed(vec![0.0; 40])], &split.test, &options, &note);
    assert_eq!(most.into_inner(), split.test.len());
}

#[test]
fn the_main_ranker_is_compared_with_each_other_on_the_same_shoppers() {
    struct Named(&'static str, Fixed);
    impl Ranker for Named {
        fn name(&self) -> String {
            self.0.to_owned()
        }
        fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
            self.1.score(query, scores);
        }
    }
    let split = small_split();
    let main = Named("main", Fixed(vec![0.6, 0.5, 0.4, 0.3, 0.2, 0.1]));
    let same = Named("same", Fixed(vec![0.6, 0.5, 0.4, 0.3, 0.2, 0.1]));
    let worse = Named("worse", Fixed(vec![0.6, 0.5, 0.4, 0.1, 0.2, 0.05]));
    let options =
        EvaluateOptions { main: Some("main".to_owned()), ..EvaluateOptions::on_test(&split) };
    let report = evaluate(&[&same, &main, &worse], &split.test, &options, &quiet);
    let found: Vec<_> = report.comparisons.iter().map(|c| c.against.as_str()).collect();
    assert_eq!(found, ["same", "worse"]);
    assert_eq!(report.comparisons[0].ndcg_at_10.difference, 0.0);
    // Only the first case differs: rank 1 against 2, 1 − 1/log2(3) = .369070 of two cases.
    let difference = report.comparisons[1].ndcg_at_10.difference;
    assert!((difference - 0.369_070 / 2.0).abs() < 1e-5, "{difference}");
    let nobody = EvaluateOptions { main: None, ..options };
    assert!(evaluate(&[&main], &split.test, &nobody, &quiet).comparisons.is_empty());
}
