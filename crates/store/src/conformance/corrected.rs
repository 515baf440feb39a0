//! Corrections, made and taken back.

use domain::{Concept, Correction, Unused};

use super::*;

fn more(word: &str) -> Correction {
    Correction::More { concept: Concept::Word(word.to_owned()) }
}

pub(super) fn a_correction_holds_from_its_id_until_it_is_taken_back(state: &dyn State) {
    let shopper = state.shopper_or_new(&subject("a")).unwrap();
    let first = state.correct(shopper, &more("tea")).unwrap();
    let gone = Correction::DoNotUse { unused: Unused::Everything };
    let second = state.correct(shopper, &gone).unwrap();
    let back = state.take_back(shopper, first).unwrap().unwrap();
    assert_eq!(state.newest().unwrap(), back);
    let held = |as_of| {
        let made = state.corrections(shopper, as_of).unwrap().into_iter();
        made.map(|one| (one.id, one.correction, one.taken_back)).collect::<Vec<_>>()
    };
    assert_eq!(held(IngestId(first.0 - 1)), []);
    assert_eq!(held(second), [(first, more("tea"), false), (second, gone.clone(), false)]);
    assert_eq!(held(back), [(first, more("tea"), true), (second, gone, false)]);
}

pub(super) fn a_correction_is_taken_back_once_and_by_its_own_shopper(state: &dyn State) {
    let a = state.shopper_or_new(&subject("a")).unwrap();
    let b = state.shopper_or_new(&subject("b")).unwrap();
    let made = state.correct(a, &more("tea")).unwrap();
    assert_eq!(state.take_back(b, made).unwrap(), None);
    assert!(state.take_back(a, made).unwrap().is_some());
    assert_eq!(state.take_back(a, made).unwrap(), None);
    assert_eq!(state.take_back(a, IngestId(5)).unwrap(), None);
}

pub(super) fn corrections_go_with_a_visitor_and_with_an_erasure(state: &dyn State) {
    let visitor = state.shopper_or_new(&subject("v")).unwrap();
    let made = state.correct(visitor, &more("tea")).unwrap();
    let ann = state.shopper_or_new(&subject("ann")).unwrap();
    state.join(&subject("v"), &subject("ann")).unwrap().unwrap();
    assert_eq!(state.corrections(ann, FAR).unwrap()[0].id, made);
    assert_eq!(state.export(&subject("ann")).unwrap().unwrap().corrections.len(), 1);
    assert!(state.take_back(ann, made).unwrap().is_some());
    assert!(state.corrections(ann, FAR).unwrap()[0].taken_back);
    state.erase(&subject("ann")).unwrap().unwrap();
    assert_eq!(state.corrections(ann, FAR).unwrap(), []);
    assert_eq!(state.corrections(visitor, FAR).unwrap(), []);
    assert!(matches!(state.correct(ann, &more("tea")), Err(StoreError::ShopperGone)));
}
