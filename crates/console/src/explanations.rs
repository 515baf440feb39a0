//! The page of explanations: what was delivered and how it held: counts, the language model,
//! feedback, the simplified tree, and any delivered reason, found and verified again.

mod delivered;
mod texts;

use std::collections::VecDeque;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::{About, Axis, Bar, Bars, Chart, Unit};
use domain::{FeedbackKind, Language};
use insights::explanations::{Delivered, DeliveredReason, Explanations};
use insights::model_explanation::ModelExplanation;
use language::llm::Breaker;
use language::phrasing::WriterStatus;
use messages::message;
use serde::Deserialize;
use web::extract::Asked;

use crate::format::{grouped, moment};
use crate::frame::{Frame, Page, Unmade};
use crate::operator::Operator;
use crate::respond::page;
use crate::state::Console;
pub(super) use delivered::show as show_delivered;
use presentation::labels::Labels;
use presentation::title;
use texts::Texts;

#[derive(Template)]
#[template(path = "explanations.html")]
struct Shown {
    frame: Frame,
    texts: &'static Texts,
    facts: Vec<(&'static str, String)>,
    kinds: Option<String>,
    languages: Option<String>,
    feedback: Option<String>,
    words: Vec<(&'static str, String)>,
    tree: Tree,
    sought: String,
    found: Vec<Found>,
}

/// The simplified tree, as far as it may be shown.
enum Tree {
    /// Nothing was trained.
    NoModel,
    /// It takes a while, and nobody asked for it yet.
    NotYet,
    /// It is not faithful enough, or could not be made.
    Hidden {
        overlap: Option<String>,
        least: String,
    },
    Shown {
        svg: String,
        text: String,
        overlap: String,
    },
}

/// A delivered reason in a list.
struct Found {
    request_id: String,
    date: String,
    title: String,
    rank: u32,
    lang: &'static str,
    strength: &'static str,
    n_claims: usize,
}

/// The search, and whether the tree is wanted.
#[derive(Deserialize)]
pub(super) struct Sought {
    #[serde(default)]
    q: String,
    #[serde(default)]
    tree: Option<String>,
}

pub(super) async fn show(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Asked(sought): Asked<Sought>,
) -> Response {
    page(&service, operator, Page::Explanations, move |service, operator, mut frame| {
        let (lang, texts) = (operator.lang, Texts::of(operator.lang));
        let delivered = frame.ready(service.live.reports.explanations(service.lookup())?)?;
        let drawn = Drawn { lang, texts, stamp: frame.stamp() };
        let found = find(service, sought.q.trim(), &delivered, &mut frame, lang)?;
        let counts = &delivered.counts;
        Ok(Shown {
            facts: facts(counts, texts),
            kinds: drawn.kinds(counts),
            languages: drawn.languages(counts),
            feedback: drawn.feedback(counts),
            words: service
                .live
                .recommender
                .words_status()
                .map_or_else(Vec::new, |s| words(&s, texts)),
            tree: tree(service, sought.tree.is_some(), &mut frame)?,
            sought: sought.q,
            found,
            texts,
            frame,
        })
    })
    .await
}

/// The reasons of a name; the newest of all where none is given.
fn find(
    service: &Console,
    name: &str,
    delivered: &Delivered,
    frame: &mut Frame,
    lang: Language,
) -> Result<Vec<Found>, Unmade> {
    let of = |reasons: &VecDeque<DeliveredReason>| {
        reasons.iter().map(|one| Found::of(service, one, lang)).collect()
    };
    if name.is_empty() {
        return Ok(of(&delivered.newest));
    }
    let found = frame.ready(service.live.reports.find_reasons(name, service.lookup())?)?;
    Ok(of(&found.reasons))
}

fn percent(n: u64, of: u64) -> String {
    if of == 0 { "–".to_owned() } else { Unit::Percent(1).text(n as f64 / of as f64) }
}

fn facts(counts: &Explanations, texts: &Texts) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        (texts.n_answers, grouped(counts.n_answers)),
        (texts.n_reasons, grouped(counts.n_reasons)),
        (texts.with_reason, percent(counts.n_reasons, counts.n_items)),
        (texts.n_claims, grouped(counts.n_claims)),
        (texts.verified, percent(counts.n_verified, counts.n_claims)),
        (texts.worded, percent(counts.n_worded, counts.n_reasons)),
    ];
    if counts.n_unreadable > 0 {
        facts.push((texts.n_unreadable, grouped(counts.n_unreadable)));
    }
    facts
}

