//! The server as its callers see it: through the router, over a tiny made-up shop.

#![expect(clippy::unwrap_used, reason = "in tests, also where they share code")]

mod shop;

mod answers;
mod asked;
mod catalogue;
mod events;
mod feedback;
mod feeds;
mod shoppers;
mod webhooks;

mod console;
mod deciding;
mod figures;
mod made_up;
mod widget;
mod window;
mod words;

mod hostile;
mod keys;

mod documents;
mod examples;
mod operation;
mod stopping;
