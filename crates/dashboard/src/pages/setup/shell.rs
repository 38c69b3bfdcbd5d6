//! What surrounds each step: where one is, where one may go, and what was wrong
//! with the last answer.

use askama::Template;
use axum::response::{IntoResponse, Response};
use home::first::PointAnswers;
use home::{Exit, Failure, Said, Words};
use http::StatusCode;

use super::form::of_failure;
use crate::caller::Caller;
use crate::door::Role;
use crate::first_run::{FirstRun, Hindrance, Standing};
use crate::frame::{Frame, Place};
use crate::hands::Hands;
use crate::house::House;
use crate::work::Failed;

/// A step of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Begin,
    Source,
    Consent,
    Points,
    OffPeak,
    Offer,
    Outputs,
    Finish,
    Progress,
}

impl Step {
    const SHOWN: [Self; 8] = [
        Self::Begin,
        Self::Source,
        Self::Consent,
        Self::Points,
        Self::OffPeak,
        Self::Offer,
        Self::Outputs,
        Self::Finish,
    ];

    pub fn path(self) -> &'static str {
        match self {
            Self::Begin => "/setup",
            Self::Source => "/setup/source",
            Self::Consent => "/setup/consent",
            Self::Points => "/setup/points",
            Self::OffPeak => "/setup/off-peak",
            Self::Offer => "/setup/offer",
            Self::Outputs => "/setup/outputs",
            Self::Finish => "/setup/finish",
            Self::Progress => "/setup/progress",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Begin => "dash-setup-step-begin",
            Self::Source => "dash-setup-step-source",
            Self::Consent => "dash-setup-step-consent",
            Self::Points => "dash-setup-step-points",
            Self::OffPeak => "dash-setup-step-off-peak",
            Self::Offer => "dash-setup-step-offer",
            Self::Outputs => "dash-setup-step-outputs",
            Self::Finish => "dash-setup-step-finish",
            Self::Progress => "dash-setup-progress-title",
        }
    }
}

/// A step as a link, where one may go there.
pub(super) struct StepLink {
    pub name: String,
    pub href: Option<String>,
    pub is_here: bool,
    pub is_done: bool,
}

/// Behind the address of a step: an answer to a later one is not there any more.
const FORGOTTEN: &str = "?forgotten";

/// A page, or what somebody gets who does not belong there.
pub(super) type Answer = Result<Response, Response>;

/// What surrounds a step.
pub(super) struct Shell {
    pub frame: Frame,
    pub standing: Standing,
    pub steps: Vec<StepLink>,
    /// What a new start of the program has left of the answers, and what to do.
    pub anew: Option<(String, String)>,
    /// What was wrong with the answer.
    pub refused: Option<Failed>,
}

#[derive(Template)]
#[template(path = "pages/setup/there.html")]
struct There {
    frame: Frame,
    path: Option<String>,
}

impl Shell {
    /// The shell of a step, or where one belongs instead.
    pub async fn open(house: &House, caller: &Caller, step: Step) -> Result<Self, Response> {
        let frame = caller.frame(Place::Setup);
        if caller.visitor.role < Role::Owner {
            let mut answer = caller.fail(&Failure::usage(Said::new("dash-setup-owner")));
            *answer.status_mut() = StatusCode::FORBIDDEN;
            return Err(answer);
        }
        let standing = standing(house, caller.words).await?;
        let written = standing.written;
        if house.hands().is_configured() && !written {
            let path = standing
                .path
                .filter(|_| matches!(standing.hindrance, Some(Hindrance::Exists)));
            return Err(caller.answer(Ok(There { frame, path })));
        }
        if let Some(other) = instead(&standing, step) {
            let why = if is_forgotten(&standing, step, other) {
                FORGOTTEN
            } else {
                ""
            };
            return Err(caller.go(&format!("{}{why}", other.path())));
        }
        Ok(Self {
            steps: links(&frame, &standing, step),
            anew: anew(&standing, caller, step),
            frame,
            standing,
            refused: None,
        })
    }

    /// The same with what was wrong.
    pub fn refuse(mut self, refused: Failed) -> Self {
        self.refused = Some(refused);
        self
    }
}

