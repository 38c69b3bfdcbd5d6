//! What happened, row by row: written in the transaction of the change itself,
//! chained by a task just after.

pub mod chain;

use grant::server::StateName;
use jiff::Timestamp;

use crate::store::{StoreError, Tx, Write};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A box began a flow.
    FlowStarted,
    /// Somebody typed a code that is nobody's.
    CodeWrong,
    /// A person said that the box is theirs.
    Confirmed,
    /// Their browser left for Enedis.
    SentToEnedis,
    /// A callback came.
    Callback,
    /// A callback was turned away.
    CallbackRefused,
    /// Enedis named the usage point.
    Resolved,
    /// A number or usage point is claimed by more than one, or known already.
    ClaimConflict,
    /// A further proof was given.
    ChallengePassed,
    /// A further proof was wrong.
    ChallengeFailed,
    /// The consent is proved.
    Approved,
    /// The person refused.
    Denied,
    /// The flow failed.
    Failed,
    /// The codes ran out.
    Expired,
    /// The box fetched its tokens.
    Redeemed,
    /// The box fetched them once more: the first answer was lost.
    Redelivered,
    /// A device code came after its tokens were used.
    CodeReplayed,
    /// A pair of tokens was replaced.
    Refreshed,
    /// The same, after a lost answer.
    RefreshRecovered,
    /// A replaced token came back; the family is dead.
    RefreshReplay,
    /// A dead token was refused.
    RefreshRefused,
    /// Enedis refused a consent once; a second refusal a day later ends it.
    Doubted,
    /// A good answer of Enedis lifted that doubt.
    DoubtLifted,
    /// A consent was withdrawn.
    Revoked,
    /// A consent came to its end.
    ConsentEnded,
    /// The holder exported their data.
    Exported,
    /// Data was destroyed with its key.
    Deleted,
    /// Too many unknown callback values: resolution rests.
    EnumerationAlarm,
    /// Readings were handed out; counted per day.
    DataServed,
    /// An operator did something.
    AdminAction,
    /// Too many consents fail at once: none is believed to be withdrawn.
    MassGuardOn,
    /// The end of that.
    MassGuardOff,
}

impl Event {
    /// The word in a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FlowStarted => "flow_started",
            Self::CodeWrong => "code_wrong",
            Self::Confirmed => "confirmed",
            Self::SentToEnedis => "sent_to_enedis",
            Self::Callback => "callback",
            Self::CallbackRefused => "callback_refused",
            Self::Resolved => "resolved",
            Self::ClaimConflict => "claim_conflict",
            Self::ChallengePassed => "challenge_passed",
            Self::ChallengeFailed => "challenge_failed",
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Redeemed => "redeemed",
            Self::Redelivered => "redelivered",
            Self::CodeReplayed => "code_replayed",
            Self::Refreshed => "refreshed",
            Self::RefreshRecovered => "refresh_recovered",
            Self::RefreshReplay => "refresh_replay",
            Self::RefreshRefused => "refresh_refused",
            Self::Doubted => "doubted",
            Self::DoubtLifted => "doubt_lifted",
            Self::Revoked => "revoked",
            Self::ConsentEnded => "consent_ended",
            Self::Exported => "exported",
            Self::Deleted => "deleted",
            Self::EnumerationAlarm => "enumeration_alarm",
            Self::DataServed => "data_served",
            Self::AdminAction => "admin_action",
            Self::MassGuardOn => "mass_guard_on",
            Self::MassGuardOff => "mass_guard_off",
        }
    }

    /// The event that leads into a state, where there is one for it alone.
    pub fn of_state(state: StateName) -> Option<Self> {
        Some(match state {
            StateName::Confirmed => Self::Confirmed,
            StateName::AtEnedis => Self::SentToEnedis,
            StateName::Returned => Self::Callback,
            StateName::Challenged => Self::ClaimConflict,
            StateName::Approved => Self::Approved,
            StateName::Denied => Self::Denied,
            StateName::Failed => Self::Failed,
            StateName::Expired => Self::Expired,
            StateName::Pending | StateName::Resolving | StateName::Redeemed => return None,
        })
    }
}

/// A row to be written: what happened, to whom. Never a token, never a whole
/// address, never a usage point.
#[derive(Debug, Clone, Default)]
pub struct Entry<'a> {
    /// The application.
    pub client: Option<&'a str>,
    /// The flow.
    pub flow: Option<&'a [u8]>,
    /// The consent.
    pub consent: Option<&'a [u8]>,
    /// The hash of a usage point or of a callback's number.
    pub subject: Option<&'a [u8]>,
    /// The network, truncated.
    pub network: Option<&'a str>,
    /// More, in our own words.
    pub detail: Option<&'a str>,
}

/// Writes a row in the transaction of what happened.
pub async fn record(tx: &mut dyn Tx, event: Event, entry: Entry<'_>) -> Result<(), StoreError> {
    let write = entry.write(tx.now(), event);
    tx.execute_all(vec![write]).await.map(|_| ())
}

impl Entry<'_> {
    /// The row, to be written with others.
    pub fn write(self, now: Timestamp, event: Event) -> Write {
        let sql =
            "INSERT INTO audit (at, event, client, flow, consent, subject_hash, network, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = vec![
            now.into(),
            event.as_str().into(),
            self.client.into(),
            self.flow.into(),
            self.consent.into(),
            self.subject.into(),
            self.network.into(),
            self.detail.into(),
        ];
        Write::new(sql, values).of(event)
    }
}
