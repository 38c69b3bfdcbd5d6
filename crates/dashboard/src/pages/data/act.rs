//! What changes data: asking again, and files that are brought.

use axum::Router;
use axum::extract::{Form, Multipart, State};
use axum::response::Response;
use axum::routing::post;
use home::json::colours::ImportedColours;
use home::json::import::{Import, ImportedFile};
use home::{Failure, Said, Words};
use jiff::civil::Date;
use meter::{Direction, UsagePoint, paris};
use serde::Deserialize;

use crate::asked::refused;
use crate::caller::Caller;
use crate::door::uploads;
use crate::frame::{Frame, Place};
use crate::hands::Wish;
use crate::house::House;
use crate::work::Upload;

pub(super) fn router() -> Router<House> {
    Router::new()
        .route("/data/import", post(import).layer(uploads()))
        .route("/data/repair", post(repair))
}

/// Files of one form.
const FILES: usize = 64;

#[derive(Debug, Deserialize)]
struct Repair {
    point: String,
    first: String,
    last: String,
    all: Option<String>,
    back: Option<String>,
}

async fn repair(State(house): State<House>, caller: Caller, Form(form): Form<Repair>) -> Response {
    let back = super::super::look::back(form.back.as_deref());
    let wish = match wish(&form) {
        Ok(wish) => wish,
        Err(failure) => return caller.fail(&failure),
    };
    match house.hands().repair(wish, caller.words).await {
        Ok(()) => caller.go(&back),
        Err(failure) => caller.fail(&failure),
    }
}

fn wish(form: &Repair) -> Result<Wish, Failure> {
    let point: UsagePoint = form
        .point
        .parse()
        .map_err(|_| refused("point", &form.point))?;
    let day = |name: &str, text: &str| -> Result<Date, Failure> {
        text.parse().map_err(|_| refused(name, text))
    };
    let (first, last) = (day("first", &form.first)?, day("last", &form.last)?);
    if last < first {
        return Err(refused("last", &form.last));
    }
    Ok(Wish {
        from: first,
        to: paris::add_days(last, 1),
        all: form.all.as_deref() == Some("1"),
        usage_points: vec![point],
    })
}

#[derive(askama::Template)]
#[template(path = "pages/imported.html")]
struct ImportedPage {
    frame: Frame,
    files: Vec<FileCard>,
}

struct FileCard {
    name: String,
    facts: Vec<(String, String)>,
    remarks: Vec<String>,
}

async fn import(State(house): State<House>, caller: Caller, form: Multipart) -> Response {
    let (files, whose) = match read(form).await {
        Ok(read) => read,
        Err(failure) => return caller.fail(&failure),
    };
    let words = caller.words;
    let report = house.hands().import(files, whose, words).await;
    let frame = caller.frame(Place::Data);
    caller.answer(report.map(|report| ImportedPage {
        files: cards(words, &report),
        frame,
    }))
}

type Whose = (Option<UsagePoint>, Option<Direction>);

/// The files of a form, and whose readings they are where it says so.
async fn read(mut form: Multipart) -> Result<(Vec<Upload>, Whose), Failure> {
    let mut files = Vec::new();
    let mut whose = (None, None);
    let broken = |_| Failure::usage(Said::new("data-import-broken"));
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(broken)?;
            // A browser sends an empty one where none was chosen.
            if !(bytes.is_empty() && file.is_empty()) {
                files.push(Upload { name: file, bytes });
            }
            if files.len() > FILES {
                return Err(Failure::usage(Said::new("data-import-many")));
            }
            continue;
        }
        let text = field.text().await.map_err(broken)?;
        match name.as_str() {
            "point" if !text.is_empty() => {
                let point = text.parse().map_err(|_| refused("point", &text))?;
                whose.0 = Some(point);
            }
            "direction" if !text.is_empty() => {
                let mut all = Direction::ALL.into_iter();
                let found = all.find(|one| one.to_string() == text);
                whose.1 = Some(found.ok_or_else(|| refused("direction", &text))?);
            }
            _ => {}
        }
    }
    if files.is_empty() {
        return Err(
            Failure::usage(Said::new("data-import-none")).hint(Said::new("data-import-none-do"))
        );
    }
    Ok((files, whose))
}

fn cards(words: Words, report: &Import) -> Vec<FileCard> {
    let files = report.files.iter().map(|file| card(words, file));
    let colours = report.colours.iter().map(|file| colours(words, file));
    files.chain(colours).collect()
}

fn card(words: Words, file: &ImportedFile) -> FileCard {
    let sums = &file.sums;
    let number = |value: u64| words.number(value);
    let whose = super::direction(words, file.direction);
    let mut facts = vec![
        (
            words.t("data-imported-whose"),
            format!("{} · {whose}", file.usage_point),
        ),
        (words.t("data-imported-points"), number(sums.points)),
        (words.t("data-imported-written"), number(sums.written)),
        (words.t("data-imported-revised"), number(sums.revised)),
        (
            words.t("data-imported-complete"),
            number(sums.days_complete),
        ),
        (words.t("data-imported-partial"), number(sums.days_partial)),
    ];
    if sums.watt_minutes > 0 {
        facts.push((words.t("price-row-energy"), words.kwh(sums.watt_hours)));
    }
    if let (Some(from), Some(to)) = (file.from, file.to) {
        let span = format!("{} – {}", words.instant(from), words.instant(to));
        facts.push((words.t("data-imported-span"), span));
    }
    let remark = |name: &str, count: u64| {
        let count = (count > 0).then(|| number(count))?;
        Some(words.say(name, &[("count", &count)]))
    };
    let remarks = [
        remark("data-imported-duplicates", sums.duplicates),
        remark("data-imported-unplaced", sums.unplaced),
        remark("data-imported-holes", sums.holes.len() as u64),
        remark("data-imported-unbalanced", file.unbalanced.len() as u64),
    ];
    FileCard {
        name: file.file.clone(),
        facts,
        remarks: remarks.into_iter().flatten().collect(),
    }
}

fn colours(words: Words, file: &ImportedColours) -> FileCard {
    let facts = vec![
        (
            words.t("colours-column-colour"),
            words.calendar_title(&file.calendar),
        ),
        (words.t("data-imported-days"), words.number(file.days)),
        (words.t("data-imported-written"), words.number(file.written)),
        (words.t("data-imported-revised"), words.number(file.revised)),
    ];
    let differ = file.contradictions.iter();
    FileCard {
        name: file.file.clone(),
        facts,
        remarks: differ.map(|one| words.contradiction(one)).collect(),
    }
}
