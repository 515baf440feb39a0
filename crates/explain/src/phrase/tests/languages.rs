//! Every sentence in every language, and in the made-up one that shows texts written in code.

use claims::{Bar, Change, Field, Lead};
use domain::Concept;
use messages::pseudo;

use super::*;
use crate::phrase::statements;

/// Answers to questions, in the forms that read differently.
fn answers() -> Vec<Facts> {
    let change = |change: Change, rank_now, rank_then| Facts::WouldBe {
        changes: vec![change],
        rank_now,
        rank_then,
        k: 10,
    };
    let within = |circumstance| change(Change::In { circumstance }, Some(2), Some(2));
    let price = |min, max| change(Change::Price { min, max }, None, None);
    let did = |did| change(Change::With { did, item_id: id("cup") }, None, Some(3));
    let lead = |signal: &str, gap| vec![Lead { signal: signal.to_owned(), gap }];
    let above = |leads, most_by| Facts::Above {
        other: id("cup"),
        rank_by_score: Some(1),
        other_rank: None,
        margin: 0.1234,
        leads,
        most_by,
    };
    let outranked =
        |margin| Facts::Outranked { rank_by_score: 12, k: 10, behind: id("pot"), margin };
    let named = || Field::Named("colour".to_owned());
    let taste = |history| Facts::Taste {
        concept: Concept::Category("Tea & snacks".to_owned()),
        history,
        share: 0.4,
    };
    let mut all: Vec<Facts> = [
        Bar::NotSold,
        Bar::NotRankedYet,
        Bar::OutOfStock,
        Bar::Category,
        Bar::Brand,
        Bar::Price,
        Bar::Excluded,
        Bar::OnThePage,
        Bar::DealtWith,
        Bar::NotInterested,
        Bar::AskedForCheaper,
        Bar::AskedForOtherBrand,
    ]
    .map(|by| Facts::Barred { by })
    .into();
    all.extend([
        Facts::AskedFor { concept: Concept::Word("oolong".to_owned()), by: 0.2 },
        Facts::AskedFor { concept: Concept::Word("oolong".to_owned()), by: -0.2 },
        outranked(0.02),
        outranked(-0.02),
        change(Change::Without { history: vec![past(5, "pot"), past(4, "cup")] }, Some(2), None),
        did(EventKind::Purchase),
        did(EventKind::Cart),
        did(EventKind::Wish),
        did(EventKind::Rate),
        did(EventKind::View),
        price(Some(50.0), Some(1_499.5)),
        price(Some(50.0), None),
        price(None, Some(200.0)),
        price(None, None),
        within(Circumstance::Daypart(Daypart::Morning)),
        within(Circumstance::Weekday(0)),
        within(Circumstance::Season(Season::Autumn)),
        within(Circumstance::Region("CN-33".to_owned())),
        within(Circumstance::Device(Device::Tablet)),
        change(Change::In { circumstance: Circumstance::Weekday(6) }, Some(4), Some(1)),
        above(lead("transition", 0.2), Some(past(5, "pot"))),
        above(lead("stated", 0.2), None),
        above(lead("text", -0.2), None),
        Facts::Priced { price: Some(yuan(12_800)) },
        Facts::Priced { price: None },
        Facts::Stocked { in_stock: true },
        Facts::Stocked { in_stock: false },
        Facts::Described { field: Field::Brand, values: vec![Text::both("山月", "Shanyue")] },
        Facts::Described { field: named(), values: vec!["Jade".into(), "Moss".into()] },
        Facts::Described { field: named(), values: Vec::new() },
        Facts::Described { field: Field::Description, values: Vec::new() },
        Facts::Mentions { word: "oolong".to_owned(), field: Field::Title },
        Facts::CostsLess { price: yuan(9_900), other: id("cup"), other_price: yuan(12_800) },
        taste(vec![past(5, "pot")]),
        taste(vec![past(5, "pot"), past(4, "cup")]),
    ]);
    all
}

fn read_all(lang: Language) -> String {
    let shop = shop_with_a_book();
    let text = |facts: Facts| {
        let kind = facts.kind();
        format!("{kind}: {}\n", phrase(&[claim(facts)], Strength::Strong, lang, &shop)[0].text)
    };
    answers().into_iter().map(text).collect()
}

#[test]
fn every_answer_reads_naturally_in_english() {
    insta::assert_snapshot!(read_all(Language::En));
}

#[test]
fn every_answer_reads_naturally_in_chinese() {
    insta::assert_snapshot!(read_all(Language::Zh));
}

#[test]
fn every_answer_reads_naturally_in_japanese() {
    insta::assert_snapshot!(read_all(Language::Ja));
}

#[test]
fn every_kind_reads_naturally_in_japanese() {
    insta::assert_snapshot!(read(Language::Ja));
}

#[test]
fn whole_reasons_read_naturally_in_japanese() {
    insta::assert_snapshot!(read_whole(Language::Ja));
}

/// Words of the shop that stand in the sentences above.
fn data(shop: &TeaShop) -> Vec<String> {
    let texts = shop.items.values().flat_map(|item| {
        let own = [&item.title, &item.brand].into_iter().chain(&item.categories);
        own.flat_map(Text::versions).map(str::to_owned).collect::<Vec<_>>()
    });
    let ids = shop.items.keys().map(|id| id.as_str().to_owned());
    let said = "origin Hangzhou 春茶 绿茶 克 delivery|the packaging|the taste|the price|the quality|\
        壶嘴|CN-33|浙江|colour|oolong|Jade|Moss|Green tea|Shanyue";
    let said = said.split(['|', ' ']).filter(|word| *word != "the").map(str::to_owned);
    let said = said.chain(["the ".to_owned(), "Green tea".to_owned(), "Tea & snacks".to_owned()]);
    texts.chain(ids).chain(said).collect()
}

#[test]
fn no_word_of_a_reason_or_an_answer_stands_in_code() {
    let shop = shop_with_a_book();
    let data = data(&shop);
    let data: Vec<&str> = data.iter().map(String::as_str).collect();
    for facts in kinds().into_iter().chain(answers()) {
        let claims = [claim(facts)];
        let sentences = phrase(&claims, Strength::Weak, Language::Qps, &shop);
        let statements = statements::statements_of(&claims, Language::En, &shop).list;
        assert!(
            statements::statements_of(&claims, Language::Qps, &shop).list.is_empty(),
            "no lists, no model"
        );
        assert!(statements.iter().all(|statement| !statement.slots.is_empty()));
        for sentence in &sentences {
            let found = pseudo::hard_coded(&sentence.text, &data);
            assert!(found.is_empty(), "{found:?} in {}", sentence.text);
            assert!(sentence.text.starts_with('⟦'), "{}", sentence.text);
        }
    }
}
