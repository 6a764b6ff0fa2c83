//! A home of its own for the program, so that a benchmark neither reads nor changes a person's.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a home"))
    }

    pub fn environment(&self) -> [(&'static str, String); 5] {
        let folder = |name: &str| self.0.path().join(name).to_string_lossy().into_owned();
        [
            ("HOME", folder("")),
            ("XDG_CACHE_HOME", folder("cache")),
            ("XDG_CONFIG_HOME", folder("config")),
            ("XDG_DATA_HOME", folder("data")),
            ("XDG_STATE_HOME", folder("state")),
        ]
    }

    /// Forgets the snapshots.
    pub fn forget(&self) {
        let _ = fs::remove_dir_all(self.0.path().join("cache"));
    }

    /// Runs the program with these arguments, and a library if it needs one; returns what it printed.
    pub fn run(&self, arguments: &[&str], library: Option<&Path>) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsdesk"));
        command.args(arguments).args(library);
        command.env_clear().envs(self.environment());
        let output = command.stdin(Stdio::null()).output().expect("the program");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}
