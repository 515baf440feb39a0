//! How a command finds the server of its shop, and proves that it may hand work to it.
//!
//! While it serves, a server keeps a note in the shop's folder that the owner alone can read: its
//! address, and a secret that holds on this machine until it stops. Whoever can read the note could
//! read the shop itself, so that the secret opens everything.

use std::fs;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use web::error::ApiError;

/// Name of the note in the shop's folder.
const NOTE: &str = "serving.json";

/// What a server says of itself to commands on its machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its process.
    pub process_id: u32,
    /// The secret of this run.
    pub token: String,
    /// When it began to serve.
    pub started: Timestamp,
}

impl Note {
    /// The note of the server of a shop; `None` where there is none. A server that was killed leaves
    /// one behind, so that the address may lead nowhere.
    ///
    /// # Errors
    /// What the system says, e.g. that only the owner may read it.
    pub fn read(shop: &Path) -> io::Result<Option<Self>> {
        match fs::read(shop.join(NOTE)) {
            Ok(text) => Ok(serde_json::from_slice(&text).ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the note; it is there whole or not at all.
    pub(crate) fn put(self, shop: &Path) -> io::Result<Posted> {
        let beside = shop.join(format!("{NOTE}.{}", self.process_id));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let text = serde_json::to_vec(&self).expect("addresses and times are plain data");
        options.open(&beside).and_then(|mut file| file.write_all(&text))?;
        let path = shop.join(NOTE);
        fs::rename(&beside, &path)?;
        Ok(Posted { path, note: self })
    }
}

/// A note that is there; gone when dropped, unless another server's stands there by then.
pub(crate) struct Posted {
    path: PathBuf,
    note: Note,
}

impl Drop for Posted {
    fn drop(&mut self) {
        let there = fs::read(&self.path).ok();
        let there = there.and_then(|text| serde_json::from_slice::<Note>(&text).ok());
        if there.is_some_and(|there| there == self.note) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The secret of this run.
pub(crate) struct LocalSecret {
    token: String,
    digest: [u8; 32],
}

impl LocalSecret {
    /// A fresh one.
    pub(crate) fn fresh() -> Self {
        let token = format!("local-{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
        let digest = Sha256::digest(token.as_bytes()).into();
        Self { token, digest }
    }

    /// The note for a server that listens there.
    pub(crate) fn note(&self, listens: SocketAddr, started: Timestamp) -> Note {
        let ip = match listens.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        let address = SocketAddr::new(ip, listens.port());
        Note { address, process_id: std::process::id(), token: self.token.clone(), started }
    }

    /// Whether a request comes from this machine and knows the secret.
    pub(crate) fn is_sent_by(&self, request: &Request) -> bool {
        let from = request.extensions().get::<ConnectInfo<Peer>>();
        let sent = request.headers().get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
        let sent = sent.and_then(|value| value.strip_prefix("Bearer "));
        let (Some(ConnectInfo(peer)), Some(sent)) = (from, sent) else { return false };
        let sent: [u8; 32] = Sha256::digest(sent.trim().as_bytes()).into();
        peer.is_here() && bool::from(sent.ct_eq(&self.digest))
    }
}

/// Both ends of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer {
    remote: SocketAddr,
    local: Option<SocketAddr>,
}

impl Peer {
    /// Whether the other end is this machine: a loopback address, or the one it called us by.
    fn is_here(self) -> bool {
        let remote = self.remote.ip().to_canonical();
        remote.is_loopback() || self.local.is_some_and(|l| l.ip().to_canonical() == remote)
    }
}

impl
    axum::extract::connect_info::Connected<axum::serve::IncomingStream<'_, tokio::net::TcpListener>>
    for Peer
{
    fn connect_info(stream: axum::serve::IncomingStream<'_, tokio::net::TcpListener>) -> Self {
        Self { remote: *stream.remote_addr(), local: stream.io().local_addr().ok() }
    }
}

/// Proof that a command of this machine asks, which can read the shop itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Local;

impl<S: Send + Sync> FromRequestParts<S> for Local {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().copied().ok_or_else(|| {
            ApiError::forbidden(
                "this is for commands of this machine",
                "run `candor` beside the shop",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(port: u16) -> Note {
        let secret = LocalSecret::fresh();
        secret.note(SocketAddr::from(([0, 0, 0, 0], port)), Timestamp(1))
    }

    #[test]
    fn a_note_is_for_the_owner_alone_and_goes_with_its_server() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Note::read(folder.path()).unwrap(), None);
        let first = note(1);
        let posted = first.clone().put(folder.path()).unwrap();
        assert_eq!(Note::read(folder.path()).unwrap(), Some(first.clone()));
        assert!(first.address.ip().is_loopback(), "no command calls 0.0.0.0");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.path().join(NOTE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let second = note(2).put(folder.path()).unwrap();
        drop(posted);
        assert_eq!(Note::read(folder.path()).unwrap(), Some(second.note.clone()));
        drop(second);
        assert_eq!(Note::read(folder.path()).unwrap(), None);
    }

    #[test]
    fn a_secret_holds_for_a_peer_of_this_machine_alone() {
        let secret = LocalSecret::fresh();
        let sent = |remote: &str, token: &str| {
            let (remote, local) = (remote.parse().unwrap(), "192.0.2.7:7700".parse().ok());
            let mut request = Request::new(axum::body::Body::empty());
            let value = format!("Bearer {token}").parse().unwrap();
            request.headers_mut().insert(header::AUTHORIZATION, value);
            request.extensions_mut().insert(ConnectInfo(Peer { remote, local }));
            secret.is_sent_by(&request)
        };
        assert!(sent("127.0.0.1:5000", &secret.token));
        assert!(sent("[::1]:5000", &secret.token));
        assert!(sent("192.0.2.7:5000", &secret.token));
        assert!(!sent("192.0.2.8:5000", &secret.token));
        assert!(!sent("127.0.0.1:5000", "local-guessed"));
        let mut unknown = Request::new(axum::body::Body::empty());
        let value = format!("Bearer {}", secret.token).parse().unwrap();
        unknown.headers_mut().insert(header::AUTHORIZATION, value);
        assert!(!secret.is_sent_by(&unknown), "who knows where it came from");
    }
}
