use domain::{EventTime, ItemId, ShopperId};

use super::*;

fn review(n: u128, text: &str, stars: f64) -> StoredReview {
    StoredReview {
        id: IngestId(n),
        shopper: ShopperId(1),
        item_id: ItemId::new("i").unwrap(),
        time: EventTime::Ordinal(0),
        rating: Some(Rating::new(stars).unwrap()),
        title: "好评".to_owned(),
        text: text.to_owned(),
    }
}

fn aspects(reviews: &[(u32, &str)]) -> ItemAspects {
    let mut aspects = ItemAspects::default();
    for (n, (reviewer, text)) in reviews.iter().enumerate() {
        aspects.add(*reviewer, ReviewAspects::from(&review(n as u128 + 1, text, 5.0)));
    }
    aspects
}

#[test]
fn a_reviewer_counts_once_with_their_latest_review() {
    let aspects = aspects(&[(1, "包装很好"), (2, "包装太差了"), (1, "包装破损"), (1, "物流快")]);
    let told = aspects.opinions(&CategoryWords::default());
    let counts: Vec<_> = told
        .iter()
        .map(|o| {
            let aspect = o.aspect.in_language(domain::Language::Zh);
            (aspect, o.n_reviewers, o.n_positive, o.n_negative)
        })
        .collect();
    assert_eq!(counts, [("包装", 2, 0, 2), ("物流", 1, 1, 0)]);
}

#[test]
fn praise_and_fault_in_one_review_take_no_side() {
    let aspects = aspects(&[(1, "包装精美，但是包装有破损")]);
    let told = aspects.opinions(&CategoryWords::default());
    assert_eq!((told[0].n_reviewers, told[0].n_positive, told[0].n_negative), (1, 0, 0));
}

#[test]
fn a_passage_is_where_the_words_stand_in_headline_and_text() {
    let told = aspects(&[(1, "质量真不错")]).opinions(&CategoryWords::default());
    let passage = told[0].praise[0];
    let whole: Vec<char> = review(1, "质量真不错", 5.0).whole().chars().collect();
    let words: String = whole[passage.start as usize..passage.end as usize].iter().collect();
    assert_eq!(words, "质量");
}

#[test]
fn a_word_of_no_list_counts_only_where_it_moves_the_rating() {
    let mut category = CategoryWords::default();
    let mut item = ItemAspects::default();
    for n in 0..40_u32 {
        // The handle breaks, and those who say so are unhappy; the mug itself is neutral.
        let (text, stars) = match n % 4 {
            0 => ("The handle broke. A nice mug", 1.0 + f64::from(n % 3)),
            1 => ("The mug is nice", 4.0 + f64::from(n % 2)),
            2 => ("A nice mug", 5.0),
            _ => ("fine", 4.0 + f64::from(n / 4 % 2)),
        };
        let review = ReviewAspects::from(&review(u128::from(n) + 1, text, stars));
        category.add(&review);
        item.add(n, review);
    }
    let told = item.opinions(&category);
    let words: Vec<&str> =
        told.iter().map(|o| o.aspect.in_language(domain::Language::En)).collect();
    assert!(words.contains(&"handle"), "{words:?}");
    assert!(
        item.opinions(&CategoryWords::default())
            .iter()
            .all(|o| { o.aspect.in_language(domain::Language::En) != "handle" })
    );
    let mut moved = category.clone();
    moved.lose(&item);
    assert!(!moved.moves_the_rating("handle"));
    moved.gain(&item);
    assert!(moved.moves_the_rating("handle"), "moving an item there and back changes nothing");
}
