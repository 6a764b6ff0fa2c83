//! Programs that run after something has been done, as a person configures them.

use std::time::Duration;

use serde::Deserialize;

use super::places::XdgEnvironment;

/// The table of hooks: a program and its arguments each; empty for none.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HookTable {
    /// After files of articles were written.
    pub after_publish: Vec<String>,
    /// After a decision was kept.
    pub after_mark: Vec<String>,
    /// After articles came into the library.
    pub after_load: Vec<String>,
    /// How long each may take, in seconds.
    pub time_limit: u16,
}

impl HookTable {
    /// The same, with `~` at the start of a program for the home folder.
    pub(super) fn at_home(mut self, places: &XdgEnvironment) -> Self {
        for words in [
            &mut self.after_publish,
            &mut self.after_mark,
            &mut self.after_load,
        ] {
            if let Some(program) = words.first_mut() {
                *program = places.program(std::mem::take(program));
            }
        }
        self
    }

    /// How long a hook may take.
    pub fn limit(&self) -> Duration {
        Duration::from_secs(self.time_limit.into())
    }
}

impl Default for HookTable {
    fn default() -> Self {
        Self {
            after_publish: Vec::new(),
            after_mark: Vec::new(),
            after_load: Vec::new(),
            time_limit: 30,
        }
    }
}
