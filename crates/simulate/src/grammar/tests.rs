use std::collections::BTreeSet;

use super::*;

#[test]
fn every_embedded_grammar_is_read() {
    let grammar = Grammar::read().unwrap();
    assert!(grammar.narrows.len() >= 40);
    let tops: BTreeSet<_> = grammar.narrows.iter().map(|n| n.top_key).collect();
    assert_eq!(tops.len(), 10);
}

#[test]
fn every_category_can_be_sold_described_and_reviewed() {
    let grammar = Grammar::embedded();
    for narrow in &grammar.narrows {
        let key = narrow.key;
        assert!(narrow.price.lowest < narrow.price.median, "{key}");
        assert!(narrow.price.median < narrow.price.highest, "{key}");
        assert!(narrow.sentences.len() >= 3 && !narrow.titles.is_empty(), "{key}");
        assert!(narrow.aspects.len() >= 4, "{key}");
        for aspect in &narrow.aspects {
            let phrases = &grammar.aspects[aspect];
            assert!(phrases.praise.len() >= 2 && phrases.complaint.len() >= 2, "{aspect}");
        }
    }
}

#[test]
fn every_title_names_every_slot_so_that_no_two_items_read_alike() {
    for narrow in Grammar::embedded().narrows {
        for title in &narrow.titles {
            for name in narrow.slots.iter().map(|s| s.name).chain(["brand"]) {
                let slot = format!("{{{name}}}");
                for text in [title.zh, title.en] {
                    assert!(text.contains(&slot), "{}: {slot} in {text}", narrow.key);
                }
            }
        }
    }
}

#[test]
fn values_that_never_meet_exist_and_do_not_meet() {
    for narrow in Grammar::embedded().narrows {
        let exists =
            |zh: &str| narrow.slots.iter().any(|s| s.values.iter().any(|v| v.phrase.zh == zh));
        for (a, b) in &narrow.never {
            assert!(exists(a) && exists(b), "{}: {a} & {b}", narrow.key);
        }
    }
    let grammar = Grammar::embedded();
    let pan = &grammar.narrows[grammar.narrow_idx("pan").unwrap()];
    let at = |slot: usize, zh: &str| {
        pan.slots[slot].values.iter().position(|v| v.phrase.zh == zh).unwrap()
    };
    let milk_pan = |size| pan.makes_sense(&[at(0, "奶锅"), 1, at(2, size), 0]);
    assert!(milk_pan("18厘米") && !milk_pan("32厘米"));
}

#[test]
fn shares_of_complements_sum_to_one() {
    let grammar = Grammar::embedded();
    for (narrow, edges) in grammar.narrows.iter().zip(&grammar.complements) {
        let total: f64 = edges.iter().map(|(_, share)| share).sum();
        assert!((total - 1.0).abs() < 1e-9, "{}: {total}", narrow.key);
        let to: BTreeSet<_> = edges.iter().map(|(to, _)| to).collect();
        assert_eq!(to.len(), edges.len(), "{} repeats an edge", narrow.key);
    }
}

#[test]
fn a_broken_line_is_named() {
    let error = read_catalogue("== a | b | c\n= d | e | f | g | h\nprice 1 2").unwrap_err();
    assert_eq!(error.got, "1 2");
    assert!(read_catalogue("= d | e").is_err());
    assert!(value("红 ~ red ~ shiny").is_err());
}
