//! The pages that a person sees: signing in, and terms.

use http::{Method, StatusCode};

use super::{COOKIE, LOGIN, Mood, PASSWORD, Visit};
use crate::reply::Reply;
use crate::simulator::State;

/// Terms in the place of everything else.
pub(super) fn terms() -> Reply {
    Reply::html(
        StatusCode::OK,
        "<html><h1>Conditions d’utilisation</h1><form><button>J’accepte</button></form></html>",
    )
}

impl Visit<'_> {
    /// The page in which a person signs in; a browser that has done so is given
    /// the long-lived cookie and a session.
    pub(super) fn login_page(&self, state: &mut State) -> Reply {
        if *self.request.method() != Method::POST {
            return Reply::html(StatusCode::OK, page(state.portal.mood));
        }
        let right = self.form.get("idToken1") == Some(LOGIN)
            && self.form.get("idToken2") == Some(PASSWORD)
            && self.form.get("captcha") == Some("solved");
        if !right {
            return Reply::html(StatusCode::OK, page(Mood::Usual));
        }
        let token = state.portal.open(self.now);
        let mut reply = Reply::see(format!("{}/particulier", super::PATH));
        reply.cookies = [
            format!("internalAuthId={COOKIE}; Path=/; HttpOnly; Max-Age=31536000"),
            format!("enedisExt={token}; Path=/"),
        ]
        .into();
        reply
    }
}

/// The script stands for the person, who alone answers the captcha.
fn page(mood: Mood) -> String {
    let person = if mood == Mood::Person {
        format!(
            "<script>const f=document.forms[0];f.idToken1.value='{LOGIN}';\
             f.idToken2.value='{PASSWORD}';f.captcha.value='solved';\
             setTimeout(()=>f.submit(),300)</script>"
        )
    } else {
        String::new()
    };
    format!(
        "<!doctype html><html lang=\"fr\"><head><title>Connexion</title></head><body>\
         <h1>Mon compte Enedis</h1><form method=\"post\">\
         <input name=\"idToken1\" placeholder=\"Adresse e-mail\">\
         <input name=\"idToken2\" type=\"password\" placeholder=\"Mot de passe\">\
         <input name=\"captcha\" type=\"hidden\" class=\"frc-captcha\">\
         <button>Se connecter</button></form>{person}</body></html>"
    )
}
