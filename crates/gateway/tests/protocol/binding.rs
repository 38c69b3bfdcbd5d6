//! Claiming a stranger's meter, H07 to H10 and H15 to H22: each attempt fails,
//! on both generations, and leaves its row.

use gateway::Visitor;
use gateway::binding::{self, CodeTrouble, Outcome, Return};
use grant::server::Failure;

use crate::on_both;
use crate::world::{BOX, Begun, Browser, Engine, HOME, NEIGHBOUR, OTHER_BOX, Pair, World};

on_both!(
    h07_ten_wrong_codes_and_the_line_waits,
    h07_guesses_at_the_same_time_are_no_more_than_ten,
    h08_wrong_codes_from_everywhere_slow_everybody_and_stop_nobody,
    h09_an_own_code_between_guesses_resets_nothing,
    h10_codes_are_read_kindly_and_never_looked_up_when_malformed,
    h15_a_state_is_known_used_once_and_gives_the_same_page_again,
    h16_another_browser_consumes_nothing,
    h17_a_known_usage_point_asks_for_more_2026,
    h17_a_known_usage_point_asks_for_more_v5,
    h17_an_own_meter_beside_a_strangers_proves_nothing_v5,
    h17_two_strangers_meters_are_proved_by_the_days_of_neither_v5,
    h18_a_usage_point_that_never_consented_fails_v5,
    h18_a_number_that_never_resolves_fails_2026,
    h19_only_an_own_number_of_today_is_accepted,
    h19_a_number_that_led_to_a_consent_leads_to_no_other,
    h20_an_enumeration_rings_the_alarm_and_burns_no_quota,
    h21_claimed_twice_both_have_to_prove_more,
    h21_claimed_twice_v5,
    h22_a_forged_refusal_changes_nothing,
    the_same_browser_renews_without_a_challenge,
    a_box_that_shows_its_refresh_token_renews_without_a_challenge,
    a_replaced_refresh_token_proves_nothing_any_more,
    a_challenge_is_passed_by_who_reads_the_meter_and_lost_after_three_tries,
    a_withdrawn_usage_point_is_guarded_by_its_tombstone,
    f03_another_node_goes_on_when_the_lease_is_over,
    f22_a_slow_consent_is_waited_for,
    trouble_at_enedis_leaves_a_second_try,
    the_page_of_enedis_is_the_configured_one,
);

fn number(back: &Return) -> u64 {
    back.autorisation_id.as_deref().unwrap().parse().unwrap()
}

fn with_number(back: &Return, number: impl std::fmt::Display) -> Return {
    Return {
        autorisation_id: Some(number.to_string()),
        ..back.clone()
    }
}

/// Somebody who is at Enedis with a box of their own.
async fn away(world: &World, client: &str) -> (Begun, Browser, url::Url) {
    let (begun, browser) = (world.begin(client).await, world.browser());
    let url = world.leave(&browser, &begun).await;
    (begun, browser, url)
}

/// An attacker's callback: their own `state`, some other value.
fn forged(url: &url::Url, value: Option<&str>, point: Option<&str>) -> Return {
    let state = url
        .query_pairs()
        .find(|(name, _)| name == "state")
        .unwrap()
        .1;
    Return {
        state: state.into_owned(),
        autorisation_id: value.map(str::to_owned),
        usage_point_id: point.map(str::to_owned),
        error: None,
    }
}

fn at(address: &str) -> Visitor {
    Visitor {
        address: address.parse().unwrap(),
        agent: String::new(),
        browser: None,
    }
}

/// A code that is nobody's.
fn guess(n: usize) -> String {
    const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
    let letter = |place: u32| char::from(LETTERS[n / 20_usize.pow(place) % 20]);
    (0..8).map(letter).collect()
}

