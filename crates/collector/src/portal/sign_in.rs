//! Through the door, step by step (reference: jeedom, 3.3). The password is sent
//! once, and only to whom the cookie has made us known.

use enedis::Problem;
use jiff::Timestamp;
use meter::UsagePoint;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::Value;

use super::accounts::Secrets;
use super::jar::Jar;
use super::way::{Page, Way, changed};

/// The cookie that lasts.
pub const COOKIE: &str = "internalAuthId";

/// What being in means.
#[derive(Clone)]
pub(super) struct Session {
    pub jar: Jar,
    /// The person's number in addresses.
    pub person: String,
    /// The usage points of the account.
    pub usage_points: Vec<UsagePoint>,
    /// Since when.
    pub since: Timestamp,
}

pub(super) async fn sign_in(way: &Way, secrets: &Secrets) -> Result<Session, Problem> {
    let mut jar = Jar::default();
    let domain = way.places.domain();
    jar.put(domain, COOKIE, secrets.cookie.expose_secret());
    let first = greet(way, &mut jar).await?;
    let token = prove(way, &mut jar, secrets, first).await?;
    jar.put(domain, "enedisExt", &token);
    enter(way, &mut jar).await?;
    let person = person(way, &mut jar).await?;
    let usage_points = usage_points(way, &mut jar, &person).await?;
    Ok(Session {
        jar,
        person,
        usage_points,
        since: way.now(),
    })
}

/// What one signs in to, as the first pages say.
struct Greeting {
    goto: String,
}

async fn greet(way: &Way, jar: &mut Jar) -> Result<Greeting, Problem> {
    let mut url = way.places.alex("/authenticate");
    let target = way.places.page().as_str().trim_end_matches('/').to_owned();
    url.query_pairs_mut().append_pair("target", &target);
    let page = way.follow("authenticate", jar, url).await?;
    match (&page.goto, page.status) {
        (Some(goto), 200) => Ok(Greeting { goto: goto.clone() }),
        (None, 200) => Err(changed("authenticate", "no goto")),
        _ => Err(page.changed()),
    }
}

/// Shows the password; the session's token.
async fn prove(
    way: &Way,
    jar: &mut Jar,
    secrets: &Secrets,
    greeting: Greeting,
) -> Result<String, Problem> {
    let mut url = way.places.account("/auth/json/authenticate");
    url.query_pairs_mut()
        .append_pair("realm", "/enedis")
        .append_pair("goto", &greeting.goto);
    let asked = way.post("sign-in", jar, &url, None).await?;
    let form = known(&asked, secrets)?;
    let answer = way.post("password", jar, &url, Some(form)).await?;
    let success = admitted(&answer)?;
    let next = url
        .join(&success.success_url)
        .map_err(|_| changed("password", "successUrl"))?;
    if !way.places.admits(&next) {
        return Err(changed("password", "another host"));
    }
    let token = success.token_id;
    let domain = way.places.domain().to_owned();
    jar.put(&domain, "enedisExt", &token);
    let landed = way.follow("welcome", jar, next).await?;
    if landed.is_html() && landed.wants_terms() {
        return Err(Problem::TermsToAccept);
    }
    Ok(token)
}

/// The form with the password in it, if it is we whom the cookie has named.
fn known(asked: &Page, secrets: &Secrets) -> Result<String, Problem> {
    if asked.is_html() && asked.wants_terms() {
        return Err(Problem::TermsToAccept);
    }
    let Ok(mut form) = serde_json::from_slice::<Value>(&asked.body) else {
        let captcha = asked.wants_captcha();
        return Err(if captcha {
            Problem::PortalCaptcha
        } else {
            asked.changed()
        });
    };
    let named = callback(&mut form, "NameCallback").map(|input| input["value"].clone());
    let named = named.as_ref().and_then(Value::as_str);
    let login = secrets.login.expose_secret().trim();
    match named {
        Some(named) if named.trim().eq_ignore_ascii_case(login) => {}
        Some(_) => return Err(Problem::PortalCookie),
        None if asked.wants_captcha() => return Err(Problem::PortalCaptcha),
        None => return Err(changed("sign-in", "no name")),
    }
    if asked.wants_captcha() {
        return Err(Problem::PortalCaptcha);
    }
    let password = callback(&mut form, "PasswordCallback");
    let password = password.ok_or_else(|| changed("sign-in", "no password"))?;
    password["value"] = secrets.password.expose_secret().into();
    Ok(form.to_string())
}

