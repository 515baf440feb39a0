//! Answers and events at the same time, on servers that are already running: whether one waits for
//! the other. Several servers, such as two versions, are loaded in turns, so that whatever else the
//! machine does hits all of them alike.

mod load;
mod report;

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use domain::Language;
use serde_json::Value;

use super::connection::Connection;
use super::shoppers;
use load::{Load, Times};

/// Latency of POST /v1/recommendations and POST /v1/events at the same time.
///
/// Loads servers on this machine that run already, one after the other in short rounds, and prints
/// for each its latencies and errors, with several servers also their ratios to the first. Every
/// connection sends its next request when the last one is answered. The events and answers stay in
/// the shop. Start the server with CANDOR_SERVE__REQUESTS_PER_SECOND and CANDOR_SERVE__BURST large
/// enough, or refused requests are counted as errors.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example, two versions side by side:
  candor-old demo --shop ./old --listen 127.0.0.1:7701 &
  candor demo --shop ./new --listen 127.0.0.1:7702 &
  candor bench mixed --server http://127.0.0.1:7701 --server http://127.0.0.1:7702 --seconds 60")]
pub(crate) struct Arguments {
    /// Server to load, such as http://127.0.0.1:7700; may be given several times
    #[arg(long = "server", value_name = "URL", required = true)]
    servers: Vec<String>,
    /// How long all of it takes
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// Length of a round on one server, in milliseconds
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(10..=60_000))]
    round_ms: u64,
    /// Connections that ask for recommendations
    #[arg(long, default_value_t = 4)]
    recommending: usize,
    /// Connections that send events
    #[arg(long, default_value_t = 2)]
    sending: usize,
    /// Shoppers to ask for and to send events of: ids, or a range of numbers such as 1-2000;
    /// where missing, 200 new ones
    #[arg(long, value_delimiter = ',')]
    shoppers: Vec<String>,
    /// Items of the events; where missing, the first page of GET /v1/items
    #[arg(long, value_delimiter = ',')]
    items: Vec<String>,
    /// Items per answer
    #[arg(short, default_value_t = 10)]
    k: usize,
    /// Language of the reasons
    #[arg(long, default_value = "en")]
    lang: Language,
    /// Server key, where the servers have one
    #[arg(long, env = "CANDOR_SERVER_KEY", hide_env_values = true)]
    key: Option<String>,
}

/// A server and how it is doing.
struct Server {
    url: String,
    load: Load,
    times: Times,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    print!("{}", report::text(&measure(arguments)?));
    Ok(())
}

/// Rounds on every server in turn until the time is over; each server has at least one.
fn measure(arguments: &Arguments) -> anyhow::Result<Vec<Server>> {
    ensure!(
        arguments.recommending + arguments.sending > 0,
        "--recommending and --sending are both 0: there is nothing to measure"
    );
    let server = |url: &String| arguments.server(url).with_context(|| url.clone());
    let mut servers: Vec<Server> =
        arguments.servers.iter().map(server).collect::<Result<_, _>>()?;
    let until = Instant::now() + Duration::from_secs(arguments.seconds);
    let round = Duration::from_millis(arguments.round_ms);
    for n in 0_usize.. {
        // Forwards, then backwards: no server always follows the same other one.
        let order: Vec<usize> = match n.is_multiple_of(2) {
            true => (0..servers.len()).collect(),
            false => (0..servers.len()).rev().collect(),
        };
        for server in order {
            let Server { url, load, times } = &mut servers[server];
            times.add(load.round(n, round).with_context(|| url.clone())?);
        }
        if Instant::now() >= until {
            break;
        }
    }
    Ok(servers)
}

impl Arguments {
    fn server(&self, url: &str) -> anyhow::Result<Server> {
        let address = address(url)?;
        let items = match self.items.is_empty() {
            true => self.listed(address)?,
            false => self.items.clone(),
        };
        let shoppers = match self.shoppers.is_empty() {
            true => (1..=200).map(|n| format!("bench-{n}")).collect(),
            false => shoppers(&self.shoppers)?,
        };
        let load = Load {
            address,
            key: self.key.clone(),
            recommending: self.recommending,
            sending: self.sending,
            shoppers,
            items,
            k: self.k,
            lang: self.lang,
        };
        Ok(Server { url: url.to_owned(), load, times: Times::default() })
    }

    fn listed(&self, address: SocketAddr) -> anyhow::Result<Vec<String>> {
        let mut connection = Connection::open(address)?;
        if let Some(key) = &self.key {
            connection = connection.with_key(key);
        }
        let answer = connection.get("/v1/items?limit=1000")?;
        ensure!(answer.status == 200, "GET /v1/items: {} {}", answer.status, answer.text());
        let page: Value = serde_json::from_slice(&answer.body)?;
        let items = page["items"].as_array().map_or(&[][..], Vec::as_slice);
        let ids: Vec<String> =
            items.iter().filter_map(|item| Some(item["id"].as_str()?.to_owned())).collect();
        ensure!(!ids.is_empty(), "GET /v1/items lists nothing: name --items");
        Ok(ids)
    }
}

/// The address of a server on this machine. Loading other people's servers is no measurement.
fn address(url: &str) -> anyhow::Result<SocketAddr> {
    let host = url.strip_prefix("http://").unwrap_or(url).trim_end_matches('/');
    let addresses = host.to_socket_addrs().context("write it like http://127.0.0.1:7700")?;
    let is_here = |address: &SocketAddr| match address.ip() {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_loopback(),
    };
    let mut here = addresses.filter(is_here);
    here.next().context("only servers on this machine are loaded: write http://127.0.0.1:PORT")
}

#[cfg(test)]
mod tests;
