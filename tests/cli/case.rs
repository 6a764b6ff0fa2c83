//! A folder made for one test, and the program run in it with its own environment, so that nobody's
//! configuration is read.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// An empty home folder, and beside it a library with the files of a case.
pub struct Case {
    folder: TempDir,
}

impl Case {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("home")).expect("a home");
        fs::create_dir(folder.path().join("site")).expect("a library");
        Self { folder }
    }

    pub fn file(self, name: impl AsRef<Path>, text: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join("site").join(name);
        let folder = path.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a folder");
        fs::write(path, text).expect("a file");
        self
    }

    pub fn config(self, text: &str) -> Self {
        let folder = self.path("home/.config/newsdesk");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("config.toml"), text).expect("a file");
        self
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        self.command_of(env!("CARGO_BIN_EXE_newsdesk"), arguments)
    }

    /// Another program, in the same environment.
    pub fn command_of(&self, program: &str, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.path("home"))
            .env("TERM", "xterm")
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        Run(self.command(arguments).output().expect("the program runs"))
    }
}

/// The result of a run.
pub struct Run(pub Output);

impl Run {
    pub fn code(&self) -> i32 {
        self.0.status.code().expect("no signal")
    }

    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.0.stdout).expect("UTF-8")
    }

    pub fn err(&self) -> &str {
        std::str::from_utf8(&self.0.stderr).expect("UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(self.out()).expect("JSON")
    }

    /// The output of a run that succeeded without messages.
    #[track_caller]
    pub fn printed(&self) -> &str {
        assert_eq!((self.code(), self.err()), (0, ""));
        self.out()
    }

    /// Checks that it could not run, and said why with a hint on the next line.
    #[track_caller]
    pub fn is_refused_with_hint(&self, why: &str) {
        assert_eq!((self.code(), self.out()), (2, ""), "{}", self.err());
        let says = self.err().starts_with("newsdesk: ") && self.err().contains(why);
        assert!(says, "{}", self.err());
    }

    /// Checks that it could not run, and said why in one line.
    #[track_caller]
    pub fn is_refused(&self, why: &str) {
        assert_eq!(self.code(), 2, "{}", self.err());
        assert_eq!(self.out(), "");
        let line = self.err().strip_suffix('\n').expect("a whole line");
        assert!(
            line.starts_with("newsdesk: ") && !line.contains('\n') && line.contains(why),
            "{line}"
        );
    }
}
