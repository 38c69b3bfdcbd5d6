//! `[dashboard]`: where the dashboard listens, and who may come in.
//!
//! The files of passwords are read by who serves it, not here: the command that
//! writes them must work before they are there.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use http::HeaderName;
use ipnet::IpNet;
use schemars::JsonSchema;
use serde::Deserialize;
use service::settings::{Draft, Problem};

use super::resolve::from_folder_of;

const SECTION: &str = "dashboard";

/// Where the dashboard listens when nothing is said: for this machine alone.
pub const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8733);

/// Where the passwords lie in the folder of the readings.
const OWNER_FILE: &str = "dashboard.password";
const VIEWER_FILE: &str = "dashboard-viewer.password";

/// From where Home Assistant's Supervisor calls its add-ons.
const SUPERVISOR: &str = "172.30.32.2";

/// The dashboard, and who may come in.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Dashboard")]
pub struct RawDashboard {
    /// `false`: `releve run` collects without a dashboard. Absent: it serves one.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub enabled: Option<bool>,
    /// Address and port. Absent: `127.0.0.1:8733`, for this machine alone. Any
    /// other needs a password, a proxy that names the user, or Home Assistant.
    #[serde(default)]
    #[schemars(with = "String")]
    pub listen: Option<String>,
    /// The host names under which people open it. On a loopback address no
    /// other name is answered, elsewhere any while there are none.
    #[serde(default)]
    pub names: Vec<String>,
    /// File of the owner's password, as `releve dashboard password` writes it.
    /// Absent: `dashboard.password` in the folder of the readings.
    #[serde(default)]
    #[schemars(with = "String")]
    pub password_file: Option<PathBuf>,
    /// File of the password of who may look but change nothing. Absent:
    /// `dashboard-viewer.password` in the folder of the readings.
    #[serde(default)]
    #[schemars(with = "String")]
    pub viewer_password_file: Option<PathBuf>,
    /// Addresses or networks of the reverse proxies that are believed.
    #[serde(default)]
    pub trusted_proxies: Vec<String>,
    /// The header in which they name the user whom they let in, such as
    /// `Remote-User`. Absent: they let nobody in.
    #[serde(default)]
    #[schemars(with = "String")]
    pub user_header: Option<String>,
    /// The header in which they list the user's groups. Absent: `Remote-Groups`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub groups_header: Option<String>,
    /// Which of their users may change things: names, groups as `@group`, ids
    /// of Home Assistant's users. Absent: all of them.
    #[serde(default)]
    pub owners: Vec<String>,
    /// `true` lets in whom Home Assistant has let in (ingress).
    #[serde(default)]
    #[schemars(with = "bool")]
    pub ingress: Option<bool>,
    /// Addresses or networks of Home Assistant's Supervisor. Absent:
    /// `["172.30.32.2"]`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub ingress_from: Option<Vec<String>>,
}

/// The dashboard, and who may come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dashboard {
    /// Whether the daemon serves it.
    pub enabled: bool,
    /// Address and port.
    pub listen: SocketAddr,
    /// The host names under which people open it.
    pub names: Vec<String>,
    /// The owner's password.
    pub owner: PasswordFile,
    /// The password of who may look.
    pub viewer: PasswordFile,
    /// The reverse proxies that are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The header in which they name the user.
    pub user_header: Option<HeaderName>,
    /// The header in which they list the user's groups.
    pub groups_header: HeaderName,
    /// Which users may change things; all while it is empty.
    pub owners: Vec<String>,
    /// Home Assistant's Supervisor, where its users are let in.
    pub ingress: Option<Vec<IpNet>>,
}

/// A file that holds the hash of a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordFile {
    /// Where it is.
    pub path: PathBuf,
    /// Whether the configuration names it: it must be there then.
    pub named: bool,
}

/// What the section means, and its mistakes in their place.
pub(super) fn dashboard(draft: &mut Draft, raw: RawDashboard, data_dir: &Path) -> Dashboard {
    let listen = listen(draft, raw.listen.as_deref());
    let names = names(draft, raw.names);
    let trusted_proxies = nets(draft, "trusted_proxies", &raw.trusted_proxies);
    let user_header = header(draft, "user_header", raw.user_header);
    let groups_header = header(draft, "groups_header", raw.groups_header);
    if user_header.is_some() && raw.trusted_proxies.is_empty() {
        let problem = Problem::new("config-dashboard-nobody");
        draft.report(&[SECTION, "user_header"], problem);
    }
    let supervisors = raw
        .ingress_from
        .unwrap_or_else(|| vec![SUPERVISOR.to_owned()]);
    let supervisors = nets(draft, "ingress_from", &supervisors);
    let file = |key: &str, given: Option<PathBuf>, usual: &str| PasswordFile {
        named: given.is_some(),
        path: match given {
            Some(path) => from_folder_of(draft, &[SECTION, key], &path),
            None => data_dir.join(usual),
        },
    };
    Dashboard {
        enabled: raw.enabled.unwrap_or(true),
        listen,
        names,
        owner: file("password_file", raw.password_file, OWNER_FILE),
        viewer: file(
            "viewer_password_file",
            raw.viewer_password_file,
            VIEWER_FILE,
        ),
        trusted_proxies,
        user_header,
        groups_header: groups_header.unwrap_or(HeaderName::from_static("remote-groups")),
        owners: raw.owners,
        ingress: raw.ingress.unwrap_or(false).then_some(supervisors),
    }
}