/// The input of the first question of a type.
fn callback<'a>(form: &'a mut Value, kind: &str) -> Option<&'a mut Value> {
    let asked = form["callbacks"].as_array_mut()?;
    let found = asked.iter_mut().find(|one| one["type"] == kind)?;
    found["input"].as_array_mut()?.first_mut()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Success {
    token_id: String,
    success_url: String,
}

fn admitted(answer: &Page) -> Result<Success, Problem> {
    if let Ok(success) = serde_json::from_slice(&answer.body) {
        return Ok(success);
    }
    let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let message = said["message"].as_str().unwrap_or_default();
    match answer.status {
        401 if message.contains("timed out") => Err(Problem::PortalSession),
        401 => Err(Problem::PortalLogin),
        _ if answer.wants_captcha() => Err(Problem::PortalCaptcha),
        _ if answer.wants_terms() => Err(Problem::TermsToAccept),
        // The same question once more.
        200 if answer_asks_again(&said) => Err(Problem::PortalLogin),
        _ => Err(answer.changed()),
    }
}

fn answer_asks_again(said: &Value) -> bool {
    let asked = said["callbacks"].as_array();
    asked.is_some_and(|asked| asked.iter().any(|one| one["type"] == "PasswordCallback"))
}

/// Shows the session to the pages' own interface.
async fn enter(way: &Way, jar: &mut Jar) -> Result<(), Problem> {
    let mut url = way.places.alex("/authenticate");
    let hub = way.places.hub().as_str().to_owned();
    url.query_pairs_mut().append_pair("target", &hub);
    let page = way.get("hub", jar, &url).await?;
    match page.status {
        _ if page.is_html() && page.wants_terms() => Err(Problem::TermsToAccept),
        // 307 to the page; a login page instead means that we are not known.
        307 | 200 => Ok(()),
        301 | 302 | 303 | 401 => Err(Problem::PortalSession),
        _ => Err(page.changed()),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    cn_alex: Value,
    id_personne: Value,
}

async fn person(way: &Way, jar: &mut Jar) -> Result<String, Problem> {
    let url = way.places.alex("/mon-compte/api/private/v2/userinfos");
    let page = way.get("userinfos", jar, &url).await?;
    let person: Person = read(&page)?;
    let (alex, number) = (word(&person.cn_alex), word(&person.id_personne));
    let (Some(alex), Some(number)) = (alex, number) else {
        return Err(changed("userinfos", "no number"));
    };
    let domain = way.places.domain().to_owned();
    jar.put(&domain, &format!("personne_for_{alex}"), &number);
    Ok(number)
}

/// A text that may stand in a cookie and in an address.
fn word(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (!text.is_empty() && text.len() <= 100 && text.chars().all(plain)).then_some(text)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Prm {
    id_prm: Value,
}

async fn usage_points(way: &Way, jar: &mut Jar, person: &str) -> Result<Vec<UsagePoint>, Problem> {
    let path = format!("/mes-prms-part/api/private/v2/personnes/{person}/prms");
    let page = way.get("prms", jar, &way.places.alex(&path)).await?;
    let prms: Vec<Prm> = read(&page)?;
    let points = prms
        .iter()
        .filter_map(|prm| word(&prm.id_prm)?.parse().ok());
    Ok(points.collect())
}

/// A JSON answer of the pages' own interface.
pub(super) fn read<T: serde::de::DeserializeOwned>(page: &Page) -> Result<T, Problem> {
    refused(page)?;
    serde_json::from_slice(&page.body).map_err(|_| changed(page.label, "unexpected answer"))
}

/// Why there is no answer, if there is none.
pub(super) fn refused(page: &Page) -> Result<(), Problem> {
    match page.status {
        _ if page.leads_away => Err(Problem::PortalSession),
        _ if page.is_html() && page.wants_terms() => Err(Problem::TermsToAccept),
        200 if page.is_html() => Err(changed(page.label, "a page")),
        200 => Ok(()),
        401 => Err(Problem::PortalSession),
        403 if page.is_html() => Err(Problem::AddressBlocked),
        _ => Err(page.changed()),
    }
}
