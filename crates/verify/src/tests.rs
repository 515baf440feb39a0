use domain::{
    EventKind, EventTime, IngestId, Item, ItemId, Language, Money, Rating, Text, Timestamp,
};
use proptest::prelude::*;

use crate::bundle::{Bundle, ByHand, ModelOutput, Review, Row, Shown, Version, Wish, Without};
use crate::{Verdict, message_of, verify};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-30T12:00:00Z").unwrap()
}

fn id(name: &str) -> ItemId {
    ItemId::new(name).unwrap()
}

fn yuan(amount: i64) -> Option<Money> {
    Some(Money { minor: amount * 100, currency: domain::Currency::CNY })
}

fn item(name: &str, title: Text, categories: &[Text], price: i64) -> Item {
    let mut item = Item::bare(id(name));
    item.title = title;
    item.brand = Text::both("山月", "Shanyue");
    item.categories = categories.to_vec();
    item.price = yuan(price);
    item
}

fn catalogue() -> Vec<Version> {
    let tea = Text::both("茶", "Tea");
    let green = [tea.clone(), Text::both("绿茶", "Green tea")];
    let oolong = [tea, Text::both("乌龙", "Oolong")];
    let ware = [Text::both("茶具", "Teaware")];
    let spring = |price| item("tea", Text::both("春茶绿茶", "Spring Green Tea"), &green, price);
    let reduced = Timestamp::parse("2026-11-10T00:00:00Z").unwrap().0;
    let mut cup = item("cup", Text::both("青瓷杯", "Celadon Cup"), &ware, 39);
    cup.available_since = Some(Timestamp::parse("2026-11-18T22:00:00Z").unwrap());
    cup.in_stock = Some(true);
    cup.attributes.insert("glaze".to_owned(), vec![Text::both("青釉", "Celadon glaze")]);
    let mut pot = item("pot", Text::both("紫砂壶", "Clay Teapot"), &ware, 300);
    pot.attributes = cup.attributes.clone();
    let versions = [
        (reduced - 60 * DAY, spring(120)),
        (reduced - 30 * DAY - 12 * HOUR, spring(128)),
        (reduced - 29 * DAY - 12 * HOUR, spring(150)),
        (reduced, spring(99)),
        (0, pot),
        (0, cup),
        (0, item("matcha", Text::both("抹茶绿茶", "Fine Matcha Green Tea"), &green, 88)),
        (0, item("oolong", Text::both("铁观音", "Iron Oolong"), &oolong, 70)),
    ];
    let version = |(at, item): (i64, Item)| Version {
        version: IngestId::first_at(Timestamp(at)),
        item_id: item.id.clone(),
        item: Some(item),
    };
    versions.into_iter().map(version).collect()
}

fn row(who: &str, did: EventKind, item: &str, hours_ago: i64) -> Row {
    Row {
        who: who.to_owned(),
        did,
        item: id(item),
        time: EventTime::At(Timestamp(now().0 - hours_ago * HOUR)),
        quantity: 1,
        price: None,
        visit: None,
        region: None,
        device: None,
        zone_minutes: None,
    }
}

fn buys(who: &str, item: &str, hours_ago: i64, order: &str, device: &str) -> Row {
    let device = (!device.is_empty()).then(|| device.to_owned());
    let row = row(who, EventKind::Purchase, item, hours_ago);
    Row { visit: Some(order.to_owned()), device, price: yuan(50), ..row }
}

fn rows() -> Vec<Row> {
    let paid =
        |amount, hours| Row { price: yuan(amount), ..buys("r", "oolong", hours, "o", "desktop") };
    let mut sample = buys("p7", "tea", 5, "o7", "phone");
    sample.price = yuan(0);
    let view = EventKind::View;
    vec![
        buys("p1", "tea", 10, "o1", "phone"),
        buys("p2", "tea", 100, "o2", "phone"),
        buys("p3", "tea", 29 * 24 + 12, "o3", "tablet"),
        buys("p4", "tea", 30 * 24 + 12, "o4", ""),
        buys("p5", "tea", 20, "o5", "phone"),
        row("p5", EventKind::Refund, "tea", 2),
        sample,
        buys("p7", "POST", 5, "o7", "phone"),
        buys("p1", "pot", 10, "o1", "phone"),
        buys("p2", "pot", 50, "o9", "desktop"),
        buys("p6", "pot", 60, "o6", "desktop"),
        buys("r", "pot", 5, "or", "desktop"),
        buys("p1", "matcha", 30, "o0", "phone"),
        buys("p2", "matcha", 100, "o2", "phone"),
        row("p1", view, "pot", 12),
        row("p1", view, "tea", 11),
        row("p2", view, "tea", 120),
        row("p2", view, "pot", 110),
        row("p3", view, "pot", 800),
        row("r", view, "matcha", 500),
        paid(50, 400),
        paid(70, 300),
        paid(130, 200),
    ]
}

