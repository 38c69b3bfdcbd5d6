//! As much of a browser as a form needs: one request a connection.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::Duration;

use url::Url;
use url::form_urlencoded::Serializer;

pub struct Browser {
    host: String,
    port: u16,
    /// The one cookie that it was given.
    cookie: Mutex<Option<String>>,
}

#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub text: String,
}

impl Browser {
    /// At the address that stands somewhere in a line.
    pub fn at(line: &str) -> Self {
        let mut words = line.split_whitespace();
        let address = words.find(|word| word.starts_with("http://")).unwrap();
        let address = Url::parse(address).unwrap();
        let port = address.port().unwrap();
        Self {
            host: format!("{}:{port}", address.host_str().unwrap()),
            port,
            cookie: Mutex::default(),
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn get(&self, path: &str) -> Page {
        self.raw(&format!(
            "GET {path} HTTP/1.1\r\nhost: {{host}}\r\nconnection: close\r\n\r\n"
        ))
    }

    /// Fills in a form.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = Serializer::new(String::new())
            .append_pair("csrf", &self.token())
            .extend_pairs(fields)
            .finish();
        self.send(path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Sends one file.
    pub fn upload(&self, path: &str, name: &str, file: &[u8]) -> Page {
        let token = self.token();
        let mut body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
             --edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        self.send(path, "multipart/form-data; boundary=edge", &body)
    }

    fn send(&self, path: &str, kind: &str, body: &[u8]) -> Page {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {{host}}\r\norigin: http://{{host}}\r\n\
             sec-fetch-site: same-origin\r\ncontent-type: {kind}\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        self.exchange(&head, body)
    }

    fn token(&self) -> String {
        let page = self.get("/health");
        let (_, rest) = page.text.split_once("name=\"csrf\" value=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }

    /// Any request; `{host}` is ours.
    pub fn raw(&self, head: &str) -> Page {
        self.exchange(head, b"")
    }

    fn exchange(&self, head: &str, body: &[u8]) -> Page {
        let cookie = self.cookie.lock().unwrap().clone();
        let cookie = cookie.map(|pair| format!("\r\ncookie: {pair}"));
        let ending = format!("\r\nconnection: close{}", cookie.unwrap_or_default());
        let head = head.replace("\r\nconnection: close", &ending);
        let head = head.replace("{host}", &self.host);
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        // Whoever is turned away early may not have read all of it.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
        let (head, text) = answer.split_once("\r\n\r\n").unwrap_or_default();
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        let set = lines.find(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        if let Some((_, set)) = set {
            let pair = set.split(';').next().unwrap_or_default();
            *self.cookie.lock().unwrap() = Some(pair.to_owned());
        }
        Page {
            status: status.unwrap_or(0),
            text: text.to_owned(),
        }
    }
}
