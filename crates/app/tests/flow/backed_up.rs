//! A backup is a shop that verifies, whatever goes on while it is taken; restoring one brings nobody
//! back who was erased since.

use app::Live;
use app::backup::{back_up, restore};
use shop::Access;

use super::small_shop::{empty, now, request_of, shopper, trained};

#[test]
fn a_backup_taken_while_serving_verifies_and_answers_the_same() {
    let shop = trained();
    (0..10).for_each(|n| drop(shop.recommender.recommend(&request_of(&shopper(n))).unwrap()));
    let folder = empty();
    let copy = folder.path().join("copy");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            (10..30)
                .for_each(|n| drop(shop.recommender.recommend(&request_of(&shopper(n))).unwrap()));
        });
        back_up(shop.shop().folder(), &copy).unwrap();
    });
    let before = shop.recommender.recommend(&request_of(&shopper(3))).unwrap();
    let copied = app::open(&copy, Access::Write).unwrap();
    let report = audit::audit(&copied).unwrap();
    assert!(report.is_clean() && report.n_answers >= 10, "{report:?}");
    let after = Live::new(copied).unwrap().recommender.recommend(&request_of(&shopper(3))).unwrap();
    let items = |answer: &answers::Answer| -> Vec<String> {
        answer.items.iter().map(|item| format!("{} {}", item.item_id, item.score)).collect()
    };
    assert_eq!(items(&after), items(&before));
}

#[test]
fn who_was_erased_after_the_backup_is_erased_again_by_restoring_it() {
    let shop = trained();
    let folder = empty();
    let (copy, used) = (folder.path().join("copy"), folder.path().join("used"));
    back_up(shop.shop().folder(), &copy).unwrap();
    restore(&copy, &used, false, now()).unwrap();
    let live = Live::new(app::open(&used, Access::Write).unwrap()).unwrap();
    live.erase(&shopper(1)).unwrap();
    let busy = restore(&copy, &used, true, now()).unwrap_err();
    assert!(busy.to_string().contains("another process"), "{busy}");
    drop(live);
    let there = restore(&copy, &used, false, now()).unwrap_err();
    assert!(there.to_string().contains("--replace"), "{there}");

    let restored = restore(&copy, &used, true, now()).unwrap();

    assert_eq!(restored.n_erased_again, 1);
    assert!(restored.set_aside.unwrap().join("state.db").is_file());
    let live = Live::new(app::open(&used, Access::Write).unwrap()).unwrap();
    let state = live.shop().state();
    assert_eq!(state.shopper(&shopper(1)).unwrap(), None);
    assert!(state.shopper(&shopper(2)).unwrap().is_some());
    let erased = *state.erasures().unwrap().last().unwrap();
    for version in live.shop().models().list().unwrap() {
        assert!(training::trained(live.shop(), &version).unwrap().as_of >= erased, "{version}");
    }
}
