//! Listening, keeping the model fresh, and stopping without dropping a request.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::Live;
use tokio::net::TcpListener;

use crate::routes::router;
use crate::service::{ServeOptions, Service};

/// How often the model that another process may have trained is looked for.
const REFRESH_EVERY: Duration = Duration::from_secs(5);

/// Why the server does not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address means nothing.
    #[error(
        "serve.listen is {listen:?}, which is no address: write it like 127.0.0.1:7700 ({source})"
    )]
    Address {
        /// What was set.
        listen: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Without keys, everybody who reaches the address may do everything.
    #[error(
        "serve.listen is {listen}, which other machines can reach, and no key is set: set \
         serve.server_key and serve.admin_key, or listen on 127.0.0.1"
    )]
    OpenToOthers {
        /// What was set.
        listen: String,
    },
    /// The port is taken, or not allowed.
    #[error("cannot listen on {address}: {source}; stop what uses the port, or set serve.listen")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// A setting that cannot be served with.
    #[error("serve.{setting}: {problem}")]
    Setting {
        /// Its name.
        setting: &'static str,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// The connection loop ended.
    #[error("serving stopped: {0}")]
    Stopped(#[source] std::io::Error),
}

/// Serves until SIGINT or SIGTERM; requests in flight are finished first.
///
/// # Errors
/// [`ServerError`] when the settings do not allow it or the address is taken.
pub async fn serve(live: Arc<Live>, options: ServeOptions) -> Result<(), ServerError> {
    let listener = listen(&options).await?;
    serve_until(listener, live, options, asked_to_stop()).await
}

/// Serves on a listener until `stop` resolves; requests in flight are finished first.
///
/// # Errors
/// [`ServerError::Setting`], or [`ServerError::Stopped`].
pub async fn serve_until(
    listener: TcpListener,
    live: Arc<Live>,
    options: ServeOptions,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    let service = Service::new(live, options)?;
    announce(&listener, &service);
    let refresher = tokio::spawn(refresh(Arc::clone(&service)));
    let served = axum::serve(listener, router(&service)).with_graceful_shutdown(stop).await;
    refresher.abort();
    served.map_err(ServerError::Stopped)
}

/// Binds the address of the settings, unless others could reach it without a key.
async fn listen(options: &ServeOptions) -> Result<TcpListener, ServerError> {
    let settings = &options.settings;
    let listen = settings.listen.clone();
    let unknown = |source| ServerError::Address { listen: listen.clone(), source };
    let found: Vec<_> = tokio::net::lookup_host(&listen).await.map_err(unknown)?.collect();
    let none = || std::io::Error::other("it names no machine");
    let address = *found.first().ok_or_else(none).map_err(unknown)?;
    let has_keys = crate::keys::any(settings);
    if !has_keys && !address.ip().is_loopback() {
        return Err(ServerError::OpenToOthers { listen });
    }
    let bound = TcpListener::bind(address).await;
    bound.map_err(|source| ServerError::Listen { address, source })
}

fn announce(listener: &TcpListener, service: &Service) {
    let address = listener.local_addr().map_or_else(|e| e.to_string(), |a| a.to_string());
    if service.keys.is_open() {
        tracing::warn!("no key is set: whoever is on this machine may do everything");
    }
    tracing::info!("serving on http://{address}, documented at http://{address}/docs");
}

async fn refresh(service: Arc<Service>) {
    let mut ticks = tokio::time::interval(REFRESH_EVERY);
    loop {
        ticks.tick().await;
        let looked = service.blocking(|service| Ok(service.live.refresh_model()?)).await;
        match looked {
            Ok(true) => tracing::info!("another process trained a model; now using it"),
            Ok(false) => {}
            Err(error) => tracing::warn!("looking for a newer model failed: {error}"),
        }
    }
}

async fn asked_to_stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.is_ok() };
    let stopped = tokio::select! {
        heard = interrupt => heard,
        heard = terminated() => heard,
    };
    if stopped {
        tracing::info!("stopping; requests in flight are finished first");
    } else {
        // No signal can be heard here, so stopping is up to whoever started us.
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
async fn terminated() -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut heard) => heard.recv().await.is_some(),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() -> bool {
    std::future::pending().await
}
