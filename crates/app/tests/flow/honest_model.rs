//! A server on this machine that speaks OpenAI's protocol and words what it is asked as the
//! question's own examples do.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// The server; it stops with the test's process.
pub(super) struct HonestModel {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl HonestModel {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let asked_by = Arc::clone(&asked);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let asked = Arc::clone(&asked_by);
                std::thread::spawn(move || converse(&connection, &asked));
            }
        });
        Self { address, asked }
    }

    /// Settings under which a shop asks it.
    pub(super) fn settings(&self) -> String {
        settings(&format!("http://{}/v1", self.address))
    }

    /// Everything it was asked so far.
    pub(super) fn was_asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Settings under which a shop asks at an address.
pub(super) fn settings(base_url: &str) -> String {
    format!(
        "\n[language]\nwordings = 1\n\n[language.llm]\nprovider = \"openai\"\n\
         base_url = \"{base_url}\"\nmodel = \"honest\"\nretries = 0\nbreaker_failures = 2\n"
    )
}

fn converse(connection: &TcpStream, asked: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(connection);
    while let Some(question) = read_question(&mut reader) {
        asked.lock().unwrap().push(question.clone());
        let message = json!({"choices": [{"message": {"content": answer(&question)}}]}).to_string();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            message.len()
        );
        let mut to = connection;
        if to.write_all(&[head.as_bytes(), message.as_bytes()].concat()).is_err() {
            return;
        }
    }
}

fn read_question(reader: &mut impl BufRead) -> Option<String> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().to_ascii_lowercase().split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().ok()?,
            Some(_) => {}
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    String::from_utf8(body).ok()
}

/// The first example of every claim.
fn answer(question: &str) -> String {
    let body: Value = serde_json::from_str(question).unwrap();
    let told = body["messages"][1]["content"].as_str().unwrap();
    let mut sentences = Vec::new();
    let mut claim = String::new();
    for line in told.lines() {
        if let Some(text) = line.trim().strip_prefix("- ")
            && !claim.is_empty()
        {
            sentences.push(json!({"text": text, "claim_ids": [std::mem::take(&mut claim)]}));
        } else if let Some((id, _)) = line.split_once(": ")
            && id.starts_with('c')
        {
            claim = id.to_owned();
        }
    }
    json!({"sentences": sentences}).to_string()
}
