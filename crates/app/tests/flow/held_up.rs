//! An answer that takes long keeps nobody waiting, and says what was known when it began.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use app::Live;
use domain::EventKind;
use explain::Relation;
use shop::ShopError;
use store::StoreError;

use super::small_shop::{OwnShop, event, request_of, shopper, trained};
use super::watched::{Watch, watched};

/// Far longer than an event takes; only a test that fails waits for it.
const AT_MOST: Duration = Duration::from_secs(600);

/// Stops whoever first reads a history, until it is told to go on.
fn held(watch: &Watch) -> (Receiver<()>, Sender<()>) {
    let (arrived, arrives) = channel();
    let (goes_on, told) = channel();
    let mut is_first = true;
    watch.guard(move |name| {
        if name == "recent" && std::mem::take(&mut is_first) {
            arrived.send(()).unwrap();
            told.recv().unwrap();
        }
        Ok(())
    });
    (arrives, goes_on)
}

/// Does something while an answer to the first shopper is under way; what became of the answer.
fn meanwhile(
    (shop, watch): &(OwnShop, Arc<Watch>),
    does: impl FnOnce(&Live) + Send,
) -> Result<answers::Answer, ShopError> {
    let (arrives, goes_on) = held(watch);
    std::thread::scope(|scope| {
        let answer = scope.spawn(|| shop.recommender.recommend(&request_of(&shopper(0))));
        arrives.recv_timeout(AT_MOST).expect("the answer reads a history");
        let (done, is_done) = channel();
        let live: &Live = shop;
        scope.spawn(move || {
            does(live);
            done.send(()).unwrap();
        });
        let waited = is_done.recv_timeout(AT_MOST);
        goes_on.send(()).unwrap();
        assert!(waited.is_ok(), "it waited for the answer");
        answer.join().unwrap()
    })
}

#[test]
fn an_event_is_acknowledged_while_an_answer_is_computed() {
    let own = watched();
    let shop = &own.0;
    let before = shop.counts().as_of();
    let item =
        shop.recommender.recommend(&request_of(&shopper(1))).unwrap().items[0].item_id.clone();
    let answer = meanwhile(&own, |live| {
        let bought = event(&shopper(0), EventKind::Purchase, &item, "bought");
        let acks = live.collector.collect(vec![bought]).unwrap();
        assert_eq!(live.counts().as_of(), acks[0].id, "acknowledged and not counted");
    });
    let answer = answer.unwrap();
    assert_eq!(answer.as_of.0, before, "an answer says what was known when it began");
    assert!(shop.counts().as_of() > before);
    assert!(audit::audit_one(shop.shop(), &answer.request_id).unwrap().is_clean());
    assert!(shop.recommender.recommend(&request_of(&shopper(0))).unwrap().as_of.0 > before);
}

#[test]
fn an_answer_under_way_is_not_recorded_for_somebody_erased_meanwhile() {
    let answer = meanwhile(&watched(), |live| {
        live.erase(&shopper(0)).unwrap();
    });
    let problem = answer.expect_err("nothing is delivered to somebody who is gone");
    let ShopError::Store(problem) = problem else { panic!("{problem}") };
    assert!(matches!(*problem, StoreError::ShopperGone), "{problem}");
}

#[test]
fn a_snapshot_stays_as_it_was_and_the_next_one_has_what_came() {
    let shop = trained();
    let item =
        shop.recommender.recommend(&request_of(&shopper(1))).unwrap().items[0].item_id.clone();
    let before = shop.snapshot();
    let n = before.counts().shoppers_of(&item, Relation::Bought);
    shop.collector.collect(vec![event(&shopper(2), EventKind::Purchase, &item, "bought")]).unwrap();
    assert_eq!(before.counts().shoppers_of(&item, Relation::Bought), n);
    assert_eq!(shop.counts().shoppers_of(&item, Relation::Bought), n + 1);
}