async fn h07_ten_wrong_codes_and_the_line_waits(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    for n in 0..10 {
        let wrong = binding::look_up(&world.app, &at("203.0.113.7"), &guess(n)).await;
        assert_eq!(wrong.unwrap_err(), CodeTrouble::Unknown);
    }
    let own = binding::look_up(&world.app, &at("203.0.113.7"), &begun.user).await;
    assert!(matches!(own.unwrap_err(), CodeTrouble::TooMany { .. }));
    assert!(
        binding::look_up(&world.app, &at("203.0.113.8"), &begun.user)
            .await
            .is_ok()
    );
    world.pass(600).await;
    assert!(
        binding::look_up(&world.app, &at("203.0.113.7"), &begun.user)
            .await
            .is_ok()
    );
    assert_eq!(world.audited("code_wrong").await, 10);
}

async fn h07_guesses_at_the_same_time_are_no_more_than_ten(engine: Engine) {
    let world = World::new(engine).await;
    let visitor = at("203.0.113.5");
    let guesses = (0..60).map(|n| {
        let (world, visitor) = (&world, &visitor);
        async move { binding::look_up(&world.app, visitor, &guess(n)).await }
    });
    let told = futures_util::future::join_all(guesses).await;
    let looked = |trouble: &Result<_, CodeTrouble>| matches!(trouble, Err(CodeTrouble::Unknown));
    assert_eq!(told.iter().filter(|told| looked(told)).count(), 10);
}

async fn h08_wrong_codes_from_everywhere_slow_everybody_and_stop_nobody(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let at_home = at("192.0.2.10");
    let calm = binding::look_up(&world.app, &at_home, &begun.user)
        .await
        .unwrap();
    assert!(!calm.must_type);
    for n in 0..300 {
        // Ten of one /64 count together, whatever their other half.
        let address = format!("2001:db8:1:{:x}::{n:x}", n / 10);
        let wrong = binding::look_up(&world.app, &at(&address), &guess(n)).await;
        assert_eq!(wrong.unwrap_err(), CodeTrouble::Unknown, "{address}");
    }
    let full = binding::look_up(&world.app, &at("2001:db8:1:5::ffff"), &begun.user).await;
    assert!(matches!(full.unwrap_err(), CodeTrouble::TooMany { .. }));
    let before = service::Clock::now(&world.clock);
    let crowded = binding::look_up(&world.app, &at_home, &begun.user)
        .await
        .unwrap();
    assert!(crowded.must_type);
    let waited = service::Clock::now(&world.clock).duration_since(before);
    assert_eq!(waited.as_secs(), 2);
}

async fn h09_an_own_code_between_guesses_resets_nothing(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let attacker = at("203.0.113.9");
    for n in 0..10 {
        let _ = binding::look_up(&world.app, &attacker, &guess(n)).await;
        if n % 3 == 0 && n < 9 {
            assert!(
                binding::look_up(&world.app, &attacker, &begun.user)
                    .await
                    .is_ok()
            );
        }
    }
    let over = binding::look_up(&world.app, &attacker, &guess(11)).await;
    assert!(matches!(over.unwrap_err(), CodeTrouble::TooMany { .. }));
}

async fn h10_codes_are_read_kindly_and_never_looked_up_when_malformed(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let visitor = at("203.0.113.10");
    let wide: String = begun
        .user
        .chars()
        .filter(char::is_ascii_uppercase)
        .filter_map(|letter| char::from_u32(u32::from(letter) + 0xfee0))
        .collect();
    for typed in [
        begun.user.to_lowercase(),
        wide,
        format!("\u{200f}{} ", begun.user),
    ] {
        assert!(
            binding::look_up(&world.app, &visitor, &typed).await.is_ok(),
            "{typed}"
        );
    }
    for typed in [
        "",
        "12345678",
        "<script>alert(1)</script>",
        &"B".repeat(10_000),
    ] {
        let refused = binding::look_up(&world.app, &visitor, typed).await;
        assert_eq!(refused.unwrap_err(), CodeTrouble::NotACode);
    }
    assert_eq!(world.audited("code_wrong").await, 0);
}

