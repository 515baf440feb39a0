use proptest::prelude::*;

use super::*;

const QUESTIONS: [Question; 5] = [
    Question { dimension: Dimension::Usefulness, reversed: false },
    Question { dimension: Dimension::Usefulness, reversed: true },
    Question { dimension: Dimension::Reliability, reversed: false },
    Question { dimension: Dimension::Safety, reversed: false },
    Question { dimension: Dimension::Fairness, reversed: false },
];

fn respondent(group: &str, answers: [f64; 5]) -> Respondent {
    Respondent { group: Some(group.to_owned()), answers: answers.map(Some).to_vec() }
}

fn crowd(sizes: &[(&str, usize)]) -> Vec<Respondent> {
    let people = sizes.iter().flat_map(|(group, n)| {
        (0..*n).map(|i| respondent(group, [(i % 7) as f64 + 1.0, 4.0, 5.0, 6.0, 7.0]))
    });
    people.collect()
}

fn shown(sizes: &[(&str, usize)]) -> Vec<String> {
    let scores = scores(&QUESTIONS, &crowd(sizes), Rules::default());
    let shown = scores.groups.into_iter().filter(|(_, scores)| scores.known().is_some());
    shown.map(|(name, _)| name).collect()
}

#[test]
fn agreement_with_a_reversed_question_lowers_the_score() {
    let people = vec![respondent("a", [7.0, 1.0, 4.0, 4.0, 4.0]); 10];
    let scores = scores(&QUESTIONS, &people, Rules::default());
    let usefulness = scores.everyone.dimensions[&Dimension::Usefulness].known().unwrap();
    assert_eq!(usefulness.estimate, 100.0);
    assert_eq!(scores.everyone.overall.known().unwrap().estimate, (100.0 + 3.0 * 50.0) / 4.0);
    assert_eq!(usefulness.ci.reason(), Some("everyone answered alike"));
}

#[test]
fn small_groups_are_hidden() {
    assert_eq!(shown(&[("large", 30), ("larger", 40)]), ["large", "larger"]);
    let none: [String; 0] = [];
    assert_eq!(shown(&[("tiny", 9)]), none);
}

#[test]
fn a_single_hidden_group_takes_another_with_it_so_that_the_rest_cannot_give_it_away() {
    assert_eq!(shown(&[("tiny", 3), ("large", 30), ("larger", 40)]), ["larger"]);
    assert_eq!(shown(&[("tiny", 6), ("small", 5), ("large", 30)]), ["large"]);
}

#[test]
fn a_dimension_needs_half_its_answers_and_the_overall_score_needs_all_dimensions() {
    let mut people = crowd(&[("a", 20)]);
    for person in &mut people[..10] {
        person.answers[1] = None;
        person.answers[4] = None;
    }
    let scores = scores(&QUESTIONS, &people, Rules::default()).everyone;
    let n_of = |dimension| scores.dimensions[&dimension].known().unwrap().n;
    assert_eq!(n_of(Dimension::Usefulness), 20);
    assert_eq!(n_of(Dimension::Fairness), 10);
    assert_eq!(scores.overall.known().unwrap().n, 10);
}

#[test]
fn answers_off_the_scale_are_counted_and_left_out() {
    let mut people = crowd(&[("a", 10)]);
    people[0].answers[2] = Some(8.0);
    people[1].answers[2] = Some(f64::NAN);
    let scores = scores(&QUESTIONS, &people, Rules::default());
    assert_eq!(scores.n_answers_off_scale, 2);
    assert!(scores.everyone.dimensions[&Dimension::Reliability].known().is_none());
}

proptest! {
    #[test]
    fn no_shown_or_deducible_group_is_smaller_than_allowed(
        sizes in prop::collection::vec(1_usize..40, 1..8),
    ) {
        let named: Vec<_> = sizes.iter().enumerate().map(|(i, n)| (format!("g{i}"), *n)).collect();
        let borrowed: Vec<_> = named.iter().map(|(name, n)| (name.as_str(), *n)).collect();
        let shown = shown(&borrowed);
        let n_shown = |name: &String| named.iter().find(|(n, _)| n == name).map_or(0, |(_, n)| *n);
        prop_assert!(shown.iter().all(|name| n_shown(name) >= 10));
        let n_rest = sizes.iter().sum::<usize>() - shown.iter().map(n_shown).sum::<usize>();
        prop_assert!(n_rest == 0 || n_rest >= 10 || shown.is_empty());
    }
}
