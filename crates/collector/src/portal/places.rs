//! Where the pages are. A session's cookies go there and nowhere else.

use url::Url;

/// The hosts of the portal (reference: jeedom, 3.3), or one stand-in for all.
#[derive(Debug, Clone)]
pub struct Places {
    /// The pages' own interface.
    alex: Url,
    /// Where one signs in.
    account: Url,
    /// The first page behind the door.
    page: Url,
    /// The page that the session is shown to.
    hub: Url,
    /// One address stands in for all of them.
    stand_in: bool,
}

/// The domain of all of Enedis' pages.
pub(super) const DOMAIN: &str = "enedis.fr";

impl Places {
    /// Enedis' own.
    ///
    /// # Errors
    ///
    /// Never: the addresses are written here.
    pub fn enedis() -> Result<Self, url::ParseError> {
        let own = |host: &str| Url::parse(&format!("https://{host}.{DOMAIN}/"));
        Ok(Self {
            alex: own("alex.microapplications")?,
            account: own("mon-compte")?,
            page: own("mon-compte-particulier")?,
            hub: own("mon-compte-client")?.join("hub?allEspace=false")?,
            stand_in: false,
        })
    }

    /// A stand-in's, which has all of them under one address.
    pub fn under(base: &Url) -> Self {
        Self {
            alex: below(base, "/alex"),
            account: below(base, "/mon-compte"),
            page: below(base, "/particulier"),
            hub: below(base, "/client/hub"),
            stand_in: true,
        }
    }

    /// A path of the pages' own interface.
    pub(super) fn alex(&self, path: &str) -> Url {
        below(&self.alex, path)
    }

    /// A path of the place where one signs in.
    pub(super) fn account(&self, path: &str) -> Url {
        below(&self.account, path)
    }

    /// The page that a person opens to sign in.
    pub fn page(&self) -> &Url {
        &self.page
    }

    pub(super) fn hub(&self) -> &Url {
        &self.hub
    }

    /// The domain of cookies that all hosts share.
    pub(super) fn domain(&self) -> &str {
        if self.stand_in {
            self.alex.host_str().unwrap_or_default()
        } else {
            DOMAIN
        }
    }

    /// Whether a redirection leads to one of these hosts.
    pub(super) fn admits(&self, url: &Url) -> bool {
        if self.stand_in {
            return url.origin() == self.alex.origin();
        }
        let host = url.host_str().unwrap_or_default();
        url.scheme() == "https" && (host == DOMAIN || host.ends_with(&format!(".{DOMAIN}")))
    }
}

fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
    url.set_query(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_enedis_hosts_over_https_are_admitted() {
        let places = Places::enedis().unwrap();
        let admits = |text: &str| places.admits(&Url::parse(text).unwrap());
        assert!(admits("https://mon-compte.enedis.fr/auth"));
        assert!(!admits("http://mon-compte.enedis.fr/auth"));
        assert!(!admits("https://enedis.fr.example.org/"));
        assert!(!admits("https://notenedis.fr/"));
        let base = Url::parse("http://127.0.0.1:8080/portal").unwrap();
        let places = Places::under(&base);
        assert!(places.admits(&Url::parse("http://127.0.0.1:8080/x").unwrap()));
        assert!(!places.admits(&Url::parse("http://127.0.0.1:8081/x").unwrap()));
    }
}