async fn h15_a_state_is_known_used_once_and_gives_the_same_page_again(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser, url) = away(&world, BOX).await;
    let back = world.agree(&url, HOME);
    for state in ["", "x", &"x".repeat(101), "lgs_AAAA"] {
        let forged = Return {
            state: state.to_owned(),
            ..back.clone()
        };
        assert_eq!(
            world.come_back(&browser, &forged).await,
            Outcome::Unknown,
            "{state}"
        );
    }
    for _ in 0..20 {
        assert_eq!(world.come_back(&browser, &back).await, Outcome::Working);
    }
    assert_eq!(world.audited("callback").await, 1);
    let other = with_number(&back, number(&back) + 1);
    assert_eq!(world.come_back(&browser, &other).await, Outcome::Refused);
    assert_eq!(world.audited("callback_refused").await, 1);
    world.settle(30).await;
    assert_eq!(world.come_back(&browser, &back).await, Outcome::Approved);
    assert_eq!(world.audited("approved").await, 1);
    Pair::of(&world.poll(BOX, &begun).await);
}

async fn h16_another_browser_consumes_nothing(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser, url) = away(&world, BOX).await;
    let back = world.agree(&url, HOME);
    let thief = world.browser();
    assert_eq!(world.come_back(&thief, &back).await, Outcome::OtherBrowser);
    let without = binding::come_back(&world.app, &browser.without_cookie(), &back).await;
    assert_eq!(without.unwrap(), Outcome::OtherBrowser);
    assert_eq!(world.audited("callback").await, 0);
    assert_eq!(world.audited("callback_refused").await, 2);
    assert_eq!(world.come_back(&browser, &back).await, Outcome::Working);
    world.settle(30).await;
    Pair::of(&world.poll(BOX, &begun).await);
}

async fn h17_a_known_usage_point_asks_for_more_2026(engine: Engine) {
    let world = World::new(engine).await;
    world.tokens(BOX, HOME).await;
    // A real consent of today for the same meter, in another browser.
    let (begun, browser, url) = away(&world, OTHER_BOX).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    assert!(matches!(
        world.status(&browser).await,
        Outcome::Challenged(_)
    ));
    assert_eq!(
        world.poll(OTHER_BOX, &begun).await.error(),
        "authorization_pending"
    );
    assert!(world.audited("claim_conflict").await >= 1);
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 1);
    world.pass(1900).await;
    assert_eq!(world.poll(OTHER_BOX, &begun).await.error(), "expired_token");
}

async fn h17_a_known_usage_point_asks_for_more_v5(engine: Engine) {
    let world = World::v5(engine).await;
    world.tokens(BOX, HOME).await;
    let (begun, attacker, url) = away(&world, OTHER_BOX).await;
    let claim = forged(&url, None, Some(HOME.1));
    assert_eq!(world.come_back(&attacker, &claim).await, Outcome::Working);
    world.settle(30).await;
    assert!(matches!(
        world.status(&attacker).await,
        Outcome::Challenged(_)
    ));
    assert_eq!(
        world.poll(OTHER_BOX, &begun).await.error(),
        "authorization_pending"
    );
    assert!(world.audited("claim_conflict").await >= 1);
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 1);
}

/// The points of v5's callback are anybody's word: an own meter beside a
/// stranger's is no proof of both.
async fn h17_an_own_meter_beside_a_strangers_proves_nothing_v5(engine: Engine) {
    let world = World::v5(engine).await;
    world.tokens(BOX, NEIGHBOUR).await;
    let (begun, attacker, url) = away(&world, OTHER_BOX).await;
    world.agree(&url, HOME);
    let both = format!("{},{}", HOME.1, NEIGHBOUR.1);
    let claim = forged(&url, None, Some(&both));
    assert_eq!(world.come_back(&attacker, &claim).await, Outcome::Working);
    world.settle(30).await;
    let Outcome::Challenged(challenge) = world.status(&attacker).await else {
        panic!("nothing is asked");
    };
    assert_eq!(challenge.point.as_deref(), Some("2251••••••4270"));
    let own = rightly(&world, &attacker, HOME.1).await;
    for _ in 0..3 {
        binding::answer(&world.app, &attacker.visitor(), &own)
            .await
            .unwrap();
    }
    assert_eq!(
        world.status(&attacker).await,
        Outcome::Failed(Failure::Unproved)
    );
    assert_eq!(world.poll(OTHER_BOX, &begun).await.error(), "access_denied");
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 1);
}

