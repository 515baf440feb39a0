//! Questions to a large language model: one trait, and the limits of every call.
//!
//! Responsible for asking within limits (time, size, budget, how many at once) and for saying what
//! went wrong. An answer is a text; [`phrasing`](crate::phrasing) decides
//! whether it may be used.

mod config;
#[cfg(feature = "local-llm")]
mod local;
mod openai;
mod pace;

use serde_json::Value;

pub use config::{LlmConfig, ProviderKind, Structured};
#[cfg(feature = "local-llm")]
pub use local::Local;
pub use openai::OpenAi;
pub use pace::{Breaker, Clock, LlmStatus, Paced};

/// A question to a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// The rules it is to follow.
    pub system: String,
    /// The question.
    pub user: String,
    /// JSON schema of the answer, for providers that can hold a model to one.
    pub schema: Value,
    /// Most tokens of the answer.
    pub max_tokens: u32,
}

/// The answer of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Its text, whatever it says.
    pub text: String,
    /// Tokens of question and answer, where the provider says.
    pub n_tokens: Option<u64>,
}

/// Somewhere a language model answers.
pub trait Provider: Send + Sync {
    /// The model's name, as it is told beside every text it words.
    fn model(&self) -> &str;

    /// Asks once. Blocks until the answer is whole or the provider's limits are met.
    ///
    /// # Errors
    /// [`LlmError`]; [`LlmError::is_transient`] says whether asking again may help.
    fn complete(&self, prompt: &Prompt) -> Result<Completion, LlmError>;
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LlmError {
    /// A setting nobody can be asked with.
    #[error("language.llm.{setting}: {problem}")]
    Setting {
        /// The key.
        setting: &'static str,
        /// The fault, and the right form.
        problem: String,
    },
    /// The provider cannot be reached.
    #[error("the provider cannot be reached ({0}): check language.llm.base_url and the network")]
    Unreachable(String),
    /// It took longer than it may.
    #[error("the provider did not answer within language.llm.timeout_ms")]
    Timeout,
    /// It said no, with an HTTP status.
    #[error(
        "the provider answered with status {status}: check the key, the model's name and its limits"
    )]
    Status {
        /// HTTP status.
        status: u16,
        /// Seconds it asks to wait.
        retry_after_s: Option<u64>,
    },
    /// More bytes than an answer may have.
    #[error("the answer is larger than language.llm.max_answer_bytes")]
    TooLarge,
    /// The answer does not follow the protocol.
    #[error("the provider does not speak the protocol: {0}")]
    Protocol(String),
    /// The model declined, or had nothing to say.
    #[error("the model refused to answer")]
    Refused,
    /// As many questions are under way as are allowed.
    #[error("language.llm.concurrency questions are under way already")]
    Busy,
    /// The day's budget is spent.
    #[error("language.llm.daily_requests were made today")]
    OverBudget,
    /// It failed so often that it is left alone for a while.
    #[error("the provider failed too often and is left alone for language.llm.breaker_rest_s")]
    Resting,
}

impl LlmError {
    /// Whether asking the same again may help.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Status { status, .. } => matches!(status, 408 | 409 | 429 | 500..=599),
            _ => false,
        }
    }

    /// A name to count by.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Setting { .. } => "setting",
            Self::Unreachable(_) => "unreachable",
            Self::Timeout => "timeout",
            Self::Status { .. } => "status",
            Self::TooLarge => "too_large",
            Self::Protocol(_) => "protocol",
            Self::Refused => "refused",
            Self::Busy => "busy",
            Self::OverBudget => "over_budget",
            Self::Resting => "resting",
        }
    }
}
