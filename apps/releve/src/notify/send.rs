//! The ways by which people are told.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{HeaderValue, Request, header};
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde_json::json;
use service::SharedHttp;
use service::mail::{self, Letter, Server};

use super::News;
use crate::config::{Form, Mail, Notifications, Webhook};

/// One way.
pub(crate) enum Way {
    /// By e-mail.
    Mail(Box<Mail>),
    /// By a call to an address.
    Webhook(Webhook, SharedHttp),
}

/// The configured ways.
pub(crate) fn ways(notifications: &Notifications, http: &SharedHttp) -> Vec<Way> {
    let mail = notifications.mail.clone();
    let mail = mail.map(|mail| Way::Mail(Box::new(mail)));
    let webhook = notifications.webhook.clone();
    let webhook = webhook.map(|webhook| Way::Webhook(webhook, http.clone()));
    mail.into_iter().chain(webhook).collect()
}

impl Way {
    /// Its name in the ledger and in messages.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
            Self::Webhook(..) => "webhook",
        }
    }

    /// Tells it; the reason, without secrets, when that fails.
    pub(crate) async fn send(&self, news: &News, now: Timestamp) -> Result<(), String> {
        match self {
            Self::Mail(way) => {
                let sent = mail::send(&server(way), &letter(way, news, now)).await;
                sent.map_err(|error| error.to_string())
            }
            Self::Webhook(way, http) => {
                let request = request(way, news, now)?;
                let answer = http.send(request).await;
                let status = answer.map_err(|error| error.to_string())?.status();
                if status.is_success() {
                    Ok(())
                } else {
                    Err(format!("HTTP {}", status.as_u16()))
                }
            }
        }
    }
}

fn server(mail: &Mail) -> Server {
    Server {
        host: mail.server.clone(),
        port: mail.port,
        security: mail.security,
        login: mail.login.clone(),
        ca_file: mail.ca_file.clone(),
    }
}

fn letter(mail: &Mail, news: &News, now: Timestamp) -> Letter {
    Letter {
        from: mail.from.clone(),
        to: mail.to.clone(),
        subject: format!("Relevé · {}", news.title),
        text: format!("{}\n", news.text),
        at: now,
    }
}

fn request(way: &Webhook, news: &News, now: Timestamp) -> Result<Request<Bytes>, String> {
    let topic = news.topic.as_str();
    let mut builder = Request::post(way.url.expose_secret());
    let body = match way.form {
        Form::Ntfy => {
            // A header holds ASCII: RFC 2047, which ntfy reads.
            let title = BASE64_STANDARD.encode(format!("Relevé · {}", news.title));
            builder = builder
                .header("Title", format!("=?UTF-8?B?{title}?="))
                .header("Tags", topic)
                .header(header::CONTENT_TYPE, "text/plain; charset=utf-8");
            news.text.clone()
        }
        Form::Json => {
            builder = builder.header(header::CONTENT_TYPE, "application/json");
            let body = json!({
                "topic": topic,
                "title": news.title,
                "text": news.text,
                "at": now,
            });
            body.to_string()
        }
    };
    if let Some(token) = &way.token {
        let value = format!("Bearer {}", token.expose_secret());
        let mut value = HeaderValue::from_str(&value).map_err(|error| error.to_string())?;
        value.set_sensitive(true);
        builder = builder.header(header::AUTHORIZATION, value);
    }
    // The error of a builder never repeats what it was given.
    let request = builder.body(Bytes::from(body));
    request.map_err(|_| "the address cannot be called".to_owned())
}
