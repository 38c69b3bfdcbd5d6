//! A clock that is wrong by so much that requests leave for wrong days is told,
//! for as long as the answers show it.

use jiff::Timestamp;
use ledger::{Concerned, LedgerError, Notice, NoticeKind, Store};
use service::dates::Shown;

/// Whom the notice concerns: this program on this machine, not a source.
pub const OURSELVES: &str = "releve";

/// Sets or clears the notice by what a round of answers has shown.
pub fn tell(store: &mut Store, shown: Shown, now: Timestamp) -> Result<(), LedgerError> {
    let concerned = Concerned::source(OURSELVES);
    if !shown.is_wrong() {
        return store.clear_notice(&concerned, &[NoticeKind::WrongClock]);
    }
    let notice = Notice::new(concerned, NoticeKind::WrongClock, now);
    store.set_notice(&match shown {
        Shown::Ahead(by) => notice.detail(by.as_secs().to_string()),
        Shown::InDoubt => notice,
    })
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use ledger::Access;

    use super::*;

    #[test]
    fn it_is_told_with_its_sign_and_taken_back_once_the_clock_is_right() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("a.db"), Access::Write).unwrap();
        let now = "2026-11-21T11:00:00Z".parse().unwrap();
        let mut told = |shown| {
            tell(&mut store, shown, now).unwrap();
            let notices = store.notices().unwrap();
            notices.into_iter().next().map(|notice| notice.detail)
        };
        let ahead = |minutes| Shown::Ahead(SignedDuration::from_mins(minutes));
        assert_eq!(told(ahead(59)), None);
        assert_eq!(told(ahead(-60)), Some(Some("-3600".to_owned())));
        assert_eq!(told(Shown::InDoubt), Some(None));
        assert_eq!(told(ahead(0)), None);
    }
}
