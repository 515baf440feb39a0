//! The same data give the same model, byte for byte.

use std::collections::BTreeMap;

use app::demo;
use domain::{EventKind, ModelVersion};
use shop::Shop;

use super::small_shop::{config, empty, event, request_of, shopper, subject, trained};

/// What a model's files hash to.
fn hashes(shop: &Shop, version: &ModelVersion) -> BTreeMap<String, String> {
    let model = shop.models().open_model(version).unwrap();
    model.verify().unwrap();
    model.files().iter().map(|file| (file.name.clone(), file.sha256.clone())).collect()
}

#[test]
fn training_twice_on_the_same_data_gives_the_same_bytes_and_weights() {
    let shop = trained();
    let first = shop.model().unwrap().version.clone();
    let second = shop.train(&|_| {}).unwrap();
    assert_ne!(first, second.version);
    assert_eq!(shop.model().unwrap().version, second.version, "the new model answers");
    assert_eq!(hashes(shop.shop(), &first), hashes(shop.shop(), &second.version));
    let earlier = training::trained(shop.shop(), &first).unwrap();
    // How long an epoch took is told too, and differs.
    let chosen = |report: &signals::FitReport| {
        (report.constants.clone(), report.blend, report.signals.clone(), report.notes.clone())
    };
    assert_eq!(chosen(&earlier.report), chosen(&second.report));
    assert_eq!(earlier.data_fingerprint, second.data_fingerprint);
    assert!(second.report.signals.iter().any(|signal| signal.weight > 0.0));
}

#[test]
fn the_same_data_in_another_folder_give_the_same_model() {
    let shop = trained();
    let folder = empty();
    let another = demo::create(folder.path(), &config(), &mut |_| {}).unwrap();
    let fitted = training::train(&another, &|_| {}).unwrap();
    let version = shop.model().unwrap().version.clone();
    assert_eq!(hashes(shop.shop(), &version), hashes(&another, &fitted.version));
}

#[test]
fn a_model_brought_up_to_date_counts_new_events_and_keeps_what_was_chosen() {
    let shop = trained();
    let before = training::trained(shop.shop(), &shop.model().unwrap().version).unwrap();
    let n_events = before.report.n_events;
    let newcomer = subject("newcomer");
    let items: Vec<_> = shop.model().unwrap().model.items()[..3].to_vec();
    let bought =
        items.iter().map(|item| event(&newcomer, EventKind::Purchase, item, item.as_str()));
    shop.collector.collect(bought.collect()).unwrap();
    let updated = training::resume(shop.shop(), &|_| {}).unwrap();
    assert_eq!(updated.report.n_events, n_events + 3);
    assert_eq!(updated.report.constants, before.report.constants);
    assert_eq!(updated.report.signals, before.report.signals);
    assert!(shop.refresh_model().unwrap());
    assert!(!shop.shop().folder().join("training").exists());
}

#[test]
fn a_model_of_another_process_is_taken_up_when_told_to_look() {
    let shop = trained();
    assert!(!shop.refresh_model().unwrap());
    let beside = app::open(shop.shop().folder(), shop::Access::Read).unwrap();
    let fitted = training::train(&beside, &|_| {}).unwrap();
    assert!(shop.refresh_model().unwrap());
    let answer = shop.recommender.recommend(&request_of(&shopper(0))).unwrap();
    assert_eq!(answer.model_version, fitted.version);
}
