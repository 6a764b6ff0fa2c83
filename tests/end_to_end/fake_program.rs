//! A stand-in for a person's program, such as a browser, that only reports how it was called.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// For `$BROWSER` or `$EDITOR`. It can be started any number of times.
pub struct FakeProgram {
    folder: TempDir,
    name: &'static str,
    opened: Receiver<Vec<String>>,
}

impl FakeProgram {
    /// One that would open its own window.
    pub fn graphical() -> Self {
        Self::new("fake-browser", "")
    }

    /// One that draws in the terminal: it shows `fake page` and stays until Enter.
    pub fn in_terminal() -> Self {
        Self::new("w3m", "printf 'fake page'; read -r line\n")
    }

    /// An editor that appends a line to its last file.
    pub fn editor(line: &str) -> Self {
        let append = format!("for file; do :; done\nprintf '{line}\\n' >> \"$file\"\n");
        Self::new("vi", &append)
    }

    /// The shell under another name, running a script: a program written just now could be refused
    /// as busy while another test's child still has it open.
    fn new(name: &'static str, then: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let pipe = folder.path().join("opened");
        let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
        assert!(made.success(), "mkfifo {}", pipe.display());
        let script = format!("printf '%s\\n' $# \"$@\" > '{}'\n{then}", pipe.display());
        fs::write(folder.path().join("script"), script).expect("a script");
        symlink("/bin/sh", folder.path().join(name)).expect("a link");
        Self {
            folder,
            name,
            opened: read_all(&pipe),
        }
    }

    /// The command line, for `$BROWSER` or `$EDITOR`.
    pub fn command(&self) -> String {
        let folder = self.folder.path().display();
        format!("{folder}/{} {folder}/script", self.name)
    }

    /// Waits until it is started, and returns its arguments.
    pub fn wait_for_arguments(&self) -> Vec<String> {
        let opened = self.opened.recv_timeout(Duration::from_secs(10));
        opened.expect("it was never started")
    }
}

/// The arguments of each call, written as their number and then one per line. The pipe is open for
/// writing here as well, so that it never ends between two calls. The thread ends with the tests.
fn read_all(pipe: &Path) -> Receiver<Vec<String>> {
    let pipe = File::options().read(true).write(true).open(pipe);
    let mut lines = BufReader::new(pipe.expect("the pipe")).lines();
    let (send, opened) = channel();
    thread::spawn(move || {
        while let Some(Ok(count)) = lines.next() {
            let count = count.parse().expect("a number of arguments");
            let arguments: Result<_, _> = lines.by_ref().take(count).collect();
            if send.send(arguments.expect("text")).is_err() {
                break;
            }
        }
    });
    opened
}
