//! The limit: the same requests, unread, and the same rows, in the same number
//! of transactions with fsync on, and nothing else.
//!
//! Usage: limit URL PRM DATABASE WINDOWS, where each window is `FROM/TO`.

use std::env::args;
use std::io::Read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = args().collect();
    let [_, url, prm, database, windows @ ..] = args.as_slice() else {
        return Err("limit URL PRM DATABASE FROM/TO…".into());
    };
    let agent = ureq::Agent::new_with_defaults();
    let token = agent
        .post(format!("{url}/oauth2/v3/token"))
        .send_form([
            ("grant_type", "client_credentials"),
            ("client_id", "releve-simulated"),
            ("client_secret", "not-a-secret"),
        ])?
        .body_mut()
        .read_to_string()?;
    let token = token
        .split('"')
        .skip_while(|word| *word != "access_token")
        .nth(2)
        .ok_or("no token")?
        .to_owned();
    let mut db = rusqlite::Connection::open(database)?;
    db.execute_batch(
        "PRAGMA journal_mode = wal; PRAGMA synchronous = full;
         CREATE TABLE reading (series INTEGER, start INTEGER, step INTEGER, watts INTEGER,
         PRIMARY KEY (series, start DESC)) STRICT, WITHOUT ROWID;",
    )?;
    let mut start = 29_900_000_i64;
    let mut body = Vec::new();
    for window in windows {
        let (from, to) = window.split_once('/').ok_or("FROM/TO")?;
        body.clear();
        agent
            .get(format!(
                "{url}/mesure_synchrone_auto/v2/courbe_de_charge_consommation?pointId={prm}&dateDebut={from}&dateFin={to}"
            ))
            .header("Authorization", format!("Bearer {token}"))
            .call()?
            .body_mut()
            .as_reader()
            .read_to_end(&mut body)?;
        let transaction = db.transaction()?;
        let mut insert = transaction.prepare_cached("INSERT INTO reading VALUES (1, ?1, 30, ?2)")?;
        for _ in 0..336 {
            insert.execute((start, start % 6000))?;
            start -= 30;
        }
        drop(insert);
        transaction.commit()?;
    }
    Ok(())
}
