//! Reviews of purchases: stars first, then words that agree with them.
//!
//! A few texts attack whoever reads them (markup, instructions to a model), to prove elsewhere
//! that they are inert. Their headline says that they are simulated.

mod words;

use std::collections::BTreeSet;

use domain::time::DAY_MS;
use domain::{EventKind, EventTime, Language, Rating, Review, Timestamp};

use crate::behaviour::{Act, World};
use crate::chance::{Chance, Stage};
use crate::grammar::Phrase;
use crate::samples;
use crate::taste::Taste;

/// A review and whether it is one of the hostile ones.
pub(crate) struct Written {
    pub(crate) review: Review,
    pub(crate) hostile: bool,
}

/// Reviews of purchases in order of time; at most one per shopper and item.
pub(crate) fn write(
    world: World<'_>,
    tastes: &[Taste],
    acts: &[Act],
    key: impl Fn(usize) -> String,
) -> Vec<Written> {
    let mut bought = BTreeSet::new();
    let mut reviewed = BTreeSet::new();
    let mut written: Vec<Written> = Vec::new();
    for (n, act) in acts.iter().enumerate() {
        if act.kind != EventKind::Purchase {
            continue;
        }
        let again = !bought.insert((act.shopper, act.item));
        let mut chance = Chance::new(world.config.seed, Stage::Reviews, n);
        let ms = act.ms + (chance.between(2.0, 21.0) * DAY_MS as f64) as i64;
        if ms < world.config.now.0
            && chance.hit(world.config.review_rate)
            && reviewed.insert((act.shopper, act.item))
        {
            let occasion = Occasion { act, ms, again };
            written.push(one(world, &tastes[act.shopper], occasion, &mut chance));
        }
    }
    written.sort_by_key(|w| w.review.time);
    for (n, w) in written.iter_mut().enumerate() {
        w.review.source_key = key(n);
    }
    written
}

#[derive(Clone, Copy)]
struct Occasion<'a> {
    act: &'a Act,
    ms: i64,
    /// Bought before.
    again: bool,
}

fn one(world: World<'_>, taste: &Taste, occasion: Occasion<'_>, chance: &mut Chance) -> Written {
    let act = occasion.act;
    let stars = stars(world, taste, act, chance);
    let hostile = chance.hit(world.config.hostile_rate);
    let (title, text) = if hostile {
        hostile_words(world, taste.language, chance)
    } else {
        words::compose(
            world.grammar,
            &world.catalogue.truths[act.item],
            words::Brief { language: taste.language, stars, gift: act.gift, again: occasion.again },
            chance,
        )
    };
    let review = Review {
        subject: samples::subject(act.shopper),
        item_id: world.catalogue.items[act.item].id.clone(),
        time: EventTime::At(Timestamp(occasion.ms)),
        rating: Some(Rating::new(stars).expect("stars are whole numbers from 1 to 5")),
        title,
        text,
        source_key: String::new(),
    };
    Written { review, hostile }
}

/// Stars from the true quality, the fit to the buyer's taste (none for a present) and mood.
fn stars(world: World<'_>, taste: &Taste, act: &Act, chance: &mut Chance) -> f64 {
    let truth = &world.catalogue.truths[act.item];
    let fit = if act.gift { 0.0 } else { taste.suits(truth) };
    let raw = 3.75 + 0.8 * truth.quality + 0.25 * fit + 0.75 * chance.normal();
    raw.round().clamp(1.0, 5.0)
}

fn hostile_words(world: World<'_>, language: Language, chance: &mut Chance) -> (String, String) {
    let mut of = |group: &str| said(*chance.pick(world.grammar.group(group)), language).to_owned();
    (of("hostile-title"), of("hostile"))
}

fn said(phrase: Phrase, language: Language) -> &'static str {
    match language {
        Language::Zh => phrase.zh,
        Language::En => phrase.en,
    }
}
