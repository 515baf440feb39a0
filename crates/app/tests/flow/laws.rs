//! Laws of questions and corrections: over shoppers with any history, shelves in any state, and any
//! change, what is told is what comes.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use app::ask::{Asked, Question};
use app::{Answer, Live, Request};
use domain::claim::Unknown;
use domain::{
    Change, Circumstance, Claim, Concept, Correction, EventKind, Facts, HistoryRef, Item, ItemId,
    Language, Money, Season, SubjectId, Tag, Unused,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::asked::{ask, not_shown, really, shown};
use super::inspect::{faults, item_ids};
use super::small_shop::{OwnShop, catalogue, event, request_of, subject, trained};

/// A shopper and the shelves that they stand before.
#[derive(Debug, Clone)]
struct Scene {
    /// What they did, oldest first, with which item of the catalogue.
    past: Vec<(EventKind, usize)>,
    /// Items that cost another multiple of their price now, or are sold out.
    shelf: Vec<(usize, Option<u8>)>,
    /// Length of the list.
    k: usize,
}

/// A change, before it is known which events there are.
#[derive(Debug, Clone)]
enum Wish {
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

fn any_scene() -> impl Strategy<Value = Scene> {
    // Few enough items that shoppers come back to one, and turn away from what they liked.
    let past = prop::collection::vec((any_kind(), prop_oneof![0..12_usize, 0..120_usize]), 1..14);
    let shelf = prop::collection::vec((0..120_usize, prop::option::of(1..30_u8)), 0..3);
    (past, shelf, 2..16_usize).prop_map(|(past, shelf, k)| Scene { past, shelf, k })
}

fn any_wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        3 => (0..20_usize).prop_map(Wish::Without),
        3 => (any_kind(), prop_oneof![0..12_usize, 0..120_usize])
            .prop_map(|(kind, item)| Wish::With(kind, item)),
        1 => (10..400_u16).prop_map(Wish::AtMost),
        1 => Just(Wish::Winter),
    ]
}

/// One shop, in which every case is somebody new.
struct Stage {
    shop: OwnShop,
    items: Vec<Item>,
    n_born: Cell<usize>,
}

impl Stage {
    fn new() -> Self {
        let shop = trained();
        let items = catalogue(&shop);
        Self { shop, items, n_born: Cell::new(0) }
    }

    fn item(&self, n: usize) -> ItemId {
        self.items[n % self.items.len()].id.clone()
    }

    fn newcomer(&self) -> SubjectId {
        self.n_born.set(self.n_born.get() + 1);
        subject(&format!("law-{}", self.n_born.get()))
    }

