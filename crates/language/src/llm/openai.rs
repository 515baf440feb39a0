//! Any endpoint that speaks OpenAI's chat completions.
//!
//! Redirects are not followed, because the key would travel along, and an answer is read only within
//! the limits of time and size.

mod reading;

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::HeaderMap;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::config::{LlmConfig, Structured};
use super::{Completion, LlmError, Prompt, Provider};

/// An endpoint, ready to be asked.
pub struct OpenAi {
    agent: Agent,
    address: String,
    key: Option<String>,
    config: LlmConfig,
}

impl OpenAi {
    /// Prepares to ask; sends nothing yet. `key` is the secret itself.
    ///
    /// # Errors
    /// [`LlmError::Setting`].
    pub fn new(config: &LlmConfig, key: Option<String>) -> Result<Self, LlmError> {
        config.check()?;
        let base = config.base_url.trim_end_matches('/');
        let is_loopback = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
            .iter()
            .any(|local| base.starts_with(local));
        if key.is_some() && base.starts_with("http://") && !is_loopback {
            let problem = "a key is not sent unencrypted: write https://".to_owned();
            return Err(LlmError::Setting { setting: "base_url", problem });
        }
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_millis(config.timeout_ms)))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("candor/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls(base.starts_with("https://")))
            .build()
            .new_agent();
        let address = format!("{base}/chat/completions");
        Ok(Self { agent, address, key, config: config.clone() })
    }

    fn body(&self, prompt: &Prompt) -> Value {
        let mut body = json!({
            "model": self.config.model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "temperature": self.config.temperature,
            "max_tokens": prompt.max_tokens,
            "stream": self.config.stream,
        });
        let format = match self.config.structured {
            Structured::JsonSchema => json!({
                "type": "json_schema",
                "json_schema": {"name": "sentences", "strict": true, "schema": prompt.schema},
            }),
            Structured::JsonObject => json!({"type": "json_object"}),
            Structured::None => return body,
        };
        body["response_format"] = format;
        body
    }
}

impl Provider for OpenAi {
    fn model(&self) -> &str {
        &self.config.model
    }

    fn complete(&self, prompt: &Prompt) -> Result<Completion, LlmError> {
        let mut request = self.agent.post(&self.address).content_type("application/json");
        if let Some(key) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let body = self.body(prompt).to_string();
        let mut response = request.send(body.as_bytes()).map_err(|e| failed(&e))?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(LlmError::Status {
                status,
                retry_after_s: retry_after(response.headers()),
            });
        }
        let is_stream = response.body().mime_type().is_some_and(|mime| mime == "text/event-stream");
        // One byte more than allowed tells the largest answer from one that is too large.
        let limit = self.config.max_answer_bytes;
        let body = response.body_mut().with_config().limit(limit.saturating_add(1)).reader();
        reading::read(body, limit, is_stream)
    }
}

/// The certificates that the machine trusts. Read only for addresses that need it.
fn tls(needed: bool) -> TlsConfig {
    let builder = TlsConfig::builder();
    if !needed {
        return builder.build();
    }
    let trusted = rustls_native_certs::load_native_certs().certs;
    let trusted: Vec<_> =
        trusted.iter().map(|c| Certificate::from_der(c.as_ref()).to_owned()).collect();
    builder
        .root_certs(RootCerts::new_with_certs(&trusted))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}

fn retry_after(headers: &HeaderMap) -> Option<u64> {
    headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()
}

fn failed(error: &ureq::Error) -> LlmError {
    match error {
        ureq::Error::Timeout(_) => LlmError::Timeout,
        ureq::Error::BodyExceedsLimit(_) => LlmError::TooLarge,
        ureq::Error::BadUri(problem) => {
            LlmError::Setting { setting: "base_url", problem: format!("is no address: {problem}") }
        }
        ureq::Error::Protocol(problem) => LlmError::Protocol(problem.to_string()),
        other => LlmError::Unreachable(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(base_url: &str) -> LlmConfig {
        LlmConfig {
            provider: super::super::ProviderKind::Openai,
            base_url: base_url.to_owned(),
            model: "m".to_owned(),
            ..LlmConfig::default()
        }
    }

    #[test]
    fn a_key_is_never_sent_in_the_clear_to_another_machine() {
        let open = |base: &str, key: Option<&str>| {
            OpenAi::new(&config(base), key.map(str::to_owned)).map(|_| ())
        };
        assert!(open("http://models.example/v1", Some("k")).is_err());
        assert!(open("http://models.example/v1", None).is_ok());
        assert!(open("http://127.0.0.1:9/v1", Some("k")).is_ok());
        assert!(open("https://models.example/v1", Some("k")).is_ok());
        assert!(open("models.example", None).is_err());
    }

    #[test]
    fn a_provider_that_can_is_held_to_the_schema() {
        let prompt = Prompt {
            system: "s".into(),
            user: "u".into(),
            schema: json!({"type": "object"}),
            max_tokens: 7,
        };
        let body = |structured| {
            let config = LlmConfig { structured, ..config("http://127.0.0.1:9/v1") };
            OpenAi::new(&config, None).unwrap().body(&prompt)
        };
        let strict = body(Structured::JsonSchema);
        assert_eq!(strict["response_format"]["json_schema"]["schema"]["type"], "object");
        assert_eq!(body(Structured::JsonObject)["response_format"]["type"], "json_object");
        assert!(body(Structured::None).get("response_format").is_none());
    }
}
