//! A file at an `http` or `https` address: asked for with what is known of it, and followed to
//! another address only where that cannot reach what the settings did not name.

use std::io;
use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::http::uri::Authority;
use ureq::http::{HeaderMap, Response, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::{Ended, Looked, SourceError, Validators, copy};
use crate::config::FeedConfig;
use crate::spool::Spool;

/// Most addresses that are followed.
const MOST_HOPS: usize = 5;
/// Longest validator that is kept and sent back.
const LONGEST_VALIDATOR: usize = 1024;

pub(super) fn look(
    address: &str,
    config: &FeedConfig,
    known: &Validators,
    spool: &Spool,
) -> Result<Looked, SourceError> {
    let begun = Instant::now();
    let mut response = ask(address, config, known)?;
    match response.status().as_u16() {
        200 => {}
        304 => return Ok(Looked::Unchanged(known.clone())),
        status => return Err(SourceError::Status { status, hint: hint(status) }),
    }
    let headers = response.headers().clone();
    let expected = text(&headers, "content-length").and_then(|length| length.parse::<u64>().ok());
    if expected.is_some_and(|expected| expected > config.limit_bytes) {
        return Err(SourceError::TooLarge { limit: config.limit_bytes });
    }
    let kept = |name| text(&headers, name).filter(|text| text.len() <= LONGEST_VALIDATOR);
    let found = Validators {
        etag: kept("etag").map(str::to_owned),
        last_modified: kept("last-modified").map(str::to_owned),
        ..Validators::default()
    };
    let limit = config.limit_bytes.saturating_add(1);
    let body = response.body_mut().with_config().limit(limit).reader();
    let copied = copy(body, &name_of(address), config, (begun, spool));
    let copied = copied.map_err(|ended| match ended {
        Ended::Error(error) => error,
        Ended::Source(error, got) => broken(&error, got, expected, config),
    })?;
    if let Some(expected) = expected
        && expected != copied.bytes
    {
        return Err(SourceError::CutOff { got: copied.bytes, expected: expected.to_string() });
    }
    Ok(copied.against(known, found))
}

/// Asks, and follows redirects.
fn ask(
    address: &str,
    config: &FeedConfig,
    known: &Validators,
) -> Result<Response<Body>, SourceError> {
    let authorization = authorization(config)?;
    let agent = agent(config, address.starts_with("https://"));
    let first: Uri = parsed(address)?;
    let mut at = first.clone();
    for _ in 0..=MOST_HOPS {
        let mut request = agent.get(&at);
        let conditions =
            [("if-none-match", &known.etag), ("if-modified-since", &known.last_modified)];
        for (name, value) in conditions {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        // The secret is the first host's own.
        if let Some(secret) = authorization.as_ref().filter(|_| same_host(&at, &first)) {
            request = request.header("authorization", secret);
        }
        let response = request.call().map_err(|error| unreachable(&error, config))?;
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(response);
        }
        let to = text(response.headers(), "location").unwrap_or_default();
        at = followed(&at, to, &first)?;
    }
    let because = "after too many others";
    Err(SourceError::Redirected { to: at.to_string(), because })
}

fn agent(config: &FeedConfig, is_encrypted: bool) -> Agent {
    Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(config.timeout_seconds)))
        .timeout_connect(Some(Duration::from_secs(config.timeout_seconds.min(30))))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("candor/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls(is_encrypted))
        .build()
        .new_agent()
}

/// The certificates that the machine trusts. Read only where they are needed.
fn tls(is_encrypted: bool) -> TlsConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = TlsConfig::builder().unversioned_rustls_crypto_provider(provider);
    if !is_encrypted {
        return builder.build();
    }
    let trusted = rustls_native_certs::load_native_certs().certs;
    let trusted: Vec<_> =
        trusted.iter().map(|c| Certificate::from_der(c.as_ref()).to_owned()).collect();
    builder.root_certs(RootCerts::new_with_certs(&trusted)).build()
}

fn authorization(config: &FeedConfig) -> Result<Option<String>, SourceError> {
    let Some(name) = &config.authorization_env else { return Ok(None) };
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    value.map(Some).ok_or_else(|| SourceError::NoAuthorization(name.clone()))
}

fn parsed(address: &str) -> Result<Uri, SourceError> {
    address.parse().map_err(|error| SourceError::Unreachable(format!("{address}: {error}")))
}

