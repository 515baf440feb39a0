//! The part of a page that every page of the storefront has around its own.

use domain::{IngestId, Language};
use web::error::ApiError;

use crate::interactions;
use crate::shelves::Department;
use crate::state::Storefront;
use crate::texts::Texts;
use crate::visitor::Visitor;

/// Departments in the head of a page.
const IN_HEAD: usize = 10;

/// The content of the frame.
pub(super) struct Frame {
    pub(super) texts: &'static Texts,
    pub(super) lang: Language,
    pub(super) shop: String,
    pub(super) simulated: bool,
    /// The visitor's name on the page.
    pub(super) name: String,
    pub(super) choices: Vec<Choice>,
    /// The id that was typed; empty where somebody was chosen.
    pub(super) typed: String,
    pub(super) departments: Vec<Department>,
    pub(super) n_cart: usize,
    pub(super) here: String,
    pub(super) notice: Option<&'static str>,
    /// The correction that was just made, to take it back.
    pub(super) undo: Option<IngestId>,
}

/// A shopper that one may be.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) selected: bool,
}

impl Frame {
    pub(super) fn of(service: &Storefront, visitor: &Visitor) -> Result<Self, ApiError> {
        let (texts, lang) = (Texts::of(visitor.lang), visitor.lang);
        let shop = &service.live.config().shop;
        let samples = service.sample_shoppers.iter().map(|sample| Choice {
            id: sample.subject.to_string(),
            name: sample.name.in_language(lang).to_owned(),
            selected: sample.subject == visitor.subject,
        });
        let choices: Vec<_> = samples.collect();
        let chosen = choices.iter().find(|choice| choice.selected);
        let typed = match visitor.is_visit() || chosen.is_some() {
            true => String::new(),
            false => visitor.subject.to_string(),
        };
        let name = match (chosen, visitor.is_visit()) {
            (Some(choice), _) => choice.name.clone(),
            (None, true) => texts.visitor.to_owned(),
            (None, false) => visitor.subject.to_string(),
        };
        let departments = service.shelves.departments(&service.live);
        Ok(Self {
            texts,
            lang,
            shop: shop.name.clone(),
            simulated: shop.simulated,
            name,
            typed,
            departments: departments.iter().take(IN_HEAD).cloned().collect(),
            n_cart: interactions::cart(service, visitor)?.len(),
            here: visitor.here.clone(),
            notice: visitor.done.as_deref().and_then(|done| texts.after(done)),
            undo: visitor.made,
            choices,
        })
    }
}
