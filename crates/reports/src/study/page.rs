//! The page of a study: both languages one below the other, nothing loaded from anywhere.

use std::fmt::Write as _;

use app::answer::PlantedError;
use app::study::{Arm, Study};
use charts::{Cell, Chart, Table, Unit, escape};
use domain::Language;

use super::words::{self, say};
use super::{LANGUAGES, figures, stamped};

const STYLE: &str = "
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 0 auto; padding: 0 1rem 4rem; }
.stamp { position: sticky; top: 0; background: #8a1f11; color: #fff; padding: .5rem 1rem; margin: 0 -1rem; }
table { border-collapse: collapse; } td, th { padding: .2rem .6rem; text-align: left; }
pre { overflow-x: auto; }
";

/// The whole page.
pub(super) fn page(study: &Study) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Candor: {}</title><style>{STYLE}{}</style></head><body>\
         <p class=\"stamp\" role=\"alert\">{}<br><span lang=\"zh\">{}</span></p>\
         <p><a href=\"#en\">English</a> · <a href=\"#zh\" lang=\"zh\">中文</a></p>",
        words::stamp(Language::Zh),
        charts::CSS,
        words::warning(Language::En),
        words::warning(Language::Zh),
    );
    for lang in LANGUAGES {
        let _ = write!(page, "<section id=\"{0}\" lang=\"{0}\">", lang.tag());
        page += &stamped(&section(study, lang), lang);
        page += "</section>";
    }
    let _ = writeln!(
        page,
        "<details><summary>settings of the shop</summary><pre>{}</pre></details></body></html>",
        escape(study.settings)
    );
    page
}

fn section(study: &Study, lang: Language) -> String {
    let mut html = format!(
        "<h1>{}</h1>{}",
        say(lang, "A simulated study of reasons and trust", "关于推荐理由与信任的模拟研究"),
        facts(study, lang)
    );
    for (name, chart) in figures::four(study, lang) {
        html += &chart.figure();
        if name == "accuracy" {
            let _ = write!(html, "<p>{}</p>", words::about_accuracy(lang));
        }
    }
    let parts = [
        (
            say(lang, "Are known effects found?", "已知效应能否被测出？"),
            words::about_recovered(lang),
            effects(study, lang),
        ),
        (
            say(lang, "Is trust earned?", "信任是否名副其实？"),
            words::about_errors(lang),
            errors(study, lang),
        ),
        (
            say(lang, "Does the loop pay?", "循环学习是否值得？"),
            words::about_learning(lang),
            learning(study, lang),
        ),
    ];
    for (title, about, table) in parts {
        let _ = write!(
            html,
            "<h2>{title}</h2><p>{about}</p><div class=\"scroll\">{}</div>",
            table.html()
        );
    }
    html += &figures::learning(study, lang).figure();
    html += "<ul>";
    for decision in &study.learning.decisions {
        let _ = write!(
            html,
            "<li>{}: <span lang=\"en\">{}</span></li>",
            words::decision(lang, decision),
            escape(&decision.why)
        );
    }
    html + "</ul>"
}

fn facts(study: &Study, lang: Language) -> String {
    let text = match lang {
        Language::En => format!(
            "{} days, {} shoppers, {} items, {} events, {} lists; seed {}.",
            study.n_days,
            study.n_shoppers,
            study.n_items,
            study.n_events,
            study.n_answers,
            study.seed
        ),
        Language::Zh => format!(
            "{} 天，{} 位购物者，{} 件商品，{} 个事件，{} 个列表；随机种子 {}。",
            study.n_days,
            study.n_shoppers,
            study.n_items,
            study.n_events,
            study.n_answers,
            study.seed
        ),
    };
    format!("<p>{text}</p>")
}

fn head(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn effects(study: &Study, lang: Language) -> Table {
    let row = |one: &app::study::Recovered| {
        let (unit, found) = (Unit::Plain(3), one.found.known());
        vec![
            Cell::Text(words::arm(lang, one.arm).to_owned()),
            Cell::Text(words::sought(lang, one.sought).to_owned()),
            Cell::number(Some(one.truth), unit),
            Cell::number(found.map(|found| found.estimate), unit),
            Cell::interval(found.map(|found| found.ci), unit),
            Cell::number(Some(one.coverage), Unit::Percent(1)),
        ]
    };
    Table {
        head: match lang {
            Language::En => head(&["arm", "metric", "known", "found", "95 %", "held"]),
            Language::Zh => head(&["组别", "指标", "已知", "测得", "95 %", "覆盖"]),
        },
        rows: study.recovered.iter().map(row).collect(),
    }
}

fn errors(study: &Study, lang: Language) -> Table {
    let row = |arm: Arm| {
        let sorts = study.planted.get(&arm);
        let accepted = |what| {
            let trials = sorts.and_then(|sorts| sorts.get(&what)).map(|planted| planted.trials);
            let share = trials.map(|trials| trials.wrong_accepted as f64 / trials.n_wrong as f64);
            Cell::number(share, Unit::Percent(1))
        };
        let d_prime = sorts.and_then(|sorts| sorts.get(&PlantedError::WrongItem));
        let d_prime = d_prime.and_then(|planted| planted.detection.known());
        let verdict = study.verdicts.get(&arm).map(|verdict| words::verdict(lang, verdict));
        let is_control = say(lang, "the others are compared with it", "其他组与之比较");
        vec![
            Cell::Text(words::arm(lang, arm).to_owned()),
            accepted(PlantedError::WrongItem),
            accepted(PlantedError::WrongReason),
            Cell::number(d_prime.map(|detection| detection.d_prime), Unit::Plain(2)),
            Cell::Text(verdict.unwrap_or_else(|| is_control.to_owned())),
        ]
    };
    Table {
        head: match lang {
            Language::En => {
                head(&["arm", "wrong items accepted", "wrong reasons accepted", "d′", "verdict"])
            }
            Language::Zh => head(&["组别", "接受的错误商品", "接受的错误理由", "d′", "结论"]),
        },
        rows: Arm::ALL.map(row).into(),
    }
}

fn learning(study: &Study, lang: Language) -> Table {
    let months = study.learning.months.iter().chain([&study.learning.later]);
    let rows = months.flat_map(|month| {
        let named = match month.month {
            0 => say(lang, "after the first", "第一个月之后").to_owned(),
            n => n.to_string(),
        };
        let of = [
            (say(lang, "per visit", "每次访问"), &month.visit),
            (say(lang, "per item shown", "每件展示商品"), &month.item),
            (say(lang, "per visit, between groups", "每次访问，组间"), &month.groups),
        ];
        of.map(|(of, compared)| {
            let (unit, found) = (Unit::Plain(3), compared.difference.known());
            vec![
                Cell::Text(named.clone()),
                Cell::Text(of.to_owned()),
                Cell::number(compared.frozen.known().copied(), unit),
                Cell::number(compared.learning.known().copied(), unit),
                Cell::number(found.map(|found| found.estimate), unit),
                Cell::interval(found.map(|found| found.ci), unit),
            ]
        })
    });
    Table {
        head: match lang {
            Language::En => head(&["month", "utility", "frozen", "learning", "difference", "95 %"]),
            Language::Zh => head(&["月份", "效用", "冻结", "学习", "差值", "95 %"]),
        },
        rows: rows.collect(),
    }
}
