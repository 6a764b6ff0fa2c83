//! Lengths of videos and courses: ISO 8601 durations in, `42 min` out.

use jiff::{Span, SpanRelativeTo, Unit};

/// Seconds of an ISO 8601 duration such as `PT13M34S` or `P1DT2H`; a day has 24 hours.
pub fn parse(text: &str) -> Option<u32> {
    let span: Span = text.trim().parse().ok()?;
    let seconds = span
        .total((Unit::Second, SpanRelativeTo::days_are_24_hours()))
        .ok()?;
    (0.0..=f64::from(u32::MAX))
        .contains(&seconds)
        .then_some(seconds.round() as u32)
}

/// For people: `45 s`, `42 min`, `1 h 5 min`, `3 h`.
pub fn words(seconds: u32) -> String {
    let minutes = (u64::from(seconds) + 30) / 60;
    match (seconds, minutes / 60, minutes % 60) {
        (0..60, _, _) => format!("{seconds} s"),
        (_, 0, minutes) => format!("{minutes} min"),
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
        assert_eq!(parse("P1Y"), None);
    }

    #[test]
    fn in_words() {
        let said: Vec<String> = [45, 814, 2_520, 3_900, 10_800]
            .into_iter()
            .map(words)
            .collect();
        assert_eq!(said, ["45 s", "14 min", "42 min", "1 h 5 min", "3 h"]);
    }
}