/// Nor do the days of one stranger's meter prove another's.
async fn h17_two_strangers_meters_are_proved_by_the_days_of_neither_v5(engine: Engine) {
    let world = World::v5(engine).await;
    world.tokens(BOX, HOME).await;
    world.tokens(BOX, NEIGHBOUR).await;
    let (_, attacker, url) = away(&world, OTHER_BOX).await;
    let both = format!("{},{}", HOME.1, NEIGHBOUR.1);
    let claim = forged(&url, None, Some(&both));
    world.come_back(&attacker, &claim).await;
    world.settle(30).await;
    let known = rightly(&world, &attacker, HOME.1).await;
    let outcome = binding::answer(&world.app, &attacker.visitor(), &known).await;
    assert_eq!(outcome.unwrap(), Outcome::Failed(Failure::Unproved));
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 2);
}

async fn h18_a_usage_point_that_never_consented_fails_v5(engine: Engine) {
    let world = World::v5(engine).await;
    let (begun, attacker, url) = away(&world, BOX).await;
    let claim = forged(&url, None, Some("66666666666666"));
    assert_eq!(world.come_back(&attacker, &claim).await, Outcome::Working);
    let other = forged(&url, None, Some(HOME.1));
    assert_eq!(world.come_back(&attacker, &other).await, Outcome::Refused);
    world.settle(130).await;
    let failed = Outcome::Failed(Failure::NotRecorded);
    assert_eq!(world.status(&attacker).await, failed);
    assert_eq!(world.come_back(&attacker, &claim).await, failed);
    assert_eq!(world.poll(BOX, &begun).await.error(), "access_denied");
    assert_eq!(world.audited("failed").await, 1);
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 0);
}

async fn h18_a_number_that_never_resolves_fails_2026(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, attacker, url) = away(&world, BOX).await;
    let claim = forged(&url, Some("58999"), None);
    assert_eq!(world.come_back(&attacker, &claim).await, Outcome::Working);
    world.settle(130).await;
    assert_eq!(
        world.status(&attacker).await,
        Outcome::Failed(Failure::NotRecorded)
    );
    assert_eq!(world.poll(BOX, &begun).await.error(), "access_denied");
    assert_eq!(world.audited("failed").await, 1);
}

async fn h19_only_an_own_number_of_today_is_accepted(engine: Engine) {
    let world = World::new(engine).await;
    // A customer who consented yesterday, with another gateway of the same application.
    let elsewhere = world.agree(&away(&world, BOX).await.2, NEIGHBOUR);
    world.pass(86_400).await;
    let (begun, attacker, url) = away(&world, BOX).await;
    for value in [
        "0",
        "-1",
        "9223372036854775808",
        "1e5",
        "58249 ",
        "0x1",
        "1,2",
        "",
    ] {
        let claim = forged(&url, Some(value), None);
        assert_eq!(
            world.come_back(&attacker, &claim).await,
            Outcome::Refused,
            "{value}"
        );
    }
    let claim = forged(&url, elsewhere.autorisation_id.as_deref(), None);
    assert_eq!(world.come_back(&attacker, &claim).await, Outcome::Working);
    world.settle(30).await;
    assert_eq!(
        world.status(&attacker).await,
        Outcome::Failed(Failure::NotYours)
    );
    assert_eq!(world.poll(BOX, &begun).await.error(), "access_denied");
    assert_eq!(world.audited("claim_conflict").await, 1);
    // The numbers of Enedis' own test customers are old, ended, or nobody's.
    for value in ["10", "11", "12", "13"] {
        let (_, attacker, url) = away(&world, BOX).await;
        world
            .come_back(&attacker, &forged(&url, Some(value), None))
            .await;
        world.settle(130).await;
        assert!(
            matches!(world.status(&attacker).await, Outcome::Failed(_)),
            "{value}"
        );
    }
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 0);
}

