//! Query strings and forms: names and values, in order, a name maybe twice.

use url::form_urlencoded;

/// Decoded pairs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    pub(crate) fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// These pairs.
    pub(crate) fn of_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// The query of a request, then its body when that is a form.
    pub(crate) fn of(request: &http::Request<bytes::Bytes>) -> Self {
        let mut form = Self::parse(request.uri().query().unwrap_or_default().as_bytes());
        let kind = request.headers().get(http::header::CONTENT_TYPE);
        let is_form = kind.is_some_and(|kind| {
            kind.as_bytes()
                .starts_with(b"application/x-www-form-urlencoded")
        });
        if is_form {
            form.0.extend(Self::parse(request.body()).0);
        }
        form
    }

    /// The first value of a name; an empty one counts as absent.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of a name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| &**value)
    }
}
