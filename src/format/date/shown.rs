//! Dates formatted for people. The clock is passed in.

use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Unit};
use serde::Deserialize;

use crate::model::Moment;

/// RFC 3339 in UTC, as printed by `list --format json`: `2021-12-30T23:19:00Z`.
pub fn rfc3339(moment: Moment) -> String {
    moment.at.to_string()
}

/// In full, in the reader's zone: `Thu 30 Dec 2021 23:19`, without the time if there is none.
pub fn absolute(moment: Moment, zone: &TimeZone) -> String {
    let format = if moment.whole_day {
        "%a %-d %b %Y"
    } else {
        "%a %-d %b %Y %H:%M"
    };
    strtime::format(format, &moment.at.to_zoned(zone_of(moment, zone))).unwrap_or_default()
}

/// In words, relative to `now`: `just now`, `2 hours ago`, `yesterday`, `3 days ago`, `4 years
/// ago`, `in 2 days`.
pub fn relative(moment: Moment, now: Timestamp, zone: &TimeZone) -> String {
    let seconds = now.as_second() - moment.at.as_second();
    let days = days_between(moment, now, zone);
    if moment.whole_day && days == 0 {
        return "today".to_owned();
    }
    let (count, unit) = match seconds.unsigned_abs() {
        0..60 if !moment.whole_day => return "just now".to_owned(),
        elapsed @ 60..3_600 if !moment.whole_day => (elapsed / 60, "minute"),
        elapsed @ 3_600..86_400 if !moment.whole_day => (elapsed / 3_600, "hour"),
        _ => match days.unsigned_abs() {
            1 => {
                return if days > 0 {
                    "yesterday".to_owned()
                } else {
                    "tomorrow".to_owned()
                };
            }
            elapsed @ 0..31 => (elapsed.max(1), "day"),
            elapsed @ 31..365 => (elapsed / 30, "month"),
            elapsed => (elapsed / 365, "year"),
        },
    };
    let plural = if count == 1 { "" } else { "s" };
    if days < 0 || seconds < 0 {
        format!("in {count} {unit}{plural}")
    } else {
        format!("{count} {unit}{plural} ago")
    }
}

/// How dates are written in lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateStyle {
    /// The age, or the day if it is longer ago.
    #[default]
    Relative,
    /// The day: `30 Dec 21`.
    Absolute,
    /// `2021-12-30`.
    Iso,
}

/// A moment in a list's column.
pub fn listed(moment: Moment, now: Timestamp, zone: &TimeZone, style: DateStyle) -> String {
    let format = match style {
        DateStyle::Relative => return age(moment, now, zone),
        DateStyle::Absolute => "%-d %b %y",
        DateStyle::Iso => "%Y-%m-%d",
    };
    let then = moment.at.to_zoned(zone_of(moment, zone));
    strtime::format(format, &then).unwrap_or_default()
}

/// The age in a list's column, at most nine characters: `now`, `5m`, `2h`, `3d`, `30 Dec`, `30 Dec
/// 21`; `today` for the rest of it.
fn age(moment: Moment, now: Timestamp, zone: &TimeZone) -> String {
    let seconds = now.as_second() - moment.at.as_second();
    let days = days_between(moment, now, zone);
    match seconds {
        -59..60 if !moment.whole_day => "now".to_owned(),
        60..3_600 if !moment.whole_day => format!("{}m", seconds / 60),
        3_600..86_400 if !moment.whole_day => format!("{}h", seconds / 3_600),
        // With a time of day, it is still to come.
        _ if days == 0 && (moment.whole_day || seconds < 0) => "today".to_owned(),
        _ if (0..7).contains(&days) => format!("{}d", days.max(1)),
        _ => {
            let then = moment.at.to_zoned(zone_of(moment, zone));
            let format = if then.year() == now.to_zoned(zone.clone()).year() {
                "%-d %b"
            } else {
                "%-d %b %y"
            };
            strtime::format(format, &then).unwrap_or_default()
        }
    }
}

