//! A server on this machine that speaks OpenAI's protocol and says what a test wants it to say.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What it says to one question.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// This content, properly wrapped.
    Says(String),
    /// This content as a stream of pieces.
    Streams(String),
    /// A stream of pieces without an end.
    NeverEnds(String),
    /// Headers, and then nothing while the caller waits.
    Hangs,
    /// A status and a body, as they are.
    Raw(u16, String),
    /// A stream that breaks off.
    BreaksOff(String),
}

/// The server; it stops with the test's process.
pub(crate) struct Server {
    address: SocketAddr,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let replies: Arc<Mutex<VecDeque<Reply>>> = Arc::default();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (of_thread, asked_by) = (Arc::clone(&replies), Arc::clone(&asked));
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (replies, asked) = (Arc::clone(&of_thread), Arc::clone(&asked_by));
                std::thread::spawn(move || converse(&connection, &replies, &asked));
            }
        });
        Self { address, replies, asked }
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    pub(crate) fn will(&self, replies: impl IntoIterator<Item = Reply>) {
        let mut queue = self.replies.lock().unwrap();
        queue.clear();
        queue.extend(replies);
    }

    /// Bodies of the questions since the last call.
    pub(crate) fn was_asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn converse(connection: &TcpStream, replies: &Mutex<VecDeque<Reply>>, asked: &Mutex<Vec<String>>) {
    let _ = connection.set_nodelay(true);
    let mut reader = BufReader::new(connection);
    while let Some(question) = read_question(&mut reader) {
        asked.lock().unwrap().push(question);
        let reply = replies.lock().unwrap().pop_front().unwrap_or(Reply::Raw(404, String::new()));
        if answer(connection, &reply).is_none() {
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
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    String::from_utf8(body).ok()
}

/// `None` where the connection is over.
fn answer(mut to: &TcpStream, reply: &Reply) -> Option<()> {
    match reply {
        Reply::Says(content) => {
            let message = serde_json::json!({"choices": [{"message": {"content": content}}]});
            whole(to, 200, &message.to_string())
        }
        Reply::Raw(status, body) => whole(to, *status, body),
        Reply::Streams(content) => {
            begin_stream(to)?;
            pieces(to, content)?;
            to.write_all(b"data: [DONE]\n\n").ok()?;
            None
        }
        Reply::BreaksOff(content) => {
            begin_stream(to)?;
            pieces(to, content)?;
            to.write_all(b"data: {\"choi").ok()?;
            None
        }
        Reply::NeverEnds(content) => {
            begin_stream(to)?;
            loop {
                pieces(to, content)?;
            }
        }
        Reply::Hangs => {
            begin_stream(to)?;
            let mut nothing = [0];
            // Until the caller gives up.
            let _ = to.read(&mut nothing);
            None
        }
    }
}

fn whole(mut to: &TcpStream, status: u16, body: &str) -> Option<()> {
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nlocation: /elsewhere\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    to.write_all(&[head.as_bytes(), body.as_bytes()].concat()).ok()
}

fn begin_stream(mut to: &TcpStream) -> Option<()> {
    to.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
        .ok()
}

fn pieces(mut to: &TcpStream, content: &str) -> Option<()> {
    let characters: Vec<char> = content.chars().collect();
    for piece in characters.chunks(24) {
        let piece: String = piece.iter().collect();
        let event = serde_json::json!({"choices": [{"delta": {"content": piece}}]});
        to.write_all(format!("data: {event}\n\n").as_bytes()).ok()?;
    }
    Some(())
}
