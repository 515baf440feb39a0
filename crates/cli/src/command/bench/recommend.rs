//! Latency of recommendations over HTTP: a real server on loopback, real connections, answers
//! recorded as always.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use app::{Access, Live};
use domain::Language;
use server::ServeOptions;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

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
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
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

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

impl Arguments {
    fn bodies(&self) -> anyhow::Result<Vec<String>> {
        let mut shoppers = Vec::new();
        for name in &self.shoppers {
            let range = name
                .split_once('-')
                .and_then(|(from, to)| Some(from.parse::<u64>().ok()?..=to.parse::<u64>().ok()?));
            match range {
                Some(range) => shoppers.extend(range.map(|n| n.to_string())),
                None => shoppers.push(name.clone()),
            }
        }
        ensure!(!shoppers.is_empty(), "--shoppers: the range is empty");
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
        let ask = |worker: usize| {
            let mut connection = Connection::open(address)?;
            let own = (worker..requests).step_by(connections);
            own.map(|n| connection.ask(&bodies[n % bodies.len()])).collect::<anyhow::Result<_>>()
        };
        let workers: Vec<_> =
            (0..connections).map(|worker| scope.spawn(move || ask(worker))).collect();
        let mut times: Vec<Duration> = Vec::with_capacity(requests);
        for worker in workers {
            let own: Vec<Duration> = worker.join().expect("workers return errors")?;
            times.extend(own);
        }
        anyhow::Ok(times)
    })?;
    Ok((times, started.elapsed()))
}

/// One keep-alive HTTP/1.1 connection, as plain as it can be.
struct Connection {
    write: TcpStream,
    read: BufReader<TcpStream>,
}

impl Connection {
    fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let write = TcpStream::connect(address)?;
        write.set_nodelay(true)?;
        let read = BufReader::new(write.try_clone()?);
        Ok(Self { write, read })
    }

    fn ask(&mut self, body: &str) -> anyhow::Result<Duration> {
        let request = format!(
            "POST /v1/recommendations HTTP/1.1\r\nhost: localhost\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let asked = Instant::now();
        self.write.write_all(request.as_bytes())?;
        let (status, length) = self.head()?;
        let mut answer = vec![0; length];
        self.read.read_exact(&mut answer)?;
        let time = asked.elapsed();
        ensure!(status.contains(" 200 "), "{status}: {}", String::from_utf8_lossy(&answer));
        Ok(time)
    }

    fn head(&mut self) -> anyhow::Result<(String, usize)> {
        let (mut status, mut length) = (String::new(), None);
        self.read.read_line(&mut status)?;
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
        Ok((status.trim().to_owned(), length.context("an answer without a length")?))
    }
}
