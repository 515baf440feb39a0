use super::*;

fn guessed(events: &[String], catalogue: &[String]) -> Option<Guess> {
    let unlisted = |id: &String| Unlisted { item_id: ItemId::new(id).unwrap(), n_events: 1 };
    let item = |id: &String| {
        let id = ItemId::new(id).unwrap();
        (id.clone(), Item::bare(id))
    };
    let unlisted: Vec<_> = events.iter().map(unlisted).collect();
    guess(&unlisted, &catalogue.iter().map(item).collect())
}

fn ids(of: impl Fn(usize) -> String) -> Vec<String> {
    (100..130).map(of).collect()
}

#[test]
fn what_one_system_does_to_ids_is_found_with_the_option_against_it() {
    let plain = ids(|n| n.to_string());
    for (events, catalogue, options) in [
        (plain.clone(), ids(|n| format!("wc_{n}")), "--id-prefix add:wc_"),
        (ids(|n| format!("wc_{n}")), plain.clone(), "--id-prefix strip:wc_"),
        (ids(|n| format!("{n}.0")), plain.clone(), "--id-suffix strip:.0"),
        (ids(|n| format!("{n}-de")), plain.clone(), "--id-suffix strip:-de"),
        (
            ids(|n| format!("shopify_US_{}_{n}", n * 7919)),
            plain.clone(),
            "--id-prefix 'strip:shopify_US_*_'",
        ),
        (ids(|n| format!("AB{n}x")), ids(|n| format!("ab{n}X")), "--id-match case"),
        (ids(|n| format!("{n:08}")), plain.clone(), "--id-match zeros"),
        (plain.clone(), ids(|n| format!("{n:08}")), "--id-match zeros"),
    ] {
        let guess = guessed(&events, &catalogue).unwrap();
        assert_eq!((guess.options.as_str(), guess.explains), (options, (30, 30)), "{guess:?}");
    }
}

#[test]
fn a_changing_part_of_the_catalogues_ids_is_taken_from_the_catalogue() {
    let guess = guessed(&ids(|n| n.to_string()), &ids(|n| format!("p{}-{n}", n * 31))).unwrap();
    assert_eq!(guess.import_again, Which::Catalogue);
    assert_eq!(guess.options, "--id-prefix 'strip:*-'");
}

#[test]
fn strangers_are_not_explained() {
    assert_eq!(guessed(&ids(|n| format!("q{}", n * n)), &ids(|n| format!("K-{n}"))), None);
    assert_eq!(guessed(&ids(|n| format!("old-{n}")), &["tea".to_owned(), "cup".to_owned()]), None);
}
