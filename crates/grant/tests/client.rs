//! The box's half of the grant: by the letter of the RFC, through restarts, and
//! without ever losing a token.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

use grant::client::{
    Consent, Given, Heard, Next, Over, Refusal, Secret, Tokens, Waiting, Why, read_code,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const START: &str = "2026-11-21T12:00:00Z";

fn start() -> Timestamp {
    START.parse().unwrap()
}

fn secs(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

fn waiting() -> Waiting {
    let code = br#"{"device_code":"dc","user_code":"WDJB-MJHT",
        "verification_uri":"https://gw.example/device","expires_in":1200}"#;
    Waiting::begin(read_code(code).unwrap(), start())
}

fn tokens(number: u32, rotated: bool) -> Tokens {
    Tokens {
        access: Secret::new(&format!("access-{number}")).unwrap(),
        refresh: rotated.then(|| Secret::new(&format!("refresh-{number}")).unwrap()),
        lifetime: secs(12_600),
        scope: None,
        usage_points: None,
    }
}

fn still_waiting(consent: Consent) -> Waiting {
    match consent {
        Consent::Waiting(waiting) => waiting,
        other => panic!("{other:?}"),
    }
}

fn still_given(consent: Consent) -> Given {
    match consent {
        Consent::Given(given) => given,
        other => panic!("{other:?}"),
    }
}

fn why(consent: Consent) -> Why {
    match consent {
        Consent::Over(Over { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

/// What a restart leaves of it: what stands in the file.
fn restarted(consent: &Consent) -> Consent {
    serde_json::from_str(&serde_json::to_string(consent).unwrap()).unwrap()
}

#[test]
fn slow_down_adds_five_seconds_for_this_and_all_later_polls() {
    let now = start() + secs(5);
    let slow = Heard::Refused(Refusal::SlowDown(None));
    let pending = Heard::Refused(Refusal::Pending(None));
    let consent = Consent::Waiting(waiting()).heard(slow.clone(), now);
    assert_eq!(consent.next(now), Next::Wait(now + secs(10)));
    let consent = consent.heard(slow, now);
    let consent = consent.heard(pending, now);
    assert_eq!(consent.next(now), Next::Wait(now + secs(15)));
}

#[test]
fn silence_doubles_the_wait_and_an_answer_restores_it() {
    let now = start();
    let mut consent = Consent::Waiting(waiting());
    for wait in [10, 20, 40, 80, 160, 300, 300] {
        consent = consent.heard(Heard::Trouble, now);
        assert_eq!(consent.next(now), Next::Wait(now + secs(wait)));
    }
    let consent = consent.heard(Heard::Refused(Refusal::Pending(None)), now);
    assert_eq!(consent.next(now), Next::Wait(now + secs(5)));
}

#[test]
fn every_end_of_a_code_is_told_apart() {
    for (refusal, end) in [
        (Refusal::Expired, Why::Lapsed),
        (Refusal::InvalidGrant, Why::Lapsed),
        (Refusal::Denied, Why::Refused),
        (
            Refusal::InvalidRequest,
            Why::Rejected("invalid_request".to_owned()),
        ),
        (
            Refusal::Other("invalid_client".to_owned()),
            Why::Rejected("invalid_client".to_owned()),
        ),
    ] {
        let over = Consent::Waiting(waiting()).heard(Heard::Refused(refusal), start());
        assert_eq!(why(over.clone()), end);
        assert_eq!(
            over.next(start()),
            Next::Nothing,
            "not begun anew by itself"
        );
    }
}

#[test]
fn a_box_that_was_off_at_the_end_of_the_code_still_asks_once_and_may_be_given_tokens() {
    let late = start() + secs(3600 * 5);
    let consent = Consent::Waiting(waiting());
    assert_eq!(consent.next(late), Next::Poll);
    let given = consent.clone().heard(Heard::Tokens(tokens(1, true)), late);
    assert!(matches!(given, Consent::Given(_)));
    for heard in [Heard::Refused(Refusal::Pending(None)), Heard::Trouble] {
        assert_eq!(why(consent.clone().heard(heard, late)), Why::Lapsed);
    }
}

#[test]
fn a_clock_set_back_by_a_day_does_not_stop_the_polls() {
    let waiting = still_waiting(
        Consent::Waiting(waiting()).heard(Heard::Refused(Refusal::Pending(None)), start()),
    );
    let before = start() - secs(24 * 3600);
    assert_eq!(Consent::Waiting(waiting).next(before), Next::Poll);
}

#[test]
fn an_access_token_is_renewed_before_its_end_and_with_the_last_refresh_token() {
    let given = Given::new(tokens(1, true), start());
    let consent = Consent::Given(given);
    assert_eq!(consent.next(start() + secs(12_600 - 601)), Next::Use);
    let due = start() + secs(12_600 - 600);
    assert_eq!(consent.next(due), Next::Refresh);
    let rotated = still_given(consent.heard(Heard::Tokens(tokens(2, true)), due));
    assert_eq!(rotated.refresh.as_ref().unwrap().expose(), "refresh-2");
    let kept = Consent::Given(rotated).heard(Heard::Tokens(tokens(3, false)), due);
    let kept = still_given(kept);
    assert_eq!(kept.access.expose(), "access-3");
    assert_eq!(kept.refresh.unwrap().expose(), "refresh-2");
    assert_eq!(kept.since, start());
}

#[test]
fn a_token_that_is_refused_is_renewed_even_if_it_came_under_a_clock_that_was_ahead() {
    let ahead = start() + SignedDuration::from_hours(24);
    let mut given = Given::new(tokens(1, true), ahead);
    assert_eq!(Consent::Given(given.clone()).next(start()), Next::Use);
    given.distrust(start());
    assert_eq!(Consent::Given(given).next(start()), Next::Refresh);
}

#[test]
fn a_refusal_is_believed_when_it_comes_again_a_day_later_and_the_tokens_stay() {
    let refused = || Heard::Refused(Refusal::InvalidGrant);
    let mut consent = Consent::Given(Given::new(tokens(1, true), start()));
    for hours in [4, 10, 16, 22] {
        let now = start() + SignedDuration::from_hours(hours);
        assert_eq!(consent.next(now), Next::Refresh, "after {hours} h");
        consent = Consent::Given(still_given(consent.heard(refused(), now)));
    }
    let now = start() + SignedDuration::from_hours(28);
    let Consent::Over(over) = consent.heard(refused(), now) else {
        panic!("a second refusal a day later")
    };
    assert_eq!(over.why, Why::Withdrawn);
    let kept = over.kept.unwrap();
    assert_eq!(kept.refresh.unwrap().expose(), "refresh-1");
}

#[test]
fn a_good_answer_takes_a_doubt_away() {
    let hours = |n| start() + SignedDuration::from_hours(n);
    let refused = || Heard::Refused(Refusal::InvalidGrant);
    let consent = Consent::Given(Given::new(tokens(1, true), start()));
    let consent = consent.heard(refused(), hours(4));
    let consent = consent.heard(Heard::Tokens(tokens(2, true)), hours(10));
    let consent = consent.heard(refused(), hours(40));
    assert!(
        still_given(consent)
            .doubt
            .is_some_and(|doubt| doubt.since == hours(40))
    );
}

#[test]
fn an_outage_of_a_month_drops_nothing() {
    let mut consent = Consent::Given(Given::new(tokens(1, true), start()));
    let mut now = start() + secs(12_600);
    let mut tries = 0;
    while now < start() + SignedDuration::from_hours(31 * 24) {
        match consent.next(now) {
            Next::Refresh => {
                tries += 1;
                consent = restarted(&consent.heard(Heard::Trouble, now));
            }
            Next::Wait(until) => now = until,
            other => panic!("{other:?}"),
        }
    }
    assert!((60..=80).contains(&tries), "{tries}");
    let given = still_given(consent.heard(Heard::Tokens(tokens(2, true)), now));
    assert_eq!(given.trouble, None);
}

#[test]
fn secrets_are_in_the_file_and_nowhere_else() {
    let consent = Consent::Given(Given::new(tokens(1, true), start()));
    assert!(!format!("{consent:?}").contains("fresh-1"));
    assert!(
        serde_json::to_string(&consent)
            .unwrap()
            .contains("refresh-1")
    );
}

/// What may happen to a box.
#[derive(Debug, Clone)]
enum Event {
    Pending,
    SlowDown,
    Trouble,
    Tokens(bool),
    Refused,
    Restart,
    /// Nobody looks for so many seconds.
    Sleep(i64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::Pending),
        2 => Just(Event::SlowDown),
        3 => Just(Event::Trouble),
        1 => any::<bool>().prop_map(Event::Tokens),
        2 => Just(Event::Refused),
        2 => Just(Event::Restart),
        3 => (0..40_000_i64).prop_map(Event::Sleep),
    ]
}

fn heard(event: &Event, number: &mut u32) -> Option<Heard> {
    Some(match event {
        Event::Pending => Heard::Refused(Refusal::Pending(None)),
        Event::SlowDown => Heard::Refused(Refusal::SlowDown(None)),
        Event::Trouble => Heard::Trouble,
        Event::Tokens(rotated) => {
            *number += 1;
            Heard::Tokens(tokens(*number, *rotated))
        }
        Event::Refused => Heard::Refused(Refusal::InvalidGrant),
        Event::Restart | Event::Sleep(_) => return None,
    })
}

proptest! {
    #[test]
    fn polls_keep_their_distance_which_never_shrinks_and_every_flow_ends(
        events in proptest::collection::vec(event(), 1..200)
    ) {
        let (mut now, mut number) = (start(), 0);
        let mut consent = Consent::Waiting(waiting());
        let mut last = start();
        let mut interval = 5;
        for event in &events {
            let Consent::Waiting(before) = consent.clone() else { break };
            prop_assert!(before.interval >= interval);
            interval = before.interval;
            match event {
                Event::Restart => consent = restarted(&consent),
                Event::Sleep(seconds) => now += secs(*seconds),
                Event::Refused => {}
                told => {
                    if let Next::Wait(until) = consent.next(now) {
                        now = until;
                    }
                    prop_assert_eq!(consent.next(now), Next::Poll);
                    prop_assert!(now.duration_since(last) >= secs(interval));
                    last = now;
                    let slow = matches!(told, Event::SlowDown);
                    consent = consent.heard(heard(told, &mut number).unwrap(), now);
                    if let Consent::Waiting(after) = &consent {
                        let least = if slow { (interval + 5).min(300) } else { interval };
                        prop_assert!(after.interval >= least);
                        let end = start() + secs(1200 + 3600);
                        prop_assert!(now < end, "a lapsed code is polled for an hour at most");
                    }
                }
            }
        }
    }

    #[test]
    fn whatever_happens_the_last_refresh_token_is_held_and_given_up_after_a_day_of_doubt_only(
        events in proptest::collection::vec(event(), 1..200)
    ) {
        let (mut now, mut number) = (start(), 0);
        let mut consent = Consent::Given(Given::new(tokens(0, true), start()));
        let mut held = "refresh-0".to_owned();
        let mut refused_since = None;
        for event in &events {
            if let Event::Sleep(seconds) = event {
                now += secs(*seconds);
                continue;
            }
            let Some(heard) = heard(event, &mut number) else {
                consent = restarted(&consent);
                continue;
            };
            if consent.next(now) != Next::Refresh {
                continue;
            }
            match event {
                Event::Tokens(rotated) => {
                    refused_since = None;
                    if *rotated {
                        held = format!("refresh-{number}");
                    }
                }
                Event::Refused => {
                    refused_since.get_or_insert(now);
                }
                _ => {}
            }
            consent = consent.heard(heard, now);
            let given = match &consent {
                Consent::Given(given) => given,
                Consent::Over(over) => {
                    prop_assert_eq!(&over.why, &Why::Withdrawn);
                    let since: Timestamp = refused_since.unwrap();
                    prop_assert!(now.duration_since(since) >= SignedDuration::from_hours(24));
                    over.kept.as_ref().unwrap()
                }
                Consent::Waiting(_) => unreachable!("tokens do not become a code"),
            };
            prop_assert_eq!(given.refresh.as_ref().unwrap().expose(), held.as_str());
        }
    }
}
