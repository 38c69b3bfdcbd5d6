//! Which language a browser is answered in: what was chosen, then what it
//! accepts, else what is configured.

use http::header::ACCEPT_LANGUAGE;
use http::{HeaderMap, Uri};
use service::Lang;
use url::form_urlencoded;

use super::cookie;

/// The language of an answer: `?lang=fr` in the address, then the cookie `lang`,
/// then the browser's `Accept-Language`, else `otherwise`.
pub fn language(uri: &Uri, headers: &HeaderMap, otherwise: Lang) -> Lang {
    chosen(uri)
        .or_else(|| kept(headers))
        .or_else(|| accepted(headers))
        .unwrap_or(otherwise)
}

fn chosen(uri: &Uri) -> Option<Lang> {
    let mut pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    let (_, tag) = pairs.find(|(key, _)| key == "lang")?;
    exactly(&tag)
}

fn kept(headers: &HeaderMap) -> Option<Lang> {
    exactly(cookie::values(headers, "lang").next()?)
}

fn exactly(tag: &str) -> Option<Lang> {
    Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
}

/// The one of ours that the browser likes best, the first of equals.
fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let list = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(u16, Lang)> = None;
    for item in list.split(',').take(32) {
        let (tag, weight) = item.split_once(';').unwrap_or((item, ""));
        let weight = thousandths(weight);
        let Some(lang) = Lang::from_tag(tag.trim()) else {
            continue;
        };
        if weight > best.map_or(0, |(weight, _)| weight) {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// `q=0.8` as 800 (RFC 9110, 12.4.2); without a weight 1000.
fn thousandths(weight: &str) -> u16 {
    let Some(value) = weight.trim().strip_prefix("q=") else {
        return 1000;
    };
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    if whole != "0" {
        return if whole == "1" { 1000 } else { 0 };
    }
    let digits = part.get(..part.len().min(3)).unwrap_or_default();
    format!("{digits:0<3}").parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use http::header::COOKIE;

    use super::*;

    fn of(uri: &str, cookie: &str, accept: &str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, cookie.parse().unwrap());
        headers.insert(ACCEPT_LANGUAGE, accept.parse().unwrap());
        language(&uri.parse().unwrap(), &headers, Lang::Fr)
    }

    #[test]
    fn the_choice_decides_over_the_cookie_and_that_over_the_browser() {
        assert_eq!(of("/?lang=en", "lang=fr", "fr"), Lang::En);
        assert_eq!(of("/", "a=b; lang=en", "fr"), Lang::En);
        assert_eq!(of("/?lang=de", "lang=xx", "en-GB,fr;q=0.9"), Lang::En);
    }

    #[test]
    fn the_browsers_weights_are_followed() {
        assert_eq!(of("/", "", "de,en;q=0.7,fr;q=0.8"), Lang::Fr);
        assert_eq!(of("/", "", "fr;q=0.25, en;q=0.3"), Lang::En);
        assert_eq!(of("/", "", "en;q=0"), Lang::Fr, "not at all");
        assert_eq!(of("/", "", "de, *"), Lang::Fr);
        assert_eq!(of("/", "", "en;q=é"), Lang::Fr);
    }
}
