//! `releve-gateway doctor`: what stands in the way, before a person meets it.

use std::io::Write;
use std::process::ExitCode;

use clap::ArgMatches;
use gateway::doctor::{Health, examine};
use service::{Lang, tr};

use crate::open;

/// One line a finding; a failure when something does not serve.
pub async fn run(arguments: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let app = open::app(arguments).await?;
    let mut out = std::io::stdout();
    let mut serves = true;
    for finding in examine(&app).await {
        let mark = match finding.health {
            Health::Good => "gateway-doctor-good",
            Health::Doubtful => "gateway-doctor-doubtful",
            Health::Bad => "gateway-doctor-bad",
        };
        serves &= finding.health != Health::Bad;
        let (mark, subject) = (tr(lang, mark, &[]), tr(lang, finding.subject.text(), &[]));
        writeln!(out, "{mark:<9}  {subject:<30}  {}", finding.detail)?;
    }
    Ok(if serves {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
