//! Device flows: each change of state is one conditional `UPDATE` with its audit
//! row beside it.

use grant::Scopes;
use grant::server::{Failure, Flow, State};
use jiff::Timestamp;

use super::{Row, StoreError, Tx, Value, places};
use crate::audit::{self, Entry, Event};

/// A flow as it stands in its row.
#[derive(Debug, Clone)]
pub struct FlowRow {
    /// Its identifier.
    pub id: Vec<u8>,
    /// The application.
    pub client: String,
    /// What the box asked for.
    pub asked: Scopes,
    /// Its state and times.
    pub flow: Flow,
    /// The hash of the box' line.
    pub line_hash: Vec<u8>,
    /// The network of the box, truncated.
    pub network: String,
    /// What the box calls itself.
    pub agent: String,
    /// The browser that confirmed it.
    pub browser_hash: Option<Vec<u8>>,
    /// The network of that browser, truncated.
    pub browser_network: Option<String>,
    /// What that browser calls itself.
    pub browser_agent: Option<String>,
    /// When the person confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// What the person agreed to.
    pub chosen: Option<Scopes>,
    /// For how long.
    pub duration: Option<String>,
    /// What the callback brought, sealed.
    pub value_sealed: Option<Vec<u8>>,
    /// The data key, wrapped.
    pub dek: Option<Vec<u8>>,
    /// What Enedis said, sealed.
    pub finding: Option<Vec<u8>>,
    /// How often Enedis was asked.
    pub attempts: i64,
    /// Why a further proof is asked for.
    pub challenge: Option<String>,
    /// The days whose consumption is asked.
    pub challenge_days: Option<String>,
    /// The consent whose refresh token the box showed.
    pub previous: Option<Vec<u8>>,
    /// When the browser came back.
    pub back_at: Option<Timestamp>,
    /// When the browser left last.
    pub left_at: Option<Timestamp>,
}

/// A flow that begins.
pub struct NewFlow<'a> {
    /// Its identifier.
    pub id: &'a [u8],
    /// The hash of its device code.
    pub device_hash: Vec<u8>,
    /// The hash of its user code.
    pub user_hash: Vec<u8>,
    /// The application.
    pub client: &'a str,
    /// What it asks for.
    pub asked: Scopes,
    /// Its times.
    pub flow: &'a Flow,
    /// The hash of the box' line.
    pub line_hash: &'a [u8],
    /// Its network, truncated.
    pub network: &'a str,
    /// What the box calls itself.
    pub agent: &'a str,
    /// The consent whose refresh token the box showed.
    pub previous: Option<Vec<u8>>,
}

const COLUMNS: &str =
    "id, client, asked, state, created, expires, poll_interval, last_poll, left_at,
    back_at, resolved_at, approved_at, redeemed_first, redeemed_at, failure, line_hash, network,
    agent, browser_hash, browser_network, browser_agent, confirmed_at, chosen, duration,
    value_sealed, dek, finding, attempts, challenge, challenge_days, previous";

/// Begins a flow; false when a code of it is in use.
pub async fn insert(tx: &mut dyn Tx, new: NewFlow<'_>) -> Result<bool, StoreError> {
    let sql =
        "INSERT INTO flow (id, device_hash, user_hash, client, asked, state, is_open, created,
                 expires, poll_interval, line_hash, network, agent, previous)
               VALUES ($1, $2, $3, $4, $5, 'pending', 1, $6, $7, $8, $9, $10, $11, $12)
               ON CONFLICT DO NOTHING";
    let values = vec![
        new.id.into(),
        new.device_hash.into(),
        new.user_hash.into(),
        new.client.into(),
        new.asked.to_string().into(),
        new.flow.created.into(),
        new.flow.expires.into(),
        new.flow.interval.into(),
        new.line_hash.into(),
        new.network.into(),
        new.agent.into(),
        new.previous.into(),
    ];
    if tx.execute(sql, values).await? == 0 {
        return Ok(false);
    }
    let entry = Entry {
        client: Some(new.client),
        flow: Some(new.id),
        network: Some(new.network),
        ..Entry::default()
    };
    audit::record(tx, Event::FlowStarted, entry).await?;
    Ok(true)
}

