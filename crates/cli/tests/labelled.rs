//! Whatever a command tells of a shop whose shoppers are made up says so; of any other, none does.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use std::path::Path;
use std::process::Command;

/// Every command that tells results, as it is typed.
const TELLING: [&str; 14] = [
    "train",
    "train --resume --json",
    "evaluate",
    "evaluate --json",
    "evaluate faithfulness --shoppers 3",
    "recommend demo-1",
    "recommend demo-1 --json",
    "ask why-the-first-one? --shopper demo-1",
    "ask why-the-first-one? --shopper demo-1 --json",
    "explain model",
    "content S0010",
    "audit --json",
    "trust",
    "optimise",
];

/// The demo's settings with such that a training takes no time: labels are no matter of how good a
/// model is.
fn quick(settings: &str) -> String {
    assert!(settings.contains("max_trials = 24"), "{settings}");
    settings.replace("max_trials = 24", "max_trials = 2")
        + "\n[signals.sequence]\nenabled = false\n"
}

fn candor(folder: &Path, typed: &str) -> String {
    // A question is several words, which stand here with hyphens between them.
    let words = typed.split(' ').map(|word| match word.ends_with('?') {
        true => word.replace('-', " "),
        false => word.to_owned(),
    });
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .current_dir(folder)
        .args(words)
        .env("CANDOR_SHOP", "shop")
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{typed}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// The label of text, and that of JSON.
fn is_labelled(told: &str) -> bool {
    told.starts_with("(simulated shop") || told.contains("\"simulated\": true")
}

#[test]
fn every_command_says_of_a_simulated_shop_that_it_is_and_of_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let made = candor(folder.path(), "demo --shop shop --no-serve --shoppers 120 --items 60");
    assert!(made.starts_with("A simulated shop") && made.contains("(simulated shop)"), "{made}");
    let settings = folder.path().join("shop/candor.toml");
    let simulated = quick(&std::fs::read_to_string(&settings).unwrap());
    std::fs::write(&settings, &simulated).unwrap();
    for typed in TELLING {
        let told = candor(folder.path(), typed);
        assert!(is_labelled(&told), "{typed}: {told}");
    }
    std::fs::write(&settings, simulated.replace("simulated = true", "simulated = false")).unwrap();
    for typed in TELLING {
        let told = candor(folder.path(), typed);
        assert!(!is_labelled(&told), "{typed}: {told}");
    }
}
