//! How often something is done, as written: `30m`, `6h`, `2d`, `1w`.

use jiff::SignedDuration;

/// The message for a text that is not a time.
pub const EXPECTED: &str = "expected a time like \"30m\", \"6h\" or \"2d\"";

/// The span; `None` if it is not one, or none at all.
pub fn parse(text: &str) -> Option<SignedDuration> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|sign: char| !sign.is_ascii_digit())?);
    let seconds = match unit.trim() {
        "m" | "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        _ => return None,
    };
    let number: i64 = number.parse().ok().filter(|it| (1..100_000).contains(it))?;
    Some(SignedDuration::from_secs(number * seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_unit_make_a_span() {
        for (text, seconds) in [
            ("30m", 1_800),
            ("6 h", 21_600),
            ("2d", 172_800),
            ("1w", 604_800),
        ] {
            assert_eq!(
                parse(text),
                Some(SignedDuration::from_secs(seconds)),
                "{text}"
            );
        }
        for text in ["", "m", "0m", "-1h", "10", "1y", "1.5h", "99999999999999d"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
