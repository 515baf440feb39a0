//! The page of a study: both languages one below the other, nothing loaded from anywhere.

use std::fmt::Write as _;

use answers::answer::PlantedError;
use charts::{Cell, Chart, Table, Unit, escape};
use domain::Language;
use messages::{message, text};
use study::{Arm, Study};

use super::words;
use super::{STAMP, figures, stamped};

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
         <title>Candor: {STAMP}</title><style>{STYLE}{}</style></head><body>\
         <p class=\"stamp\" role=\"alert\">{}</p><p>{}</p>",
        charts::CSS,
        Language::ALL.map(warning).join("<br>"),
        Language::ALL.map(link).join(" · "),
    );
    for lang in Language::ALL {
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

fn warning(lang: Language) -> String {
    format!("<span lang=\"{}\">{}</span>", lang.tag(), words::warning(lang))
}

fn link(lang: Language) -> String {
    format!("<a href=\"#{0}\" lang=\"{0}\">{1}</a>", lang.tag(), lang.own_name())
}

fn section(study: &Study, lang: Language) -> String {
    let mut html = format!("<h1>{}</h1>{}", text!(lang, "study-title"), facts(study, lang));
    for (name, chart) in figures::four(study, lang) {
        html += &chart.figure();
        if name == "accuracy" {
            let _ = write!(html, "<p>{}</p>", words::about_accuracy(lang));
        }
    }
    let parts = [
        (text!(lang, "study-recovered"), words::about_recovered(lang), effects(study, lang)),
        (text!(lang, "study-errors"), words::about_errors(lang), errors(study, lang)),
        (text!(lang, "study-learning"), words::about_learning(lang), learning(study, lang)),
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
    let text = message!(
        lang,
        "study-facts",
        days: study.n_days.unsigned_abs(),
        shoppers: study.n_shoppers,
        items: study.n_items,
        events: study.n_events,
        lists: study.n_answers,
        seed: study.seed.to_string(),
    );
    format!("<p>{text}</p>")
}

fn head(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn effects(study: &Study, lang: Language) -> Table {
    let row = |one: &study::Recovered| {
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
        head: head(&[
            text!(lang, "study-head-arm"),
            text!(lang, "study-head-metric"),
            text!(lang, "study-head-known"),
            text!(lang, "study-head-found"),
            text!(lang, "study-head-interval"),
            text!(lang, "study-head-held"),
        ]),
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
        let is_control = text!(lang, "study-is-control");
        vec![
            Cell::Text(words::arm(lang, arm).to_owned()),
            accepted(PlantedError::WrongItem),
            accepted(PlantedError::WrongReason),
            Cell::number(d_prime.map(|detection| detection.d_prime), Unit::Plain(2)),
            Cell::Text(verdict.unwrap_or_else(|| is_control.to_owned())),
        ]
    };
    Table {
        head: head(&[
            text!(lang, "study-head-arm"),
            text!(lang, "study-head-wrong-items-accepted"),
            text!(lang, "study-head-wrong-reasons-accepted"),
            text!(lang, "study-head-d-prime"),
            text!(lang, "study-head-verdict"),
        ]),
        rows: Arm::ALL.map(row).into(),
    }
}

fn learning(study: &Study, lang: Language) -> Table {
    let months = study.learning.months.iter().chain([&study.learning.later]);
    let rows = months.flat_map(|month| {
        let named = match month.month {
            0 => text!(lang, "study-month-first").to_owned(),
            n => n.to_string(),
        };
        let of = [
            (text!(lang, "study-per-visit"), &month.visit),
            (text!(lang, "study-per-item-shown"), &month.item),
            (text!(lang, "study-per-visit-between-groups"), &month.groups),
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
        head: head(&[
            text!(lang, "study-head-month"),
            text!(lang, "study-head-utility"),
            text!(lang, "study-head-frozen"),
            text!(lang, "study-head-learning"),
            text!(lang, "study-head-difference"),
            text!(lang, "study-head-interval"),
        ]),
        rows: rows.collect(),
    }
}