async fn h19_a_number_that_led_to_a_consent_leads_to_no_other(engine: Engine) {
    let world = World::new(engine).await;
    let (_, owner, url) = away(&world, BOX).await;
    let back = world.agree(&url, HOME);
    world.come_back(&owner, &back).await;
    world.settle(30).await;
    let (begun, attacker, url) = away(&world, BOX).await;
    let claim = forged(&url, back.autorisation_id.as_deref(), None);
    world.enedis.clear_calls();
    let failed = Outcome::Failed(Failure::NotYours);
    assert_eq!(world.come_back(&attacker, &claim).await, failed);
    world.settle(5).await;
    assert!(world.enedis.calls().is_empty());
    assert_eq!(world.poll(BOX, &begun).await.error(), "access_denied");
    assert_eq!(world.audited("claim_conflict").await, 1);
    assert_eq!(world.status(&owner).await, Outcome::Approved);
}

async fn h20_an_enumeration_rings_the_alarm_and_burns_no_quota(engine: Engine) {
    let world = World::with(engine, |config, _| config.limits.flows_per_address = 1000).await;
    let mut last = None;
    for n in 0..60_u64 {
        let form = crate::world::form_request("/device_authorization", &[("client_id", BOX)]);
        let answer = world.send_from(&format!("198.18.0.{n}"), form).await;
        let begun = Begun {
            device: answer.text_of("device_code"),
            user: answer.text_of("user_code"),
        };
        let browser = world.browser();
        let url = world.leave(&browser, &begun).await;
        let claim = forged(&url, Some(&(58_000 + n).to_string()), None);
        world.come_back(&browser, &claim).await;
        world.settle(1).await;
        last = Some(browser);
    }
    assert_eq!(world.audited("enumeration_alarm").await, 1);
    let asked = world.enedis.calls().len();
    assert!(asked <= 61, "{asked} calls, one of them for a token");
    world.settle(500).await;
    let asked = world.enedis.calls().len();
    assert!(
        asked <= 61,
        "{asked} calls in the hour, one of them for a token"
    );
    assert_eq!(world.status(&last.unwrap()).await, Outcome::Working);
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 0);
}

async fn h21_claimed_twice_both_have_to_prove_more(engine: Engine) {
    let world = World::new(engine).await;
    let (victims, owner, owners_url) = away(&world, BOX).await;
    let back = world.agree(&owners_url, HOME);
    // The attacker was there first, with the numbers that come next.
    let (attackers, attacker, url) = away(&world, OTHER_BOX).await;
    let claim = forged(&url, back.autorisation_id.as_deref(), None);
    world.come_back(&attacker, &claim).await;
    world.settle(3).await;
    world.come_back(&owner, &back).await;
    world.settle(60).await;
    for browser in [&attacker, &owner] {
        assert!(matches!(
            world.status(browser).await,
            Outcome::Challenged(_)
        ));
    }
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 0);
    assert_eq!(
        world.poll(OTHER_BOX, &attackers).await.error(),
        "authorization_pending"
    );
    assert!(world.audited("claim_conflict").await >= 2);
    // Who reads the meter's page proves it; the other has failed.
    answer_rightly(&world, &owner, HOME.1).await;
    assert_eq!(world.status(&owner).await, Outcome::Approved);
    assert_eq!(
        world.status(&attacker).await,
        Outcome::Failed(Failure::NotYours)
    );
    world.pass(5).await;
    Pair::of(&world.poll(BOX, &victims).await);
    assert_eq!(
        world.poll(OTHER_BOX, &attackers).await.error(),
        "access_denied"
    );
}

async fn h21_claimed_twice_v5(engine: Engine) {
    let world = World::v5(engine).await;
    let (_, owner, owners_url) = away(&world, BOX).await;
    let (_, attacker, url) = away(&world, OTHER_BOX).await;
    let claim = forged(&url, None, Some(HOME.1));
    world.come_back(&attacker, &claim).await;
    world.settle(3).await;
    let back = world.agree(&owners_url, HOME);
    world.come_back(&owner, &back).await;
    world.settle(60).await;
    for browser in [&attacker, &owner] {
        assert!(matches!(
            world.status(browser).await,
            Outcome::Challenged(_)
        ));
    }
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 0);
}

