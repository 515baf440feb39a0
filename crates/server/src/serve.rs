//! Listening, keeping the model fresh, and stopping without dropping a request.

use std::sync::Arc;
use std::time::Duration;

use app::Live;
use feeds::Feeds;
use tokio::net::TcpListener;

use crate::error::ServerError;
use crate::local::Peer;
use crate::routes::router;
use crate::service::{ServeOptions, Service};

/// How often the model that another process may have trained is looked for.
const REFRESH_EVERY: Duration = Duration::from_secs(5);
/// How often it is looked whether the time of a feed has come.
const LOOK_EVERY: Duration = Duration::from_secs(1);

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
    let (refreshed, folder) = (Arc::clone(&live), live.shop().folder().to_owned());
    let service = Service::new(live, options)?;
    announce(&listener, &service);
    let address = listener.local_addr().map_err(ServerError::Note)?;
    let posted = service.local.note(address, web::now()).put(&folder).map_err(ServerError::Note)?;
    let refresher = tokio::spawn(refresh(refreshed));
    let puller = tokio::spawn(pull(Arc::clone(&service.feeds)));
    let routes = router(&service).into_make_service_with_connect_info::<Peer>();
    let served = axum::serve(listener, routes).with_graceful_shutdown(stop).await;
    drop(posted);
    refresher.abort();
    puller.abort();
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
    let has_keys = web::keys::any(settings);
    if !has_keys && !address.ip().is_loopback() {
        return Err(ServerError::OpenToOthers { listen });
    }
    let bound = TcpListener::bind(address).await;
    bound.map_err(|source| ServerError::Listen { address, source })
}

fn announce(listener: &TcpListener, service: &Service) {
    let address = listener.local_addr().map_or_else(|e| e.to_string(), |a| a.to_string());
    if service.is_open {
        tracing::warn!("no key is set: whoever is on this machine may do everything");
    }
    tracing::info!("serving on http://{address}, documented at http://{address}/docs");
}

async fn refresh(live: Arc<Live>) {
    let mut ticks = tokio::time::interval(REFRESH_EVERY);
    loop {
        ticks.tick().await;
        let looked = web::blocking(&live, |live| Ok(live.refresh_model()?)).await;
        match looked {
            Ok(true) => tracing::info!("another process trained a model; now using it"),
            Ok(false) => {}
            Err(error) => tracing::warn!("looking for a newer model failed: {error}"),
        }
    }
}

/// Looks at the sources of feeds whose time has come.
async fn pull(feeds: Arc<Feeds>) {
    if feeds.configs().is_empty() {
        return;
    }
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let feeds = Arc::clone(&feeds);
        let looked = tokio::task::spawn_blocking(move || feeds.pull_due()).await;
        if let Ok(Err(error)) = looked {
            tracing::warn!("looking after the feeds failed: {error}");
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
