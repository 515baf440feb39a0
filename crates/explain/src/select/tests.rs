use claims::ClaimKind;
use domain::HistoryRef;
use signals::SignalName::{Popularity, Text as Words, Transition};

use super::*;
use crate::{
    Part,
    fixture::{TeaShop, id},
    proposal::Placement,
    verify_items,
};

fn contributions() -> Contributions {
    let part = |signal, by_event: &[f64], base| Part { signal, by_event: by_event.to_vec(), base };
    Contributions {
        parts: vec![
            part(Transition, &[0.5, 0.1], 0.0),
            part(Words, &[0.1, 0.1], 0.0),
            part(Popularity, &[0.0, 0.0], 0.2),
        ],
    }
}

fn past(name: &str) -> HistoryRef {
    HistoryRef { item_id: id(name), event_id: None }
}

fn flips(names: &[&str], positions: &[usize]) -> Proposal {
    let history: Vec<_> = names.iter().map(|name| past(name)).collect();
    Proposal {
        facts: Facts::Flips { history: history.clone(), k: 10, instead: id("cup") },
        evidence: history,
        coverage: contributions().cells_of(positions),
        obligatory: false,
    }
}

fn contributed(names: &[&str], positions: &[usize]) -> Proposal {
    let history: Vec<_> = names.iter().map(|name| past(name)).collect();
    Proposal {
        facts: Facts::Contributed {
            history: history.clone(),
            share: 0.6,
            rank_with: 1,
            rank_without: 12,
        },
        ..flips(names, positions)
    }
}

fn similar(terms: &[&str]) -> Proposal {
    let shared_terms = terms.iter().map(ToString::to_string).collect();
    Proposal {
        facts: Facts::SimilarText { other: id("pot"), similarity: 0.4, shared_terms },
        evidence: vec![past("pot")],
        coverage: [(Words, Some(0))].into(),
        obligatory: false,
    }
}

fn chosen(proposals: &[Proposal], reader: &Reader) -> Vec<ClaimKind> {
    let config = ExplainConfig::default();
    let chosen = select(proposals.to_vec(), &contributions(), reader, &config);
    chosen.iter().map(|p| p.facts.kind()).collect()
}

#[test]
fn what_would_be_without_the_same_events_is_told_once() {
    let proposals = [contributed(&["pot"], &[0]), flips(&["pot"], &[0])];
    assert_eq!(chosen(&proposals, &Reader::default()), [ClaimKind::Flips]);
    let wider = [contributed(&["pot", "cup"], &[0, 1]), flips(&["pot"], &[0])];
    assert_eq!(chosen(&wider, &Reader::default()), [ClaimKind::Contributed]);
    let apart = [contributed(&["cup"], &[1]), flips(&["pot"], &[0])];
    assert_eq!(chosen(&apart, &Reader::default()), [ClaimKind::Flips, ClaimKind::Contributed]);
}

#[test]
fn kinds_found_helpful_come_first_and_unwanted_ones_not_at_all() {
    let proposals = [contributed(&["pot"], &[0]), flips(&["pot"], &[0])];
    let reader = |kind: ClaimKind, factor| Reader {
        preferred: [(kind.name().to_owned(), factor)].into(),
        ..Reader::default()
    };
    assert_eq!(chosen(&proposals, &reader(ClaimKind::Contributed, 1.5)), [ClaimKind::Contributed]);
    assert_eq!(chosen(&proposals, &reader(ClaimKind::Flips, 0.0)), [ClaimKind::Contributed]);
    for odd in [f64::NAN, f64::INFINITY, -1.0] {
        assert_eq!(chosen(&proposals, &reader(ClaimKind::Contributed, odd)).len(), 1);
    }
    let unhelpful = Proposal { obligatory: true, ..flips(&["pot"], &[0]) };
    assert_eq!(chosen(&[unhelpful], &reader(ClaimKind::Flips, 0.0)), [ClaimKind::Flips]);
}

#[test]
fn words_the_reader_cannot_read_give_way() {
    let common = |lang| Reader { lang, ..Reader::default() };
    let proposals = [similar(&["绿茶", "春茶"])];
    assert_eq!(chosen(&proposals, &common(Language::Zh)), [ClaimKind::SimilarText]);
    let factor = |lang| common(lang).factor(&proposals[0].facts);
    assert!(factor(Language::En) < factor(Language::Zh));
    assert!(common(Language::En).factor(&similar(&["绿茶", "green tea"]).facts) >= 1.0);
}

#[test]
fn a_flip_that_would_name_a_sensitive_item_is_never_told() {
    let shop = TeaShop::default();
    let placement = Placement { item_id: id("tea"), rank_by_score: 1, rank_shown: 1, k: 2 };
    let kinds = |category: &str| {
        let config = ExplainConfig {
            sensitive_categories: vec![category.to_owned()],
            ..ExplainConfig::default()
        };
        let verified = verify_items(std::slice::from_ref(&placement), &shop, &config);
        verified[0].proposals.iter().map(|p| p.facts.kind()).collect::<Vec<_>>()
    };
    assert!(kinds("Nothing of this shop").contains(&ClaimKind::Flips));
    // The teapot is part of the set; the tasting cup would come instead.
    assert!(!kinds("teaware").contains(&ClaimKind::Flips));
}