async fn h22_a_forged_refusal_changes_nothing(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser, url) = away(&world, BOX).await;
    let back = world.agree(&url, HOME);
    let refusal = Return {
        error: Some("access_denied".to_owned()),
        autorisation_id: None,
        ..back.clone()
    };
    let thief = world.browser();
    assert_eq!(
        world.come_back(&thief, &refusal).await,
        Outcome::OtherBrowser
    );
    assert_eq!(
        world.poll(BOX, &begun).await.error(),
        "authorization_pending"
    );
    assert_eq!(world.come_back(&browser, &back).await, Outcome::Working);
    // After the answer, a refusal comes too late.
    assert_eq!(world.come_back(&browser, &refusal).await, Outcome::Working);
    world.settle(30).await;
    Pair::of(&world.poll(BOX, &begun).await);
}

async fn the_same_browser_renews_without_a_challenge(engine: Engine) {
    let world = World::new(engine).await;
    let (_, browser) = world.approved(BOX, HOME).await;
    let begun = world.begin(BOX).await;
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    assert_eq!(world.status(&browser).await, Outcome::Approved);
    Pair::of(&world.poll(BOX, &begun).await);
}

async fn a_box_that_shows_its_refresh_token_renews_without_a_challenge(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let form = [("client_id", BOX), ("refresh_token", &*pair.refresh)];
    let answer = world.post("/device_authorization", &form).await;
    let begun = Begun {
        device: answer.text_of("device_code"),
        user: answer.text_of("user_code"),
    };
    let browser = world.browser();
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    assert_eq!(world.status(&browser).await, Outcome::Approved);
}

async fn a_replaced_refresh_token_proves_nothing_any_more(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let next = Pair::of(&world.refresh(BOX, &pair.refresh).await);
    Pair::of(&world.refresh(BOX, &next.refresh).await);
    // Somebody found it in an old backup.
    let stranger = at("203.0.113.6");
    let managed = binding::consents(&world.app, &stranger, Some(&pair.refresh)).await;
    assert!(managed.unwrap().is_empty());
    let form = [("client_id", BOX), ("refresh_token", &*pair.refresh)];
    let answer = world.post("/device_authorization", &form).await;
    let begun = Begun {
        device: answer.text_of("device_code"),
        user: answer.text_of("user_code"),
    };
    let browser = world.browser();
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    assert!(matches!(
        world.status(&browser).await,
        Outcome::Challenged(_)
    ));
}

async fn a_challenge_is_passed_by_who_reads_the_meter_and_lost_after_three_tries(engine: Engine) {
    let world = World::new(engine).await;
    world.tokens(BOX, HOME).await;
    let challenged = async || {
        let (begun, browser, url) = away(&world, OTHER_BOX).await;
        let back = world.agree(&url, HOME);
        world.come_back(&browser, &back).await;
        world.settle(30).await;
        (begun, browser)
    };
    let (begun, browser) = challenged().await;
    let answer = async |browser: &Browser, typed: &[String]| {
        binding::answer(&world.app, &browser.visitor(), typed)
            .await
            .unwrap()
    };
    for wrong in [
        vec![],
        vec!["1".to_owned()],
        vec!["0,1".to_owned(), "0,2".to_owned()],
    ] {
        answer(&browser, &wrong).await;
    }
    assert_eq!(
        world.status(&browser).await,
        Outcome::Failed(Failure::Unproved)
    );
    assert_eq!(world.poll(OTHER_BOX, &begun).await.error(), "access_denied");
    assert_eq!(world.audited("challenge_failed").await, 3);
    // Another flow has no more tries for the same meter today, even a right one.
    let (_, second) = challenged().await;
    let typed = rightly(&world, &second, HOME.1).await;
    assert_eq!(
        answer(&second, &typed).await,
        Outcome::Failed(Failure::Unproved)
    );
    world.pass(86_400).await;
    let (begun, third) = challenged().await;
    answer_rightly(&world, &third, HOME.1).await;
    assert_eq!(world.status(&third).await, Outcome::Approved);
    Pair::of(&world.poll(OTHER_BOX, &begun).await);
    assert_eq!(
        world
            .count("SELECT count(*) FROM proof WHERE proved_by = 'knowledge'")
            .await,
        1
    );
}

