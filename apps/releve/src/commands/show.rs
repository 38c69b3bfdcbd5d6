//! `show`: a day's curve, the days of a week or month, the months of a year, or
//! daily maxima.

use ledger::{Access, Store};
use meter::{Granularity, Kind, Period};

use crate::cli::{Show, Span};
use crate::json::show::{Shown, Subject};
use crate::text::Page;
use crate::view::{self, Wanted};
use crate::when::When;
use crate::{App, Exit, Failure, Said, World, json};

/// Shows a period of every usage point and direction that is wanted.
pub(super) fn show(app: &App, args: &Show, world: &mut World<'_>) -> Result<Exit, Failure> {
    let loaded = app.settings()?;
    let store = Store::open(&app.ledger()?, Access::Read)?;
    let kinds: &[Kind] = match args.span {
        Span::Max => &[Kind::Maximum],
        _ => &[Kind::Daily, Kind::Curve],
    };
    let wanted = Wanted {
        usage_point: args.usage_point,
        direction: args.direction,
        kinds,
    };
    let subjects = view::subjects(&store, &loaded.settings.usage_points, wanted)?;
    let when = match args.when {
        Some(when) => when,
        None => last(&store, &subjects, wanted, args.span)?,
    };
    let period = period(when, args.span)?;
    let shower = Shower { app, store, period };
    match args.span {
        Span::Day => shower.show(subjects, world, Shower::day, Page::day),
        Span::Max => shower.show(subjects, world, Shower::maxima, Page::maxima),
        _ => shower.show(subjects, world, Shower::period, Page::period),
    }
}

/// The last day that has data; for maxima its month.
fn last(store: &Store, subjects: &[Subject], wanted: Wanted, span: Span) -> Result<When, Failure> {
    let last = view::last_held(store, subjects, wanted.kinds)?;
    let last = last.ok_or_else(|| view::nothing(wanted.usage_point))?;
    Ok(match span {
        Span::Max => When::Month(last.first_of_month()),
        _ => When::Day(last),
    })
}

fn period(when: When, span: Span) -> Result<Period, Failure> {
    let granularity = match span {
        Span::Max => return Ok(when.period()),
        Span::Day => Granularity::Day,
        Span::Week => Granularity::Week,
        Span::Month => Granularity::Month,
        Span::Year => Granularity::Year,
    };
    when.within(granularity).ok_or_else(|| {
        Failure::usage(Said::new("error-date-too-long")).hint(Said::new("error-date-too-long-do"))
    })
}

struct Shower<'a> {
    app: &'a App,
    store: Store,
    period: Period,
}

impl Shower<'_> {
    fn show<T: serde::Serialize>(
        &self,
        subjects: Vec<Subject>,
        world: &mut World<'_>,
        read: impl Fn(&Self, Subject) -> Result<T, Failure>,
        write: impl Fn(&mut Page, &T),
    ) -> Result<Exit, Failure> {
        let entries = subjects.into_iter().map(|subject| read(self, subject));
        let entries = entries.collect::<Result<Vec<T>, Failure>>()?;
        if self.app.globals.json {
            let shown = Shown {
                usage_points: entries,
            };
            json::emit(world.out, &shown)?;
            return Ok(Exit::Ok);
        }
        let mut page = Page::new(self.app.words, world.terminal);
        for entry in &entries {
            write(&mut page, entry);
        }
        page.finish(world.out)?;
        Ok(Exit::Ok)
    }

    fn day(&self, subject: Subject) -> Result<json::show::Day, Failure> {
        Ok(view::day::read(
            &self.store,
            subject,
            self.period.first(),
            self.app.now,
        )?)
    }

    fn period(&self, subject: Subject) -> Result<json::show::Period, Failure> {
        let now = self.app.now;
        Ok(view::period::read(&self.store, subject, self.period, now)?)
    }

    fn maxima(&self, subject: Subject) -> Result<json::show::Maxima, Failure> {
        let (first, end) = (self.period.first(), self.period.end());
        Ok(view::maxima::read(&self.store, subject, first, end)?)
    }
}
