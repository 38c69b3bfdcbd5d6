//! A Domoticz for benches and for trying things out: prints its address and
//! answers until its input ends.

use std::io::{Read, stdin};

use jiff::civil::DateTime;
use standins::domoticz::{Domoticz, Settings};

fn main() {
    let mut settings = Settings::default();
    if let Some(now) = std::env::args().nth(1) {
        let Ok(now) = now.parse::<DateTime>() else {
            eprintln!("usage: standin-domoticz [2026-11-21T12:00:00]");
            std::process::exit(2);
        };
        settings.now = now;
    }
    let domoticz = Domoticz::start(settings);
    println!("{}", domoticz.url());
    let mut rest = Vec::new();
    let _ = stdin().read_to_end(&mut rest);
}