fn words(status: &WriterStatus, texts: &Texts) -> Vec<(&'static str, String)> {
    let breaker = match status.llm.breaker {
        Breaker::Closed => texts.closed,
        Breaker::Open { .. } => texts.open,
        Breaker::Trying => texts.trying,
    };
    let refused: u64 = status.refused.values().sum();
    vec![
        (texts.breaker, breaker.to_owned()),
        (texts.fallback, percent(status.fell_back, status.fell_back + status.accepted)),
        (texts.accepted, status.accepted.to_string()),
        (texts.refused, refused.to_string()),
        (texts.today, format!("{} / {}", status.llm.requests_today, status.llm.daily_requests)),
    ]
}

fn tree(service: &Console, wanted: bool, frame: &mut Frame) -> Result<Tree, Unmade> {
    if service.live.model().is_err() {
        return Ok(Tree::NoModel);
    }
    let known = match (service.live.reports.known_explanation(), wanted) {
        (Some(known), _) => known,
        (None, true) => Arc::clone(
            frame.ready(service.live.reports.model_explanation(service.lookup())?)?.as_ref(),
        ),
        (None, false) => return Ok(Tree::NotYet),
    };
    let (known, lang): (&ModelExplanation, _) = (&known, frame.lang);
    let overlap = known.fidelity.as_ref().map(|f| Unit::Percent(0).text(f.top_10_overlap));
    Ok(match (known.svg(lang), known.tree_text(lang)) {
        (Some(svg), Some(text)) => Tree::Shown { svg, text, overlap: overlap.unwrap_or_default() },
        _ => Tree::Hidden { overlap, least: Unit::Percent(0).text(known.least_overlap) },
    })
}

impl Found {
    fn of(service: &Console, one: &DeliveredReason, lang: Language) -> Self {
        Self {
            request_id: one.request_id.to_string(),
            date: moment(one.at),
            title: title(&service.live, &one.item_id, lang),
            rank: one.rank,
            lang: one.lang.own_name(),
            strength: Labels(lang).strength(one.strength),
            n_claims: one.n_claims,
        }
    }
}

/// Draws in one language.
struct Drawn {
    lang: Language,
    texts: &'static Texts,
    stamp: &'static str,
}

impl Drawn {
    fn kinds(&self, counts: &Explanations) -> Option<String> {
        let kinds = counts.by_kind.iter();
        self.bars(
            (self.texts.kinds, self.texts.kind),
            kinds.map(|(kind, n)| (Labels(self.lang).kind_named(kind).to_owned(), *n)),
        )
    }

    fn languages(&self, counts: &Explanations) -> Option<String> {
        let languages = counts.by_language.iter();
        self.bars(
            (self.texts.languages, self.texts.language),
            languages.map(|(lang, n)| (lang.own_name().to_owned(), *n)),
        )
    }

    fn feedback(&self, counts: &Explanations) -> Option<String> {
        let kinds = FeedbackKind::ALL.iter().filter_map(|k| Some((k, *counts.feedback.get(k)?)));
        self.bars(
            (self.texts.feedback, self.texts.said),
            kinds.map(|(kind, n)| (self.texts.feedback_kind(*kind).to_owned(), n)),
        )
    }

    /// Counts, most first; nothing where there are none.
    fn bars(
        &self,
        (title, names): (&str, &str),
        counts: impl Iterator<Item = (String, u64)>,
    ) -> Option<String> {
        let mut counts: Vec<_> = counts.collect();
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let bar = |(label, n): (String, u64)| Bar {
            label,
            value: Some(n as f64),
            interval: None,
            colour: 0,
        };
        let title =
            message!(self.lang, "console-title-with-stamp", title: title, stamp: self.stamp);
        (!counts.is_empty()).then(|| {
            let chart = Bars {
                about: About::new(title, self.texts.counted, self.lang),
                names: names.to_owned(),
                axis: Axis::new(self.texts.number, Unit::Plain(0)),
                bars: counts.into_iter().map(bar).collect(),
            };
            chart.figure()
        })
    }
}
