//! Records that cannot be read are counted wherever they are left out.

use super::small_shop::{request_of, shopper, trained};

#[test]
fn a_damaged_record_is_counted_and_no_report_passes_it_over() {
    let shop = trained();
    for n in [0, 1] {
        shop.recommender.recommend(&request_of(&shopper(n))).unwrap();
    }
    let clean = experimentation::trust::report(shop.shop()).unwrap();
    assert!(clean.audits.safety.passed && clean.behaviour.n_unreadable == 0);
    let before = insights::explanations::counts(shop.shop()).unwrap();
    // The first field of every record.
    let shop = shop.altered(br#"{"k":"#, br#"{"q":"#);
    let told = insights::explanations::counts(shop.shop()).unwrap();
    assert_eq!((before.n_answers, before.n_unreadable), (2, 0));
    assert_eq!((told.n_answers, told.n_unreadable), (0, 2));
    let report = experimentation::trust::report(shop.shop()).unwrap();
    assert_eq!(report.behaviour.n_unreadable, 2);
    let mut checks = report.audits.safety.checks.iter();
    let readable = checks.find(|check| check.name.contains("can be read")).unwrap();
    assert_eq!((readable.n_checked, readable.n_failed), (2, 2));
    assert!(!report.audits.safety.passed);
}
