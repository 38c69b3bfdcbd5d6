//! One of every page, in a language, filled with an invented household: for the
//! snapshots, the sizes and the browser.

use askama::Template;
use gateway::pages::{
    Approved, Asked, Challenge, Choice, CodeEntry, CodeFault, Consent, Ending, EndingPage, Frame,
    Held, Home, Manage, ManageEntry, Notice, Site,
};
use grant::{Scope, Scopes};
use jiff::civil::date;
use service::Lang;

/// Whose pages these are.
pub fn site() -> Site {
    Site {
        name: "Relevé".to_owned(),
        path: String::new(),
        controller: "Association Les Compteurs, 1 rue des Lilas, 69000 Lyon, contact@example.org"
            .to_owned(),
    }
}

/// A request of an invented box.
pub fn asked() -> Asked {
    Asked {
        app: "Maison".to_owned(),
        publisher: "Atelier du Compteur".to_owned(),
        code: "WDJB-MJHT".to_owned(),
        at: "2026-11-22T13:05:00Z".parse().unwrap(),
        place: "203.0.113.0/24".to_owned(),
        elsewhere: false,
        scopes: Scopes::ALL,
        period: "P3Y".to_owned(),
        until: date(2029, 11, 22),
    }
}

/// A consent of an invented household.
pub fn held() -> Held {
    Held {
        id: "7f3a".to_owned(),
        app: "Maison".to_owned(),
        points: vec!["3023••••••7755".to_owned()],
        scopes: [Scope::Daily, Scope::Curve].into_iter().collect(),
        given: date(2026, 11, 22),
        until: date(2029, 11, 22),
        active: true,
        soon_over: false,
    }
}

fn approved() -> Approved {
    Approved {
        app: "Maison".to_owned(),
        points: vec!["3023••••••7755".to_owned()],
        scopes: [Scope::Daily, Scope::Curve].into_iter().collect(),
        until: date(2029, 11, 22),
    }
}

/// Every page, by name.
pub fn pages(lang: Lang) -> Vec<(String, String)> {
    let site = site();
    let mut pages = plain(lang, &site);
    pages.extend(codes(lang, &site));
    pages.extend(consents(lang, &site));
    pages.extend(endings(lang, &site));
    pages
}

fn plain(lang: Lang, site: &Site) -> Vec<(String, String)> {
    let csrf = "not-a-token";
    let at = |path: &str| Frame::at(lang, site, path);
    let days = ["12 octobre 2026".to_owned(), "3 novembre 2026".to_owned()];
    let held = held();
    let soon = Held {
        soon_over: true,
        ..held.clone()
    };
    let ended = Held {
        active: false,
        ..held.clone()
    };
    let (one, two) = ([held.clone()], [soon, ended]);
    let manage = |all| Manage {
        frame: Frame::alone(lang, site),
        csrf,
        all,
        key: "",
    };
    let challenge = |wrong, left| Challenge {
        point: None,
        frame: at("/device/challenge"),
        csrf,
        days: &days,
        left,
        wrong,
    };
    let entry = |unknown| ManageEntry {
        frame: at("/manage"),
        csrf,
        unknown,
    };
    [
        ("home", Home { frame: at("/") }.render()),
        (
            "notice",
            Notice {
                frame: at("/notice"),
            }
            .render(),
        ),
        ("manage-entry", entry(false).render()),
        ("manage-entry-unknown", entry(true).render()),
        ("manage", manage(&one).render()),
        ("manage-soon-over", manage(&two).render()),
        ("challenge", challenge(false, 3).render()),
        ("challenge-wrong", challenge(true, 0).render()),
    ]
    .map(|(name, html)| (name.to_owned(), html.unwrap()))
    .to_vec()
}

fn codes(lang: Lang, site: &Site) -> Vec<(String, String)> {
    let entry = |typed, fault, elsewhere| CodeEntry {
        frame: Frame::at(lang, site, "/device"),
        csrf: "not-a-token",
        typed,
        fault,
        elsewhere,
    };
    [
        ("code", entry("", None, false)),
        ("code-elsewhere", entry("", None, true)),
        ("code-empty", entry("", Some(CodeFault::Empty), false)),
        (
            "code-malformed",
            entry("AEIOU", Some(CodeFault::Malformed), false),
        ),
        (
            "code-unknown",
            entry("WDJB-MJHX", Some(CodeFault::Unknown), false),
        ),
    ]
    .map(|(name, page)| (name.to_owned(), page.render().unwrap()))
    .to_vec()
}

fn consents(lang: Lang, site: &Site) -> Vec<(String, String)> {
    let asked = asked();
    let elsewhere = Asked {
        elsewhere: true,
        ..asked.clone()
    };
    let nothing = Choice::default();
    let faults = nothing.faults();
    let some = Choice {
        seen: true,
        scopes: [Scope::Daily, Scope::MaxPower].into_iter().collect(),
    };
    let frame = || {
        let fields = vec![("code", "WDJB-MJHT".to_owned())];
        Frame::again(lang, site, "/device", fields)
    };
    let csrf = "not-a-token";
    [
        (
            "consent",
            Consent::new(frame(), csrf, &asked, &nothing, &[]),
        ),
        (
            "consent-chosen",
            Consent::new(frame(), csrf, &asked, &some, &[]),
        ),
        (
            "consent-elsewhere",
            Consent::new(frame(), csrf, &elsewhere, &nothing, &[]),
        ),
        (
            "consent-faults",
            Consent::new(frame(), csrf, &asked, &nothing, &faults),
        ),
    ]
    .map(|(name, page)| (name.to_owned(), page.render().unwrap()))
    .to_vec()
}

fn endings(lang: Lang, site: &Site) -> Vec<(String, String)> {
    let approved = approved();
    let page = |ending| {
        let frame = Frame::at(lang, site, "/device/status");
        match ending {
            Ending::Approved => EndingPage::approved(frame, &approved),
            _ => EndingPage::new(frame, ending),
        }
    };
    Ending::ALL
        .into_iter()
        .map(|ending| {
            let name = format!("end-{}", ending.slug());
            (name, page(ending).render().unwrap())
        })
        .collect()
}
