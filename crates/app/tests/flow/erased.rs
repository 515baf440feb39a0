//! Forgetting a shopper, everywhere.

use app::AppError;

use super::inspect::differences;
use super::small_shop::{files_below, request_of, shopper, trained};

#[test]
fn an_erased_shopper_is_gone_from_counts_models_answers_and_every_byte() {
    let shop = trained();
    let (gone, stays) = (shopper(1), shopper(2));
    let before = shop.tally().n_shoppers();
    shop.recommend(&request_of(&gone)).unwrap();
    shop.recommend(&request_of(&stays)).unwrap();
    let old = shop.model().unwrap().version.clone();

    let erasure = shop.erase(&gone).unwrap();

    assert!(erasure.removed.events > 0 && erasure.removed.wiped);
    assert_eq!(differences(&shop.tally(), &shop.shop().count().unwrap()), [""; 0]);
    assert_eq!(shop.tally().n_shoppers(), before - 1);
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
    assert!(!shop.recommend(&request_of(&gone)).unwrap().profiled);
    assert!(shop.recommend(&request_of(&stays)).unwrap().profiled);
}

#[test]
fn an_erasure_makes_no_earlier_answer_look_false() {
    let shop = trained();
    (0..10).for_each(|n| drop(shop.recommend(&request_of(&shopper(n))).unwrap()));
    shop.erase(&shopper(1)).unwrap();
    let report = shop.shop().audit().unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.n_answers, 9, "the erased shopper's own answer is gone");
    assert!(report.n_after_erasure > 0, "{report:?}");
}

#[test]
fn erasing_somebody_unknown_says_so() {
    let shop = trained();
    let nobody = super::small_shop::subject("nobody");
    assert!(matches!(shop.erase(&nobody), Err(AppError::NoShopper(_))));
}
