//! Values as a row stores them: fixed-size numbers, with one value reserved for "none".

use jiff::Timestamp;

use crate::model::{ListedFields, ListedFlag, Moment, Says};

pub const NEVER: i64 = i64::MIN;
pub const UNSAID: i32 = i32::MIN;
pub const NO_LENGTH: u32 = u32::MAX;
pub const UNRATED: u16 = u16::MAX;

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

/// Two bits of `days`.
pub fn says(says: Says) -> u8 {
    match says {
        Says::Nothing => 0,
        Says::Yes => 1,
        Says::No => 2,
    }
}

pub fn second(at: Option<Timestamp>) -> i64 {
    at.map_or(NEVER, Timestamp::as_second)
}

pub fn seconds(moment: Option<Moment>) -> i64 {
    moment.map_or(NEVER, |moment| moment.at.as_second())
}

pub fn moment(second: i64, whole_day: bool) -> Option<Moment> {
    if second == NEVER {
        return None;
    }
    Timestamp::from_second(second)
        .ok()
        .map(|at| Moment { at, whole_day })
}

pub fn packed(number: Option<i64>) -> i32 {
    number.map_or(UNSAID, |number| {
        number.clamp(i64::from(UNSAID) + 1, i64::from(i32::MAX)) as i32
    })
}

pub fn said(number: i32) -> Option<i64> {
    (number != UNSAID).then(|| i64::from(number))
}

pub fn hundredths(rating: Option<f64>) -> u16 {
    rating.map_or(UNRATED, |rating| {
        (rating * 100.0).round().clamp(0.0, f64::from(UNRATED - 1)) as u16
    })
}

/// Two bits per flag: whether it is set at all, and its value.
pub fn bits(listed: &ListedFields) -> u8 {
    const { assert!(ListedFlag::COUNT * 2 <= u8::BITS as usize) };
    ListedFlag::ALL
        .iter()
        .map(|flag| listed[*flag].map_or(0, |value| 1 | u8::from(value) << 1) << (*flag as u8 * 2))
        .sum()
}
