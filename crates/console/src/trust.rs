//! The page of trust: what people answer, what they do, and what can be checked without asking
//! anybody; beside each other, never mixed into one number.

mod audited;
mod own_words;
mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::{Axis, Bar, Bars, Chart, Unit};
use domain::Statistic;
use experimentation::trust::{Behaviour, Beside, Construct, Questionnaired, Scores, Share};
use serde::Deserialize;
use web::extract::Asked;

use crate::frame::{Frame, Page};
use crate::operator::Operator;
use crate::overview::trust_figure;
use crate::respond::page;
use crate::state::Console;
use audited::Audited;
use own_words::{Fields, Words};
use texts::Texts;

#[derive(Template)]
#[template(path = "trust.html")]
struct Trust {
    frame: Frame,
    texts: &'static Texts,
    min_group: usize,
    facts: Vec<(&'static str, String)>,
    scores: Option<String>,
    beside: Option<String>,
    by_variant: Option<String>,
    by_month: Option<String>,
    scales: Vec<Scale>,
    words: Words,
    behaviour: Vec<Done>,
    planted: Planted,
    audited: Option<Audited>,
}

/// How consistently a dimension was answered.
struct Scale {
    name: String,
    n: u64,
    alpha: String,
    omega: String,
}

/// Something that people did.
struct Done {
    what: &'static str,
    share: String,
    interval: String,
    of: String,
}

/// Planted errors.
enum Planted {
    /// None is ever planted.
    Off,
    /// None was seen yet.
    NoneYet,
    Seen {
        accepted: String,
        n: u64,
        d_prime: String,
    },
}

/// Whether the checks are wanted, which take as long as an audit, and which words.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    audit: Option<String>,
    #[serde(flatten)]
    words: Fields,
}

pub(super) async fn show(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    page(&service, operator, Page::Trust, move |service, operator, mut frame| {
        let texts = Texts::of(operator.lang);
        let (live, lookup) = (&service.live, service.lookup());
        let known = frame.ready(live.reports.answered_and_done(lookup)?)?;
        let (answered, done) = known.as_ref();
        let audits = match wanted.audit {
            Some(_) => Some(frame.ready(live.reports.audits_of_trust(lookup)?)?),
            None => None,
        };
        let sought = wanted.words.sought();
        let words =
            Words::of(experimentation::trust::own_words(live.shop(), &sought)?, sought, texts);
        let min_group = service.live.config().surveys.min_group;
        Ok(Trust {
            min_group,
            facts: facts(answered, done, texts),
            scores: trust_figure(&frame, &answered.scores),
            beside: beside(answered, &frame),
            by_variant: overall_by((texts.by_variant, texts.variant), &answered.by_variant, &frame),
            by_month: overall_by((texts.by_month, texts.month), &answered.by_month, &frame),
            scales: scales(answered, texts),
            words,
            behaviour: behaviour(done, texts),
            planted: planted(service, done),
            audited: audits.map(|audits| Audited::of(&audits, texts)),
            texts,
            frame,
        })
    })
    .await
}

fn facts(
    answered: &Questionnaired,
    done: &Behaviour,
    texts: &Texts,
) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        (texts.asked, answered.n_asked.to_string()),
        (texts.answered, answered.n_answered.to_string()),
        (texts.unread, answered.n_unread.to_string()),
        (texts.version, answered.version.clone()),
    ];
    if answered.n_unreadable > 0 {
        facts.push((texts.unreadable, answered.n_unreadable.to_string()));
    }
    if done.n_unreadable > 0 {
        facts.push((texts.unreadable_answers, done.n_unreadable.to_string()));
    }
    facts
}

