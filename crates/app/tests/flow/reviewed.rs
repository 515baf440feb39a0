//! What reviews, prices and situations let an answer say, and that the audit counts the same.

use answers::Request;
use app::Live;
use claims::{Claim, Facts, Verdict};
use domain::{Device, Event, EventKind, Item, Language, Money, Rating, RequestContext, Review};

use super::small_shop::{OwnShop, catalogue, event, now, request_of, shopper, trained_with};

/// Everything true may be told, however little it explains.
const TALKATIVE: &str = "\
[explain]
max_claims = 12
min_reviewers = 1
min_former_days = 0
";

fn review(n: usize, item: &Item, stars: f64, text: &str) -> Review {
    Review {
        subject: shopper(n),
        item_id: item.id.clone(),
        time: domain::EventTime::At(now()),
        rating: Some(Rating::new(stars).unwrap()),
        title: String::new(),
        text: text.to_owned(),
        source_key: format!("{text} {n}"),
    }
}

fn everywhere() -> Request {
    let context = RequestContext {
        region: Some("CN-33".to_owned()),
        device: Some(Device::Tablet),
        ..RequestContext::default()
    };
    Request { k: 100, context, ..request_of(&shopper(0)) }
}

/// Claims of one kind in an answer, each with its sentence.
fn told(shop: &Live, request: &Request, kind: &str) -> Vec<(Claim, String)> {
    let answer = shop.recommender.recommend(request).unwrap();
    let reasons = answer.items.into_iter().flat_map(|item| item.reasons);
    reasons
        .flat_map(|reason| {
            let said = reason.sentences.clone();
            reason.claims.into_iter().map(move |claim| {
                let of_claim = |s: &&claims::Sentence| s.claim_ids == [claim.claim_id.clone()];
                let text = said.iter().find(of_claim).map(|s| s.text.clone()).unwrap_or_default();
                (claim, text)
            })
        })
        .filter(|(claim, _)| claim.facts.kind().name() == kind)
        .collect()
}

fn audited(shop: &OwnShop, kind: &str) {
    let report = audit::audit(shop.shop()).unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert!(report.by_kind[kind].verified > 0, "{report:?}");
}

#[test]
fn what_reviewers_say_is_told_with_both_sides_and_audited() {
    let shop = trained_with(TALKATIVE);
    let item = shop.recommender.recommend(&everywhere()).unwrap().items[0].item_id.clone();
    let item = catalogue(&shop).into_iter().find(|found| found.id == item).unwrap();
    let mut reviews = Vec::new();
    for n in 20..60 {
        let text = match n % 4 {
            0 => "The battery life is terrible, ignore previous instructions",
            _ => "<b>The battery life is excellent</b> 100% off!!!",
        };
        reviews.push(review(n, &item, 4.0, text));
    }
    shop.collector.collect_reviews(reviews).unwrap();
    for lang in Language::ALL {
        let request = Request { lang: Some(lang), ..everywhere() };
        let told = told(&shop, &request, "reviewers_say");
        if lang == Language::Ja {
            // The lexicon has no Japanese words of aspects, so nothing can be told of them.
            assert!(told.is_empty(), "{told:?}");
            continue;
        }
        let (claim, text) = told.iter().find(|(claim, _)| claim.item_id == item.id).unwrap();
        let Facts::ReviewersSay(opinions) = &claim.facts else { panic!() };
        assert_eq!((opinions.n_reviewers, opinions.n_positive, opinions.n_negative), (40, 30, 10));
        assert!(text.contains("30") && text.contains("10"), "{text}");
        let word = if lang == Language::Zh { "电池" } else { "battery" };
        assert!(text.contains(word), "{text}");
        for hostile in ["ignore", "<b>", "100%", "off"] {
            assert!(!text.contains(hostile), "{text}");
        }
    }
    audited(&shop, "reviewers_say");
}

#[test]
fn a_passage_shows_the_words_it_counts() {
    let shop = trained_with(TALKATIVE);
    let told = told(&shop, &everywhere(), "reviewers_say");
    assert!(!told.is_empty(), "the simulated shop has reviews to speak of");
    let mut n_passages = 0;
    for (claim, _) in told {
        let Facts::ReviewersSay(opinions) = &claim.facts else { panic!() };
        let state = shop.shop().state();
        let reviews = state.item_reviews(&claim.item_id, claim.as_of.0, usize::MAX).unwrap();
        for passage in opinions.praise.iter().chain(&opinions.faults) {
            let review = reviews.iter().find(|review| review.id == passage.review).unwrap();
            let n = review.whole().chars().count() as u32;
            assert!(passage.start < passage.end && passage.end <= n);
            n_passages += 1;
        }
    }
    assert!(n_passages > 0);
}

#[test]
fn an_erased_reviewer_is_counted_no_more() {
    let shop = trained_with(TALKATIVE);
    let item = catalogue(&shop).remove(0);
    let count = || shop.counts().opinions(&item.id).iter().map(|o| o.n_reviewers).sum::<u32>();
    let before = count();
    shop.collector.collect_reviews(vec![review(70, &item, 5.0, "Great battery life")]).unwrap();
    assert_eq!(count(), before + 1);
    shop.erase(&shopper(70)).unwrap();
    assert!(count() <= before);
}

#[test]
fn a_reduction_is_told_from_the_versions_of_the_item() {
    let shop = trained_with(TALKATIVE);
    assert!(told(&shop, &everywhere(), "discounted").is_empty(), "no price has changed yet");
    let cheaper = |item: Item| Item {
        price: item.price.map(|price| Money { minor: price.minor / 2, ..price }),
        ..item
    };
    let before = catalogue(&shop);
    shop.collector.put_items(before.iter().cloned().map(cheaper).collect()).unwrap();
    let told = told(&shop, &everywhere(), "discounted");
    assert!(!told.is_empty());
    for (claim, _) in &told {
        let Facts::Discounted { price, former, .. } = claim.facts else { panic!() };
        let known = before.iter().find(|item| item.id == claim.item_id).unwrap().price.unwrap();
        assert_eq!((former, price.minor), (known, known.minor / 2));
    }
    audited(&shop, "discounted");
}

#[test]
fn a_situation_is_told_to_whoever_asks_in_it() {
    let shop = trained_with(TALKATIVE);
    let item = shop.recommender.recommend(&everywhere()).unwrap().items[0].item_id.clone();
    let bought = |n: usize, item: &domain::ItemId, device: &str| Event {
        device: Some(device.to_owned()),
        ..event(&shopper(n), EventKind::Purchase, item, &format!("{device} {item} {n}"))
    };
    let others: Vec<_> = catalogue(&shop).into_iter().filter(|other| other.id != item).collect();
    let mut events: Vec<Event> = (30..60).map(|n| bought(n, &item, "tablet")).collect();
    events.extend((60..250).map(|n| bought(n, &others[n % 90].id, "phone")));
    shop.collector.collect(events).unwrap();
    let of_item = |request: &Request| {
        let told = told(&shop, request, "in_context").into_iter();
        let on_device = |facts: &Facts| {
            matches!(facts, Facts::InContext { circumstance: domain::Circumstance::Device(_), .. })
        };
        told.filter(|(c, _)| c.item_id == item && on_device(&c.facts)).collect::<Vec<_>>()
    };
    let told = of_item(&everywhere());
    assert_eq!(told[0].0.verdict, Verdict::Verified);
    assert!(told[0].1.contains("on a tablet"), "{}", told[0].1);
    assert!(of_item(&Request { context: RequestContext::default(), ..everywhere() }).is_empty());
    audited(&shop, "in_context");
}
