//! Lengths of videos and courses: parses ISO 8601 durations, formats them as `42 min`.

use jiff::{Span, SpanRelativeTo, Unit};

/// Days per month and per year, if nothing says which month or year: courses use `P1M`.
const DAYS: (i64, i64) = (30, 365);

/// The seconds of an ISO 8601 duration such as `PT13M34S` or `P1DT2H`; a day has 24 hours, a month
/// 30 days, a year 365.
pub fn parse(text: &str) -> Option<u32> {
    let span: Span = text.trim().parse().ok()?;
    let calendar_days =
        i64::from(span.get_months()) * DAYS.0 + i64::from(span.get_years()) * DAYS.1;
    let rest = span.years(0).months(0);
    let seconds = rest
        .total((Unit::Second, SpanRelativeTo::days_are_24_hours()))
        .ok()?
        + (calendar_days * 86_400) as f64;
    (0.0..=f64::from(u32::MAX))
        .contains(&seconds)
        .then_some(seconds.round() as u32)
}

/// For people: `45 s`, `42 min`, `1 h 5 min`, `3 h`, `30 days`.
pub fn words(seconds: u32) -> String {
    let minutes = (u64::from(seconds) + 30) / 60;
    match (seconds, minutes / 60, minutes % 60) {
        (0..60, _, _) => format!("{seconds} s"),
        (_, 0, minutes) => format!("{minutes} min"),
        (_, hours @ 48.., 0) if hours.is_multiple_of(24) => format!("{} days", hours / 24),
        (_, hours, 0) => format!("{hours} h"),
        (_, hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(parse("PT13M34S"), Some(814));
        assert_eq!(parse("PT42M"), Some(2_520));
        assert_eq!(parse("P1DT2H"), Some(93_600));
        assert_eq!(parse("42 minutes of fame"), None);
        assert_eq!(parse("-PT5M"), None);
        assert_eq!(parse("P1M"), Some(30 * 86_400));
        assert_eq!(parse("P1Y2M3DT4S"), Some((365 + 60 + 3) * 86_400 + 4));
        assert_eq!(parse("P2W"), Some(14 * 86_400));
        assert_eq!(parse("P200Y"), None);
    }

    #[test]
    fn in_words() {
        let said: Vec<String> = [45, 814, 2_520, 3_900, 10_800, 93_600, 2_592_000]
            .into_iter()
            .map(words)
            .collect();
        assert_eq!(
            said,
            [
                "45 s",
                "14 min",
                "42 min",
                "1 h 5 min",
                "3 h",
                "26 h",
                "30 days"
            ]
        );
    }
}
