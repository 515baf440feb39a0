//! Which opinion word belongs to which aspect word of a clause.

use super::lexicon::{Entry, longest_at};
use super::units::Unit;
use super::{Opinion, Polarity};

/// Units between an aspect and an opinion after it, at most.
const MOST_AFTER: usize = 8;
/// Units between an aspect and an opinion before it (淡淡的香味, “great design”), at most.
const MOST_BEFORE: usize = 3;
/// Units looked back for a negation.
const NEGATION_REACH: usize = 6;

/// A term found in a clause: which units it takes, and what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) entry: Entry,
}

/// Opinions on the listed aspects of one clause.
pub(super) fn opinions(clause: &[Unit]) -> Vec<Opinion> {
    let hits = hits(clause);
    hits.split(|hit| hit.entry.contrasts)
        .filter(|part| !part.iter().any(|hit| hit.entry.doubts))
        .flat_map(|part| in_part(clause, part))
        .collect()
}

/// The longest terms from left to right.
pub(super) fn hits(clause: &[Unit]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while at < clause.len() {
        let found = longest_at(clause, at);
        let n = found.map_or(1, |(_, n)| n);
        if let Some((entry, n)) = found {
            let hit = Hit { from: at, to: at + n, entry };
            if !hits.last_mut().is_some_and(|last| lengthened(last, &hit)) {
                hits.push(hit);
            }
        }
        at += n;
    }
    hits
}

/// 补水 + 效果 is one aspect term, and names the aspect even where 补水 alone would praise it.
fn lengthened(last: &mut Hit, next: &Hit) -> bool {
    let joins = last.to == next.from && last.entry.aspect.is_some() && next.entry.suffix;
    if joins {
        last.to = next.to;
        last.entry.polarity = None;
        last.entry.implies = None;
    }
    joins
}

fn in_part(clause: &[Unit], hits: &[Hit]) -> Vec<Opinion> {
    let polar = |hit: &&Hit| hit.entry.polarity.is_some();
    let (mut found, mut used) = (Vec::new(), Vec::new());
    for (i, hit) in hits.iter().enumerate() {
        let Some(aspect) = hit.entry.aspect else { continue };
        // 保湿 praises by itself; it only names the aspect where a plain opinion follows it.
        let itself = hit.entry.polarity.is_some();
        let fits = |o: &&Hit| !itself || (o.from > hit.from && o.entry.aspect.is_none());
        if let Some(opinion) = nearest(hits, i).filter(fits) {
            used.push(opinion.from);
            let turn = opinion.entry.turns_for == Some(aspect);
            let polarity = polarity(clause, hits, opinion).turned(turn);
            let (start, end) = (clause[hit.from].start, clause[hit.to - 1].end);
            found.push(Opinion { aspect, polarity, start, end, implied: false });
        }
    }
    for hit in hits.iter().filter(polar).filter(|hit| !used.contains(&hit.from)) {
        // A word of an aspect that stands beside another opinion was that one's aspect.
        let taken = found.iter().any(|o: &Opinion| o.start == clause[hit.from].start);
        if let Some(aspect) = hit.entry.implies.filter(|_| !taken) {
            let polarity = polarity(clause, hits, hit);
            let (start, end) = (clause[hit.from].start, clause[hit.to - 1].end);
            found.push(Opinion { aspect, polarity, start, end, implied: true });
        }
    }
    found.sort_by_key(|opinion| opinion.start);
    found
}

/// The opinion that belongs to the aspect at `i`: the next one after it that no other aspect
/// claims first, or one just before it. Aspects in a row share the opinion that follows them.
pub(super) fn nearest(hits: &[Hit], i: usize) -> Option<&Hit> {
    let here = &hits[i];
    let opines = |hit: &&Hit| hit.entry.polarity.is_some();
    let names_only = |hit: &Hit| hit.entry.aspect.is_some() && hit.entry.polarity.is_none();
    let mut last_aspect = here.to;
    let mut after = None;
    for hit in &hits[i + 1..] {
        if hit.entry.polarity.is_some() {
            after = Some(hit);
            break;
        }
        if names_only(hit) {
            if hit.from > last_aspect + 1 {
                break;
            }
            last_aspect = hit.to;
        }
    }
    let after = after.filter(|hit| hit.from - last_aspect <= MOST_AFTER);
    let before = hits[..i].iter().rev().take_while(|hit| !names_only(hit)).find(opines);
    let before = before.filter(|hit| here.from - hit.to <= MOST_BEFORE);
    match (before, after) {
        // Right before it, as in “great design”, nothing between.
        (Some(before), Some(after)) if here.from - before.to < after.from - here.to => Some(before),
        (before, after) => after.or(before),
    }
}

/// Praise or fault of an opinion word, turned round by each negation that reaches it.
pub(super) fn polarity(clause: &[Unit], hits: &[Hit], opinion: &Hit) -> Polarity {
    let own = opinion.entry.polarity.unwrap_or(Polarity::Positive);
    let mut reach = opinion.from;
    let mut turned = false;
    for hit in hits.iter().rev().filter(|hit| hit.to <= opinion.from) {
        let near = opinion.from - hit.from <= NEGATION_REACH;
        let only_degrees_between = hit.to == reach;
        if !near || !only_degrees_between {
            break;
        }
        turned ^= hit.entry.negates;
        if !hit.entry.negates && !hit.entry.degree {
            break;
        }
        reach = hit.from;
    }
    debug_assert!(opinion.to <= clause.len());
    own.turned(turned)
}
