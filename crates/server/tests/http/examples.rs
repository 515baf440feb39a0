//! The scripts in `examples/`, run as a reader would run them.

use std::process::Command;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::shop::{open_settings, options, trained};

/// Runs `program examples/<script> <address>` against a server of its own. `None` where the
/// machine has no such program.
async fn run(program: &'static str, script: &str) -> Option<String> {
    if Command::new(program).arg("--version").output().is_err() {
        eprintln!("skipped: {program} is not installed, so examples/{script} was not run");
        return None;
    }
    let live = trained();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let settings = open_settings(&live);
    let serving = tokio::spawn(server::serve_until(listener, live, options(settings), async {
        let _ = stopped.await;
    }));
    let path = format!("{}/../../examples/{script}", env!("CARGO_MANIFEST_DIR"));
    let ran = tokio::task::spawn_blocking(move || {
        Command::new(program).arg(path).arg(address).env_remove("CANDOR_KEY").output().unwrap()
    });
    let output = ran.await.unwrap();
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "examples/{script}: {complaints}\n{printed}");
    Some(printed)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shell_example_works_as_it_stands() {
    let Some(printed) = run("bash", "shop.sh").await else { return };
    for part in [r#""changed":2"#, r#""accepted":1"#, r#""n_failed":0"#, r#""events":1"#] {
        assert!(printed.contains(part), "{part} in {printed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_python_example_works_as_it_stands() {
    let Some(printed) = run("python3", "shop.py").await else { return };
    for part in ["'changed': 2", "'accepted': 2", "claims verified, 0 failed", "'events': 2"] {
        assert!(printed.contains(part), "{part} in {printed}");
    }
}
