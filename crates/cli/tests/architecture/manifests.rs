//! The arrows between crates, read from their manifests, and what outside crates may be licensed
//! under.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

/// What each crate of ours may use: `domain` ← stages ← `shop` ← operations ← `app` ← rooms of the server ← `server` ←
/// `cli`, and the only arrows between stages and between rooms.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("messages", &["domain"]),
    ("claims", &["domain"]),
    ("entail", &["domain", "claims"]),
    ("verify", &["domain"]),
    ("cells", &["domain"]),
    ("formats", &["domain", "cells"]),
    ("store", &["domain"]),
    ("language", &["domain", "messages"]),
    ("interactions", &["domain"]),
    ("kernels", &[]),
    ("nearest", &["interactions", "kernels"]),
    ("transformer", &["domain", "interactions", "kernels"]),
    ("metrics", &["domain", "interactions"]),
    ("baselines", &["domain", "interactions", "metrics"]),
    ("signals", &["domain", "language", "interactions", "nearest", "transformer", "metrics"]),
    ("recommend", &["signals"]),
    ("explain", &["domain", "messages", "claims", "language", "signals"]),
    ("trust", &["domain"]),
    ("experiments", &["domain"]),
    ("simulate", &["domain"]),
    ("charts", &["domain", "messages"]),
    ("shop", &["domain", "claims", "store", "language", "metrics", "signals", "explain"]),
    (
        "answers",
        &["domain", "claims", "store", "language", "signals", "recommend", "explain", "shop"],
    ),
    ("training", &["domain", "store", "language", "signals", "shop"]),
    ("ingest", &["domain", "formats", "store", "shop", "answers", "training"]),
    ("feeds", &["domain", "formats", "store", "shop", "ingest"]),
    ("audit", &["domain", "claims", "store", "language", "explain", "shop", "answers"]),
    (
        "evaluation",
        &[
            "domain",
            "claims",
            "store",
            "language",
            "kernels",
            "nearest",
            "transformer",
            "metrics",
            "baselines",
            "signals",
            "recommend",
            "explain",
            "shop",
            "answers",
            "training",
        ],
    ),
    (
        "experimentation",
        &[
            "domain",
            "claims",
            "store",
            "metrics",
            "signals",
            "explain",
            "trust",
            "experiments",
            "shop",
            "answers",
            "training",
            "audit",
            "evaluation",
        ],
    ),
    (
        "insights",
        &[
            "domain",
            "messages",
            "claims",
            "store",
            "signals",
            "explain",
            "trust",
            "shop",
            "answers",
            "training",
            "experimentation",
        ],
    ),
    (
        "serving",
        &[
            "domain",
            "messages",
            "claims",
            "store",
            "language",
            "signals",
            "recommend",
            "explain",
            "experiments",
            "shop",
            "answers",
            "audit",
            "experimentation",
        ],
    ),
    ("proofs", &["domain", "claims", "verify", "store", "explain", "shop", "answers", "serving"]),
    (
        "app",
        &[
            "domain",
            "messages",
            "claims",
            "formats",
            "store",
            "language",
            "metrics",
            "signals",
            "recommend",
            "explain",
            "trust",
            "experiments",
            "simulate",
            "feeds",
            "shop",
            "answers",
            "training",
            "ingest",
            "audit",
            "evaluation",
            "experimentation",
            "insights",
            "serving",
        ],
    ),
    (
        "study",
        &[
            "domain",
            "claims",
            "store",
            "metrics",
            "signals",
            "trust",
            "experiments",
            "simulate",
            "shop",
            "answers",
            "training",
            "experimentation",
            "serving",
            "app",
        ],
    ),
    (
        "presentation",
        &[
            "domain",
            "messages",
            "claims",
            "signals",
            "explain",
            "charts",
            "shop",
            "answers",
            "training",
            "experimentation",
            "serving",
            "app",
        ],
    ),
    (
        "reports",
        &[
            "domain",
            "messages",
            "signals",
            "charts",
            "answers",
            "evaluation",
            "experimentation",
            "app",
            "study",
            "presentation",
        ],
    ),
    ("jobs", &["domain", "signals", "shop", "training", "evaluation", "app"]),
    ("web", &["domain", "store", "language", "shop", "answers", "serving", "app", "jobs"]),
    (
        "storefront",
        &[
            "domain",
            "messages",
            "claims",
            "language",
            "explain",
            "shop",
            "answers",
            "experimentation",
            "serving",
            "app",
            "presentation",
            "web",
        ],
    ),
    (
        "console",
        &[
            "domain",
            "messages",
            "claims",
            "language",
            "signals",
            "charts",
            "feeds",
            "shop",
            "answers",
            "audit",
            "evaluation",
            "experimentation",
            "insights",
            "serving",
            "app",
            "presentation",
            "reports",
            "jobs",
            "web",
        ],
    ),
    (
        "server",
        &[
            "domain",
            "messages",
            "store",
            "feeds",
            "shop",
            "answers",
            "training",
            "ingest",
            "audit",
            "evaluation",
            "experimentation",
            "insights",
            "serving",
            "proofs",
            "app",
            "presentation",
            "jobs",
            "web",
            "storefront",
            "console",
        ],
    ),
    // `candor analyse` reads anyone's CSV, without a shop, so there is no flow for `app` to run.
    (
        "cli",
        &[
            "domain",
            "claims",
            "verify",
            "explain",
            "trust",
            "experiments",
            "feeds",
            "shop",
            "answers",
            "training",
            "ingest",
            "audit",
            "evaluation",
            "experimentation",
            "insights",
            "serving",
            "proofs",
            "app",
            "study",
            "reports",
            "server",
        ],
    ),
];

