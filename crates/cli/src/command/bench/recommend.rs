//! Latency of recommendations over HTTP: a real server on loopback, real connections, answers
//! recorded as always.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use app::Live;
use domain::Language;
use server::ServeOptions;
use shop::Access;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::connection::Connection;
use super::{ms, percentile, shoppers};
use crate::command::ShopFolder;

/// Latency of POST /v1/recommendations with reasons, over real connections.
///
/// Starts the server on a free port of this machine, asks for each shopper in turn, and prints
/// percentiles. The answers are recorded, so `candor audit` can verify them afterwards.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  candor bench recommend --shop ./shop --shoppers 1-2000 --connections 1,8")]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Shoppers to ask for: ids, or a range of numbers such as 1-2000
    #[arg(long, value_delimiter = ',', required = true)]
    shoppers: Vec<String>,
    /// How many connections at once, one run each
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8])]
    connections: Vec<usize>,
    /// Requests per run
    #[arg(long, default_value_t = 2000)]
    requests: usize,
    /// Items per answer
    #[arg(short, default_value_t = 10)]
    k: usize,
    /// Language of the reasons
    #[arg(long, default_value = "en")]
    lang: Language,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let live = Arc::new(Live::new(app::open(&arguments.shop.folder, Access::Write)?)?);
    let mut settings = live.config().serve.clone();
    (settings.requests_per_second, settings.burst) = (u32::MAX, u32::MAX);
    (settings.server_key, settings.admin_key, settings.publishable_key) = (None, None, None);
    let options = ServeOptions { settings, sample_shoppers: Vec::new() };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let server = runtime.spawn(server::serve_until(listener, live, options, async {
        let _ = stopped.await;
    }));
    let bodies = arguments.bodies()?;
    measure(address, &bodies, 1, bodies.len().min(100))?; // warm-up, not reported
    for &connections in &arguments.connections {
        let (mut times, elapsed) = measure(address, &bodies, connections, arguments.requests)?;
        times.sort_unstable();
        let at = |share: f64| percentile(&times, share);
        println!(
            "{connections} connection(s), {} requests, k = {}: p50 {:.2} ms, p90 {:.2} ms, \
             p99 {:.2} ms, max {:.2} ms; {:.0} requests/s",
            times.len(),
            arguments.k,
            ms(at(0.5)),
            ms(at(0.9)),
            ms(at(0.99)),
            ms(at(1.0)),
            times.len() as f64 / elapsed.as_secs_f64()
        );
    }
    let _ = stop.send(());
    runtime.block_on(server)??;
    Ok(())
}

impl Arguments {
    fn bodies(&self) -> anyhow::Result<Vec<String>> {
        let shoppers = shoppers(&self.shoppers)?;
        let body = |shopper: &String| {
            serde_json::json!({"shopper": shopper, "k": self.k, "lang": self.lang.tag()})
                .to_string()
        };
        Ok(shoppers.iter().map(body).collect())
    }
}

/// Asks `requests` times over `connections` keep-alive connections; every latency, and the time
/// of the whole run.
fn measure(
    address: SocketAddr,
    bodies: &[String],
    connections: usize,
    requests: usize,
) -> anyhow::Result<(Vec<Duration>, Duration)> {
    ensure!(connections > 0 && requests > 0, "--connections and --requests must be at least 1");
    let started = Instant::now();
    let times = std::thread::scope(|scope| {
        let work = |worker: usize| {
            let mut connection = Connection::open(address)?;
            let own = (worker..requests).step_by(connections);
            own.map(|n| ask(&mut connection, &bodies[n % bodies.len()]))
                .collect::<anyhow::Result<_>>()
        };
        let workers: Vec<_> =
            (0..connections).map(|worker| scope.spawn(move || work(worker))).collect();
        let mut times: Vec<Duration> = Vec::with_capacity(requests);
        for worker in workers {
            let own: Vec<Duration> = worker.join().expect("workers return errors")?;
            times.extend(own);
        }
        anyhow::Ok(times)
    })?;
    Ok((times, started.elapsed()))
}

fn ask(connection: &mut Connection, body: &str) -> anyhow::Result<Duration> {
    let asked = Instant::now();
    let answer = connection.post("/v1/recommendations", body)?;
    let time = asked.elapsed();
    ensure!(answer.status == 200, "{}: {}", answer.status, answer.text());
    Ok(time)
}
