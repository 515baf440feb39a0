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

fn refused(contents: &str, arguments: &[&str]) -> String {
    let output = candor(contents.as_bytes(), arguments);
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("messages are text")
}

#[test]
fn an_experiment_that_cannot_be_compared_says_what_was_left_out_and_where() {
    let ragged = refused("arm,bought\noff,1,2\non,1,2\n", &EXPERIMENT);
    assert!(ragged.contains("no row to read") && ragged.contains("lines 2, 3"), "{ragged}");
    let header = refused("arm,bought\n", &EXPERIMENT);
    assert!(header.contains("no row to read below the header"), "{header}");
    let quote = refused("arm,bought\noff,1\n\"on,1\non,0\n", &EXPERIMENT);
    assert!(quote.contains("line 3 is never closed"), "{quote}");
    let of_units = [&EXPERIMENT[..], &["--unit", "who"]].concat();
    let both = "arm,who,bought\noff,ann,1\noff,bea,1\non,ann,0\non,bea,1\n";
    let both = refused(both, &of_units);
    for part in ["no unit can be compared", "2 units in several variants", "\"ann\", line 4"] {
        assert!(both.contains(part), "{part}: {both}");
    }
    let control = refused("arm,bought\nOff,1\n,1\non,0\n", &EXPERIMENT);
    for part in ["the variants are Off, on", "1 rows without a variant", "as it is written"] {
        assert!(control.contains(part), "{part}: {control}");
    }
}

#[test]
fn a_metric_of_words_is_refused_unless_they_are_yes_and_no() {
    let words = refused("arm,bought\noff,red\non,blue\n", &EXPERIMENT);
    assert!(words.contains("line 2 says \"red\""), "{words}");
    let empty = refused("arm,bought\noff,\non,\n", &EXPERIMENT);
    assert!(empty.contains("no unit has a value of bought"), "{empty}");
    let flags = conversions().replace(",1", ",yes").replace(",0", ",no");
    near(&json(flags.as_bytes(), &EXPERIMENT)["comparisons"][0]["relative"]["p"], 0.80707);
}

#[test]
fn means_beside_an_adjusted_difference_are_those_observed() {
    let rows = "arm,bought,before\noff,0,1\noff,0,2\noff,0,0\non,1,5\non,0,1\non,1,6\n";
    let adjusted = [&EXPERIMENT[..], &["--covariate", "before"]].concat();
    let answer = json(rows.as_bytes(), &adjusted);
    near(&answer["comparisons"][0]["mean_control"], 0.0);
    near(&answer["comparisons"][0]["mean_treatment"], 2.0 / 3.0);
    let text = String::from_utf8(candor(rows.as_bytes(), &adjusted).stdout).unwrap();
    assert!(text.contains("adjusted by the covariate") && text.contains("0.66667"), "{text}");
}

#[test]
fn an_answer_outside_of_the_scale_is_named_and_does_not_count() {
    let row = |n: i32| format!("{},{},{}\n", 1 + n % 7, 1 + (n * 3) % 7, 1 + (n * 5) % 7);
    let plain = format!("a,b,c\n{}", (0..30).map(row).collect::<String>());
    let spoilt = format!("{plain}-5,99,4\n4,4,4\n");
    let arguments = ["scale", "--scale", "A=a,b,c", "--points", "7"];
    let answer = json(spoilt.as_bytes(), &arguments);
    assert_eq!(answer["problems"]["n_out_of_range_cells"], 2);
    assert_eq!(answer["problems"]["out_of_range_cells"][0]["line"], 32);
    assert_eq!(answer["scales"][0]["n"], 31, "that row is left out, the one after it is not");
    let text = String::from_utf8(candor(spoilt.as_bytes(), &arguments).stdout).unwrap();
    assert!(text.contains("line 32, column a: \"-5\""), "{text}");
}

/// Three looks at one comparison, out of order, and one of another.
fn looks() -> String {
    let variance = |n: f64, sum: f64, squares: f64| (squares - sum * sum / n) / (n - 1.0);
    let (a, b) = (variance(3407.0, 1396.87, 52377.9767), variance(3461.0, 2422.7, 134_698.29));
    let (mean_a, mean_b) = (1396.87 / 3407.0, 2422.7 / 3461.0);
    format!(
        "experiment_id,variant_id,metric_id,time_since_start,count_c,count_t,mean_c,mean_t,\
         variance_c,variance_t\n\
         e1,1,1,3,3407,3461,{mean_a},{mean_b},{a},{b}\n\
         e1,1,1,1,100,100,1.0,1.1,1.0,1.0\n\
         e1,1,1,2,2000,2000,1.0,1.3,1.0,1.0\n\
         e1,1,2,1,500,500,2.0,2.0,1.0,1.0\n\
         e1,1,2,2,500,,2.0,2.0,1.0,1.0\n"
    )
}

#[test]
fn arms_of_which_only_n_mean_and_variance_are_known_are_compared_look_by_look() {
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zipped.write_all(looks().as_bytes()).unwrap();
    let answer = json(&zipped.finish().unwrap(), &["summaries"]);
    let group = &answer["groups"][0];
    assert_eq!(group["group"], serde_json::json!(["e1", "1", "1"]));
    assert_eq!(group["at"], serde_json::json!([1.0, 2.0, 3.0]));
    let last = &group["looks"][2];
    near(&last["relative"]["estimate"], 0.70732);
    near(&last["relative"]["se"], 0.37879);
    near(&last["absolute"]["p"], 0.02016);
    assert_eq!(group["first_excluding_zero"], 1, "at the second look, and no more at the third");
    assert!(last["sequential_absolute"]["ci"][0].as_f64().unwrap() < 0.0);
    assert!(answer["groups"][1]["first_excluding_zero"].is_null());
    assert_eq!(answer["n_incomplete_rows"], 1);
    let text = candor(looks().as_bytes(), &["summaries", "--every"]).stdout;
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("zero was excluded at some look in 1 of 2"), "{text}");
    assert!(text.contains("1 rows that say too little"), "{text}");
}

#[test]
fn the_columns_of_summaries_can_have_any_names() {
    let rows = "n0,n1,m0,m1,v0,v1\n100,100,1.0,2.0,1.0,1.0\n";
    let arguments: Vec<&str> = "summaries --n-control n0 --n-treatment n1 --mean-control m0 \
        --mean-treatment m1 --variance-control v0 --variance-treatment v1"
        .split_whitespace()
        .collect();
    let answer = json(rows.as_bytes(), &arguments);
    near(&answer["groups"][0]["looks"][0]["absolute"]["estimate"], 1.0);
    assert_eq!(answer["groups"][0]["group"], serde_json::json!([]));
    let missing = refused(rows, &["summaries"]);
    assert!(missing.contains("count_c") && missing.contains("there are n0"), "{missing}");
}