/// What the person reads on the page of Enedis, with one decimal.
async fn rightly(world: &World, browser: &Browser, point: &str) -> Vec<String> {
    let Outcome::Challenged(challenge) = world.status(browser).await else {
        panic!("nothing is asked");
    };
    let truth = world.enedis.truth(point.parse().unwrap()).unwrap();
    let read = |day: &jiff::civil::Date| {
        let tenths = (truth.daily_wh(meter::Direction::Consumption, *day) + 50) / 100;
        format!("{},{}", tenths / 10, tenths % 10)
    };
    challenge.days.iter().map(read).collect()
}

async fn answer_rightly(world: &World, browser: &Browser, point: &str) {
    let typed = rightly(world, browser, point).await;
    let outcome = binding::answer(&world.app, &browser.visitor(), &typed).await;
    assert_eq!(outcome.unwrap(), Outcome::Approved);
}

async fn a_withdrawn_usage_point_is_guarded_by_its_tombstone(engine: Engine) {
    let world = World::v5(engine).await;
    let (_, owner) = world.approved(BOX, HOME).await;
    let mine = binding::consents(&world.app, &owner.visitor(), None)
        .await
        .unwrap();
    let gone = binding::withdraw(&world.app, &owner.visitor(), None, &mine[0].id).await;
    assert!(gone.unwrap());
    // At Enedis the consent still runs: the stranger's probe would be answered.
    let (_, attacker, url) = away(&world, OTHER_BOX).await;
    world
        .come_back(&attacker, &forged(&url, None, Some(HOME.1)))
        .await;
    world.settle(30).await;
    assert!(matches!(
        world.status(&attacker).await,
        Outcome::Challenged(_)
    ));
    assert!(world.audited("claim_conflict").await >= 1);
}

async fn f03_another_node_goes_on_when_the_lease_is_over(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser, url) = away(&world, BOX).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    // A node takes the flow and dies.
    let lease = jiff::SignedDuration::from_secs(60);
    let taken = world.app.store.transact(move |tx| {
        Box::pin(async move {
            let until = tx.now() + lease;
            gateway::store::claims::take_due(tx, until).await
        })
    });
    assert!(taken.await.unwrap().is_some());
    world.settle(59).await;
    assert_eq!(world.status(&browser).await, Outcome::Working);
    world.settle(15).await;
    assert_eq!(world.status(&browser).await, Outcome::Approved);
    Pair::of(&world.poll(BOX, &begun).await);
}

async fn f22_a_slow_consent_is_waited_for(engine: Engine) {
    let world = World::with(engine, |_, options| {
        options.services_delay = jiff::SignedDuration::from_secs(20);
    })
    .await;
    let (begun, browser, url) = away(&world, BOX).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(20).await;
    assert_eq!(world.status(&browser).await, Outcome::Working);
    world.settle(30).await;
    assert_eq!(world.status(&browser).await, Outcome::Approved);
    Pair::of(&world.poll(BOX, &begun).await);
}

async fn trouble_at_enedis_leaves_a_second_try(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser, url) = away(&world, BOX).await;
    let trouble = Return {
        error: Some("server_error".to_owned()),
        ..forged(&url, None, None)
    };
    assert_eq!(
        world.come_back(&browser, &trouble).await,
        Outcome::Failed(Failure::Enedis)
    );
    assert_eq!(
        world.poll(BOX, &begun).await.error(),
        "authorization_pending"
    );
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    assert_eq!(world.come_back(&browser, &back).await, Outcome::Working);
    world.settle(30).await;
    Pair::of(&world.poll(BOX, &begun).await);
}

async fn the_page_of_enedis_is_the_configured_one(engine: Engine) {
    for (world, path) in [
        (World::new(engine).await, "/dataconnect/v2/oauth2/authorize"),
        (World::v5(engine).await, "/dataconnect/v1/oauth2/authorize"),
    ] {
        let (_, _, url) = away(&world, BOX).await;
        assert_eq!((url.host_str(), url.path()), (Some("enedis.test"), path));
        let state = url
            .query_pairs()
            .find(|(name, _)| name == "state")
            .unwrap()
            .1;
        assert!(state.len() <= 100);
        assert!(
            url.query_pairs()
                .any(|pair| pair == ("duration".into(), "P3Y".into()))
        );
    }
}