fn reviews() -> Vec<Review> {
    let texts = [
        ("p1", 50, "Lovely taste. 口感很好"),
        ("p2", 40, "It tastes of nothing. 口感一般"),
        ("p3", 40, "Tasty and fresh! 好吃"),
        ("p4", 50, "Tastefully wrapped"),
        ("p6", 50, ""),
    ];
    let review = |(who, tenths, text): (&str, u32, &str)| Review {
        who: who.to_owned(),
        item: id("tea"),
        rating: Rating::new(f64::from(tenths) / 10.0).ok(),
        text: text.to_owned(),
    };
    texts.into_iter().map(review).collect()
}

fn model() -> ModelOutput {
    let ids = |names: &[&str]| names.iter().map(|name| id(name)).collect::<Vec<_>>();
    let ranks = [("tea", 1), ("cup", 7), ("matcha", 14)];
    ModelOutput {
        steps: ids(&["pot", "oolong", "matcha"]),
        rank_by_score: ranks.map(|(name, rank)| (id(name), rank)).into(),
        without: vec![Without {
            steps: ids(&["pot"]),
            of: id("tea"),
            score: Some(1.5),
            rank_by_score: Some(5),
            list: ids(&["oolong", "cup", "matcha"]),
        }],
    }
}

/// A bundle of three items, with these sentences.
fn bundle(lang: Language, sentences: &[(&str, &str)]) -> Bundle {
    let shown = |(at, name): (usize, &str)| Shown {
        item_id: id(name),
        rank: at as u32 + 1,
        score: 2.5 - at as f64,
        sentences: sentences
            .iter()
            .filter(|(of, _)| *of == name)
            .map(|(_, text)| (*text).to_owned())
            .collect(),
    };
    Bundle {
        format: crate::bundle::FORMAT.to_owned(),
        request_id: domain::RequestId::new("r1").unwrap(),
        told_at: now(),
        as_of: IngestId::first_at(now()),
        model_version: domain::ModelVersion::new("m1").unwrap(),
        simulated: false,
        lang,
        page: Vec::new(),
        reader: Some("r".to_owned()),
        profiling_off: false,
        list: ["tea", "cup", "matcha"].into_iter().enumerate().map(shown).collect(),
        by_hand: vec![ByHand { item_id: id("matcha"), paid: true }],
        not_products: vec!["POST*".to_owned()],
        catalogue: catalogue(),
        rows: rows(),
        reviews: reviews(),
        wishes: vec![
            Wish { concept: "green tea".to_owned(), more: true },
            Wish { concept: "绿茶".to_owned(), more: true },
        ],
        model: Some(model()),
    }
}

const ENGLISH: &[(&str, &str)] = &[
    (
        "tea",
        "Because you bought “Clay Teapot”: that is 40% of its score; without it this would rank 5th instead of 1st.",
    ),
    (
        "tea",
        "If we did not count that you bought “Clay Teapot”, “Iron Oolong” would be here instead.",
    ),
    (
        "tea",
        "2 shoppers bought both this and “Clay Teapot”, 0.8 times as many as chance would bring.",
    ),
    ("tea", "1 of the 3 shoppers who looked at “Clay Teapot” looked at this one afterwards."),
    ("tea", "It is from Green tea, like 1 of your last 3 items."),
    ("tea", "It is by Shanyue, like all of your last 3 items."),
    ("cup", "Its glaze is Celadon glaze, like the last item you were interested in."),
    ("tea", "It reads much like “Fine Matcha Green Tea”: both mention “green tea”."),
    ("tea", "It is the most bought in Green tea in the last 30 days: 3 shoppers."),
    ("matcha", "It is the 3rd most bought in the shop: 2 shoppers so far."),
    ("tea", "At ¥99 it is within what you usually pay in Tea (¥60 to ¥100)."),
    ("tea", "Shoppers rate it 4.6 out of 5 (5 ratings)."),
    ("tea", "Of the 3 reviewers who mention the taste, 2 praise it and 1 finds fault with it."),
    ("tea", "Now ¥99, reduced on 10 Nov 2026; the lowest price in the 30 days before was ¥128."),
    (
        "tea",
        "Of the 3 buyers whose device is known, 2 bought it on a phone: 1.7 times the share in the whole shop.",
    ),
    ("cup", "New here: on sale since 18 Nov 2026 (12 days ago)."),
    ("cup", "Placed here for variety: by score alone it would come 7th."),
    ("matcha", "Advertisement: this place was paid for; by score alone it would come 14th."),
    ("tea", "You asked for more of “Green tea”."),
    ("tea", "That is only a small part of its score, but enough to decide whether it is here."),
    ("tea", "“Clay Teapot” costs ¥300."),
    ("tea", "“Celadon Cup” can be bought now."),
    ("tea", "“Celadon Cup” is cheaper than “Clay Teapot”: ¥39 against ¥300."),
];