/// Overall scores of groups that are large enough to be shown.
fn overall_by(
    (title, names): (&str, &str),
    groups: &BTreeMap<String, Statistic<Scores>>,
    frame: &Frame,
) -> Option<String> {
    let texts = Texts::of(frame.lang);
    let bar = |(name, scores): (&String, &Statistic<Scores>)| {
        let overall = scores.known()?.overall.known()?;
        Some(Bar {
            label: name.clone(),
            value: Some(overall.estimate),
            interval: overall.ci.known().copied(),
            colour: 0,
        })
    };
    let bars: Vec<Bar> = groups.iter().filter_map(bar).collect();
    (!bars.is_empty()).then(|| {
        let chart = Bars {
            about: frame.about(title, texts.overall_about),
            names: names.to_owned(),
            axis: Axis::new(texts.score, Unit::Plain(1)).between(0.0, 100.0),
            bars,
        };
        chart.figure()
    })
}

/// Answers beside the score; nothing where too few people answered any of it.
fn beside(answered: &Questionnaired, frame: &Frame) -> Option<String> {
    let texts = Texts::of(frame.lang);
    let bar = |(construct, beside): (&Construct, &Statistic<Beside>)| {
        let known = beside.known()?;
        Some(Bar {
            label: texts.construct(*construct).to_owned(),
            value: Some(known.mean),
            interval: Some(known.ci),
            colour: 0,
        })
    };
    let bars: Vec<Bar> = answered.beside.iter().filter_map(bar).collect();
    (!bars.is_empty()).then(|| {
        let chart = Bars {
            about: frame.about(texts.beside, texts.beside_about),
            names: texts.construct_name.to_owned(),
            axis: Axis::new(texts.mean_answer, Unit::Plain(2)).between(1.0, 7.0),
            bars,
        };
        chart.figure()
    })
}

fn scales(answered: &Questionnaired, texts: &Texts) -> Vec<Scale> {
    let scales = answered.scales.known().map_or(&[][..], |analysis| &analysis.scales);
    let scale = |scale: &experimentation::trust::Scale| {
        let written = |of: &Statistic<experimentation::trust::ScaleReliability>| {
            let Some(known) = of.known() else { return "–".to_owned() };
            let ci = known.ci.known().map(|ci| format!(" ({})", interval(*ci, Unit::Plain(3))));
            format!("{}{}", Unit::Plain(3).text(known.estimate), ci.unwrap_or_default())
        };
        Scale {
            name: texts.dimension(&scale.name).to_owned(),
            n: scale.n,
            alpha: written(&scale.alpha),
            omega: written(&scale.omega),
        }
    };
    scales.iter().map(scale).collect()
}

fn interval([from, to]: [f64; 2], unit: Unit) -> String {
    format!("{} – {}", unit.text(from), unit.text(to))
}

fn behaviour(done: &Behaviour, texts: &'static Texts) -> Vec<Done> {
    let written = |(what, share): (&'static str, &Statistic<Share>)| {
        let percent = Unit::Percent(1);
        let known = share.known();
        Done {
            what,
            share: known.map_or("–".to_owned(), |share| percent.text(share.share)),
            interval: known.map_or("–".to_owned(), |share| interval(share.ci, percent)),
            of: known.map_or("–".to_owned(), |share| format!("{} / {}", share.n_did, share.n)),
        }
    };
    let all = [
        (texts.follow_through, &done.follow_through),
        (texts.opened, &done.opened),
        (texts.helpful, &done.helpful),
        (texts.corrections, &done.corrections),
        (texts.asked_back, &done.asked_back),
        (texts.dismissed, &done.dismissed),
        (texts.returned, &done.returned),
        (texts.opted_out, &done.opted_out),
    ];
    all.map(written).into()
}

fn planted(service: &Console, done: &Behaviour) -> Planted {
    if done.planted.n_wrong == 0 {
        let is_off = service.live.config().seeded_errors.traffic.is_empty();
        return if is_off { Planted::Off } else { Planted::NoneYet };
    }
    let written = |rate: &Share| {
        let percent = Unit::Percent(1);
        format!("{} ({})", percent.text(rate.share), interval(rate.ci, percent))
    };
    Planted::Seen {
        accepted: done.errors_accepted.known().map_or("–".to_owned(), written),
        n: done.planted.n_wrong,
        d_prime: done
            .detection
            .known()
            .map_or("–".to_owned(), |detection| Unit::Plain(2).text(detection.d_prime)),
    }
}
