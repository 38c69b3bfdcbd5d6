//! Getting in: by the way that is configured, or by the first that Domoticz
//! admits; and which Domoticz it is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::ExposeSecret;

use super::api::{Api, Identity};
use super::problem::Problem;
use super::settings::{Login, Settings};

/// What is known of a Domoticz once we are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its version.
    pub version: String,
    /// How we got in.
    pub login: Login,
}

/// Gets in, and refuses versions that cannot be served.
pub(super) async fn enter(api: &Api, settings: &Settings) -> Result<Entry, Problem> {
    api.set_identity(Identity::None);
    let answer = api.command("getversion", &[]).await?;
    let version = answer["version"].as_str().ok_or(Problem::NotDomoticz)?;
    check(version)?;
    let login = identify(api, settings).await?;
    Ok(Entry {
        version: version.to_owned(),
        login,
    })
}

/// 2024.1 and later work in full. 2023.2 copies history into the present value;
/// before it commands had other names.
fn check(version: &str) -> Result<(), Problem> {
    let mut numbers = version
        .split(['.', ' ', '-'])
        .map(|part| part.parse::<u32>().ok());
    let year = numbers.next().flatten().ok_or(Problem::NotDomoticz)?;
    let release = numbers.next().flatten().unwrap_or(0);
    match (year, release) {
        (2024.., _) => Ok(()),
        (2023, 2..) => Err(Problem::Spoils(version.to_owned())),
        _ => Err(Problem::TooOld(version.to_owned())),
    }
}

async fn identify(api: &Api, settings: &Settings) -> Result<Login, Problem> {
    let ways: &[Login] = match settings.login {
        Login::Auto if settings.user.is_none() => &[Login::Trusted],
        Login::Auto if api.is_https() => &[Login::Session, Login::Basic],
        Login::Auto => &[Login::Session],
        ref one => std::slice::from_ref(one),
    };
    let mut first = None;
    for way in ways {
        match try_one(api, settings, *way).await {
            Ok(()) => return Ok(*way),
            Err(problem @ (Problem::Unauthorized | Problem::TwoFactor)) => {
                first.get_or_insert(problem);
            }
            Err(problem) => return Err(problem),
        }
    }
    Err(first.unwrap_or(Problem::Unauthorized))
}

async fn try_one(api: &Api, settings: &Settings, way: Login) -> Result<(), Problem> {
    let user = settings.user.as_deref().unwrap_or_default();
    let password = settings.password.as_ref().map(ExposeSecret::expose_secret);
    let password = password.unwrap_or_default();
    let basic = || {
        secret(&format!(
            "Basic {}",
            STANDARD.encode(format!("{user}:{password}"))
        ))
    };
    match way {
        Login::Auto | Login::Trusted => api.set_identity(Identity::None),
        Login::Session => api.set_identity(Identity::Cookie(session(api, user, password).await?)),
        Login::Basic => api.set_identity(Identity::Header(basic()?)),
        Login::OAuth2 => {
            let client_id = settings.client_id.as_deref().unwrap_or_default();
            let token = api.token(basic()?, client_id).await?;
            api.set_identity(Identity::Header(secret(&format!("Bearer {token}"))?));
        }
    }
    let answer = api.command("getauth", &[]).await?;
    let rights = answer["rights"].as_i64().unwrap_or(-1);
    if rights < 0 {
        Err(Problem::Unauthorized)
    } else {
        Ok(())
    }
}

/// The log-in form of its own pages.
async fn session(api: &Api, user: &str, password: &str) -> Result<HeaderValue, Problem> {
    let name = STANDARD.encode(user);
    let hash = format!("{:x}", md5::compute(password));
    let args = [
        ("username", name.as_str()),
        ("password", hash.as_str()),
        ("rememberme", "true"),
    ];
    let answer = match api.ask("logincheck", &args).await {
        // A wrong password is an ERR like any other.
        Err(Problem::Refused(_)) => return Err(Problem::Unauthorized),
        answer => answer?,
    };
    let second = answer.value.get("require2fa");
    if second.is_some_and(|second| second == "true" || second == true) {
        return Err(Problem::TwoFactor);
    }
    let cookie = answer
        .cookie
        .as_ref()
        .and_then(|cookie| cookie.to_str().ok());
    let cookie = cookie.and_then(|cookie| cookie.split(';').next());
    secret(cookie.ok_or(Problem::Unauthorized)?)
}

fn secret(text: &str) -> Result<HeaderValue, Problem> {
    let mut value = HeaderValue::from_str(text).map_err(|_| Problem::Unauthorized)?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_apart() {
        for good in ["2024.1", "2025.1", "2025.1 (build 16900)", "2026.2-rc"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        assert_eq!(check("2023.2"), Err(Problem::Spoils("2023.2".into())));
        assert_eq!(check("2023.1"), Err(Problem::TooOld("2023.1".into())));
        assert_eq!(check("4.10717"), Err(Problem::TooOld("4.10717".into())));
        assert_eq!(check("nginx"), Err(Problem::NotDomoticz));
    }
}
