//! A point in time as a front matter gives it. Not for printing: `format::date` does that.

use jiff::Timestamp;

/// When something was published or updated.
///
/// A date without a time (`2021-12-30`) is midnight UTC of that day and keeps `whole_day`, so that
/// showing it in another zone never moves it to the day before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The instant, in UTC.
    pub at: Timestamp,
    /// Whether the file gave a day only.
    pub whole_day: bool,
}

impl Moment {
    /// A moment with a time of day.
    pub fn instant(at: Timestamp) -> Self {
        Self {
            at,
            whole_day: false,
        }
    }

    /// A moment of which only the day is known.
    pub fn day(at: Timestamp) -> Self {
        Self {
            at,
            whole_day: true,
        }
    }
}
