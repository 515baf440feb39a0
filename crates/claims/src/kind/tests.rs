use super::*;

#[test]
fn every_kind_is_named_as_on_the_wire_and_found_by_its_name() {
    for &kind in ClaimKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        assert_eq!(ClaimKind::named(kind.name()), Some(kind));
    }
    assert_eq!(ClaimKind::named("ratd"), None);
}

#[test]
fn a_kind_is_of_reasons_or_of_answers() {
    let n_kinds = ClaimKind::OF_REASONS.len() + ClaimKind::OF_ANSWERS.len();
    assert_eq!(n_kinds, ClaimKind::ALL.len());
    assert!(ClaimKind::OF_ANSWERS.iter().all(|kind| !kind.is_of_reasons()));
}