/// The address that a redirect leads to. Another host than that of the settings must be one of the
/// public network: a feed's host must not choose what else of the shop's own network is read.
fn followed(at: &Uri, to: &str, first: &Uri) -> Result<Uri, SourceError> {
    let refused = |because| SourceError::Redirected { to: to.to_owned(), because };
    let absolute = match to {
        to if to.contains("://") => to.to_owned(),
        to if to.starts_with("//") => format!("{}:{to}", at.scheme_str().unwrap_or("https")),
        to if to.starts_with('/') => {
            let (scheme, host) = (at.scheme_str(), at.authority().map(Authority::as_str));
            format!("{}://{}{to}", scheme.unwrap_or("https"), host.unwrap_or_default())
        }
        _ => return Err(refused("which is no whole address")),
    };
    let next: Uri = absolute.parse().map_err(|_| refused("which is no address"))?;
    match (first.scheme_str(), next.scheme_str()) {
        (_, Some("https")) | (Some("http"), Some("http")) => {}
        (_, Some("http")) => return Err(refused("which is not encrypted")),
        _ => return Err(refused("which is neither http nor https")),
    }
    if !same_host(&next, first) && !is_public(&next) {
        return Err(refused("which is not of the public network"));
    }
    Ok(next)
}

fn same_host(one: &Uri, other: &Uri) -> bool {
    let of = |uri: &Uri| (uri.host().map(str::to_ascii_lowercase), port(uri));
    of(one) == of(other)
}

fn port(uri: &Uri) -> u16 {
    uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 })
}

fn is_public(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let Ok(found) = (host, port(uri)).to_socket_addrs() else { return false };
    let mut found = found.peekable();
    found.peek().is_some() && found.all(|address| is_public_ip(address.ip()))
}

fn is_public_ip(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_public_v4(ip),
            None => {
                let first = ip.segments()[0];
                let is_own = first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80;
                !(is_own || ip.is_loopback() || ip.is_unspecified() || ip.is_multicast())
            }
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    let is_shared = a == 100 && (64..128).contains(&b); // RFC 6598
    let is_own = ip.is_private() || ip.is_loopback() || ip.is_link_local() || is_shared;
    !(is_own || a == 0 || a >= 224)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// What reports call the file.
fn name_of(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or("", |(_, rest)| rest);
    let last = path.split_once('/').map_or("", |(_, path)| path).rsplit('/').next();
    last.unwrap_or_default().to_owned()
}

fn hint(status: u16) -> &'static str {
    match status {
        401 | 403 => "authorization_env in the settings names the secret that is sent",
        404 | 410 => "check the address in the settings",
        429 => "it is asked again later; set every to a longer time",
        500.. => "it is asked again later",
        _ => "a feed is answered with 200",
    }
}

fn unreachable(error: &ureq::Error, config: &FeedConfig) -> SourceError {
    match error {
        ureq::Error::Timeout(_) => SourceError::TooSlow { seconds: config.timeout_seconds },
        other => SourceError::Unreachable(other.to_string()),
    }
}

/// Why a body ended early.
fn broken(error: &io::Error, got: u64, expected: Option<u64>, config: &FeedConfig) -> SourceError {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
    let is_late =
        error.kind() == io::ErrorKind::TimedOut || matches!(inner, Some(ureq::Error::Timeout(_)));
    match inner {
        _ if is_late => SourceError::TooSlow { seconds: config.timeout_seconds },
        Some(ureq::Error::BodyExceedsLimit(_)) => {
            SourceError::TooLarge { limit: config.limit_bytes }
        }
        _ => {
            let expected =
                expected.map_or_else(|| "an unknown number of".to_owned(), |n| n.to_string());
            SourceError::CutOff { got, expected }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        text.parse().unwrap()
    }

    #[test]
    fn a_redirect_stays_within_its_host_or_leads_to_the_public_network() {
        let first = uri("https://feeds.example/a/feed.xml");
        let to = |to: &str| followed(&first, to, &first).map(|uri| uri.to_string());
        assert_eq!(to("/b/feed.xml").unwrap(), "https://feeds.example/b/feed.xml");
        assert_eq!(to("https://feeds.example/x").unwrap(), "https://feeds.example/x");
        assert_eq!(to("https://8.8.8.8/x").unwrap(), "https://8.8.8.8/x");
        for inward in [
            "https://127.0.0.1/x",
            "https://169.254.169.254/latest/meta-data",
            "https://10.0.0.7/x",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.7]/x",
            "https://localhost/x",
            "http://feeds.example/x",
            "file:///etc/passwd",
            "ftp://feeds.example/x",
            "feed.xml",
            "",
        ] {
            assert!(to(inward).is_err(), "{inward}");
        }
    }

    #[test]
    fn a_source_of_the_own_network_may_move_within_itself() {
        let first = uri("http://127.0.0.1:8080/feed.xml");
        assert!(followed(&first, "/other.xml", &first).is_ok());
        assert!(followed(&first, "http://127.0.0.1:9090/x", &first).is_err(), "another service");
    }

    #[test]
    fn networks_that_are_not_public_are_known() {
        for ip in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
        ] {
            assert!(!is_public_ip(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["1.1.1.1", "100.63.0.1", "172.32.0.1", "2606:4700::1111"] {
            assert!(is_public_ip(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn a_file_is_called_by_the_end_of_its_address() {
        assert_eq!(name_of("https://a.example/x/feed.xml.gz?key=1"), "feed.xml.gz");
        assert_eq!(name_of("https://a.example/x/"), "");
        assert_eq!(name_of("https://a.example"), "");
    }
}