const CHINESE: &[(&str, &str)] = &[
    (
        "tea",
        "因为您买过“紫砂壶”：它的得分有 40% 来自这条记录，没有这条记录，它会从第 1 位降到第 5 位。",
    ),
    ("tea", "如果不考虑您买过“紫砂壶”，这里推荐的就会是“铁观音”。"),
    ("tea", "有 1 位顾客同时买了它和“紫砂壶”，是随机情况下的 0.4 倍。"),
    ("tea", "看过“紫砂壶”的 3 位顾客中，有 1 位后来也看了它。"),
    ("tea", "它属于绿茶，您最近关注的 3 件商品中有 1 件也是。"),
    ("tea", "它的品牌是山月，与您最近关注的 3 件商品都相同。"),
    ("cup", "它的 glaze 是青釉，与您最近关注的那件商品相同。"),
    ("tea", "它与“抹茶绿茶”的介绍很接近，都提到了“绿茶”。"),
    ("tea", "最近 30 天有 3 位顾客买了它，购买人数在绿茶类排第 1。"),
    ("matcha", "至今已有 2 位顾客买过它，购买人数在全店排第 3。"),
    ("tea", "售价 99 元，与您平时买茶的花费相当（60 元至 100 元）。"),
    ("tea", "顾客评分 4.6 分（满分 5 分，共 5 条评分）。"),
    ("tea", "有 3 位顾客在评价里提到口感，其中 2 位表示满意，1 位表示不满。"),
    ("tea", "现价 99 元，2026 年 11 月 10 日降价；降价前 30 天内的最低价是 128 元。"),
    ("tea", "买过它的顾客中，有 2 位用手机下单（有设备记录的共 3 位），占比是全店的 1.7 倍。"),
    ("cup", "新品：2026 年 11 月 18 日上架（12 天前）。"),
    ("cup", "为了让您多些选择才排在这里：若只看得分，它排在第 7 位。"),
    ("matcha", "广告：这是付费展示位；若只看得分，它排在第 14 位。"),
    ("tea", "您说过想多看“绿茶”。"),
    ("tea", "以上只占它得分的一小部分，却足以决定它在不在这里。"),
    ("tea", "“紫砂壶”的价格是 300 元。"),
    ("tea", "“青瓷杯”现在可以买到。"),
    ("tea", "“青瓷杯”比“紫砂壶”便宜：39 元 对 300 元。"),
];

fn verdict_of(lang: Language, of: &str, text: &str, change: impl Fn(&mut Bundle)) -> Verdict {
    // What decides whether an item is here rests on a sentence beside it.
    let told = if lang == Language::Zh { CHINESE } else { ENGLISH };
    let mut bundle = bundle(lang, &[(of, text), told[1]]);
    change(&mut bundle);
    let report = verify(&bundle, bundle.told_at);
    report.sentences.iter().find(|told| told.text == text).unwrap().verdict
}

fn english(of: &str, text: &str) -> Verdict {
    verdict_of(Language::En, of, text, |_| ())
}

#[test]
fn every_true_sentence_is_found_true_or_the_models_own() {
    for (lang, told) in [(Language::En, ENGLISH), (Language::Zh, CHINESE)] {
        let bundle = bundle(lang, told);
        let report = verify(&bundle, now());
        assert_eq!(report.sentences.len(), told.len());
        for told in &report.sentences {
            assert!(told.verdict.is_good(), "{}: {:?}\n{:#?}", told.text, told.verdict, told.parts);
        }
    }
}

/// The text with one of its runs of digits replaced.
fn with_number(text: &str, which: usize, by: u32) -> Option<String> {
    let starts = text.char_indices().filter(|(at, c)| {
        c.is_ascii_digit() && !text[..*at].ends_with(|c: char| c.is_ascii_digit())
    });
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    let from = *starts.get(which % starts.len().max(1))?;
    let end = text[from..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |n| from + n);
    let old: u32 = text[from..end].parse().ok()?;
    (old != by).then(|| format!("{}{by}{}", &text[..from], &text[end..]))
}

