use claims::Verdict;
use domain::{Circumstance, Currency, EventKind, Language, Money, Season};

use super::*;
use crate::{
    ExplainConfig,
    fixture::{TeaShop, id},
    kinds::verify as check,
};

/// Every kind of answer that the tea shop can give.
fn answers(shop: &TeaShop) -> Vec<(ItemId, Facts)> {
    let past = |at: usize| shop.past[at].to_ref();
    let mask = vec![Change::Without { history: vec![past(0)] }];
    let tea = || id("tea");
    let mut answers = vec![
        (id("cup"), outranked(&id("cup"), shop).unwrap()),
        (tea(), would_be(&tea(), &mask, shop).unwrap()),
        (tea(), above(&tea(), &id("cup"), shop).unwrap()),
        (tea(), priced(&tea(), shop).unwrap()),
        (tea(), stocked(&tea(), shop).unwrap()),
        (tea(), described(&tea(), &Field::Brand, shop).unwrap()),
        (tea(), described(&tea(), &Field::Named("origin".into()), shop).unwrap()),
        (tea(), mentions(&tea(), "longjing", shop).unwrap()),
        (id("cup"), costs_less(&id("cup"), &tea(), shop).unwrap()),
        (id("gone"), barred(&id("gone"), shop).unwrap()),
    ];
    answers.extend(taste(&Concept::Category("Teaware".into()), shop));
    let wanted = Concept::Word("tea".into());
    answers.extend(asked_for(&id("pot"), &wanted, shop).map(|facts| (id("pot"), facts)));
    answers
}

#[test]
fn every_answer_is_verified_by_building_it_again() {
    let shop = TeaShop::default();
    for (item, facts) in answers(&shop) {
        let verdict = check(&item, &facts, &shop, &ExplainConfig::default());
        assert_eq!(verdict, Verdict::Verified, "{facts:?}");
    }
}

#[test]
fn an_answer_with_one_changed_fact_is_refuted() {
    let shop = TeaShop::default();
    let other_price = Money { minor: 5_901, currency: Currency::CNY };
    for (item, facts) in answers(&shop) {
        let wrong = match facts.clone() {
            Facts::Barred { .. } => Facts::Barred { by: Bar::OutOfStock },
            Facts::Outranked { k, behind, margin, rank_by_score } => {
                Facts::Outranked { rank_by_score: rank_by_score + 1, k, behind, margin }
            }
            Facts::WouldBe { changes, rank_now, k, .. } => {
                Facts::WouldBe { changes, rank_now, rank_then: Some(9), k }
            }
            Facts::Above { other, rank_by_score, other_rank, margin, leads, most_by } => {
                let margin = margin + 0.01;
                Facts::Above { other, rank_by_score, other_rank, margin, leads, most_by }
            }
            Facts::Priced { .. } => Facts::Priced { price: Some(other_price) },
            Facts::Stocked { in_stock } => Facts::Stocked { in_stock: !in_stock },
            Facts::Described { field, .. } => {
                Facts::Described { field, values: vec![Text::from("Sony")] }
            }
            Facts::Mentions { field, .. } => Facts::Mentions { word: "oolong".into(), field },
            Facts::CostsLess { price, other, .. } => Facts::CostsLess { price, other, other_price },
            Facts::Taste { concept, history, share } => {
                Facts::Taste { concept, history, share: share + 0.1 }
            }
            other => panic!("{other:?}"),
        };
        let verdict = check(&item, &wrong, &shop, &ExplainConfig::default());
        assert_eq!(verdict, Verdict::Refuted, "{wrong:?}");
    }
}

#[test]
fn nothing_is_said_of_a_change_that_cannot_be_made() {
    let shop = TeaShop::default();
    let facts = Facts::WouldBe {
        changes: vec![Change::With { did: EventKind::View, item_id: id("cup") }],
        rank_now: Some(1),
        rank_then: Some(1),
        k: 2,
    };
    let verdict = check(&id("tea"), &facts, &shop, &ExplainConfig::default());
    assert_eq!(verdict, Verdict::Unsupported);
}

fn told(item: &ItemId, facts: &Facts, lang: Language, shop: &TeaShop) -> String {
    let claim = claims::Claim {
        claim_id: domain::ClaimId::new("q1").unwrap(),
        item_id: item.clone(),
        facts: facts.clone(),
        evidence: Vec::new(),
        as_of: shop.as_of(),
        model_version: shop.model_version().clone(),
        verdict: Verdict::Verified,
    };
    let sentences = crate::phrase(&[claim], claims::Strength::Strong, lang, shop);
    sentences.into_iter().map(|sentence| sentence.text).collect()
}

#[test]
fn every_answer_reads_naturally_in_both_languages() {
    let wanted = (Concept::Word("tea".into()), 1.0);
    let shop = TeaShop { asked_for: vec![wanted], ..TeaShop::default() };
    let mut answers = answers(&shop);
    let mut counterfactual = |change: Change, rank_now, rank_then| {
        let facts = Facts::WouldBe { changes: vec![change], rank_now, rank_then, k: 2 };
        answers.push((id("tea"), facts));
    };
    counterfactual(Change::With { did: EventKind::Purchase, item_id: id("cup") }, None, Some(2));
    counterfactual(Change::Price { min: None, max: Some(200.0) }, Some(2), Some(2));
    let winter = Circumstance::Season(Season::Winter);
    counterfactual(Change::In { circumstance: winter }, Some(2), Some(1));
    for lang in [Language::Zh, Language::En] {
        let texts: Vec<String> =
            answers.iter().map(|(item, facts)| told(item, facts, lang, &shop)).collect();
        insta::assert_snapshot!(format!("answers_in_{}", lang.tag()), texts.join("\n"));
    }
}