    /// Puts the shelves into their state, and makes somebody with this past.
    fn set(&self, scene: &Scene) -> (SubjectId, Request) {
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
            self.shop.put_items(vec![changed]).unwrap();
        }
        let of = self.newcomer();
        let deed = |(n, (kind, item)): (usize, &(EventKind, usize))| {
            event(&of, *kind, &self.item(*item), &format!("{of}-past-{n}"))
        };
        self.shop.collect(scene.past.iter().enumerate().map(deed).collect()).unwrap();
        let request = Request { k: scene.k, ..request_of(&of) };
        (of, request)
    }

    /// The steps that are told of somebody.
    fn steps(&self, of: &SubjectId) -> Vec<HistoryRef> {
        let tastes = self.shop.profile(of).unwrap().tastes;
        let mut steps = Vec::new();
        for step in tastes.into_iter().flat_map(|taste| taste.events) {
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps
    }

    fn changes(&self, wishes: &[Wish], steps: &[HistoryRef]) -> Vec<Change> {
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

    fn audited(&self) {
        let audit = self.shop.shop().audit().unwrap();
        assert!(audit.is_clean(), "{audit:?}");
    }
}

/// Somebody new in every case, and few shrinks: shelves stay as a case left them.
fn check<S: Strategy>(n_cases: u32, any: &S, law: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config {
        cases: n_cases,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    TestRunner::new(config).run(any, law).unwrap();
}

#[test]
fn whatever_is_changed_the_list_told_is_the_list_that_comes() {
    let stage = Stage::new();
    let n_moved = Cell::new(0);
    let any = (any_scene(), prop::collection::vec(any_wish(), 1..4));
    check(32, &any, |(scene, wishes)| {
        let (of, list) = stage.set(&scene);
        let changes = stage.changes(&wishes, &stage.steps(&of));
        prop_assume!(!changes.is_empty());
        let before = shown(&stage.shop, &list);
        let told = ask(&stage.shop, &list, Question::WhatIf { changes: changes.clone() });
        prop_assert!(told.understood.is_some());
        let came = really(&stage.shop, &of, &list, &changes, of.as_str());
        prop_assert_eq!(&told.items, &came, "{:?}: {}", changes, told.text);
        prop_assert!(told.answered, "{:?}: {}", changes, told.text);
        for claim in &told.claims {
            let Facts::WouldBe { rank_now, rank_then, .. } = claim.facts else {
                return Err(TestCaseError::fail(format!("{claim:?}")));
            };
            let place = |list: &[ItemId]| {
                list.iter().position(|id| *id == claim.item_id).map(|at| at as u32 + 1)
            };
            prop_assert_eq!((rank_now, rank_then), (place(&before), place(&came)));
        }
        n_moved.set(n_moved.get() + usize::from(before != came));
        Ok(())
    });
    assert!(n_moved.get() > 10, "{} changes moved anything", n_moved.get());
    stage.audited();
}

#[test]
fn whatever_is_said_to_bring_an_item_in_brings_it_in() {
    let stage = Stage::new();
    let n_found = Cell::new(0);
    check(24, &(any_scene(), any::<prop::sample::Index>()), |(scene, which)| {
        let (of, list) = stage.set(&scene);
        let absent = not_shown(&stage.shop, &list);
        let item = which.get(&absent).clone();
        let told = ask(&stage.shop, &list, Question::WhyNot { item: item.clone() });
        prop_assert!(told.answered, "{}: {}", item, told.text);
        for claim in &told.claims {
            let Facts::WouldBe { changes, rank_now, rank_then, .. } = &claim.facts else {
                continue;
            };
            prop_assert!(rank_now.is_none() && rank_then.is_some());
            n_found.set(n_found.get() + 1);
            let came = really(&stage.shop, &of, &list, changes, of.as_str());
            let place = came.iter().position(|id| *id == item).map(|at| at as u32 + 1);
            prop_assert_eq!(place, *rank_then, "{:?}", changes);
        }
        Ok(())
    });
    assert!(n_found.get() > 8, "a change was found for {}", n_found.get());
    stage.audited();
}

/// One question of each sort about two items.
fn questions(a: &ItemId, b: &ItemId, absent: &ItemId) -> Vec<Question> {
    vec![
        Question::Why { item: a.clone() },
        Question::WhyNot { item: absent.clone() },
        Question::WhyOver { item: a.clone(), other: b.clone() },
        Question::WhatIf { changes: vec![Change::Price { min: None, max: Some(90.0) }] },
        Question::HowTo { item: absent.clone() },
        Question::Compare { items: vec![a.clone(), b.clone()] },
        Question::WhatYouKnow,
        Question::Price { item: a.clone() },
        Question::Stock { item: b.clone() },
        Question::Attribute { item: a.clone(), field: None },
        Question::Reviews { item: b.clone() },
        Question::WhichFits { words: vec!["black".to_owned()], at_most: None },
    ]
}

#[test]
fn every_claim_of_every_answer_is_verified_again_by_the_audit() {
    let stage = Stage::new();
    let told = RefCell::new(BTreeMap::<&str, u64>::new());
    check(10, &(any_scene(), any::<bool>()), |(scene, in_chinese)| {
        let (_, list) = stage.set(&scene);
        let lang = Some(if in_chinese { Language::Zh } else { Language::En });
        let list = Request { lang, ..list };
        let items = shown(&stage.shop, &list);
        let absent = not_shown(&stage.shop, &list)[scene.k].clone();
        for question in questions(&items[0], &items[1], &absent) {
            let answer = ask(&stage.shop, &list, question);
            let kinds = answer.claims.iter().map(|claim| claim.facts.kind());
            kinds.for_each(|kind| *told.borrow_mut().entry(kind).or_default() += 1);
        }
        Ok(())
    });
    let audit = stage.shop.shop().audit().unwrap();
    assert!(audit.is_clean(), "{audit:?}");
    let told = told.into_inner();
    // What only answers to questions tell.
    for kind in ["above", "described", "outranked", "priced", "stocked", "taste", "would_be"] {
        let n_told = told.get(kind).copied().unwrap_or_default();
        assert!(n_told > 0, "no answer told {kind}: {told:?}");
        assert_eq!(audit.by_kind[kind].verified, n_told, "{kind}");
    }
}

/// An answer without what has to differ: ids, and who asked.
fn said(asked: &Asked) -> (String, Vec<ItemId>, Vec<Facts>, Vec<String>) {
    let facts = asked.claims.iter().map(|claim| claim.facts.clone()).collect();
    let actions = asked.actions.iter().map(|action| action.label.clone()).collect();
    (asked.text.clone(), asked.items.clone(), facts, actions)
}

#[test]
fn after_opting_out_every_answer_is_that_of_somebody_without_a_history() {
    let stage = Stage::new();
    let nobody = stage.newcomer();
    let stop = |of: &SubjectId| {
        stage.shop.correct(of, Correction::StopProfiling, &Request::default()).unwrap();
    };
    stop(&nobody);
    let any = (any_scene(), any::<prop::sample::Index>(), any_correction());
    check(12, &any, |(scene, which, edit)| {
        let (of, list) = stage.set(&scene);
        let edit = edit.of(&stage, &of, &list);
        stage.shop.correct(&of, edit, &list).unwrap();
        stop(&of);
        let other = Request { shopper: Some(nobody.clone()), ..list.clone() };
        let stranger = Request { shopper: None, ..list.clone() };
        let items = shown(&stage.shop, &list);
        prop_assert_eq!(&items, &shown(&stage.shop, &other));
        prop_assert_eq!(&items, &shown(&stage.shop, &stranger));
        let absent = which.get(&not_shown(&stage.shop, &list)).clone();
        for question in questions(&items[0], &items[1], &absent) {
            let told = ask(&stage.shop, &list, question.clone());
            prop_assert_eq!(said(&told), said(&ask(&stage.shop, &other, question)));
            prop_assert!(told.claims.iter().all(|claim| claim.evidence.is_empty()));
            let because = |claim: &Claim| match claim.facts {
                Facts::UnknownShopper { because } => because == Unknown::ProfilingOff,
                _ => true,
            };
            prop_assert!(told.claims.iter().all(because));
        }
        Ok(())
    });
    stage.audited();
}

/// Something put right, before it is known of which items and events.
#[derive(Debug, Clone)]
struct Edit {
    what: u8,
    item: usize,
    place: usize,
}

fn any_correction() -> impl Strategy<Value = Edit> {
    (0..12_u8, 0..120_usize, 0..20_usize).prop_map(|(what, item, place)| Edit { what, item, place })
}

impl Edit {
    fn of(&self, stage: &Stage, of: &SubjectId, list: &Request) -> Correction {
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
fn concept(shop: &Live, item: &ItemId, n: usize) -> Concept {
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

#[test]
fn an_edit_moves_the_exposure_of_its_concept_as_it_says_or_not_at_all() {
    let stage = Stage::new();
    let (n_more, n_less) = (Cell::new(0), Cell::new(0));
    let any = (any_scene(), 0..120_usize, 0..3_usize, -10..=10_i8);
    check(40, &any, |(scene, item, sort, weight)| {
        let (of, list) = stage.set(&scene);
        let concept = concept(&stage.shop, &stage.item(item), sort);
        let n_of = |list: &[ItemId]| {
            list.iter().filter(|id| concept.holds_of(&stage.shop.item(id).unwrap())).count()
        };
        let correct = |correction| stage.shop.correct(&of, correction, &list).unwrap();
        let more = correct(Correction::More { concept: concept.clone() });
        prop_assert!(n_of(&more.after) >= n_of(&more.before), "more {:?}", concept);
        let again = correct(Correction::More { concept: concept.clone() });
        prop_assert!(n_of(&again.after) >= n_of(&again.before), "and more {:?}", concept);
        n_more.set(n_more.get() + usize::from(n_of(&again.after) > n_of(&more.before)));
        for done in [again, more] {
            stage.shop.take_back(&of, done.correction_id, &list).unwrap();
        }
        let less = correct(Correction::Less { concept: concept.clone() });
        prop_assert!(n_of(&less.after) <= n_of(&less.before), "less {:?}", concept);
        n_less.set(n_less.get() + usize::from(n_of(&less.after) < n_of(&less.before)));
        stage.shop.take_back(&of, less.correction_id, &list).unwrap();
        let tag = Tag { concept: concept.clone(), weight: f32::from(weight) / 10.0 };
        let set = correct(Correction::SetTags { tags: vec![tag] });
        let moved = n_of(&set.after) as i64 - n_of(&set.before) as i64;
        prop_assert!(moved * i64::from(weight) >= 0, "{} of {:?}: {}", weight, concept, moved);
        Ok(())
    });
    assert!(n_more.get() > 8 && n_less.get() > 4, "{} more, {} less", n_more.get(), n_less.get());
}

/// Items, scores, claims and words of a list.
fn reasons(answer: &Answer) -> Vec<(ItemId, f64, Vec<Facts>, Vec<String>)> {
    let line = |item: &app::AnsweredItem| {
        let claims = item.reasons.iter().flat_map(|reason| &reason.claims);
        let sentences = item.reasons.iter().flat_map(|reason| &reason.sentences);
        (
            item.item_id.clone(),
            item.score,
            claims.map(|claim| claim.facts.clone()).collect(),
            sentences.map(|sentence| sentence.text.clone()).collect(),
        )
    };
    answer.items.iter().map(line).collect()
}

#[test]
fn undoing_any_corrections_restores_the_exact_list_and_its_reasons() {
    let stage = Stage::new();
    let n_changed = Cell::new(0);
    let any = (any_scene(), prop::collection::vec(any_correction(), 1..4), any::<bool>());
    check(24, &any, |(scene, edits, newest_first)| {
        let (of, list) = stage.set(&scene);
        let before = stage.shop.recommend(&list).unwrap();
        let mut made = Vec::new();
        for edit in &edits {
            let correction = edit.of(&stage, &of, &list);
            match stage.shop.correct(&of, correction.clone(), &list) {
                Ok(done) => made.push(done.correction_id),
                Err(error) => prop_assert!(error.to_string().contains("correction"), "{error}"),
            }
            let now = stage.shop.recommend(&list).unwrap();
            prop_assert_eq!(faults(&now), [""; 0], "{:?}", correction);
            if item_ids(&now).is_empty() {
                break;
            }
        }
        let now = stage.shop.recommend(&list).unwrap();
        n_changed.set(n_changed.get() + usize::from(item_ids(&now) != item_ids(&before)));
        if newest_first {
            made.reverse();
        }
        for id in made {
            let list = list.clone();
            ask(&stage.shop, &list, Question::Undo { correction_id: Some(id) });
        }
        let undone = stage.shop.recommend(&list).unwrap();
        prop_assert_eq!(reasons(&undone), reasons(&before));
        Ok(())
    });
    assert!(n_changed.get() > 10, "{} lists changed", n_changed.get());
    stage.audited();
}
