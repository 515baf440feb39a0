//! The four charts of a study, and those beside them.

use charts::{About, Axis, Bar, Bars, Chart, Line, Lines, Pies, Slice, Unit, Whole};
use domain::Language;
use messages::text;
use study::{Arm, Study};

use super::words;

/// A chart under the name of its files.
type Named = (&'static str, Box<dyn Chart>);

/// Accuracy by model, satisfaction, trust by arm, conversion over time.
pub(super) fn four(study: &Study, lang: Language) -> Vec<Named> {
    vec![
        ("accuracy", Box::new(accuracy(study, lang))),
        ("satisfaction", Box::new(satisfaction(study, lang))),
        ("trust", Box::new(trust(study, lang))),
        ("conversion", Box::new(conversion(study, lang))),
    ]
}

/// Titles say it too, for whoever copies a figure without its page.
fn about(lang: Language, title: &str, description: &str) -> About {
    About::new(format!("{title} ({})", words::stamp(lang)), description, lang)
}

fn accuracy(study: &Study, lang: Language) -> Bars {
    let bar = |model: &study::Accuracy| Bar {
        label: words::model(lang, &model.model),
        value: Some(model.ndcg),
        interval: Some(model.ci),
        colour: usize::from(model.model == "blend"),
    };
    Bars {
        about: about(lang, text!(lang, "study-accuracy-by-model"), words::about_accuracy(lang)),
        names: text!(lang, "study-model").to_owned(),
        axis: Axis::new("NDCG@10", Unit::Plain(4)),
        bars: study.accuracy.iter().map(bar).collect(),
    }
}

fn satisfaction(study: &Study, lang: Language) -> Pies {
    let slice = |label: &str, n: u64| Slice { label: label.to_owned(), value: n as f64 };
    let whole = |arm: Arm| {
        let of = study.satisfaction.get(&arm).copied().unwrap_or_default();
        Whole {
            label: words::arm(lang, arm).to_owned(),
            slices: vec![
                slice(text!(lang, "study-satisfied"), of.satisfied),
                slice(text!(lang, "study-neutral"), of.neutral),
                slice(text!(lang, "study-dissatisfied"), of.dissatisfied),
            ],
        }
    };
    Pies {
        about: about(
            lang,
            text!(lang, "study-satisfaction-by-arm"),
            text!(lang, "study-about-satisfaction"),
        ),
        names: text!(lang, "study-arm").to_owned(),
        parts: text!(lang, "study-answer").to_owned(),
        axis: Axis::new(text!(lang, "study-people"), Unit::Plain(0)),
        wholes: Arm::ALL.map(whole).into(),
    }
}

fn trust(study: &Study, lang: Language) -> Bars {
    let bar = |arm: Arm| {
        let score = study.trust.get(&arm).and_then(|trust| trust.score.known());
        Bar {
            label: words::arm(lang, arm).to_owned(),
            value: score.map(|score| score.estimate),
            interval: score.and_then(|score| score.ci.known().copied()),
            colour: usize::from(arm == Arm::Reasons),
        }
    };
    Bars {
        about: about(lang, text!(lang, "study-trust-by-arm"), text!(lang, "study-about-trust")),
        names: text!(lang, "study-arm").to_owned(),
        axis: Axis::new(text!(lang, "study-trust-score"), Unit::Plain(1)),
        bars: Arm::ALL.map(bar).into(),
    }
}

fn conversion(study: &Study, lang: Language) -> Lines {
    let line = |arm: Arm| {
        let points = study.conversion.iter().filter_map(|week| {
            let (share, _) = week.by_arm.get(&arm)?.known()?;
            Some((week.week as f64, *share))
        });
        Line { label: words::arm(lang, arm).to_owned(), points: points.collect() }
    };
    Lines {
        about: about(
            lang,
            text!(lang, "study-conversion-over-time"),
            text!(lang, "study-about-conversion"),
        ),
        x: Axis::new(text!(lang, "study-week"), Unit::Plain(0)),
        y: Axis::new(text!(lang, "study-visits-with-a-purchase"), Unit::Percent(0)),
        lines: Arm::ALL.map(line).into(),
        step: Some(1.0),
    }
}

/// The gain of the loop by month.
pub(super) fn learning(study: &Study, lang: Language) -> Bars {
    let bar = |month: &study::Month| {
        let difference = month.visit.difference.known();
        Bar {
            label: format!("{} {}", text!(lang, "study-month"), month.month),
            value: difference.map(|found| found.estimate),
            interval: difference.map(|found| found.ci),
            colour: 0,
        }
    };
    Bars {
        about: about(lang, text!(lang, "study-loop-worth"), words::about_learning(lang)),
        names: text!(lang, "study-month").to_owned(),
        axis: Axis::new(text!(lang, "study-utility-difference"), Unit::Plain(3)),
        bars: study.learning.months.iter().map(bar).collect(),
    }
}
