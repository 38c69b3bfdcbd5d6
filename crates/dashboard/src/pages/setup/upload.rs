//! Files dropped in place of a source.

use axum::Router;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::response::Response;
use axum::routing::post;
use home::{Failure, Said};

use super::form::{Fields, failed, of_failure};
use super::shell::{Answer, Shell, Step, again, first_run};
use crate::caller::Caller;
use crate::door::uploads;
use crate::house::House;
use crate::work::{Failed, Upload};

/// Files that are taken at once.
const MOST: usize = 40;

/// Bytes of a field that is no file.
const FIELD: usize = 4096;

pub(super) fn router() -> Router<House> {
    Router::new().route("/setup/files", post(dropped).layer(uploads()))
}

async fn dropped(State(house): State<House>, caller: Caller, form: Multipart) -> Answer {
    let words = caller.words;
    let shell = Shell::open(&house, &caller, Step::Source).await?;
    let sent = sent(form)
        .await
        .map_err(|failure| of_failure(&failure, words));
    let (files, fields) = match sent {
        Ok(sent) => sent,
        Err(failed) => return Ok(refuse(&caller, shell, failed, &Fields::default())),
    };
    if files.is_empty() {
        let failed = failed("dash-setup-no-file", words);
        return Ok(refuse(&caller, shell, failed, &fields));
    }
    let point = match fields.prm("prm", words) {
        Ok(point) => point,
        Err(failed) => return Ok(refuse(&caller, shell, failed, &fields)),
    };
    let hands = house.hands();
    let first = first_run(hands.as_ref()).map_err(|failure| caller.fail(&failure))?;
    Ok(match first.files(files, point, words.lang).await {
        Ok(()) => caller.go(Step::Points.path()),
        Err(failure) => refuse(&caller, shell, of_failure(&failure, words), &fields),
    })
}

fn refuse(caller: &Caller, shell: Shell, failed: Failed, fields: &Fields) -> Response {
    again(
        caller,
        super::source::files_page(shell.refuse(failed), fields),
    )
}

/// The files and the other fields of a form.
pub(super) async fn sent(mut form: Multipart) -> Result<(Vec<Upload>, Fields), Failure> {
    let (mut files, mut fields) = (Vec::new(), Fields::default());
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file) = field.file_name().map(str::to_owned) else {
            let bytes = field.bytes().await.map_err(broken)?;
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(FIELD)]);
            fields.0.push((name, text.into_owned()));
            continue;
        };
        let bytes = field.bytes().await.map_err(broken)?;
        // A browser sends an empty one where no file was chosen.
        if file.is_empty() && bytes.is_empty() {
            continue;
        }
        if files.len() == MOST {
            return Err(Failure::usage(Said::new("dash-setup-many-files")));
        }
        files.push(Upload { name: file, bytes });
    }
    Ok((files, fields))
}

/// Too large, cut off, or no form at all.
fn broken(_: MultipartError) -> Failure {
    Failure::usage(Said::new("dash-setup-broken-file")).hint(Said::new("dash-setup-broken-file-do"))
}
