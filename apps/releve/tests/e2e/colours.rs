//! The real program asks for colours where an offer needs them, and only there.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use jiff::civil::date;
use ledger::{Access, Store};
use service::Http;
use simulator::colours::{COULEUR_TEMPO, ColourFault, ColourServices, EDF, RTE_PAGE};

use crate::enedis::Enedis;
use crate::support::Home;
use crate::waiting::wait_until;

const PRM: u64 = 33_333_333_333_333;

/// The services of colours on a free port, until the process ends.
fn serve(services: ColourServices) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().unwrap().unwrap();
            while !lines.next().unwrap().unwrap().is_empty() {}
            let path = first.split(' ').nth(1).unwrap().to_owned();
            let request = http::Request::get(format!("http://colours{path}"));
            let request = request.body(bytes::Bytes::new()).unwrap();
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            let answer = runtime.unwrap().block_on(services.send(request)).unwrap();
            let head = format!(
                "HTTP/1.1 {} -\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                answer.status().as_u16(),
                answer.body().len()
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(answer.body()).unwrap();
        }
    });
    url
}

/// A home with an offer, whose sources of colours are at that address.
fn configure(home: &Home, enedis: &Enedis, offer: &str, colours: &str) {
    let config = crate::support::configuration(&enedis.url, "2026", &[PRM]);
    let mut text = format!("{config}offer = \"{offer}\"\n\n[colours]\n");
    for key in [
        "rte_api_url",
        "rte_page_url",
        "couleur_tempo_url",
        "edf_url",
    ] {
        text += &[key, " = \"", colours, "\"\n"].concat();
    }
    home.write("releve.toml", text, 0o600);
}

fn known(home: &Home) -> usize {
    if !home.ledger().exists() {
        return 0;
    }
    let Ok(store) = Store::open(&home.ledger(), Access::Read) else {
        return 0;
    };
    let days = store.colours("tempo", date(2014, 1, 1), date(2027, 1, 1));
    days.unwrap().len()
}

#[test]
fn a_tempo_offer_has_its_colours_fetched_once_and_another_offer_none() {
    let (enedis, services) = (
        Enedis::start(|_| {}),
        ColourServices::new(date(2026, 11, 22)),
    );
    let home = Home::new(&enedis.url, "2026", &[PRM]);
    let url = serve(services.clone());
    configure(&home, &enedis, "base", &url);
    home.run(&["sync"]).well();
    assert_eq!(services.asked(), [""; 0], "no such offer, no such call");
    configure(&home, &enedis, "tempo", &url);
    let told = home.run(&["sync"]).well();
    assert!(told.contains("Tempo"), "{told}");
    let asked = services.asked().len();
    assert!((1..=4).contains(&asked), "a season a call: {asked}");
    assert!(known(&home) > 700, "two years of readings");
    let again = home.run(&["sync"]).well();
    assert!(!again.contains("Tempo"), "{again}");
    assert_eq!(
        services.asked().len(),
        asked,
        "a restart makes no extra call"
    );
    let status = home.run(&["status", "--json"]).well();
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["colours"][0]["calendar"], "tempo");
    assert_ne!(status["colours"][0]["tomorrow"], serde_json::Value::Null);
}

#[test]
fn colours_that_nobody_tells_stop_no_reading() {
    let services = [RTE_PAGE, COULEUR_TEMPO, EDF]
        .into_iter()
        .fold(ColourServices::new(date(2026, 11, 22)), |services, path| {
            services.with(path, ColourFault::Down)
        });
    let enedis = Enedis::start(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]);
    configure(&home, &enedis, "tempo", &serve(services));
    let ended = home.run(&["sync"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.err.contains("rte-page répond 503"), "{}", ended.err);
    assert!(crate::inspected::inspect(&home.ledger()).readings > 1_000);
    let status = home.run(&["status"]).well();
    assert!(status.contains("503"), "{status}");
}

#[test]
fn the_daemon_fetches_colours_beside_the_readings() {
    let enedis = Enedis::going(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    let services = ColourServices::new(date(2026, 11, 22));
    configure(&home, &enedis, "tempo", &serve(services.clone()));
    let daemon = home.start(&["run"]);
    wait_until("tomorrow is known", || known(&home) > 1);
    assert_eq!(daemon.end("TERM").code, Some(0));
}
