//! The modules of one crate, read from its sources with tests left out: what each module defines,
//! imports and names, and how many lines it has.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use proc_macro2::Span;
use syn::{Attribute, Item, ItemMod, spanned::Spanned};

use crate::collect::{Import, Reference, collect};

/// One module of a crate.
#[derive(Default)]
pub(crate) struct Module {
    /// The name inside the crate, as in `crate::a::b`; `crate` for the root.
    pub(crate) name: String,
    /// The file that holds it.
    pub(crate) file: PathBuf,
    /// The module around it, as an index; none for the root.
    pub(crate) parent: Option<usize>,
    /// The modules directly inside it, by their last name.
    pub(crate) children: BTreeMap<String, usize>,
    /// The names of functions, types, traits, constants and macros defined here.
    pub(crate) defined: Vec<String>,
    /// Those of them that are macros by `macro_rules!`.
    pub(crate) macros: Vec<String>,
    /// Every `use`, re-exports included.
    pub(crate) imports: Vec<Import>,
    /// Every path named in its code.
    pub(crate) references: Vec<Reference>,
}

/// The modules of a crate; the root is the first.
pub(crate) struct Crate {
    pub(crate) modules: Vec<Module>,
    /// Lines of its files that are not tests.
    pub(crate) n_lines: usize,
}

/// Reads a file's text by its path, or says that there is no such file.
pub(crate) type Files<'a> = dyn Fn(&Path) -> Option<String> + 'a;

/// Reads the crate whose root module is the file `root`.
///
/// # Panics
/// If a file does not parse, or a module has no file: neither compiles.
pub(crate) fn read(root: &Path, files: &Files<'_>) -> Crate {
    let mut reader = Reader { files, modules: Vec::new(), n_lines: 0 };
    let children_in = root.parent().unwrap().to_owned();
    reader.file(root, &children_in, "crate", None);
    Crate { modules: reader.modules, n_lines: reader.n_lines }
}

struct Reader<'a> {
    files: &'a Files<'a>,
    modules: Vec<Module>,
    n_lines: usize,
}

impl Reader<'_> {
    /// Reads the module that is the file `path`, with the files of its children in `children_in`.
    fn file(
        &mut self,
        path: &Path,
        children_in: &Path,
        name: &str,
        parent: Option<usize>,
    ) -> usize {
        let text =
            (self.files)(path).unwrap_or_else(|| panic!("no file {} of {name}", path.display()));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| {
            panic!("{}:{}: {error}", path.display(), error.span().start().line)
        });
        self.n_lines += text.lines().count();
        self.module(&parsed.items, path, children_in, name, parent)
    }

    fn module(
        &mut self,
        items: &[Item],
        path: &Path,
        children_in: &Path,
        name: &str,
        parent: Option<usize>,
    ) -> usize {
        let idx = self.modules.len();
        let collected = collect(items);
        self.n_lines -= collected.test_spans.iter().copied().map(n_lines_of).sum::<usize>();
        self.modules.push(Module {
            name: name.to_owned(),
            file: path.to_owned(),
            parent,
            children: BTreeMap::new(),
            defined: collected.defined,
            macros: collected.macros,
            imports: collected.imports,
            references: collected.references,
        });
        for item in collected.modules {
            let child = self.child(item, path, children_in, name, idx);
            self.modules[idx].children.insert(item.ident.to_string(), child);
        }
        idx
    }

    fn child(
        &mut self,
        item: &ItemMod,
        path: &Path,
        children_in: &Path,
        parent_name: &str,
        parent: usize,
    ) -> usize {
        let own_name = item.ident.to_string();
        let name = match parent_name {
            "crate" => own_name.clone(),
            parent_name => format!("{parent_name}::{own_name}"),
        };
        let children = children_in.join(&own_name);
        if let Some((_, items)) = &item.content {
            return self.module(items, path, &children, &name, Some(parent));
        }
        let file = match path_attribute(&item.attrs) {
            Some(given) => path.parent().unwrap().join(given),
            None => children_in.join(format!("{own_name}.rs")),
        };
        self.file(&file, &children, &name, Some(parent))
    }
}

/// The file that `#[path = "…"]` gives.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find(|attribute| attribute.path().is_ident("path")).map(|attribute| {
        match &attribute.meta.require_name_value().unwrap().value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) => path.value(),
            _ => panic!("#[path] holds a string"),
        }
    })
}

/// Whether an item is compiled for tests only.
pub(crate) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg") && asks_for_test(attribute))
    })
}

/// Whether a `cfg` holds in tests only: `test` itself, or `all(…)` around it.
fn asks_for_test(attribute: &Attribute) -> bool {
    let tokens = attribute.meta.require_list().unwrap().tokens.to_string();
    let words: Vec<_> = tokens.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    words.contains(&"test") && !words.contains(&"any") && !words.contains(&"not")
}

/// The lines from the first to the last token, both included.
fn n_lines_of(span: Span) -> usize {
    span.end().line - span.start().line + 1
}

/// The place of an item in its file, its attributes and documentation included.
pub(crate) fn span_of(item: &Item) -> Span {
    item.span()
}
