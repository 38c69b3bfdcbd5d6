//! Every known trouble is told apart, and told in both languages.

#![expect(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use enedis::{Problem, QuotaKind, RequestFault, Unreachable};
use http::{HeaderMap, HeaderValue, header};
use jiff::Timestamp;
use proptest::prelude::*;
use service::{HttpError, Lang, text};

fn now() -> Timestamp {
    "2026-01-09T04:20:00Z".parse().unwrap()
}

fn classify(status: u16, body: &str) -> Option<Problem> {
    Problem::classify(now(), status, &HeaderMap::new(), body.as_bytes())
}

fn testdata(name: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/enedis/errors");
    std::fs::read_to_string(root.join(name)).unwrap()
}

#[test]
fn every_known_body_has_its_meaning_in_both_languages() {
    let rows: Vec<serde_json::Value> = serde_json::from_str(&testdata("catalogue.json")).unwrap();
    let mut out = String::new();
    for row in &rows {
        let status = u16::try_from(row["http"].as_u64().unwrap()).unwrap();
        let (api, body) = (row["api"].as_str().unwrap(), row["body"].to_string());
        let classify = if api == "token" {
            Problem::classify_token
        } else {
            Problem::classify
        };
        let problem = classify(now(), status, &HeaderMap::new(), body.as_bytes()).unwrap();
        writeln!(out, "{api} {status} {body}\n  {problem:?}").unwrap();
        for lang in Lang::ALL {
            writeln!(out, "  {}", problem.explanation(lang)).unwrap();
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn captured_error_files_have_their_meaning() {
    let mut out = String::new();
    for (name, status) in [
        (
            "conso_400_daily_consumption_2023-04-02_2023-04-01.json",
            400,
        ),
        ("conso_401_err0.json", 401),
        ("esthesis_itc_pas_de_services_souscrits_400.json", 400),
        ("esthesis_v2_ADAM-ERR0123_400.json", 400),
        ("med_comptage_non_souscrit_403.json", 403),
        ("med_v5_ADAM-ERR0069.json", 400),
        ("med_v5_UNKERROR_002.json", 500),
        ("med_v5_internal_server_error_500.json", 500),
    ] {
        let problem = classify(status, &testdata(name)).unwrap();
        writeln!(out, "{name}: {problem:?}").unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn the_envelopes_of_both_gateways_are_opened() {
    let bokub = r#"{"status":403,"message":"The Enedis API returned an error","error":{"error":"ADAM-DC-0008"}}"#;
    assert_eq!(classify(403, bokub), Some(Problem::NoConsent));
    let med = r#"{"tag":"enedis_return_ko","error_code":500,"enedis_return":{"error":"result_400","enedis_return":{"error":"ADAM-ERR0069"}}}"#;
    assert_eq!(classify(500, med), Some(Problem::WrongDirection));
    let bare = r#"{"enedis_return":{"error":"UNKERROR_002"}}"#;
    assert!(matches!(classify(500, bare), Some(Problem::Outage { .. })));
}

#[test]
fn every_answer_of_conso_boris_sh_has_its_meaning() {
    let enedis = |status: u16, inner: &str| {
        let message = "The Enedis API returned an error";
        let body = format!(r#"{{"status":{status},"message":"{message}","error":{inner}}}"#);
        (status, body)
    };
    let own = |status: u16, message: &str| {
        let body = format!(r#"{{"status":{status},"message":"{message}"}}"#);
        (status, body)
    };
    let parameters = r#"{"status":400,"message":"Paramètres invalides","error":{"issues":[{"code":"invalid_string","path":["start"],"message":"Invalid"}],"name":"ZodError"}}"#;
    let page = "<!DOCTYPE html><title>Access denied | conso.boris.sh used Cloudflare to restrict access</title>";
    let rows = [
        own(405, "Seule la méthode GET est autorisée"),
        (400, parameters.to_owned()),
        own(400, "Le header 'Authorization' est manquant ou invalide"),
        own(
            401,
            "Votre token est invalide ou ne permet pas d'accéder à ce PRM",
        ),
        own(
            500,
            "Impossible de rafraîchir le token. Réessayez plus tard",
        ),
        own(500, "Erreur inconnue. Réessayez plus tard"),
        enedis(
            404,
            r#"{"error":"no_data_found","error_description":"no measure found for this usage point"}"#,
        ),
        enedis(
            400,
            r#"{"error":"Invalid_request","error_description":"The requested period cannot be anterior to the meter's last activation date"}"#,
        ),
        enedis(
            400,
            r#"{"error":"Invalid_request","error_description":"The start date must be greater than the history deadline."}"#,
        ),
        enedis(400, r#"{"error":"ADAM-ERR0123","error_description":"?"}"#),
        enedis(
            400,
            r#"{"error":"ADAM-DC-0007","error_description":"Le client n'est pas titulaire du point demandé."}"#,
        ),
        enedis(
            403,
            r#"{"error":"ADAM-DC-0008","error_description":"No consent can be found for this customer and this usage point."}"#,
        ),
        enedis(
            429,
            r#"{"code":"900804","message":"Message throttled out","nextAccessTime":"2026-Jan-09 05:00:00+0000 UTC"}"#,
        ),
        enedis(500, r#"{"error":"technical_error"}"#),
        enedis(500, r#"{"error":"Internal Server error"}"#),
        (403, page.to_owned()),
        (522, page.to_owned()),
    ];
    let mut out = String::new();
    for (status, body) in rows {
        let problem = classify(status, &body).unwrap();
        writeln!(out, "{status} {body}\n  {problem:?}").unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn every_answer_of_my_electrical_data_has_its_meaning() {
    let rows = [
        (401, r#"{"detail":"Unauthorized"}"#),
        (403, r#"{"detail":"Forbidden"}"#),
        (403, r#"{"detail":"Votre token ne correspond pas."}"#),
        (404, r#"{"detail":"Not Found"}"#),
        (404, r#"{"detail":"no measure found for this usage point"}"#),
        (
            409,
            r#"{"detail":"Vous avez dépassé votre quota journalier (50)"}"#,
        ),
        (409, r#"{"detail":"?"}"#),
        (429, r#"{"detail":"Too Many Requests"}"#),
        (
            422,
            r#"{"detail":[{"loc":["path","start"],"msg":"invalid date","type":"value_error"}]}"#,
        ),
        (400, r#"{"detail":"Start date should be before end date."}"#),
        (
            400,
            r#"{"detail":"The requested period cannot be anterior to the meter's last activation date"}"#,
        ),
        (
            400,
            r#"{"detail":"La demande ne peut pas aboutir, la période demandée est antérieure à la date de dernière mise en service du point."}"#,
        ),
        (
            400,
            r#"{"detail":"The start date must be greater than the history deadline."}"#,
        ),
        (
            400,
            r#"{"detail":"The requested period must be less than 7 days for an access to the load curve."}"#,
        ),
        (
            400,
            r#"{"detail":"Le sens de la mesure ne correspond pas pour le PRM demandé"}"#,
        ),
        (
            403,
            r#"{"detail":"No consent can be found for this customer and this usage point."}"#,
        ),
        (
            403,
            r#"{"detail":"The customer is not owner of this usage point."}"#,
        ),
        (400, r#"{"detail":"ADAM-ERR0075"}"#),
        (500, r#"{"detail":{"error":"ADAM-DC-0008"}}"#),
        (500, r#"{"detail":"Technical error. Please try later."}"#),
        (200, r#"{"detail":"Technical error. Please try later."}"#),
        (
            200,
            r#"{"error":true,"description":"Vous avez dépassé votre quota journalier (50)"}"#,
        ),
        (500, r#"{"error":true}"#),
    ];
    let mut out = String::new();
    for (status, body) in rows {
        let problem = classify(status, body).unwrap();
        writeln!(out, "{status} {body}\n  {problem:?}").unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn codes_are_compared_without_case_and_with_either_dash_whatever_the_status() {
    for code in [
        "ADAM-DC-0008",
        "adam-dc-0008",
        "ADAM_DC_0008",
        "Adam_Dc-0008",
    ] {
        for status in [200, 400, 403, 500] {
            let body = format!(r#"{{"error":"{code}"}}"#);
            assert_eq!(
                classify(status, &body),
                Some(Problem::NoConsent),
                "{code} {status}"
            );
        }
    }
}

#[test]
fn a_page_of_the_firewall_instead_of_a_token_does_not_blame_the_secret() {
    let token = |status, body: &str| {
        Problem::classify_token(now(), status, &HeaderMap::new(), body.as_bytes())
    };
    let page = token(403, "<html>Request rejected</html>");
    assert!(
        matches!(page, Some(Problem::Outage { status: 403, .. })),
        "{page:?}"
    );
    assert_eq!(token(401, ""), Some(Problem::BadCredentials));
    assert_eq!(token(403, "{}"), Some(Problem::BadCredentials));
}

#[test]
fn only_plain_words_mean_that_the_consent_is_gone() {
    for (status, body) in [
        (401, ""),
        (403, ""),
        (403, "<html>Forbidden</html>"),
        (403, "{}"),
        (403, r#"{"code":"403","message":"Forbidden"}"#),
        (401, r#"{"error":"something new"}"#),
        (403, r#"{"error":"unauthorized_user"}"#),
        (
            404,
            r#"{"error":"x","error_description":"Unknown or unauthorized user."}"#,
        ),
    ] {
        assert_eq!(
            classify(status, body),
            Some(Problem::ConsentInDoubt),
            "{status} {body}"
        );
    }
    let subscription = r#"{"code":"900908","message":"Resource forbidden "}"#;
    assert_eq!(classify(403, subscription), Some(Problem::ApiNotSubscribed));
}

#[test]
fn data_is_no_problem_and_an_error_with_status_200_is() {
    assert_eq!(
        classify(200, r#"{"idPrm":"01234567890123","grandeur":[]}"#),
        None
    );
    assert_eq!(classify(200, "[]"), None);
    assert_eq!(classify(200, r#"{"nbTotalServices":0}"#), None);
    let error = r#"{"error":"Unauthorized","error_description":"Valid authentication credentials are mandatory to access the resource."}"#;
    assert_eq!(classify(200, error), Some(Problem::TokenExpired));
    assert!(matches!(
        classify(200, r#"{"error":"novel"}"#),
        Some(Problem::Outage { .. })
    ));
}

#[test]
fn pages_and_empty_bodies_go_by_status() {
    let html = "<!DOCTYPE html><html>…</html>";
    assert_eq!(classify(404, html), Some(Problem::NoSuchResource));
    assert_eq!(classify(410, html), Some(Problem::NoSuchResource));
    assert!(matches!(
        classify(503, html),
        Some(Problem::Outage { status: 503, .. })
    ));
    assert!(matches!(
        classify(502, ""),
        Some(Problem::Outage { status: 502, .. })
    ));
    assert!(matches!(
        classify(302, ""),
        Some(Problem::Outage { status: 302, .. })
    ));
    assert!(matches!(
        classify(200, html),
        Some(Problem::Malformed { .. })
    ));
    assert!(matches!(classify(200, ""), Some(Problem::Malformed { .. })));
    assert!(matches!(classify(429, ""), Some(Problem::Quota { .. })));
    // Cut in the middle: nothing can be read, the status speaks.
    assert!(matches!(
        classify(500, r#"{"error":"ADAM-DC"#),
        Some(Problem::Outage { .. })
    ));
}

#[test]
fn an_outage_may_say_when_it_is_over_and_is_believed_within_a_day() {
    let until = |value: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_str(value).unwrap());
        let problem = Problem::classify(now(), 503, &headers, b"<html>").unwrap();
        assert!(matches!(problem, Problem::Outage { .. }), "{problem:?}");
        problem.said_until().map(|t| t.to_string())
    };
    assert_eq!(until("90").as_deref(), Some("2026-01-09T04:21:30Z"));
    for unreasonable in ["0", "86401", "soon"] {
        assert_eq!(until(unreasonable), None, "{unreasonable}");
    }
}

#[test]
fn retry_times_are_believed_within_a_day() {
    let body = r#"{"error":"Quota Q3 reached"}"#;
    let until = |value: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_str(value).unwrap());
        match Problem::classify(now(), 429, &headers, body.as_bytes()) {
            Some(Problem::Quota {
                kind: QuotaKind::Burst,
                until,
            }) => until.map(|t| t.to_string()),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(until("90").as_deref(), Some("2026-01-09T04:21:30Z"));
    let date = "Fri, 09 Jan 2026 05:00:00 GMT";
    assert_eq!(until(date).as_deref(), Some("2026-01-09T05:00:00Z"));
    for unreasonable in ["0", "86401", "-5", "soon", "Thu, 01 Jan 2026 05:00:00 GMT"] {
        assert_eq!(until(unreasonable), None, "{unreasonable}");
    }
    let wso2 = r#"{"code":"900804","message":"Message throttled out","nextAccessTime":"2026-Jan-09 05:00:00+0000 UTC"}"#;
    let Some(quota) = classify(429, wso2) else {
        panic!()
    };
    let until = Some("2026-01-09T05:00:00Z".parse().unwrap());
    assert_eq!(
        quota,
        Problem::Quota {
            kind: QuotaKind::Hourly,
            until
        }
    );
    assert!(quota.advice(Lang::Fr).contains("06:00"));
}

#[test]
fn an_error_never_repeats_a_long_number_of_the_answer() {
    let body = r#"{"error":"22516914714270 unknown"}"#;
    let problem = classify(500, body).unwrap();
    assert!(!problem.to_string().contains("225169"));
    assert!(!serde_json::to_string(&problem).unwrap().contains("225169"));
}

fn one_of_each() -> Vec<Problem> {
    let faults = [
        RequestFault::UsagePoint,
        RequestFault::Dates,
        RequestFault::Order,
        RequestFault::Future,
        RequestFault::Parameter,
        RequestFault::NotOffered,
        RequestFault::Unsaid,
    ];
    let causes = [
        HttpError::Timeout,
        HttpError::Connect("refused".to_owned()),
        HttpError::TooLarge { limit: 1 },
        HttpError::Redirected("http://x".to_owned()),
        HttpError::Truncated("eof".to_owned()),
        HttpError::Other("?".to_owned()),
    ];
    let mut all = vec![
        Problem::NoData,
        Problem::WrongDirection,
        Problem::BeforeActivation,
        Problem::BeyondHistory,
        Problem::BeforeConsent,
        Problem::CurveNotActivated,
        Problem::NotHolder,
        Problem::NoConsent,
        Problem::ConsentInDoubt,
        Problem::TokenExpired,
        Problem::BadCredentials,
        Problem::TokenRefused,
        Problem::ApiNotSubscribed,
        Problem::GatewayOutage {
            status: 500,
            until: None,
        },
        Problem::AddressBlocked,
        Problem::Quota {
            kind: QuotaKind::Daily,
            until: None,
        },
        Problem::Quota {
            kind: QuotaKind::Own,
            until: Some(now()),
        },
        Problem::WindowTooLong,
        Problem::Quota {
            kind: QuotaKind::Hourly,
            until: None,
        },
        Problem::Quota {
            kind: QuotaKind::Burst,
            until: Some(now()),
        },
        Problem::Outage {
            status: 500,
            detail: "UNKERROR_002".to_owned(),
            until: None,
        },
        Problem::Outage {
            status: 503,
            detail: String::new(),
            until: None,
        },
        Problem::Malformed {
            detail: "grandeur is missing".to_owned(),
        },
        Problem::WrongUsagePoint,
        Problem::ServicesAbsent,
        Problem::NoSuchResource,
        Problem::AccessDenied,
        Problem::ConsentUnfinished,
        Problem::BadDuration,
        Problem::ConsentAbsent,
        Problem::ConsentAwaited,
        Problem::CodeLapsed,
        Problem::TokenNotRenewed,
        Problem::NotCovered,
        Problem::PortalAccount,
        Problem::PortalFile {
            detail: "maison.json: permission denied".to_owned(),
        },
        Problem::PortalLogin,
        Problem::PortalCaptcha,
        Problem::PortalCookie,
        Problem::PortalChanged {
            detail: "userinfos, 404".to_owned(),
        },
        Problem::PortalSession,
        Problem::TokenFile {
            detail: "gateway-1.json: is a directory".to_owned(),
        },
    ];
    all.extend(faults.map(|fault| Problem::BadRequest { fault }));
    all.extend(causes.map(Problem::from));
    all
}

#[test]
fn every_problem_says_what_it_means_and_what_to_do() {
    let mut out = String::new();
    for problem in one_of_each() {
        writeln!(
            out,
            "{} (retry: {})",
            problem.code(),
            problem.is_retryable()
        )
        .unwrap();
        for lang in Lang::ALL {
            let (explanation, advice) = (problem.explanation(lang), problem.advice(lang));
            assert!(
                !explanation.contains("problem-") && !advice.contains("problem-"),
                "{problem:?}"
            );
            writeln!(out, "  {explanation}\n    {advice}").unwrap();
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn problems_survive_storage_under_their_code() {
    for problem in one_of_each() {
        let json = serde_json::to_string(&problem).unwrap();
        assert!(
            json.contains(&format!(r#""problem":"{}""#, problem.code())),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<Problem>(&json).unwrap(), problem);
    }
}

#[test]
fn every_code_has_its_two_texts() {
    let codes: BTreeSet<_> = one_of_each().iter().map(Problem::code).collect();
    for code in codes {
        for name in [format!("problem-{code}"), format!("problem-{code}-advice")] {
            for lang in Lang::ALL {
                assert!(text::find(lang, &name, &[]).is_some(), "{lang:?} {name}");
            }
        }
    }
    assert_eq!(
        Problem::from(HttpError::Timeout),
        Problem::Unreachable {
            cause: Unreachable::Timeout
        }
    );
}

proptest! {
    #[test]
    fn any_answer_is_classified_without_a_panic_and_a_failure_never_passes(
        status in 300_u16..1000,
        body in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let problem = Problem::classify(now(), status, &HeaderMap::new(), &body);
        prop_assert!(problem.is_some());
    }

    #[test]
    fn no_unknown_words_ever_end_a_consent(code in "[ -~]{0,20}", text in "[ -~]{0,40}", status in 200_u16..600) {
        let body = serde_json::json!({ "error": code, "error_description": text }).to_string();
        prop_assert_ne!(classify(status, &body), Some(Problem::NoConsent));
    }
}
