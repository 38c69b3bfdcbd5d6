//! Signing in to an account, with secrets that are tried or kept.

use collector::portal::Secrets;
use enedis::Problem;
use meter::UsagePoint;
use service::{Lang, SharedClock};

use super::{Named, accounts};
use crate::config::Settings;
use crate::session::sources::portal;
use crate::{Exit, Failure, Said};

/// Keeps the secrets of an account and signs in with them; those that are
/// refused do not stay in the place of others. The account's usage points.
pub(crate) async fn try_secrets(
    settings: &Settings,
    named: &Named,
    secrets: &Secrets,
    (clock, lang): (&SharedClock, Lang),
) -> Result<Vec<UsagePoint>, Failure> {
    let shown = show_secrets(settings, named, secrets, (clock, lang)).await?;
    shown.map_err(refused(lang))
}

/// The same, with what the portal says of them as it is.
pub(crate) async fn show_secrets(
    settings: &Settings,
    named: &Named,
    secrets: &Secrets,
    (clock, lang): (&SharedClock, Lang),
) -> Result<Result<Vec<UsagePoint>, Problem>, Failure> {
    let accounts = accounts(settings);
    let before = accounts.read(&named.name).ok().flatten();
    let refused = refused(lang);
    accounts.write(&named.name, secrets).map_err(&refused)?;
    let source = named.source.as_deref().unwrap_or(&named.name);
    let portal = portal(settings, source, &named.access, clock)?;
    match portal.test().await {
        Ok(points) => Ok(Ok(points)),
        Err(problem) => {
            if is_of_the_secrets(&problem) {
                let undone = match &before {
                    Some(before) => accounts.write(&named.name, before),
                    None => accounts.forget(&named.name),
                };
                undone.map_err(&refused)?;
            }
            Ok(Err(problem))
        }
    }
}

fn is_of_the_secrets(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::PortalLogin | Problem::PortalCaptcha | Problem::PortalCookie
    )
}

/// Signs in once, with the secrets that are kept; the account's usage points.
pub(crate) async fn sign_in_to(
    settings: &Settings,
    named: &Named,
    (clock, lang): (&SharedClock, Lang),
) -> Result<Vec<UsagePoint>, Failure> {
    let source = named.source.as_deref().unwrap_or(&named.name);
    let portal = portal(settings, source, &named.access, clock)?;
    portal.test().await.map_err(refused(lang))
}

/// A problem with its advice, in the reader's language.
pub(crate) fn refused(lang: Lang) -> impl Fn(Problem) -> Failure {
    move |problem| {
        let exit = match &problem {
            Problem::PortalFile { .. } => Exit::Data,
            Problem::PortalAccount => Exit::Configuration,
            _ => Exit::Source,
        };
        let said = Said::new("account-refused")
            .with("what", crate::view::inside(&problem.explanation(lang)));
        Failure::new(exit, said)
            .hint(Said::new("account-advice").with("what", problem.advice(lang)))
    }
}
