//! The periods of the query language: parsing them, and when they start and end for the person
//! asking. The current time and zone are passed in.

mod months;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

use super::expr::{Compare, DateTest, Period, Unit};
use super::fields::NamedPeriod;
use crate::model::Moment;
pub use months::{Months, month, month_of};

/// The time and zone in which a query is evaluated.
#[derive(Clone, Debug)]
pub struct Clock {
    pub now: Timestamp,
    pub zone: TimeZone,
}

/// Seconds since 1970: the first one in the period, and the first one after it. [`NEVER`] is in
/// none.
pub type Seconds = std::ops::Range<i64>;

/// Stands for no date.
pub const NEVER: i64 = i64::MIN;
const FIRST: i64 = i64::MIN + 1;
const LAST: i64 = i64::MAX;

/// Parses `2021`, `2021-12`, `2021-12-30`, `7d`, `12h`. Named periods are in the table of fields.
pub fn when(text: &str) -> Option<Period> {
    if !text.is_ascii() {
        return None;
    }
    if let Some(unit) = text.chars().last().and_then(unit) {
        let count = &text[..text.len() - 1];
        return (count.len() <= 4 && !count.is_empty())
            .then(|| digits(count))
            .flatten()
            .map(|count| Period::Ago(count, unit));
    }
    let mut parts = text.split('-');
    let year = parts
        .next()
        .filter(|part| part.len() == 4)
        .and_then(digits)?;
    let year = i16::try_from(year).ok()?;
    let Some(month) = parts.next() else {
        return Some(Period::Year(year));
    };
    let month = two_digits(month)?;
    let day = parts.next();
    let first = Date::new(year, month, 1).ok()?;
    match (day, parts.next()) {
        (None, _) => Some(Period::Month(first.year(), first.month())),
        (Some(day), None) => {
            let day = two_digits(day)?;
            Date::new(year, month, day).ok().map(Period::Day)
        }
        (Some(_), Some(_)) => None,
    }
}

/// Whether a range ends before it starts, whenever it is asked. One from a fixed period to a moving
/// one, such as `2021..today`, may do so at some times only.
pub fn is_reversed(from: Period, to: Period) -> bool {
    /// The starts and ends of days, weeks, months and years, and a time in between.
    const TIMES: [i64; 4] = [
        1_672_531_200, // Sunday 2023-01-01T00:00:00Z
        1_685_965_500, // Monday 2023-06-05T11:45:00Z
        1_709_251_199, // Thursday 2024-02-29T23:59:59Z
        1_735_689_599, // Tuesday 2024-12-31T23:59:59Z
    ];
    from.is_moving() == to.is_moving()
        && TIMES.iter().all(|now| {
            let clock = Clock {
                now: Timestamp::from_second(*now).unwrap_or_default(),
                zone: TimeZone::UTC,
            };
            DateTest::Between(Some(from), Some(to))
                .seconds(&clock)
                .is_empty()
        })
}

fn unit(letter: char) -> Option<Unit> {
    match letter.to_ascii_lowercase() {
        'h' => Some(Unit::Hours),
        'd' => Some(Unit::Days),
        'w' => Some(Unit::Weeks),
        'm' => Some(Unit::Months),
        'y' => Some(Unit::Years),
        _ => None,
    }
}

fn two_digits(text: &str) -> Option<i8> {
    (text.len() == 2)
        .then(|| digits(text))
        .flatten()
        .and_then(|number| i8::try_from(number).ok())
}

/// Only digits: no sign, no blanks.
fn digits(text: &str) -> Option<u32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

