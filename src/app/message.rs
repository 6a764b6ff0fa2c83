//! The message in the bottom line: a notice or an error, shown for a while.

use std::time::Duration;

use crate::format::clean::Clean;

/// How long a notice stays.
const STAYS: Duration = Duration::from_secs(4);

/// Whether a message disappears by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It disappears after a few seconds, or with the next key.
    Notice,
    /// It stays until a key is pressed, so that it has been seen.
    Error,
    /// The same, with nothing wrong.
    Advice,
}

/// A message in the bottom line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub text: Clean,
    pub tone: Tone,
    /// When it appeared, counted from the start of the program.
    pub since: Duration,
}

impl Message {
    pub fn notice(text: &str, uptime: Duration) -> Self {
        Self {
            text: Clean::new(text),
            tone: Tone::Notice,
            since: uptime,
        }
    }

    pub fn advice(text: &str, uptime: Duration) -> Self {
        Self {
            text: Clean::new(text),
            tone: Tone::Advice,
            since: uptime,
        }
    }

    pub fn error(text: &str, uptime: Duration) -> Self {
        Self {
            text: Clean::new(text),
            tone: Tone::Error,
            since: uptime,
        }
    }

    /// Whether its time is over.
    pub fn is_over(&self, uptime: Duration) -> bool {
        self.tone == Tone::Notice && uptime.saturating_sub(self.since) >= STAYS
    }
}
