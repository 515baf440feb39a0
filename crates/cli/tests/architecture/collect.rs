//! What the items of one module define, import and name. Paths are found in code, in the tokens of
//! macros (which the parser does not read), and in the strings of attributes such as
//! `#[serde(with = "crate::ids")]`.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    Attribute, ImplItemFn, Item, ItemMacro, ItemMod, ItemUse, Macro, Path, UseTree,
    visit::{self, Visit},
};

use crate::modules::{is_test, span_of};

/// One name that a `use` brings in.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    /// The name it has here; none for a glob.
    pub(crate) name: Option<String>,
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

/// One path named in code.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
    pub(crate) kind: Kind,
}

/// Where a path stands, which decides what it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// In code, or in the tokens of a macro.
    Code,
    /// The name of a macro that is called, which may be known without an import.
    Macro,
    /// A string of an attribute. It may name a module, whose functions are then called.
    Attribute,
}

/// The findings of one module; those of modules inside it are not among them.
#[derive(Default)]
pub(crate) struct Collected<'a> {
    pub(crate) defined: Vec<String>,
    pub(crate) macros: Vec<String>,
    pub(crate) imports: Vec<Import>,
    pub(crate) references: Vec<Reference>,
    pub(crate) modules: Vec<&'a ItemMod>,
    /// The places of items that are compiled for tests only.
    pub(crate) test_spans: Vec<Span>,
}

/// Reads the items of a module.
pub(crate) fn collect(items: &[Item]) -> Collected<'_> {
    let mut collected = Collected::default();
    for item in items {
        collected.visit_item(item);
        if !is_test(attributes(item)) {
            collected.defined.extend(name_of(item));
            if let Item::Macro(ItemMacro { ident: Some(name), .. }) = item {
                collected.macros.push(name.to_string());
            }
        }
    }
    collected
}

/// The name that an item adds to its module.
fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

impl<'a> Visit<'a> for Collected<'a> {
    fn visit_item(&mut self, item: &'a Item) {
        if is_test(attributes(item)) {
            self.test_spans.push(span_of(item));
        } else {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        self.modules.push(item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a ImplItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        if item.leading_colon.is_none() {
            self.import(&item.tree, &mut Vec::new());
        }
    }

    fn visit_path(&mut self, path: &'a Path) {
        self.reference(path, Kind::Code);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'a Macro) {
        self.reference(&call.path, Kind::Macro);
        self.tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        if attribute.path().is_ident("doc") {
            return;
        }
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }
}

impl Collected<'_> {
    fn import(&mut self, tree: &UseTree, prefix: &mut Vec<String>) {
        match tree {
            UseTree::Path(tree) => {
                prefix.push(tree.ident.to_string());
                self.import(&tree.tree, prefix);
                prefix.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, prefix);
                }
            }
            UseTree::Name(tree) => {
                self.import_name(&tree.ident, &tree.ident, prefix);
            }
            UseTree::Rename(tree) => {
                self.import_name(&tree.ident, &tree.rename, prefix);
            }
            UseTree::Glob(tree) => {
                let line = tree.star_token.span.start().line;
                self.imports.push(Import { name: None, path: prefix.clone(), line });
            }
        }
    }

    fn import_name(&mut self, ident: &syn::Ident, name: &syn::Ident, prefix: &[String]) {
        let mut path = prefix.to_vec();
        let mut name = name.to_string();
        // `use a::b::{self}` brings in `b`.
        if ident == "self" && !prefix.is_empty() {
            if name == "self" {
                name = prefix[prefix.len() - 1].clone();
            }
        } else {
            path.push(ident.to_string());
        }
        self.imports.push(Import { name: Some(name), path, line: ident.span().start().line });
    }

    fn reference(&mut self, path: &Path, kind: Kind) {
        if path.leading_colon.is_none()
            && let Some(first) = path.segments.first()
        {
            let line = first.ident.span().start().line;
            self.references.push(Reference { path: names_of(path), line, kind });
        }
    }

    /// Finds paths in tokens that the parser leaves as they are.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let mut path = vec![first.to_string()];
                    while let Some(TokenTree::Ident(next)) = tokens.get(at + 3)
                        && is_punct(tokens.get(at + 1), ':')
                        && is_punct(tokens.get(at + 2), ':')
                    {
                        path.push(next.to_string());
                        at += 3;
                    }
                    let line = first.span().start().line;
                    let is_call = is_punct(tokens.get(at + 1), '!');
                    let kind = if is_call { Kind::Macro } else { Kind::Code };
                    self.references.push(Reference { path, line, kind });
                }
                TokenTree::Literal(literal) => self.string(&literal.to_string(), literal.span()),
                TokenTree::Punct(_) => {}
            }
            at += 1;
        }
    }

    /// A string that is a path of the crate, as attributes hold them.
    fn string(&mut self, literal: &str, span: Span) {
        let text = literal.trim_matches('"');
        let of_the_crate = ["crate::", "self::", "super::"].iter().any(|s| text.starts_with(s));
        if let (true, Ok(path)) = (of_the_crate, syn::parse_str::<Path>(text)) {
            let line = span.start().line;
            self.references.push(Reference { path: names_of(&path), line, kind: Kind::Attribute });
        }
    }
}

fn names_of(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

fn is_punct(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}
