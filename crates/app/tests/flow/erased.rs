//! Forgetting a shopper, everywhere.

use app::Live;
use domain::SubjectId;
use ingest::import::{Format, Options, Progress};
use ingest::prepare::Source;
use shop::{Access, Shop, ShopError};
use store::HistoryRow;
use store::StoreError;
use tempfile::TempDir;

use super::inspect::{differences, faults};
use super::small_shop::{config, empty, files_below, now, request_of, shopper, subject, trained};

#[test]
fn an_erased_shopper_is_gone_from_counts_models_answers_and_every_byte() {
    let shop = trained();
    let (gone, stays) = (shopper(1), shopper(2));
    let before = shop.counts().n_shoppers();
    shop.recommender.recommend(&request_of(&gone)).unwrap();
    shop.recommender.recommend(&request_of(&stays)).unwrap();
    let old = shop.model().unwrap().version.clone();

    let erasure = shop.erase(&gone).unwrap();

    assert!(erasure.removed.events > 0 && erasure.removed.wiped);
    assert_eq!(differences(&shop.counts(), &shop.shop().count().unwrap()), [""; 0]);
    assert_eq!(shop.counts().n_shoppers(), before - 1);
    assert!(shop.shop().state().export(&gone).unwrap().is_none());
    let models = shop.shop().models().list().unwrap();
    assert_eq!(models, [shop.model().unwrap().version.clone()]);
    assert!(!models.contains(&old), "the model that counted them is still here");
    for (path, bytes) in files_below(shop.shop().folder()) {
        let name = gone.as_str().as_bytes();
        let trace = bytes
            .windows(name.len() + 1)
            .any(|w| &w[..name.len()] == name && !w[name.len()].is_ascii_digit());
        assert!(!trace, "a trace in {}", path.display());
    }
    assert!(!shop.recommender.recommend(&request_of(&gone)).unwrap().profiled);
    assert!(shop.recommender.recommend(&request_of(&stays)).unwrap().profiled);
}

#[test]
fn an_erasure_makes_no_earlier_answer_look_false() {
    let shop = trained();
    (0..10).for_each(|n| drop(shop.recommender.recommend(&request_of(&shopper(n))).unwrap()));
    shop.erase(&shopper(1)).unwrap();
    let report = audit::audit(shop.shop()).unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.n_answers, 9, "the erased shopper's own answer is gone");
    assert!(report.n_after_erasure > 0, "{report:?}");
}

/// The same shop, made without one shopper.
fn made_without(gone: &SubjectId) -> (TempDir, Shop) {
    let folder = empty();
    let shop = app::open(folder.path(), Access::Create).unwrap();
    let made = simulate::shop(&config());
    let items = made.items.into_iter().map(HistoryRow::Item);
    let events = made.events.into_iter().filter(|e| e.subject != *gone).map(HistoryRow::Event);
    let reviews = made.reviews.into_iter().filter(|r| r.subject != *gone).map(HistoryRow::Review);
    shop.state().load_history(&mut items.chain(events).chain(reviews), &mut |_| {}).unwrap();
    (folder, shop)
}

#[test]
fn after_an_erasure_everything_is_as_if_the_shopper_had_never_been() {
    let shop = trained();
    shop.erase(&shopper(1)).unwrap();
    let (_folder, never) = made_without(&shopper(1));
    assert_eq!(differences(&shop.counts(), &never.count().unwrap()), [""; 0]);
    let version = shop.model().unwrap().version.clone();
    let fitted_on = training::trained(shop.shop(), &version).unwrap().data_fingerprint;
    assert_eq!(fitted_on, training::train(&never, &|_| {}).unwrap().data_fingerprint);
}

#[test]
fn answers_to_others_are_read_again_word_for_word_after_an_erasure() {
    let shop = trained();
    let of_the_erased = shop.recommender.recommend(&request_of(&shopper(1))).unwrap().request_id;
    let of_another = shop.recommender.recommend(&request_of(&shopper(2))).unwrap();
    shop.erase(&shopper(1)).unwrap();
    assert_eq!(serving::delivered(shop.in_service(), &of_another.request_id).unwrap(), of_another);
    assert!(matches!(
        serving::delivered(shop.in_service(), &of_the_erased),
        Err(ShopError::NoAnswer(_))
    ));
}

#[test]
fn a_model_that_an_interrupted_erasure_left_behind_goes_when_the_shop_is_opened() {
    let shop = trained();
    let old = shop.model().unwrap().version.clone();
    let folder = shop.shop().folder().join("models").join(old.as_str());
    let files = files_below(&folder);
    let current = shop.erase(&shopper(1)).unwrap().model_version.unwrap();
    std::fs::create_dir(&folder).unwrap();
    files.iter().for_each(|(path, bytes)| std::fs::write(path, bytes).unwrap());
    assert_eq!(shop.shop().models().list().unwrap().len(), 2);
    let shop = shop.reopened();
    assert_eq!(shop.shop().models().list().unwrap(), [current]);
}

