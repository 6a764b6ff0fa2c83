//! Parses dates as written in front matter. Formatting is in `shown`.

mod shown;

use std::ops::{Range, RangeInclusive};

use jiff::Timestamp;
use jiff::civil::{Date, ISOWeekDate, Time, Weekday};
use jiff::fmt::rfc2822;
use jiff::tz::{Offset, TimeZone};

use crate::model::Moment;

pub use shown::{DateStyle, absolute, listed, relative, rfc3339};

/// Parses a date, with or without a time, with or without a zone (UTC if there is none).
///
/// Accepts RFC 3339 and similar forms (`2021-12-30`, `2021-12-30 23:19`,
/// `2021-12-30T23:19:00+01:00`), what YAML 1.1 and Ruby write (`2021-12-30 23:19:00 +1`, `2021-1-2
/// 9:05:07`), `2013/7/13 20:46:25`, RFC 2822 (`Thu, 30 Dec 2021 23:19:00 GMT`), `March 3, 2024` and
/// `3 Mar 2024` with or without a time, `2024-03` and `March 2024` (the first of the month), what C
/// (`Tue Mar  5 10:11:12 2024`) and Org (`<2024-03-05 Tue 10:11>`) write, the short form, days of the
/// year and weeks of ISO 8601 (`20240305T1011`, `2024-065`, `2024-W10-2`), named zones (`2021-12-30
/// 23:19 Europe/Zurich`), and whole numbers: 4 digits are a year, 8 a day, 10 and 13 the seconds and
/// milliseconds since 1970.
/// Anything after the last representable moment becomes that moment.
pub fn parse(text: &str) -> Option<Moment> {
    let text = text.trim();
    let has_digits = text.bytes().any(|byte| byte.is_ascii_digit());
    if text.len() > LONGEST || !has_digits {
        return None;
    }
    if let Some(date) = day(text) {
        return at_midnight(date);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_digits(text);
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Moment::instant(at));
    }
    if let Some(plain) = rewritten(text) {
        return parse(&plain);
    }
    if let Some(date) = first_of_month(text).or_else(|| of_year_or_week(text)) {
        return at_midnight(date);
    }
    let Some((date, rest)) = date_at_start(text) else {
        let zoned = rfc2822::parse(text).ok()?;
        return Some(Moment::instant(zoned.timestamp()));
    };
    let rest = without_weekday(rest.trim());
    if rest.is_empty() {
        return at_midnight(date);
    }
    let (clock, zone) = clock_at_start(rest)?;
    let zone = zone_named(zone)?;
    let at = match date.to_datetime(clock).to_zoned(zone) {
        Ok(zoned) => zoned.timestamp(),
        // The last hours of the year 9999 are not representable in every zone.
        Err(_) if date.year() == Date::MAX.year() => Timestamp::MAX,
        Err(_) => return None,
    };
    Some(Moment::instant(at))
}

/// Longest text that can be a date, in bytes.
const LONGEST: usize = 96;

/// A year, a day, or a time since 1970.
fn of_digits(digits: &str) -> Option<Moment> {
    let number: i64 = digits.parse().ok()?;
    let part = |at: Range<usize>| digits.get(at)?.parse().ok();
    match digits.len() {
        4 => at_midnight(Date::new(i16::try_from(number).ok()?, 1, 1).ok()?),
        8 => at_midnight(
            Date::new(
                i16::try_from(number / 10_000).ok()?,
                part(4..6)?,
                part(6..8)?,
            )
            .ok()?,
        ),
        10 => Timestamp::from_second(number).ok().map(Moment::instant),
        13 => Timestamp::from_millisecond(number)
            .ok()
            .map(Moment::instant),
        _ => None,
    }
}

