//! An answer off the wire: whole, or as a stream of events.

use std::io::{BufRead, BufReader, ErrorKind, Read};

use serde::Deserialize;

use crate::llm::{Completion, LlmError};

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    choices: Vec<Choice>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    /// Of a whole answer.
    message: Option<Content>,
    /// Of a piece of a stream.
    delta: Option<Content>,
}

#[derive(Deserialize)]
struct Content {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    total_tokens: Option<u64>,
}

/// Reads an answer of at most `limit` bytes.
///
/// # Errors
/// [`LlmError::Timeout`], [`LlmError::TooLarge`], [`LlmError::Protocol`], [`LlmError::Refused`].
pub(super) fn read(body: impl Read, limit: u64, is_stream: bool) -> Result<Completion, LlmError> {
    let mut body = BufReader::new(body.take(limit + 1));
    let mut gathered = Gathered::default();
    if is_stream {
        stream(&mut body, limit, &mut gathered)?;
    } else {
        let mut whole = Vec::new();
        body.read_to_end(&mut whole).map_err(|e| broken(&e))?;
        within(whole.len() as u64, limit)?;
        gathered.add(&whole)?;
    }
    gathered.finish()
}

/// Reads `data:` lines up to `[DONE]` or the end.
fn stream(body: &mut impl BufRead, limit: u64, gathered: &mut Gathered) -> Result<(), LlmError> {
    let mut n_bytes = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let n = body.read_until(b'\n', &mut line).map_err(|e| broken(&e))?;
        n_bytes += n as u64;
        within(n_bytes, limit)?;
        if n == 0 {
            return Ok(());
        }
        let Some(data) = line.strip_prefix(b"data:") else { continue };
        match data.trim_ascii() {
            b"[DONE]" => return Ok(()),
            data => gathered.add(data)?,
        }
    }
}

#[derive(Default)]
struct Gathered {
    text: String,
    refused: bool,
    n_tokens: Option<u64>,
}

impl Gathered {
    fn add(&mut self, json: &[u8]) -> Result<(), LlmError> {
        let message: Message =
            serde_json::from_slice(json).map_err(|e| LlmError::Protocol(e.to_string()))?;
        self.n_tokens = message.usage.and_then(|usage| usage.total_tokens).or(self.n_tokens);
        if let Some(content) =
            message.choices.into_iter().next().and_then(|c| c.message.or(c.delta))
        {
            self.text.push_str(content.content.as_deref().unwrap_or_default());
            self.refused |= content.refusal.is_some_and(|reason| !reason.is_empty());
        }
        Ok(())
    }

    fn finish(self) -> Result<Completion, LlmError> {
        if self.refused || self.text.trim().is_empty() {
            return Err(LlmError::Refused);
        }
        Ok(Completion { text: self.text, n_tokens: self.n_tokens })
    }
}

fn within(n_bytes: u64, limit: u64) -> Result<(), LlmError> {
    if n_bytes > limit { Err(LlmError::TooLarge) } else { Ok(()) }
}

fn broken(error: &std::io::Error) -> LlmError {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
    match (error.kind(), inner) {
        (_, Some(ureq::Error::BodyExceedsLimit(_))) => LlmError::TooLarge,
        (ErrorKind::TimedOut | ErrorKind::WouldBlock, _) | (_, Some(ureq::Error::Timeout(_))) => {
            LlmError::Timeout
        }
        _ => LlmError::Protocol(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str, is_stream: bool) -> Result<Completion, LlmError> {
        read(body.as_bytes(), 300, is_stream)
    }

    #[test]
    fn a_whole_answer_and_a_stream_give_the_same_text() {
        let whole = r#"{"choices":[{"message":{"content":"ab"}}],"usage":{"total_tokens":7}}"#;
        let completion = Completion { text: "ab".to_owned(), n_tokens: Some(7) };
        assert_eq!(of(whole, false).unwrap(), completion);
        let pieces = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n: still here\n\
                      data: {\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\r\n\
                      data: {\"choices\":[],\"usage\":{\"total_tokens\":7}}\ndata: [DONE]\nrest";
        assert_eq!(of(pieces, true).unwrap(), completion);
    }

    #[test]
    fn nothing_a_refusal_and_nonsense_are_told_apart() {
        assert_eq!(of(r#"{"choices":[]}"#, false), Err(LlmError::Refused));
        let refusal = r#"{"choices":[{"message":{"content":null,"refusal":"no"}}]}"#;
        assert_eq!(of(refusal, false), Err(LlmError::Refused));
        assert!(matches!(of("<html>", false), Err(LlmError::Protocol(_))));
        assert!(matches!(of("data: {\n", true), Err(LlmError::Protocol(_))));
        let long = format!("data: {}\n", "x".repeat(400));
        assert_eq!(of(&long, true), Err(LlmError::TooLarge));
        assert_eq!(of(&long, false), Err(LlmError::TooLarge));
    }
}
