//! Colours asked of sources that fail, differ and lag, and kept.

use collector::colours::{self, Addresses, ColourProblem, Round, RteAccount, ask};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::{Access, Store};
use meter::paris;
use simulator::colours::{COULEUR_TEMPO, ColourFault, ColourServices, EDF, RTE_API, RTE_PAGE};
use tariff::colour::{Answer, Colour, EjpDay, ReadError, Source, TempoColour};

const FIRST: Date = date(2026, 8, 25);
const TODAY: Date = date(2026, 11, 20);

fn now() -> Timestamp {
    "2026-11-20T09:30:00Z".parse().unwrap()
}

fn addresses() -> Addresses {
    let host = "https://colours.example".to_owned();
    Addresses {
        rte_api: host.clone(),
        rte_page: host.clone(),
        couleur_tempo: host.clone(),
        edf: host,
    }
}

async fn round<C: Colour>(services: &ColourServices) -> Round<C> {
    ask(services, &addresses(), None, colours::wanted(FIRST, now())).await
}

fn sources<C>(round: &Round<C>) -> Vec<&Source> {
    round.answers.iter().map(|(source, _)| source).collect()
}

fn truth(day: Date) -> TempoColour {
    TempoColour::ALL[simulator::colours::tempo(day)]
}

#[tokio::test]
async fn the_first_source_that_decides_every_day_is_the_last_that_is_asked() {
    let services = ColourServices::new(paris::add_days(TODAY, 1));
    let round = round::<TempoColour>(&services).await;
    assert_eq!(sources(&round), [&Source::RtePage]);
    assert_eq!(round.undecided, []);
    assert_eq!(
        services.asked(),
        [
            "/cms/open_data/v1/tempo?season=2025-2026",
            "/cms/open_data/v1/tempo?season=2026-2027"
        ]
    );
}

#[tokio::test]
async fn a_page_and_an_outage_pass_the_question_on_and_are_told() {
    let services = ColourServices::new(paris::add_days(TODAY, 1))
        .with(RTE_PAGE, ColourFault::Page)
        .with(COULEUR_TEMPO, ColourFault::Down);
    let round = round::<TempoColour>(&services).await;
    let (failed, answered) = round.answers.split_at(2);
    assert_eq!(failed[0].1, Err(ColourProblem::Unreadable(ReadError::Html)));
    assert_eq!(failed[1].1, Err(ColourProblem::Status(503)));
    assert_eq!(answered[0].0, Source::Edf);
    let days = answered[0].1.as_ref().unwrap();
    assert_eq!(days[0], (FIRST, Some(truth(FIRST))));
    assert_eq!(round.undecided, []);
    assert!(
        services.asked()[2]
            .contains("dateApplicationBorneInf=2026-8-25&dateApplicationBorneSup=2026-11-21")
    );
}

fn account(secret: &str) -> RteAccount {
    RteAccount {
        client_id: simulator::colours::CLIENT_ID.to_owned(),
        client_secret: secret.into(),
    }
}

#[tokio::test]
async fn an_account_at_rte_goes_first_and_its_secret_is_shown_nowhere() {
    let services = ColourServices::new(paris::add_days(TODAY, 1));
    let wanted = || date(2025, 9, 1)..=paris::add_days(TODAY, 1);
    let right = account(simulator::colours::CLIENT_SECRET);
    let round: Round<TempoColour> = ask(&services, &addresses(), Some(&right), wanted()).await;
    assert_eq!(sources(&round), [&Source::RteApi]);
    assert_eq!(round.undecided, []);
    for (day, colour) in round.answers[0].1.as_ref().unwrap() {
        assert_eq!(*colour, Some(truth(*day)), "{day}");
    }
    let asked = services.asked();
    assert_eq!(
        asked.len(),
        3,
        "a token, then a year at most at once: {asked:?}"
    );
    assert!(
        asked[1].ends_with(
            "?start_date=2025-09-01T00:00:00%2B02:00&end_date=2026-09-01T00:00:00%2B02:00"
        )
    );
    let wrong = account("not-the-secret");
    let round: Round<TempoColour> = ask(&services, &addresses(), Some(&wrong), wanted()).await;
    assert_eq!(round.answers[0].1, Err(ColourProblem::Status(401)));
    assert_eq!(sources(&round), [&Source::RteApi, &Source::RtePage]);
    let shown = format!("{wrong:?} {:?} {:?}", round.answers[0], services.asked());
    assert!(!shown.contains("not-the-secret"), "{shown}");
}

