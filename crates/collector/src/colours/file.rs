//! Histories of colours that people keep as files.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use tariff::colour::read::{Days, ReadError, read};
use tariff::colour::{Colour, EjpDay, Shape, Source, TempoColour};

use super::ColourProblem;
use super::watch::named;

/// A file of colours, of the one calendar or the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColourFile {
    /// Tempo's.
    Tempo(Days<TempoColour>),
    /// EJP's.
    Ejp(Days<EjpDay>),
}

/// Twenty years in the longest shape are 1 MB.
const LARGEST: u64 = 4 << 20;

/// Reads a file if it is one of colours: `None` for any other file, which may be
/// an export of readings.
pub fn recognise(path: &Path) -> Option<Result<ColourFile, ReadError>> {
    let bytes = bytes(path).ok()?;
    let shape = Shape::recognise(&bytes)?;
    let tempo = read::<TempoColour>(shape, &bytes);
    let ejp = read::<EjpDay>(shape, &bytes);
    match (tempo, ejp) {
        (Ok(days), _) if is_decided(&days) => Some(Ok(ColourFile::Tempo(days))),
        (_, Ok(days)) if is_decided(&days) => Some(Ok(ColourFile::Ejp(days))),
        // Dates and values may be anything: what has not one colour is not ours to
        // refuse.
        _ if !has_colour(&bytes) => None,
        (Err(error), _) => Some(Err(error)),
        (Ok(_), _) => Some(Err(ReadError::Empty)),
    }
}

fn is_decided<C>(days: &Days<C>) -> bool {
    days.iter().any(|(_, colour)| colour.is_some())
}

fn has_colour(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.any(|word| TempoColour::from_word(word).is_some() || EjpDay::from_word(word).is_some())
}

/// The same as a source that is asked.
pub(super) fn read_as_source<C: Colour>(path: &Path) -> (Source, Result<Days<C>, ColourProblem>) {
    let answer = bytes(path)
        .map_err(|_| ColourProblem::NotOffered)
        .and_then(|bytes| {
            let shape = Shape::recognise(&bytes);
            let shape = shape.ok_or_else(|| ReadError::Shape(String::new()))?;
            Ok(read::<C>(shape, &bytes)?)
        });
    (named(path), answer)
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}
