//! The maximum width of text: longer lines are hard to read.

use std::ops::RangeInclusive;

use serde::Deserialize;

/// Maximum columns of text, however wide the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct Measure(u16);

impl Measure {
    /// What can be set.
    pub const RANGE: RangeInclusive<u16> = 20..=400;

    /// The number of columns.
    pub fn columns(self) -> u16 {
        self.0
    }
}

impl Default for Measure {
    fn default() -> Self {
        Self(78)
    }
}

impl TryFrom<i64> for Measure {
    type Error = &'static str;

    fn try_from(columns: i64) -> Result<Self, Self::Error> {
        let fits = u16::try_from(columns).ok();
        let fits = fits.filter(|columns| Self::RANGE.contains(columns));
        fits.map(Self)
            .ok_or("text_width must be a number from 20 to 400")
    }
}