impl DateTest {
    /// The seconds for which the test holds.
    pub fn seconds(self, clock: &Clock) -> Seconds {
        match self {
            DateTest::Is(compare, Period::Ago(count, unit)) => {
                let then = ago(count, unit, clock);
                let now = clock.now.as_second().saturating_add(1);
                match compare {
                    Compare::Equal => then..now,
                    Compare::More => FIRST..then,
                    Compare::AtLeast => FIRST..then.saturating_add(1),
                    Compare::Less => then.saturating_add(1)..LAST,
                    Compare::AtMost => then..LAST,
                }
            }
            DateTest::Is(compare, when) => {
                let period = when.seconds(clock);
                match compare {
                    Compare::Equal => period,
                    Compare::Less => FIRST..period.start,
                    Compare::AtMost => FIRST..period.end,
                    Compare::More => period.end..LAST,
                    Compare::AtLeast => period.start..LAST,
                }
            }
            DateTest::Between(from, to) => {
                let start = from.map_or(FIRST, |from| from.seconds(clock).start);
                let end = to.map_or(LAST, |to| to.seconds(clock).end);
                start..end
            }
        }
    }
}

impl Period {
    /// The seconds of the period. For a span before now, the single second at which it starts.
    fn seconds(self, clock: &Clock) -> Seconds {
        let today = clock.now.to_zoned(clock.zone.clone()).date();
        let month = |first: Date| days(first, 1.month(), clock);
        let year = |first: Date| days(first, 1.year(), clock);
        let first_of = |year: i16, month: i8| Date::new(year, month, 1).unwrap_or(Date::ZERO);
        let first = today.first_of_month();
        let monday = minus(
            today,
            i64::from(today.weekday().to_monday_zero_offset()).days(),
        );
        match self {
            Period::Year(number) => year(first_of(number, 1)),
            Period::Month(number, of_year) => month(first_of(number, of_year)),
            Period::Day(day) => days(day, 1.day(), clock),
            Period::Ago(count, unit) => {
                let then = ago(count, unit, clock);
                then..then.saturating_add(1)
            }
            Period::Named(NamedPeriod::Today) => days(today, 1.day(), clock),
            Period::Named(NamedPeriod::Yesterday) => days(minus(today, 1.day()), 1.day(), clock),
            Period::Named(NamedPeriod::ThisWeek) => days(monday, 7.days(), clock),
            Period::Named(NamedPeriod::LastWeek) => days(minus(monday, 7.days()), 7.days(), clock),
            Period::Named(NamedPeriod::ThisMonth) => month(first),
            Period::Named(NamedPeriod::LastMonth) => month(minus(first, 1.month())),
            Period::Named(NamedPeriod::ThisYear) => year(date(today.year(), 1, 1)),
            Period::Named(NamedPeriod::LastYear) => year(minus(date(today.year(), 1, 1), 1.year())),
        }
    }
}

/// From midnight before `first` to the midnight `length` later, in the clock's zone.
fn days(first: Date, length: Span, clock: &Clock) -> Seconds {
    let start = midnight(first, &clock.zone);
    let end = first.checked_add(length);
    start..end.map_or(LAST, |after| midnight(after, &clock.zone))
}

/// The second at which a day starts, which may be past what a [`Timestamp`] can hold.
fn midnight(day: Date, zone: &TimeZone) -> i64 {
    if let Ok(zoned) = day.to_zoned(zone.clone()) {
        return zoned.timestamp().as_second();
    }
    let edge = match day.year() > 0 {
        true => Timestamp::MAX,
        false => Timestamp::MIN,
    };
    let days = date(1970, 1, 1).until((jiff::Unit::Day, day));
    let days = days.map_or(0, |span| i64::from(span.get_days()));
    days * 86_400 - i64::from(zone.to_offset(edge).seconds())
}

fn minus(day: Date, span: Span) -> Date {
    day.checked_sub(span).unwrap_or(Date::MIN)
}

/// This long before now: hours by elapsed time, everything else by the calendar.
fn ago(count: u32, unit: Unit, clock: &Clock) -> i64 {
    let count = i64::from(count);
    let span = match unit {
        Unit::Hours => Span::new().try_hours(count),
        Unit::Days => Span::new().try_days(count),
        Unit::Weeks => Span::new().try_weeks(count),
        Unit::Months => Span::new().try_months(count),
        Unit::Years => Span::new().try_years(count),
    };
    let now = clock.now.to_zoned(clock.zone.clone());
    span.and_then(|span| now.checked_sub(span))
        .map_or(FIRST, |then| then.timestamp().as_second())
}

