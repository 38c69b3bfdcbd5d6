//! Grants as a gateway that has served for a while holds them: a consent with
//! its proof, its usage point, a family in its second generation; and boxes
//! whose people have not come yet. Written through the gateway's own store.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use gateway::keys::{KeySet, Keys, Purpose};
use gateway::random::{Draw, SharedRandom, SystemRandomness};
use gateway::store::clients::ClientRow;
use gateway::store::consents::{NewConsent, PointRow};
use gateway::store::flows::NewFlow;
use gateway::store::tokens::Pair;
use gateway::store::{Postgres, Sqlite, Store, StoreError, Tx, clients, consents, flows, tokens};
use grant::Scopes;
use grant::server::{Flow, Token, TokenKind};
use jiff::SignedDuration;
use service::SystemClock;

use crate::{Arguments, Outcome};

/// The application that all of them use.
const CLIENT: &str = "bench";
/// Grants in a transaction.
const STEP: usize = 500;

struct Seed {
    store: Store,
    keys: Keys,
    random: SharedRandom,
}

/// Writes the rows, and the codes and tokens that go with them.
pub async fn run(arguments: &Arguments) -> Outcome<()> {
    let data = Path::new(arguments.word(1)?);
    let out = Path::new(arguments.named("out").ok_or("--out is missing")?);
    std::fs::create_dir_all(data)?;
    let random: SharedRandom = Arc::new(SystemRandomness::new());
    let keys = Keys::new(KeySet::read_or_make(&data.join("keys"), &*random)?);
    let store = match arguments.named("postgres") {
        Some(url) => Store::new(Postgres::open(url, 2).await?),
        None => Store::new(Sqlite::open(
            &data.join("gateway.db"),
            Arc::new(SystemClock),
        )?),
    };
    let seed = Arc::new(Seed {
        store,
        keys,
        random,
    });
    seed.store
        .transact(|tx| {
            Box::pin(async move {
                let client = ClientRow::public(CLIENT, "Bench");
                clients::add(tx, &client).await.map(|_| ())
            })
        })
        .await?;
    let grants = seed
        .write(arguments.number("grants", 100_000)?, grant)
        .await?;
    std::fs::write(out.join("refreshes"), grants)?;
    let codes = seed.write(arguments.number("codes", 4000)?, code).await?;
    Ok(std::fs::write(out.join("polls"), codes)?)
}

type Writer = for<'t> fn(
    &'t Seed,
    &'t mut dyn Tx,
    &'t Token,
) -> gateway::store::BoxFuture<'t, Result<(), StoreError>>;

impl Seed {
    /// Draws that many tokens, writes what belongs to each, and gives them line by line.
    async fn write(
        self: &Arc<Self>,
        count: usize,
        writer: fn() -> (TokenKind, Writer),
    ) -> Outcome<String> {
        let (kind, writer) = writer();
        let mut lines = String::new();
        for begun in (0..count).step_by(STEP) {
            let drawn = (begun..count.min(begun + STEP)).map(|_| self.random.token(kind));
            let drawn: Arc<[Token]> = drawn.collect::<Result<_, _>>()?;
            for token in &*drawn {
                writeln!(lines, "{}", token.reveal())?;
            }
            let seed = self.clone();
            self.store
                .transact(move |tx| {
                    let (seed, drawn) = (seed.clone(), drawn.clone());
                    Box::pin(async move {
                        for token in &*drawn {
                            writer(&seed, tx, token).await?;
                        }
                        Ok(())
                    })
                })
                .await?;
        }
        Ok(lines)
    }

    fn hash(&self, token: &Token) -> Vec<u8> {
        self.keys.hash(Purpose::Token, token.secret())
    }

    /// A box that begins; `device` is what it polls with.
    async fn begin(&self, tx: &mut dyn Tx, id: &[u8], device: &Token) -> Result<(), StoreError> {
        let user = self.random.user_code()?;
        let line: [u8; 4] = self.random.bytes()?;
        let flow = Flow::begin(tx.now(), SignedDuration::from_hours(8), 5);
        let new = NewFlow {
            id,
            device_hash: self.hash(device),
            user_hash: self.keys.hash(Purpose::UserCode, user.letters()),
            client: CLIENT,
            asked: Scopes::ALL,
            flow: &flow,
            line_hash: &self.keys.hash(Purpose::Address, &line),
            network: "192.0.2.0/24",
            agent: "bench",
            previous: None,
        };
        flows::insert(tx, new).await.map(|_| ())
    }

    async fn consent(&self, tx: &mut dyn Tx, id: &[u8]) -> Result<(), StoreError> {
        self.begin(tx, id, &self.random.token(TokenKind::Device)?)
            .await?;
        let sql = "UPDATE flow SET state = 'redeemed', is_open = 0, redeemed_first = created,
                     redeemed_at = created, page = 'shown' WHERE id = $1";
        tx.execute(sql, vec![id.into()]).await?;
        let flow = flows::by_id(tx, id).await?;
        let flow = flow.ok_or(StoreError::Corrupt("no flow"))?;
        let (key, dek) = self.keys.new_data_key(&*self.random)?;
        let number: [u8; 14] = self.random.bytes()?;
        let point = PointRow {
            hash: self.keys.hash(Purpose::Point, &number),
            sealed: Some(key.seal(id, &number, &*self.random)?),
            directions: "consumption".to_owned(),
        };
        let now = tx.now();
        let new = NewConsent {
            id,
            flow: &flow,
            generation: "2026",
            autorisation_id: None,
            scopes: Scopes::ALL,
            until: now + SignedDuration::from_hours(24 * 1095),
            dek: &dek,
            points: vec![point],
            proved_by: "quiet",
        };
        consents::insert(tx, &new).await.map(|_| ())
    }

    async fn pair(
        &self,
        tx: &mut dyn Tx,
        family: &[u8],
        parent: Option<&[u8]>,
        refresh: &[u8],
    ) -> Result<(), StoreError> {
        let access = self.random.token(TokenKind::Access)?;
        let now = tx.now();
        let pair = Pair {
            family,
            parent,
            generation: i64::from(parent.is_some()),
            access: &self.hash(&access),
            refresh,
            expires: now + SignedDuration::from_secs(12_600),
            scopes: Scopes::ALL,
        };
        tokens::issue(tx, &pair).await
    }
}

/// A grant whose box has refreshed once; its refresh token in use is `token`.
fn grant() -> (TokenKind, Writer) {
    (TokenKind::Refresh, |seed, tx, token| {
        Box::pin(async move {
            let id: [u8; 16] = seed.random.bytes()?;
            seed.consent(tx, &id).await?;
            tokens::begin(tx, &id, &id, CLIENT, Scopes::ALL).await?;
            let first = seed.hash(&seed.random.token(TokenKind::Refresh)?);
            seed.pair(tx, &id, None, &first).await?;
            let rows = tokens::find_refresh(tx, vec![first.clone()]).await?;
            let row = rows.ok_or(StoreError::Corrupt("no token"))?;
            tokens::use_first(tx, &row).await?;
            let family = tokens::family(tx, &id).await?;
            tokens::mark_presented(tx, &family).await?;
            seed.pair(tx, &id, Some(&first), &seed.hash(token)).await
        })
    })
}

/// A box that waits for its person.
fn code() -> (TokenKind, Writer) {
    (TokenKind::Device, |seed, tx, token| {
        Box::pin(async move {
            let id: [u8; 16] = seed.random.bytes()?;
            seed.begin(tx, &id, token).await
        })
    })
}
