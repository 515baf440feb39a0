//! How a language model is asked. Documented key by key in `config/default.toml`.

use serde::{Deserialize, Serialize};

use super::LlmError;

/// Where a language model answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// Nowhere: every text is the grammar's.
    #[default]
    None,
    /// At any address that speaks OpenAI's protocol.
    Openai,
    /// In this process, from a GGUF file; needs the cargo feature `local-llm`.
    Local,
}

/// How a provider is held to JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Structured {
    /// By a schema.
    #[default]
    JsonSchema,
    /// To some JSON.
    JsonObject,
    /// By asking only.
    None,
}

/// Settings of a language model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LlmConfig {
    /// Where it answers.
    pub provider: ProviderKind,
    /// Address up to and with `/v1`.
    pub base_url: String,
    /// Its name; of a local one, the path of the GGUF file.
    pub model: String,
    /// Name of the environment variable that holds the key; empty where none is needed.
    pub key_env: String,
    /// How the provider is held to JSON.
    pub structured: Structured,
    /// Whether the answer is read as it is made.
    pub stream: bool,
    /// How freely it words, 0 to 2.
    pub temperature: f64,
    /// Longest time for one answer.
    pub timeout_ms: u64,
    /// Most bytes of one answer, with all of the protocol around it.
    pub max_answer_bytes: u64,
    /// How often a call that failed for a passing reason is repeated.
    pub retries: u32,
    /// Pause before the first repetition; each further one is twice as long.
    pub backoff_ms: u64,
    /// Most questions at once.
    pub concurrency: usize,
    /// Most questions a day (UTC), repetitions included.
    pub daily_requests: u64,
    /// Failures in a row after which the provider is left alone.
    pub breaker_failures: u32,
    /// Seconds it is left alone.
    pub breaker_rest_s: u64,
}

impl Default for LlmConfig {
    fn default() -> Self {
        Self {
            provider: ProviderKind::None,
            base_url: "http://127.0.0.1:11434/v1".to_owned(),
            model: String::new(),
            key_env: "CANDOR_LLM_KEY".to_owned(),
            structured: Structured::JsonSchema,
            stream: true,
            temperature: 0.7,
            timeout_ms: 15_000,
            max_answer_bytes: 262_144,
            retries: 2,
            backoff_ms: 250,
            concurrency: 2,
            daily_requests: 2_000,
            breaker_failures: 5,
            breaker_rest_s: 60,
        }
    }
}

impl LlmConfig {
    /// Checks that somebody can be asked.
    ///
    /// # Errors
    /// [`LlmError::Setting`] with the key and what is expected.
    pub fn check(&self) -> Result<(), LlmError> {
        let bad = |setting, problem: &str| {
            Err(LlmError::Setting { setting, problem: problem.to_owned() })
        };
        if self.provider == ProviderKind::None {
            return Ok(());
        }
        if self.model.trim().is_empty() {
            return bad("model", "name the model, or the path of the GGUF file of a local one");
        }
        let is_web = ["http://", "https://"].iter().any(|s| self.base_url.starts_with(s));
        if self.provider == ProviderKind::Openai && !is_web {
            return bad("base_url", "write the address with https:// or http://, up to /v1");
        }
        if !(0.0..=2.0).contains(&self.temperature) {
            return bad("temperature", "lies between 0 and 2");
        }
        if self.concurrency == 0 || self.timeout_ms == 0 || self.max_answer_bytes == 0 {
            return bad("concurrency", "this, timeout_ms and max_answer_bytes are at least 1");
        }
        Ok(())
    }
}
