//! Boxes, many at a time: each connection sends its requests one after the
//! other, as fast as they are answered or at a rate. With a rate, an answer's
//! time counts from when its request was due, so that a stall is not forgiven.

#![expect(clippy::disallowed_methods, reason = "it measures this machine")]

use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

use crate::{Arguments, Outcome};

struct Plan {
    address: String,
    polls: bool,
    client: String,
    connections: usize,
    begun: Instant,
    length: Duration,
    /// Between two requests of all connections together.
    gap: Option<Duration>,
}

/// What one connection saw.
#[derive(Default)]
struct Seen {
    took: Vec<Duration>,
    unexpected: Vec<String>,
    /// Its boxes' codes or tokens, as they are now.
    held: Vec<String>,
}

/// Drives, keeps the tokens that were given, and prints what was seen as JSON.
pub async fn run(arguments: &Arguments) -> Outcome<()> {
    let file = Path::new(arguments.word(3)?);
    let connections = arguments.number("connections", 64)?;
    let rate = arguments.number("rate", 0)?;
    let plan = Rc::new(Plan {
        address: arguments.word(1)?.to_owned(),
        polls: arguments.word(2)? == "polls",
        client: arguments.named("client").unwrap_or("bench").to_owned(),
        connections,
        begun: Instant::now(),
        length: Duration::from_secs(arguments.number("seconds", 8)? as u64),
        gap: (rate > 0).then(|| Duration::from_secs(1) / rate as u32),
    });
    let held = std::fs::read_to_string(file)?;
    let mut shares = vec![Vec::new(); connections];
    for (at, line) in held.lines().enumerate() {
        shares[at % connections].push(line.to_owned());
    }
    let tasks = LocalSet::new();
    let running: Vec<_> = (0..)
        .zip(shares)
        .map(|(at, share)| {
            let plan = plan.clone();
            tasks.spawn_local(async move { plan.one(at, share).await })
        })
        .collect();
    tasks.await;
    let mut all = Seen::default();
    for one in running {
        let one = one.await?.map_err(|error| error.to_string())?;
        all.took.extend(one.took);
        all.unexpected.extend(one.unexpected);
        all.held.extend(one.held);
    }
    let elapsed = plan.begun.elapsed();
    all.held.push(String::new());
    std::fs::write(file, all.held.join("\n"))?;
    report(&mut all, elapsed);
    Ok(())
}

fn report(all: &mut Seen, elapsed: Duration) {
    all.took.sort_unstable();
    let count = all.took.len();
    let at = |share: f64| {
        let place = ((count as f64 * share) as usize).min(count.saturating_sub(1));
        all.took
            .get(place)
            .map_or(0.0, |took| took.as_secs_f64() * 1000.0)
    };
    println!(
        "{}",
        serde_json::json!({
            "answers": count,
            "per_second": (count as f64 / elapsed.as_secs_f64()).round(),
            "p50_ms": at(0.50),
            "p99_ms": at(0.99),
            "worst_ms": at(1.0),
            "unexpected": all.unexpected.len(),
            "the_first": all.unexpected.first(),
        })
    );
}

impl Plan {
    async fn one(&self, at: u32, mut held: Vec<String>) -> std::io::Result<Seen> {
        let mut seen = Seen::default();
        let mut stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        let mut buffer = Vec::with_capacity(4096);
        let mut place = 0;
        for round in 0_u32.. {
            let due = self.due(round * self.connections as u32 + at).await;
            if self.begun.elapsed() >= self.length || held.is_empty() {
                break;
            }
            stream
                .write_all(self.request(&held[place]).as_bytes())
                .await?;
            let status = answer(&mut stream, &mut buffer).await?;
            seen.took.push(due.elapsed());
            let body = String::from_utf8_lossy(&buffer);
            if let Some(fresh) = text_of(&body, "refresh_token") {
                fresh.clone_into(&mut held[place]);
            } else if !(self.polls && status == 400 && waits(&body)) {
                seen.unexpected.push(format!("{status} {body}"));
            }
            place = (place + 1) % held.len();
        }
        seen.held = held;
        Ok(seen)
    }

    /// Waits until the request of that number is due; now, without a rate.
    async fn due(&self, number: u32) -> Instant {
        let Some(gap) = self.gap else {
            return Instant::now();
        };
        let due = self.begun + gap * number;
        tokio::time::sleep_until(due.into()).await;
        due
    }

    fn request(&self, held: &str) -> String {
        let client = &self.client;
        let body = if self.polls {
            format!(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id={client}&device_code={held}"
            )
        } else {
            format!("grant_type=refresh_token&client_id={client}&refresh_token={held}")
        };
        format!(
            "POST /token HTTP/1.1\r\nhost: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )
    }
}

/// Reads one answer; its body is what the buffer holds then.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> std::io::Result<u16> {
    buffer.clear();
    let (end, length, status) = loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            let length = head.split("content-length:").nth(1).unwrap_or_default();
            let length: usize = length
                .lines()
                .next()
                .unwrap_or_default()
                .trim()
                .parse()
                .unwrap_or(0);
            let status = head.split(' ').nth(1).unwrap_or_default();
            break (end + 4, length, status.parse().unwrap_or(0));
        }
    };
    while buffer.len() < end + length {
        if stream.read_buf(buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    buffer.drain(..end);
    Ok(status)
}

fn waits(body: &str) -> bool {
    matches!(
        text_of(body, "error"),
        Some("authorization_pending" | "slow_down")
    )
}

fn text_of<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = body.split_once(&format!("\"{name}\":\""))?;
    after.split('"').next()
}
