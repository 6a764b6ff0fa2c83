//! Dates as feeds write them: RFC 822 and RFC 3339, with everything that goes wrong in them.

use jiff::Timestamp;

use crate::format::date;

/// The months in the languages that servers write, by mistake or by setting.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "janv", "ene", "gen", "янв"],
    &["feb", "fév", "fev", "févr", "фев"],
    &["mar", "mär", "mrz", "мар"],
    &["apr", "avr", "abr", "апр"],
    &["may", "mai", "mag", "май", "мая", "mei"],
    &["jun", "juin", "giu", "июн"],
    &["jul", "juil", "lug", "июл"],
    &["aug", "aoû", "ago", "авг"],
    &["sep", "set", "сен"],
    &["oct", "okt", "ott", "out", "окт"],
    &["nov", "ноя"],
    &["dec", "dez", "déc", "dic", "дек"],
];

/// The moment that a text gives; `None` if it cannot be told.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    let at = date::parse(text).map(|moment| moment.at);
    at.or_else(|| by_parts(text))
        .filter(|at| at.as_second() > 0)
}

/// The parts of a date, in any order.
#[derive(Default)]
struct Parts<'a> {
    day: Option<&'a str>,
    month: Option<usize>,
    year: Option<String>,
    clock: Option<String>,
    half: &'a str,
    zone: Option<&'a str>,
}

fn by_parts(text: &str) -> Option<Timestamp> {
    let mut parts = Parts::default();
    for word in text.split([' ', '\t', '\n', ',', '(', ')']) {
        if !word.is_empty() {
            parts.take(word);
        }
    }
    let (day, month, year) = (parts.day?, parts.month? + 1, parts.year?);
    let clock = parts.clock.as_deref().unwrap_or("00:00");
    let date = format!("{year}-{month}-{day} {clock} {}", parts.half);
    let zoned = parts
        .zone
        .and_then(|zone| date::parse(&format!("{date} {zone}")));
    // An unknown zone costs a few hours, not the date.
    let found = zoned.or_else(|| date::parse(&date));
    found.map(|moment| moment.at)
}

impl<'a> Parts<'a> {
    fn take(&mut self, word: &'a str) {
        let plain = word.trim_end_matches(['.', ';']);
        let is_number = plain.bytes().all(|byte| byte.is_ascii_digit());
        if plain.contains(':') && !plain.starts_with(['+', '-']) {
            self.take_clock(plain);
        } else if plain.eq_ignore_ascii_case("am") || plain.eq_ignore_ascii_case("pm") {
            self.half = plain;
        } else if let [day, month, year] = plain.split(['-', '/', '.']).collect::<Vec<_>>()[..]
            && let Some(month) = month_of(month)
        {
            self.day = Some(day);
            self.month = Some(month);
            self.year = Some(full_year(year));
        } else if is_number && (plain.len() == 4 || self.day.is_some()) {
            self.year.get_or_insert_with(|| full_year(plain));
        } else if let Some(day) = day_of(plain) {
            self.day.get_or_insert(day);
        } else if self.month.is_none()
            && let Some(month) = month_of(plain)
        {
            self.month = Some(month);
        } else if self.clock.is_some() {
            self.zone.get_or_insert(plain);
        }
    }

    /// `10:00`, `9h05` written `9:05`, `24:00`, `10:00:00+0100`, `10:00Z`.
    fn take_clock(&mut self, word: &'a str) {
        let end = word.find(|sign: char| !sign.is_ascii_digit() && !":.".contains(sign));
        let (clock, zone) = word.split_at(end.unwrap_or(word.len()));
        match zone.to_ascii_lowercase().as_str() {
            "" => {}
            "am" | "pm" => self.half = zone,
            _ => self.zone = Some(zone),
        }
        let (hour, rest) = clock.split_once(':').unwrap_or((clock, "00"));
        let hour = if hour == "24" { "00" } else { hour };
        let seconds = if rest.is_empty() { "00" } else { rest };
        self.clock = Some(format!("{hour}:{seconds}"));
    }
}

/// `5`, `05`, `5th`.
fn day_of(word: &str) -> Option<&str> {
    let end = word.find(|sign: char| !sign.is_ascii_digit());
    let (digits, rest) = word.split_at(end.unwrap_or(word.len()));
    let is_day = (1..=2).contains(&digits.len()) && matches!(rest, "" | "st" | "nd" | "rd" | "th");
    is_day.then_some(digits)
}

fn month_of(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    // Weekdays that start like a month.
    if ["mardi", "martedì", "martes"].contains(&word.as_str()) {
        return None;
    }
    MONTHS.iter().position(|names| {
        names
            .iter()
            .any(|name| word.starts_with(name) && word.chars().count() <= 10)
    })
}

/// Two digits are a year of this century or, from 70, of the last one (RFC 2822, 4.3).
fn full_year(year: &str) -> String {
    match year.parse::<u16>() {
        Ok(short @ 0..70) if year.len() == 2 => (2_000 + short).to_string(),
        Ok(short @ 70..100) if year.len() == 2 => (1_900 + short).to_string(),
        _ => year.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_formats_are_the_same() {
        for text in [
            "2026-03-05T10:00:00Z",
            "2026-03-05T11:00:00+0100",
            "2026-03-05 10:00:00.000 UTC",
            "Thu, 05 Mar 2026 10:00:00 GMT",
            "Thu, 05 Mar 2026 10:00:00 Z",
            "Thu, 5 Mar 26 10:00 UT",
            "Mon, 05 Mar 2026 10:00:00 +0000",
            "Thursday, 05 March 2026 05:00:00 EST",
            "Thurs, 05-Mar-2026 10:00:00 GMT",
            "Thu Mar 05 10:00:00 UTC 2026",
            "Mar 5, 2026 10:00 AM",
            "March 5th, 2026, 10:00am",
            "Do, 05 Mär 2026 11:00:00 +0100",
            "jeu., 05 mars 2026 11:00:00 +0100",
            "Чт, 05 мар 2026 13:00:00 +0300",
            "05 Mar 2026 10:00:00 XYZ",
            "Thu, 05 Mar 2026 10:00:00 +00:00",
            "1772704800",
            "1772704800000",
        ] {
            let at = parse(text).map(|at| at.to_string());
            assert_eq!(at.as_deref(), Some("2026-03-05T10:00:00Z"), "{text}");
        }
        for (text, at) in [
            ("2026-03-05", "2026-03-05T00:00:00Z"),
            ("Thu, 05 Mar 2026", "2026-03-05T00:00:00Z"),
            ("Thu, 05 Mar 2026 24:00:00 GMT", "2026-03-05T00:00:00Z"),
            ("05 Mar 98 1:00 GMT", "1998-03-05T01:00:00Z"),
        ] {
            assert_eq!(
                parse(text).map(|at| at.to_string()).as_deref(),
                Some(at),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "Thu,",
            "32 Mar 2026",
            "0000-00-00 00:00:00",
            "1970-01-01",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"5 Mar 2026 ".repeat(1_000)), None);
    }
}
