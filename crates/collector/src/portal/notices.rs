//! What stands about the account, told to people in the ledger.

use enedis::Problem;
use ledger::{Concerned, Notice, NoticeKind};

use super::Portal;

impl Portal {
    /// Writes what stands, where there is a ledger to write into: what is wrong
    /// with the account, or nothing.
    pub(super) async fn tell(&self, problem: Option<&Problem>) {
        let Some(ledger) = &self.ledger else { return };
        let concerned = Concerned::source(&self.name);
        let now = self.way.now();
        let notice = match problem {
            None => None,
            Some(problem) => match kind(problem) {
                Some((kind, detail)) => {
                    let notice = Notice::new(concerned.clone(), kind, now);
                    Some(match detail {
                        Some(detail) => notice.detail(detail),
                        None => notice,
                    })
                }
                // It says nothing about the account.
                None => return,
            },
        };
        let told = ledger.call(move |store| match &notice {
            Some(notice) => store.set_notice(notice),
            None => store.clear_notice(&concerned, &NoticeKind::PORTAL),
        });
        if let Err(error) = told.await {
            tracing::warn!(%error, "what stands about the account was not written");
        }
    }
}

fn kind(problem: &Problem) -> Option<(NoticeKind, Option<String>)> {
    Some(match problem {
        Problem::PortalLogin => (NoticeKind::PortalLogin, None),
        Problem::PortalCaptcha => (NoticeKind::PortalCaptcha, None),
        Problem::PortalCookie => (NoticeKind::PortalCookie, None),
        Problem::TermsToAccept => (NoticeKind::PortalTerms, None),
        Problem::PortalChanged { detail } => (NoticeKind::PortalChanged, Some(detail.clone())),
        _ => return None,
    })
}
