//! Corrections of a visitor: corrections to be taken back, tastes to be dropped, more or less of
//! something.

use std::sync::Arc;

use answers::Request;
use axum::extract::State;
use axum::response::Response;
use domain::{
    Concept, Correction, IngestId, ItemId, Language, StoredEvent, Text, Timestamp, Unused,
};
use presentation::title;
use serde::Deserialize;
use serving::corrections::Kept;
use shop::ShopError;
use web::browser::{OwnForm, after};
use web::error::ApiError;
use web::extract::Sent;

use crate::frame::Frame;
use crate::interactions;
use crate::respond::act;
use crate::state::Storefront;
use crate::visitor::Visitor;

/// Corrections shown.
const SHOWN: usize = 50;

/// One thing that was put right.
pub(super) struct Corrected {
    pub(super) id: String,
    pub(super) what: &'static str,
    /// The item that it is about, or what is wanted more or less of.
    pub(super) about: String,
    pub(super) taken_back: bool,
}

/// One taste, with its share of the score of what is shown.
pub(super) struct Taste {
    pub(super) of: &'static str,
    pub(super) value: String,
    pub(super) share: String,
    pub(super) width: String,
}

/// Their corrections, newest first, and how many there are.
pub(super) fn corrections(
    service: &Storefront,
    visitor: &Visitor,
    frame: &Frame,
) -> Result<(Vec<Corrected>, usize), ApiError> {
    let kept = service.live.corrections.of(&visitor.subject)?;
    let (n, events) = (kept.len(), interactions::events(service, visitor)?);
    let shown = kept.into_iter().rev().take(SHOWN).map(|kept| Corrected {
        id: kept.correction_id.to_string(),
        what: frame.texts.corrected(&kept.correction),
        about: about(service, &kept, &events, frame),
        taken_back: kept.taken_back,
    });
    Ok((shown.collect(), n))
}

/// Items named of a correction that is about several.
const NAMED: usize = 3;

/// The subject of a correction: items and names as the catalogue has them, or a day.
fn about(service: &Storefront, kept: &Kept, events: &[StoredEvent], frame: &Frame) -> String {
    let lang = frame.lang;
    let title = |id: &ItemId| title(&service.live, id, lang);
    match &kept.correction {
        Correction::WrongReason { item_id: id, .. }
        | Correction::Gift { item_id: id }
        | Correction::NotInterested { item_id: id }
        | Correction::Cheaper { than: id }
        | Correction::OtherBrand { than: id }
        | Correction::DoNotUse { unused: Unused::Item(id) } => title(id),
        Correction::More { concept } | Correction::Less { concept } => {
            named(service, concept, lang)
        }
        Correction::SetTags { tags } => {
            let names = tags.iter().map(|tag| named(service, &tag.concept, lang));
            few(names.collect(), frame)
        }
        Correction::DoNotUse { unused: Unused::Category(name) } => {
            named(service, &Concept::Category(name.clone()), lang)
        }
        Correction::DoNotUse { unused: Unused::Brand(name) } => {
            named(service, &Concept::Brand(name.clone()), lang)
        }
        Correction::DoNotUse { unused: Unused::Events(ids) } => {
            let meant = events.iter().filter(|event| ids.contains(&event.id));
            let mut titles: Vec<String> = Vec::new();
            for title in meant.map(|event| title(&event.item_id)) {
                if !titles.contains(&title) {
                    titles.push(title);
                }
            }
            few(titles, frame)
        }
        Correction::DoNotUse { unused: Unused::Everything } => {
            Timestamp(i64::try_from(kept.correction_id.made_at_ms()).unwrap_or(i64::MAX)).date()
        }
        Correction::StopProfiling => String::new(),
    }
}

/// The first of several names, and how many more there are.
fn few(names: Vec<String>, frame: &Frame) -> String {
    let more = names.len().saturating_sub(NAMED);
    let mut list = names.into_iter().take(NAMED).collect::<Vec<_>>().join(frame.texts.comma);
    if more > 0 {
        list += &format!(" +{more}");
    }
    list
}

/// Tastes shown.
const TASTES: usize = 8;

