//! `releve-gateway doctor`: what stands in the way, before a person meets it.

use std::io::Write;
use std::process::ExitCode;

use clap::ArgMatches;
use gateway::doctor::{Health, examine};
use service::{Lang, tr};

use crate::json::{self, Doctor};
use crate::open;
use crate::stop::Outcome;

/// One line a finding; a failure when something does not serve.
pub async fn run(arguments: &ArgMatches, lang: Lang) -> Outcome<ExitCode> {
    let opened = open::app(arguments, lang).await?;
    let lang = opened.lang;
    let doctor = Doctor::new(examine(&opened.app).await, lang);
    if arguments.get_flag("json") {
        json::print(&doctor)?;
    } else {
        lines(&doctor, lang)?;
    }
    Ok(if doctor.serves {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn lines(doctor: &Doctor, lang: Lang) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    for check in &doctor.checks {
        let mark = match check.health {
            Health::Good => "gateway-doctor-good",
            Health::Doubtful => "gateway-doctor-doubtful",
            Health::Bad => "gateway-doctor-bad",
        };
        let mark = tr(lang, mark, &[]);
        writeln!(out, "{mark:<9}  {:<30}  {}", check.said, check.detail)?;
    }
    Ok(())
}
