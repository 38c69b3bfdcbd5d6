//! Letters go through a real SMTP server under TLS, whose authority is made when the
//! test runs; a server that nobody vouches for gets neither letter nor password.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use mailin::{Action, AuthMechanism, Handler, Response, Session, SessionBuilder, response};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::support::{Ended, Home};

/// What the server was given.
#[derive(Clone, Default)]
struct Post {
    current: Vec<u8>,
    letters: Arc<Mutex<Vec<String>>>,
    passwords: Arc<Mutex<Vec<String>>>,
}

impl Handler for Post {
    fn auth_plain(&mut self, _: &str, name: &str, password: &str) -> Response {
        let shown = format!("{name} {password}");
        self.passwords.lock().unwrap().push(shown);
        response::AUTH_OK
    }

    fn data(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.current.extend_from_slice(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let letter = String::from_utf8(std::mem::take(&mut self.current)).unwrap();
        self.letters.lock().unwrap().push(letter);
        response::OK
    }
}

/// An authority of this test alone, and what it vouches for.
struct Authority {
    pem: String,
    server: Arc<ServerConfig>,
}

impl Authority {
    fn new(host: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        let issuer = Issuer::new(params, key);
        let key = KeyPair::generate().unwrap();
        let names = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let certificate = names.signed_by(&key, &issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let certificates = vec![certificate.der().clone()];
        Self {
            pem,
            server: Arc::new(config.with_single_cert(certificates, key).unwrap()),
        }
    }
}

/// A real SMTP server on a free port: under TLS from the first byte, or after a
/// word in the clear.
fn serve(config: &Arc<ServerConfig>, after_a_word: bool) -> (Post, u16) {
    let office = Post::default();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (server, config) = (office.clone(), Arc::clone(config));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that does not trust us hangs up: that is its right.
            let _ = converse(&server, stream.unwrap(), &config, after_a_word);
        }
    });
    (office, port)
}

fn converse(
    office: &Post,
    mut stream: TcpStream,
    config: &Arc<ServerConfig>,
    after_a_word: bool,
) -> std::io::Result<()> {
    let mut builder = SessionBuilder::new("mail.test");
    builder.enable_auth(AuthMechanism::Plain);
    if after_a_word {
        builder.enable_start_tls();
    }
    let mut session = builder.build(stream.peer_addr()?.ip(), office.clone());
    if after_a_word {
        session.greeting().write_to(&mut stream)?;
        if talk(&mut session, &mut stream)? != Action::UpgradeTls {
            return Ok(());
        }
    }
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    session.tls_active();
    if !after_a_word {
        session.greeting().write_to(&mut stream)?;
    }
    talk(&mut session, &mut stream)?;
    Ok(())
}

/// Answers line by line, until one changes or ends the connection.
fn talk(session: &mut Session<Post>, stream: &mut (impl Read + Write)) -> std::io::Result<Action> {
    loop {
        let mut line = Vec::new();
        // One byte at a time: what follows a word may belong to TLS.
        BufReader::with_capacity(1, &mut *stream).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(Action::Close);
        }
        let response = session.process(&line);
        match response.action {
            Action::NoReply => {}
            Action::Reply => response.write_to(stream)?,
            ref ended => {
                response.write_to(stream)?;
                return Ok(ended.clone());
            }
        }
    }
}

fn home(security: &str, port: u16, more: &str) -> Home {
    let home = Home::new("http://127.0.0.1:9", "2026", &[]);
    let text = format!(
        "[notifications.mail]\nserver = \"localhost\"\nport = {port}\nsecurity = \"{security}\"\n\
         user = \"anne\"\npassword = \"password-of-anne\"\nfrom = \"releve@home.test\"\n\
         to = [\"anne@home.test\"]\n{more}"
    );
    home.write("releve.toml", text, 0o600);
    home
}

fn test_message(home: &Home) -> Ended {
    home.run(&["notify", "test", "--lang", "en"])
}

#[test]
fn a_letter_goes_under_tls_to_a_server_that_its_own_authority_vouches_for() {
    let authority = Authority::new("localhost");
    for (security, after_a_word) in [("tls", false), ("starttls", true)] {
        let (office, port) = serve(&authority.server, after_a_word);
        let home = home(security, port, "ca_file = \"ca.pem\"\n");
        home.write("ca.pem", &authority.pem, 0o644);
        let said = test_message(&home).well();
        assert_eq!(said, "Test message sent: mail\n", "{security}");
        let letters = office.letters.lock().unwrap().clone();
        assert_eq!(letters.len(), 1, "{security}");
        assert!(letters[0].contains("To: anne@home.test"), "{}", letters[0]);
        let passwords = office.passwords.lock().unwrap().clone();
        assert_eq!(passwords, ["anne password-of-anne"], "{security}");
    }
}

#[test]
fn a_server_that_nobody_vouches_for_gets_neither_letter_nor_password() {
    let authority = Authority::new("localhost");
    let other = Authority::new("elsewhere.test");
    let stranger = Authority::new("localhost");
    for (security, after_a_word) in [("tls", false), ("starttls", true)] {
        for (what, server, ca, cause) in [
            ("without its authority", &authority, None, "TLS"),
            (
                "with another authority",
                &authority,
                Some(&stranger.pem),
                "TLS",
            ),
            ("under another name", &other, Some(&other.pem), "TLS"),
        ] {
            let (office, port) = serve(&server.server, after_a_word);
            let home = home(security, port, ca.map_or("", |_| "ca_file = \"ca.pem\"\n"));
            if let Some(ca) = ca {
                home.write("ca.pem", ca, 0o644);
            }
            let ended = test_message(&home);
            assert_eq!(ended.code, Some(5), "{security}, {what}: {ended:?}");
            assert!(
                ended.err.contains(cause),
                "{security}, {what}: {}",
                ended.err
            );
            assert!(!ended.err.contains("password-of-anne"), "{}", ended.err);
            let (letters, passwords) = (&office.letters, &office.passwords);
            assert!(letters.lock().unwrap().is_empty(), "{security}, {what}");
            assert!(passwords.lock().unwrap().is_empty(), "{security}, {what}");
        }
    }
}

#[test]
fn a_file_of_authorities_that_is_none_is_told_by_its_name() {
    let authority = Authority::new("localhost");
    let (office, port) = serve(&authority.server, false);
    for (name, content) in [("absent.pem", None), ("empty.pem", Some("nothing\n"))] {
        let home = home("tls", port, &format!("ca_file = \"{name}\"\n"));
        if let Some(content) = content {
            home.write(name, content, 0o644);
        }
        let ended = test_message(&home);
        assert_eq!(ended.code, Some(5), "{ended:?}");
        assert!(ended.err.contains(name), "{}", ended.err);
    }
    assert!(office.letters.lock().unwrap().is_empty());
}
