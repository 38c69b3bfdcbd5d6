//! The usage points: those that the source told of, and more by their number.

use askama::Template;
use axum::extract::State;
use axum::routing::get;
use axum::{Form, Router};
use home::Words;
use home::config::resolve::is_name;
use home::first::PointAnswers;
use meter::UsagePoint;

use super::form::{Fields, failed, of_problem};
use super::shell::{Answer, Shell, Step, again, keep_points};
use crate::caller::Caller;
use crate::frame::Frame;
use crate::house::House;
use crate::work::Failed;

pub(super) fn router() -> Router<House> {
    Router::new().route(Step::Points.path(), get(page).post(answered))
}

struct Shown {
    prm: UsagePoint,
    name: String,
    kept: bool,
}

#[derive(Template)]
#[template(path = "pages/setup/points.html")]
struct PointsPage {
    frame: Frame,
    shell: Shell,
    points: Vec<Shown>,
    more: String,
    more_name: String,
}

impl PointsPage {
    fn new(shell: Shell, fields: Option<&Fields>) -> Self {
        let mut known: Vec<UsagePoint> = shell.standing.found.clone();
        let others = shell.standing.points.iter().map(|point| point.prm);
        for prm in others {
            if !known.contains(&prm) {
                known.push(prm);
            }
        }
        let shown = |prm: UsagePoint| {
            let mut points = shell.standing.points.iter();
            let kept = points.find(|point| point.prm == prm);
            match fields {
                Some(fields) => Shown {
                    prm,
                    name: fields.get(&format!("name-{prm}")).to_owned(),
                    kept: fields.has(&format!("keep-{prm}")),
                },
                None => Shown {
                    prm,
                    name: kept.and_then(|it| it.name.clone()).unwrap_or_default(),
                    kept: kept.is_some(),
                },
            }
        };
        let typed = |name: &str| fields.map_or("", |fields| fields.get(name)).to_owned();
        Self {
            points: known.into_iter().map(shown).collect(),
            more: typed("more"),
            more_name: typed("more-name"),
            frame: shell.frame.clone(),
            shell,
        }
    }
}

async fn page(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Points).await?;
    Ok(caller.answer(Ok(PointsPage::new(shell, None))))
}

async fn answered(
    State(house): State<House>,
    caller: Caller,
    Form(fields): Form<Fields>,
) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Points).await?;
    let points = read(&shell, &fields, caller.words);
    let kept = points.and_then(|points| keep_points(&house, points, caller.words));
    Ok(match kept {
        Ok(()) => caller.go(Step::OffPeak.path()),
        Err(failed) => again(
            &caller,
            PointsPage::new(shell.refuse(failed), Some(&fields)),
        ),
    })
}

fn read(shell: &Shell, fields: &Fields, words: Words) -> Result<Vec<PointAnswers>, Failed> {
    let standing = &shell.standing;
    let answered = standing.points.iter().map(|point| point.prm);
    let mut known: Vec<UsagePoint> = standing.found.iter().copied().chain(answered).collect();
    known.dedup();
    let mut points: Vec<PointAnswers> = Vec::new();
    let mut keep = |prm: UsagePoint, name: &str| -> Result<(), Failed> {
        if points.iter().any(|point| point.prm == prm) {
            return Ok(());
        }
        let before = standing.points.iter().find(|point| point.prm == prm);
        let before = before.cloned().unwrap_or_else(|| PointAnswers::of(prm));
        points.push(PointAnswers {
            name: named(name, words)?,
            ..before
        });
        Ok(())
    };
    for prm in known {
        if fields.has(&format!("keep-{prm}")) {
            keep(prm, fields.get(&format!("name-{prm}")))?;
        }
    }
    if let Some(prm) = fields.prm("more", words)? {
        keep(prm, fields.get("more-name"))?;
    }
    if points.is_empty() {
        return Err(failed("dash-setup-no-point", words));
    }
    Ok(points)
}

fn named(name: &str, words: Words) -> Result<Option<String>, Failed> {
    match name {
        "" => Ok(None),
        name if is_name(name) => Ok(Some(name.to_owned())),
        _ => {
            let problem = service::settings::Problem::new("config-name");
            Err(of_problem(&problem, words))
        }
    }
}