/// A text in other words, if it says a date in an order or with signs of its own: with blanks that do
/// not break, in the brackets of Org, in the order of C, or in the short form of ISO 8601.
fn rewritten(text: &str) -> Option<String> {
    if text.contains(['\u{a0}', '\u{202f}']) {
        return Some(text.replace(['\u{a0}', '\u{202f}'], " "));
    }
    let org = text
        .strip_prefix('<')
        .and_then(|it| it.strip_suffix('>'))
        .or_else(|| text.strip_prefix('[')?.strip_suffix(']'));
    if let Some(inside) = org {
        return Some(inside.to_owned());
    }
    if let Some((date, clock)) = text.split_once(['T', 't'])
        && let (Some((_, "")), Some((_, zone))) = (digits(date, 8..=8), digits(clock, 4..=6))
    {
        let (clock, seconds) = clock[..clock.len() - zone.len()].split_at_checked(4)?;
        let seconds = if seconds.is_empty() { "00" } else { seconds };
        let (year, month, day) = (&date[..4], &date[4..6], &date[6..]);
        let (hour, minute) = clock.split_at(2);
        return Some(format!(
            "{year}-{month}-{day} {hour}:{minute}:{seconds}{zone}"
        ));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        [weekday, named, day, clock, ref zone @ .., year]
            if is_weekday(weekday)
                && zone.len() < 2
                && month(named).is_some()
                && clock.contains(':') =>
        {
            let zone = zone.first().unwrap_or(&"");
            Some(format!("{named} {day} {year} {clock} {zone}"))
        }
        _ => None,
    }
}

/// `2024-03` and `March 2024`.
fn first_of_month(text: &str) -> Option<Date> {
    let (year, month) = match text.split_once(' ') {
        Some((word, year)) => (year.trim_start(), month(word)?),
        None => {
            let (year, number) = text.split_once(['-', '/'])?;
            let (number, rest) = digits(number, 1..=2)?;
            (year, rest.is_empty().then_some(number as i8)?)
        }
    };
    let (year, rest) = digits(year, 4..=4)?;
    Date::new(year as i16, month, 1)
        .ok()
        .filter(|_| rest.is_empty())
}

/// `2024-065`, a day of the year, and `2024-W10-2` or `2024-W10`, a day of a week or its Monday.
fn of_year_or_week(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let year = digits(year, 4..=4).filter(|(_, rest)| rest.is_empty())?.0 as i16;
    if let Some((day, "")) = digits(rest, 3..=3) {
        let first = Date::new(year, 1, 1).ok()?;
        return first
            .with()
            .day_of_year(i16::try_from(day).ok()?)
            .build()
            .ok();
    }
    let (week, rest) = digits(rest.strip_prefix(['W', 'w'])?, 2..=2)?;
    let day = match rest.strip_prefix('-') {
        Some(day) => digits(day, 1..=1).filter(|(_, rest)| rest.is_empty())?.0,
        None if rest.is_empty() => 1,
        None => return None,
    };
    let weekday = Weekday::from_monday_one_offset(day as i8).ok()?;
    let week = ISOWeekDate::new(year, week as i8, weekday).ok()?;
    Some(week.date())
}

/// The rest behind a date, without the weekday that Org writes.
fn without_weekday(rest: &str) -> &str {
    match rest.split_once(' ') {
        Some((word, behind)) if is_weekday(word) => behind.trim_start(),
        None if is_weekday(rest) => "",
        _ => rest,
    }
}

/// Parses a date at the start of a text; returns it and the rest.
fn date_at_start(text: &str) -> Option<(Date, &str)> {
    numbered(text).or_else(|| named_month(text))
}

/// `2021-12-30`, `2021-1-2`, `2013/7/13` or `2013.07.13`.
fn numbered(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = digits(text, 4..=4)?;
    let sign = rest
        .chars()
        .next()
        .filter(|sign| matches!(sign, '-' | '/' | '.'))?;
    let (month, rest) = digits(&rest[1..], 1..=2)?;
    let (day, rest) = digits(rest.strip_prefix(sign)?, 1..=2)?;
    let ends = rest.is_empty() || rest.starts_with([' ', ',', 'T', 't', '\t']);
    let rest = rest.strip_prefix(['T', 't', ',']).unwrap_or(rest);
    let date = Date::new(year as i16, month as i8, day as i8).ok()?;
    ends.then_some((date, rest))
}

