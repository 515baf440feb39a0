//! Made-up shoppers, shelves, changes and corrections, for laws that hold of all of them.

use std::cell::Cell;

use answers::Request;
use app::Live;
use claims::Change;
use domain::{
    Circumstance, Concept, Correction, EventKind, HistoryRef, Item, ItemId, Language, Money,
    Season, SubjectId, Tag, Unused,
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{
    asked::shown,
    small_shop::{OwnShop, catalogue, event, request_of, subject, trained},
};

/// A shopper and the shelves that they stand before.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    /// What they did, oldest first, with which item of the catalogue.
    past: Vec<(EventKind, usize)>,
    /// Items that cost another multiple of their price now, or are sold out.
    shelf: Vec<(usize, Option<u8>)>,
    /// Length of the list.
    pub(super) k: usize,
}

/// A change, before it is known which events there are.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    Without(usize),
    With(EventKind, usize),
    AtMost(u16),
    Winter,
}

const KINDS: [EventKind; 7] = [
    EventKind::View,
    EventKind::Click,
    EventKind::Cart,
    EventKind::Wish,
    EventKind::Purchase,
    EventKind::Rate,
    EventKind::Dismiss,
];

fn any_kind() -> impl Strategy<Value = EventKind> {
    prop::sample::select(KINDS.to_vec())
}

pub(super) fn any_scene() -> impl Strategy<Value = Scene> {
    // Few enough items that shoppers come back to one, and turn away from what they liked.
    let past = prop::collection::vec((any_kind(), prop_oneof![0..12_usize, 0..120_usize]), 1..30);
    let shelf = prop::collection::vec((0..120_usize, prop::option::of(1..30_u8)), 0..3);
    (past, shelf, 2..12_usize).prop_map(|(past, shelf, k)| Scene { past, shelf, k })
}

pub(super) fn any_wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        3 => (0..20_usize).prop_map(Wish::Without),
        3 => (any_kind(), prop_oneof![0..12_usize, 0..120_usize])
            .prop_map(|(kind, item)| Wish::With(kind, item)),
        1 => (10..400_u16).prop_map(Wish::AtMost),
        1 => Just(Wish::Winter),
    ]
}

/// One shop, in which every case is somebody new.
pub(super) struct Stage {
    pub(super) shop: OwnShop,
    items: Vec<Item>,
    n_born: Cell<usize>,
}

impl Stage {
    pub(super) fn new() -> Self {
        let shop = trained();
        let items = catalogue(&shop);
        Self { shop, items, n_born: Cell::new(0) }
    }

    pub(super) fn item(&self, n: usize) -> ItemId {
        self.items[n % self.items.len()].id.clone()
    }

    pub(super) fn newcomer(&self) -> SubjectId {
        self.n_born.set(self.n_born.get() + 1);
        subject(&format!("law-{}", self.n_born.get()))
    }

    /// Puts the shelves into their state, and makes somebody with this past.
    pub(super) fn set(&self, scene: &Scene) -> (SubjectId, Request) {
        for (n, cost) in &scene.shelf {
            let item = &self.items[n % self.items.len()];
            let dearer = |price: Money| Money {
                minor: price.minor * i64::from(cost.unwrap_or(1)) / 8,
                ..price
            };
            let changed = Item {
                in_stock: Some(cost.is_some()),
                price: item.price.map(dearer),
                ..item.clone()
            };
            self.shop.collector.put_items(vec![changed]).unwrap();
        }
        let of = self.newcomer();
        let interaction = |(n, (kind, item)): (usize, &(EventKind, usize))| {
            event(&of, *kind, &self.item(*item), &format!("{of}-past-{n}"))
        };
        self.shop
            .collector
            .collect(scene.past.iter().enumerate().map(interaction).collect())
            .unwrap();
        let request = Request { k: scene.k, ..request_of(&of) };
        (of, request)
    }

