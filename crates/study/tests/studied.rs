//! The simulated study, at a size for tests.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use std::sync::OnceLock;

use experimentation::optimise::TrialState;
use study::{Arm, Study, StudyConfig};

/// Run once; every test looks at the same.
fn study() -> &'static Study {
    static STUDY: OnceLock<Study> = OnceLock::new();
    STUDY.get_or_init(|| run(800, 0))
}

/// A small study; `nth` tells several of one size apart.
fn run(n_shoppers: usize, nth: u64) -> Study {
    let config = StudyConfig {
        seed: StudyConfig::default().seed + nth,
        n_shoppers,
        n_items: 150,
        n_events: 20 * n_shoppers,
        n_redraws: 40,
    };
    let folder = tempfile::tempdir().unwrap();
    study::run(&config, folder.path(), &|_| {}).unwrap()
}

#[test]
fn a_study_is_simulated_and_every_arm_is_in_every_part_of_it() {
    let study = study();
    assert!(study.simulated && study.settings.contains("simulated = true"));
    assert_eq!(study.n_days, 90);
    for arm in Arm::ALL {
        assert!(study.satisfaction[&arm].n > 0 && study.planted.contains_key(&arm), "{arm:?}");
        assert!(study.trust[&arm].score.known().is_some(), "{arm:?}");
        assert!(study.conversion.iter().all(|week| week.by_arm.contains_key(&arm)));
    }
    let models: Vec<_> = study.accuracy.iter().map(|model| model.model.as_str()).collect();
    assert_eq!(models, ["item_knn", "text", "transition", "blend"]);
}

#[test]
fn the_blend_finds_what_is_new_at_least_as_well_as_any_of_its_signals() {
    let ndcg = |name: &str| study().accuracy.iter().find(|model| model.model == name).unwrap().ndcg;
    for alone in ["text", "transition", "item_knn"] {
        assert!(ndcg("blend") > ndcg(alone), "{alone}: {:?}", study().accuracy);
    }
}

/// Intervals of 95 % hold what is known in 95 of 100 cases, within what 480 redraws can tell.
#[test]
fn the_estimators_recover_what_is_known_of_the_simulated_shoppers() {
    let recovered = &study().recovered;
    let n: usize = recovered.iter().map(|one| one.n_redraws).sum();
    let held: f64 = recovered.iter().map(|one| one.coverage * one.n_redraws as f64).sum();
    let coverage = held / n as f64;
    let error = (0.95_f64 * 0.05 / n as f64).sqrt();
    assert!(n == 12 * 40 && (coverage - 0.95).abs() < 4.0 * error, "{coverage} of {n}");
}

#[test]
fn praise_nobody_can_check_is_caught_by_what_it_makes_people_accept() {
    let study = study();
    let accepted = |arm: Arm| {
        let trials = study.planted[&arm].values().next().unwrap().trials;
        trials.wrong_accepted as f64 / trials.n_wrong as f64
    };
    let (praised, silent) = (accepted(Arm::FalseReasons), accepted(Arm::CONTROL));
    assert!(praised > silent, "{praised} {silent}");
    assert!(study.trust[&Arm::FalseReasons].truth < study.trust[&Arm::Reasons].truth);
}

/// At this size chance is as large as the gain, and a seed may refuse every challenger; the study at
/// its full size tells them apart. So five seeds in a row are judged together, the default first.
#[test]
fn the_loop_takes_a_better_model_and_shoppers_truly_gain() {
    let others = [1, 2, 3, 4].map(|nth| std::thread::spawn(move || run(800, nth)));
    let others = others.map(|study| study.join().unwrap());
    let judged = [study()].into_iter().chain(&others);
    let on_trial = |study: &&Study| {
        study.learning.decisions.iter().any(|decision| decision.state == TrialState::OnTrial)
    };
    let gain = |study: &Study| study.learning.later.visit.difference.known().unwrap().estimate;
    let gains: Vec<f64> = judged.filter(on_trial).map(gain).collect();
    assert!(gains.len() >= 4, "{gains:?}");
    assert!(gains.iter().sum::<f64>() > 0.0, "{gains:?}");
}

#[test]
fn the_same_seed_gives_the_same_study_to_the_last_byte() {
    let again = || serde_json::to_string(&run(120, 0)).unwrap();
    assert_eq!(again(), again());
}
