//! One keep-alive HTTP/1.1 connection, as plain as it can be, so that what is measured is the
//! server. Answers carry their length.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::Context as _;

/// An answer that takes longer is an error.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open connection to a server.
pub(super) struct Connection {
    write: TcpStream,
    read: BufReader<TcpStream>,
    headers: String,
}

/// What a server answered.
pub(super) struct Answer {
    /// The status code.
    pub(super) status: u16,
    /// The body.
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The body, as far as it is text.
    pub(super) fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

impl Connection {
    /// Connects.
    pub(super) fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let write = TcpStream::connect(address)?;
        write.set_nodelay(true)?;
        write.set_read_timeout(Some(PATIENCE))?;
        let read = BufReader::new(write.try_clone()?);
        Ok(Self { write, read, headers: "host: localhost\r\n".to_owned() })
    }

    /// Sends this key with every request.
    pub(super) fn with_key(mut self, key: &str) -> Self {
        self.headers += &format!("authorization: Bearer {key}\r\n");
        self
    }

    /// Posts JSON.
    pub(super) fn post(&mut self, path: &str, body: &str) -> anyhow::Result<Answer> {
        let request = format!(
            "POST {path} HTTP/1.1\r\n{}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.headers,
            body.len()
        );
        self.exchange(&request)
    }

    /// Gets.
    pub(super) fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\n{}\r\n", self.headers);
        self.exchange(&request)
    }

    fn exchange(&mut self, request: &str) -> anyhow::Result<Answer> {
        self.write.write_all(request.as_bytes())?;
        let (status, length) = self.head()?;
        let mut body = vec![0; length];
        self.read.read_exact(&mut body)?;
        Ok(Answer { status, body })
    }

    fn head(&mut self) -> anyhow::Result<(u16, usize)> {
        let (mut status, mut length) = (String::new(), None);
        self.read.read_line(&mut status)?;
        let code = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let code = code.with_context(|| format!("no status line: {:?}", status.trim()))?;
        loop {
            let mut line = String::new();
            self.read.read_line(&mut line)?;
            let line = line.trim().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = Some(value.trim().parse()?);
            }
            if line.is_empty() {
                break;
            }
        }
        Ok((code, length.context("an answer without a length")?))
    }
}
