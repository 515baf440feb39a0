use claims::{ClaimKind, Verdict, sample::Sample};

use super::*;
use crate::{
    fixture::{TeaShop, id},
    kinds::verify,
};

fn config(sensitive: &str) -> ExplainConfig {
    ExplainConfig { sensitive_categories: vec![sensitive.to_owned()], ..ExplainConfig::default() }
}

/// As serving asks: by the catalogue behind the answer.
fn live(item: &str, facts: &Facts, sensitive: &str) -> bool {
    would_name_sensitive(&id(item), facts, &TeaShop::default(), &config(sensitive))
}

/// As the audit asks: by a set of items, and with the evidence on record.
fn audited(item: &str, kind: ClaimKind, sample: Sample, sensitive: &str) -> bool {
    let config = config(sensitive);
    let claim = sample.claim(kind, &id(item));
    let stated = Stated { item: &claim.item_id, facts: &claim.facts, evidence: &claim.evidence };
    let items = TeaShop::default().items;
    let is_sensitive = |id: &ItemId| items.get(id).is_some_and(|i| item_is_sensitive(i, &config));
    names_sensitive(stated, &config, &is_sensitive)
}

#[test]
fn serving_and_the_audit_find_the_same_claims_sensitive() {
    let samples = [
        Sample { item: "cup", text: "harmless", ..Sample::default() },
        Sample { item: "tea", text: "teaware", ..Sample::default() },
        Sample { item: "tea", text: "harmless", ..Sample::default() },
    ];
    for &kind in ClaimKind::ALL {
        for sample in samples {
            for item in ["tea", "cup"] {
                let facts = sample.facts(kind);
                let found = live(item, &facts, "teaware");
                assert_eq!(found, audited(item, kind, sample, "teaware"), "{facts:?}");
            }
        }
        let named = holds(&samples[0].facts(kind), "cup");
        assert_eq!(live("tea", &samples[0].facts(kind), "teaware"), named, "{kind}");
        let said = holds(&samples[1].facts(kind), "teaware");
        assert_eq!(live("tea", &samples[1].facts(kind), "teaware"), said, "{kind}");
        assert!(!live("tea", &samples[2].facts(kind), "teaware"), "{kind}");
        assert!(!live("cup", &samples[1].facts(kind), "nothing of this shop"), "{kind}");
    }
}

/// Whether facts hold a mark anywhere, found in their debug form and by no method of theirs.
fn holds(facts: &Facts, mark: &str) -> bool {
    format!("{facts:?}").contains(&format!("\"{mark}\""))
}

#[test]
fn of_a_sensitive_item_a_reason_says_only_what_fits_any_item() {
    let sample = Sample { item: "tea", text: "harmless", ..Sample::default() };
    let told = ClaimKind::ALL.iter().filter(|kind| !live("cup", &sample.facts(**kind), "teaware"));
    let of_reasons: Vec<ClaimKind> = told.copied().filter(|kind| kind.is_of_reasons()).collect();
    let fit_any_item = [
        ClaimKind::Promoted,
        ClaimKind::Varied,
        ClaimKind::UnknownShopper,
        ClaimKind::Contributed,
        ClaimKind::Flips,
        ClaimKind::BoughtTogether,
        ClaimKind::ViewedThen,
        ClaimKind::Rated,
        ClaimKind::Discounted,
        ClaimKind::NewArrival,
    ];
    assert_eq!(of_reasons, fit_any_item);
    // Whoever asks about a sensitive item themselves is answered.
    assert!(ClaimKind::OF_ANSWERS.iter().all(|kind| !live("cup", &sample.facts(*kind), "teaware")));
}

#[test]
fn a_count_of_too_few_people_is_unsupported_whatever_the_kind() {
    let (shop, config) = (TeaShop::default(), ExplainConfig::default());
    let fewest = [config.min_buyers, config.min_reviewers, config.min_ratings];
    assert_eq!(fewest, [5; 3], "the bars below are one short of these");
    for &kind in ClaimKind::ALL {
        let few = Sample { people: 4, ..Sample::default() }.facts(kind);
        let counts = format!("{few:?}") != format!("{:?}", Sample::default().facts(kind));
        assert_eq!(counts_too_few(&few, &config), counts, "{kind}");
        let enough = Sample { people: 5, ..Sample::default() }.facts(kind);
        assert!(!counts_too_few(&enough, &config), "{kind}");
        if counts {
            assert_eq!(verify(&id("tea"), &few, &shop, &config), Verdict::Unsupported, "{kind}");
        }
    }
}
