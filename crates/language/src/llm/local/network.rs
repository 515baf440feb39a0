//! Weights of a GGUF file in the family that it says it is of.

use std::fs::File;

use candle_core::quantized::gguf_file::Content;
use candle_core::{Device, Result, Tensor, bail};
use candle_transformers::models::{quantized_llama, quantized_qwen2, quantized_qwen3};

/// Longest context that the library's position tables hold.
const MOST_CONTEXT: usize = 4096;

enum Weights {
    Llama(quantized_llama::ModelWeights),
    Qwen2(quantized_qwen2::ModelWeights),
    Qwen3(quantized_qwen3::ModelWeights),
}

/// A network and what it has read so far.
pub(super) struct Network {
    weights: Weights,
    n_context: usize,
}

impl Network {
    /// Reads every weight into memory.
    pub(super) fn read(content: Content, file: &mut File) -> Result<Self> {
        let family = match content.metadata.get("general.architecture") {
            Some(value) => value.to_string()?.clone(),
            None => bail!("it names no architecture"),
        };
        let length = content.metadata.get(&format!("{family}.context_length"));
        let length = length.and_then(|value| value.to_u32().ok());
        let n_context = length.map_or(MOST_CONTEXT, |length| MOST_CONTEXT.min(length as usize));
        let cpu = Device::Cpu;
        let weights = match family.as_str() {
            "llama" => {
                Weights::Llama(quantized_llama::ModelWeights::from_gguf(content, file, &cpu)?)
            }
            "qwen2" => {
                Weights::Qwen2(quantized_qwen2::ModelWeights::from_gguf(content, file, &cpu)?)
            }
            "qwen3" => {
                Weights::Qwen3(quantized_qwen3::ModelWeights::from_gguf(content, file, &cpu)?)
            }
            other => bail!("its architecture is {other:?}; known are llama, qwen2 and qwen3"),
        };
        Ok(Self { weights, n_context })
    }

    /// Most tokens of a question and its answer.
    pub(super) fn n_context(&self) -> usize {
        self.n_context
    }

    /// Reads `tokens` after the `n_read` before them; the scores of what comes next, one per token
    /// of the vocabulary. With `n_read` = 0 it forgets what it read before.
    pub(super) fn read_on(&mut self, tokens: &[u32], n_read: usize) -> Result<Tensor> {
        let tokens = Tensor::new(tokens, &Device::Cpu)?.unsqueeze(0)?;
        if n_read == 0 {
            self.forget();
        }
        let logits = match &mut self.weights {
            Weights::Llama(weights) => weights.forward(&tokens, n_read),
            Weights::Qwen2(weights) => weights.forward(&tokens, n_read),
            Weights::Qwen3(weights) => weights.forward(&tokens, n_read),
        }?;
        logits.flatten_all()
    }

    fn forget(&mut self) {
        match &mut self.weights {
            Weights::Llama(weights) => weights.clear_kv_cache(),
            Weights::Qwen2(weights) => weights.clear_kv_cache(),
            Weights::Qwen3(weights) => weights.clear_kv_cache(),
        }
    }
}
