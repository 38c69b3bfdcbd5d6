//! Encrypted connections to a real PostgreSQL, under an authority made for the
//! test: how far the server has to prove itself in each `sslmode`.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "common/postgres.rs"]
mod postgres;

use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use gateway::store::{Postgres, PostgresOptions, Store, StoreError};
use postgres::Server;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

/// A PostgreSQL whose certificate names `localhost` and nothing else.
struct Encrypted {
    port: u16,
    folder: tempfile::TempDir,
    _server: Server,
}

impl Encrypted {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (authority, issuer) = authority();
        fs::write(folder.path().join("ca.pem"), authority).unwrap();
        let (stranger, _) = authority_named("Somebody else");
        fs::write(folder.path().join("stranger.pem"), stranger).unwrap();
        let key = KeyPair::generate().unwrap();
        let names = vec!["localhost".to_owned()];
        let own = CertificateParams::new(names).unwrap();
        let own = own.signed_by(&key, &issuer).unwrap();
        let port = free_port();
        let settings = [
            "listen_addresses=127.0.0.1",
            "ssl=on",
            "ssl_cert_file=../server.pem",
            "ssl_key_file=../server.key",
        ];
        let server = Server::start_with(port, &settings, |place| {
            fs::write(place.join("server.pem"), own.pem()).unwrap();
            private(&place.join("server.key"), &key.serialize_pem());
        });
        Self {
            port,
            folder,
            _server: server,
        }
    }

    fn address(&self, host: &str, mode: &str) -> String {
        let port = self.port;
        format!("postgres://gateway@{host}:{port}/postgres?sslmode={mode}")
    }

    fn authority(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn authority() -> (String, Issuer<'static, KeyPair>) {
    authority_named("The authority of this test")
}

fn authority_named(name: &str) -> (String, Issuer<'static, KeyPair>) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    let certificate = params.self_signed(&key).unwrap();
    (certificate.pem(), Issuer::new(params, key))
}

fn private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
}

fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap().port()
}

/// Whether the connection is encrypted, as the server says; or why there is none.
async fn connect(address: &str, authority: Option<&Path>) -> Result<bool, String> {
    let options = PostgresOptions::read(address, authority).map_err(|error| error.to_string())?;
    let postgres = Postgres::connect(options, 1).await;
    let store = Store::new(postgres.map_err(|error: StoreError| error.to_string())?);
    let sql = "SELECT CASE WHEN ssl THEN 1 ELSE 0 END::bigint FROM pg_stat_ssl
               WHERE pid = pg_backend_pid()";
    let rows = store
        .transact(move |tx| Box::pin(async move { tx.query(sql, Vec::new()).await }))
        .await
        .unwrap();
    Ok(rows[0].int(0).unwrap() == 1)
}

#[tokio::test]
async fn each_sslmode_asks_for_what_its_name_says() {
    let server = Encrypted::start();
    let (ca, stranger) = (server.authority("ca.pem"), server.authority("stranger.pem"));
    let (ca, stranger) = (Some(&*ca), Some(&*stranger));
    let by_name = |mode| server.address("localhost", mode);
    let by_number = |mode| server.address("127.0.0.1", mode);

    assert_eq!(connect(&by_name("verify-full"), ca).await, Ok(true));
    assert_eq!(connect(&by_number("verify-ca"), ca).await, Ok(true));
    assert_eq!(connect(&by_number("require"), ca).await, Ok(true));
    assert_eq!(connect(&by_number("require"), None).await, Ok(true));
    assert_eq!(connect(&by_number("disable"), None).await, Ok(false));

    for (address, authority, why) in [
        (by_number("verify-full"), ca, "not valid for name"),
        (by_name("verify-full"), None, "UnknownIssuer"),
        (by_name("verify-full"), stranger, "UnknownIssuer"),
        (by_number("verify-ca"), stranger, "UnknownIssuer"),
        (by_number("require"), stranger, "UnknownIssuer"),
    ] {
        let refused = connect(&address, authority).await.unwrap_err();
        assert!(refused.contains(why), "{address}: {refused}");
    }
}

#[tokio::test]
async fn the_authority_may_stand_in_the_address() {
    let server = Encrypted::start();
    let mut address = server.address("localhost", "verify-full&sslrootcert=");
    address += &server.authority("ca.pem").display().to_string();
    assert_eq!(connect(&address, None).await, Ok(true));
}

/// Whoever stands in between and says "no encryption here" learns nothing more.
#[tokio::test]
async fn a_server_without_encryption_is_told_neither_user_nor_password() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 8];
        stream.read_exact(&mut request).unwrap();
        stream.write_all(b"N").unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        rest
    });
    let address = format!("postgres://gateway:s3cret@127.0.0.1:{port}/postgres?sslmode=require");
    let refused = connect(&address, None).await.unwrap_err();
    assert!(!refused.contains("s3cret"), "{refused}");
    assert_eq!(heard.join().unwrap(), b"");
}

/// On one machine, over its own socket, there is nobody in between.
#[tokio::test]
async fn a_socket_of_this_machine_needs_no_certificate() {
    assert_eq!(connect(&postgres::database(), None).await, Ok(false));
}
