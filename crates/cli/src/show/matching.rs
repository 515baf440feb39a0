//! Whether events and catalogue speak of the same items, and what to do where they do not.

use std::fmt::Write as _;

use shop::matching::{Guess, Matching, Part, Unlisted, Which};

/// Below this share of events somebody has to do something.
const ALARMING: f64 = 0.9;

/// The lines of a report; none where everything matches.
pub(crate) fn text(matching: &Matching) -> String {
    let Matching { events, ids, examples, guess } = matching;
    let mut out = String::new();
    let alarm = if events.share() < ALARMING { "WARNING: " } else { "" };
    let _ = writeln!(
        out,
        "match      {alarm}{} events of the shop name an item of the catalogue, with {} distinct ids",
        part(*events),
        part(*ids),
    );
    if examples.is_empty() {
        return out;
    }
    let examples: Vec<String> = examples.iter().map(example).collect();
    let _ = writeln!(
        out,
        "           not in the catalogue: {}; `candor unlisted` lists all. They teach, but are not recommended",
        examples.join(", ")
    );
    match guess {
        Some(guess) => out.push_str(&cause(guess)),
        None if events.share() < ALARMING => out.push_str(
            "           no common cause was found; import the catalogue that has them, or map ids with --id-map FILE\n",
        ),
        None => {}
    }
    out
}

fn cause(guess: &Guess) -> String {
    let (event, item) = &guess.example;
    let (n, of) = guess.explains;
    let (what, more) = match guess.import_again {
        Which::Events => ("events", ""),
        Which::Catalogue => ("catalogue", " --complete"),
    };
    format!(
        "           likely cause: {}: {event} of an event is {item} of the catalogue ({n} of {of} ids)\n           \
         import the {what} again with {}{more}\n",
        guess.cause, guess.options
    )
}

fn part(part: Part) -> String {
    format!("{} of {} ({:.1} %)", part.n, part.of, 100.0 * part.share())
}

fn example(unlisted: &Unlisted) -> String {
    format!("{} ({} events)", unlisted.item_id, unlisted.n_events)
}
