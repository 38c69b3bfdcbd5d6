//! What the pages of the gateway say, weigh and never let through.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/gallery.rs"]
mod gallery;

use std::fmt::Write as _;

use askama::Template;
use gallery::{asked, held, pages, site};
use gateway::pages::{
    Approved, Asked, Choice, CodeEntry, Consent, ConsentText, EndingPage, Frame, Held, MAX_PAGE,
    Manage, PageHeaders, STYLESHEET, Site, stylesheet_path,
};
use grant::{Scope, Scopes};
use service::{Lang, tr};

const HOSTILE: &str = "<script>alert(1)</script>\"><img src=x onerror=alert(1)> javascript:x '&**";

/// The words of a page, a line for each element that has some.
fn words(html: &str) -> String {
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    let mut out = String::new();
    for piece in main.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        let text = text.trim();
        if tag.starts_with("input") || tag.starts_with("textarea") {
            let value = |name: &str| tag.split(&format!("{name}=\"")).nth(1)?.split('"').next();
            let kind = value("type").unwrap_or("textarea");
            let name = value("name").unwrap_or_default();
            let required = if tag.contains(" required") {
                ", required"
            } else {
                ""
            };
            let checked = if tag.contains(" checked") {
                ", checked"
            } else {
                ""
            };
            if kind != "hidden" {
                let _ = writeln!(out, "[{kind} {name}{required}{checked}]");
            }
        }
        if !text.is_empty() {
            out.push_str(text);
            out.push('\n');
        }
    }
    out.replace("&#39;", "'")
}

#[test]
fn every_page_says_this_in_both_languages() {
    for lang in Lang::ALL {
        let all: Vec<String> = pages(lang)
            .iter()
            .map(|(name, html)| format!("=== {name}\n{}", words(html)))
            .collect();
        insta::assert_snapshot!(format!("words_{}", lang.tag()), all.join("\n"));
    }
}

#[test]
fn the_whole_consent_page_is_this_html() {
    let (_, html) = pages(Lang::Fr)
        .into_iter()
        .find(|(name, _)| name == "consent")
        .unwrap();
    let site = site();
    let frame = Frame::alone(Lang::Fr, &site);
    let digest = ConsentText::of(&frame, &asked()).sha256;
    let html = html.replace(&digest, "(digest)");
    let html = html.replace(stylesheet_path(), "/style.css");
    insta::assert_snapshot!(html);
}

#[test]
fn no_page_is_heavier_than_30_kb_with_its_stylesheet() {
    for lang in Lang::ALL {
        for (name, html) in pages(lang) {
            let weight = html.len() + STYLESHEET.len();
            assert!(weight <= MAX_PAGE, "{name} weighs {weight}");
        }
    }
}

#[test]
fn no_page_has_a_script_a_style_of_its_own_or_anything_from_elsewhere() {
    for lang in Lang::ALL {
        for (name, html) in pages(lang) {
            let lower = html.to_lowercase();
            for never in [
                "<script",
                "<style",
                " style=",
                " onclick",
                "javascript:",
                "<iframe",
            ] {
                assert!(!lower.contains(never), "{name} has {never}");
            }
            for source in lower
                .split(" src=\"")
                .chain(lower.split(" href=\""))
                .skip(1)
            {
                let elsewhere =
                    source.starts_with("http") && !source.starts_with("https://www.cnil.fr");
                let html_start = source.starts_with("<!doctype");
                assert!(html_start || !elsewhere, "{name} loads {}", &source[..40]);
            }
        }
    }
}

#[test]
fn no_text_is_missing_in_either_language() {
    for lang in Lang::ALL {
        for (name, html) in pages(lang) {
            assert!(
                !html.contains(">gateway-"),
                "{name} shows the name of a text"
            );
            assert!(!html.contains("{ $"), "{name} shows a hole in a text");
        }
    }
}

#[test]
fn every_page_names_its_language_its_title_and_the_way_to_the_other_language() {
    for lang in Lang::ALL {
        let site = site();
        for (name, html) in pages(lang) {
            assert!(
                html.contains(&format!("<html lang=\"{}\">", lang.tag())),
                "{name}"
            );
            assert_eq!(html.matches("<h1>").count(), 1, "{name}");
            assert_eq!(html.matches("<title>").count(), 1, "{name}");
            let alone = name.starts_with("manage") && !name.contains("entry");
            let other = html.contains(&tr(lang, "gateway-other-language", &[]));
            assert_eq!(other, !alone, "{name}");
            assert!(html.contains(&site.name), "{name}");
        }
    }
}

#[test]
fn nothing_is_ticked_in_advance_and_each_kind_of_data_has_a_box_of_its_own() {
    let site = site();
    let asked = asked();
    let choice = Choice::default();
    let frame = Frame::alone(Lang::Fr, &site);
    let html = Consent::new(frame, "t", &asked, &choice, &[])
        .render()
        .unwrap();
    assert!(!html.contains(" checked"));
    for scope in Scope::ALL {
        let field = format!("name=\"scope\" value=\"{}\"", scope.as_str());
        assert_eq!(html.matches(&field).count(), 1, "{field}");
    }
}

