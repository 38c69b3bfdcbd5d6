//! The program over the gateways of others: what it fetches and what it says.

use std::fmt::Write;

use simulator::profile::Standing;
use simulator::{conso_api, customers, my_electrical_data};

use crate::enedis::{Enedis, NOW};
use crate::inspected::inspect;
use crate::support::{Ended, Home};

const CONSO: u64 = customers::DEMO_SECOND;
const MED: u64 = customers::DEMO_HOME;

/// Two usage points, one over each gateway.
fn home(enedis: &Enedis) -> Home {
    let home = Home::new(&enedis.url, "v5", &[CONSO]);
    let (conso, med) = (conso_api::PATH, my_electrical_data::PATH);
    let url = enedis.url.trim_end_matches('/');
    let text = format!(
        "language = \"en\"\n\
         [sources.conso]\nkind = \"conso-api\"\nbase_url = \"{url}{conso}\"\n\
         token_file = \"conso.token\"\n\
         [sources.med]\nkind = \"myelectricaldata\"\nbase_url = \"{url}{med}\"\n\
         [[usage_points]]\nprm = \"{CONSO:014}\"\n\
         [[usage_points]]\nprm = \"{MED:014}\"\nsource = \"med\"\ntoken_file = \"med.token\"\n"
    );
    home.write("releve.toml", text, 0o600);
    let token = conso_api::token(&[customers::usage_point(CONSO)], NOW.parse().unwrap());
    home.write("conso.token", token, 0o600);
    let token = my_electrical_data::token(customers::usage_point(MED));
    home.write("med.token", token, 0o600);
    home
}

#[test]
fn a_first_sync_fetches_what_each_gateway_admits_and_says_when_it_goes_on() {
    let enedis = Enedis::start(|_| {});
    let home = home(&enedis);
    let first = home.run(&["sync"]);
    assert_eq!(first.code, Some(5), "{first:?}");
    insta::assert_snapshot!(said(&home, &first));
    assert!(inspect(&home.ledger()).readings > 10_000);
    let calls = enedis.simulator.calls().len();
    let second = home.run(&["sync"]);
    assert_eq!(second.code, Some(5), "{second:?}");
    assert_eq!(
        enedis.simulator.calls().len(),
        calls,
        "nobody is asked again"
    );
}

#[test]
fn each_trouble_of_a_gateway_names_its_cause_and_the_next_step() {
    let mut out = String::new();
    for (what, change) in [
        ("consents withdrawn", withdraw as fn(&Enedis, &Home)),
        ("tokens of others", confuse),
    ] {
        let enedis = Enedis::start(|_| {});
        let home = home(&enedis);
        change(&enedis, &home);
        for lang in ["fr", "en"] {
            let ended = home.run(&["sync", "--lang", lang]);
            writeln!(out, "{what}, {lang}\n{}", said(&home, &ended)).unwrap();
        }
    }
    insta::assert_snapshot!(out);
}

fn withdraw(enedis: &Enedis, _home: &Home) {
    for number in [CONSO, MED] {
        let prm = customers::usage_point(number);
        enedis.simulator.set_standing(prm, Standing::Revoked);
    }
}

fn confuse(_enedis: &Enedis, home: &Home) {
    let token = conso_api::token(&[customers::usage_point(MED)], NOW.parse().unwrap());
    home.write("conso.token", token, 0o600);
    home.write("med.token", "another", 0o600);
}

fn said(home: &Home, ended: &Ended) -> String {
    home.neutral(&format!("{}{}", ended.out, ended.err))
}

#[test]
fn check_shows_both_gateways_and_no_token() {
    let enedis = Enedis::start(|_| {});
    let home = home(&enedis);
    let shown = home.run(&["check"]).well();
    let url = enedis.url.trim_end_matches('/');
    insta::assert_snapshot!(home.neutral(&shown.replace(url, "[url]")));
}

#[test]
fn a_folder_of_exports_is_read_by_sync_and_what_is_bad_stays_and_is_shown() {
    let enedis = Enedis::start(|_| {});
    let home = Home::new(&enedis.url, "v5", &[MED]);
    let text = format!(
        "[sources.exports]\nkind = \"files\"\nfolder = \"exports\"\n\
         [[usage_points]]\nprm = \"{MED:014}\"\n"
    );
    home.write("releve.toml", text, 0o600);
    std::fs::create_dir(home.path("exports")).unwrap();
    let curve = include_str!("../../../../testdata/csv/curve_PT30M_1year_2DST_bom.csv");
    home.write("exports/curve.csv", curve, 0o600);
    home.write("exports/cut.csv", &curve[..curve.len() - 7], 0o600);
    // The program's clock stands in the past: both files seem to be of tomorrow.
    let mut out = String::new();
    for lang in ["en", "fr"] {
        let sync = home.run(&["sync", "--lang", lang]);
        assert_eq!(sync.code, Some(0), "{sync:?}");
        writeln!(out, "{lang}\n{}", said(&home, &sync)).unwrap();
        let status = home.run(&["status", "--lang", lang]).out;
        assert!(status.contains("cut.csv"), "{status}");
    }
    home.write("exports/more.csv", curve, 0o600);
    let json = home.run(&["--json", "--lang", "en", "sync"]).well();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let files = format!("{:#}", json["files"]);
    writeln!(out, "json\n{}", home.neutral(&files)).unwrap();
    assert!(home.path("exports/imported/curve.csv").exists());
    assert!(home.path("exports/cut.csv").exists());
    assert!(inspect(&home.ledger()).readings > 17_000);
    assert!(enedis.simulator.calls().is_empty());
    insta::assert_snapshot!(out);
}
