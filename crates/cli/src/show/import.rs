//! An import's report: what was read, cleaned, normalised, loaded.

use std::fmt::Write as _;
use std::path::Path;

use ingest::ImportReport;
use ingest::import::{Columns, Detected, Done, Gone, Summary};
use ingest::prepare::PrepareReport;
use ingest::prepare::clean::Rule;
use ingest::prepare::normalise::Change;
use shop::matching::Part;

/// Most columns of a file that a report names.
const MOST_COLUMNS: usize = 20;

pub(crate) fn text(report: &ImportReport) -> String {
    let (mut out, loaded) = (prepared(&report.prepared), &report.loaded);
    for (what, n) in [
        ("events", loaded.events),
        ("reviews", loaded.reviews),
        ("item versions", loaded.items),
        ("visitors identified", loaded.joins),
    ] {
        let _ = writeln!(out, "load       {what}: {} new, {} known already", n.fresh, n.known);
    }
    let seconds = loaded.elapsed.as_secs_f64();
    let _ = writeln!(out, "           {:.0} rows/s in {seconds:.1} s", loaded.rows_per_second());
    if report.erased > 0 {
        let _ = writeln!(
            out,
            "           left out: {} rows of people who were erased, from before that; `candor erase --match FILE` tells which names of the source to remove",
            report.erased
        );
    }
    if let Some(gone) = &report.gone {
        out.push_str(&left(gone));
    }
    if let Some(matching) = &report.matching {
        out.push_str(&super::matching::text(matching));
    }
    for reject in &report.prepared.read.rejects {
        let _ = writeln!(out, "rejected   {reject}");
    }
    out
}

/// What became of known items that are not in the files.
fn left(gone: &Gone) -> String {
    let Part { n, of } = gone.items;
    let ids: Vec<&str> = gone.examples.iter().map(domain::ItemId::as_str).collect();
    let what = match gone.done {
        Done::Retired => "retired: marked as deleted, with their history kept",
        Done::HeldBack => {
            "held back: not recommended until a feed has them again. If the file lists everything \
             that is sold, --complete retires them; if it does not, --partial leaves them alone"
        }
        Done::Asked => "still recommended; somebody is to say whether they are retired",
        Done::Kept => {
            "still recommended. If the file lists everything that is sold, import it with \
             --complete to retire them"
        }
    };
    let ids = ids.join(", ");
    format!("feed       {n} known items (of {of}) are not in this file, e.g. {ids}: {what}\n")
}

/// The format of a file and the records that would be read from it.
pub(crate) fn detected(path: &Path, found: &Detected) -> String {
    let (format, because) = (found.format, found.because);
    let mut out = format!("{}  {format}, known by {because}\n", path.display());
    for column in &found.explained.columns {
        let becomes = column.field.unwrap_or("not read; --map FIELD=COLUMN reads it");
        let _ = writeln!(out, "column     {}: {becomes}", column.name);
    }
    for (field, writing) in &found.explained.writing {
        let _ = writeln!(out, "writing    {field} has {writing}");
    }
    out.push_str(&prepared(&found.prepared));
    let passed = &found.prepared.passed;
    let kinds: Vec<String> =
        passed.events_by_kind.iter().map(|(kind, n)| format!("{} {n}", kind.name())).collect();
    let _ = writeln!(
        out,
        "would load {} events ({}), {} reviews, {} items, {} identified visitors; nothing was written",
        passed.events,
        kinds.join(", "),
        passed.reviews,
        passed.items,
        passed.identities
    );
    for reject in &found.prepared.read.rejects {
        let _ = writeln!(out, "rejected   {reject}");
    }
    out
}

