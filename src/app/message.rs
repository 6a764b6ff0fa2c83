//! The message in the bottom line: a notice or an error, shown for a while.

use jiff::{SignedDuration, Timestamp};

use crate::format::clean::Clean;

/// How long a notice stays.
const STAYS: SignedDuration = SignedDuration::from_secs(4);

/// Whether a message disappears by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It disappears after a few seconds, or with the next key.
    Notice,
    /// It stays until a key is pressed, so that it has been seen.
    Error,
}

/// A message in the bottom line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub text: Clean,
    pub tone: Tone,
    pub since: Timestamp,
}

impl Message {
    pub fn notice(text: &str, now: Timestamp) -> Self {
        Self {
            text: Clean::new(text),
            tone: Tone::Notice,
            since: now,
        }
    }

    pub fn error(text: &str, now: Timestamp) -> Self {
        Self {
            text: Clean::new(text),
            tone: Tone::Error,
            since: now,
        }
    }

    /// Whether its time is over.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.tone == Tone::Notice && now.duration_since(self.since) >= STAYS
    }
}