#[tokio::test]
async fn a_refusal_of_rtes_api_is_told_with_its_code() {
    let services =
        ColourServices::new(paris::add_days(TODAY, 1)).with(RTE_API, ColourFault::Refused);
    let account = account(simulator::colours::CLIENT_SECRET);
    let wanted = colours::wanted(FIRST, now());
    let round: Round<TempoColour> = ask(&services, &addresses(), Some(&account), wanted).await;
    let problem = round.answers[0].1.clone().unwrap_err();
    assert!(
        problem.to_string().contains("TMPLIKSUPCON_TMPLIKCAL_F04"),
        "{problem}"
    );
    assert_eq!(round.undecided, []);
}

#[tokio::test]
async fn before_it_is_published_tomorrow_stays_undecided_though_all_are_asked() {
    let services = ColourServices::new(TODAY);
    let round = round::<TempoColour>(&services).await;
    assert_eq!(
        sources(&round),
        [&Source::RtePage, &Source::CouleurTempo, &Source::Edf]
    );
    assert_eq!(round.undecided, [paris::add_days(TODAY, 1)]);
}

#[tokio::test]
async fn without_any_source_nothing_is_known_and_nothing_is_guessed() {
    let services = [RTE_PAGE, COULEUR_TEMPO, EDF]
        .into_iter()
        .fold(ColourServices::new(TODAY), |services, path| {
            services.with(path, ColourFault::Away)
        });
    let round = round::<TempoColour>(&services).await;
    assert!(round.answers.iter().all(|(_, answer)| answer.is_err()));
    assert_eq!(round.undecided.len(), 89);
}

#[tokio::test]
async fn ejp_is_asked_of_edf_alone() {
    let services = ColourServices::new(paris::add_days(TODAY, 1));
    let round = round::<EjpDay>(&services).await;
    assert_eq!(sources(&round), [&Source::Edf]);
    assert_eq!(round.undecided, []);
    let days = round.answers[0].1.as_ref().unwrap();
    for (day, kind) in days {
        let peak = simulator::colours::ejp(*day);
        assert_eq!(*kind == Some(EjpDay::Peak), peak, "{day}");
    }
}

#[tokio::test]
async fn what_sources_say_is_kept_and_their_contradictions_come_out_of_the_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join(ledger::FILE_NAME), Access::Write).unwrap();
    let services = ColourServices::new(TODAY).with(COULEUR_TEMPO, ColourFault::Wrong);
    let round = round::<TempoColour>(&services).await;
    for (source, days) in &round.answers {
        let days = days.as_ref().unwrap();
        let first = colours::keep(&mut store, source, days, now()).unwrap();
        // EDF is only asked for what the others left open: tomorrow.
        assert_eq!(first.inserted > 0, *source != Source::Edf, "{source}");
        let again = colours::keep(&mut store, source, days, now()).unwrap();
        assert_eq!(again.rows(), 0, "{source}");
    }
    let end = paris::add_days(TODAY, 2);
    let calendar = colours::load::<TempoColour>(&store, FIRST, end).unwrap();
    for day in paris::days(FIRST, paris::add_days(TODAY, 1)) {
        assert_eq!(
            calendar.at(day),
            Answer::Known(truth(day)),
            "RTE prevails on {day}"
        );
    }
    assert_eq!(calendar.at(paris::add_days(TODAY, 1)), Answer::Unknown);
    assert!(calendar.contradictions().count() > 0);
}

#[test]
fn invented_colours_obey_the_contract() {
    for day in paris::days(date(2020, 9, 1), date(2026, 9, 1)) {
        let winter = matches!(day.month(), 11 | 12 | 1..=3);
        let weekday = day.weekday().to_monday_one_offset();
        let red = truth(day) == TempoColour::Red;
        assert!(!red || (winter && weekday <= 5), "{day}");
        assert!(truth(day) == TempoColour::Blue || weekday < 7, "{day}");
        assert!(
            !simulator::colours::ejp(day) || (winter && weekday < 7),
            "{day}"
        );
    }
}
