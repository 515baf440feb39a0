use super::*;

/// `delivery+` for praise, `delivery-` for fault.
fn said(text: &str) -> String {
    let sign = |polarity| if polarity == Polarity::Positive { '+' } else { '-' };
    let said = opinions(text).into_iter().map(|o| format!("{}{}", o.aspect, sign(o.polarity)));
    said.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_opinion_belongs_to_the_aspect_beside_it() {
    for (text, expected) in [
        ("包装精美，物流也很快", "packaging+ delivery+"),
        ("价格不贵", "price+"),
        ("补水保湿效果都很好", "moisture+ moisture+"),
        ("淡淡的香味，喜欢", "scent+"),
        ("快递小哥服务态度很差", "delivery-"),
        ("The packaging was damaged but the delivery was fast", "packaging- delivery+"),
        ("Great price and beautiful design", "price+ look+"),
        ("Quality is poor. Love the smell!", "quality- scent+"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn a_negation_turns_an_opinion_round() {
    for (text, expected) in [
        ("味道不太好闻", "scent-"),
        ("质地一点也不油腻", "texture+"),
        ("包装没有破损", "packaging+"),
        ("物流不慢", "delivery+"),
        ("The fabric is not very soft", "quality-"),
        ("No problem with the delivery", "delivery+"),
        ("The size isn't right, the colour doesn't look good", "colour-"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn a_wish_or_a_doubt_says_nothing_of_the_item() {
    assert_eq!(said("希望效果好"), "");
    assert_eq!(said("I hope the quality is good"), "");
}

#[test]
fn a_longer_word_is_not_taken_for_a_shorter_one() {
    assert_eq!(said("快递到了，味道好像淡了"), "");
    assert_eq!(said("包装差不多"), "");
}

#[test]
fn an_opinion_may_mean_an_aspect_without_naming_it() {
    let found = opinions("真的很便宜");
    let only = [Opinion {
        aspect: "price",
        polarity: Polarity::Positive,
        start: 3,
        end: 5,
        implied: true,
    }];
    assert_eq!(found, only);
    assert_eq!(said("Way overpriced"), "price-");
}

#[test]
fn places_count_characters_of_the_raw_text() {
    let text = "ＡＢＣ　😀 好。The Packaging—“LOVELY”！物流超快";
    let characters: Vec<char> = text.chars().collect();
    let at = |o: &Opinion| characters[o.start as usize..o.end as usize].iter().collect::<String>();
    let places: Vec<String> = opinions(text).iter().map(at).collect();
    assert!(places.contains(&"物流".to_owned()), "{places:?}");
}

#[test]
fn words_of_no_list_are_found_beside_an_opinion() {
    let found = words_with_opinions("The handle broke. 鱼竿很结实");
    let words: Vec<_> = found.iter().map(|said| (said.word.as_str(), said.polarity)).collect();
    assert_eq!(words, [("handle", Polarity::Negative), ("鱼竿", Polarity::Positive)]);
}

#[test]
fn every_aspect_has_a_name_in_both_languages() {
    for key in keys() {
        let name = name(key).unwrap();
        assert!(!name.in_language(Language::Zh).is_empty(), "{key}");
        assert!(!name.in_language(Language::En).is_empty(), "{key}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics_and_every_place_lies_inside_it(text in "\\PC{0,60}") {
        let n = text.chars().count() as u32;
        for o in opinions(&text) {
            proptest::prop_assert!(o.start < o.end && o.end <= n);
        }
        for said in words_with_opinions(&text) {
            proptest::prop_assert!(said.start < said.end && said.end <= n);
        }
    }
}
