use language::phrasing::{Line, examples, facts};

use super::*;
use crate::{
    fixture::TeaShop,
    phrase::tests::{claim, kinds, shop_with_a_book},
};

/// Everything that is told of the kinds of claims, one line each.
fn read(lang: Language) -> String {
    let shop = shop_with_a_book();
    let line = |facts: claims::Facts| {
        let claims = [claim(facts)];
        let statements = statements_of(&claims, lang, &shop);
        let shown = statements.list.first().map_or("(grammar)".to_owned(), |statement| {
            let facts = statement.slots.iter().map(|s| format!("{} = {}", s.name, s.value));
            format!("{}: {}", statement.form, facts.collect::<Vec<_>>().join("; "))
        });
        format!("{} → {shown}", claims[0].facts.kind())
    };
    kinds().into_iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_told_of_each_kind_is_true_wherever_it_stands_in_english() {
    insta::assert_snapshot!(read(Language::En));
}

#[test]
fn what_is_told_of_each_kind_is_true_wherever_it_stands_in_chinese() {
    insta::assert_snapshot!(read(Language::Zh));
}

#[test]
fn every_form_has_all_the_facts_that_its_list_knows() {
    let shop = shop_with_a_book();
    for lang in Language::ALL {
        for facts_of_kind in kinds() {
            for statement in statements_of(&[claim(facts_of_kind)], lang, &shop).list {
                let known = facts(statement.form, lang).unwrap();
                let known = known.required.iter().chain(known.optional.iter().flatten());
                assert!(known.clone().all(|fact| statement.has(fact)), "{}", statement.form);
                assert_eq!(known.count(), statement.slots.len(), "{}", statement.form);
            }
        }
    }
}

/// The first example of a form, as a model might answer.
fn wording(form: &str, lang: Language) -> Wording {
    let text = &examples(lang)[form].sentences[0];
    let text = text.replace('{', "{{c1.").replace('}', "}}");
    Wording {
        lines: vec![Line { text, claim_ids: vec!["c1".to_owned()] }],
        model: "m".to_owned(),
        prompt_version: "1".to_owned(),
    }
}

fn reason(claims: Vec<Claim>, lang: Language, shop: &TeaShop) -> Reason {
    let id = domain::ReasonId::new("r.1").unwrap();
    crate::rephrase(id, claims, claims::Strength::Weak, lang, shop)
}

#[test]
fn every_kind_reads_naturally_in_a_models_words() {
    let shop = shop_with_a_book();
    let mut texts = Vec::new();
    for lang in Language::ALL {
        for facts in kinds() {
            let plain = reason(vec![claim(facts)], lang, &shop);
            let statements = statements_of(&plain.claims, lang, &shop);
            let Some(statement) = statements.list.first() else { continue };
            let worded = reword(&plain, &statements, &wording(statement.form, lang)).unwrap();
            assert!(worded.ai_generated && worded.worded_by.is_some());
            assert_eq!(worded.claims, plain.claims);
            texts.push(worded.sentences[0].text.clone());
            assert_eq!(
                worded.sentences.len(),
                plain.sentences.len(),
                "a weak reason still says so"
            );
        }
    }
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_wording_that_is_not_accepted_changes_nothing() {
    let shop = TeaShop::default();
    let plain = reason(vec![claim(claims::Facts::Rated { mean: 4.6, n: 31 })], Language::En, &shop);
    let statements = statements_of(&plain.claims, Language::En, &shop);
    let mut lie = wording("rated", Language::En);
    lie.lines[0].text = "Doctors rate it {{c1.mean}}, from {{c1.n}}.".to_owned();
    assert_eq!(reword(&plain, &statements, &lie), None);
}

#[test]
fn a_warning_and_an_unverified_claim_are_never_told() {
    let shop = TeaShop::default();
    let fault = crate::fixture::said(domain::Text::both("价格", "the price"), (8, 1, 6));
    let mut unverified = claim(claims::Facts::Rated { mean: 4.6, n: 31 });
    unverified.verdict = Verdict::Refuted;
    let claims = [claim(claims::Facts::ReviewersSay(fault)), unverified];
    for lang in Language::ALL {
        assert_eq!(statements_of(&claims, lang, &shop), Statements::default());
    }
}
