use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

fn arms() -> Vec<String> {
    ["plain", "people", "content"].map(str::to_owned).to_vec()
}

/// In one context people help, in the other content does.
fn true_worth(context: &str, arm: &str) -> f64 {
    match (context, arm) {
        ("new", "people") | ("known", "content") => 0.7,
        (_, "plain") => 0.5,
        _ => 0.3,
    }
}

/// Serves 200 shoppers per round and learns after each.
fn served(n_rounds: usize) -> (Policy, Vec<Tried>) {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut tried = Vec::new();
    let mut policy = Policy::learn("round 0", &arms(), 0.1, &tried);
    for round in 1..=n_rounds {
        for n in 0..200 {
            let shopper = format!("{round}/{n}");
            let context = ["new", "known"][n % 2];
            let choice = policy.choose(context, &shopper).unwrap();
            let reward = f64::from(random.random::<f64>() < true_worth(context, choice.arm));
            let (arm, uniform) = (choice.arm.to_owned(), choice.uniform);
            tried.push(Tried { context: context.to_owned(), arm, reward, uniform });
        }
        policy = Policy::learn(&format!("round {round}"), &arms(), 0.1, &tried);
    }
    (policy, tried)
}

#[test]
fn each_context_comes_to_get_the_arm_that_helps_there() {
    let (policy, tried) = served(20);
    for (context, best) in [("new", "people"), ("known", "content")] {
        let late = tried[3_000..].iter().filter(|one| one.context == context && !one.uniform);
        let (n, n_best) = late.fold((0, 0), |(n, best_so_far), one| {
            (n + 1, best_so_far + usize::from(one.arm == best))
        });
        assert!(n_best as f64 > 0.95 * f64::from(n), "{n_best} of {n} in {context}");
        assert!((policy.belief(context, best).mean - 0.7).abs() < 0.1);
    }
}

#[test]
fn the_uniform_share_stays_and_estimates_without_bias() {
    let (_, tried) = served(60);
    let n_uniform = tried.iter().filter(|one| one.uniform).count() as f64;
    assert!((n_uniform / tried.len() as f64 - 0.1).abs() < 0.01, "{n_uniform}");
    let worth = worth(&arms(), &tried);
    for (arm, truth) in [("plain", 0.5), ("people", 0.5), ("content", 0.5)] {
        let moments = worth[arm].known().unwrap();
        let error = (moments.mean - truth).abs() / moments.squared_error().sqrt();
        assert!(error < 3.0, "{arm}: {} is {error} standard errors off", moments.mean);
    }
    // Thompson's choices are no such sample: arms look as good as where they were chosen.
    let chosen: Vec<f64> =
        tried.iter().filter(|t| !t.uniform && t.arm == "people").map(|t| t.reward).collect();
    assert!(Moments::of(&chosen).known().unwrap().mean > 0.6);
}

#[test]
fn before_any_evidence_only_the_uniform_share_leaves_the_usual_arm() {
    let policy = Policy::learn("v", &arms(), 0.1, &[]);
    let shoppers: Vec<String> = (0..500).map(|n| n.to_string()).collect();
    let choices = shoppers.iter().map(|shopper| policy.choose("new", shopper).unwrap());
    let (uniform, careful): (Vec<_>, Vec<_>) = choices.partition(|choice| choice.uniform);
    assert!(careful.iter().all(|choice| choice.arm == "plain"));
    assert!(arms().iter().all(|arm| uniform.iter().any(|choice| choice.arm == arm)));
}

#[test]
fn an_arm_that_is_a_little_worse_is_never_drawn_for_however_little_rewards_vary() {
    let reward = |n: u32, centre: f64| centre + if n.is_multiple_of(2) { 0.02 } else { -0.02 };
    let tried = (0..400).map(|n| {
        let (arm, centre) = [("plain", 0.55), ("people", 0.54), ("content", 0.56)][n as usize % 3];
        let (context, arm) = ("known".to_owned(), arm.to_owned());
        Tried { context, arm, reward: reward(n, centre), uniform: true }
    });
    let tried: Vec<Tried> = tried.collect();
    let policy = Policy::learn("v", &arms(), 0.1, &tried);
    let shoppers: Vec<String> = (0..500).map(|n| n.to_string()).collect();
    let choices = shoppers.iter().map(|shopper| policy.choose("known", shopper).unwrap());
    let careful: Vec<&str> = choices.filter(|c| !c.uniform).map(|c| c.arm).collect();
    assert!(!careful.contains(&"people"));
    let n_best = careful.iter().filter(|arm| **arm == "content").count();
    assert!(n_best as f64 > 0.9 * careful.len() as f64, "{n_best} of {}", careful.len());
}

#[test]
fn the_same_shopper_under_the_same_policy_sees_the_same() {
    let (policy, _) = served(2);
    let wire = serde_json::to_string(&policy).unwrap();
    let again: Policy = serde_json::from_str(&wire).unwrap();
    for n in 0..50 {
        let shopper = n.to_string();
        assert_eq!(policy.choose("new", &shopper), again.choose("new", &shopper));
    }
}

#[test]
fn no_arms_no_rewards_and_unknown_arms_harm_nothing() {
    let gone = Tried { context: "c".into(), arm: "gone".into(), reward: 1.0, uniform: true };
    let nan = Tried { arm: "plain".into(), reward: f64::NAN, ..gone.clone() };
    let policy = Policy::learn("v", &arms(), 0.0, &[gone, nan]);
    assert!(policy.choose("elsewhere", "ann").is_some());
    assert_eq!(policy.belief("c", "plain").mean, 0.5);
    assert!(Policy::learn("v", &[], 0.5, &[]).choose("c", "ann").is_none());
}
