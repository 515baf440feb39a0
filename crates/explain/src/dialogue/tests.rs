use domain::Circumstance;

use super::*;

const HELD_OUT: &str = include_str!("../../data/questions_held_out.tsv");

fn accuracy(file: &'static str, lang: Language) -> f64 {
    let asked: Vec<_> = rows(file, lang).collect();
    let right = asked.iter().filter(|(intent, text)| understand(text, lang) == *intent).count();
    right as f64 / asked.len() as f64
}

#[test]
fn examples_cover_every_intent_and_share_nothing_with_the_questions_held_out() {
    for lang in [Language::Zh, Language::En] {
        assert!(rows(EXAMPLES, lang).count() >= 150);
        for intent in Intent::ALL {
            assert!(
                rows(EXAMPLES, lang).filter(|(of, _)| *of == intent).count() >= 5,
                "{intent:?}"
            );
            let held_out = rows(HELD_OUT, lang).filter(|(of, _)| *of == intent).count();
            assert!(held_out >= 12, "{intent:?}");
        }
        let known: Vec<String> = rows(EXAMPLES, lang).map(|(_, text)| folded(text)).collect();
        assert!(rows(HELD_OUT, lang).all(|(_, text)| !known.contains(&folded(text))));
    }
}

#[test]
fn most_questions_that_were_held_out_are_understood() {
    for lang in [Language::Zh, Language::En] {
        let (known, new) = (accuracy(EXAMPLES, lang), accuracy(HELD_OUT, lang));
        assert!(known > 0.95 && new > 0.6, "{lang:?}: examples {known:.3}, held out {new:.3}");
    }
}

#[test]
fn every_line_of_the_files_is_read() {
    for file in [EXAMPLES, CUES, HELD_OUT] {
        let read = rows(file, Language::Zh).count() + rows(file, Language::En).count();
        assert_eq!(read, file.lines().count());
    }
}

#[test]
fn places_prices_and_circumstances_are_read() {
    let en = |question| mentioned(question, Language::En);
    let zh = |question| mentioned(question, Language::Zh);
    assert_eq!(en("why is the second above number 5?").places, [2, 5]);
    assert_eq!(zh("第二个和第5个有什么区别").places, [2, 5]);
    assert_eq!(en("only under $49.50 please").at_most, Some(49.5));
    assert_eq!(zh("只看200元以内的").at_most, Some(200.0));
    let winter = Some(Circumstance::Season(domain::Season::Winter));
    assert_eq!(en("what would it be in winter").circumstance, winter);
    assert_eq!(zh("换成冬天呢").circumstance, winter);
    assert_eq!((en("compare the first two").first, zh("比较前两个").first), (Some(2), Some(2)));
}

proptest::proptest! {
    #[test]
    fn no_question_breaks_the_reader(question in ".{0,80}") {
        for lang in [Language::Zh, Language::En] {
            let _ = (understand(&question, lang), mentioned(&question, lang));
        }
    }
}