/// `March 3, 2024`, `Mar 3rd 2024`, `3 Mar 2024`, `3-Mar-2024`, each with or without a weekday before it.
fn named_month(text: &str) -> Option<(Date, &str)> {
    let mut rest = text;
    let mut word = || {
        let start = rest.trim_start_matches([' ', ',', '.', '-']);
        let end = start.find([' ', ',', '-']).unwrap_or(start.len());
        rest = &start[end..];
        &start[..end]
    };
    let mut first = word();
    if is_weekday(first) {
        first = word();
    }
    let second = word();
    let (month, day) = match month(first) {
        Some(month) => (month, ordinal(second)?),
        None => (month(second)?, ordinal(first)?),
    };
    let (year, after) = digits(word(), 4..=4)?;
    let date = Date::new(year as i16, month, day).ok()?;
    after
        .is_empty()
        .then_some((date, rest.trim_start_matches(',')))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A month by its English name, or at least its first three letters.
fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|name| abbreviates(word, name))?;
    Some(at as i8 + 1)
}

fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|name| abbreviates(word, name))
}

fn abbreviates(word: &str, name: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.len() >= 3
        && name
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// `3`, `3rd`.
fn ordinal(word: &str) -> Option<i8> {
    let (day, rest) = digits(word, 1..=2)?;
    matches!(rest, "" | "." | "st" | "nd" | "rd" | "th").then_some(day as i8)
}

/// Parses a number with this many digits at the start of a text; returns it and the rest.
fn digits(text: &str, count: RangeInclusive<usize>) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if !count.contains(&length) {
        return None;
    }
    Some((text[..length].parse().ok()?, &text[length..]))
}

/// Parses `23:19`, `9:05:07`, `9:5:7`, `9:05:07.123`, each with or without `am` or `pm`; returns it and the
/// rest.
fn clock_at_start(text: &str) -> Option<(Time, &str)> {
    let (mut hour, rest) = digits(text, 1..=2)?;
    let (minute, mut rest) = digits(rest.strip_prefix(':')?, 1..=2)?;
    let mut second = 0;
    let mut nanosecond = 0;
    if let Some(behind) = rest.strip_prefix(':') {
        (second, rest) = digits(behind, 1..=2)?;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, behind) = fraction.split_at(length);
            let nine = format!("{digits:0<9}");
            nanosecond = nine.get(..9)?.parse().ok()?;
            rest = behind;
        }
    }
    let rest = rest.trim_start();
    let word = rest.find(|sign: char| !sign.is_ascii_alphabetic());
    let (word, behind) = rest.split_at(word.unwrap_or(rest.len()));
    let rest = match word.to_ascii_lowercase().as_str() {
        half @ ("am" | "pm") => {
            let noon = if half == "pm" { 12 } else { 0 };
            hour = (1..=12).contains(&hour).then_some(hour % 12 + noon)?;
            behind
        }
        _ => rest,
    };
    // A leap second counts as the last second of its minute.
    let second = second.min(59);
    let time = Time::new(hour as i8, minute as i8, second as i8, nanosecond).ok()?;
    Some((time, rest.trim_start()))
}

/// The zone of a time: UTC if empty or `Z`; `+01:00`, `+0100`, `+1`, also with its name behind it,
/// as in Go; `EST`; `Europe/Zurich`, also in brackets.
fn zone_named(text: &str) -> Option<TimeZone> {
    // A name in parentheses follows the offset in RFC 2822, and one in brackets in RFC 9557; there it
    // may also stand alone.
    let text = text.split('(').next().map_or(text, str::trim_end);
    let text = match text.split_once('[') {
        Some(("", name)) => name.strip_suffix(']')?,
        Some((offset, _)) => offset.trim_end(),
        None => text,
    };
    let hours = |hours: i32| Offset::from_seconds(hours * 3_600).ok();
    let by_letters = match text.to_ascii_uppercase().as_str() {
        "" | "Z" | "UTC" | "GMT" | "UT" => Some(0),
        "EDT" => Some(-4),
        "EST" | "CDT" => Some(-5),
        "CST" | "MDT" => Some(-6),
        "MST" | "PDT" => Some(-7),
        "PST" => Some(-8),
        "CET" | "BST" => Some(1),
        "CEST" | "EET" => Some(2),
        "EEST" | "MSK" => Some(3),
        "HKT" | "SGT" => Some(8),
        "JST" | "KST" => Some(9),
        "AEST" => Some(10),
        "AEDT" => Some(11),
        "NZST" => Some(12),
        "NZDT" => Some(13),
        _ => None,
    };
    if let Some(by_letters) = by_letters {
        return hours(by_letters).map(TimeZone::fixed);
    }
    // JavaScript writes `GMT+0100`.
    let number = ["GMT", "UTC"]
        .iter()
        .find_map(|name| text.strip_prefix(name));
    let number = number.unwrap_or(text);
    if let Some(sign) = number
        .chars()
        .next()
        .filter(|sign| matches!(sign, '+' | '-'))
    {
        let (number, names) = number.split_once(' ').unwrap_or((number, ""));
        if !names.split_whitespace().all(is_zone_name) {
            return None;
        }
        let offset = offset(&number[1..])?;
        let signed = if sign == '-' { -offset } else { offset };
        return Offset::from_seconds(signed).ok().map(TimeZone::fixed);
    }
    TimeZone::get(text).ok()
}