#[test]
fn only_the_kinds_of_data_that_were_asked_for_can_be_chosen() {
    let site = site();
    let asked = Asked {
        scopes: Scopes::parse("daily"),
        ..asked()
    };
    let choice = Choice::default();
    let frame = Frame::alone(Lang::Fr, &site);
    let html = Consent::new(frame, "t", &asked, &choice, &[])
        .render()
        .unwrap();
    assert!(html.contains("value=\"daily\""));
    assert!(!html.contains("value=\"curve\""));
}

#[test]
fn refusing_needs_no_tick_and_stands_beside_accepting() {
    for lang in Lang::ALL {
        let (_, html) = pages(lang)
            .into_iter()
            .find(|(n, _)| n == "consent")
            .unwrap();
        assert!(html.contains("value=\"refuse\" formnovalidate"));
        assert!(html.contains("value=\"accept\""));
    }
}

#[test]
fn a_choice_without_the_tick_or_without_data_says_what_is_missing() {
    assert_eq!(Choice::default().faults().len(), 2);
    let whole = Choice {
        seen: true,
        scopes: Scopes::parse("curve"),
    };
    assert!(whole.faults().is_empty());
}

#[test]
fn the_proof_is_the_page_as_shown_whatever_form_token_and_ticks_it_has() {
    let site = site();
    let asked = asked();
    let some = Choice {
        seen: true,
        scopes: Scopes::parse("curve"),
    };
    let frame = || Frame::again(Lang::Fr, &site, "/device", vec![("code", "x".to_owned())]);
    let text = ConsentText::of(&frame(), &asked);
    for csrf in ["one", "two"] {
        let html = Consent::new(frame(), csrf, &asked, &some, &some.faults())
            .render()
            .unwrap();
        assert!(html.contains(&format!("name=\"text\" value=\"{}\"", text.sha256)));
    }
    for sentence in [
        "Maison",
        "••••-••••",
        "14\u{a0}h\u{a0}05",
        "22\u{a0}novembre\u{a0}2029",
        "contact@example.org",
    ] {
        assert!(text.html.contains(sentence), "{sentence}");
    }
    let other = Asked {
        app: "Autre".to_owned(),
        ..asked.clone()
    };
    assert_ne!(ConsentText::of(&frame(), &other).sha256, text.sha256);
    let english = Frame {
        lang: Lang::En,
        ..frame()
    };
    assert_ne!(ConsentText::of(&english, &asked).sha256, text.sha256);
}

#[test]
fn h11_hostile_text_is_escaped_wherever_a_page_shows_it() {
    let site = Site {
        name: HOSTILE.to_owned(),
        controller: HOSTILE.to_owned(),
        path: String::new(),
    };
    let frame = || Frame::at(Lang::Fr, &site, "/device");
    let asked = Asked {
        app: HOSTILE.to_owned(),
        publisher: HOSTILE.to_owned(),
        code: HOSTILE.to_owned(),
        place: HOSTILE.to_owned(),
        period: HOSTILE.to_owned(),
        elsewhere: true,
        ..asked()
    };
    let held = Held {
        app: HOSTILE.to_owned(),
        points: vec![HOSTILE.to_owned()],
        ..held()
    };
    let approved = Approved {
        app: HOSTILE.to_owned(),
        points: vec![HOSTILE.to_owned()],
        scopes: Scopes::NONE,
        until: held.until,
    };
    let again = Frame::again(
        Lang::En,
        &site,
        "/device",
        vec![("code", HOSTILE.to_owned())],
    );
    let choice = Choice::default();
    let rendered = [
        CodeEntry {
            frame: frame(),
            csrf: HOSTILE,
            typed: HOSTILE,
            fault: None,
            elsewhere: false,
        }
        .render(),
        Consent::new(again, HOSTILE, &asked, &choice, &choice.faults()).render(),
        Manage {
            frame: frame(),
            csrf: HOSTILE,
            all: std::slice::from_ref(&held),
            key: HOSTILE,
        }
        .render(),
        EndingPage::approved(frame(), &approved).render(),
    ];
    for html in rendered {
        let html = html.unwrap();
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("<img"), "{html}");
        assert!(!html.contains("\"><img"), "{html}");
        assert!(html.contains("&#60;script&#62;"), "{html}");
    }
}

#[test]
fn h13_every_page_refuses_frames_scripts_and_other_hosts_by_its_headers() {
    let enedis = "https://mon-compte-particulier.enedis.fr/dataconnect/v2/oauth2/authorize";
    let headers = PageHeaders::new(&enedis.parse().unwrap());
    let lines = headers
        .all()
        .map(|(name, value)| format!("{name}: {value}"));
    insta::assert_snapshot!(lines.join("\n"));
}
