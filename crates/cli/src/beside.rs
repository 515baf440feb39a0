//! Beside a running server: finds the server of a shop, and hands it what a command would do itself.
//!
//! A server that serves a shop is the only one that may write it. Results are printed as without one.

mod import;

pub(crate) use import::Files;

use std::io;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::Value;
use server::local::Note;
use shop::{Access, Shop, ShopError};
use ureq::Agent;
use ureq::http::Method;

/// Longest time for a question; imports are asked after, not waited for.
const LONGEST: Duration = Duration::from_secs(600);
/// Longest time to find out whether anybody answers.
const CONNECT: Duration = Duration::from_secs(2);

/// What a command works on.
pub(crate) enum Opened {
    /// The shop itself.
    Shop(Box<Shop>),
    /// The server that has it.
    Server(Server),
}

/// A running server of a shop on this machine.
pub(crate) struct Server {
    note: Note,
    agent: Agent,
}

/// What a server answered.
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// Opens a shop to write it, or finds the server that does.
pub(crate) fn open(folder: &Path, access: Access) -> anyhow::Result<Opened> {
    match app::open(folder, access) {
        Ok(shop) => Ok(Opened::Shop(Box::new(shop))),
        Err(busy @ ShopError::Busy { .. }) => match Server::of(folder)? {
            Some(server) => Ok(Opened::Server(server)),
            None => Err(busy.into()),
        },
        Err(error) => Err(error.into()),
    }
}

impl Server {
    /// The server of a shop, where one answers.
    pub(crate) fn of(folder: &Path) -> anyhow::Result<Option<Self>> {
        let Some(note) = Note::read(folder).context("serving.json of the shop's server")? else {
            return Ok(None);
        };
        let agent = Agent::config_builder()
            .timeout_global(Some(LONGEST))
            .timeout_connect(Some(CONNECT))
            .http_status_as_error(false)
            .max_redirects(0)
            // The server is on this machine: nothing is to pass through a proxy.
            .proxy(None)
            .build()
            .new_agent();
        let server = Self { note, agent };
        // A server that was killed leaves its note behind, and the port may be another's by now.
        let is_alive = server.ask(Method::GET, "/v1/imports", None);
        Ok(is_alive.is_ok_and(|answered| answered.status == 200).then_some(server))
    }

    /// Sends a request. Any status is an answer.
    pub(crate) fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Answered> {
        let text = body.map(Value::to_string).unwrap_or_default();
        self.send(method, path, text.as_bytes())
    }

    fn send(
        &self,
        method: Method,
        path: &str,
        body: impl ureq::AsSendBody,
    ) -> anyhow::Result<Answered> {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.note.address))
            .header("authorization", format!("Bearer {}", self.note.token))
            .header("content-type", "application/json")
            .body(body)?;
        let response = self.agent.run(request);
        let mut response = response
            .with_context(|| format!("the server at {} does not answer", self.note.address))?;
        let status = response.status().as_u16();
        let text = response.body_mut().with_config().limit(1 << 30).read_to_string()?;
        let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? };
        Ok(Answered { status, body })
    }

    /// As [`Server::ask`], and anything but success is an error, in the server's words.
    pub(crate) fn get(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        self.ask(method, path, body)?.success()
    }
}

impl Answered {
    /// The body, or the error that it tells of.
    pub(crate) fn success(self) -> anyhow::Result<Value> {
        anyhow::ensure!(self.status < 300, "{}", self.problem());
        Ok(self.body)
    }

    /// The name of the error, for programs.
    pub(crate) fn code(&self) -> &str {
        self.body.pointer("/error/code").and_then(Value::as_str).unwrap_or_default()
    }

    fn problem(&self) -> String {
        let part =
            |name: &str| self.body.pointer(&format!("/error/{name}")).and_then(Value::as_str);
        match (part("message"), part("hint")) {
            (Some(message), Some(hint)) => format!("{message}: {hint}"),
            _ => format!("the server answered with {}", self.status),
        }
    }
}

/// A text as part of an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Whether somebody can be asked.
pub(crate) fn is_terminal() -> bool {
    use io::IsTerminal as _;
    io::stdin().is_terminal() && io::stderr().is_terminal()
}