/// Their tastes as the profile has them, the weightiest first; none before the first training.
pub(super) fn tastes(service: &Storefront, visitor: &Visitor) -> Result<Vec<Taste>, ApiError> {
    let profile = match service.live.profiles.profile(&visitor.subject) {
        Err(ShopError::NoModel) => return Ok(Vec::new()),
        found => found?,
    };
    let shown = profile.tastes.into_iter().take(TASTES).map(|taste| Taste {
        of: kind_of(&taste.concept),
        value: named(service, &taste.concept, visitor.lang),
        share: percent(taste.weight * 100.0),
        width: format!("{:.1}", (taste.weight * 100.0).clamp(0.0, 100.0)),
    });
    Ok(shown.collect())
}

fn percent(of_hundred: f64) -> String {
    if of_hundred < 1.0 { "<1%".to_owned() } else { format!("{of_hundred:.0}%") }
}

/// A brand or category in a language; a word as it was said.
fn named(service: &Storefront, concept: &Concept, lang: Language) -> String {
    let counts = service.live.counts();
    let is_it = |text: &&Text| text.versions().any(|version| version == concept.value());
    let found = counts.entries().find_map(|entry| match concept {
        Concept::Category(_) => entry.item.all_categories().find(is_it),
        Concept::Brand(_) => Some(&entry.item.brand).filter(is_it),
        Concept::Word(_) => None,
    });
    found.map_or(concept.value(), |text| text.in_language(lang)).to_owned()
}

fn kind_of(concept: &Concept) -> &'static str {
    match concept {
        Concept::Category(_) => "category",
        Concept::Brand(_) => "brand",
        Concept::Word(_) => "word",
    }
}

/// Which correction, and where to go back to.
#[derive(Deserialize)]
pub(super) struct Undo {
    correction: IngestId,
    #[serde(default)]
    back: String,
}

pub(super) async fn undo(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(undo): Sent<Undo>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let list = Request::default();
        service.live.corrections.take_back(&visitor.subject, undo.correction, &list)?;
        Ok(after(&undo.back, "undone"))
    })
    .await
}

/// A taste that is not one, more or less of something, or everything anew.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub(super) enum Wish {
    /// Not used any more.
    Drop { of: String, value: String },
    /// More of it.
    More { value: String },
    /// Less of it.
    Less { value: String },
    /// One thing that was done is not used any more.
    Unuse { event: IngestId },
    /// Interactions with this item were for somebody else.
    Gift { item: ItemId },
    /// Nothing so far is used.
    Anew,
}

pub(super) async fn wish(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(wish): Sent<Wish>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let correction = match wish {
            Wish::Drop { of, value } => {
                let tastes = service.live.profiles.profile(&visitor.subject)?.tastes;
                let is_meant = |concept: &Concept| {
                    kind_of(concept) == of && named(service, concept, visitor.lang) == value
                };
                let meant = tastes.into_iter().find(|taste| is_meant(&taste.concept));
                let none = || ApiError::unreadable("value: that is not one of your tastes");
                meant.ok_or_else(none)?.remove
            }
            Wish::More { value } => Correction::More { concept: concept(service, value) },
            Wish::Less { value } => Correction::Less { concept: concept(service, value) },
            Wish::Unuse { event } => Correction::DoNotUse { unused: Unused::Events(vec![event]) },
            Wish::Gift { item } => Correction::Gift { item_id: item },
            Wish::Anew => Correction::DoNotUse { unused: Unused::Everything },
        };
        let made =
            service.live.corrections.correct(&visitor.subject, correction, &Request::default())?;
        Ok(format!("{}&made={}", after("/me", "corrected"), made.correction_id))
    })
    .await
}

/// A brand or a category where the catalogue has one of that name, else a word.
fn concept(service: &Storefront, value: String) -> Concept {
    let counts = service.live.counts();
    let held = |concept: &Concept| counts.offered().any(|entry| concept.holds_of(&entry.item));
    let (brand, category) = (Concept::Brand(value.clone()), Concept::Category(value.clone()));
    [brand, category].into_iter().find(held).unwrap_or(Concept::Word(value))
}
