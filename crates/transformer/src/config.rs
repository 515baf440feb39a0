//! The settings of the Transformer, and the checks on them.

use serde::{Deserialize, Serialize};

use super::SequenceError;

/// Shape and training of the Transformer. The defaults are those chosen on validation of a review
/// shop of 12,000 items. An epoch with sampled negatives takes about a quarter of one with full
/// softmax, whose final accuracy is not measured yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SequenceConfig {
    /// Width of every vector, a multiple of `heads`; 64 to 256 are sensible.
    pub width: usize,
    /// Transformer blocks.
    pub blocks: usize,
    /// Attention heads per block.
    pub heads: usize,
    /// Width of the hidden layer of a block.
    pub hidden: usize,
    /// Newest events that count.
    pub max_len: usize,
    /// Whether the kind of behaviour of an event enters. Only where it helps on validation: see
    /// `examples/marks.rs`; on two public shops neither this nor the gaps did.
    pub event_types: bool,
    /// Whether the time since the event before enters; likewise.
    pub time_gaps: bool,
    /// Share of activations dropped in training, 0 to below 1.
    pub dropout: f32,
    /// Which items each step compares the target with.
    pub loss: Loss,
    /// Probability that a step sees an item by its text alone; only with item features.
    pub id_dropout: f32,
    /// Step size of Adam after warm-up.
    pub learning_rate: f32,
    /// Steps over which the step size grows from zero.
    pub warm_up: usize,
    /// Step size at the last epoch as a share of `learning_rate`; falls along a cosine.
    pub final_rate: f32,
    /// Decoupled weight decay per step, times the step size (Loshchilov & Hutter 2019).
    pub weight_decay: f32,
    /// Histories per step.
    pub batch: usize,
    /// Most epochs.
    pub epochs: usize,
    /// Epochs without a better validation NDCG@10 before stopping; 0 never stops early.
    pub patience: usize,
    /// Epochs between validations.
    pub validate_every: usize,
    /// Shares that a step's work is divided into, one thread each. Part of the result: sums are
    /// taken share by share, whatever the number of threads.
    pub shares: usize,
    /// Positions per chunk; activations of a chunk stay in cache.
    pub chunk_positions: usize,
    /// Decides everything random.
    pub seed: u64,
}

/// Which items each step compares the target with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "over", deny_unknown_fields)]
pub enum Loss {
    /// Softmax over the whole catalogue.
    Full,
    /// Softmax over the target and negatives drawn once per step, with logQ correction.
    Sampled {
        /// Negatives per step.
        negatives: usize,
        /// Drawn with probability ∝ (events + 1)^power; 0 is uniform.
        popularity_power: f32,
    },
}

impl Default for SequenceConfig {
    fn default() -> Self {
        Self {
            width: 64,
            blocks: 1,
            heads: 1,
            hidden: 64,
            max_len: 50,
            event_types: false,
            time_gaps: false,
            dropout: 0.5,
            loss: Loss::Sampled { negatives: 1024, popularity_power: 0.0 },
            id_dropout: 0.0,
            learning_rate: 1e-3,
            warm_up: 200,
            final_rate: 1.0,
            weight_decay: 0.0,
            batch: 128,
            epochs: 100,
            patience: 10,
            validate_every: 1,
            shares: 2,
            chunk_positions: 128,
            seed: 1,
        }
    }
}

impl SequenceConfig {
    /// Checks that the settings can work.
    ///
    /// # Errors
    /// [`SequenceError::Config`] naming the field and what to choose instead.
    pub fn validate(&self) -> Result<(), SequenceError> {
        let positive = [
            ("width", self.width),
            ("blocks", self.blocks),
            ("heads", self.heads),
            ("hidden", self.hidden),
            ("max_len", self.max_len),
            ("batch", self.batch),
            ("validate_every", self.validate_every),
            ("shares", self.shares),
            ("chunk_positions", self.chunk_positions),
        ];
        for (field, value) in positive {
            require(value > 0, field, &value, "use at least 1")?;
        }
        require(
            self.width.is_multiple_of(self.heads),
            "width",
            &self.width,
            "use a multiple of heads",
        )?;
        for (field, rate) in [("dropout", self.dropout), ("id_dropout", self.id_dropout)] {
            require((0.0..1.0).contains(&rate), field, &rate, "use 0 to below 1")?;
        }
        let rates = [
            ("learning_rate", self.learning_rate, 1.0),
            ("final_rate", self.final_rate, 1.0),
            ("weight_decay", self.weight_decay, 1e3),
        ];
        for (field, rate, most) in rates {
            require((0.0..=most).contains(&rate), field, &rate, "use 0 to 1, usually far less")?;
        }
        if let Loss::Sampled { negatives, popularity_power } = self.loss {
            require(negatives > 0, "negatives", &negatives, "use at least 1, usually 1024")?;
            require(
                (0.0..=2.0).contains(&popularity_power),
                "popularity_power",
                &popularity_power,
                "use 0 (uniform) to 1 (by popularity)",
            )?;
        }
        Ok(())
    }
}

fn require(
    holds: bool,
    field: &'static str,
    value: &impl ToString,
    hint: &'static str,
) -> Result<(), SequenceError> {
    if holds {
        return Ok(());
    }
    Err(SequenceError::Config { field, value: value.to_string(), hint })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_choices_are_refused_with_the_field_and_a_hint() {
        SequenceConfig::default().validate().unwrap();
        let odd = SequenceConfig { width: 65, heads: 2, ..SequenceConfig::default() };
        let message = odd.validate().unwrap_err().to_string();
        assert!(message.contains("width") && message.contains("65"), "{message}");
        let dropped = SequenceConfig { dropout: f32::NAN, ..SequenceConfig::default() };
        assert!(dropped.validate().is_err());
    }
}
