//! A consent that waits for a person: its link and code go into Domoticz' log,
//! once each, where people look for them.

use ledger::NoticeKind;
use service::tr;

use super::problem::Problem;
use super::session::{Fault, Visit};

/// Writes what waits and was not written yet.
pub(super) async fn tell(visit: &Visit<'_>) -> Result<(), Fault> {
    let notices = visit.ledger(|store| store.notices()).await?;
    let way = format!("domoticz/{}", visit.domoticz.name);
    for notice in notices {
        let (NoticeKind::ConsentWaiting, Some(link)) = (notice.kind, &notice.link) else {
            continue;
        };
        let code = notice.code.clone().unwrap_or_default();
        let what = format!("consent-waiting/{link}/{code}");
        let (asked, by) = (what.clone(), way.clone());
        if visit
            .ledger(move |store| store.told_at(&asked, &by))
            .await?
            .is_some()
        {
            continue;
        }
        let args = [("link", link.as_str()), ("code", code.as_str())];
        let text = tr(visit.context.lang, "domoticz-log-consent", &args);
        match visit
            .api
            .command("addlogmessage", &[("message", &text), ("level", "4")])
            .await
        {
            // Versions that do not take it show the link nowhere.
            Ok(_) | Err(Problem::UnknownCommand(_) | Problem::Refused(_)) => {}
            Err(problem) => return Err(problem.into()),
        }
        let (by, now) = (way.clone(), visit.now);
        visit
            .ledger(move |store| store.set_told(&what, &by, now))
            .await?;
    }
    Ok(())
}