/// The flow of a device code.
pub async fn by_device_code(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Option<FlowRow>, StoreError> {
    one_of(tx, "device_hash", hashes, "").await
}

/// The flow whose user code is in use.
pub async fn by_user_code(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Option<FlowRow>, StoreError> {
    one_of(tx, "user_hash", hashes, "AND is_open = 1").await
}

/// Whether that user code was somebody's and has run out within the day.
pub async fn has_run_out(tx: &mut dyn Tx, hashes: Vec<Vec<u8>>) -> Result<bool, StoreError> {
    let places = places(1, hashes.len());
    let sql =
        format!("SELECT count(*) FROM flow WHERE user_hash IN ({places}) AND state = 'expired'");
    let values = hashes.into_iter().map(Value::from).collect();
    let rows = tx.query(&sql, values).await?;
    let row = rows.first().ok_or(StoreError::Corrupt("no count"))?;
    Ok(row.int(0)? > 0)
}

/// The flow of that identifier.
pub async fn by_id(tx: &mut dyn Tx, id: &[u8]) -> Result<Option<FlowRow>, StoreError> {
    one_of(tx, "id", vec![id.to_vec()], "").await
}

/// The newest flow that a browser confirmed.
pub async fn newest_of_browser(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Option<FlowRow>, StoreError> {
    let order = "ORDER BY confirmed_at DESC, created DESC LIMIT 1";
    one_of(tx, "browser_hash", hashes, order).await
}

async fn one_of(
    tx: &mut dyn Tx,
    column: &str,
    hashes: Vec<Vec<u8>>,
    rest: &str,
) -> Result<Option<FlowRow>, StoreError> {
    let places = places(1, hashes.len());
    let sql = format!("SELECT {COLUMNS} FROM flow WHERE {column} IN ({places}) {rest}");
    let values = hashes.into_iter().map(Value::from).collect();
    let rows = tx.lock(&sql, values).await?;
    rows.first().map(FlowRow::read).transpose()
}

/// Open flows of an application, and of a line.
pub async fn open_flows(
    tx: &mut dyn Tx,
    client: &str,
    line_hashes: Vec<Vec<u8>>,
) -> Result<(i64, i64), StoreError> {
    let now = tx.now();
    let sql = "SELECT count(*) FROM flow WHERE client = $1 AND is_open = 1 AND expires > $2";
    let of_client = tx.query(sql, vec![client.into(), now.into()]).await?;
    let places = places(2, line_hashes.len());
    let sql = format!(
        "SELECT count(*) FROM flow WHERE expires > $1 AND is_open = 1 AND line_hash IN ({places})"
    );
    let mut values = vec![now.into()];
    values.extend(line_hashes.into_iter().map(Value::from));
    let of_line = tx.query(&sql, values).await?;
    let number = |rows: Vec<Row>| rows.first().map_or(Ok(0), |row| row.int(0));
    Ok((number(of_client)?, number(of_line)?))
}

/// Keeps the book of polls; the state stays.
pub async fn save_poll(tx: &mut dyn Tx, row: &FlowRow, flow: &Flow) -> Result<(), StoreError> {
    let sql = "UPDATE flow SET poll_interval = $1, last_poll = $2 WHERE id = $3 AND state = $4";
    let values = vec![
        flow.interval.into(),
        flow.last_poll.into(),
        row.id.as_slice().into(),
        row.flow.state.name().as_str().into(),
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// Moves a flow from the state it was read in to the next, with its audit row.
/// False when another was faster.
pub async fn advance(
    tx: &mut dyn Tx,
    row: &FlowRow,
    flow: &Flow,
    detail: Option<&str>,
) -> Result<bool, StoreError> {
    let times = Times::of(&flow.state);
    let sql = "UPDATE flow SET state = $1, is_open = $2, expires = $3, poll_interval = $4,
                 last_poll = $5, left_at = coalesce($6, left_at), back_at = coalesce($7, back_at),
                 resolved_at = $8, approved_at = coalesce($9, approved_at),
                 redeemed_first = coalesce($10, redeemed_first),
                 redeemed_at = coalesce($11, redeemed_at), failure = $12
               WHERE id = $13 AND state = $14";
    let values = vec![
        flow.state.name().as_str().into(),
        flow.is_open().into(),
        flow.expires.into(),
        flow.interval.into(),
        flow.last_poll.into(),
        times.left.into(),
        times.back.into(),
        times.resolved.into(),
        times.approved.into(),
        times.first.into(),
        times.redeemed.into(),
        times.failure.map(Failure::as_str).into(),
        row.id.as_slice().into(),
        row.flow.state.name().as_str().into(),
    ];
    if tx.execute(sql, values).await? == 0 {
        return Ok(false);
    }
    if let Some(event) = Event::of_state(flow.state.name()) {
        let failure = times.failure.map(Failure::as_str);
        let entry = Entry {
            client: Some(&row.client),
            flow: Some(&row.id),
            network: row.browser_network.as_deref(),
            detail: detail.or(failure),
            ..Entry::default()
        };
        audit::record(tx, event, entry).await?;
    }
    Ok(true)
}

/// The instants that a state carries.
#[derive(Default)]
struct Times {
    left: Option<Timestamp>,
    back: Option<Timestamp>,
    resolved: Option<Timestamp>,
    approved: Option<Timestamp>,
    first: Option<Timestamp>,
    redeemed: Option<Timestamp>,
    failure: Option<Failure>,
}

impl Times {
    fn of(state: &State) -> Self {
        let mut times = Self::default();
        match *state {
            State::AtEnedis { left } | State::Challenged { left } => times.left = Some(left),
            State::Returned { left, back } => {
                (times.left, times.back) = (Some(left), Some(back));
            }
            State::Resolving { left, resolved } => {
                (times.left, times.resolved) = (Some(left), resolved);
            }
            State::Approved { at } => times.approved = Some(at),
            State::Redeemed { at, first } => {
                (times.redeemed, times.first) = (Some(at), Some(first));
            }
            State::Failed(failure) => times.failure = Some(failure),
            State::Pending | State::Confirmed | State::Denied | State::Expired => {}
        }
        times
    }
}

impl FlowRow {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let bytes = |at| -> Result<_, StoreError> { Ok(row.opt_bytes(at)?.map(<[u8]>::to_vec)) };
        let text = |at| -> Result<_, StoreError> { Ok(row.opt_text(at)?.map(str::to_owned)) };
        Ok(Self {
            id: row.bytes(0)?.to_vec(),
            client: row.text(1)?.to_owned(),
            asked: Scopes::parse(row.text(2)?),
            flow: Flow {
                state: read_state(row)?,
                created: row.instant(4)?,
                expires: row.instant(5)?,
                interval: row.int(6)?,
                last_poll: row.opt_instant(7)?,
            },
            left_at: row.opt_instant(8)?,
            back_at: row.opt_instant(9)?,
            line_hash: row.bytes(15)?.to_vec(),
            network: row.text(16)?.to_owned(),
            agent: row.text(17)?.to_owned(),
            browser_hash: bytes(18)?,
            browser_network: text(19)?,
            browser_agent: text(20)?,
            confirmed_at: row.opt_instant(21)?,
            chosen: row.opt_text(22)?.map(Scopes::parse),
            duration: text(23)?,
            value_sealed: bytes(24)?,
            dek: bytes(25)?,
            finding: bytes(26)?,
            attempts: row.int(27)?,
            challenge: text(28)?,
            challenge_days: text(29)?,
            previous: bytes(30)?,
        })
    }
}

fn read_state(row: &Row) -> Result<State, StoreError> {
    let left = || row.instant(8);
    Ok(match row.text(3)? {
        "pending" => State::Pending,
        "confirmed" => State::Confirmed,
        "at_enedis" => State::AtEnedis { left: left()? },
        "returned" => State::Returned {
            left: left()?,
            back: row.instant(9)?,
        },
        "resolving" => State::Resolving {
            left: left()?,
            resolved: row.opt_instant(10)?,
        },
        "challenged" => State::Challenged { left: left()? },
        "approved" => State::Approved {
            at: row.instant(11)?,
        },
        "redeemed" => State::Redeemed {
            first: row.instant(12)?,
            at: row.instant(13)?,
        },
        "denied" => State::Denied,
        "expired" => State::Expired,
        "failed" => State::Failed(read_failure(row.text(14)?)?),
        _ => return Err(StoreError::Corrupt("an unknown state")),
    })
}

fn read_failure(word: &str) -> Result<Failure, StoreError> {
    let known = Failure::ALL.into_iter().find(|why| why.as_str() == word);
    known.ok_or(StoreError::Corrupt("an unknown failure"))
}

/// Marks open flows whose time is over; how many there were.
pub async fn expire(tx: &mut dyn Tx) -> Result<usize, StoreError> {
    let now = tx.now();
    let sql = format!(
        "SELECT {COLUMNS} FROM flow WHERE is_open = 1 AND expires <= $1 ORDER BY expires LIMIT 200"
    );
    let rows = tx.lock(&sql, vec![now.into()]).await?;
    let mut expired = 0;
    for row in &rows {
        let row = FlowRow::read(row)?;
        if let Ok(flow) = row.flow.clone().expire(now)
            && advance(tx, &row, &flow, None).await?
        {
            expired += 1;
        }
    }
    Ok(expired)
}

/// Removes flows that ended more than a day ago (until then `expired_token` can
/// be told from an unknown code).
pub async fn sweep(tx: &mut dyn Tx) -> Result<u64, StoreError> {
    let now = tx.now();
    let day_ago = now - jiff::SignedDuration::from_hours(24);
    let sql = "DELETE FROM claim WHERE status <> 'won' AND flow IN
                 (SELECT id FROM flow WHERE is_open = 0 AND expires <= $1)";
    tx.execute(sql, vec![day_ago.into()]).await?;
    let sql = "DELETE FROM departure WHERE flow IN
                 (SELECT id FROM flow WHERE is_open = 0 AND expires <= $1)";
    tx.execute(sql, vec![day_ago.into()]).await?;
    let sql = "DELETE FROM flow WHERE is_open = 0 AND expires <= $1";
    tx.execute(sql, vec![day_ago.into()]).await
}
