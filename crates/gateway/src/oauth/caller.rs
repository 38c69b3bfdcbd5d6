//! Which application asks: by its identifier alone, or by a secret in the
//! `Authorization` header (RFC 6749 section 2.3.1).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use grant::server::OAuthError;
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use super::answer::Refusal;
use super::form::{Form, decode};
use crate::keys::{Keys, Purpose};
use crate::store::clients::{self, ClientRow};
use crate::store::{StoreError, Tx};

/// No identifier is longer.
const LONGEST_ID: usize = 200;

/// What a request says about its sender, before any row is read.
#[derive(Clone)]
pub(super) struct Caller {
    /// The identifier it gives.
    pub(super) id: String,
    secret: String,
    by_header: bool,
}

impl Caller {
    pub(super) fn read(headers: &HeaderMap, form: &Form) -> Result<Self, Refusal> {
        let caller = match headers.get(AUTHORIZATION) {
            Some(value) => Self::basic(value.to_str().unwrap_or_default(), form)?,
            None => Self {
                id: form.need("client_id", "client_id is missing")?.to_owned(),
                secret: form.get("client_secret").unwrap_or_default().to_owned(),
                by_header: false,
            },
        };
        if headers.get_all(AUTHORIZATION).iter().count() > 1 {
            return Err(Refusal::request("two Authorization headers"));
        }
        if caller.id.len() > LONGEST_ID {
            return Err(caller.refuse());
        }
        Ok(caller)
    }

    fn basic(value: &str, form: &Form) -> Result<Self, Refusal> {
        let refused = || unknown(true);
        let (scheme, credentials) = value.split_once(' ').ok_or_else(refused)?;
        if !scheme.eq_ignore_ascii_case("Basic") {
            return Err(refused());
        }
        if form.get("client_secret").is_some() {
            return Err(Refusal::request("two ways of authentication"));
        }
        let bytes = STANDARD.decode(credentials.trim()).map_err(|_| refused())?;
        let colon = bytes
            .iter()
            .position(|byte| *byte == b':')
            .ok_or_else(refused)?;
        let id = decode(&bytes[..colon]).map_err(|_| refused())?;
        let secret = decode(&bytes[colon + 1..]).map_err(|_| refused())?;
        if form.get("client_id").is_some_and(|named| named != id) {
            return Err(Refusal::request("two different clients"));
        }
        Ok(Self {
            id,
            secret,
            by_header: true,
        })
    }

    /// The application, when it is known, not shut out, and is who it says. A
    /// public one has no secret; an empty one in the header is none.
    pub(super) async fn find(
        &self,
        tx: &mut dyn Tx,
        keys: &Keys,
    ) -> Result<Result<ClientRow, Refusal>, StoreError> {
        let client = clients::find(tx, &self.id).await?;
        Ok(client
            .filter(|client| !client.banned && self.proves(client, keys))
            .ok_or_else(|| self.refuse()))
    }

    fn proves(&self, client: &ClientRow, keys: &Keys) -> bool {
        match &client.secret_hash {
            None => self.secret.is_empty(),
            Some(hash) => {
                self.by_header && keys.matches(Purpose::ClientSecret, self.secret.as_bytes(), hash)
            }
        }
    }

    fn refuse(&self) -> Refusal {
        unknown(self.by_header)
    }
}

fn unknown(by_header: bool) -> Refusal {
    Refusal {
        challenge: by_header.then_some("Basic realm=\"releve\", charset=\"UTF-8\""),
        status: Some(StatusCode::UNAUTHORIZED),
        ..Refusal::because(OAuthError::InvalidClient, "the client is not known")
    }
}
