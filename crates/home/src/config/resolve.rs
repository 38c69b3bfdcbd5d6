//! From what the file holds to what it means; each doubt is reported and the
//! next one looked for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use meter::{UsagePoint, UsagePointError};
use service::settings::{Draft, Problem};
use service::{Env, paths};

use super::gateway::OwnToken;
use super::raw::{RawConfig, RawUsagePoint};
use super::secret::SecretKeys;
use super::settings::{Log, Settings, UsagePointSettings};
use super::{
    APP, colours, dashboard, gateway, notifications, output, prices, schedule, scope, source,
};

/// The settings. They are worth something only if the draft has no problem.
pub(super) fn settings(
    draft: &mut Draft,
    raw: RawConfig,
    asked_data_dir: Option<&Path>,
    env: &dyn Env,
) -> Option<Settings> {
    let data_dir = data_dir(draft, raw.data_dir, asked_data_dir, env);
    let names: BTreeSet<String> = raw.sources.keys().cloned().collect();
    let mut sources = source::sources(draft, raw.sources);
    let (usage_points, tokens) = usage_points(draft, raw.usage_points, &names);
    // Where a source is wrong itself, its tokens are looked at when it is right.
    if sources.len() == names.len()
        && gateway::hand_over(draft, &mut sources, &usage_points, tokens)
    {
        gateway::check_tokens(draft, &sources, &usage_points);
    }
    let points: Vec<UsagePoint> = usage_points.iter().map(|point| point.prm).collect();
    let outputs = output::outputs(draft, raw.outputs, &points);
    let offers = prices::files(draft, &raw.offers);
    let colours = colours::colours(draft, raw.colours);
    let schedule = schedule::schedule(draft, raw.schedule, &names);
    let notifications = notifications::notifications(draft, raw.notifications);
    let log_dir = raw
        .log_dir
        .map(|dir| from_folder_of(draft, &["log_dir"], &dir));
    let data_dir = data_dir?;
    let dashboard = dashboard::dashboard(draft, raw.dashboard, &data_dir);
    let log = Log {
        level: raw.log.unwrap_or_default(),
        format: raw.log_format.unwrap_or_default(),
        folder: log_dir.unwrap_or_else(|| data_dir.join("logs")),
    };
    Some(Settings {
        language: raw.language,
        data_dir,
        credentials: env.var("CREDENTIALS_DIRECTORY").map(PathBuf::from),
        sources,
        usage_points,
        outputs,
        offers,
        colours,
        schedule: schedule?,
        log,
        notifications: notifications?,
        dashboard,
    })
}

fn data_dir(
    draft: &mut Draft,
    raw: Option<PathBuf>,
    asked: Option<&Path>,
    env: &dyn Env,
) -> Option<PathBuf> {
    let path = ["data_dir"];
    let empty = raw.as_ref().is_some_and(|raw| raw.as_os_str().is_empty());
    if empty {
        draft.report(&path, Problem::new("config-data-dir"));
        return None;
    }
    if let Some(asked) = asked {
        return Some(asked.to_owned());
    }
    let found = raw.map(|raw| from_folder_of(draft, &path, &raw));
    let found = found.or_else(|| paths::data_dir(env, APP));
    if found.is_none() && !draft.is_spoiled(&path) {
        draft.report(&[], Problem::new("config-no-home"));
    }
    found
}

/// A path as its writer meant it: in the file it counts from the file's folder,
/// in a variable from the present one.
pub(super) fn from_folder_of(draft: &Draft, key: &[&str], path: &Path) -> PathBuf {
    let folder = draft.file().and_then(Path::parent);
    match folder {
        Some(folder) if !draft.is_from_env(key) => folder.join(path),
        _ => path.to_owned(),
    }
}

fn usage_points(
    draft: &mut Draft,
    raw: Vec<RawUsagePoint>,
    sources: &BTreeSet<String>,
) -> (Vec<UsagePointSettings>, Vec<OwnToken>) {
    let mut tokens = Vec::new();
    let mut points: Vec<UsagePointSettings> = Vec::with_capacity(raw.len());
    for (index, raw) in raw.into_iter().enumerate() {
        let index = index.to_string();
        let path = ["usage_points", &index, "prm"];
        let prices = prices::prices(draft, &index, &raw);
        let name = name(draft, &index, raw.name);
        let (source, also) = source_names(draft, &index, (raw.source, raw.sources), sources);
        let scope = scope::scope(draft, &index, raw.collect, raw.history);
        let section = ["usage_points", &index];
        let owner = raw.prm.clone().unwrap_or_default();
        let keys = SecretKeys::token(&section, &owner);
        let given = raw.token.is_some() || raw.token_file.is_some();
        let token = keys.read(draft, raw.token, raw.token_file);
        match raw.prm.as_deref().map(usage_point) {
            Some(Ok(prm)) if points.iter().any(|point| point.prm == prm) => {
                draft.report(&path, twice(prm));
            }
            Some(Ok(prm)) => {
                let point = UsagePointSettings {
                    prm,
                    name,
                    source,
                    scope,
                    maxima: raw.maxima,
                    also,
                    prices,
                };
                points.push(point);
                if given {
                    tokens.push(OwnToken { prm, index, token });
                }
            }
            Some(Err(problem)) => draft.report(&path, problem),
            // A missing one was reported before.
            None => {}
        }
    }
    (points, tokens)
}

/// The names of sources that are configured, be they wrong in themselves: the
/// most trusted one, and the others.
fn source_names(
    draft: &mut Draft,
    index: &str,
    (one, several): (Option<String>, Vec<String>),
    sources: &BTreeSet<String>,
) -> (Option<String>, Vec<String>) {
    let twice = one.is_some() && !several.is_empty();
    let key = if several.is_empty() {
        "source"
    } else {
        "sources"
    };
    let path = ["usage_points", index, key];
    if twice {
        draft.report(&path, Problem::new("config-sources-twice"));
    }
    let mut names: Vec<String> = Vec::new();
    for name in one.into_iter().chain(several) {
        if names.contains(&name) {
            let problem = Problem::new("config-source-repeated").with("source", &name);
            draft.report(&path, problem);
            continue;
        }
        if !sources.contains(&name) && !draft.is_spoiled(&["sources", &name]) {
            let problem = Problem::new("config-source-unknown").with("source", &name);
            draft.report(&path, problem);
        }
        names.push(name);
    }
    let mut names = names.into_iter();
    (names.next(), names.collect())
}

/// The same usage point a second time.
pub fn twice(prm: UsagePoint) -> Problem {
    Problem::new("config-prm-twice").with("prm", prm)
}

/// A usage point as people write it, or what is wrong with it.
pub fn usage_point(text: &str) -> Result<UsagePoint, Problem> {
    text.parse().map_err(|error| match error {
        UsagePointError::Length(found) => {
            Problem::new("config-prm-length").with("found", found.to_string())
        }
        UsagePointError::NotADigit(found) => Problem::new("config-prm-digit").with("found", found),
    })
}

fn name(draft: &mut Draft, index: &str, text: Option<String>) -> Option<String> {
    let text = text?;
    let name = text.trim();
    if is_name(name) {
        return Some(name.to_owned());
    }
    draft.report(
        &["usage_points", index, "name"],
        Problem::new("config-name"),
    );
    None
}

/// Whether a text can name a usage point: it is shown on terminals and pages.
pub fn is_name(text: &str) -> bool {
    (1..=60).contains(&text.chars().count()) && !text.contains(char::is_control)
}
