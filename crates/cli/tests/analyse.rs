//! `candor analyse` as people and programs run it.

use std::io::Write;
use std::process::{Command, Output};

use serde_json::Value;

fn candor(contents: &[u8], arguments: &[&str]) -> Output {
    let mut file = tempfile::NamedTempFile::new().expect("there is a place for temporary files");
    file.write_all(contents).expect("a temporary file can be written");
    let (command, rest) = arguments.split_first().expect("a command comes first");
    Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["analyse", command])
        .arg(file.path())
        .args(rest)
        .output()
        .expect("the binary was built with this test")
}

fn json(contents: &[u8], arguments: &[&str]) -> Value {
    let output = candor(contents, &[arguments, &["--json"]].concat());
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).expect("--json prints JSON")
}

fn near(value: &Value, expected: f64) {
    let got = value.as_f64().unwrap_or(f64::NAN);
    assert!((got - expected).abs() < 5e-6, "{value} instead of {expected}");
}

/// 14 of 28 and 16 of 30 units converted.
fn conversions() -> String {
    let arm = |name: &str, n: usize, converted: usize| {
        (0..n).map(|i| format!("{name},{}\n", u8::from(i < converted))).collect::<String>()
    };
    format!("arm,bought\n{}{}", arm("off", 28, 14), arm("on", 30, 16))
}

const EXPERIMENT: [&str; 7] =
    ["experiment", "--variant", "arm", "--control", "off", "--metric", "bought"];

#[test]
fn an_experiment_comes_out_in_the_documented_shape() {
    let answer = json(conversions().as_bytes(), &EXPERIMENT);
    let comparison = &answer["comparisons"][0];
    assert_eq!(answer["metric"], "bought");
    assert_eq!((&comparison["n_control"], &comparison["n_treatment"]), (&28.into(), &30.into()));
    near(&comparison["relative"]["estimate"], 0.06667);
    near(&comparison["relative"]["ci"][0], -0.47767);
    near(&comparison["relative"]["ci"][1], 0.61101);
    near(&comparison["relative"]["p"], 0.80707);
    assert!(answer["srm"]["p"].as_f64().unwrap() > 0.5);
    for part in ["absolute", "sequential", "bayesian"] {
        assert!(comparison[part]["ci"][1].is_f64(), "{part}");
    }
}

#[test]
fn bad_cells_are_named_by_line_and_column_and_not_turned_into_zero() {
    let spoilt = conversions().replacen("off,1", "off,yes", 1);
    let answer = json(spoilt.as_bytes(), &EXPERIMENT);
    assert_eq!(answer["problems"]["bad_cells"][0]["line"], 2);
    assert_eq!(answer["problems"]["bad_cells"][0]["column"], "bought");
    near(&answer["comparisons"][0]["mean_control"], 13.0 / 27.0);
    let text = candor(spoilt.as_bytes(), &EXPERIMENT).stdout;
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("line 2, column bought: \"yes\""), "{text}");
}

#[test]
fn scales_and_factors_come_out_in_the_documented_shape_also_from_gz() {
    let mut rows = "a1,a2,a3,b1,b2,b3\n".to_owned();
    let mut state = 1_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    for _ in 0..60 {
        let (x, y) = (random(6), random(6));
        let [a1, a2, a3] = [(); 3].map(|()| x + random(3));
        let [b1, b2, b3] = [(); 3].map(|()| y + random(3));
        rows += &format!("{a1},{a2},{},{b1},{b2},{b3}\n", 8 - a3);
    }
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zipped.write_all(rows.as_bytes()).unwrap();
    let zipped = zipped.finish().unwrap();
    let arguments =
        ["scale", "--scale", "A=a1,a2,a3", "--scale", "B=b1,b2,b3", "--reversed", "a3", "--cfa"];
    let answer = json(&zipped, &arguments);
    for (i, name) in ["A", "B"].into_iter().enumerate() {
        let scale = &answer["scales"][i];
        assert_eq!((&scale["name"], &scale["n"]), (&name.into(), &60.into()));
        for reliability in ["alpha", "omega"] {
            let estimate = scale[reliability]["estimate"].as_f64().unwrap();
            let ends = &scale[reliability]["ci"];
            assert!(ends[0].as_f64().unwrap() < estimate && estimate < ends[1].as_f64().unwrap());
            assert!(estimate > 0.7, "{name} {reliability} {estimate}");
        }
    }
    for index in ["chi2", "cfi", "tli", "rmsea", "srmr"] {
        assert!(answer["cfa"][index].is_f64(), "{index}");
    }
    assert_eq!(answer["cfa"]["df"], 8);
}

#[test]
fn a_wrong_column_says_which_there_are() {
    let output = candor(conversions().as_bytes(), &["scale", "--scale", "A=arm,spent"]);
    assert!(!output.status.success());
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("\"spent\"") && errors.contains("arm, bought"), "{errors}");
}