/// The page of a step once more, with what was wrong with its answer.
pub(super) fn again<T: Template>(caller: &Caller, page: T) -> Response {
    let mut answer = caller.answer(Ok(page));
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

/// What stands in the way of writing the configuration.
pub(super) fn hindered(standing: &Standing, words: Words) -> Option<String> {
    let Some(path) = &standing.path else {
        return Some(words.t("dash-setup-no-place"));
    };
    Some(match standing.hindrance.as_ref()? {
        Hindrance::Closed(cause) => {
            words.say("dash-setup-closed", &[("path", path), ("cause", cause)])
        }
        Hindrance::Exists => words.say("dash-setup-there-what", &[("path", path)]),
    })
}

/// Who sets the home up.
pub(super) fn first_run(hands: &dyn Hands) -> Result<&dyn FirstRun, Failure> {
    let nobody = || Failure::new(Exit::Usage, Said::new("dash-no-hands"));
    hands.first_run().ok_or_else(nobody)
}

/// Keeps the usage points as they were answered.
pub(super) fn keep_points(
    house: &House,
    points: Vec<PointAnswers>,
    words: Words,
) -> Result<(), Failed> {
    let first = first_run(house.hands().as_ref());
    first
        .map_err(|failure| of_failure(&failure, words))?
        .points(points);
    Ok(())
}

/// What a usage point is called: its name, else its number.
pub(super) fn called(point: &PointAnswers) -> String {
    let name = point.name.clone();
    name.unwrap_or_else(|| point.prm.to_string())
}

/// How far it has come, read where the disk may be waited for.
async fn standing(house: &House, words: Words) -> Result<Standing, Response> {
    let hands = house.hands().clone();
    let read = tokio::task::spawn_blocking(move || {
        let first = hands.first_run()?;
        Some(first.standing(words.lang))
    });
    let standing = read.await.ok().flatten();
    standing.ok_or_else(|| StatusCode::NOT_FOUND.into_response())
}

/// Where somebody belongs who is not ready for a step.
fn instead(standing: &Standing, step: Step) -> Option<Step> {
    if standing.written {
        return (step != Step::Progress).then_some(Step::Progress);
    }
    let last = reached(standing);
    let here = step == Step::Consent && !needs_consent(standing);
    if step == Step::Progress || step > last {
        return Some(last);
    }
    here.then_some(Step::Points)
}

/// The last step for which everything is known.
fn reached(standing: &Standing) -> Step {
    if standing.source.is_none() {
        Step::Source
    } else if needs_consent(standing) && !is_given(standing) {
        Step::Consent
    } else if standing.points.is_empty() {
        Step::Points
    } else {
        Step::Finish
    }
}

pub(super) fn needs_consent(standing: &Standing) -> bool {
    standing
        .source
        .as_ref()
        .is_some_and(|source| source.way == "gateway")
}

fn is_given(standing: &Standing) -> bool {
    use home::json::consent::ConsentState::{Given, InDoubt};
    standing
        .consent
        .as_ref()
        .is_some_and(|consent| matches!(consent.state, Given | InDoubt))
}

/// Whether somebody comes from a step whose answers this process never had.
fn is_forgotten(standing: &Standing, step: Step, instead: Step) -> bool {
    let nothing = standing.source.is_none() || standing.taken_up;
    nothing && !standing.written && instead < step && step > Step::Source
}

/// What a new start has left, where the page does not tell of something else.
fn anew(standing: &Standing, caller: &Caller, step: Step) -> Option<(String, String)> {
    use home::json::consent::ConsentState::{Given, InDoubt, Waiting};
    let state = standing.consent.as_ref().map(|consent| consent.state);
    let name = match state.filter(|_| standing.taken_up) {
        Some(Given | InDoubt) => "dash-setup-kept",
        Some(Waiting) if step <= Step::Consent => "dash-setup-kept-waiting",
        _ if caller.here.ends_with(FORGOTTEN) => "dash-setup-forgotten",
        _ => return None,
    };
    let words = caller.words;
    Some((words.t(name), words.t(&format!("{name}-do"))))
}

fn links(frame: &Frame, standing: &Standing, here: Step) -> Vec<StepLink> {
    let last = reached(standing);
    let shown = Step::SHOWN.into_iter();
    let shown = shown.filter(|step| *step != Step::Consent || needs_consent(standing));
    let link = |step: Step| StepLink {
        name: frame.t(step.message()),
        href: (step <= last && step != here && !standing.written)
            .then(|| format!("{}{}", frame.base, step.path())),
        is_here: step == here,
        is_done: step < here,
    };
    shown.map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::first_run::Source;

    #[test]
    fn nobody_is_ahead_of_what_is_known_and_nobody_is_asked_twice() {
        let mut standing = Standing::default();
        assert_eq!(instead(&standing, Step::Begin), None);
        assert_eq!(instead(&standing, Step::Finish), Some(Step::Source));
        standing.source = Some(Source {
            way: "gateway",
            ..Source::default()
        });
        assert_eq!(instead(&standing, Step::Offer), Some(Step::Consent));
        standing.source = Some(Source {
            way: "token",
            ..Source::default()
        });
        assert_eq!(instead(&standing, Step::Offer), Some(Step::Points));
        assert_eq!(instead(&standing, Step::Consent), Some(Step::Points));
        assert_eq!(instead(&standing, Step::Source), None);
        let prm = "22516914714270".parse().unwrap();
        standing.points = vec![home::first::PointAnswers::of(prm)];
        assert_eq!(instead(&standing, Step::Finish), None);
        assert_eq!(instead(&standing, Step::Progress), Some(Step::Finish));
        standing.written = true;
        assert_eq!(instead(&standing, Step::Source), Some(Step::Progress));
        assert_eq!(instead(&standing, Step::Progress), None);
    }
}