fn listen(draft: &mut Draft, text: Option<&str>) -> SocketAddr {
    let Some(text) = text else {
        return LISTEN;
    };
    text.trim().parse().unwrap_or_else(|_| {
        let problem = Problem::new("config-dashboard-listen").with("text", text);
        draft.report(&[SECTION, "listen"], problem);
        LISTEN
    })
}

fn names(draft: &mut Draft, names: Vec<String>) -> Vec<String> {
    let mut right = Vec::with_capacity(names.len());
    for (index, name) in names.into_iter().enumerate() {
        if is_host_name(&name) {
            right.push(name);
            continue;
        }
        let problem = Problem::new("config-dashboard-name").with("name", name);
        draft.report(&[SECTION, "names", &index.to_string()], problem);
    }
    right
}

/// A name as it stands in an address: `releve.home.arpa`.
fn is_host_name(name: &str) -> bool {
    let is_part = |part: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        (1..=63).contains(&part.len()) && part.bytes().all(plain)
    };
    name.len() <= 253 && name.split('.').all(is_part)
}

/// Networks (`10.0.0.0/8`) and single addresses; never everybody.
fn nets(draft: &mut Draft, key: &str, texts: &[String]) -> Vec<IpNet> {
    let mut nets = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        let text = text.trim();
        let net = text
            .parse()
            .or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        let problem = match net {
            Ok(net) if net.prefix_len() > 0 => {
                nets.push(net);
                continue;
            }
            Ok(_) => "config-dashboard-everybody",
            Err(_) => "config-dashboard-net",
        };
        let path = [SECTION, key, &index.to_string()];
        draft.report(&path, Problem::new(problem).with("text", text));
    }
    nets
}

fn header(draft: &mut Draft, key: &str, text: Option<String>) -> Option<HeaderName> {
    let text = text?;
    let name = HeaderName::from_bytes(text.trim().as_bytes());
    if name.is_err() {
        let problem = Problem::new("config-dashboard-header").with("text", text);
        draft.report(&[SECTION, key], problem);
    }
    name.ok()
}

#[cfg(test)]
mod tests {
    use service::MapEnv;

    use super::super::from_text;
    use super::*;

    fn read(text: &str) -> Result<Dashboard, Vec<&'static str>> {
        let env = MapEnv::from([("HOME", "/home/someone")]);
        let text = format!("data_dir = \"/data\"\n[dashboard]\n{text}");
        let settings = from_text(&text, &env);
        settings
            .map(|settings| settings.dashboard)
            .map_err(|error| error.problems.iter().map(Problem::name).collect())
    }

    #[test]
    fn unsaid_it_is_for_this_machine_and_its_passwords_lie_with_the_readings() {
        let dashboard = read("").unwrap();
        assert!(dashboard.enabled && dashboard.listen.ip().is_loopback());
        assert_eq!(dashboard.owner.path, Path::new("/data/dashboard.password"));
        assert_eq!(
            dashboard.viewer.path,
            Path::new("/data/dashboard-viewer.password")
        );
        assert!(!dashboard.owner.named && dashboard.ingress.is_none());
        assert_eq!(dashboard.groups_header, "remote-groups");
    }

    #[test]
    fn proxies_and_home_assistant_are_believed_from_where_it_is_said() {
        let text = "listen = \"0.0.0.0:80\"\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n\
                    user_header = \"X-User\"\nowners = [\"claire\"]\ningress = true";
        let dashboard = read(text).unwrap();
        assert_eq!(dashboard.trusted_proxies[1].to_string(), "::1/128");
        assert_eq!(dashboard.user_header.unwrap(), "x-user");
        let supervisors = dashboard.ingress.unwrap();
        assert_eq!(supervisors[0].to_string(), "172.30.32.2/32");
        let elsewhere = read("ingress = true\ningress_from = [\"172.30.33.0/24\"]").unwrap();
        assert_eq!(elsewhere.ingress.unwrap()[0].to_string(), "172.30.33.0/24");
    }

    #[test]
    fn each_mistake_has_its_name() {
        let wrong = |text: &str| read(text).unwrap_err();
        assert_eq!(wrong("listen = \"8733\""), ["config-dashboard-listen"]);
        assert_eq!(wrong("names = [\"http://a\"]"), ["config-dashboard-name"]);
        assert_eq!(
            wrong("trusted_proxies = [\"proxy\"]"),
            ["config-dashboard-net"]
        );
        assert_eq!(
            wrong("trusted_proxies = [\"::/0\"]"),
            ["config-dashboard-everybody"]
        );
        assert_eq!(
            wrong("user_header = \"Remote-User\""),
            ["config-dashboard-nobody"]
        );
        let header = "user_header = \"a b\"\ntrusted_proxies = [\"::1\"]";
        assert_eq!(wrong(header), ["config-dashboard-header"]);
    }
}