/// Sentences with another number that are true as well: told more exactly, of fewer, or in the part
/// that only the reader of texts knows.
const AS_TRUE: [&str; 13] = [
    " 0.75 times as many",
    " 1.67 times the share",
    " 4.60 out of 5",
    "all of your last 1 items",
    "all of your last 2 items",
    " 1 praise it and 1 finds fault",
    " 1.67 倍",
    " 0.375 倍",
    " 0.38 倍",
    " 4.60 分",
    "最近关注的 1 件商品都相同",
    "最近关注的 2 件商品都相同",
    "其中 1 位表示满意，1 位表示不满",
];

#[test]
fn any_other_number_makes_a_true_sentence_false() {
    for (lang, told) in [(Language::En, ENGLISH), (Language::Zh, CHINESE)] {
        for (of, text) in told {
            let others = (0..=61).chain([67, 75, 99, 100, 101, 200, 375, 399]);
            let numbers = (0..6).flat_map(|n| others.clone().map(move |by| (n, by)));
            for changed in numbers.filter_map(|(number, by)| with_number(text, number, by)) {
                let verdict = verdict_of(lang, of, &changed, |_| ());
                let as_true = AS_TRUE.iter().any(|part| changed.contains(part));
                assert_eq!(verdict.is_good(), as_true, "{changed} is {verdict:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[“”《》a-c0-9 ,.%元位件的有“”]{0,60}", of in 0_usize..3) {
        for lang in [Language::En, Language::Zh] {
            let name = ["tea", "cup", "matcha"][of];
            verdict_of(lang, name, &text, |_| ());
        }
    }

    #[test]
    fn no_json_makes_it_panic(at in 0_usize..4000, put in "[\\[\\]{}\",:0-9a-z-]{0,4}", cut in 0_usize..20) {
        let whole = serde_json::to_string(&bundle(Language::En, ENGLISH)).unwrap();
        let at = (0..=at % whole.len()).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        let end = (at + cut..=whole.len()).find(|end| whole.is_char_boundary(*end)).unwrap_or(whole.len());
        let changed = format!("{}{put}{}", &whole[..at], &whole[end..]);
        if let Ok(bundle) = serde_json::from_str::<Bundle>(&changed) {
            let _ = verify(&bundle, bundle.told_at);
            let _ = verify(&bundle, Timestamp(i64::MIN));
        }
    }
}

#[test]
fn what_only_sounds_true_is_false() {
    let lies = [
        (
            "tea",
            "2 shoppers bought both this and “Fine Matcha Green Tea”, 0.8 times as many as chance would bring.",
        ),
        ("tea", "1 of the 3 shoppers who looked at “Celadon Cup” looked at this one afterwards."),
        ("tea", "It is from Teaware, like 1 of your last 3 items."),
        ("tea", "It is by Huayan, like all of your last 3 items."),
        ("tea", "It reads much like “Fine Matcha Green Tea”: both mention “green tea” and “tea”."),
        ("tea", "It reads much like “Fine Matcha Green Tea”: both mention “gree”."),
        ("tea", "It reads much like “Fine Matcha Green Tea”: both mention “spring”."),
        (
            "tea",
            "Because you looked at “Clay Teapot”: that is 40% of its score; without it this would rank 5th instead of 1st.",
        ),
        (
            "cup",
            "Because you bought “Clay Teapot”: that is 40% of its score; without it this would rank 5th instead of 1st.",
        ),
        (
            "tea",
            "If we did not count that you bought “Clay Teapot”, “Celadon Cup” would be here instead.",
        ),
        (
            "tea",
            "If we did not count that you bought “Clay Teapot” (one of the times), “Iron Oolong” would be here instead.",
        ),
        ("tea", "It is the 2nd most bought in Green tea in the last 30 days: 3 shoppers."),
        ("tea", "It is the most bought in Oolong in the last 30 days: 3 shoppers."),
        ("tea", "At ¥99 it is within what you usually pay in Teaware (¥60 to ¥100)."),
        ("tea", "All 3 reviewers who mention delivery praise it."),
        (
            "tea",
            "Of the 3 buyers whose device is known, 2 bought it on a tablet: 1.7 times the share in the whole shop.",
        ),
        ("tea", "Picked for this place by the shop; by score alone it would come 1st."),
        ("tea", "Placed here for variety: by score alone it would come 1st."),
        ("tea", "You asked for more of “Oolong”."),
        ("tea", "It is here although you asked for less of “Green tea”."),
        ("cup", "That is only a small part of its score, but enough to decide whether it is here."),
        (
            "tea",
            "We know nothing about your taste yet, so this does not depend on anything you did.",
        ),
        ("tea", "“Celadon Cup” is out of stock."),
        ("tea", "“Clay Teapot” is cheaper than “Celadon Cup”: ¥300 against ¥39."),
        ("tea", "The catalogue names no price for “Celadon Cup”."),
    ];
    for (of, text) in lies {
        assert_eq!(english(of, text), Verdict::False, "{text}");
    }
    for text in ["It is the best tea.", "3 shoppers love it.", ""] {
        assert_eq!(english("tea", text), Verdict::Unreadable, "{text}");
    }
}

#[test]
fn the_readers_clock_decides_what_lies_in_a_window_and_how_long_ago_a_day_is() {
    let texts = [("tea", ENGLISH[8].1), ("cup", ENGLISH[15].1)];
    let bundle = bundle(Language::En, &texts);
    let verdicts =
        |at| verify(&bundle, at).sentences.iter().map(|told| told.verdict).collect::<Vec<_>>();
    assert_eq!(verdicts(now()), [Verdict::True; 2]);
    assert_eq!(verdicts(Timestamp(now().0 + 400 * DAY)), [Verdict::False; 2]);
}

#[test]
fn a_tie_is_no_rank() {
    let tied = "It is the most bought in Green tea: 4 shoppers so far.";
    assert_eq!(english("tea", tied), Verdict::True);
    let verdict = verdict_of(Language::En, "tea", tied, |bundle| {
        bundle.rows.extend(["p3", "p4"].map(|who| buys(who, "matcha", 9, "ox", "")));
    });
    assert_eq!(verdict, Verdict::False);
}

#[test]
fn five_point_zero_stands_for_five_only() {
    let text = "Shoppers rate it 5.0 out of 5 (1 rating).";
    let verdict = |stars: f64| {
        verdict_of(Language::En, "tea", text, |bundle| {
            bundle.reviews.truncate(1);
            bundle.reviews[0].rating = Rating::new(stars).ok();
        })
    };
    assert_eq!([verdict(5.0), verdict(4.9)], [Verdict::True, Verdict::False]);
    let verdict =
        verdict_of(Language::En, "tea", "Shoppers rate it 5.0 out of 5 (30 ratings).", |bundle| {
            let five = Review { rating: Rating::new(5.0).ok(), ..bundle.reviews[0].clone() };
            bundle.reviews = vec![five; 30];
            bundle.reviews[0].rating = Rating::new(4.0).ok();
        });
    assert_eq!(verdict, Verdict::False, "4.97 is not 5.0");
}

#[test]
fn what_takes_a_place_is_told_only_where_nothing_else_changes() {
    let verdict = verdict_of(Language::En, "tea", ENGLISH[1].1, |bundle| {
        bundle.model.as_mut().unwrap().without[0].list[1] = id("pot");
    });
    assert_eq!(verdict, Verdict::False);
}

#[test]
fn without_the_models_output_its_part_is_taken_as_told_and_the_rest_recounted() {
    let verdict = |text| verdict_of(Language::En, "tea", text, |bundle| bundle.model = None);
    assert_eq!(verdict(ENGLISH[0].1), Verdict::RestsOnModel);
    assert_eq!(verdict(&ENGLISH[0].1.replace("1st", "2nd")), Verdict::False);
}

#[test]
fn a_stranger_is_told_that_nothing_is_known_and_somebody_known_is_not() {
    let text = "We know nothing about your taste yet, so this goes by this page alone.";
    let stranger = |bundle: &mut Bundle| {
        bundle.reader = None;
        bundle.page = vec![id("pot")];
    };
    assert_eq!(verdict_of(Language::En, "tea", text, stranger), Verdict::RestsOnModel);
    let text = "You switched personal recommendations off, so nothing you did was used.";
    assert_eq!(english("tea", text), Verdict::False);
    assert_eq!(
        verdict_of(Language::En, "tea", text, |bundle| bundle.profiling_off = true),
        Verdict::RestsOnModel
    );
}

#[test]
fn a_sentence_of_another_language_is_unreadable() {
    for (of, text) in ENGLISH {
        assert_eq!(verdict_of(Language::Zh, of, text, |_| ()), Verdict::Unreadable, "{text}");
    }
    assert_eq!(message_of(CHINESE[2].1, Language::Zh), Some("bought_one_order"));
}