/// Whether a word behind an offset is the name of its zone: `CST`, `Europe/Zurich`, and `+03` where
/// there is no other; or Go's reading of another clock, `m=+0.01`.
fn is_zone_name(word: &str) -> bool {
    let is_letter = |sign: char| sign.is_ascii_alphabetic() || matches!(sign, '/' | '_');
    word.starts_with("m=")
        || word.chars().all(is_letter)
        || word.starts_with(['+', '-']) && offset(&word[1..]).is_some()
}

/// The seconds of `1`, `01`, `100`, `0100` or `01:00`.
fn offset(text: &str) -> Option<i32> {
    let (hours, minutes) = match text.split_once(':') {
        Some(parts) => parts,
        None => text.split_at_checked(
            text.len()
                .checked_sub(2)
                .filter(|at| *at > 0)
                .unwrap_or(text.len()),
        )?,
    };
    let number = |part: &str| match part {
        "" => Some(0),
        part => digits(part, 1..=2)
            .filter(|(_, rest)| rest.is_empty())
            .map(|(number, _)| number as i32),
    };
    let (hours, minutes) = (
        number(hours).filter(|_| !hours.is_empty())?,
        number(minutes)?,
    );
    (hours <= 25 && minutes < 60).then_some((hours * 60 + minutes) * 60)
}

/// The date at the start of a file name, as in `2021-12-30-title.md`.
pub fn in_file_name(name: &str) -> Option<Moment> {
    let date = day(name.get(..10)?)?;
    match name.as_bytes().get(10) {
        None | Some(b'-' | b'_' | b'.' | b' ') => at_midnight(date),
        Some(_) => None,
    }
}

/// The date in the path of a page, as in `2024/10/17/title` or `blog/2024-10-17-title`.
pub fn in_path(path: &str) -> Option<Moment> {
    let parts: Vec<&str> = path.split('/').collect();
    let apart = parts.windows(3).find_map(|parts| {
        let [year, month, day] = [parts[0], parts[1], parts[2]];
        let is_of = |text: &str, digits: std::ops::RangeInclusive<usize>| {
            digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_shaped = is_of(year, 4..=4) && is_of(month, 1..=2) && is_of(day, 1..=2);
        let date = is_shaped
            .then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok());
        at_midnight(date??)
    });
    apart.or_else(|| parts.iter().find_map(|part| in_file_name(part)))
}

/// The value of a date field, which may be the path of the page.
pub fn in_field(text: &str) -> Option<Moment> {
    let is_path = || day_of(text).is_none();
    parse(text).or_else(|| is_path().then(|| in_path(text))?)
}

/// The day of a date whose time cannot be read.
pub fn day_of(text: &str) -> Option<Moment> {
    let (date, _) = date_at_start(text.trim()).filter(|_| text.len() <= LONGEST)?;
    at_midnight(date)
}

/// `YYYY-MM-DD` and nothing else.
fn day(text: &str) -> Option<Date> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shaped { text.parse().ok() } else { None }
}

fn at_midnight(date: Date) -> Option<Moment> {
    match date.to_zoned(TimeZone::UTC) {
        Ok(zoned) => Some(Moment::day(zoned.timestamp())),
        Err(_) if date.year() == Date::MAX.year() => Some(Moment::day(Timestamp::MAX)),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests;
