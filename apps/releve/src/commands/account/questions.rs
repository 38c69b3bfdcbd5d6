//! The secrets of an account: typed on a terminal without being shown, else read
//! line by line from standard input.

use std::io::{BufRead, Read};

use collector::portal::Secrets;
use secrecy::SecretString;

use crate::init::hidden_reader;
use crate::{App, Exit, Failure, Said, World};

/// Bytes of an answer that are read at most.
const LONGEST: u64 = 8 << 10;

/// Address, password and cookie, in this order.
pub(super) fn ask(app: &App, world: &mut World<'_>) -> Result<Secrets, Failure> {
    let (login, password) = login(app, world)?;
    let cookie = secret(app, "account-ask-cookie", world)?;
    Ok(Secrets {
        login,
        password,
        cookie,
    })
}

/// Address and password, in this order.
pub(super) fn login(
    app: &App,
    world: &mut World<'_>,
) -> Result<(SecretString, SecretString), Failure> {
    prompt(app, "account-ask-login", world)?;
    let login = given(line(world)?)?;
    let password = secret(app, "account-ask-password", world)?;
    Ok((login, password))
}

fn secret(app: &App, question: &str, world: &mut World<'_>) -> Result<SecretString, Failure> {
    if !world.terminal.interactive {
        return given(line(world)?);
    }
    let text = format!("{} ", app.words.t(question));
    let typed = hidden_reader()(&text).map_err(|_| ended())?;
    given(typed.trim().to_owned())
}

fn prompt(app: &App, question: &str, world: &mut World<'_>) -> Result<(), Failure> {
    if world.terminal.interactive {
        write!(world.err, "{} ", app.words.t(question))?;
        world.err.flush()?;
    }
    Ok(())
}

/// A text that may stand in a header and in JSON.
fn given(text: String) -> Result<SecretString, Failure> {
    if text.is_empty() || text.contains(char::is_control) {
        return Err(ended());
    }
    Ok(SecretString::from(text))
}

fn line(world: &mut World<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let mut limited = (&mut *world.input).take(LONGEST);
    limited.read_until(b'\n', &mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

fn ended() -> Failure {
    Failure::new(Exit::Usage, Said::new("account-ended")).hint(Said::new("account-ended-do"))
}
