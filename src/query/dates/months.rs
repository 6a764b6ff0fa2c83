//! Months of moments, as numbers since the year 0.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Seconds;
use crate::model::Moment;
use crate::query::expr::Period;

/// The month of a moment, as a number since the year 0.
pub fn month(moment: Moment, zone: &TimeZone) -> i32 {
    month_of_day(day(moment, zone))
}

fn day(moment: Moment, zone: &TimeZone) -> Date {
    let zone = if moment.whole_day {
        TimeZone::UTC
    } else {
        zone.clone()
    };
    moment.at.to_zoned(zone).date()
}

fn month_of_day(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// The months of moments, of which neighbours are mostly in the same: finding the day of each in its zone
/// takes ten times as long.
pub struct Months<'a> {
    zone: &'a TimeZone,
    /// Seconds known to be in a month, of moments with a time and of whole days.
    known: [(Seconds, i32); 2],
}

impl<'a> Months<'a> {
    pub fn new(zone: &'a TimeZone) -> Self {
        let none = (0..0, 0);
        Self {
            zone,
            known: [none.clone(), none],
        }
    }

    /// As [`month`].
    pub fn month(&mut self, moment: Moment) -> i32 {
        let second = moment.at.as_second();
        let known = &mut self.known[usize::from(moment.whole_day)];
        if !known.0.contains(&second) {
            let day = day(moment, self.zone);
            // A day less on both sides, by which no zone shifts within a month.
            let (before, after) = (day.day() - 2, day.days_in_month() - day.day() - 1);
            let seconds = |days: i8| i64::from(days.max(0)) * 24 * 60 * 60;
            let seconds = second - seconds(before)..second + seconds(after) + 1;
            *known = (seconds, month_of_day(day));
        }
        known.1
    }
}

/// The month with this number since the year 0.
pub fn month_of(number: i32) -> Period {
    let year = number.div_euclid(12).clamp(-9999, 9999) as i16;
    Period::Month(year, number.rem_euclid(12) as i8 + 1)
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, ToSpan};
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    proptest! {
        #[test]
        fn months_are_the_same_one_after_another(
            first in -40_000_000_000_i64..40_000_000_000,
            moments in proptest::collection::vec((-4_000_000_i64..4_000_000, any::<bool>()), 1..60),
            // The first left out a day, or had it twice.
            zone in 0..3_usize,
        ) {
            let zone = ["Pacific/Apia", "America/Juneau", "Europe/Berlin"][zone];
            let zone = TimeZone::get(zone).expect("a zone");
            let mut months = Months::new(&zone);
            for (second, whole_day) in moments {
                let at = Timestamp::from_second(first + second).expect("a time");
                let moment = Moment { at, whole_day };
                prop_assert_eq!(months.month(moment), month(moment, &zone));
            }
        }
    }

    #[test]
    fn months_are_the_same_where_a_day_is_left_out() {
        let zone = TimeZone::get("Pacific/Apia").expect("a zone");
        let first: Timestamp = "2011-12-20T00:00:00Z".parse().expect("a time");
        let mut months = Months::new(&zone);
        for hours in 0..24 * 20 {
            let moment = Moment::instant(first + i64::from(hours).hours());
            assert_eq!(months.month(moment), month(moment, &zone), "{hours}");
        }
    }
}
