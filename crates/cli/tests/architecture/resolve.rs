//! Which module defines the name that a path ends in. Re-exports are followed: a path through
//! `pub use` leads to the module of the definition.

use std::collections::BTreeSet;

use crate::modules::{Crate, Module};

/// The ends of a path. All that a name may mean is found: a function and a module can share one.
#[derive(Default)]
pub(crate) struct Ends {
    /// The modules whose definitions the path may mean; none for a path that leaves the crate.
    pub(crate) owners: BTreeSet<usize>,
    /// The modules that the path itself leads to. Naming a module uses nothing of it; a glob does.
    pub(crate) modules: BTreeSet<usize>,
}

/// Follows `path`, written in the module `from`.
pub(crate) fn ends(of: &Crate, from: usize, path: &[String]) -> Ends {
    let mut search = Search { of, ends: Ends::default(), followed: Vec::new() };
    search.path(from, path);
    search.ends
}

/// The modules that define a macro `name`: one of an earlier module needs no import.
pub(crate) fn owners_of_macro(of: &Crate, name: &str) -> BTreeSet<usize> {
    let defines = |idx: &usize| of.modules[*idx].macros.iter().any(|own| own == name);
    (0..of.modules.len()).filter(defines).collect()
}

struct Search<'a> {
    of: &'a Crate,
    ends: Ends,
    /// The imports that led here, by module and place; none is followed inside itself.
    followed: Vec<(usize, usize)>,
}

impl<'a> Search<'a> {
    fn path(&mut self, from: usize, path: &[String]) {
        match path.first().map(String::as_str) {
            Some("crate") => self.inside(0, &path[1..]),
            Some("self") => self.inside(from, &path[1..]),
            Some("super") => {
                if let Some(parent) = self.module(from).parent {
                    self.after_super(parent, &path[1..]);
                }
            }
            _ => {
                self.name(from, path);
            }
        }
    }

    fn after_super(&mut self, module: usize, rest: &[String]) {
        match rest.first().map(String::as_str) {
            Some("super") => self.path(module, rest),
            _ => self.inside(module, rest),
        }
    }

    /// Looks `rest` up inside `module`, which a path has reached.
    fn inside(&mut self, module: usize, rest: &[String]) {
        if rest.is_empty() {
            self.ends.modules.insert(module);
        } else if !self.name(module, rest) {
            // A name that a macro defines is not found; the module that was reached owns it.
            self.ends.owners.insert(module);
        }
    }

    /// Looks the first name of `path` up in `module` and the others inside it. Returns whether the
    /// first name is known.
    fn name(&mut self, module: usize, path: &[String]) -> bool {
        let Some(first) = path.first() else { return false };
        let here = self.module(module);
        let mut known = here.defined.contains(first);
        if known {
            self.ends.owners.insert(module);
        }
        if let Some(&child) = here.children.get(first) {
            self.inside(child, &path[1..]);
            known = true;
        }
        known |= self.through_imports(module, Some(first), |search, import| {
            search.path(module, &[import, &path[1..]].concat());
            true
        });
        known
            || self
                .through_imports(module, None, |search, import| search.glob(module, import, path))
    }

    /// Looks `path` up in the modules that a glob of `module` opens.
    fn glob(&mut self, module: usize, opened: &[String], path: &[String]) -> bool {
        let mut search =
            Search { of: self.of, ends: Ends::default(), followed: self.followed.clone() };
        search.path(module, opened);
        search.ends.modules.into_iter().any(|target| self.name(target, path))
    }

    /// Follows the imports of a name, or the globs. Returns whether one of them knew the name.
    fn through_imports(
        &mut self,
        module: usize,
        name: Option<&String>,
        mut follow: impl FnMut(&mut Self, &[String]) -> bool,
    ) -> bool {
        let mut known = false;
        for (idx, import) in self.module(module).imports.iter().enumerate() {
            if import.name.as_ref() == name && !self.followed.contains(&(module, idx)) {
                self.followed.push((module, idx));
                known |= follow(self, &import.path);
                self.followed.pop();
            }
        }
        known
    }

    fn module(&self, idx: usize) -> &'a Module {
        &self.of.modules[idx]
    }
}
