use domain::{EventTime, ItemId, SubjectId};
use proptest::prelude::*;

use super::*;

fn name(raw: &str) -> String {
    normalised(raw, Kind::Name).0
}

fn prose(raw: &str) -> String {
    normalised(raw, Kind::Prose).0
}

fn branded(brand: &str) -> Item {
    Item { brand: brand.into(), ..Item::bare(ItemId::new("a").unwrap()) }
}

#[test]
fn entities_are_decoded_however_often_they_were_encoded() {
    assert_eq!(name("L&#39;Oreal &amp; Co"), "L'Oreal & Co");
    assert_eq!(name("Salt &amp;amp; pepper"), "Salt & pepper");
    assert_eq!(name("AT&T"), "AT&T");
}

#[test]
fn what_cannot_be_seen_is_removed_and_emoji_stay_whole() {
    assert_eq!(name("口\u{200B}红\u{0}\u{FEFF}"), "口红");
    assert_eq!(name("a\u{202E}b"), "ab");
    assert_eq!(name("👩\u{200D}🔬 kit"), "👩\u{200D}🔬 kit");
}

#[test]
fn white_space_is_one_space_and_capitals_and_widths_stay() {
    assert_eq!(name("  WHITE \t\n HEART\u{3000}HOLDER "), "WHITE HEART HOLDER");
    assert_eq!(name("ＳＫ－ＩＩ"), "ＳＫ－ＩＩ", "display keeps the letters it was given");
    assert_eq!(name("cafe\u{301}"), "café");
}

#[test]
fn tags_leave_prose_but_not_names() {
    assert_eq!(prose("<p>Soft &amp; <b>mild</b></p><br/>5 < 6 <3"), "Soft & mild 5 < 6 <3");
    assert_eq!(prose("&lt;i&gt;twice&lt;/i&gt;"), "twice");
    assert_eq!(prose("a<STYLE>.x{}</STYLE>b<!-- c -->d<script>evil()"), "a b d");
    assert_eq!(name("I <b3 you"), "I <b3 you");
}

#[test]
fn a_brand_has_the_spelling_that_most_of_its_items_have() {
    let mut brands = BrandSpellings::default();
    for spelling in
        ["L&#39;Oreal Paris", "L'OREAL PARIS", "L'Oreal Paris", "Loreal  Paris", "Revlon"]
    {
        brands.see(&spelling.into());
    }
    assert_eq!(brands.n_respelled(), 2);
    let mut normaliser = Normaliser::new(brands);
    for raw in ["LOREAL PARIS", "loreal paris", "L'Oreal Paris"] {
        assert_eq!(normaliser.item(branded(raw)).brand, "L'Oreal Paris".into());
    }
    assert_eq!(normaliser.item(branded("Revlon Inc")).brand, "Revlon Inc".into());
    assert_eq!(normaliser.item(branded("***")).brand, "***".into());
    assert_eq!(normaliser.into_counts()[&Change::BrandRespelled], 2);
}

#[test]
fn equally_common_spellings_are_settled_the_same_way_in_any_order() {
    let spelled = |order: [&str; 2]| {
        let mut brands = BrandSpellings::default();
        order.iter().for_each(|&brand| brands.see(&brand.into()));
        brands.common("opi").to_owned()
    };
    assert_eq!(spelled(["OPI", "O.P.I"]), spelled(["O.P.I", "OPI"]));
}

#[test]
fn every_text_of_an_item_is_normalised_in_each_language_and_changes_are_counted() {
    let mut normaliser = Normaliser::new(BrandSpellings::default());
    let item = normaliser.item(Item {
        title: Text::both("口红\u{200B}", "Lip &amp; stick"),
        categories: vec!["Bath &amp; Body".into(), " ".into()],
        description: "<p> </p>".into(),
        ..branded("Plain")
    });
    assert_eq!(item.title, Text::both("口红", "Lip & stick"));
    assert_eq!(item.categories, ["Bath & Body".into()]);
    assert_eq!(item.description, Text::Missing, "nothing is left of it");
    let counts = normaliser.into_counts();
    assert_eq!((counts[&Change::EntitiesDecoded], counts[&Change::ControlsRemoved]), (2, 1));
    assert_eq!(counts[&Change::TagsStripped], 1);
}

#[test]
fn reviews_are_text_without_tags() {
    let review = Normaliser::new(BrandSpellings::default()).review(Review {
        subject: SubjectId::new("u").unwrap(),
        item_id: ItemId::new("a").unwrap(),
        time: EventTime::Ordinal(0),
        rating: None,
        title: "Great&nbsp;&amp; fine".to_owned(),
        text: "Love<br />it".to_owned(),
        source_key: "k".to_owned(),
    });
    assert_eq!((review.title.as_str(), review.text.as_str()), ("Great & fine", "Love it"));
}

proptest! {
    #[test]
    fn any_text_is_safe_to_normalise_and_has_no_ragged_space(raw in "\\PC*|[<>/a-z&;# \t\n!-]*") {
        for text in [name(&raw), prose(&raw)] {
            prop_assert_eq!(collapsed(&text), text.clone());
            prop_assert!(!text.chars().any(is_invisible));
        }
    }

    #[test]
    fn normalising_plain_words_changes_nothing(words in "[A-Za-z0-9]{1,8}( [A-Za-z0-9]{1,8}){0,5}") {
        prop_assert_eq!(normalised(&words, Kind::Prose), (words.clone(), vec![]));
    }
}
