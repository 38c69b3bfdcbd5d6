//! Who may do what: trusted networks, Basic with its conditions, cookies, tokens.

use super::State;

/// What a request shows of its sender.
#[derive(Debug, Default)]
pub(super) struct Shown<'a> {
    pub authorization: Option<&'a str>,
    pub cookie: Option<&'a str>,
    /// Whether the address contains literally `/json.htm?`.
    pub with_query: bool,
}

/// The rights of the sender; `Ok(None)`: nobody known. `Err`: refused outright,
/// as a wrong Basic is even from a trusted network.
pub(super) fn rights(state: &State, shown: &Shown) -> Result<Option<i64>, ()> {
    let settings = &state.settings;
    if let Some(basic) = shown
        .authorization
        .and_then(|text| text.strip_prefix("Basic "))
    {
        let user = user_of_basic(state, basic).ok_or(())?;
        let admitted = shown.with_query && settings.plain_basic;
        return if admitted { Ok(Some(user)) } else { Err(()) };
    }
    let token = shown
        .authorization
        .and_then(|text| text.strip_prefix("Bearer "));
    let cookie = shown.cookie.and_then(|text| {
        let mut parts = text.split(';').map(str::trim);
        parts.find_map(|part| part.strip_prefix("DMZSID="))
    });
    if let Some(session) = token.or(cookie) {
        let known = state.sessions.iter().find(|(id, _)| id == session);
        let user = known.and_then(|(_, name)| rights_of(state, name));
        if user.is_some() || token.is_some() {
            return user.map(Some).ok_or(());
        }
    }
    Ok(settings.trusted.then_some(2))
}

/// A new session of a user.
pub(super) fn open(state: &mut State, name: &str) -> String {
    let id = format!("session{}of{name}", state.sessions.len() + 1);
    state.sessions.push((id.clone(), name.to_owned()));
    id
}

/// The user's rights, of `user:password` in base64.
pub(super) fn user_of_basic(state: &State, basic: &str) -> Option<i64> {
    let text = decoded(basic)?;
    let (name, password) = text.split_once(':')?;
    let user = state.settings.users.iter().find(|user| user.name == name)?;
    (user.password == password).then_some(user.rights)
}

fn rights_of(state: &State, name: &str) -> Option<i64> {
    let user = state.settings.users.iter().find(|user| user.name == name);
    user.map(|user| user.rights)
}

/// Base64 as text.
pub(super) fn decoded(text: &str) -> Option<String> {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text.trim());
    String::from_utf8(bytes.ok()?).ok()
}
