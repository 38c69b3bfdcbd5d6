//! Gateways of others: which usage point is asked there, and with which token.

use std::collections::BTreeMap;

use meter::UsagePoint;
use secrecy::SecretString;
use service::settings::{Draft, Problem};

use super::PREFIX;
use super::raw::RawGateway;
use super::secret::SecretKeys;
use super::settings::{Gateway, Source, SourceKind, UsagePointSettings};
use super::source::base_url;

/// A gateway with the token that it has for all, if any.
pub(super) fn gateway(
    draft: &mut Draft,
    name: &str,
    usual: &str,
    raw: RawGateway,
) -> Option<Gateway> {
    let base_url = base_url(
        draft,
        name,
        raw.base_url.as_deref().unwrap_or(usual),
        raw.allow_http,
    );
    let section = ["sources", name];
    let keys = SecretKeys::token(&section, name);
    let given = raw.token.is_some() || raw.token_file.is_some() || keys.is_spoiled(draft);
    let token = keys.read(draft, raw.token, raw.token_file);
    if given && token.is_none() {
        // Reported: it must not be missed a second time.
        return None;
    }
    Some(Gateway {
        base_url: base_url?,
        token,
        tokens: BTreeMap::new(),
    })
}

/// A token that stands at its usage point.
pub(super) struct OwnToken {
    pub prm: UsagePoint,
    /// The section's number.
    pub index: String,
    /// None: given, but wrong.
    pub token: Option<SecretString>,
}

/// A usage point's own token goes to the source that it is asked of; whether
/// all of them are right.
pub(super) fn hand_over(
    draft: &mut Draft,
    sources: &mut [Source],
    points: &[UsagePointSettings],
    tokens: Vec<OwnToken>,
) -> bool {
    let mut right = true;
    for OwnToken { prm, index, token } in tokens {
        let point = points.iter().find(|point| point.prm == prm);
        let asked = point.map_or_else(Vec::new, |point| sources_of(sources, point));
        // The first that takes one; where none does, the first is named.
        let takes = |at: &&usize| sources[**at].kind.gateway().is_some();
        let at = asked.iter().find(takes).or(asked.first());
        // A source that does not exist was reported.
        let Some(source) = at.and_then(|at| sources.get_mut(*at)) else {
            continue;
        };
        match (source.kind.gateway_mut(), token) {
            (Some(gateway), Some(token)) => {
                gateway.tokens.insert(prm, token);
            }
            (Some(_), None) => right = false,
            (None, _) => {
                let problem = Problem::new("config-token-idle").with("source", &source.name);
                draft.report(&["usage_points", &index], problem);
            }
        }
    }
    right
}

/// Every usage point that is asked of a gateway needs a token.
pub(super) fn check_tokens(draft: &mut Draft, sources: &[Source], points: &[UsagePointSettings]) {
    for (at, source) in sources.iter().enumerate() {
        let Some(gateway) = source.kind.gateway() else {
            continue;
        };
        if gateway.token.is_some() {
            continue;
        }
        let mut asked = points
            .iter()
            .filter(|point| sources_of(sources, point).contains(&at))
            .peekable();
        let lacks =
            asked.peek().is_none() || asked.any(|point| !gateway.tokens.contains_key(&point.prm));
        if lacks {
            draft.report(&["sources", &source.name], missing(&source.name));
        }
    }
}

/// The places of the sources that a usage point is asked of, the most trusted
/// first: those it names, else the first that can be asked.
pub fn sources_of(sources: &[Source], point: &UsagePointSettings) -> Vec<usize> {
    let place = |name: &String| sources.iter().position(|source| source.name == *name);
    if point.source.is_some() {
        let names = point.source.iter().chain(&point.also);
        return names.filter_map(place).collect();
    }
    let asked = |source: &Source| !matches!(source.kind, SourceKind::Files(_));
    let first = sources.iter().position(asked);
    let first = first.or((!sources.is_empty()).then_some(0));
    first.into_iter().collect()
}

fn missing(name: &str) -> Problem {
    let level = name.to_uppercase().replace('-', "_");
    Problem::new("config-token-missing")
        .with("source", name)
        .with("variable", format!("{PREFIX}SOURCES__{level}__TOKEN"))
}
