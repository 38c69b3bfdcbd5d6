//! The program, and the same world over a real socket.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use bytes::Bytes;
use http::Request;
use jiff::civil::date;
use meter::{Direction, Kind};
use service::Http;
use service::http::{Client as RealClient, ClientOptions};
use simulator::customers::DEMO_HOME;
use tokio::net::TcpListener;

use crate::support::{Client, v5};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_simulator"))
}

#[tokio::test]
async fn a_socket_gives_what_the_process_gives() {
    let client = Client::new().await;
    let (from, to) = (date(2026, 11, 14), date(2026, 11, 21));
    let path = v5(DEMO_HOME, Direction::Consumption, Kind::Curve, from, to);
    let expected = client.get(&path).await;

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let running = client.simulator.serve(listener).unwrap();
    let real = RealClient::new(&ClientOptions::default()).unwrap();
    let form =
        "grant_type=client_credentials&client_id=releve-simulated&client_secret=not-a-secret";
    let request = Request::post(format!("{}/oauth2/v3/token", running.url))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(Bytes::from_static(form.as_bytes()))
        .unwrap();
    let token: serde_json::Value =
        serde_json::from_slice(real.send(request).await.unwrap().body()).unwrap();
    let token = token["access_token"].as_str().unwrap();
    let request = Request::get(format!("{}{path}", running.url))
        .header("Authorization", format!("Bearer {token}"))
        .body(Bytes::new())
        .unwrap();
    let answer = real.send(request).await.unwrap();
    assert_eq!(answer.body(), expected.body.as_bytes());
    assert_eq!(
        answer.headers()["content-type"],
        "application/json;charset=UTF-8"
    );
    drop(real);
    running.shutdown().await.unwrap();
}

#[test]
fn the_program_prints_its_url_and_nothing_before() {
    let mut child = program()
        .args([
            "--listen",
            "127.0.0.1:0",
            "--now",
            "2026-11-21T10:00:00Z",
            "--freeze",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let output = child.stdout.take().unwrap();
    BufReader::new(output).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let port = line.trim_end().strip_prefix("http://127.0.0.1:").unwrap();
    assert!(port.parse::<u16>().unwrap() > 0);
}

#[test]
fn bad_flags_are_refused_with_the_flag_in_the_message() {
    for (arguments, said) in [
        (vec!["--mode", "v6"], "v5-gone"),
        (vec!["--now", "tomorrow"], "--now"),
        (vec!["--seed", "x"], "--seed"),
        (vec!["--freeze"], "--now"),
        (vec!["--liste", "x"], "--listen"),
    ] {
        let output = program().args(&arguments).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(said), "{message}");
    }
    let output = program().args(["--listen", "nowhere"]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(message.contains("cannot listen on nowhere"), "{message}");
}
