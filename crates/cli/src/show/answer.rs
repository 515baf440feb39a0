//! An answer as a list with its reasons.

use std::fmt::Write as _;
use std::sync::Arc;

use answers::answer::money;
use answers::{Answer, AnsweredItem};
use claims::Strength;
use domain::{Item, ItemId, Language};

/// The catalogue's entry of an item, where there is one.
type Known<'k> = dyn Fn(&ItemId) -> Option<Arc<Item>> + 'k;

/// Describes items by what `item` knows of them; in `own`, the shop's language, where no reason has one.
pub(crate) fn text(answer: &Answer, own: Language, item: &Known<'_>) -> String {
    let lang = answer
        .items
        .iter()
        .flat_map(|item| &item.reasons)
        .map(|reason| reason.lang)
        .next()
        .unwrap_or(own);
    let mut out = super::label(answer.simulated).to_owned();
    for answered in &answer.items {
        write_item(&mut out, answered, lang, item);
    }
    for warning in &answer.warnings {
        let _ = writeln!(out, "note: {warning}");
    }
    let _ = writeln!(out, "request {} · model {}", answer.request_id, answer.model_version);
    out
}

fn write_item(out: &mut String, item: &AnsweredItem, lang: Language, known: &Known<'_>) {
    let known = known(&item.item_id);
    let title = known.as_deref().map_or("", |known| known.title.in_language(lang));
    let price = known.as_deref().and_then(|known| known.price);
    let price = price.map(|price| format!("  {}", money(price, lang)));
    let (rank, id) = (item.rank, &item.item_id);
    let _ = writeln!(out, "{rank:>2}. {title}{}  [{id}]", price.unwrap_or_default());
    for reason in &item.reasons {
        let _ = writeln!(out, "    {} {}", mark(reason.strength), reason.text);
    }
}

/// One, two or three dots: how much of the score the reason accounts for.
fn mark(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "●●●",
        Strength::Moderate => "●●○",
        Strength::Weak => "●○○",
    }
}
