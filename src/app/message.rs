//! What the bottom line says for a while: what just happened, or what went wrong.

use jiff::{SignedDuration, Timestamp};

use crate::format::clean::Clean;

/// How long what just happened is worth reading.
const STAYS: SignedDuration = SignedDuration::from_secs(4);

/// Whether a message leaves by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It leaves after a few seconds, or with the next key.
    Notice,
    /// It stays until a key is pressed: then it has been seen.
    Error,
}

/// A sentence in the bottom line.
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

    /// Whether it has been there long enough.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.tone == Tone::Notice && now.duration_since(self.since) >= STAYS
    }
}
