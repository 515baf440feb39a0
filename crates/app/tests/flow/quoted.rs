//! Words that a reason quotes are words of both titles, whole and spelt as there.

use std::collections::BTreeSet;

use app::Live;
use claims::Facts;
use domain::{EventKind, Item, Language, Text};
use shop::Access;

use super::small_shop::{event, item_id, request_of, subject};

/// Four articles of each kind; the words of a kind are all that its titles share.
const TITLES: [&str; 20] = [
    "印花T恤 男款",
    "纯色T恤 情侣",
    "条纹T恤 童装",
    "亨利领T恤 复古",
    "金属U盘 64GB",
    "迷你U盘 车载",
    "加密U盘 商务",
    "卡通U盘 礼品",
    "小米14Pro钢化膜",
    "透明壳 小米14Pro",
    "磨砂壳 小米14Pro",
    "支架壳 小米14Pro",
    "USB-C 拓展坞",
    "编织线 USB-C",
    "耳机 USB-C",
    "台灯 USB-C",
    "觅橘润肤乳",
    "觅橘沐浴啫喱",
    "觅橘磨砂膏",
    "觅橘发膜",
];

/// What a shop of these articles quotes in its reasons, in lists of shoppers who looked at one each.
fn quoted(settings: &str) -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    let settings = format!("{settings}\n[signals.tuning]\nenabled = false\n");
    std::fs::write(folder.path().join("candor.toml"), settings).unwrap();
    let live = Live::new(app::open(folder.path(), Access::Create).unwrap()).unwrap();
    let item = |(n, title): (usize, &&str)| {
        let mut item = Item::bare(item_id(&format!("a{n}")));
        item.title = Text::from(*title);
        item.categories = vec![Text::from("美妆个护")];
        item
    };
    let items: Vec<Item> = TITLES.iter().enumerate().map(item).collect();
    live.collector.put_items(items.clone()).unwrap();
    let views = items.iter().enumerate();
    let views = views.map(|(n, item)| {
        event(&subject(&format!("s{n}")), EventKind::View, &item.id, &n.to_string())
    });
    live.collector.collect(views.collect()).unwrap();
    live.train(&|_| {}).unwrap();
    let mut all = BTreeSet::new();
    for n in 0..TITLES.len() {
        let mut request = request_of(&subject(&format!("s{n}")));
        request.lang = Some(Language::Zh);
        for item in live.recommender.recommend(&request).unwrap().items {
            let title = live.item(&item.item_id).unwrap().title.clone();
            let claims = item.reasons.iter().flat_map(|reason| &reason.claims);
            for claim in claims {
                let Facts::SimilarText { other, shared_terms, .. } = &claim.facts else { continue };
                let other = live.item(other).unwrap().title.clone();
                for term in shared_terms {
                    for title in [&title, &other] {
                        let title = title.in_language(Language::Zh);
                        assert!(title.contains(term.as_str()), "{term} is not in {title}");
                    }
                    all.insert(term.clone());
                }
            }
        }
    }
    let report = audit::audit(live.shop()).unwrap();
    assert!(report.is_clean(), "{report:?}");
    all
}

#[test]
fn words_of_letters_and_characters_are_quoted_whole_and_pieces_never() {
    let found = quoted("");
    let expected = |term: &str| found.contains(term);
    assert!(["T恤", "U盘", "小米14Pro"].into_iter().all(expected), "{found:?}");
    // Codes without a Chinese character give way to other claims where the reader reads Chinese.
    let others =
        found.iter().filter(|term| !["T恤", "U盘", "小米14Pro", "USB-C"].contains(&&***term));
    assert_eq!(others.count(), 0, "{found:?}");
}

#[test]
fn a_word_that_the_shop_adds_is_quoted_too() {
    assert!(quoted("[language]\nwords = [\"觅橘\"]\n").contains("觅橘"));
}
