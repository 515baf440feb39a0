//! Each format as its caller sees it, on small files written by hand.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod amazon;
mod candor;
mod catalogues;
mod detect;
mod files;
mod ga4;
mod laws;
mod lists;
mod locales;
mod logs;
mod merchant;
mod order_lists;
mod recbole;
mod segment;
mod sequences;
mod shopify;
mod table;
mod wrappings;
mod written;

use std::ops::ControlFlow;

use formats::{Error, EventRecord, Format, Input, Options, Output, Record, Reject, Summary};

/// Everything one file gave.
#[derive(Debug, Default)]
struct Given {
    events: Vec<EventRecord>,
    reviews: Vec<domain::Review>,
    items: Vec<domain::Item>,
    /// What the file says of its items, where it does not list them whole.
    says: Option<domain::Says>,
    mentions: Vec<domain::Item>,
    identities: Vec<(String, String)>,
    rejects: Vec<Reject>,
    summary: Summary,
    error: Option<Error>,
}

impl Given {
    fn only_cause(&self) -> &str {
        assert_eq!(self.rejects.len(), 1, "{:?}", self.rejects);
        &self.rejects[0].cause
    }

    /// What was left out and why, a line each.
    fn left_out(&self) -> String {
        self.summary.left_out.keys().cloned().collect::<Vec<_>>().join("\n")
    }

    fn keys(&self) -> Vec<&str> {
        self.events.iter().map(|e| e.source_key.as_str()).collect()
    }
}

fn given(format: Format, options: &Options, bytes: &[u8]) -> Given {
    let mut given = Given::default();
    let mut visit = |outcome: Result<Record, Reject>| {
        match outcome {
            Ok(Record::Event(event)) => given.events.push(event),
            Ok(Record::Review(review)) => given.reviews.push(review),
            Ok(Record::Item(item)) => given.items.push(item),
            Ok(Record::Part(part)) => {
                given.says = Some(part.says);
                given.items.push(part.item);
            }
            Ok(Record::Mention(item)) => given.mentions.push(item),
            Ok(Record::Identity { visitor, person }) => {
                given.identities.push((visitor.to_string(), person.to_string()));
            }
            Err(reject) => given.rejects.push(reject),
        }
        ControlFlow::Continue(())
    };
    let mut output = Output::new(format, &mut visit);
    let input = Input::new("file", bytes);
    let outcome = input.and_then(|input| formats::parse(format, options, input, &mut output));
    let summary = output.into_summary();
    given.summary = summary;
    given.error = outcome.err();
    given
}
