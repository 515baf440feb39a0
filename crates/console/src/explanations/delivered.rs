//! One delivered list: what it said, and on demand what each claim's checker says now.

use std::{collections::BTreeMap, sync::Arc};

use answers::AnsweredItem;
use askama::Template;
use audit::Rechecked;
use axum::{extract::State, response::Response};
use claims::Verdict;
use domain::{ClaimId, IngestId, Language, RequestId, Timestamp};
use presentation::card::{Bar, Card, Goods};
use presentation::facts;
use presentation::labels::Labels;
use serde::Deserialize;
use web::error::ApiError;
use web::extract::{Asked, Named};

use super::texts::Texts;
use crate::format::moment;
use crate::frame::{Frame, Page};
use crate::operator::Operator;
use crate::respond::page;
use crate::state::Console;

#[derive(Template)]
#[template(path = "delivered.html")]
struct Delivered {
    frame: Frame,
    texts: &'static Texts,
    request_id: String,
    model_version: String,
    variant: String,
    as_of: String,
    items: Vec<Item>,
    checked: Option<Checked>,
}

/// The audit of the whole list.
struct Checked {
    is_clean: bool,
    after_erasure: bool,
    /// The problem in the audit's words.
    problems: Vec<String>,
}

/// One item of the list.
struct Item {
    rank: u32,
    goods: Goods,
    /// Each with its language, which need not be the page's.
    sentences: Vec<(String, &'static str)>,
    bars: Vec<Bar>,
    claims: Vec<ClaimRow>,
}

/// One claim: what was found then, and now.
struct ClaimRow {
    label: &'static str,
    detail: String,
    then: Found,
    now: Option<Found>,
}

/// A verdict in words.
struct Found {
    word: &'static str,
    is_good: bool,
}

impl Found {
    fn of(verdict: Verdict, lang: Language) -> Self {
        Self { word: Labels(lang).verdict(verdict), is_good: verdict == Verdict::Verified }
    }
}

/// Whether to verify.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    verify: Option<String>,
}

pub(crate) async fn show(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Named(request_id): Named<String>,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    page(&service, operator, Page::Explanations, move |service, operator, frame| {
        let lang = operator.lang;
        let id = RequestId::new(request_id).map_err(|error| ApiError::bad_name(&error))?;
        let answer = serving::delivered(service.live.in_service(), &id)?;
        let checked =
            wanted.verify.map(|_| audit::recheck(service.live.shop(), &id)).transpose()?;
        let now: BTreeMap<&ClaimId, Verdict> =
            checked.iter().flat_map(|c| &c.claims).map(|c| (&c.claim_id, c.verdict)).collect();
        let item = |item: &AnsweredItem| item_of(service, item, &now, lang);
        Ok(Delivered {
            texts: Texts::of(lang),
            request_id: answer.request_id.to_string(),
            model_version: answer.model_version.to_string(),
            variant: answer.variant,
            as_of: moment(taken_in(answer.as_of.0)),
            items: answer.items.iter().map(item).collect(),
            checked: checked.as_ref().map(Checked::of),
            frame,
        })
    })
    .await
}

/// When the newest of what an answer could count was taken in.
fn taken_in(newest: IngestId) -> Timestamp {
    Timestamp(i64::try_from(newest.made_at_ms()).unwrap_or(0))
}

fn item_of(
    service: &Console,
    item: &AnsweredItem,
    now: &BTreeMap<&ClaimId, Verdict>,
    lang: Language,
) -> Item {
    let reasons = || item.reasons.iter();
    let claim = |claim: &claims::Claim| {
        let fact = facts::of(&service.live, claim, lang);
        ClaimRow {
            label: fact.label,
            detail: fact.detail,
            then: Found::of(claim.verdict, lang),
            now: now.get(&claim.claim_id).map(|verdict| Found::of(*verdict, lang)),
        }
    };
    Item {
        rank: item.rank,
        goods: Goods::of(&service.live, &item.item_id, lang),
        bars: Card::of(&service.live, item, lang).bars,
        sentences: reasons()
            .flat_map(|reason| reason.sentences.iter().map(|s| (s.text.clone(), reason.lang.tag())))
            .collect(),
        claims: reasons().flat_map(|reason| &reason.claims).map(claim).collect(),
    }
}

impl Checked {
    fn of(checked: &Rechecked) -> Self {
        let report = &checked.report;
        Self {
            is_clean: report.is_clean(),
            after_erasure: report.n_after_erasure > 0,
            problems: report.findings.iter().map(|found| found.problem.to_string()).collect(),
        }
    }
}
