//! `account add --browser`: a person signs in in a browser of their own machine;
//! the long-lived cookie that this leaves is what the box needs.

use collector::portal::{COOKIE, Secrets};
use jiff::SignedDuration;
use secrecy::SecretString;
use url::Url;

use super::questions;
use super::webdriver::Browser;
use crate::{App, Exit, Failure, Said, World};

/// How long a person has for it.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// How often the browser is asked whether it is done.
const EVERY: SignedDuration = SignedDuration::from_millis(500);

/// Asks for address and password, which the box needs each time, and takes the
/// cookie from the browser.
pub(super) async fn ask(app: &App, page: &Url, world: &mut World<'_>) -> Result<Secrets, Failure> {
    let (login, password) = questions::login(app, world)?;
    let browser = Browser::open(world).await.map_err(|error| {
        let said = Said::new("account-browser").cause(&error);
        Failure::new(Exit::Source, said).hint(Said::new("account-browser-do"))
    })?;
    writeln!(world.err, "{}", app.words.t("account-browser-open"))?;
    let cookie = wait(&browser, page, world).await;
    browser.close().await;
    Ok(Secrets {
        login,
        password,
        cookie: cookie?,
    })
}

/// Waits until the person is in: the cookie is there, and the page is no longer
/// one in which one signs in.
async fn wait(browser: &Browser, page: &Url, world: &World<'_>) -> Result<SecretString, Failure> {
    let told = |error: std::io::Error| {
        let said = Said::new("account-browser").cause(&error);
        Failure::new(Exit::Source, said).hint(Said::new("account-browser-do"))
    };
    browser.go(page).await.map_err(told)?;
    let end = world.clock.now() + PATIENCE;
    while world.clock.now() < end {
        world.clock.sleep(EVERY).await;
        let at = browser.page().await.map_err(told)?;
        let cookie = browser.cookie(COOKIE).await.map_err(told)?;
        match cookie {
            Some(cookie) if !at.contains("/auth/") => return Ok(SecretString::from(cookie)),
            _ => {}
        }
    }
    Err(
        Failure::new(Exit::Source, Said::new("account-browser-late"))
            .hint(Said::new("account-browser-late-do")),
    )
}