/// The second by which an article is compared. A date without a time counts from the start of that
/// day, in any zone.
pub fn second(moment: Option<Moment>, zone: &TimeZone) -> i64 {
    match moment {
        None => NEVER,
        Some(moment) if moment.whole_day => {
            midnight(moment.at.to_zoned(moment.zone_of_day()).date(), zone)
        }
        Some(moment) => moment.at.as_second(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::fields::PERIODS;
    use crate::query::parse;
    use crate::query::{Expr, Term};

    fn clock(now: &str, zone: &str) -> Clock {
        let zone = TimeZone::get(zone).expect("a zone");
        let now = now.parse().expect("a time");
        Clock { now, zone }
    }

    fn period(text: &str, clock: &Clock) -> (String, String) {
        let query = parse(&format!("date:{text}")).expect(text);
        let Some(Expr::Term(Term::Date(_, tests))) = query.expr else {
            panic!("{text} is no date");
        };
        let seconds = tests[0].seconds(clock);
        let shown = |second: i64| match second {
            FIRST => "first".to_owned(),
            LAST => "last".to_owned(),
            second => Timestamp::from_second(second)
                .expect("a second")
                .to_zoned(clock.zone.clone())
                .datetime()
                .to_string(),
        };
        (shown(seconds.start), shown(seconds.end))
    }

    /// Sunday 28 March 2021, when summer time began at 2 o'clock.
    #[test]
    fn every_form_in_a_zone_with_summer_time() {
        let clock = clock("2021-03-28T10:00:00Z", "Europe/Berlin");
        for (text, from, to) in [
            ("2021", "2021-01-01T00:00:00", "2022-01-01T00:00:00"),
            ("2021-12", "2021-12-01T00:00:00", "2022-01-01T00:00:00"),
            ("2021-12-30", "2021-12-30T00:00:00", "2021-12-31T00:00:00"),
            ("=2021-12-30", "2021-12-30T00:00:00", "2021-12-31T00:00:00"),
            (
                "2021-01..2021-06",
                "2021-01-01T00:00:00",
                "2021-07-01T00:00:00",
            ),
            ("2021-06..", "2021-06-01T00:00:00", "last"),
            ("..2021-06", "first", "2021-07-01T00:00:00"),
            (">2021-06-01", "2021-06-02T00:00:00", "last"),
            (">=2021-06-01", "2021-06-01T00:00:00", "last"),
            ("<2021-06-01", "first", "2021-06-01T00:00:00"),
            ("<=2021-06-01", "first", "2021-06-02T00:00:00"),
            ("7d", "2021-03-21T12:00:00", "2021-03-28T12:00:01"),
            (">7d", "first", "2021-03-21T12:00:00"),
            ("<7d", "2021-03-21T12:00:01", "last"),
            ("30d..7d", "2021-02-26T12:00:00", "2021-03-21T12:00:01"),
            ("12h", "2021-03-27T23:00:00", "2021-03-28T12:00:01"),
            ("2w", "2021-03-14T12:00:00", "2021-03-28T12:00:01"),
            ("1m", "2021-02-28T12:00:00", "2021-03-28T12:00:01"),
            ("1y", "2020-03-28T12:00:00", "2021-03-28T12:00:01"),
            ("today", "2021-03-28T00:00:00", "2021-03-29T00:00:00"),
            ("Yesterday", "2021-03-27T00:00:00", "2021-03-28T00:00:00"),
            (
                "\"this week\"",
                "2021-03-22T00:00:00",
                "2021-03-29T00:00:00",
            ),
            (
                "\"last week\"",
                "2021-03-15T00:00:00",
                "2021-03-22T00:00:00",
            ),
            ("last-week", "2021-03-15T00:00:00", "2021-03-22T00:00:00"),
            (
                "\"this month\"",
                "2021-03-01T00:00:00",
                "2021-04-01T00:00:00",
            ),
            (
                "\"last month\"",
                "2021-02-01T00:00:00",
                "2021-03-01T00:00:00",
            ),
            (
                "\"this year\"",
                "2021-01-01T00:00:00",
                "2022-01-01T00:00:00",
            ),
            (
                "\"last year\"",
                "2020-01-01T00:00:00",
                "2021-01-01T00:00:00",
            ),
        ] {
            let expected = (from.to_owned(), to.to_owned());
            assert_eq!(period(text, &clock), expected, "{text}");
        }
        let today = DateTest::Is(Compare::Equal, Period::Named(NamedPeriod::Today)).seconds(&clock);
        assert_eq!(today.end - today.start, 23 * 3600);
    }

    /// Neither it nor the day after starts at a moment that can be represented.
    #[test]
    fn the_last_day_is_one_day() {
        for zone in ["UTC", "America/New_York", "Asia/Tokyo"] {
            let clock = clock("2021-03-28T10:00:00Z", zone);
            let article = |day: &str| second(crate::format::date::parse(day), &clock.zone);
            let holds = |text: &str, day: &str| {
                let query = parse(&format!("date:{text}")).expect(text);
                let Some(Expr::Term(Term::Date(_, tests))) = query.expr else {
                    panic!("{text} is no date");
                };
                tests[0].seconds(&clock).contains(&article(day))
            };
            for (text, last, day_before, today) in [
                ("9999-12-31", true, false, false),
                (">=9999-12-31", true, false, false),
                ("<9999-12-31", false, true, true),
                ("9999-12-30", false, true, false),
                ("9999-12", true, true, false),
            ] {
                let found = ["9999-12-31", "9999-12-30", "2021-03-28"].map(|day| holds(text, day));
                assert_eq!(found, [last, day_before, today], "{text} in {zone}");
            }
        }
    }

    #[test]
    fn what_is_no_period() {
        for text in [
            "",
            "d",
            "21",
            "20211",
            "2021-1",
            "2021-13",
            "2021-02-30",
            "2021-12-30-1",
            "-7d",
            "99999d",
            "7x",
            "７d",
            "2021-",
            "+021",
        ] {
            assert_eq!(when(text), None, "{text}");
        }
    }

    #[test]
    fn a_range_is_reversed_only_if_it_always_ends_before_it_starts() {
        let is_reversed = |from: &str, to: &str| {
            let period = |text: &str| {
                let named = PERIODS.iter().find(|row| row.word == text);
                let named = named.map(|row| Period::Named(row.value));
                named.or_else(|| when(text)).expect("a period")
            };
            is_reversed(period(from), period(to))
        };
        for (from, to) in [
            ("2021-06", "2021-01"),
            ("2022", "2021-12-31"),
            ("today", "yesterday"),
            ("7d", "30d"),
            ("this week", "last week"),
        ] {
            assert!(is_reversed(from, to), "{from}..{to}");
            assert!(!is_reversed(to, from), "{to}..{from}");
        }
        for (from, to) in [
            ("2021", "2021"),
            ("2021-06", "2021"),
            ("today", "today"),
            ("today", "2021"),
            ("9999", "today"),
            ("today", "12h"),
            ("this month", "7d"),
        ] {
            assert!(!is_reversed(from, to), "{from}..{to}");
        }
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for now in ["-009999-01-03T00:00:00Z", "9999-12-30T00:00:00Z"] {
            let clock = clock(now, "UTC");
            for row in PERIODS {
                DateTest::Is(Compare::Equal, Period::Named(row.value)).seconds(&clock);
            }
            for text in [
                "9999h",
                "9999d",
                "9999w",
                "9999m",
                "9999y",
                "0000",
                "9999",
                "9999-12-31",
            ] {
                let when = when(text).expect(text);
                DateTest::Is(Compare::More, when).seconds(&clock);
            }
        }
    }

    #[test]
    fn a_whole_day_is_the_same_day_everywhere() {
        let clock = clock("2021-12-30T10:00:00Z", "America/Los_Angeles");
        let day = Moment::day("2021-12-30T00:00:00Z".parse().expect("a day"));
        let today = DateTest::Is(Compare::Equal, Period::Named(NamedPeriod::Today)).seconds(&clock);
        assert!(today.contains(&second(Some(day), &clock.zone)));
        assert_eq!(month_of(month(day, &clock.zone)), Period::Month(2021, 12));
        assert!(!today.contains(&second(None, &clock.zone)));
    }
}
