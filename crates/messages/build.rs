//! Embeds the message files and checks them: an error in a file, a message that only one language
//! has, or an argument that languages use differently stops the build and says where.

#[path = "src/separator.rs"]
mod separator;
#[path = "src/usage.rs"]
mod usage;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

use fluent_syntax::ast::{Entry, Resource};
use usage::Usage;

/// The language that has every message; others may lack some.
const COMPLETE: &str = "en";

/// What one language's files say of one message: the arguments that it uses.
type Arguments = BTreeMap<String, Usage>;

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"))
        .join("../../messages")
        .canonicalize()
        .expect("the folder `messages` lies at the root of the workspace");
    println!("cargo:rerun-if-changed={}", root.display());
    let languages: BTreeMap<String, BTreeMap<String, PathBuf>> = folders(&root);
    let complete = read(COMPLETE, &languages[COMPLETE], None);
    let read = |(tag, files)| (String::as_str(tag), read(tag, files, Some(&complete)));
    let messages: BTreeMap<&str, BTreeMap<String, Arguments>> =
        languages.iter().map(read).collect();
    let mut arguments = complete.clone();
    for of_language in messages.values() {
        for (id, used) in of_language {
            // A message that English lacks is a helper: only other messages name it.
            let Some(all) = arguments.get_mut(id) else { continue };
            for (name, usage) in used {
                let known = all.entry(name.clone()).or_default();
                *known = known.and(*usage);
            }
        }
    }
    left_out(&messages, &arguments);
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("table.rs");
    fs::write(out, table(&languages, &arguments)).expect("the build folder can be written");
}

/// The folders of the languages, and in each its files by name.
fn folders(root: &Path) -> BTreeMap<String, BTreeMap<String, PathBuf>> {
    let mut languages = BTreeMap::new();
    for folder in entries(root).into_iter().filter(|path| path.is_dir()) {
        println!("cargo:rerun-if-changed={}", folder.display());
        let files = entries(&folder).into_iter();
        let files = files.filter(|path| path.extension().is_some_and(|end| end == "ftl"));
        let files: BTreeMap<String, PathBuf> = files.map(|path| (name(&path), path)).collect();
        for path in files.values() {
            println!("cargo:rerun-if-changed={}", path.display());
        }
        languages.insert(name(&folder), files);
    }
    languages
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).expect("a folder of messages can be listed");
    let mut paths: Vec<PathBuf> =
        listed.map(|entry| entry.expect("an entry of a folder can be read").path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    stem.expect("folders and files of messages have plain names").to_owned()
}

/// Every message of a language with the arguments it uses. A message that the complete language
/// does not have must be one that others refer to.
fn read(
    tag: &str,
    files: &BTreeMap<String, PathBuf>,
    complete: Option<&BTreeMap<String, Arguments>>,
) -> BTreeMap<String, Arguments> {
    let mut found: BTreeMap<String, Arguments> = BTreeMap::new();
    let mut references: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files.values() {
        let text = fs::read_to_string(path).expect("a message file is UTF-8");
        let wrong = |what: String| -> ! { panic!("{}: {what}", path.display()) };
        let resource: Resource<&str> = match fluent_syntax::parser::parse(text.as_str()) {
            Ok(resource) => resource,
            Err((_, errors)) => wrong(format!("{errors:?}")),
        };
        for entry in resource.body {
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Term(term) => wrong(format!("-{}: use a message, not a term", term.id.name)),
                _ => continue,
            };
            let id = message.id.name;
            let used = match usage::of_message(&message) {
                Ok(used) => used,
                Err(problem) => wrong(format!("{id}: {problem}")),
            };
            references.insert(id.to_owned(), used.references);
            if found.insert(id.to_owned(), used.arguments).is_some() {
                wrong(format!("{id} stands in messages/{tag} twice"));
            }
        }
    }
    let named: BTreeSet<&String> = references.values().flatten().collect();
    if let Some(other) = named.iter().find(|other| !found.contains_key(**other)) {
        panic!("messages/{tag}: `{other}` is referred to, and is no message");
    }
    let is_helper = |id: &&String| complete.is_some_and(|complete| !complete.contains_key(*id));
    if let Some(id) = found.keys().filter(is_helper).find(|id| !named.contains(id)) {
        panic!(
            "messages/{tag}: `{id}` is no message of messages/{COMPLETE}, and none refers to it"
        );
    }
    with_references(found, &references)
}

/// Adds to the arguments of every message those of the messages it refers to, however far.
fn with_references(
    mut found: BTreeMap<String, Arguments>,
    references: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeMap<String, Arguments> {
    loop {
        let before = found.clone();
        for (id, named) in references {
            let used = named.iter().flat_map(|other| before[other].clone());
            let own = found.get_mut(id).expect("references are of messages that were read");
            for (name, usage) in used {
                let known = own.entry(name).or_default();
                *known = known.and(usage);
            }
        }
        if found == before {
            return found;
        }
    }
}

/// An argument that some language shows may be left out by none: it is a fact of the sentence. One
/// that only chooses words may.
fn left_out(
    messages: &BTreeMap<&str, BTreeMap<String, Arguments>>,
    all: &BTreeMap<String, Arguments>,
) {
    for (tag, of_language) in messages {
        for (id, used) in of_language {
            let Some(all) = all.get(id) else { continue };
            let mut shown = all.iter().filter(|(_, usage)| usage.is_shown());
            if let Some((name, _)) = shown.find(|(name, _)| !used.contains_key(*name)) {
                panic!("messages/{tag}: `{id}` leaves out ${name}, which another language shows");
            }
        }
    }
}

/// Rust source of the table: the files of each language, the ids in order, and their arguments.
fn table(
    languages: &BTreeMap<String, BTreeMap<String, PathBuf>>,
    arguments: &BTreeMap<String, Arguments>,
) -> String {
    let mut source = String::from("pub(crate) static FILES: &[(&str, &[&str])] = &[\n");
    for (tag, files) in languages {
        let included =
            files.values().map(|path| format!("include_str!({:?})", path.display().to_string()));
        source += &format!("({tag:?}, &[{}]),\n", included.collect::<Vec<_>>().join(", "));
    }
    source += "];\npub(crate) const DECLARED: &[(&str, &[(&str, u8)])] = &[\n";
    for (id, used) in arguments {
        let used = used.iter().map(|(name, usage)| format!("({name:?}, {})", usage.bits()));
        source += &format!("({id:?}, &[{}]),\n", used.collect::<Vec<_>>().join(", "));
    }
    source += "];\n";
    source
}
