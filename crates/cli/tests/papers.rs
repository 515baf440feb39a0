//! What the documents name exists: tests that guard invariants, files, crates and links; and they
//! keep to their length.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The documents of the repository, from its root.
fn papers() -> Vec<PathBuf> {
    let folders = ["", "docs", "examples"].map(|folder| root().join(folder));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|file| file.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Everything between single backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2); // between fences there are commands
    prose.flat_map(|part| part.split('`').skip(1).step_by(2))
}

/// Every name that `fn` introduces in the workspace.
fn functions() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![root().join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                names.extend(text.split("fn ").skip(1).map(|after| {
                    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
                    after.chars().take_while(|c| is_part(*c)).collect::<String>()
                }));
            }
        }
    }
    names
}

#[test]
fn every_invariant_is_guarded_by_tests_that_exist() {
    let functions = functions();
    let table = read("docs/invariants.md");
    let rows: Vec<_> = table.lines().filter(|line| line.starts_with("| ")).collect();
    let rows: Vec<_> = rows.into_iter().filter(|row| !row.contains("guarded by")).collect();
    assert!(rows.len() > 70, "only {} invariants were found", rows.len());
    for row in rows {
        let (what, guards) = row.trim_matches(['|', ' ']).rsplit_once(" | ").unwrap();
        let guards: Vec<_> = quoted(guards).collect();
        assert!(!guards.is_empty(), "nothing guards: {what}");
        for guard in guards {
            assert!(functions.contains(guard), "there is no test {guard}, which guards: {what}");
        }
    }
}

#[test]
fn every_path_that_a_document_names_exists() {
    const ROOTS: [&str; 8] =
        ["crates/", "docs/", "examples/", "messages/", "config/", "fuzz/", ".ci/", ".github/"];
    let mut n_paths = 0;
    for paper in papers() {
        let text = fs::read_to_string(&paper).unwrap();
        for path in quoted(&text).filter(|quoted| ROOTS.iter().any(|r| quoted.starts_with(r))) {
            // `<format>`, `…` and `*` stand for what the reader puts there.
            let known = path.split(['<', '…', '*', '#', ' ', '{']).next().unwrap();
            let whole = known.len() == path.len();
            let at = root().join(if whole { known } else { folder_of(known) });
            assert!(at.exists(), "{} names {path}, which is not there", paper.display());
            n_paths += 1;
        }
    }
    assert!(n_paths > 40, "only {n_paths} paths were found");
}

/// Up to and with the last slash.
fn folder_of(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |at| at + 1)]
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut n_links = 0;
    for paper in papers() {
        let text = fs::read_to_string(&paper).unwrap();
        for link in text.split("](").skip(1).filter_map(|after| after.split(')').next()) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            if file.contains("://") || file.is_empty() {
                continue;
            }
            let target = paper.parent().unwrap().join(file);
            assert!(target.exists(), "{} links to {link}", paper.display());
            let is_heading = |line: &str| {
                line.starts_with('#')
                    && line.trim_start_matches(['#', ' ']).to_lowercase().replace(' ', "-")
                        == anchor
            };
            let found =
                anchor.is_empty() || fs::read_to_string(&target).unwrap().lines().any(is_heading);
            assert!(found, "{} links to {link}, which has no such heading", paper.display());
            n_links += 1;
        }
    }
    assert!(n_links > 20, "only {n_links} links were found");
}

#[test]
fn the_code_map_names_the_crates_there_are() {
    let manifest = read("Cargo.toml");
    let members = manifest.lines().filter_map(|line| line.trim().strip_prefix("\"crates/"));
    let members: BTreeSet<_> = members.map(|line| line.trim_end_matches(['"', ','])).collect();
    let architecture = read("ARCHITECTURE.md");
    let map = architecture.split("## Code map").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = map.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(rows.collect::<BTreeSet<_>>(), members);
}

#[test]
fn the_first_pages_keep_to_their_length() {
    for (paper, most) in [("README.md", 120), ("README.zh.md", 120), ("ARCHITECTURE.md", 300)] {
        let n_lines = read(paper).lines().count();
        assert!(n_lines <= most, "{paper} has {n_lines} lines, and {most} at most");
    }
}

#[test]
fn no_recipe_touches_more_files_than_it_may() {
    let contributing = read("CONTRIBUTING.md");
    // Of a language: the list, and the tokeniser's choice; its texts are no sources.
    let most = [("signal", 8), ("claim kind", 8), ("format", 6), ("language", 2), ("backend", 3)];
    for (what, most) in most {
        let begin = format!("\n## Add a {what}\n");
        let recipe = contributing.split(&begin).nth(1).unwrap_or_else(|| panic!("no{begin}"));
        let recipe = recipe.split("\n## ").next().unwrap();
        let steps = recipe.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        let is_file = |path: &&str| match what {
            "language" => path.starts_with("crates/"),
            _ => path.contains('/') && !path.contains("::"),
        };
        let files: BTreeSet<_> = steps.flat_map(quoted).filter(is_file).collect();
        assert!(!files.is_empty(), "the recipe for a {what} names no file");
        assert!(files.len() <= most, "to add a {what} touches {files:?}");
    }
}
