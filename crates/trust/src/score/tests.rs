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

/// The scores of everybody, with people of no group and some who left out the last dimension.
fn partly(sizes: &[(usize, usize)], n_without: (usize, usize)) -> TrustScores {
    let mut people = Vec::new();
    for (i, (n, n_complete)) in
        sizes.iter().chain([&n_without]).map(|(n, m)| (*n, *m.min(n))).enumerate()
    {
        for at in 0..n {
            let mut one = respondent(&format!("g{i}"), [4.0, 4.0, 5.0, 6.0, 7.0]);
            if at >= n_complete {
                one.answers[4] = None;
            }
            if i == sizes.len() {
                one.group = None;
            }
            people.push(one);
        }
    }
    scores(&QUESTIONS, &people, Rules::default())
}

#[test]
fn whoever_is_in_no_group_cannot_be_told_by_subtraction() {
    let scores = partly(&[(14, 14), (21, 21)], (1, 1));
    assert!(scores.everyone.overall.known().is_some());
    let shown = scores.groups.values().filter(|group| group.known().is_some());
    assert_eq!(shown.count(), 1, "the smaller group and the one make 15: {scores:?}");
}

/// One measure of some scores.
type Of = fn(&Scores) -> Statistic<Score>;

proptest! {
    #[test]
    fn no_shown_or_deducible_group_is_smaller_than_allowed(
        sizes in prop::collection::vec((1_usize..40, 0_usize..40), 1..8),
        n_without in (0_usize..15, 0_usize..15),
    ) {
        let scores = partly(&sizes, n_without);
        let all = |of: Of| {
            let n = |scores: &Scores| of(scores).known().map_or(0, |score| score.n as usize);
            let groups: Vec<usize> =
                scores.groups.values().filter_map(Statistic::known).map(n).collect();
            (n(&scores.everyone), groups)
        };
        let measures: [Of; 3] = [
            |scores| scores.overall.clone(),
            |scores| scores.dimensions[&Dimension::Usefulness].clone(),
            |scores| scores.dimensions[&Dimension::Fairness].clone(),
        ];
        for measure in measures {
            let (everyone, groups) = all(measure);
            let shown: Vec<usize> = groups.into_iter().filter(|n| *n > 0).collect();
            prop_assert!(shown.iter().all(|n| *n >= 10), "{shown:?}");
            let n_rest = everyone.saturating_sub(shown.iter().sum());
            prop_assert!(n_rest == 0 || n_rest >= 10 || shown.is_empty(), "{everyone} {shown:?}");
        }
    }
}
