//! A model in this process, read from a GGUF file: nothing leaves the machine.
//!
//! Responsible for the families whose weights and tokenizers the file itself describes (Llama,
//! Qwen2, Qwen3) and for stopping in time. Nothing is fetched, and no code out of the file is run:
//! chat templates are programs, so the two known chat formats are written here. The same question has the same answer.

mod chat;
mod network;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use candle_core::quantized::gguf_file::Content;
use candle_core::quantized::tokenizer::TokenizerFromGguf;
use candle_transformers::generation::{LogitsProcessor, Sampling};
use tokenizers::Tokenizer;

use self::chat::Chat;
use self::network::Network;
use super::{Completion, LlmConfig, LlmError, Prompt, Provider};

/// Drawing begins here for every question.
const SEED: u64 = 1;

/// A model, read into memory.
pub struct Local {
    name: String,
    tokenizer: Tokenizer,
    chat: Chat,
    /// It holds what it has read of the conversation, so one question at a time.
    network: Mutex<Network>,
    config: LlmConfig,
}

impl Local {
    /// Reads the file that `config.model` names.
    ///
    /// # Errors
    /// [`LlmError::Setting`] where it cannot be read, or is of a family not known here.
    pub fn open(config: &LlmConfig) -> Result<Self, LlmError> {
        config.check()?;
        let path = Path::new(&config.model);
        let mut file = std::fs::File::open(path).map_err(unreadable)?;
        let content = Content::read(&mut file).map_err(unreadable)?;
        let tokenizer = Tokenizer::from_gguf(&content).map_err(unreadable)?;
        let chat = Chat::of(&tokenizer, &content).map_err(unreadable)?;
        let network = Mutex::new(Network::read(content, &mut file).map_err(unreadable)?);
        let stem = path.file_stem().unwrap_or(path.as_os_str());
        let name = stem.to_string_lossy().into_owned();
        Ok(Self { name, tokenizer, chat, network, config: config.clone() })
    }

    fn say(&self, network: &mut Network, prompt: &Prompt) -> Result<Completion, LlmError> {
        let until = Instant::now() + Duration::from_millis(self.config.timeout_ms);
        // The answer's beginning follows from its schema, and a small model keeps to what it has
        // begun.
        let opening = chat::opening(&prompt.schema);
        let question = format!("{}{opening}", self.chat.question(&prompt.system, &prompt.user));
        let encoded = self.tokenizer.encode(question, false).map_err(protocol)?;
        let mut next = encoded.get_ids().to_vec();
        let room = network.n_context().saturating_sub(next.len());
        if room == 0 {
            return Err(LlmError::TooLarge);
        }
        let mut draw = LogitsProcessor::from_sampling(SEED, self.sampling());
        let (mut said, mut n_read) = (Vec::new(), 0);
        for _ in 0..room.min(prompt.max_tokens as usize) {
            let logits = network.read_on(&next, n_read).map_err(protocol)?;
            n_read += next.len();
            let token = draw.sample(&logits).map_err(protocol)?;
            if self.chat.ends_with(token) {
                break;
            }
            if Instant::now() > until {
                return Err(LlmError::Timeout);
            }
            said.push(token);
            next = vec![token];
        }
        let text = self.tokenizer.decode(&said, true).map_err(protocol)?;
        let text = format!("{opening}{text}");
        if text.len() as u64 > self.config.max_answer_bytes {
            return Err(LlmError::TooLarge);
        }
        let n_tokens = Some((encoded.len() + said.len()) as u64);
        Ok(Completion { text: chat::first_value(&text).to_owned(), n_tokens })
    }

    fn sampling(&self) -> Sampling {
        match self.config.temperature {
            temperature if temperature <= 0.0 => Sampling::ArgMax,
            temperature => Sampling::TopP { p: 0.9, temperature },
        }
    }
}

impl Provider for Local {
    fn model(&self) -> &str {
        &self.name
    }

    fn complete(&self, prompt: &Prompt) -> Result<Completion, LlmError> {
        let mut network = self.network.lock().unwrap_or_else(PoisonError::into_inner);
        self.say(&mut network, prompt)
    }
}

fn unreadable(problem: impl std::fmt::Display) -> LlmError {
    LlmError::Setting {
        setting: "model",
        problem: format!("the GGUF file cannot be used: {problem}"),
    }
}

fn protocol(problem: impl std::fmt::Display) -> LlmError {
    LlmError::Protocol(problem.to_string())
}
