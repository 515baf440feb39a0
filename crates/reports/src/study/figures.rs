//! The four charts of a study, and those beside them.

use app::study::{Arm, Study};
use charts::{About, Axis, Bar, Bars, Chart, Line, Lines, Pies, Slice, Unit, Whole};
use domain::Language;

use super::words::{self, say};

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
    let bar = |model: &app::study::Accuracy| Bar {
        label: words::model(lang, &model.model),
        value: Some(model.ndcg),
        interval: Some(model.ci),
        colour: usize::from(model.model == "blend"),
    };
    Bars {
        about: about(
            lang,
            say(lang, "Accuracy by model", "各模型的准确度"),
            words::about_accuracy(lang),
        ),
        names: say(lang, "model", "模型").to_owned(),
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
                slice(say(lang, "satisfied", "满意"), of.satisfied),
                slice(say(lang, "neutral", "一般"), of.neutral),
                slice(say(lang, "dissatisfied", "不满意"), of.dissatisfied),
            ],
        }
    };
    Pies {
        about: about(
            lang,
            say(lang, "Satisfaction by arm", "各组的满意度"),
            say(
                lang,
                "Mean answer to the satisfaction items: 5 or more of 7, between, 3 or less.",
                "满意度题目的平均回答：7 分制中 5 分及以上、介于两者之间、3 分及以下。",
            ),
        ),
        names: say(lang, "arm", "组别").to_owned(),
        parts: say(lang, "answer", "回答").to_owned(),
        axis: Axis::new(say(lang, "people", "人数"), Unit::Plain(0)),
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
        about: about(
            lang,
            say(lang, "Trust by arm", "各组的信任分"),
            say(
                lang,
                "Trust score from the questionnaire, 0 to 100, with 95 % intervals.",
                "问卷得出的信任分，0 到 100，附 95 % 区间。",
            ),
        ),
        names: say(lang, "arm", "组别").to_owned(),
        axis: Axis::new(say(lang, "trust score", "信任分"), Unit::Plain(1)),
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
            say(lang, "Conversion over time", "转化率随时间的变化"),
            say(
                lang,
                "Share of visits in which something recommended was bought, by week.",
                "每周购买了推荐商品的访问所占比例。",
            ),
        ),
        x: Axis::new(say(lang, "week", "周"), Unit::Plain(0)),
        y: Axis::new(say(lang, "visits with a purchase", "有购买的访问"), Unit::Percent(0)),
        lines: Arm::ALL.map(line).into(),
        step: Some(1.0),
    }
}

/// The gain of the loop by month.
pub(super) fn learning(study: &Study, lang: Language) -> Bars {
    let bar = |month: &app::study::Month| {
        let difference = month.visit.difference.known();
        Bar {
            label: format!("{} {}", say(lang, "month", "月份"), month.month),
            value: difference.map(|found| found.estimate),
            interval: difference.map(|found| found.ci),
            colour: 0,
        }
    };
    Bars {
        about: about(
            lang,
            say(lang, "What the loop was worth", "循环学习的价值"),
            words::about_learning(lang),
        ),
        names: say(lang, "month", "月份").to_owned(),
        axis: Axis::new(
            say(lang, "true utility per visit, difference", "每次访问的真实效用之差"),
            Unit::Plain(3),
        ),
        bars: study.learning.months.iter().map(bar).collect(),
    }
}
