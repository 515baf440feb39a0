//! One round on one server: so many connections ask for recommendations while others send events.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::Language;

use crate::command::bench::connection::Connection;

/// What is sent to a server.
pub(super) struct Load {
    pub(super) address: SocketAddr,
    pub(super) key: Option<String>,
    /// Connections that ask for recommendations.
    pub(super) recommending: usize,
    /// Connections that send events.
    pub(super) sending: usize,
    pub(super) shoppers: Vec<String>,
    pub(super) items: Vec<String>,
    /// Items per answer.
    pub(super) k: usize,
    pub(super) lang: Language,
}

/// How long the answers of one route took, and how many requests had none or an error.
#[derive(Debug, Default)]
pub(super) struct Route {
    pub(super) times: Vec<Duration>,
    pub(super) n_errors: usize,
}

/// Both routes.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) recommendations: Route,
    pub(super) events: Route,
}

impl Route {
    fn add(&mut self, other: Self) {
        self.times.extend(other.times);
        self.n_errors += other.n_errors;
    }
}

impl Times {
    /// Takes in another round.
    pub(super) fn add(&mut self, other: Self) {
        self.recommendations.add(other.recommendations);
        self.events.add(other.events);
    }
}

impl Load {
    /// Loads the server for so long.
    ///
    /// # Errors
    /// Where it cannot be connected to.
    pub(super) fn round(&self, round: usize, length: Duration) -> anyhow::Result<Times> {
        let until = Instant::now() + length;
        let worker = |worker: usize| {
            let recommends = worker < self.recommending;
            // Numbers that differ between connections and rounds, the same on every server.
            let seed = round * 1_000_003 + worker * 7919;
            let body = |n: usize| match recommends {
                true => self.question(seed + n),
                false => self.event(seed + n),
            };
            let path = if recommends { "/v1/recommendations" } else { "/v1/events" };
            self.repeat(path, body, until).map(|route| (recommends, route))
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..self.recommending + self.sending)
                .map(|n| scope.spawn(move || worker(n)))
                .collect();
            let mut times = Times::default();
            for worker in workers {
                match worker.join().expect("workers return errors")? {
                    (true, route) => times.recommendations.add(route),
                    (false, route) => times.events.add(route),
                }
            }
            Ok(times)
        })
    }

    /// One connection: the next request when the last one is answered. A connection that breaks is
    /// an error and is opened again.
    fn repeat(
        &self,
        path: &str,
        body: impl Fn(usize) -> String,
        until: Instant,
    ) -> anyhow::Result<Route> {
        let mut route = Route::default();
        let mut connection = self.connect()?;
        for n in 0.. {
            let began = Instant::now();
            if began >= until {
                break;
            }
            match connection.post(path, &body(n)) {
                Ok(answer) if answer.status == 200 => route.times.push(began.elapsed()),
                Ok(_) => route.n_errors += 1,
                Err(_) => {
                    route.n_errors += 1;
                    connection = self.connect()?;
                }
            }
        }
        Ok(route)
    }

    fn connect(&self) -> anyhow::Result<Connection> {
        let connection = Connection::open(self.address)?;
        Ok(match &self.key {
            Some(key) => connection.with_key(key),
            None => connection,
        })
    }

    fn question(&self, n: usize) -> String {
        let shopper = &self.shoppers[n % self.shoppers.len()];
        serde_json::json!({"shopper": shopper, "k": self.k, "lang": self.lang.tag()}).to_string()
    }

    fn event(&self, n: usize) -> String {
        let shopper = &self.shoppers[n % self.shoppers.len()];
        let item = &self.items[n % self.items.len()];
        serde_json::json!({"shopper": shopper, "kind": "view", "item_id": item}).to_string()
    }
}
