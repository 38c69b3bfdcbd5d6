//! `off-peak at`: whether instants are off-peak, one answer a line.

use std::io::BufRead;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use meter::{Direction, paris};

use crate::cli::OffPeak;
use crate::json::off_peak::Answer;
use crate::words::Words;
use crate::{App, Exit, Failure, Said, World};

/// Answers every instant, else every line of standard input as it comes. What
/// is no instant is told and answered with nothing, so that answers stay beside
/// their questions; the exit code remembers it.
pub(super) fn at(
    app: &App,
    args: &OffPeak,
    instants: &[String],
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let mut exit = Exit::Ok;
    for instant in instants {
        exit = worse(exit, answer(app, args, instant, world)?);
    }
    while instants.is_empty()
        && let Some(line) = line(world.input)?
    {
        if !line.trim().is_empty() {
            exit = worse(exit, answer(app, args, &line, world)?);
        }
    }
    Ok(exit)
}

fn worse(before: Exit, now: Exit) -> Exit {
    if now == Exit::Ok { before } else { now }
}

fn line(input: &mut dyn BufRead) -> Result<Option<String>, Failure> {
    let mut line = String::new();
    let unreadable = |cause: std::io::Error| {
        let said = Said::new("error-off-peak-input").cause(&cause);
        Failure::new(Exit::Data, said)
    };
    let read = input.read_line(&mut line).map_err(unreadable)?;
    Ok((read > 0).then_some(line))
}

fn answer(
    app: &App,
    args: &OffPeak,
    instant: &str,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let instant = instant.trim();
    let Some(wall_clock) = wall_clock(instant) else {
        let nothing = Answer {
            instant: instant.to_owned(),
            off_peak: None,
            range: None,
        };
        write(app, &nothing, world)?;
        let said = Said::new("error-off-peak-instant").with("text", instant);
        let failure = Failure::usage(said).hint(Said::new("error-off-peak-instant-do"));
        return Ok(crate::tell(
            &failure,
            app.words.lang,
            app.globals.json,
            world,
        ));
    };
    write(app, &ask(args, instant, wall_clock), world)?;
    Ok(Exit::Ok)
}

fn write(app: &App, answer: &Answer, world: &mut World<'_>) -> Result<(), Failure> {
    if app.globals.json {
        serde_json::to_writer(&mut *world.out, answer)?;
        writeln!(world.out)?;
    } else {
        writeln!(world.out, "{}", text(app.words, answer))?;
    }
    // A program may wait for each answer before it asks again.
    world.out.flush()?;
    Ok(())
}

fn text(words: Words, answer: &Answer) -> String {
    let instant = answer.instant.replace(char::is_control, "\u{fffd}");
    let range = answer.range.as_deref().unwrap_or_default();
    let name = match answer.off_peak {
        Some(true) => "off-peak-at",
        Some(false) => "off-peak-at-peak",
        None => "off-peak-at-nothing",
    };
    words.say(name, &[("instant", &instant), ("range", range)])
}

fn ask(args: &OffPeak, instant: &str, (day, minute): (Date, u16)) -> Answer {
    let rules = args.rules.rules(args.usage_point);
    let year = rules.year(args.direction.unwrap_or(Direction::Consumption));
    let range = year.range_at(day, minute, args.zone);
    Answer {
        instant: instant.to_owned(),
        off_peak: Some(range.is_some()),
        range: range.map(|(from, to)| format!("{}-{}", clock(from), clock(to))),
    }
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// What the wall shows at an instant: one with an offset, or a local time. Both
/// readings of the repeated autumn hour show the same; the hour that spring
/// skips is shown by no clock.
fn wall_clock(text: &str) -> Option<(Date, u16)> {
    let local = match text.parse::<Timestamp>() {
        Ok(instant) => paris::local(instant),
        Err(_) => local(text).filter(|local| paris::instants(*local) != paris::Instants::None)?,
    };
    let minute = local.hour() as u16 * 60 + local.minute() as u16;
    Some((local.date(), minute))
}

/// `2026-11-20 02:30`, `2026-11-20T02:30:00`, `20/11/2026 02:30`, `20/11/2026 2h30`.
fn local(text: &str) -> Option<DateTime> {
    let (day, time) = text.split_once(['T', 't', ' '])?;
    let day = match crate::When::read(day, Timestamp::UNIX_EPOCH)? {
        crate::When::Day(day) if day.year() > 1970 => day,
        _ => return None,
    };
    let parts: Vec<_> = time.trim().split([':', 'h', 'H']).collect();
    let number = |text: &str, least: usize| {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = plain && (least..=2).contains(&text.len());
        fits.then(|| text.parse::<i8>().ok())?
    };
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, "00"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let time = jiff::civil::Time::new(number(hour, 1)?, number(minute, 2)?, number(second, 2)?, 0);
    Some(day.to_datetime(time.ok()?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn local_and_utc_instants_show_the_same_clock() {
        let expected = Some((date(2026, 11, 20), 150));
        for text in [
            "2026-11-20 02:30",
            "2026-11-20T02:30:59",
            "2026-11-20T01:30Z",
            "2026-11-20T02:30:00+01:00",
            "20/11/2026 2h30",
        ] {
            assert_eq!(wall_clock(text), expected, "{text}");
        }
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        for text in [
            "",
            "2026-11-20",
            "hier 02:30",
            "2026-11-20 25:00",
            "2026-11-20 2:3",
            "2026-03-29 02:30",
            "2026-11-20T02:30[America/New_York]",
        ] {
            assert_eq!(wall_clock(text), None, "{text}");
        }
    }

    #[test]
    fn the_repeated_hour_has_one_answer() {
        let expected = Some((date(2026, 10, 25), 150));
        for text in ["2026-10-25 02:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z"] {
            assert_eq!(wall_clock(text), expected, "{text}");
        }
    }
}