/// Licences that may be linked into an Apache-2.0 binary; a crate needs one of them.
const LICENCES: [&str; 12] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "Unicode-3.0",
    "CC0-1.0",
    "BSL-1.0",
];

/// What cargo knows of the workspace, from what building for this machine downloaded: a test never
/// downloads anything.
fn metadata(wanted: &[&str]) -> Value {
    let arguments = ["metadata", "--format-version", "1", "--offline"];
    serde_json::from_str(&cargo(&[&arguments, wanted].concat())).unwrap()
}

/// The target triple of this machine.
fn host() -> String {
    let version = cargo(&["-vV"]);
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn packages(metadata: &Value) -> &[Value] {
    metadata["packages"].as_array().unwrap()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[test]
fn every_arrow_between_crates_is_one_of_the_design() {
    let metadata = metadata(&["--no-deps"]);
    let allowed: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let ours: Vec<_> = packages(&metadata).iter().filter(|p| p["source"].is_null()).collect();
    let names: BTreeSet<_> = ours.iter().map(|p| text(p, "name")).collect();
    assert_eq!(names, allowed.keys().copied().collect(), "the crates of the design");
    for package in ours {
        let name = text(package, "name");
        let folder = format!("crates/{name}/Cargo.toml");
        assert!(text(package, "manifest_path").ends_with(&folder), "{name} lives in its folder");
        for dependency in package["dependencies"].as_array().unwrap() {
            let used = text(dependency, "name");
            let known = !names.contains(used) || allowed[name].contains(&used);
            assert!(known, "{name} must not use {used}");
        }
    }
}

#[test]
fn every_dependency_may_be_linked_into_the_binary() {
    let metadata = metadata(&["--filter-platform", &host()]);
    let outside: Vec<_> = packages(&metadata).iter().filter(|p| !p["source"].is_null()).collect();
    assert!(outside.len() > 100, "only {} packages are known", outside.len());
    for package in outside {
        let licence = text(package, "license").replace('/', " OR ");
        let alternatives = licence.split(" OR ");
        let fits = |alternative: &str| {
            alternative.split(" AND ").all(|part| {
                let part = part.trim_matches(['(', ')', ' ']);
                LICENCES.contains(&part.split(" WITH ").next().unwrap_or(part))
            })
        };
        let name = text(package, "name");
        assert!(alternatives.into_iter().any(fits), "{name} is licensed as {licence:?}");
    }
}

#[test]
fn every_outside_dependency_says_why_it_is_here() {
    let manifest = include_str!("../../../../Cargo.toml");
    let outside = manifest
        .lines()
        .skip_while(|line| !line.starts_with("[workspace.dependencies]"))
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| line.contains(" = ") && !line.contains("path = "));
    for line in outside {
        assert!(line.contains("# "), "no reason beside: {line}");
    }
}
