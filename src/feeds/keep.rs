//! How much of a feed stays in its folder.

use jiff::SignedDuration;

use crate::config::every;

/// What [`Keep::parse`] reads.
pub const EXPECTED: &str = "expected an age like \"90d\", or a number of articles";

/// Which articles of a feed stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Those not older than this.
    Younger(SignedDuration),
    /// This many of the newest.
    Newest(usize),
}

impl Keep {
    /// `90d`, or `500`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().parse() {
            Ok(number) => Some(Self::Newest(number)).filter(|_| number > 0),
            Err(_) => every::parse(text).map(Self::Younger),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_or_a_number_says_what_stays() {
        assert_eq!(Keep::parse("500"), Some(Keep::Newest(500)));
        let quarter = SignedDuration::from_hours(90 * 24);
        assert_eq!(Keep::parse("90d"), Some(Keep::Younger(quarter)));
        for text in ["", "0", "all", "-3"] {
            assert_eq!(Keep::parse(text), None, "{text}");
        }
    }
}