fn prepared(prepared: &PrepareReport) -> String {
    let mut out = String::new();
    let read = &prepared.read;
    let _ = writeln!(
        out,
        "read       {} rows: {} accepted, {} rejected",
        read.rows, read.accepted, read.rejected
    );
    for failure in &read.failed {
        let _ = writeln!(out, "           NOT READ WHOLE: {failure}");
    }
    for (file, encoding) in &read.encodings {
        let _ = writeln!(out, "           {file} is {encoding}");
    }
    for (what, n) in &read.left_out {
        let _ = writeln!(out, "           left out: {what} ({n}{})", first(read, what));
    }
    for (file, columns) in &read.columns {
        out.push_str(&self::columns(file, columns));
    }
    out.push_str("clean\n");
    for (rule, n) in prepared.by_rule.iter().filter(|(_, n)| n.matched > 0) {
        let _ = writeln!(
            out,
            "           {}: {} rows met it, {} dropped{}",
            rule.name(),
            n.matched,
            n.dropped,
            dropped(prepared, *rule)
        );
    }
    out.push_str("normalise\n");
    for (change, n) in prepared.by_normalisation.iter().filter(|(_, n)| **n > 0) {
        let _ = writeln!(out, "           {}: {n} texts", words(*change));
    }
    if prepared.n_brands_respelled > 0 {
        let _ =
            writeln!(out, "           brand spellings unified: {}", prepared.n_brands_respelled);
    }
    out.push_str("augment\n");
    let _ = writeln!(out, "           price bands in {} categories", prepared.price_bands.len());
    for (daypart, n) in &prepared.dayparts.known {
        let _ = writeln!(out, "           events by {daypart:?}: {n}");
    }
    if prepared.dayparts.without_clock > 0 {
        let _ =
            writeln!(out, "           events without a clock: {}", prepared.dayparts.without_clock);
    }
    out
}

/// The first rows that a rule dropped: ` (line 7: POST; line 9: M)`.
fn dropped(prepared: &PrepareReport, rule: Rule) -> String {
    let Some(rows) = prepared.dropped.get(&rule) else { return String::new() };
    let told = rows.iter().map(|row| match row.line {
        0 => row.item_id.to_string(),
        line => format!("line {line}: {}", row.item_id),
    });
    format!(" ({})", told.collect::<Vec<_>>().join("; "))
}

/// The columns of a table that are not read, and what it leaves as it is.
fn columns(file: &str, columns: &Columns) -> String {
    let mut out = String::new();
    if !columns.unread.is_empty() {
        let n_more = columns.unread.len().saturating_sub(MOST_COLUMNS);
        let more = if n_more > 0 { format!(" and {n_more} more") } else { String::new() };
        let names: Vec<&str> =
            columns.unread.iter().take(MOST_COLUMNS).map(String::as_str).collect();
        let _ = writeln!(
            out,
            "           columns of {file} that are not read: {}{more}; --map FIELD=COLUMN reads one",
            names.join(", ")
        );
    }
    if !columns.only.is_empty() {
        let _ = writeln!(
            out,
            "           {file} has no columns for other facts of items than {}: what the shop knows of them stays",
            columns.only.join(", ")
        );
    }
    out
}

/// Where something was left out: `, at orders.csv:17: "1.299"; line 20: "1.399"`.
fn first(read: &Summary, what: &str) -> String {
    let Some(place) = read.first_left_out.get(what) else { return String::new() };
    let got = if place.got.is_empty() { String::new() } else { format!(": {:?}", place.got) };
    let mut out = format!(", first at {}:{}{got}", place.source, place.line);
    for spot in &place.next {
        let _ = write!(out, "; line {}", spot.line);
        if !spot.got.is_empty() && spot.got != place.got {
            let _ = write!(out, ": {:?}", spot.got);
        }
    }
    out
}

fn words(change: Change) -> &'static str {
    match change {
        Change::EntitiesDecoded => "HTML entities decoded",
        Change::TagsStripped => "tags stripped",
        Change::ControlsRemoved => "control characters removed",
        Change::Composed => "characters composed (NFC)",
        Change::SpaceCollapsed => "white space collapsed",
        Change::BrandRespelled => "brand respelled",
    }
}
