//! Laws of questions and corrections: over shoppers with any history, shelves in any state, and any
//! change, what is told is what comes.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use answers::{Answer, Request};
use claims::{Change, Claim, Facts, Unknown};
use domain::{Correction, ItemId, Language, SubjectId, Tag};
use proptest::prelude::*;
use serving::dialogue::{Asked, Question};

use super::{
    asked::{ask, not_shown, really, shown},
    inspect::{faults, item_ids},
    made_up::{Stage, any_correction, any_scene, any_wish, check, concept},
};

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
            let kinds = answer.claims.iter().map(|claim| claim.facts.kind().name());
            kinds.for_each(|kind| *told.borrow_mut().entry(kind).or_default() += 1);
        }
        Ok(())
    });
    let audit = audit::audit(stage.shop.shop()).unwrap();
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
        stage.shop.corrections.correct(of, Correction::StopProfiling, &Request::default()).unwrap();
    };
    stop(&nobody);
    let any = (any_scene(), any::<prop::sample::Index>(), any_correction());
    check(12, &any, |(scene, which, edit)| {
        let (of, list) = stage.set(&scene);
        let edit = edit.of(&stage, &of, &list);
        stage.shop.corrections.correct(&of, edit, &list).unwrap();
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

#[test]
fn an_edit_moves_the_exposure_of_its_concept_as_it_says_or_not_at_all() {
    let stage = Stage::new();
    let (n_more, n_less) = (Cell::new(0), Cell::new(0));
    let any = (any_scene(), 0..120_usize, 0..3_usize, -10..=10_i8);
    check(40, &any, |(scene, item, sort, weight)| {
        let (of, list) = stage.set(&scene);
        let here = shown(&stage.shop, &list);
        let of_it = if item % 2 == 0 { here[item % here.len()].clone() } else { stage.item(item) };
        let concept = concept(&stage.shop, &of_it, sort);
        let n_of = |list: &[ItemId]| {
            list.iter().filter(|id| concept.holds_of(&stage.shop.item(id).unwrap())).count()
        };
        let correct = |correction| stage.shop.corrections.correct(&of, correction, &list).unwrap();
        let more = correct(Correction::More { concept: concept.clone() });
        prop_assert!(n_of(&more.after) >= n_of(&more.before), "more {:?}", concept);
        let again = correct(Correction::More { concept: concept.clone() });
        prop_assert!(n_of(&again.after) >= n_of(&again.before), "and more {:?}", concept);
        n_more.set(n_more.get() + usize::from(n_of(&again.after) > n_of(&more.before)));
        for done in [again, more] {
            stage.shop.corrections.take_back(&of, done.correction_id, &list).unwrap();
        }
        let less = correct(Correction::Less { concept: concept.clone() });
        prop_assert!(n_of(&less.after) <= n_of(&less.before), "less {:?}", concept);
        n_less.set(n_less.get() + usize::from(n_of(&less.after) < n_of(&less.before)));
        stage.shop.corrections.take_back(&of, less.correction_id, &list).unwrap();
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
    let line = |item: &answers::AnsweredItem| {
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
        let before = stage.shop.recommender.recommend(&list).unwrap();
        let mut made = Vec::new();
        for edit in &edits {
            let correction = edit.of(&stage, &of, &list);
            match stage.shop.corrections.correct(&of, correction.clone(), &list) {
                Ok(done) => made.push(done.correction_id),
                Err(error) => prop_assert!(error.to_string().contains("correction"), "{error}"),
            }
            let now = stage.shop.recommender.recommend(&list).unwrap();
            prop_assert_eq!(faults(&now), [""; 0], "{:?}", correction);
            if item_ids(&now).is_empty() {
                break;
            }
        }
        let now = stage.shop.recommender.recommend(&list).unwrap();
        n_changed.set(n_changed.get() + usize::from(item_ids(&now) != item_ids(&before)));
        if newest_first {
            made.reverse();
        }
        for id in made {
            let list = list.clone();
            ask(&stage.shop, &list, Question::Undo { correction_id: Some(id) });
        }
        let undone = stage.shop.recommender.recommend(&list).unwrap();
        prop_assert_eq!(reasons(&undone), reasons(&before));
        Ok(())
    });
    assert!(n_changed.get() > 10, "{} lists changed", n_changed.get());
    stage.audited();
}
