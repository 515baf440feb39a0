//! Circles between the modules of a crate.
//!
//! An arrow runs from the module that names something to the module that defines it. Modules are
//! compared as siblings: an arrow from `a::x` to `b::y` is one from `a` to `b`, so that a folder
//! cannot hide a circle; an arrow between a module and one inside it is none.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque, btree_map::Entry},
    fmt::Write as _,
};

use crate::{
    collect::{Kind, Reference},
    modules::Crate,
    resolve::{Ends, ends, owners_of_macro},
};

/// One place where a module names what another defines.
#[derive(Debug, Clone)]
struct Place {
    /// The module that holds the line.
    module: usize,
    line: usize,
    path: String,
}

/// Arrows between siblings, each with its places.
type Arrows = BTreeMap<(usize, usize), Vec<Place>>;

/// A description of each circle of the crate `name`: the chain of modules, one place for each
/// arrow, and what to do.
pub(crate) fn circles(name: &str, of: &Crate) -> Vec<String> {
    let arrows = arrows(of);
    knots(&arrows, of.modules.len()).iter().map(|knot| describe(name, of, &arrows, knot)).collect()
}

fn arrows(of: &Crate) -> Arrows {
    let mut arrows = Arrows::new();
    for (from, module) in of.modules.iter().enumerate() {
        let mut add = |targets: BTreeSet<usize>, path: &[String], line: usize| {
            for target in targets {
                if let Some(arrow) = between_siblings(of, from, target) {
                    let place = Place { module: from, line, path: path.join("::") };
                    arrows.entry(arrow).or_default().push(place);
                }
            }
        };
        for import in &module.imports {
            let mut ends = ends(of, from, &import.path);
            if import.name.is_none() {
                ends.owners.append(&mut ends.modules);
            }
            add(ends.owners, &import.path, import.line);
        }
        for reference in &module.references {
            add(used(of, from, reference), &reference.path, reference.line);
        }
    }
    arrows
}

/// The modules that a path in code uses.
fn used(of: &Crate, from: usize, Reference { path, kind, .. }: &Reference) -> BTreeSet<usize> {
    let Ends { mut owners, mut modules } = ends(of, from, path);
    match (kind, path.as_slice()) {
        (Kind::Macro, [name]) if owners.is_empty() => owners = owners_of_macro(of, name),
        (Kind::Attribute, _) => owners.append(&mut modules),
        _ => {}
    }
    owners
}

/// The two siblings that an arrow between two modules joins; none where one holds the other.
fn between_siblings(of: &Crate, from: usize, to: usize) -> Option<(usize, usize)> {
    let around = |mut module: usize| {
        let mut chain = vec![module];
        while let Some(parent) = of.modules[module].parent {
            chain.push(parent);
            module = parent;
        }
        chain.reverse();
        chain
    };
    around(from).into_iter().zip(around(to)).find(|(from, to)| from != to)
}

/// Groups of modules that all reach each other.
fn knots(arrows: &Arrows, n_modules: usize) -> Vec<BTreeSet<usize>> {
    let reached: Vec<_> = (0..n_modules).map(|module| reached_from(arrows, module)).collect();
    let mut knots: Vec<BTreeSet<usize>> = Vec::new();
    for module in 0..n_modules {
        if !knots.iter().any(|knot| knot.contains(&module)) && reached[module].contains(&module) {
            let back = |other: &usize| reached[*other].contains(&module);
            knots.push(reached[module].iter().copied().filter(back).collect());
        }
    }
    knots
}

fn targets(arrows: &Arrows, from: usize) -> impl Iterator<Item = usize> {
    arrows.range((from, 0)..=(from, usize::MAX)).map(|((_, to), _)| *to)
}

/// Every module that can be reached over one arrow and more.
fn reached_from(arrows: &Arrows, start: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start];
    while let Some(module) = open.pop() {
        for target in targets(arrows, module) {
            if reached.insert(target) {
                open.push(target);
            }
        }
    }
    reached
}

/// The shortest circle inside a knot, without its first module at the end.
fn shortest(arrows: &Arrows, knot: &BTreeSet<usize>) -> Vec<usize> {
    let circles = knot.iter().filter_map(|&start| circle_through(arrows, start));
    circles.min_by_key(Vec::len).unwrap()
}

fn circle_through(arrows: &Arrows, start: usize) -> Option<Vec<usize>> {
    let mut came_from = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(module) = open.pop_front() {
        for target in targets(arrows, module) {
            if target == start {
                let mut circle = vec![module];
                while let Some(&before) = came_from.get(&circle[circle.len() - 1]) {
                    circle.push(before);
                }
                circle.reverse();
                return Some(circle);
            }
            if let Entry::Vacant(new) = came_from.entry(target) {
                new.insert(module);
                open.push_back(target);
            }
        }
    }
    None
}

fn describe(name: &str, of: &Crate, arrows: &Arrows, knot: &BTreeSet<usize>) -> String {
    let mut circle = shortest(arrows, knot);
    circle.push(circle[0]);
    let names = |modules: &[usize], between: &str| {
        let names: Vec<_> = modules.iter().map(|idx| of.modules[*idx].name.as_str()).collect();
        names.join(between)
    };
    let mut text = format!("crate `{name}`, a circle of modules: {}\n", names(&circle, " → "));
    for pair in circle.windows(2) {
        let places = &arrows[&(pair[0], pair[1])];
        let Place { module, line, path } = &places[0];
        let file = of.modules[*module].file.display();
        write!(text, "  {} names `{path}`: {file}:{line}", names(&pair[..1], "")).unwrap();
        match places.len() {
            1 => text.push('\n'),
            n => writeln!(text, " (and {} more)", n - 1).unwrap(),
        }
    }
    if knot.len() + 1 > circle.len() {
        let knot: Vec<_> = knot.iter().copied().collect();
        writeln!(text, "  modules that reach each other: {}", names(&knot, ", ")).unwrap();
    }
    text + "  Move the definition that one of these lines needs to the module that owns the idea, or \
            to one below both.\n"
}
