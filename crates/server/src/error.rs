//! Why the server does not start, or stopped. Errors of requests are in `web`.

use std::net::SocketAddr;

use web::keys::BadSetting;

/// Why the server does not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address means nothing.
    #[error(
        "serve.listen is {listen:?}, which is no address: write it like 127.0.0.1:7700 ({source})"
    )]
    Address {
        /// The setting's value.
        listen: String,
        /// The error of the system.
        source: std::io::Error,
    },
    /// Without keys, everybody who reaches the address may do everything.
    #[error(
        "serve.listen is {listen}, which other machines can reach, and no key is set: set \
         serve.server_key and serve.admin_key, or listen on 127.0.0.1"
    )]
    OpenToOthers {
        /// The setting's value.
        listen: String,
    },
    /// The port is taken, or not allowed.
    #[error("cannot listen on {address}: {source}; stop what uses the port, or set serve.listen")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// The error of the system.
        source: std::io::Error,
    },
    /// A setting that cannot be served with.
    #[error("serve.{setting}: {problem}")]
    Setting {
        /// Its name.
        setting: &'static str,
        /// The problem and its remedy.
        problem: String,
    },
    /// The feeds of the settings cannot be looked after.
    #[error(transparent)]
    Feeds(#[from] shop::ShopError),
    /// The note for commands of this machine cannot be written.
    #[error(
        "cannot write serving.json in the shop's folder: {0}; `candor import` beside it needs it"
    )]
    Note(#[source] std::io::Error),
    /// The connection loop ended.
    #[error("serving stopped: {0}")]
    Stopped(#[source] std::io::Error),
}

impl From<BadSetting> for ServerError {
    fn from(BadSetting { setting, problem }: BadSetting) -> Self {
        Self::Setting { setting, problem }
    }
}
