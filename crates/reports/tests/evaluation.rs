//! An evaluation as a page of its own.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use std::sync::LazyLock;

use app::demo;
use app::demo::ShopConfig;
use domain::Language;
use evaluation::evaluate::{EvaluateConfig, Evaluated};

/// A small simulated shop, with the constants of the settings: choosing them takes longer.
const SETTINGS: &str = "[shop]\nsimulated = true\n[signals.tuning]\nenabled = false\n";

fn evaluated() -> &'static Evaluated {
    static EVALUATED: LazyLock<Evaluated> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("candor.toml"), SETTINGS).unwrap();
        let size =
            ShopConfig { n_shoppers: 120, n_items: 100, n_events: 1_500, ..ShopConfig::default() };
        let shop = demo::create(folder.path(), &size, &mut |_| {}).unwrap();
        let config = EvaluateConfig { n_seeds: 2, ..EvaluateConfig::default() };
        ::evaluation::evaluate(&shop, &config, &|_| {}).unwrap()
    });
    &EVALUATED
}

fn page(lang: Language) -> String {
    reports::evaluation::page(evaluated(), "candor evaluate --shop '<script>'", lang).unwrap()
}

#[test]
fn the_page_of_an_evaluation_tells_what_was_compared_how_and_how_to_do_it_again() {
    let page = page(Language::En);
    let seeds = "<td>1, 2</td>";
    for text in ["This shop is simulated", &evaluated().data_fingerprint, seeds, "half_life_days"] {
        assert!(page.contains(text), "{text} is not on\n{page}");
    }
    for named in ["blend", "item-kNN", "EASE", "ALS", "most bought ever", "What comes next"] {
        assert!(page.contains(&format!("<title>{named}: ")), "no bar for {named}\n{page}");
    }
    for row in evaluated().report.rows.iter().filter(|row| row.model.contains('_')) {
        assert!(!page.contains(&format!("<title>{}: ", row.model)), "{} is no word", row.model);
    }
    assert!(!evaluated().baselines.is_empty());
    for (name, constants) in &evaluated().baselines {
        // Without the name of a type of ours, which says nothing to a reader.
        let chosen = constants.split(['{', '}']).nth(1).map_or(constants.as_str(), str::trim);
        assert!(page.contains(&*charts::escape(chosen)), "{name}: {chosen}");
    }
    for signal in &evaluated().fit.signals {
        assert!(page.contains(&charts::escape(&signal.verdict)), "{}", signal.verdict);
    }
    assert!(page.matches("<figure").count() >= 6, "bars, scatters, parts and weights");
}

#[test]
fn the_page_of_an_evaluation_loads_nothing_and_runs_nothing() {
    for lang in [Language::En, Language::Zh] {
        let page = page(lang);
        for outside in ["<script", "<link", "<img", "<iframe", "@import", "url(", "http:", "https:"]
        {
            assert!(!page.contains(outside), "{outside} in\n{page}");
        }
        assert!(page.contains("&#60;script&#62;"), "the command stays text");
        assert!(page.contains("prefers-color-scheme: dark"));
    }
}

#[test]
fn the_page_of_an_evaluation_is_complete_in_each_language() {
    let (en, zh) = (page(Language::En), page(Language::Zh));
    let is_chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    assert_eq!(en.chars().find(is_chinese), None);
    assert!(zh.contains("lang=\"zh-CN\"") && zh.contains("模拟店铺"));
    for english in ["What was compared", "Accuracy", "masked<", "as a table", "95 % interval"] {
        assert!(en.contains(english) && !zh.contains(english), "{english}");
    }
}
