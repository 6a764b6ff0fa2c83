//! Parses the time until which an article is put off. Text, clock and zone are passed in.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, Zoned};
use thiserror::Error;

/// The text is not a time in the future.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UntilError {
    #[error(
        "“{}” is not a date; try 30m, 4h, 3d, 2w, monday, tomorrow 9:30, next week or \
         2026-12-01 10:00",
        .0.escape_default()
    )]
    Unknown(String),
    #[error("{} is in the past", .0.escape_default())]
    Past(String),
}

/// Parses `30m`, `4h`, `1d`, `3 days`, `2w`, `1mo`, `tomorrow`, `monday`, `next week`, `next
/// month`, `2026-12-01`, each of the days also with a time (`monday 9:30`, `2026-12-01 10:00`), or
/// just a time. Case does not matter.
///
/// Whole days start at midnight, so that an article put off for `1d` in the evening is back in the
/// morning; minutes and hours count from now. A weekday is the next one after today, `next week`
/// its Monday; a time alone is the next such time.
///
/// # Errors
/// If it is none of these, or in the past.
pub fn parse(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, UntilError> {
    let unknown = || UntilError::Unknown(text.to_owned());
    let words = text.trim().to_lowercase();
    let now = now.to_zoned(zone.clone());
    let until = moment(&words, &now).ok_or_else(unknown)?;
    if until > now.timestamp() {
        Ok(until)
    } else {
        Err(UntilError::Past(text.trim().to_owned()))
    }
}

/// A parsed time, to be shown before it is used: `Tue 29 Dec 2026 10:00`.
pub fn understood(until: Timestamp, zone: &TimeZone) -> String {
    let until = until.to_zoned(zone.clone());
    until.strftime("%a %-d %b %Y %H:%M").to_string()
}

/// The moment meant, past or future.
fn moment(words: &str, now: &Zoned) -> Option<Timestamp> {
    let at = |when: DateTime| Some(when.to_zoned(now.time_zone().clone()).ok()?.timestamp());
    // With an offset, which parsing it as a date and time would drop.
    if let Ok(exact) = words.parse::<Timestamp>() {
        return Some(exact);
    }
    if let Ok(when) = words.parse::<DateTime>() {
        return at(when);
    }
    if let Some(span) = counted(words).and_then(|(count, unit)| short(count, unit)) {
        return Some(now.checked_add(span).ok()?.timestamp());
    }
    if let Some(time) = time(words) {
        let today = at(now.date().to_datetime(time))?;
        return if today > now.timestamp() {
            Some(today)
        } else {
            at(now.date().tomorrow().ok()?.to_datetime(time))
        };
    }
    if let Some(date) = day(words, now) {
        return at(date.to_datetime(Time::midnight()));
    }
    let (words, last) = words.rsplit_once(char::is_whitespace)?;
    at(day(words.trim_end(), now)?.to_datetime(time(last)?))
}

/// `9:30` or `21:05`.
fn time(words: &str) -> Option<Time> {
    Time::strptime("%H:%M", words).ok()
}

/// The day meant.
fn day(words: &str, now: &Zoned) -> Option<Date> {
    let today = now.date();
    let span = match words {
        "tomorrow" => 1.day(),
        "next week" => return next(Weekday::Monday, today),
        "next month" => return today.first_of_month().checked_add(1.month()).ok(),
        _ => match weekday(words) {
            Some(weekday) => return next(weekday, today),
            None => counted(words).and_then(|(count, unit)| days(count, unit))?,
        },
    };
    today.checked_add(span).ok()
}

/// Splits `3d` or `3 days` into a positive number and a unit.
fn counted(words: &str) -> Option<(i64, &str)> {
    let unit_at = words.find(|sign: char| !sign.is_ascii_digit())?;
    let count = words[..unit_at].parse().ok().filter(|count| *count > 0)?;
    Some((count, words[unit_at..].trim_start()))
}

/// A span counted from now.
fn short(count: i64, unit: &str) -> Option<Span> {
    match unit {
        "m" | "min" | "minute" | "minutes" => Span::new().try_minutes(count).ok(),
        "h" | "hour" | "hours" => Span::new().try_hours(count).ok(),
        _ => None,
    }
}

fn days(count: i64, unit: &str) -> Option<Span> {
    match unit {
        "d" | "day" | "days" => Span::new().try_days(count).ok(),
        "w" | "week" | "weeks" => Span::new().try_weeks(count).ok(),
        "mo" | "month" | "months" => Span::new().try_months(count).ok(),
        "y" | "year" | "years" => Span::new().try_years(count).ok(),
        _ => None,
    }
}

/// Parses a weekday, in full or its first three letters.
fn weekday(words: &str) -> Option<Weekday> {
    [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ]
    .into_iter()
    .find(|(name, _)| *name == words || name[..3] == *words)
    .map(|(_, weekday)| weekday)
}

fn next(weekday: Weekday, today: Date) -> Option<Date> {
    today.nth_weekday(1, weekday).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As seen on Thursday, 30 December 2021, at 22:15 in New York.
    fn until(text: &str) -> Result<String, UntilError> {
        let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").expect("a zone");
        let now = "2021-12-31T03:15:00Z".parse().expect("a time");
        parse(text, now, &zone).map(|at| at.to_zoned(zone).strftime("%F %H:%M").to_string())
    }

    #[test]
    fn what_people_type_is_understood() {
        for (text, meant) in [
            ("4h", "2021-12-31 02:15"),
            ("1d", "2021-12-31 00:00"),
            (" 3 Days ", "2022-01-02 00:00"),
            ("2w", "2022-01-13 00:00"),
            ("30m", "2021-12-30 22:45"),
            ("90 minutes", "2021-12-30 23:45"),
            ("2mo", "2022-02-28 00:00"),
            ("2 months", "2022-02-28 00:00"),
            ("1 year", "2022-12-30 00:00"),
            ("tomorrow", "2021-12-31 00:00"),
            ("Monday", "2022-01-03 00:00"),
            ("thu", "2022-01-06 00:00"),
            ("fri", "2021-12-31 00:00"),
            ("next week", "2022-01-03 00:00"),
            ("next month", "2022-01-01 00:00"),
            ("2026-12-01", "2026-12-01 00:00"),
            ("2026-12-29 10:00", "2026-12-29 10:00"),
            ("2026-12-29T10:00:30", "2026-12-29 10:00"),
            ("2026-12-29 10:00-03:00", "2026-12-29 08:00"),
            ("2026-12-29T15:00Z", "2026-12-29 10:00"),
            ("monday 9:30", "2022-01-03 09:30"),
            ("next month 06:00", "2022-01-01 06:00"),
            ("2d 18:00", "2022-01-01 18:00"),
            ("23:00", "2021-12-30 23:00"),
            ("8:00", "2021-12-31 08:00"),
            // It is that time now.
            ("22:15", "2021-12-31 22:15"),
        ] {
            assert_eq!(until(text).as_deref(), Ok(meant), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_to_come_is_refused() {
        for text in [
            "",
            "d",
            "0d",
            "-1d",
            "3x",
            "99999999999999999999d",
            "9999999w",
            "mond",
            "monday noon",
            "2026-12-29 25:00",
            "9:60",
            "3m 10:00",
        ] {
            assert_eq!(until(text), Err(UntilError::Unknown(text.into())), "{text}");
        }
        let error = until("2021-12-30").expect_err("today is over for this");
        assert_eq!(error.to_string(), "2021-12-30 is in the past");
        for over in ["2021-12-30 22:15", "2021-12-31T03:15:00Z"] {
            assert_eq!(until(over), Err(UntilError::Past(over.into())), "{over}");
        }
        assert!(until("2021-02-30").is_err());
    }

    #[test]
    fn a_day_starts_when_the_clocks_say_so() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
        let now = "2021-03-27T12:00:00Z".parse().expect("a time");
        let in_two_days = parse("2d", now, &zone).expect("a day");
        assert_eq!(in_two_days.to_string(), "2021-03-28T22:00:00Z");
    }

    #[test]
    fn what_was_understood_is_said_in_the_zone_of_the_reader() {
        let at = "2026-12-29T10:00:00Z".parse().expect("a time");
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
        assert_eq!(understood(at, &zone), "Tue 29 Dec 2026 11:00");
    }
}
