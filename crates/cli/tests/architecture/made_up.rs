//! The checker itself, on small made-up crates.

use std::path::Path;

use crate::{
    circles::circles,
    modules::{Crate, read},
};

/// Reads a crate whose files are given by name, below `src/`.
fn made_up(files: &[(&str, &str)]) -> Crate {
    let file = |path: &Path| {
        let found = files.iter().find(|(name, _)| Path::new("src").join(name) == path);
        found.map(|(_, text)| (*text).to_owned())
    };
    read(Path::new("src/lib.rs"), &file)
}

fn found(files: &[(&str, &str)]) -> Vec<String> {
    circles("made_up", &made_up(files))
}

#[test]
fn a_circle_of_two_is_told_as_a_chain_with_a_line_for_each_arrow() {
    let found = found(&[
        ("lib.rs", "mod bill;\nmod cart;\n"),
        ("bill.rs", "use crate::cart::Cart;\npub struct Bill(u32);\n"),
        ("cart.rs", "pub struct Cart;\n\nfn bill() -> super::bill::Bill { todo!() }\n"),
    ]);
    assert_eq!(found.len(), 1);
    let lines: Vec<_> = found[0].lines().collect();
    assert_eq!(lines[0], "crate `made_up`, a circle of modules: bill → cart → bill");
    assert_eq!(lines[1], "  bill names `crate::cart::Cart`: src/bill.rs:1");
    assert_eq!(lines[2], "  cart names `super::bill::Bill`: src/cart.rs:3");
}

#[test]
fn a_path_through_a_re_export_leads_to_the_module_of_the_definition() {
    let found = found(&[
        ("lib.rs", "mod a;\nmod b;\nmod c;\npub use a::Alpha;\npub use c::*;\n"),
        ("a.rs", "mod inner;\npub use inner::Alpha;\nuse crate::b::Beta;\n"),
        ("a/inner.rs", "pub struct Alpha;"),
        ("b.rs", "pub struct Beta(crate::Gamma);"),
        ("c.rs", "pub struct Gamma(crate::Alpha);"),
    ]);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("a → b → c → a"), "{}", found[0]);
    assert!(found[0].contains("c names `crate::Alpha`: src/c.rs:1"), "{}", found[0]);
}

#[test]
fn a_module_and_one_inside_it_may_use_each_other() {
    let files = [
        ("lib.rs", "mod a;\npub struct Root(a::Alpha);"),
        ("a.rs", "mod inner;\npub struct Alpha(inner::Inner, crate::Root);"),
        ("a/inner.rs", "use super::Alpha;\npub struct Inner(Box<Alpha>, crate::Root);"),
    ];
    assert_eq!(found(&files), Vec::<String>::new());
}

#[test]
fn folders_do_not_hide_a_circle() {
    let found = found(&[
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", "pub mod x;\npub mod y;"),
        ("a/x.rs", "use crate::b::x::One;"),
        ("a/y.rs", "pub struct Two;"),
        ("b.rs", "pub mod x;\npub mod y;"),
        ("b/x.rs", "pub struct One;"),
        ("b/y.rs", "use crate::a::y::Two;"),
    ]);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("a → b → a"), "{}", found[0]);
}

#[test]
fn siblings_inside_a_module_are_compared_too() {
    let found = found(&[
        ("lib.rs", "mod a;"),
        (
            "a.rs",
            "mod x { pub fn f() { super::y::g() } }\nmod y { pub use super::x::f; pub fn g() {} }",
        ),
    ]);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("a::x → a::y → a::x"), "{}", found[0]);
}

#[test]
fn tests_are_left_out_of_circles_and_of_lines() {
    let files = [
        ("lib.rs", "mod a;\nmod b;"),
        (
            "a.rs",
            "pub struct Alpha;\n\n#[cfg(test)]\nmod tests;\n\n#[cfg(test)]\nmod laws {\n    use crate::b::Beta;\n}\n",
        ),
        ("a/tests.rs", "use crate::b::Beta;\n"),
        (
            "b.rs",
            "pub struct Beta(crate::a::Alpha);\n\n#[cfg(all(test, unix))]\nfn helper() {\n}\n",
        ),
    ];
    assert_eq!(found(&files), Vec::<String>::new());
    // lib.rs 2; a.rs 3 and a blank line, without 2 and 4 lines of tests; b.rs 2 without 3.
    assert_eq!(made_up(&files).n_lines, 2 + 3 + 2);
}

#[test]
fn macros_and_paths_inside_them_are_followed() {
    let by_name = [
        ("lib.rs", "#[macro_use]\nmod a;\nmod b;"),
        ("a.rs", "macro_rules! both { () => { $crate::b::beta() } }"),
        ("b.rs", "pub fn beta() { both!() }"),
    ];
    assert!(found(&by_name)[0].contains("a → b → a"));
    let inside = [
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", "pub fn alpha() { println!(\"{}\", crate::b::beta()) }"),
        ("b.rs", "use crate::a;\npub fn beta() -> u32 { vec![a::alpha()].len() }"),
    ];
    assert!(found(&inside)[0].contains("a → b → a"));
    let attribute = [
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", "pub struct Alpha { #[serde(with = \"crate::b::form\")] n: u32 }"),
        ("b.rs", "pub mod form { pub fn serialize(a: crate::a::Alpha) {} }"),
    ];
    assert!(found(&attribute)[0].contains("a → b → a"));
}

#[test]
fn names_of_other_crates_and_own_names_are_no_arrows() {
    let files = [
        ("lib.rs", "mod a;\nmod b;\nmod domain_words;"),
        ("a.rs", "use domain::{b, Item};\npub struct A(Item, b::Beta, ::b::Beta);"),
        ("b.rs", "use crate::a;\nuse std::fmt::{self, Display};\npub struct B(a::A, fmt::Error);"),
        ("domain_words.rs", ""),
    ];
    assert_eq!(found(&files), Vec::<String>::new());
}

#[test]
fn groups_renames_and_globs_are_followed() {
    for import in [
        "use crate::{b::{self}, c}; fn f() { b::beta() }",
        "use crate::b as other; fn f() { other::beta() }",
        "use crate::b::*;",
        "use crate::b::beta as g;",
        "fn f() { use crate::b::beta; }",
    ] {
        let files = [
            ("lib.rs", "mod a;\nmod b;\nmod c;"),
            ("a.rs", &format!("pub struct Alpha;\n{import}")),
            ("b.rs", "pub fn beta() -> crate::a::Alpha { todo!() }"),
            ("c.rs", ""),
        ];
        assert_eq!(found(&files).len(), 1, "{import}");
    }
}
