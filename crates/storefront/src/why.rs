//! Why one item was recommended: the whole proof in plain words, and the visitor's word on it.

use std::sync::Arc;

use answers::Answer;
use askama::Template;
use axum::{extract::State, response::Response};
use domain::{Correction, FeedbackKind, HistoryRef, ItemId, ReasonId, RequestId, Unused};
use presentation::attribution::{AttributionView, events_of};
use presentation::card::{Card, Instead, Why};
use serde::Deserialize;
use shop::ShopError;
use web::browser::{OwnForm, after};
use web::error::ApiError;
use web::extract::{Named, Sent};
use web::now;

use crate::frame::Frame;
use crate::respond::{act, page};
use crate::state::Storefront;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "why.html")]
struct Page {
    frame: Frame,
    card: Card,
    why: Why,
    attribution: Option<AttributionView>,
    /// The item that would be shown in its place without some of the history.
    instead: Option<Instead>,
    /// Whether it would be shown whichever of the items named were left out.
    stays_whatever: bool,
    request_id: String,
    model_version: String,
}

pub(super) async fn show(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    Named(reason): Named<ReasonId>,
) -> Response {
    page(&service, visitor, move |service, visitor, frame| {
        let answer = answer_of(service, &reason)?;
        let unknown = || ApiError::from(ShopError::NoReason(reason.clone()));
        let is_meant = |found: &claims::Reason| found.reason_id == reason;
        let item = answer.items.iter().find(|item| item.reasons.iter().any(is_meant));
        let item = item.ok_or_else(unknown)?;
        let card = Card::of(&service.live, item, visitor.lang);
        let attribution = serving::attribution::score_attribution(
            service.live.in_service(),
            &answer.request_id,
            &item.item_id,
        )?;
        let attribution = attribution
            .map(|attribution| AttributionView::of(&service.live, attribution, visitor.lang));
        if visitor.looks {
            let said = service.live.feedback.judge(
                &reason,
                FeedbackKind::Opened,
                Some(&visitor.subject),
                now(),
            );
            match said {
                // Somebody else's reason may be read on this machine, but not spoken of.
                Ok(_) | Err(ShopError::NotTheirs(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Page {
            why: card.why.clone().ok_or_else(unknown)?,
            instead: attribution
                .as_ref()
                .and_then(|a| a.instead.clone())
                .or(card.why.as_ref().and_then(|why| why.instead.clone())),
            stays_whatever: attribution.as_ref().is_some_and(AttributionView::stays_whatever),
            attribution,
            card,
            request_id: answer.request_id.to_string(),
            model_version: answer.model_version.to_string(),
            frame,
        })
    })
    .await
}

fn answer_of(service: &Storefront, reason: &ReasonId) -> Result<Answer, ApiError> {
    let unknown = || ApiError::from(ShopError::NoReason(reason.clone()));
    let (request, _) = reason.as_str().rsplit_once('.').ok_or_else(unknown)?;
    let request = RequestId::new(request).map_err(|_| unknown())?;
    Ok(serving::delivered(service.live.in_service(), &request)?)
}

/// Feedback of the visitor on a reason.
#[derive(Deserialize)]
pub(super) struct Word {
    say: FeedbackKind,
    /// The item of the history that it is said of; all that the reason rests on where missing.
    #[serde(default)]
    of: Option<ItemId>,
}

pub(super) async fn say(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    _: OwnForm,
    Named(reason): Named<ReasonId>,
    Sent(word): Sent<Word>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        // Only words are said here: what came into view is not for a form to tell.
        if !OFFERED.contains(&word.say) {
            return Err(ApiError::unreadable("say: that is not said with a button"));
        }
        let correction = correction(service, &reason, &word)?;
        // Where a correction does what is asked, the word only counts, so that taking the correction
        // back restores everything. Both refuse whoever speaks of another's reason.
        let (subject, live) = (Some(&visitor.subject), &service.live);
        let taken = match correction {
            Some(_) => live.feedback.count_judged(&reason, word.say, subject, now())?,
            None => live.feedback.judge(&reason, word.say, subject, now())?,
        };
        service.metrics.collected("feedback", taken.accepted);
        let Some(correction) = correction else {
            return Ok(after(&format!("/why/{reason}"), nothing_came_of(word.say)));
        };
        let list = answers::Request { k: crate::home::SHOWN, ..answers::Request::default() };
        let made = service.live.corrections.correct(&visitor.subject, correction, &list)?;
        let done = if made.before == made.after { "left_out" } else { word.say.name() };
        Ok(format!("{}&made={}", after("/", done), made.correction_id))
    })
    .await
}

/// The notice after feedback that corrects nothing.
fn nothing_came_of(said: FeedbackKind) -> &'static str {
    match said {
        FeedbackKind::Wrong => "wrong_alone",
        FeedbackKind::DontUse => "dont_use_alone",
        other => other.name(),
    }
}

/// Kinds of feedback that buttons give.
const OFFERED: [FeedbackKind; 4] =
    [FeedbackKind::Helpful, FeedbackKind::Unclear, FeedbackKind::Wrong, FeedbackKind::DontUse];

/// The correction that a word on a reason amounts to; none where its claims rest on no history.
fn correction(
    service: &Storefront,
    reason: &ReasonId,
    word: &Word,
) -> Result<Option<Correction>, ApiError> {
    let answer = answer_of(service, reason)?;
    let mut reasons =
        answer.items.iter().flat_map(|item| item.reasons.iter().map(move |r| (&item.item_id, r)));
    let Some((item, found)) = reasons.find(|(_, found)| found.reason_id == *reason) else {
        return Err(ShopError::NoReason(reason.clone()).into());
    };
    if let (FeedbackKind::DontUse, Some(past)) = (word.say, &word.of) {
        let attribution = serving::attribution::score_attribution(
            service.live.in_service(),
            &answer.request_id,
            item,
        )?;
        let events =
            attribution.map(|attribution| events_of(&attribution, past)).unwrap_or_default();
        let unused = Unused::Events(events.clone());
        return Ok((!events.is_empty()).then_some(Correction::DoNotUse { unused }));
    }
    let mut evidence: Vec<HistoryRef> = Vec::new();
    for past in found.claims.iter().flat_map(|claim| &claim.evidence) {
        if !evidence.contains(past) {
            evidence.push(past.clone());
        }
    }
    let events: Vec<_> = evidence.iter().filter_map(|past| past.event_id).collect();
    if events.is_empty() {
        return Ok(None);
    }
    Ok(match (word.say, found.claims.first()) {
        (FeedbackKind::DontUse, _) => Some(Correction::DoNotUse { unused: Unused::Events(events) }),
        (FeedbackKind::Wrong, Some(claim)) => Some(Correction::WrongReason {
            item_id: claim.item_id.clone(),
            kind: claim.facts.kind().name().to_owned(),
            evidence,
        }),
        _ => None,
    })
}
