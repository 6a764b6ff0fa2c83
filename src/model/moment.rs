//! A point in time as given in front matter. Formatting is up to `format::date`.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// When something was published or updated.
///
/// A date without a time (`2021-12-30`) is midnight UTC with `whole_day` set, so that showing it in
/// another zone never shifts it to the previous day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The instant, in UTC.
    pub at: Timestamp,
    /// Whether the file gave only a day.
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

    /// A moment known only to the day.
    pub fn day(at: Timestamp) -> Self {
        Self {
            at,
            whole_day: true,
        }
    }

    /// The zone in which a whole day is that day: UTC, but two hours ahead of it for 9999-12-31, which
    /// starts there after the last moment that a [`Timestamp`] can hold.
    pub fn zone_of_day(self) -> TimeZone {
        match self.at.as_second() == Timestamp::MAX.as_second() {
            true => TimeZone::fixed(Offset::constant(2)),
            false => TimeZone::UTC,
        }
    }
}
