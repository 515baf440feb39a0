use super::*;
use crate::phrasing::Slot;

const EN: Language = Language::En;

fn statement(form: &'static str, facts: &[&'static str]) -> Statement {
    let slot = |&name| Slot { name, value: "x".to_owned() };
    Statement { form, slots: facts.iter().map(slot).collect() }
}

fn told() -> Vec<Statement> {
    vec![statement("rated", &["mean", "n"]), statement("bought_together", &["n", "other", "lift"])]
}

fn line(text: &str, claims: &[&str]) -> Line {
    Line { text: text.to_owned(), claim_ids: claims.iter().map(ToString::to_string).collect() }
}

const RATED: &str = "It scores {{c1.mean}} across {{c1.n}}.";
const BOUGHT: &str = "{{c2.n}} bought both this and {{c2.other}}, which is {{c2.lift}}.";

fn checked(lines: &[(&str, &[&str])]) -> Result<(), Refusal> {
    let lines: Vec<Line> = lines.iter().map(|(text, claims)| line(text, claims)).collect();
    check(&lines, &told(), EN)
}

#[test]
fn two_claims_are_told_in_two_sentences_or_in_clauses_of_one() {
    assert_eq!(checked(&[(RATED, &["c1"]), (BOUGHT, &["c2"])]), Ok(()));
    assert_eq!(checked(&[(BOUGHT, &["c2"]), (RATED, &["c1"])]), Ok(()));
    let both = "It scores {{c1.mean}} across {{c1.n}}; {{c2.n}} bought both this and {{c2.other}}.";
    assert_eq!(checked(&[(both, &["c2", "c1"])]), Ok(()));
}

#[test]
fn facts_of_two_claims_never_share_a_clause_nor_does_one_claim_frame_another() {
    let shared =
        "It scores {{c1.mean}} across {{c1.n}} and {{c2.n}} bought both this and {{c2.other}}.";
    assert_eq!(checked(&[(shared, &["c1", "c2"])]), Err(Refusal::Mixed));
    let framed =
        "It scores {{c1.mean}}, {{c2.n}} bought both this and {{c2.other}}, from {{c1.n}}.";
    assert_eq!(checked(&[(framed, &["c1", "c2", "c1"])]), Err(Refusal::Mixed));
    let split = [("It scores {{c1.mean}}.", &["c1"][..]), ("From {{c1.n}}.", &["c1"][..])];
    assert_eq!(checked(&[split[0], split[1], (BOUGHT, &["c2"])]), Err(Refusal::Mixed));
}

#[test]
fn every_claim_and_every_fact_it_must_have_is_told() {
    let missing = |fact: &str| Err(Refusal::MissingFact(fact.to_owned()));
    assert_eq!(checked(&[(RATED, &["c1"])]), missing("n"));
    let without = "{{c2.n}} bought both this and that.";
    assert!(checked(&[(RATED, &["c1"]), (without, &["c2"])]).is_err());
    let without = "{{c2.n}} bought it, which is {{c2.lift}}.";
    assert_eq!(checked(&[(RATED, &["c1"]), (without, &["c2"])]), missing("other"));
}

#[test]
fn a_group_of_facts_is_told_wholly_or_not_at_all() {
    let popular = [statement("popular", &["buyers", "span", "rank", "place"])];
    let of = |text: &str| check(&[line(text, &["c1"])], &popular, EN);
    assert_eq!(of("{{c1.buyers}} bought it {{c1.span}}."), Ok(()));
    assert_eq!(of("It is the {{c1.rank}} {{c1.place}} {{c1.span}}: {{c1.buyers}}."), Ok(()));
    let half = "{{c1.buyers}} bought it {{c1.span}}, popular {{c1.place}}.";
    assert_eq!(of(half), Err(Refusal::MissingFact("rank".to_owned())));
}

#[test]
fn words_are_those_listed_for_the_claim_and_not_for_another() {
    let wrong = "{{c2.n}} rated both this and {{c2.other}}.";
    let refused = checked(&[(RATED, &["c1"]), (wrong, &["c2"])]);
    assert!(matches!(refused, Err(Refusal::Unlisted(_))), "{refused:?}");
}

#[test]
fn a_sentence_names_the_claims_it_states() {
    for claims in [&["c2"][..], &[], &["c1", "c2"], &["c1", "c1"], &["c3"]] {
        assert_eq!(checked(&[(RATED, claims), (BOUGHT, &["c2"])]), Err(Refusal::Claims));
    }
    assert_eq!(checked(&[]), Err(Refusal::Empty));
    assert_eq!(checked(&[("Good to know.", &[])]), Err(Refusal::Claims));
}

#[test]
fn punctuation_is_that_of_a_sentence() {
    let rated = [statement("rated", &["mean", "n"])];
    let of = |text: &str| check(&[line(text, &["c1"])], &rated, EN);
    assert_eq!(of("Rated {{c1.mean}} on average ({{c1.n}})."), Ok(()));
    for bad in [
        "It scores {{c1.mean}} across {{c1.n}}",
        ", it scores {{c1.mean}} across {{c1.n}}.",
        "It scores {{c1.mean}},, across {{c1.n}}.",
        "It scores {{c1.mean}} ({{c1.n}}.",
        "It scores {{c1.mean}}) across {{c1.n}}(.",
        "It scores {{c1.mean}} across {{c1.n}}().",
    ] {
        assert_eq!(of(bad), Err(Refusal::Punctuation), "{bad}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_rules_by_breaking_them(text in "\\PC{0,60}") {
        let rated = [statement("rated", &["mean", "n"])];
        for lang in Language::ALL {
            let _ = check(&[line(&text, &["c1"])], &rated, lang);
            let _ = accept(&text, &rated, lang);
        }
    }

    #[test]
    fn whatever_is_put_outside_of_the_lists_is_refused(word in "[a-z]{3,12}", at in 0usize..3) {
        let listed = include_str!("../../../data/en/phrasing.txt");
        let is_listed = listed.split(|c: char| !c.is_ascii_alphabetic()).any(|w| w == word);
        let places = ["", " {{c1.mean}}", " across {{c1.n}}"];
        let mut text = String::from("It scores");
        for (i, place) in places.iter().enumerate() {
            text.push_str(place);
            if i == at {
                text.push(' ');
                text.push_str(&word);
            }
        }
        text.push('.');
        let rated = [statement("rated", &["mean", "n"])];
        let refused = check(&[line(&text, &["c1"])], &rated, EN).is_err();
        proptest::prop_assert!(refused || is_listed, "{}", text);
    }
}
