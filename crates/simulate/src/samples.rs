//! The named shoppers of the demo: people one can describe in a sentence.

use std::collections::BTreeMap;

use domain::{Device, Language, SubjectId, Text};

use crate::chance::Chance;
use crate::grammar::Grammar;
use crate::taste::{self, Taste};

/// How much a named shopper has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Record {
    /// About this many events.
    Events(usize),
    /// Looked at one item, once.
    OneClick,
    /// Nothing at all.
    Nothing,
}

/// A named shopper, for the demo page and the README.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// `demo-1` and so on.
    pub subject: SubjectId,
    /// The person in a few words.
    pub name: Text,
    /// Their taste in a sentence.
    pub about: Text,
    /// The language they read.
    pub language: Language,
}

struct Persona {
    name: (&'static str, &'static str),
    about: (&'static str, &'static str),
    language: Language,
    place: (&'static str, i32),
    device: Device,
    interests: &'static [(&'static str, f64)],
    brands: &'static [(&'static str, f64)],
    styles: [f64; 6],
    price_level: f64,
    dayparts: [f64; 4],
    record: Record,
}

const PERSONAS: [Persona; 6] = [
    Persona {
        name: ("爱喝茶的人", "Tea lover"),
        about: (
            "喜欢绿茶、乌龙和传统茶具，中等价位，常在晚上逛。",
            "Green tea, oolong and traditional teaware at middling prices, mostly in the evening.",
        ),
        language: Language::Zh,
        place: ("CN-ZJ", 480),
        device: Device::Phone,
        interests: &[
            ("green-tea", 0.34),
            ("oolong", 0.26),
            ("teaware", 0.2),
            ("kettle", 0.08),
            ("biscuit", 0.08),
        ],
        brands: &[("Old Teahouse", 1.2), ("Jingyao", 0.6)],
        styles: [0.4, 0.5, -0.8, 1.3, 0.0, 0.0],
        price_level: 0.0,
        dayparts: [0.02, 0.15, 0.23, 0.6],
        record: Record::Events(120),
    },
    Persona {
        name: ("新手父母", "New parent"),
        about: (
            "宝宝刚出生，买纸尿裤、湿巾、奶瓶和绘本，常在深夜用手机下单，看重天然材质。",
            "Nappies, wipes, bottles and picture books for a newborn, on the phone late at night; \
             prefers natural materials.",
        ),
        language: Language::Zh,
        place: ("CN-JS", 480),
        device: Device::Phone,
        interests: &[
            ("diaper", 0.34),
            ("wipes", 0.2),
            ("bottle", 0.14),
            ("baby-wash", 0.12),
            ("toy", 0.08),
            ("picture-book", 0.08),
        ],
        brands: &[("First Hug", 1.3)],
        styles: [0.6, 1.2, 0.0, 0.0, -0.6, 0.0],
        price_level: 0.2,
        dayparts: [0.4, 0.15, 0.1, 0.35],
        record: Record::Events(130),
    },
    Persona {
        name: ("户外爱好者", "Outdoor person"),
        about: (
            "周末徒步露营，偏爱轻量、技术型装备，舍得花钱。",
            "Hikes and camps at weekends; wants light, technical gear and will pay for it.",
        ),
        language: Language::En,
        place: ("GB", 0),
        device: Device::Desktop,
        interests: &[
            ("backpack", 0.24),
            ("tent", 0.18),
            ("sleeping-bag", 0.18),
            ("headlamp", 0.14),
            ("camp-stove", 0.14),
            ("running-sock", 0.08),
        ],
        brands: &[("Polestar Trek", 1.2), ("Bashan", 0.7)],
        styles: [0.0, 0.6, -0.6, 0.0, 1.3, 0.0],
        price_level: 0.55,
        dayparts: [0.05, 0.2, 0.35, 0.4],
        record: Record::Events(110),
    },
    Persona {
        name: ("养猫的文具控", "Cat owner with a pen habit"),
        about: (
            "养猫，写手账，爱素雅的颜色，预算不高。",
            "Keeps a cat and a journal, likes quiet colours, and watches the budget.",
        ),
        language: Language::En,
        place: ("SG", 480),
        device: Device::Phone,
        interests: &[
            ("cat-food", 0.26),
            ("cat-litter", 0.18),
            ("notebook", 0.18),
            ("ink", 0.14),
            ("pen", 0.12),
            ("cat-toy", 0.08),
        ],
        brands: &[("Pawprint", 1.0), ("Shiye", 0.9)],
        styles: [1.3, 0.4, 0.0, 0.0, 0.0, -0.8],
        price_level: -0.5,
        dayparts: [0.05, 0.25, 0.3, 0.4],
        record: Record::Events(115),
    },
    Persona {
        name: ("只点过一次", "A single click"),
        about: ("只看过一款手机壳。", "Has looked at one phone case and nothing else."),
        language: Language::Zh,
        place: ("CN-GD", 480),
        device: Device::Phone,
        interests: &[("phone-case", 1.0)],
        brands: &[],
        styles: [0.0; 6],
        price_level: 0.0,
        dayparts: [0.0, 0.2, 0.4, 0.4],
        record: Record::OneClick,
    },
    Persona {
        name: ("新来的人", "Brand new"),
        about: ("第一次来，还没有任何记录。", "Here for the first time, with no history at all."),
        language: Language::En,
        place: ("SG", 480),
        device: Device::Desktop,
        interests: &[],
        brands: &[],
        styles: [0.0; 6],
        price_level: 0.0,
        dayparts: [0.1, 0.3, 0.3, 0.3],
        record: Record::Nothing,
    },
];

/// The named shoppers: the first six of every simulated shop, whatever its seed.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let describe = |(i, persona): (usize, &Persona)| Sample {
        subject: subject(i),
        name: Text::both(persona.name.0, persona.name.1),
        about: Text::both(persona.about.0, persona.about.1),
        language: persona.language,
    };
    PERSONAS.iter().enumerate().map(describe).collect()
}

/// The id of the `n`-th shopper, from 0: the named ones first.
pub(crate) fn subject(n: usize) -> SubjectId {
    let raw = if n < PERSONAS.len() {
        format!("demo-{}", n + 1)
    } else {
        format!("shopper-{:05}", n + 1 - PERSONAS.len())
    };
    SubjectId::new(raw).expect("letters, a dash and digits are an id")
}

/// Returns how much the `n`-th shopper has done; `None` where it is not one of the named ones.
pub(crate) fn record(n: usize) -> Option<Record> {
    PERSONAS.get(n).map(|persona| persona.record)
}

/// The taste of the `n`-th shopper: set by hand for the named ones, else drawn.
pub(crate) fn taste(n: usize, grammar: &Grammar, chance: &mut Chance) -> Taste {
    let base = taste::draw(grammar, chance);
    let Some(persona) = PERSONAS.get(n) else {
        return base;
    };
    let by_hand = Taste {
        language: persona.language,
        region: persona.place.0,
        zone_minutes: persona.place.1,
        device: persona.device,
        brands: persona.brands.iter().copied().collect::<BTreeMap<_, _>>(),
        styles: persona.styles,
        price_level: persona.price_level,
        dayparts: persona.dayparts,
        weekend: 1.5,
        gift_rate: 0.01,
        ..base
    };
    taste::with_interests(grammar, by_hand, persona.interests)
}
