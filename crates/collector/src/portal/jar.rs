//! The cookies of one session. It lives for minutes: ages are not looked at,
//! but a cookie that is taken back goes.

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use url::Url;

use super::places::DOMAIN;

/// Cookies, each with the host or the domain that it goes to.
#[derive(Clone, Default)]
pub(super) struct Jar(Vec<Cookie>);

#[derive(Clone)]
struct Cookie {
    domain: String,
    name: String,
    value: String,
}

impl Jar {
    /// Puts a cookie in; one of the same name and domain goes.
    pub(super) fn put(&mut self, domain: &str, name: &str, value: &str) {
        self.take(domain, name);
        self.0.push(Cookie {
            domain: domain.to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
        });
    }

    fn take(&mut self, domain: &str, name: &str) {
        self.0
            .retain(|cookie| cookie.name != name || cookie.domain != domain);
    }

    /// Keeps what an answer of a host sets.
    pub(super) fn learn(&mut self, url: &Url, headers: &HeaderMap) {
        let host = url.host_str().unwrap_or_default();
        for header in headers.get_all(SET_COOKIE) {
            let Ok(text) = header.to_str() else { continue };
            let mut parts = text.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            let (mut domain, mut gone) = (host.to_owned(), false);
            for (key, said) in parts.filter_map(|part| part.split_once('=')) {
                match key.to_ascii_lowercase().as_str() {
                    "domain" if is_shared(said, host) => DOMAIN.clone_into(&mut domain),
                    "max-age" => gone = said.parse().is_ok_and(|age: i64| age <= 0),
                    _ => {}
                }
            }
            if gone {
                self.take(&domain, name);
            } else {
                self.put(&domain, name, value);
            }
        }
    }

    /// The header for an address.
    pub(super) fn header(&self, url: &Url) -> Option<HeaderValue> {
        let host = url.host_str().unwrap_or_default();
        let pairs = self.0.iter().filter(|cookie| goes(&cookie.domain, host));
        let pairs: Vec<String> = pairs
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        let mut value = HeaderValue::from_str(&pairs.join("; ")).ok()?;
        value.set_sensitive(true);
        (!pairs.is_empty()).then_some(value)
    }
}

fn is_shared(domain: &str, host: &str) -> bool {
    domain.trim_start_matches('.') == DOMAIN && goes(DOMAIN, host)
}

fn goes(domain: &str, host: &str) -> bool {
    let above = host.strip_suffix(domain);
    above.is_some_and(|rest| rest.is_empty() || (domain == DOMAIN && rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(jar: &mut Jar, url: &str, line: &'static str) {
        let mut headers = HeaderMap::new();
        headers.append(SET_COOKIE, HeaderValue::from_static(line));
        jar.learn(&Url::parse(url).unwrap(), &headers);
    }

    fn sent(jar: &Jar, url: &str) -> String {
        let header = jar.header(&Url::parse(url).unwrap());
        header.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_cookie_goes_to_its_host_or_to_all_of_enedis_and_nowhere_else() {
        let mut jar = Jar::default();
        let (alex, account) = ("https://alex.enedis.fr/a", "https://mon-compte.enedis.fr/");
        learn(&mut jar, alex, "one=1; Path=/; Secure");
        learn(&mut jar, account, "all=2; Domain=.enedis.fr");
        learn(
            &mut jar,
            "https://example.org/",
            "evil=3; Domain=.enedis.fr",
        );
        assert_eq!(sent(&jar, alex), "one=1; all=2");
        assert_eq!(sent(&jar, account), "all=2");
        assert_eq!(sent(&jar, "https://example.org/"), "evil=3");
        learn(&mut jar, alex, "one=; Max-Age=0");
        assert_eq!(sent(&jar, alex), "all=2");
    }
}
