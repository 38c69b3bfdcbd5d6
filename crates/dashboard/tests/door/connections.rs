//! Sockets: slow ones, many of them, and the end.

use std::time::Duration;

use dashboard::connections::rules;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use crate::support::{House, connect, read};

const HERE: [u8; 4] = [127, 0, 0, 1];

/// Reads until the other side closes, and says how long that took by a clock
/// that jumps to the next thing anybody waits for.
async fn closes_after(stream: &mut TcpStream) -> Duration {
    tokio::time::pause();
    let start = Instant::now();
    let mut rest = Vec::new();
    // A connection that is cut may end with an error as well.
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
    let took = start.elapsed();
    tokio::time::resume();
    took
}

/// Somewhat before, since what was waited for began before the clock stood.
fn is_about(took: Duration, limit: Duration) -> bool {
    took <= limit + Duration::from_secs(1) && took + Duration::from_secs(2) >= limit
}

/// One whole request on a connection that stays open.
async fn ask(stream: &mut TcpStream, house: &House) {
    let line = format!(
        "GET /api/v1/things HTTP/1.1\r\nhost: {}\r\n\r\n",
        house.address
    );
    stream.write_all(line.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"[]") {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn six_hundred_slow_connections_do_not_keep_others_out_for_a_second() {
    let house = House::open().await;
    let mut slow = Vec::new();
    for number in 0..600_u16 {
        let mut stream = connect(house.address, HERE).await;
        // Some say nothing, some begin a head, some have finished a request.
        match number % 3 {
            0 => {}
            1 => stream
                .write_all(b"GET / HTTP/1.1\r\nhost: loc")
                .await
                .unwrap(),
            _ => ask(&mut stream, &house).await,
        }
        slow.push(stream);
    }
    for _ in 0..20 {
        let mut browser = house.browser();
        let answer = timeout(Duration::from_secs(1), browser.get("/api/v1/things")).await;
        assert_eq!(answer.unwrap().body, "[]");
    }
    let held = still_open(&mut slow);
    assert!((450..=512).contains(&held), "{held} of 600 are held");
}

#[tokio::test]
async fn slow_bodies_and_unread_answers_do_not_keep_others_out_either() {
    let mut rules = rules();
    rules.places.in_all = 8;
    let house = House::ruled(rules, |_| {}).await;
    let mut browser = house.browser();
    let token = browser.token().await;
    let mut slow = Vec::new();
    for _ in 0..16 {
        let mut stream = connect(house.address, HERE).await;
        let head = format!(
            "POST /api/v1/upload HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\nx-csrf-token: {token}\r\ncookie: releve={1}\r\ncontent-length: 1000\r\n\r\nabc",
            house.address, browser.cookies["releve"],
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    let answer = timeout(Duration::from_secs(1), browser.get("/api/v1/things")).await;
    assert_eq!(answer.unwrap().body, "[]");
    assert!(still_open(&mut slow) <= 8);
}

/// How many of these the other side has not closed.
fn still_open(streams: &mut [TcpStream]) -> usize {
    let is_open = |stream: &TcpStream| {
        let mut byte = [0; 512];
        match stream.try_read(&mut byte) {
            Ok(0) => false,
            Ok(_) => true,
            Err(error) => error.kind() == std::io::ErrorKind::WouldBlock,
        }
    };
    streams.iter().filter(|stream| is_open(stream)).count()
}

#[tokio::test]
async fn a_head_that_does_not_come_and_one_that_does_not_end_are_waited_for_ten_seconds() {
    let house = House::open().await;
    let mut silent = connect(house.address, HERE).await;
    let took = closes_after(&mut silent).await;
    assert!(is_about(took, rules().patience.head), "{took:?}");
    let mut slow = connect(house.address, HERE).await;
    slow.write_all(b"GET / HTTP/1.1\r\nhost: localh")
        .await
        .unwrap();
    let took = closes_after(&mut slow).await;
    assert!(is_about(took, rules().patience.head), "{took:?}");
}

#[tokio::test]
async fn a_connection_rests_between_requests_and_then_is_closed() {
    let house = House::open().await;
    let mut stream = connect(house.address, HERE).await;
    ask(&mut stream, &house).await;
    ask(&mut stream, &house).await;
    let took = closes_after(&mut stream).await;
    assert!(is_about(took, rules().patience.idle), "{took:?}");
}

#[tokio::test]
async fn a_body_that_stops_is_given_up() {
    let house = House::open().await;
    let mut browser = house.browser();
    let token = browser.token().await;
    let mut stream = connect(house.address, HERE).await;
    let head = format!(
        "POST /api/v1/taken HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\nx-csrf-token: {token}\r\ncookie: releve={1}\r\ncontent-length: 1000\r\n\r\nabc",
        house.address, browser.cookies["releve"],
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // It is waited for once another request was answered after it.
    browser.get("/api/v1/things").await;
    let took = closes_after(&mut stream).await;
    assert!(is_about(took, rules().patience.stall), "{took:?}");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let house = House::open().await;
    let mut browser = house.browser();
    let large = "a".repeat(64 << 10);
    let answer = browser.get_with("/", &[("x-large", &large)]).await;
    assert_eq!(answer.status, 431);
    let answer = browser.get(&format!("/{large}")).await;
    assert!(matches!(answer.status, 414 | 431), "{}", answer.status);
}

#[tokio::test]
async fn to_stop_lets_answers_be_finished_and_waits_for_nobody_else() {
    let house = House::open().await;
    let mut resting = connect(house.address, HERE).await;
    ask(&mut resting, &house).await;
    let mut endless = connect(house.address, HERE).await;
    let line = format!(
        "GET /api/v1/news HTTP/1.1\r\nhost: {}\r\n\r\n",
        house.address
    );
    endless.write_all(line.as_bytes()).await.unwrap();
    let mut head = [0; 12];
    endless.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");
    tokio::time::pause();
    let start = Instant::now();
    drop(house.stop);
    house.served.await.unwrap();
    let took = start.elapsed();
    assert!(
        took <= rules().patience.farewell + Duration::from_millis(50),
        "{took:?}"
    );
    tokio::time::resume();
    assert_eq!(read(&mut resting).await.status, 0, "closed without a word");
    assert!(TcpStream::connect(house.address).await.is_err());
}