/// Calendar days from a moment to `now`; negative for the future.
fn days_between(moment: Moment, now: Timestamp, zone: &TimeZone) -> i64 {
    let then = moment.at.to_zoned(zone_of(moment, zone)).date();
    let today = now.to_zoned(zone.clone()).date();
    then.until((Unit::Day, today))
        .map_or(0, |span: Span| i64::from(span.get_days()))
}

/// A whole day is the same day everywhere.
fn zone_of(moment: Moment, zone: &TimeZone) -> TimeZone {
    match moment.whole_day {
        true => moment.zone_of_day(),
        false => zone.clone(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::Offset;

    use super::*;
    use crate::format::date::parse;

    fn utc(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn a_list_has_the_dates_that_one_likes() {
        let moment = parse("2021-12-30T23:30:00Z").expect("a date");
        let zone = TimeZone::fixed(Offset::constant(1));
        let now = utc("2021-12-31T23:30:00Z");
        let listed = |style| listed(moment, now, &zone, style);
        assert_eq!(listed(DateStyle::Relative), "1d");
        assert_eq!(listed(DateStyle::Absolute), "31 Dec 21");
        assert_eq!(listed(DateStyle::Iso), "2021-12-31");
    }

    #[test]
    fn a_whole_day_stays_the_same_day_in_every_zone() {
        let zone = TimeZone::fixed(Offset::constant(-8));
        let day = parse("2021-12-30").expect("a day");
        assert_eq!(absolute(day, &zone), "Thu 30 Dec 2021");
        let instant = parse("2021-12-30T03:00:00Z").expect("a moment");
        assert_eq!(absolute(instant, &zone), "Wed 29 Dec 2021 19:00");
    }

    #[test]
    fn ages_are_short() {
        let now = utc("2022-01-01T12:00:00Z");
        for (text, expected) in [
            ("2022-01-01T11:59:30Z", "now"),
            ("2022-01-01T11:15:00Z", "45m"),
            ("2022-01-01T02:00:00Z", "10h"),
            ("2021-12-31T10:00:00Z", "1d"),
            ("2021-12-27T12:00:00Z", "5d"),
            ("2021-12-20T12:00:00Z", "20 Dec 21"),
            ("2022-01-01T12:00:59Z", "now"),
            ("2022-01-01T12:01:00Z", "today"),
            ("2022-01-01T23:59:59Z", "today"),
            ("2022-01-02T00:00:00Z", "2 Jan"),
            ("2022-01-01", "today"),
            ("2021-12-31", "1d"),
        ] {
            assert_eq!(
                age(parse(text).expect("a date"), now, &TimeZone::UTC),
                expected,
                "{text}"
            );
        }
        let summer = utc("2022-07-01T12:00:00Z");
        assert_eq!(
            age(parse("2022-03-05").expect("a date"), summer, &TimeZone::UTC),
            "5 Mar"
        );
    }

    #[test]
    fn relative_words() {
        let now = utc("2022-01-01T12:00:00Z");
        for (text, expected) in [
            ("2022-01-01T11:59:30Z", "just now"),
            ("2022-01-01T11:59:00Z", "1 minute ago"),
            ("2022-01-01T02:00:00Z", "10 hours ago"),
            ("2021-12-31", "yesterday"),
            ("2022-01-01", "today"),
            ("2021-12-30T23:19:00Z", "2 days ago"),
            ("2021-10-30T23:19:00Z", "2 months ago"),
            ("2017-12-30T23:19:00Z", "4 years ago"),
            ("2022-01-03", "in 2 days"),
            ("2022-01-02", "tomorrow"),
        ] {
            assert_eq!(
                relative(parse(text).expect("a date"), now, &TimeZone::UTC),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn the_last_day_of_time_is_that_day() {
        let last = super::super::parse("9999-12-31").expect("a date");
        assert_eq!(absolute(last, &TimeZone::UTC), "Fri 31 Dec 9999");
        let before = super::super::parse("9999-12-30").expect("a date");
        assert_eq!(absolute(before, &TimeZone::UTC), "Thu 30 Dec 9999");
    }
}