#[test]
fn erasing_the_last_shopper_leaves_a_shop_that_answers() {
    let shop = trained();
    (0..config().n_shoppers).for_each(|n| {
        if shop.shop().state().counts().unwrap().shoppers > 1 {
            shop.shop().state().erase(&shopper(n)).unwrap();
        }
    });
    let last = (0..config().n_shoppers).map(shopper);
    let last = last.filter(|s| shop.shop().state().shopper(s).unwrap().is_some()).last().unwrap();
    shop.erase(&last).unwrap();
    assert_eq!(shop.counts().n_shoppers(), 0);
    let answer = shop.recommender.recommend(&request_of(&last)).unwrap();
    assert_eq!(answer.items.len(), 10);
    assert_eq!(faults(&answer), [""; 0]);
}

#[test]
fn erasing_while_others_ask_leaves_nothing_of_the_shopper_and_no_false_answer() {
    let shop = trained();
    let (gone, stays) = (shopper(1), shopper(2));
    let was = shop.shop().state().shopper(&gone).unwrap();
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| {
            for n in 0..40 {
                let who = if n % 2 == 0 { &gone } else { &stays };
                match shop.recommender.recommend(&request_of(who)) {
                    Ok(answer) => assert_eq!(faults(&answer), [""; 0]),
                    // Erased while the answer was computed: it is not given.
                    Err(ShopError::Store(error)) => {
                        assert!(matches!(*error, StoreError::ShopperGone), "{error}");
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        });
        shop.erase(&gone).unwrap();
        asking.join().unwrap();
    });
    // Whoever still asks by that name is somebody new, of whom nothing is known.
    let again = shop.shop().state().shopper(&gone).unwrap();
    assert_ne!(again, was);
    let known = shop.shop().state().export(&gone).unwrap();
    assert!(known.is_none_or(|known| known.events.is_empty() && known.reviews.is_empty()));
    shop.erase(&gone).unwrap();
    assert_eq!(shop.shop().state().shopper(&gone).unwrap(), None);
    let report = audit::audit(shop.shop()).unwrap();
    assert!(report.is_clean(), "{report:?}");
}

#[test]
fn an_erasure_drops_the_transformer_and_what_an_interrupted_training_left() {
    let shop = trained();
    assert!(shop.model().unwrap().model.sequence().is_some(), "or this tells nothing");
    let left = shop.shop().folder().join("training");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("validation.safetensors"), b"learned from everybody").unwrap();
    shop.erase(&shopper(1)).unwrap();
    assert!(!left.exists());
    let loaded = shop.model().unwrap();
    assert!(loaded.model.sequence().is_none());
    assert_eq!(loaded.model.constants().blend.factor(signals::SignalName::Sequence), 0.0);
    let report = training::trained(shop.shop(), &loaded.version).unwrap().report;
    assert!(report.notes.iter().any(|note| note.contains("Transformer")), "{:?}", report.notes);
    shop.train(&|_| {}).unwrap();
    assert!(shop.model().unwrap().model.sequence().is_some(), "it comes back with a training");
}

#[test]
fn erasing_somebody_unknown_says_so() {
    let shop = trained();
    let nobody = super::small_shop::subject("nobody");
    assert!(matches!(shop.erase(&nobody), Err(ShopError::NoShopper(_))));
}

#[test]
fn the_same_file_read_again_does_not_bring_an_erased_person_back() {
    let folder = empty();
    let path = folder.path().join("orders.csv");
    let row = |who: &str, day: u32| format!("{who},p{day},view,2025-01-0{day} 10:00:00\n");
    let header = "shopper,item,kind,time\n";
    let old: String = (1..5).flat_map(|day| [row("ada", day), row("bob", day)]).collect();
    std::fs::write(&path, format!("{header}{old}")).unwrap();
    let source =
        Source { format: Format::Csv, options: Options::default(), paths: vec![path.clone()] };
    let import = |shop: &Shop| {
        ingest::import::import(shop, &source, now(), &Progress::default(), &mut |_| {}).unwrap()
    };
    let shop = app::open(folder.path().join("shop"), Access::Create).unwrap();
    assert_eq!(import(&shop).erased, 0);
    let live = Live::new(shop).unwrap();
    live.erase(&subject("ada")).unwrap();
    let again = import(live.shop());
    assert_eq!((again.erased, again.loaded.events.fresh, again.loaded.events.known), (4, 0, 4));
    assert_eq!(live.shop().state().shopper(&subject("ada")).unwrap(), None);
    // Somebody who comes back later is somebody new.
    let tomorrow = "ada,p1,view,2098-01-01 10:00:00\n";
    std::fs::write(&path, format!("{header}{old}{tomorrow}")).unwrap();
    let later = Source { ..source.clone() };
    let far = domain::Timestamp::parse("2099-01-01T00:00:00Z").unwrap();
    let report =
        ingest::import::import(live.shop(), &later, far, &Progress::default(), &mut |_| {})
            .unwrap();
    assert_eq!((report.erased, report.loaded.events.fresh), (4, 1));
}