    /// The steps that are told of somebody.
    pub(super) fn steps(&self, of: &SubjectId) -> Vec<HistoryRef> {
        let tastes = self.shop.profiles.profile(of).unwrap().tastes;
        let mut steps = Vec::new();
        for step in tastes.into_iter().flat_map(|taste| taste.events) {
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps
    }

    pub(super) fn changes(&self, wishes: &[Wish], steps: &[HistoryRef]) -> Vec<Change> {
        let mut left = steps.to_vec();
        let change = |wish: &Wish| match wish {
            Wish::Without(_) if left.is_empty() => None,
            Wish::Without(n) => {
                let history = vec![left.remove(n % left.len())];
                Some(Change::Without { history })
            }
            Wish::With(did, item) => Some(Change::With { did: *did, item_id: self.item(*item) }),
            Wish::AtMost(max) => Some(Change::Price { min: None, max: Some(f64::from(*max)) }),
            Wish::Winter => Some(Change::In { circumstance: Circumstance::Season(Season::Winter) }),
        };
        wishes.iter().filter_map(change).collect()
    }

    pub(super) fn audited(&self) {
        let audit = audit::audit(self.shop.shop()).unwrap();
        assert!(audit.is_clean(), "{audit:?}");
    }
}

/// Somebody new in every case, the same cases in every run, and few shrinks: shelves stay as a case
/// left them.
pub(super) fn check<S: Strategy>(
    n_cases: u32,
    any: &S,
    law: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = Config {
        cases: n_cases,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng).run(any, law).unwrap();
}

/// Something put right, before it is known of which items and events.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    what: u8,
    item: usize,
    place: usize,
}

pub(super) fn any_correction() -> impl Strategy<Value = Edit> {
    (0..12_u8, 0..120_usize, 0..20_usize).prop_map(|(what, item, place)| Edit { what, item, place })
}

impl Edit {
    pub(super) fn of(&self, stage: &Stage, of: &SubjectId, list: &Request) -> Correction {
        let (any, shown) = (stage.item(self.item), shown(&stage.shop, list));
        let here = shown[self.place % shown.len()].clone();
        let steps = stage.steps(of);
        let past = steps.get(self.place % steps.len().max(1));
        let past_item = past.map_or(any.clone(), |past| past.item_id.clone());
        let unused = |unused: Unused| Correction::DoNotUse { unused };
        let concept = concept(&stage.shop, &here, self.place);
        match self.what {
            0 => Correction::Gift { item_id: past_item },
            1 => Correction::NotInterested { item_id: here },
            2 => Correction::More { concept },
            3 => Correction::Less { concept },
            4 => Correction::Cheaper { than: here },
            5 => Correction::OtherBrand { than: here },
            6 => Correction::SetTags { tags: vec![Tag { concept, weight: -0.5 }] },
            7 => unused(Unused::Everything),
            8 => unused(Unused::Item(past_item)),
            9 => unused(Unused::Category(category(&stage.shop, &past_item))),
            10 => unused(Unused::Events(past.and_then(|past| past.event_id).into_iter().collect())),
            _ => Correction::WrongReason {
                item_id: here,
                kind: "contributed".to_owned(),
                evidence: past.cloned().into_iter().collect(),
            },
        }
    }
}

fn category(shop: &Live, item: &ItemId) -> String {
    shop.item(item).unwrap().category().unwrap().in_language(Language::En).to_owned()
}

/// A category, a brand or a word of an item.
pub(super) fn concept(shop: &Live, item: &ItemId, n: usize) -> Concept {
    let found = shop.item(item).unwrap();
    match n % 3 {
        0 => Concept::Category(category(shop, item)),
        1 => Concept::Brand(found.brand.in_language(Language::En).to_owned()),
        _ => {
            let title = found.title.in_language(Language::En);
            Concept::Word(title.split_whitespace().last().unwrap_or("tea").to_owned())
        }
    }
}
