//! H03 and H33 over real connections: peers that are slow, silent, many, or that
//! contradict themselves.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use gateway::config::TlsFiles;
use listen::{Patience, Places, Rules, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{default_provider, rules, tls};

/// A long time for a test, none for a peer.
const LONG: Duration = Duration::from_mins(10);
const SHORT: Duration = Duration::from_millis(300);

const PATIENT: Patience = Patience {
    first: LONG,
    head: LONG,
    stall: LONG,
    body: LONG,
    unread: LONG,
    idle: LONG,
    farewell: LONG,
};

/// Serves two small pages and a large one; where.
fn served(rules: Rules) -> SocketAddr {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            let router = Router::new()
                .route("/", get(async || "here"))
                .route("/said", post(async |body: String| body))
                .route("/large", get(async || "x".repeat(64 << 20)));
            serve(listener, router, rules, std::future::pending()).await;
        });
    });
    told.recv().unwrap()
}

fn patient(patience: Patience) -> SocketAddr {
    served(Rules {
        patience,
        ..rules(None, Vec::new())
    })
}

fn connect(address: SocketAddr, first: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(first.as_bytes()).unwrap();
    stream
}

/// What comes until the other side ends, in whatever way.
fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut part = [0; 16 << 10];
    while let Ok(count @ 1..) = stream.read(&mut part) {
        bytes.extend_from_slice(&part[..count]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One answer of a few bytes.
fn one(stream: &mut TcpStream) -> String {
    let mut part = [0; 4096];
    let count = stream.read(&mut part).unwrap();
    String::from_utf8_lossy(&part[..count]).into_owned()
}

const ASK: &str = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";

#[test]
fn h33_a_head_that_does_not_end_is_given_up_and_an_idle_connection_kept() {
    let address = patient(Patience {
        head: SHORT,
        ..PATIENT
    });
    let mut idle = connect(address, ASK);
    assert!(one(&mut idle).contains("here"));
    let silent = connect(address, "");
    let mut slow = connect(address, "GET / HTTP/1.1\r\nhost: ");
    assert_eq!(rest(&mut slow), "", "cut off without an answer");
    // By now a head's time is over, and theirs has not begun.
    for mut stream in [idle, silent] {
        stream.write_all(ASK.as_bytes()).unwrap();
        assert!(one(&mut stream).contains("here"));
    }
}

#[test]
fn h33_a_body_that_does_not_come_is_given_up() {
    let address = patient(Patience {
        body: SHORT,
        ..PATIENT
    });
    let head = "POST /said HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n";
    let mut slow = connect(address, &format!("{head}ab"));
    assert!(!rest(&mut slow).starts_with("HTTP/1.1 200"));
    let mut whole = connect(address, &format!("{head}abcde"));
    assert!(one(&mut whole).ends_with("abcde"));
}

#[test]
fn h33_an_answer_that_nobody_reads_is_given_up() {
    let address = patient(Patience {
        unread: SHORT,
        ..PATIENT
    });
    let unread = connect(address, "GET /large HTTP/1.1\r\nhost: x\r\n\r\n");
    // Another is told that the first was given up: the places are counted.
    let mut quick = connect(address, ASK);
    assert!(one(&mut quick).contains("here"));
    let mut head = connect(
        address,
        "GET /large HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    );
    assert!(rest(&mut head).len() > 64 << 20, "who reads gets all of it");
    drop(unread);
}

#[test]
fn h33_three_hundred_slow_connections_of_one_line_leave_room_for_others() {
    let usual = rules(None, Vec::new());
    let address = served(Rules {
        patience: PATIENT,
        places: Places {
            in_all: 400,
            of_a_line: 200,
            ..usual.places
        },
        ..usual
    });
    let mut slow: Vec<TcpStream> = (0..300)
        .map(|_| connect(address, "GET / HTTP/1.1\r\nx: "))
        .collect();
    // Whoever comes too much is sent away at once.
    let sent_away = slow.split_off(200);
    for mut stream in sent_away {
        assert_eq!(rest(&mut stream), "");
    }
    let other: SocketAddr = "127.0.0.2:0".parse().unwrap();
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind(other).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let stream = runtime.unwrap().block_on(async {
        let stream = socket.connect(address).await.unwrap();
        stream.into_std().unwrap()
    });
    stream.set_nonblocking(false).unwrap();
    let mut stream = stream;
    stream.write_all(ASK.as_bytes()).unwrap();
    assert!(one(&mut stream).contains("here"), "others are served");
    drop(slow);
}

#[test]
fn h03_requests_that_contradict_themselves_end_the_connection() {
    let address = patient(PATIENT);
    for framing in [
        "content-length: 5\r\ncontent-length: 6",
        "content-length: 5\r\ntransfer-encoding: gzip",
        "content-length: -1",
        "content-length: 5, 6",
        "transfer-encoding: chunked, gzip",
    ] {
        let head = format!("POST /said HTTP/1.1\r\nhost: x\r\n{framing}\r\n\r\nabcdeGET /");
        let mut stream = connect(address, &head);
        let answer = rest(&mut stream);
        assert!(answer.starts_with("HTTP/1.1 400"), "{framing}: {answer}");
        assert!(!answer.contains("here"), "{framing}: {answer}");
    }
    // With both, chunks count, and nothing of the body is a second request.
    let both = "POST /said HTTP/1.1\r\nhost: x\r\ncontent-length: 60\r\n\
                transfer-encoding: chunked\r\nconnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let answer = rest(&mut connect(address, both));
    assert!(
        answer.starts_with("HTTP/1.1 400") || answer.ends_with("abc"),
        "{answer}"
    );
    // Less than was promised, and the end.
    let mut short = connect(
        address,
        "POST /said HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\nabc",
    );
    short.shutdown(std::net::Shutdown::Write).unwrap();
    assert!(!rest(&mut short).starts_with("HTTP/1.1 200"));
}

#[test]
fn h38_an_older_or_another_protocol_is_not_spoken() {
    let address = patient(PATIENT);
    for words in ["GET /\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        let answer = rest(&mut connect(address, words));
        assert!(!answer.contains("here"), "{words}: {answer}");
    }
}

#[test]
fn h04_a_head_of_a_hundred_kilobytes_and_an_address_of_ten_are_refused() {
    let address = patient(PATIENT);
    let long = "x".repeat(100_000);
    let ten = &long[..10_000];
    for (head, status) in [
        (format!("GET / HTTP/1.1\r\nhost: x\r\ny: {long}"), "431"),
        (format!("GET /{ten} HTTP/1.1\r\nhost: x"), "414"),
        (format!("GET /?{ten} HTTP/1.1\r\nhost: x"), "414"),
    ] {
        let head = format!("{head}\r\nconnection: close\r\n\r\n");
        let answer = rest(&mut connect(address, &head));
        let line = answer.lines().next().unwrap_or_default();
        assert!(line.contains(status), "{line}");
        assert!(!answer.contains("here"));
    }
}

/// A certificate for this machine, its acceptor, and who trusts it.
fn certified() -> (tokio_rustls::TlsAcceptor, TlsConnector) {
    let names = ["localhost".to_owned()];
    let own = rcgen::generate_simple_self_signed(names).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = TlsFiles {
        certificate: folder.path().join("chain.pem"),
        key: folder.path().join("key.pem"),
    };
    std::fs::write(&files.certificate, own.cert.pem()).unwrap();
    std::fs::write(&files.key, own.signing_key.serialize_pem()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(own.cert.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    (tls(&files).unwrap(), connector)
}

#[tokio::test]
async fn to_stop_waits_for_an_answer_and_for_no_stranger_who_says_nothing() {
    let (acceptor, connector) = certified();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let [begun, go_on] = [(); 2].map(|()| Arc::new(Notify::new()));
    let (begins, goes_on) = (begun.clone(), go_on.clone());
    let slow = async move || {
        begins.notify_one();
        goes_on.notified().await;
        "at last"
    };
    let router = Router::new().route("/", get(slow));
    let (stop, stopped) = oneshot::channel::<()>();
    let until = async {
        let _ = stopped.await;
    };
    let rules = rules(Some(acceptor), Vec::new());
    let served = tokio::spawn(serve(listener, router, rules, until));

    let stranger = tokio::net::TcpStream::connect(address).await.unwrap();
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let name = "localhost".try_into().unwrap();
    let mut stream = connector.connect(name, stream).await.unwrap();
    stream.write_all(ASK.as_bytes()).await.unwrap();
    begun.notified().await;
    // From here on the clock jumps to whatever is waited for.
    tokio::time::pause();
    let start = Instant::now();
    drop(stop);
    go_on.notify_one();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    assert!(answer.ends_with("at last"), "{answer}");
    drop(stream);
    served.await.unwrap();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop(stranger);
}
