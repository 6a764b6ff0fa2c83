//! A home folder and a library made for one test, and the program run in them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub struct World {
    folder: TempDir,
}

impl World {
    pub fn new() -> Self {
        let world = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        fs::create_dir_all(world.library()).expect("a library");
        world.write(
            "home/.config/newsdesk/config.toml",
            "library = [\"~/news\"]\n",
        );
        world
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub fn library(&self) -> PathBuf {
        self.path("home/news")
    }

    pub fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub fn list(&self) -> String {
        fs::read_to_string(self.path("home/.config/newsdesk/feeds.toml")).unwrap_or_default()
    }

    /// A list of feeds: names and addresses.
    pub fn feeds(&self, feeds: &[(&str, String)]) {
        let tables = feeds
            .iter()
            .map(|(name, url)| format!("[[feed]]\nurl = {url:?}\nname = {name:?}\n"));
        self.write(
            "home/.config/newsdesk/feeds.toml",
            &tables.collect::<Vec<_>>().join("\n"),
        );
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsdesk"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.path("home"))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        Run(self.command(arguments).output().expect("the program"))
    }

    /// The files of the library, with their paths below it, in order.
    pub fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        gather(&self.library(), &self.library(), &mut found);
        found.sort();
        found
    }

    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.library().join(file)).expect(file)
    }
}

fn gather(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(root, &path, found);
        } else {
            let below = path.strip_prefix(root).expect("below");
            found.push(below.to_string_lossy().into_owned());
        }
    }
}

/// How a run ended.
#[derive(Debug)]
pub struct Run(pub Output);

impl Run {
    pub fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    pub fn last(&self) -> String {
        self.out().lines().last().unwrap_or_default().to_owned()
    }

    /// Its output, if it succeeded.
    #[track_caller]
    pub fn done(&self) -> String {
        assert_eq!(self.code(), Some(0), "{}{}", self.out(), self.err());
        self.out()
    }
}
