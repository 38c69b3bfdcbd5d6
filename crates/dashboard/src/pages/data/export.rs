//! Everything that is held, row by row, as a file: as `releve export` writes it.

use std::io::{BufWriter, Write};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{StreamExt, stream};
use home::Failure;
use home::export::{Export, Format, Span};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use ledger::Store;
use meter::{Direction, Kind};
use serde::Deserialize;
use tokio::sync::mpsc;

use crate::asked::refused;
use crate::caller::Caller;
use crate::house::House;

pub(super) fn router() -> Router<House> {
    Router::new().route("/data/export", get(export))
}

/// Bytes that are written at once, and how many of these wait for the reader.
const PIECE: usize = 32 << 10;
const AHEAD: usize = 4;

#[derive(Debug, Deserialize)]
struct Wanted {
    point: Option<String>,
    direction: Option<String>,
    kind: Option<String>,
    format: Option<String>,
}

async fn export(State(house): State<House>, caller: Caller, wanted: Query<Wanted>) -> Response {
    let (wanted, name) = match read(&wanted.0) {
        Ok(read) => read,
        Err(failure) => return caller.fail(&failure),
    };
    let span = house.read(caller.words, move |reading| wanted.span(reading.store()?));
    let days = match span.await {
        Ok(days) => days,
        Err(failure) => return caller.fail(&failure),
    };
    let (sender, receiver) = mpsc::channel(AHEAD);
    let words = caller.words;
    tokio::spawn(async move {
        let writing = house.read(words, move |reading| {
            write(reading.store()?, &wanted, days, sender)
        });
        // Whoever reads sees the connection break; the log says why.
        if let Err(failure) = writing.await {
            tracing::warn!(target: "dashboard", "export: {}", failure.plain_message(words.lang));
        }
    });
    let pieces = stream::unfold(receiver, |mut receiver| async {
        let piece = receiver.recv().await?;
        Some((piece, receiver))
    });
    // What compresses it asks once more after its end.
    let pieces = pieces.fuse();
    let kind = match wanted.format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Json => "application/json",
    };
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}

fn read(wanted: &Wanted) -> Result<(Export, String), Failure> {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let point = given(&wanted.point);
    let direction = given(&wanted.direction);
    let kind = given(&wanted.kind);
    let ways = Direction::ALL.into_iter();
    let found = ways.clone().find(|one| one.to_string() == direction);
    let way = match direction.as_str() {
        "" => Direction::Consumption,
        _ => found.ok_or_else(|| refused("direction", &direction))?,
    };
    let mut kinds = Kind::ALL.into_iter();
    let found = kinds.find(|one| one.to_string() == kind);
    let (format, ending) = match given(&wanted.format).as_str() {
        "" | "csv" => (Format::Csv, "csv"),
        "json" => (Format::Json, "json"),
        other => return Err(refused("format", other)),
    };
    let export = Export {
        format,
        usage_point: point.parse().map_err(|_| refused("point", &point))?,
        direction: way,
        kind: match kind.as_str() {
            "days" => None,
            _ => Some(found.ok_or_else(|| refused("kind", &kind))?),
        },
        from: None,
        to: None,
    };
    Ok((export, format!("releve-{point}-{way}-{kind}.{ending}")))
}

fn write(
    store: &Store,
    export: &Export,
    days: Span,
    sender: mpsc::Sender<Result<Bytes, std::io::Error>>,
) -> Result<(), Failure> {
    let broken = sender.clone();
    let mut out = BufWriter::with_capacity(PIECE, Pipe(sender));
    let written = export
        .write(store, days, &mut out)
        .and_then(|_| Ok(out.flush()?));
    if written.is_err() {
        // What was sent is no whole file.
        let _ = broken.blocking_send(Err(std::io::ErrorKind::UnexpectedEof.into()));
    }
    written
}

/// What is written goes to the reader, as fast as they read.
struct Pipe(mpsc::Sender<Result<Bytes, std::io::Error>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map_err(|_| std::io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
