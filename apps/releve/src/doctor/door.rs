//! The dashboard's door: whether it is served, whom it lets in, and whether its
//! port is ours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use bytes::Bytes;
use dashboard::door::DoorConfig;
use http::Request;
use service::net::Network;

use super::check;
use crate::config::Settings;
use crate::exit::Failure;
use crate::json::doctor::{Check, Part, State};
use crate::words::Words;

/// The door as it is configured, then its port; `runs`: a daemon is at work.
pub(super) async fn checks(
    settings: &Settings,
    network: &dyn Network,
    runs: bool,
    words: Words,
) -> Vec<Check> {
    let dashboard = &settings.dashboard;
    if !dashboard.enabled {
        let said = words.t("doctor-door-off");
        return vec![check(Part::Door, State::Skipped, said, None)];
    }
    let config = DoorConfig::of(dashboard, None, words.lang);
    let config = config.and_then(|config| config.check().map(|()| config));
    match config {
        Ok(config) => {
            let mut checks = vec![guard(&config, words)];
            if config.listen.port() != 0 {
                checks.push(port(config.listen, network, runs, words).await);
            }
            checks
        }
        // The file of a password that anybody may read is among these.
        Err(error) => {
            let failure = Failure::from(error);
            let said = failure.plain_message(words.lang);
            let advice = failure.plain_advice(words.lang);
            vec![check(Part::Door, State::Failed, said, advice)]
        }
    }
}

/// Where it listens, and whom it lets in.
fn guard(config: &DoorConfig, words: Words) -> Check {
    let listen = config.listen.to_string();
    // More machines than a home has could say who their user is.
    let narrowest = |v4: bool| if v4 { 16 } else { 48 };
    let mut nets = config.trusted_proxies.iter();
    if let Some(net) = nets.find(|net| net.prefix_len() < narrowest(net.addr().is_ipv4()))
        && config.user_header.is_some()
    {
        let net = net.to_string();
        let args = [("net", net.as_str())];
        let said = words.say("doctor-door-wide", &args);
        let advice = Some(words.say("doctor-door-wide-do", &args));
        return check(Part::Door, State::Warning, said, advice);
    }
    let mut who = Vec::new();
    if config.is_open() {
        who.push(words.t("doctor-door-who-machine"));
    }
    if config.owner.is_some() {
        who.push(words.t("doctor-door-who-owner"));
    }
    if config.viewer.is_some() {
        who.push(words.t("doctor-door-who-viewer"));
    }
    if let Some(header) = &config.user_header {
        let nets = config.trusted_proxies.iter().map(ToString::to_string);
        let nets = nets.collect::<Vec<_>>().join(", ");
        let args = [("nets", nets.as_str()), ("header", header.as_str())];
        who.push(words.say("doctor-door-who-proxy", &args));
    }
    if config.ingress.is_some() {
        who.push(words.t("doctor-door-who-ingress"));
    }
    let who = who.join(", ");
    let args = [("listen", listen.as_str()), ("who", &who)];
    check(Part::Door, State::Ok, words.say("doctor-door", &args), None)
}

/// Who answers at its port; where nobody does, whether we could.
async fn port(listen: SocketAddr, network: &dyn Network, runs: bool, words: Words) -> Check {
    let at = listen.to_string();
    let say = |state, name: &str, cause: &str| {
        let args = [("listen", at.as_str()), ("cause", cause)];
        let advice = (state >= State::Warning).then(|| words.say(&format!("{name}-do"), &args));
        check(Part::Door, state, words.say(name, &args), advice)
    };
    let near = SocketAddr::new(near(listen.ip()), listen.port());
    let host = near.ip().to_string();
    if network.knock(&host, near.port(), false).await.is_ok() {
        return if is_ours(near, network).await {
            say(State::Ok, "doctor-door-answers", "")
        } else {
            say(State::Failed, "doctor-door-taken", "")
        };
    }
    match network.bind(listen).await {
        Err(error) => say(State::Failed, "doctor-door-wrong", &error.to_string()),
        Ok(()) if runs => say(State::Warning, "doctor-door-silent", ""),
        Ok(()) => say(State::Skipped, "doctor-door-free", ""),
    }
}

/// The address at which this machine reaches it.
fn near(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(address) if address.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        address => address,
    }
}

/// Whether a dashboard of Relevé answers there: it says who asks, or refuses in
/// its own words.
async fn is_ours(at: SocketAddr, network: &dyn Network) -> bool {
    let request = Request::get(format!("http://{at}/api/v1/session")).body(Bytes::new());
    let (Ok(http), Ok(request)) = (network.http(), request) else {
        return false;
    };
    let Ok(answer) = http.send(request).await else {
        return false;
    };
    let text = String::from_utf8_lossy(answer.body());
    text.contains("\"urn:releve:problem:") || text.contains("\"can_leave\"")
}
