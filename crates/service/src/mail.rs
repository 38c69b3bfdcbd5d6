//! One e-mail through a server of the person's, under the one TLS configuration.
//!
//! Lettre writes the message and speaks SMTP; the connection is ours, so that
//! certificates are verified here as everywhere.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, ReadBuf};
use tokio::net::TcpStream;

use crate::net::{NetError, connect, secure};

/// A whole delivery takes no longer.
const PATIENCE: Duration = Duration::from_mins(1);

/// How the connection to the server is protected.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte.
    #[default]
    Tls,
    /// TLS after a word in the clear (RFC 3207); refused when the server has none.
    Starttls,
    /// None: to this machine only.
    None,
}

impl Security {
    /// The usual port.
    pub fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::Starttls => 587,
            Self::None => 25,
        }
    }
}

/// An address, with or without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Mailbox);

impl Address {
    /// `anne@example.fr` or `Anne <anne@example.fr>`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A server and who signs in to it.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Name and password.
    pub login: Option<(String, SecretString)>,
    /// Authorities, in PEM, that are trusted beside the system's.
    pub ca_file: Option<PathBuf>,
}

/// One message of plain text.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Who writes.
    pub from: Address,
    /// Who reads.
    pub to: Vec<Address>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// When it is written.
    pub at: jiff::Timestamp,
}

/// Why a message did not leave. Never holds the password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The server cannot be reached, or its certificate is refused.
    #[error(transparent)]
    Network(#[from] NetError),
    /// The server offers no TLS where it is asked for.
    #[error("the server offers no STARTTLS")]
    NoTls,
    /// The server refuses name or password.
    #[error("login refused: {0}")]
    Login(String),
    /// The server refuses the message or one of its readers.
    #[error("message refused: {0}")]
    Refused(String),
    /// Nothing came in time, or not what SMTP is.
    #[error("{0}")]
    Other(String),
}

/// Sends a message.
pub async fn send(server: &Server, letter: &Letter) -> Result<(), MailError> {
    let delivery = deliver(server, letter);
    match tokio::time::timeout(PATIENCE, delivery).await {
        Ok(result) => result,
        Err(_) => Err(MailError::Other("no answer in time".to_owned())),
    }
}

async fn deliver(server: &Server, letter: &Letter) -> Result<(), MailError> {
    let message = message(letter)?;
    let stream = open(server).await?;
    let hello = ClientId::Domain("releve.invalid".to_owned());
    let mut connection = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello)
        .await
        .map_err(|error| MailError::Other(error.to_string()))?;
    if let Some((name, password)) = &server.login {
        let password = password.expose_secret().to_owned();
        let credentials = Credentials::new(name.clone(), password);
        connection
            .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
            .await
            .map_err(|error| MailError::Login(error.to_string()))?;
    }
    connection
        .send(message.envelope(), &message.formatted())
        .await
        .map_err(|error| MailError::Refused(error.to_string()))?;
    // The message is taken: a server that hangs up rudely changes nothing.
    let _ = connection.quit().await;
    Ok(())
}

fn message(letter: &Letter) -> Result<Message, MailError> {
    let mut builder = Message::builder()
        .from(letter.from.0.clone())
        .subject(letter.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .date(std::time::SystemTime::from(letter.at));
    for reader in &letter.to {
        builder = builder.to(reader.0.clone());
    }
    builder
        .body(letter.text.clone())
        .map_err(|error| MailError::Other(error.to_string()))
}

async fn open(server: &Server) -> Result<Line, MailError> {
    let stream = connect(&server.host, server.port).await?;
    let peer = stream
        .peer_addr()
        .map_err(|error| MailError::Other(error.to_string()))?;
    let ca_file = server.ca_file.as_deref();
    let inner: Box<dyn Duplex> = match server.security {
        Security::None => Box::new(stream),
        Security::Tls => Box::new(secure(stream, &server.host, ca_file).await?),
        Security::Starttls => {
            let stream = ask_for_tls(stream).await?;
            Box::new(Greeted::new(secure(stream, &server.host, ca_file).await?))
        }
    };
    Ok(Line { inner, peer })
}

/// The words before the handshake. What the server says after them in the clear
/// is not read: whoever sits in between could have said it.
async fn ask_for_tls(stream: TcpStream) -> Result<TcpStream, MailError> {
    let mut stream = BufReader::new(stream);
    answer(&mut stream).await?;
    let offered = command(&mut stream, "EHLO releve.invalid\r\n").await?;
    if !offered
        .iter()
        .any(|line| line.eq_ignore_ascii_case("STARTTLS"))
    {
        return Err(MailError::NoTls);
    }
    command(&mut stream, "STARTTLS\r\n").await?;
    if !stream.buffer().is_empty() {
        return Err(MailError::Other("the server spoke out of turn".to_owned()));
    }
    Ok(stream.into_inner())
}

async fn command(stream: &mut BufReader<TcpStream>, text: &str) -> Result<Vec<String>, MailError> {
    let written = stream.get_mut().write_all(text.as_bytes()).await;
    written.map_err(|error| MailError::Other(error.to_string()))?;
    answer(stream).await
}

/// The lines of a positive answer without their codes.
async fn answer(stream: &mut BufReader<TcpStream>) -> Result<Vec<String>, MailError> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        let mut bounded = tokio::io::AsyncReadExt::take(&mut *stream, 2048);
        let read = bounded.read_line(&mut line).await;
        let length = read.map_err(|error| MailError::Other(error.to_string()))?;
        let line = line.trim_end();
        if length == 0 || !line.starts_with('2') || line.len() < 3 || lines.len() > 64 {
            return Err(MailError::Other(format!("unexpected answer: {line}")));
        }
        lines.push(line.get(4..).unwrap_or_default().to_owned());
        if line.as_bytes().get(3) != Some(&b'-') {
            return Ok(lines);
        }
    }
}

trait Duplex: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin> Duplex for T {}

/// A connection in the shape that lettre takes.
struct Line {
    inner: Box<dyn Duplex>,
    peer: SocketAddr,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("peer", &self.peer)
            .finish_non_exhaustive()
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> std::io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

/// After STARTTLS a server does not greet again, and lettre waits for that.
struct Greeted<S> {
    greeting: &'static [u8],
    inner: S,
}

impl<S> Greeted<S> {
    fn new(inner: S) -> Self {
        Self {
            greeting: b"220 TLS\r\n",
            inner,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Greeted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if self.greeting.is_empty() {
            return Pin::new(&mut self.inner).poll_read(context, buffer);
        }
        let length = self.greeting.len().min(buffer.remaining());
        let (now, later) = self.greeting.split_at(length);
        buffer.put_slice(now);
        self.greeting = later;
        Poll::Ready(Ok(()))
    }
}

macro_rules! write_through {
    () => {
        fn poll_write(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<std::io::Result<usize>> {
            Pin::new(&mut self.inner).poll_write(context, bytes)
        }
        fn poll_flush(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<std::io::Result<()>> {
            Pin::new(&mut self.inner).poll_flush(context)
        }
        fn poll_shutdown(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<std::io::Result<()>> {
            Pin::new(&mut self.inner).poll_shutdown(context)
        }
    };
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Greeted<S> {
    write_through!();
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for Line {
    write_through!();
}
