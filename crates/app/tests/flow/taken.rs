//! What shoppers take of what they are shown, as the next model learns from it.

use answers::{Answer, Request};
use domain::{EventKind, ItemId, Preferences, SubjectId, Timestamp};
use experimentation::optimise::{Decision, TrialState};
use serving::feedback::Exposure;

use super::small_shop::{OwnShop, event, shopper, trained_with};

const NOW: Timestamp = Timestamp(1_800_000_000_000);
const SETTINGS: &str = "min_shoppers = 25\n[optimise]\ngate_margin = 0.9\n";
/// Shoppers with something in their past.
const CROWD: std::ops::Range<usize> = 6..206;

/// Everyone in the crowd is shown a list, and buys the item that they choose.
fn shop_of(shop: &OwnShop, request: &Request, chooses: impl Fn(&Answer) -> Option<ItemId>) {
    for n in CROWD {
        let who = shopper(n);
        let answer = shop.recommender.recommend(&Request {
            k: 6,
            shopper: Some(who.clone()),
            ..request.clone()
        });
        let answer = answer.unwrap();
        let exposure = Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
        shop.feedback.expose(&exposure, None, NOW).unwrap();
        if let Some(item) = chooses(&answer) {
            let mut bought = event(&who, EventKind::Purchase, &item, "took");
            bought.request_id = Some(answer.request_id.clone());
            shop.collector.collect(vec![bought]).unwrap();
        }
    }
}

/// What reads most like what they know, however popular.
fn most_alike(answer: &Answer) -> Option<ItemId> {
    let text = |item: &answers::AnsweredItem| item.signals.get("text").copied().unwrap_or(0.0);
    let best = answer.items.iter().max_by(|a, b| text(a).total_cmp(&text(b)))?;
    Some(best.item_id.clone())
}

fn next_model(shop: &OwnShop) -> Decision {
    shop.optimise(NOW, &|_| {}).unwrap().trial.decision.unwrap()
}

#[test]
fn what_shoppers_take_of_their_lists_teaches_the_next_model() {
    let shop = trained_with(SETTINGS);
    shop_of(&shop, &Request::default(), most_alike);
    let decision = next_model(&shop);
    assert_eq!(decision.state, TrialState::OnTrial, "{}", decision.why);
    let taken = decision.gate.as_ref().unwrap().taken.unwrap();
    assert!(taken.is_significant() && taken.n_lists > 100, "{taken:?}");
    assert!(decision.why.contains("what was taken"), "{}", decision.why);
    let report = |version| training::trained(shop.shop(), version).unwrap().report;
    let (old, new) = (report(&decision.champion), report(&decision.challenger));
    assert_eq!((old.choice_gain, new.choice_gain), (None, Some(taken)));
    let audit = audit::audit(shop.shop()).unwrap();
    assert!(audit.is_clean(), "{audit:?}");
}

#[test]
fn probes_and_shoppers_without_profiling_teach_the_next_model_nothing() {
    let shop =
        trained_with(&format!("{SETTINGS}[seeded_errors]\ntraffic = [\"test\"]\nshare = 0.99\n"));
    let tested = Request { traffic: answers::request::Traffic::Test, ..Request::default() };
    shop_of(&shop, &tested, most_alike);
    assert_eq!(next_model(&shop).gate.unwrap().taken, None, "what was planted in teaches nothing");

    let shop = trained_with(SETTINGS);
    shop_of(&shop, &Request::default(), most_alike);
    CROWD.for_each(|n| leave(&shop, &shopper(n)));
    assert_eq!(next_model(&shop).gate.unwrap().taken, None, "they have left");
}

fn leave(shop: &OwnShop, who: &SubjectId) {
    shop.corrections
        .set_preferences(who, &Preferences { profiling: false, ..Preferences::default() })
        .unwrap();
}
