//! The message files as a whole: every message is named by some code, and what a language lacks is
//! reported.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use domain::Language;
use messages::{MessageId, Messages};

/// English has every message: the build sees to it. A language that is half translated declares in
/// `messages/<language>/lacks.txt` which messages it leaves to the next language, by how their names
/// begin.
#[test]
fn a_language_lacks_no_more_than_it_declares() {
    let named = named_by_code();
    for lang in Language::ALL {
        let messages = Messages::of(lang);
        // What only English messages refer to, another language may do without.
        let lacks = MessageId::all().filter(|id| messages.written_in(*id) != lang);
        let lacks: Vec<&str> =
            lacks.map(MessageId::name).filter(|id| is_named(id, &named)).collect();
        let file = workspace().join("messages").join(lang.tag()).join("lacks.txt");
        let declared = fs::read_to_string(file).unwrap_or_default();
        let declared: Vec<&str> =
            declared.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let (tag, next) = (lang.tag(), lang.and_else().map(Language::tag).collect::<Vec<_>>());
        println!("{tag}: {} of {} messages in {next:?}", lacks.len(), MessageId::all().len());
        let is_declared = |id: &&&str| declared.iter().any(|start| id.starts_with(start));
        let more: Vec<_> = lacks.iter().filter(|id| !is_declared(id)).collect();
        assert!(
            more.is_empty(),
            "not in messages/{tag}, so that {next:?} would be shown: {more:?}"
        );
        let is_needless = |start: &&&str| !lacks.iter().any(|id| id.starts_with(**start));
        let needless: Vec<_> = declared.iter().filter(is_needless).collect();
        assert!(needless.is_empty(), "messages/{tag} lacks none of these: {needless:?}");
    }
}

#[test]
fn every_folder_of_messages_is_of_a_language() {
    let root = workspace().join("messages");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let tags: BTreeSet<String> = folders
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let known: BTreeSet<String> = Language::ALL.map(|lang| lang.tag().to_owned()).into();
    assert_eq!(tags, known);
}

#[test]
fn every_message_is_named_by_some_code() {
    let mut named = named_by_code();
    // Messages also name messages: `{ shared-yes }`.
    for lang in Language::ALL {
        let mut files = Vec::new();
        collect(&workspace().join("messages").join(lang.tag()), &mut files);
        for file in files {
            named.extend(references(&fs::read_to_string(file).unwrap()));
        }
    }
    let unused: Vec<&str> =
        MessageId::all().map(MessageId::name).filter(|id| !is_named(id, &named)).collect();
    assert!(unused.is_empty(), "no code names these messages: {unused:?}");
}

/// Whether code names a message, or the family that it is of.
fn is_named(id: &str, named: &BTreeSet<String>) -> bool {
    named.contains(id) || named.iter().any(|name| name.ends_with('-') && id.starts_with(name))
}

/// Every message that a source names; of a family, the prefix.
fn named_by_code() -> BTreeSet<String> {
    let mut sources = Vec::new();
    for folder in fs::read_dir(workspace().join("crates")).unwrap() {
        collect(&folder.unwrap().path().join("src"), &mut sources);
    }
    let mut named: BTreeSet<String> = BTreeSet::new();
    for source in sources {
        let text = fs::read_to_string(source).unwrap();
        named.extend(literals(&text));
        named.extend(tables(&text));
        named.extend(families(&text));
    }
    named
}

#[test]
fn names_are_found_where_code_writes_them() {
    let source = r#"texts! { "a-b": one_two, three = "d-e", }
        message!(lang, "f-g", n: 1); texts! { struct Other, "h": i }"#;
    assert_eq!(tables(source), ["a-b-one-two", "a-b-three", "h-i"]);
    assert_eq!(literals(source), ["a-b", "d-e", "f-g", "h"]);
    assert_eq!(families(r#"const KINDS: Family = Family::of("j-");"#), ["j-"]);
    assert_eq!(references("x = { shared-yes } and { $n }{other}"), ["shared-yes", "other"]);
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs" || end == "ftl") {
            files.push(path);
        }
    }
}

/// The prefixes of families.
fn families(source: &str) -> Vec<String> {
    let calls = source.split("Family::of(\"").skip(1);
    calls.filter_map(|call| call.split('"').next()).map(str::to_owned).collect()
}

/// String literals that could name a message.
fn literals(source: &str) -> Vec<String> {
    let is_name = |text: &&str| {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let lines = source.lines().flat_map(|line| line.split('"').skip(1).step_by(2));
    lines.filter(is_name).map(str::to_owned).collect()
}

/// The messages that tables of texts list.
fn tables(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for call in source.split("texts! {").skip(1) {
        let body = call.split('}').next().unwrap();
        let body =
            body.rsplit_once("struct ").map_or(body, |(_, named)| named.split_once(',').unwrap().1);
        let Some((prefix, names)) = body.split_once("\":") else { continue };
        let prefix = prefix.trim().trim_start_matches('"');
        let names: String = names.lines().map(|line| line.split("//").next().unwrap()).collect();
        for entry in names.split(',') {
            let name = entry.split('=').next().unwrap().trim().replace('_', "-");
            if !name.is_empty() {
                found.push(format!("{prefix}-{name}"));
            }
        }
    }
    found
}

/// The messages that a file refers to.
fn references(file: &str) -> Vec<String> {
    let placeables = file.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    placeables
        .map(|(inner, _)| inner.trim())
        .filter(|inner| inner.starts_with(|c: char| c.is_ascii_lowercase()))
        .map(str::to_owned)
        .collect()
}
