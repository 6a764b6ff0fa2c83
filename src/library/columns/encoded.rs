//! Values as numbers of a row, in which one stands for "none".

use jiff::Timestamp;

use crate::model::{ListedFields, ListedFlag, Moment, Says};

/// Before any moment, for sorting.
const NEVER: i64 = i64::MIN;

/// Longest text in bytes that a row is sure to hold completely.
pub const MOST_TEXT: usize = u16::MAX as usize - 4;

/// The part of a text that fits in a row: front matter is limited to 64 KiB, a heading is not.
pub fn fitting(text: &str) -> &[u8] {
    let mut end = text.len().min(usize::from(u16::MAX));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text.as_bytes()[..end]
}

/// A number that may be missing: 0 stands for none, so that none is near to small numbers.
pub fn stored(number: Option<i64>) -> i64 {
    match number {
        None => 0,
        Some(number) if number < 0 => number,
        Some(number) => number.saturating_add(1),
    }
}

/// What [`stored`] was given.
pub fn given(stored: i64) -> Option<i64> {
    match stored {
        0 => None,
        ..0 => Some(stored),
        1.. => Some(stored - 1),
    }
}

/// Two bits of `days`.
pub fn says(says: Says) -> u8 {
    match says {
        Says::Nothing => 0,
        Says::Yes => 1,
        Says::No => 2,
    }
}

pub fn second(at: Option<Timestamp>) -> i64 {
    stored(at.map(Timestamp::as_second))
}

pub fn seconds(moment: Option<Moment>) -> i64 {
    second(moment.map(|moment| moment.at))
}

pub fn moment(second: i64, whole_day: bool) -> Option<Moment> {
    let at = Timestamp::from_second(given(second)?).ok()?;
    Some(Moment { at, whole_day })
}

/// The second of a moment as it is stored, for sorting; none sorts before all others.
pub fn sortable(second: i64) -> i64 {
    given(second).unwrap_or(NEVER)
}

pub fn clamped(number: i64) -> i64 {
    number.clamp(i64::from(i32::MIN) + 1, i64::from(i32::MAX))
}

pub fn hundredths(rating: f64) -> i64 {
    (rating * 100.0).round().clamp(0.0, f64::from(u16::MAX - 1)) as i64
}

/// Two bits per flag: whether it is set at all, and its value.
pub fn bits(listed: &ListedFields) -> u8 {
    const { assert!(ListedFlag::COUNT * 2 <= u8::BITS as usize) };
    ListedFlag::ALL
        .iter()
        .map(|flag| listed[*flag].map_or(0, |value| 1 | u8::from(value) << 1) << (*flag as u8 * 2))
        .sum()
}

/// What [`bits`] has of a flag.
pub fn flag(bits: i64, flag: ListedFlag) -> Option<bool> {
    let bits = bits >> (flag as u8 * 2);
    (bits & 1 != 0).then_some(bits & 2 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_none_and_every_number_itself() {
        for number in [i64::MIN, -1, 0, 1, i64::MAX - 1] {
            assert_eq!(given(stored(Some(number))), Some(number));
        }
        assert_eq!(given(stored(None)), None);
    }
}
