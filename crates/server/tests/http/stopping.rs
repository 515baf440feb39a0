//! Stopping.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::shop::{open_settings, options, shared};

const BODY: &str = r#"{"shopper":"stopping","kind":"view","item_id":"item-1"}"#;

#[tokio::test]
async fn a_request_in_flight_is_finished_before_the_server_stops() {
    let live = shared();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let settings = open_settings(&live);
    let serving = tokio::spawn(server::serve_until(listener, live, options(settings), async {
        let _ = stopped.await;
    }));

    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/events HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        BODY.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // The server says "100 Continue" once a handler waits for the body.
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).await.unwrap();
    assert!(interim.starts_with(b"HTTP/1.1 100"));

    stop.send(()).unwrap();
    stream.write_all(BODY.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    assert!(reply.contains("\"accepted\":1"), "{reply}");
    // A server that does not stop should fail this test, not keep it waiting for ever.
    let ended = tokio::time::timeout(Duration::from_secs(60), serving).await;
    ended.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}
