//! Against servers that answer from a script.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Typed {
    #[command(flatten)]
    arguments: Arguments,
}

/// A server that answers every POST to `path` with an error, and everything else with a page of
/// two items. Its threads end with the test.
fn server(refused: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || answer(&stream, refused));
        }
    });
    url
}

fn answer(mut stream: &TcpStream, refused: &str) {
    let mut read = BufReader::new(stream);
    loop {
        let (mut asked, mut length) = (String::new(), 0);
        if read.read_line(&mut asked).unwrap_or(0) == 0 {
            return;
        }
        let mut line = String::new();
        while read.read_line(&mut line).is_ok_and(|n| n > 0) && line != "\r\n" {
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
            line.clear();
        }
        read.read_exact(&mut vec![0; length]).unwrap();
        let status = if asked.starts_with(refused) { "503 Unavailable" } else { "200 OK" };
        let body = r#"{"items":[{"id":"A"},{"id":"B"}]}"#;
        write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
            .unwrap();
    }
}

fn measured(typed: &str) -> anyhow::Result<Vec<Server>> {
    let typed = Typed::try_parse_from(std::iter::once("mixed").chain(typed.split(' ')))?;
    measure(&typed.arguments)
}

#[test]
fn every_server_is_asked_by_both_routes_and_refusals_are_errors_without_a_time() {
    let (good, bad) = (server("POST /nothing"), server("POST /v1/events"));
    let servers =
        measured(&format!("--server {good} --server {bad} --seconds 1 --round-ms 50")).unwrap();
    for server in &servers {
        let recommended = &server.times.recommendations;
        assert!(!recommended.times.is_empty() && recommended.n_errors == 0, "{}", server.url);
        assert_eq!(server.load.items, ["A", "B"]);
    }
    let [good, bad] = [0, 1].map(|n| &servers[n].times.events);
    assert!(!good.times.is_empty() && good.n_errors == 0);
    assert!(bad.times.is_empty() && bad.n_errors > 0);
    let text = report::text(&servers);
    assert!(text.contains("n 0, errors") && text.contains("nothing to compare"), "{text}");
}

#[test]
fn only_servers_on_this_machine_are_loaded() {
    let error = measured("--server http://192.0.2.1:80 --seconds 1").err().unwrap();
    assert!(format!("{error:#}").contains("this machine"), "{error:#}");
    let error = measured("--server http://127.0.0.1 --seconds 1").err().unwrap();
    assert!(format!("{error:#}").contains("127.0.0.1:7700"), "{error:#}");
}

#[test]
fn percentiles_and_ratios_are_those_of_the_times() {
    let route = |ms: &[u64]| load::Route {
        times: ms.iter().map(|&ms| Duration::from_millis(ms)).collect(),
        n_errors: 0,
    };
    let times: Vec<u64> = (1..=101).rev().collect();
    let doubled: Vec<u64> = times.iter().map(|ms| 2 * ms).collect();
    let load = || {
        let typed = Typed::parse_from(["mixed", "--server", "127.0.0.1:9", "--items", "A"]);
        typed.arguments.server("127.0.0.1:9").unwrap().load
    };
    let server = |url: &str, ms: &[u64]| Server {
        url: url.to_owned(),
        load: load(),
        times: Times { recommendations: route(ms), events: route(ms) },
    };
    let text = report::text(&[server("one", &times), server("two", &doubled)]);
    assert!(text.contains("n 101, median 51.00 ms, p90 91.00 ms, p99 100.00 ms"), "{text}");
    assert!(text.contains("two to one, POST /v1/events: median × 2.00, p90 × 2.00"), "{text}");
}
