//! The simulated study, at a size for tests.

use std::sync::OnceLock;

use app::experiment::Verdict;
use app::study::{self, Arm, Sought, Study, StudyConfig};

/// Run once; every test looks at the same.
fn study() -> &'static Study {
    static STUDY: OnceLock<Study> = OnceLock::new();
    STUDY.get_or_init(run)
}

fn run() -> Study {
    let config = StudyConfig {
        n_shoppers: 700,
        n_items: 300,
        n_events: 14_000,
        n_redraws: 40,
        ..StudyConfig::default()
    };
    let folder = tempfile::tempdir().unwrap();
    study::run(&config, folder.path(), &|_| {}).unwrap()
}

#[test]
fn a_study_is_simulated_and_says_so() {
    assert!(study().simulated);
    println!("{}", serde_json::to_string_pretty(study()).unwrap());
}
