//! The page of feeds and imports: where files come from, when they were looked at, what each import
//! brought and left out; and the files that wait for a yes.

mod texts;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use feeds::{Feeds, NotPulled, Pulled};
use insights::inventory::{Imported, imports};
use shop::matching::{Matching, Part};
use web::browser::OwnForm;
use web::error::ApiError;
use web::extract::Named;

use crate::format::{encoded, grouped, moment};
use crate::frame::{Frame, Page, Progress};
use crate::operator::Operator;
use crate::respond::{act, page};
use crate::state::Console;
use texts::Texts;

/// Refused rows quoted per import.
const QUOTED: usize = 20;

#[derive(Template)]
#[template(path = "feeds.html")]
struct Feeding {
    frame: Frame,
    texts: &'static Texts,
    feeds: Vec<Feed>,
    running: Option<(String, Progress)>,
    imports: Vec<Import>,
}

/// A feed as it is listed.
struct Feed {
    name: String,
    /// Its name as part of an address.
    path: String,
    source: String,
    every: String,
    looked: String,
    next: String,
    outcome: String,
    /// Why it could not be fetched, in English.
    problem: Option<String>,
    n_failed: u32,
    is_pulled: bool,
    asks: bool,
    /// How many items left it, where it asks what becomes of them.
    asked: Option<String>,
}

/// An import as it is listed.
struct Import {
    date: String,
    source: String,
    rows: String,
    rejected: String,
    n_new: String,
    n_known: String,
    origin: &'static str,
    state: &'static str,
    /// How far events and catalogue speak of the same items.
    matching: Option<Match>,
    /// Items that were not in the files, and what was done with them.
    gone: Option<(String, &'static str)>,
    /// Rows that cleaning dropped and fields left out, each with how often.
    without: Vec<Without>,
    /// How many of the refused rows are quoted.
    n_quoted: usize,
    /// Where and why rows were refused.
    refused: Vec<(String, String)>,
}

/// A kind of row or field that was dropped.
struct Without {
    name: String,
    /// Whether it has no words of the page and is told as the import put it.
    is_english: bool,
    n: String,
}

/// How far events name items of the catalogue.
struct Match {
    events: String,
    ids: String,
    /// Why, and what aligns them, in English.
    guess: Option<(String, String)>,
}

pub(super) async fn show(State(service): State<Arc<Console>>, operator: Operator) -> Response {
    page(&service, operator, Page::Feeds, |service, operator, frame| {
        let texts = Texts::of(operator.lang);
        let running = service.feeds.imports().running().map(|run| {
            let progress = run.progress.unwrap_or_default();
            let progress = Progress { done: progress.bytes, of: Some(progress.of_bytes.max(1)) };
            (run.source, progress)
        });
        let (feeds, listed) = (service.feeds.list()?, imports(service.live.shop())?);
        Ok(Feeding {
            feeds: feeds.into_iter().map(|feed| Feed::of(feed, &listed, texts)).collect(),
            running,
            imports: listed.iter().map(|import| Import::of(import, texts)).collect(),
            texts,
            frame,
        })
    })
    .await
}

/// What a button beside a feed does, and what the page says of it after.
async fn answer(
    service: &Arc<Console>,
    operator: Operator,
    done: &'static str,
    work: impl FnOnce(&Arc<Feeds>) -> Result<(), NotPulled> + Send + 'static,
) -> Response {
    act(service, operator, Page::Feeds, move |service, _| {
        work(&service.feeds).map_err(refused)?;
        Ok(format!("/console/feeds?done={done}"))
    })
    .await
}

pub(super) async fn pull(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Named(name): Named<String>,
    _: OwnForm,
) -> Response {
    answer(&service, operator, "pulling", move |feeds| feeds.pull_in_background(&name)).await
}

pub(super) async fn confirm(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Named(name): Named<String>,
    _: OwnForm,
) -> Response {
    answer(&service, operator, "confirmed", move |feeds| feeds.confirm(&name).map(drop)).await
}

pub(super) async fn dismiss(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Named(name): Named<String>,
    _: OwnForm,
) -> Response {
    answer(&service, operator, "dismissed", move |feeds| feeds.dismiss(&name)).await
}

fn refused(error: NotPulled) -> ApiError {
    match error {
        NotPulled::Shop(error) => error.into(),
        error => ApiError::unreadable(error.to_string()),
    }
}

impl Feed {
    fn of(feed: Pulled, imports: &[Imported], texts: &Texts) -> Self {
        let (known, is_pulled) = (feed.known, feed.config.is_some());
        let never = if is_pulled { texts.never } else { "" };
        let date = |at: Option<_>| at.map_or(never.to_owned(), moment);
        let asking = known.held.as_ref().and_then(|held| {
            let is_it =
                |import: &&Imported| import.run.as_ref().is_some_and(|run| run.id == held.import);
            imports.iter().find(is_it)?.gone.as_ref()
        });
        let outcome = match known.outcome {
            _ if feed.is_looking => texts.looking,
            Some(outcome) => texts.of_outcome(outcome),
            None => "",
        };
        Self {
            path: encoded(&feed.name),
            name: feed.name,
            source: feed.config.as_ref().map_or_else(String::new, |config| config.source.clone()),
            every: feed.config.as_ref().map_or_else(String::new, |config| config.every.clone()),
            looked: date(known.looked),
            next: date(known.next),
            outcome: outcome.to_owned(),
            problem: known.problem,
            n_failed: known.n_failed,
            is_pulled,
            asks: known.held.is_some(),
            asked: asking.map(|gone| part(gone.items)),
        }
    }
}

impl Import {
    fn of(import: &Imported, texts: &Texts) -> Self {
        let without = import.cleaned.iter().chain(&import.read.left_out);
        let refused = import.examples.iter().take(QUOTED);
        Self {
            date: moment(import.at),
            source: import.source.clone(),
            rows: grouped(import.read.rows),
            rejected: grouped(import.read.rejected),
            n_new: grouped(import.n_new),
            n_known: grouped(import.n_known),
            origin: texts.origin_name(import.run.as_ref().map_or("", |run| &run.origin)),
            state: texts.state_name(import.run.as_ref().map_or("", |run| &run.state)),
            matching: import.matching.as_ref().map(Match::of),
            gone: import.gone.as_ref().map(|gone| (part(gone.items), texts.done_with(&gone.done))),
            without: without.map(|(what, n)| Without::of(what, *n, texts)).collect(),
            n_quoted: refused.len(),
            refused: refused.map(|row| (place(&row.source, row.line), row.cause.clone())).collect(),
        }
    }
}

impl Without {
    fn of(what: &str, n: u64, texts: &Texts) -> Self {
        let known = texts.left_out(what);
        let (name, is_english) = (known.unwrap_or(what).to_owned(), known.is_none());
        Self { name, is_english, n: grouped(n) }
    }
}

/// Where a row stands; a file as a whole has no line.
fn place(source: &str, line: u64) -> String {
    if line == 0 { source.to_owned() } else { format!("{source}:{line}") }
}

fn part(part: Part) -> String {
    format!("{} / {} ({:.1} %)", grouped(part.n), grouped(part.of), 100.0 * part.share())
}

impl Match {
    fn of(matching: &Matching) -> Self {
        let guess = matching.guess.as_ref();
        Self {
            events: part(matching.events),
            ids: part(matching.ids),
            guess: guess.map(|guess| (guess.cause.clone(), guess.options.clone())),
        }
    }
}
