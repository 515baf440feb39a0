use study::{StudyConfig, run};

use super::*;

fn tiny() -> Vec<ReportFile> {
    let config = StudyConfig {
        n_shoppers: 120,
        n_items: 100,
        n_events: 1_500,
        n_redraws: 2,
        ..StudyConfig::default()
    };
    let folder = tempfile::tempdir().unwrap();
    files(&run(&config, folder.path(), &|_| {}).unwrap())
}

#[test]
fn every_file_of_a_study_says_that_it_is_simulated() {
    let files = tiny();
    let named = |end: &str| files.iter().filter(|file| file.name.ends_with(end)).count();
    assert_eq!(
        (named(".svg"), named(".csv"), named(".html"), named(".json")),
        (4 * domain::Language::ALL.len(), 6, 1, 1)
    );
    for ReportFile { name, content } in &files {
        assert!(content.contains(STAMP), "{name}");
        if name.ends_with(".csv") {
            let mut lines = content.lines();
            assert!(lines.next().unwrap().starts_with("simulated,"), "{name}");
            assert!(lines.all(|line| line.starts_with("true,")), "{name}");
        }
        // Not the title alone: the word stands across the drawing, also after it was cut out.
        let drawings = content.matches("<svg ").count();
        let stamps = content.matches("fill-opacity=\"0.12\"").count();
        assert_eq!(drawings, stamps, "{name}");
    }
}

#[test]
fn the_page_is_in_every_language_and_loads_nothing() {
    let page = tiny().into_iter().find(|file| file.name == "study.html").unwrap().content;
    for word in ["Trust by arm", "各组的信任分", "模拟数据", "SIMULATED"] {
        assert!(page.contains(word), "{word}");
    }
    for loads in ["src=", "<script", "<link", "@import", "url("] {
        assert!(!page.contains(loads), "{loads}");
    }
}

#[test]
fn every_arm_has_its_satisfaction_in_per_cent_and_every_decision_is_in_words() {
    let files = tiny();
    let content = |name: &str| &files.iter().find(|file| file.name == name).unwrap().content;
    for (name, arm) in [
        ("satisfaction.en.svg", "blend, empty reasons"),
        ("satisfaction.zh.svg", "item-kNN，无理由"),
    ] {
        let svg = content(name);
        assert!(svg.contains(arm) && svg.contains(" %</text>"), "{svg}");
    }
    let page = content("study.html");
    let listed = page.split("<li>").skip(1).map(|rest| rest.split(':').next().unwrap_or_default());
    for said in listed {
        assert!(!said.contains('_'), "{said}");
    }
}

#[test]
fn the_stamp_stays_within_a_low_drawing_in_every_language() {
    for lang in domain::Language::ALL {
        let text = words::stamp(lang);
        let points = stamp_size(text, [720.0, 130.0]);
        let n_chars = text.chars().count() as f64;
        assert!(points > 16.0 && 0.5 * n_chars * points * 18_f64.to_radians().sin() < 130.0);
        assert!(points < stamp_size(text, [720.0, 300.0]));
    }
}
