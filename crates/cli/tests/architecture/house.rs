//! The workspace's own crates: no circle between modules, and no crate above its limit of lines.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    circles::circles,
    modules::{Crate, read},
};

/// Crates whose modules still use each other in a circle. Nothing may be added.
const STILL_WITH_CIRCLES: &[&str] = &[];

/// Crates that are still above the limit of lines. Nothing may be added.
const STILL_TOO_LARGE: &[&str] = &[];

/// A crate keeps one secret; above this many lines it keeps several.
const MAX_LINES: usize = 8_000;

#[test]
fn no_modules_of_a_crate_use_each_other_in_a_circle() {
    let mut problems = Vec::new();
    for (name, read) in crates() {
        let circles = circles(&name, &read);
        match (circles.is_empty(), STILL_WITH_CIRCLES.contains(&name.as_str())) {
            (false, false) => problems.extend(circles),
            (true, true) => problems.push(format!(
                "crate `{name}` has no circle any more: take it from STILL_WITH_CIRCLES\n"
            )),
            _ => {}
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_crate_outgrows_its_idea() {
    let mut problems = Vec::new();
    for (name, Crate { n_lines, .. }) in crates() {
        match (n_lines <= MAX_LINES, STILL_TOO_LARGE.contains(&name.as_str())) {
            (false, false) => problems.push(format!(
                "crate `{name}` has {n_lines} lines, the limit is {MAX_LINES}. Counted is every line \
                 of the modules under src/, comments and blank lines included, without what is \
                 compiled for tests only (`#[cfg(test)]` modules and items). Move one of its ideas \
                 to a crate of its own."
            )),
            (true, true) => problems.push(format!(
                "crate `{name}` has {n_lines} lines and is within the limit: take it from \
                 STILL_TOO_LARGE"
            )),
            _ => {}
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn exceptions_name_crates_that_exist() {
    let names: BTreeSet<_> = crates().into_iter().map(|(name, _)| name).collect();
    for exception in STILL_WITH_CIRCLES.iter().chain(STILL_TOO_LARGE) {
        assert!(names.contains(*exception), "there is no crate `{exception}`");
    }
}

/// Every crate of the workspace, read from its library, or from its program where it has none.
fn crates() -> Vec<(String, Crate)> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let mut folders: Vec<_> = fs::read_dir(workspace.join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| workspace.join(format!("crates/{name}/Cargo.toml")).is_file())
        .collect();
    folders.sort();
    let read_file = |path: &Path| fs::read_to_string(workspace.join(path)).ok();
    let root = |name: &str| -> PathBuf {
        ["lib.rs", "main.rs"]
            .iter()
            .map(|root| PathBuf::from(format!("crates/{name}/src/{root}")))
            .find(|root| workspace.join(root).is_file())
            .unwrap_or_else(|| panic!("{name} has neither src/lib.rs nor src/main.rs"))
    };
    folders.into_iter().map(|name| (name.clone(), read(&root(&name), &read_file))).collect()
}
