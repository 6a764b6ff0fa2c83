//! The reader in its terminal: pressing keys, and how long it takes until the screen shows what follows.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::home::Home;
use crate::pty::Pty;

const ROWS: u16 = 45;
const COLUMNS: u16 = 160;
/// How often the screen is looked at.
const LOOK: Duration = Duration::from_micros(500);
/// A program that used no processor for this long has settled.
const SETTLED: Duration = Duration::from_secs(2);
/// Something is wrong if this takes longer.
const PATIENCE: Duration = Duration::from_secs(600);

pub struct Reader {
    pty: Pty,
    begun: Instant,
}

impl Reader {
    pub fn start(home: &Home, library: &Path) -> Self {
        let environment = home.environment();
        let environment: Vec<(&str, &str)> = environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let begun = Instant::now();
        let library = library.to_string_lossy();
        let pty = Pty::start(&[&*library], ROWS, COLUMNS, &environment);
        Self { pty, begun }
    }

    /// Presses keys, and measures from now on.
    pub fn begin(&mut self, keys: &str) {
        self.begun = Instant::now();
        self.pty.press(keys);
    }

    /// The time until the screen shows this.
    pub fn until(&self, text: &str) -> Duration {
        self.until_so(text, |screen| screen.contains(text))
    }

    /// The time until the first line says how many of all articles a query finds.
    pub fn until_found(&self, query: &str, all: &str) -> Duration {
        self.until_first_line(query, |line| {
            says_found(line, query, all) && !line.contains(" searched")
        })
    }

    /// The time until the first line says that a query has found some, while it may go on.
    pub fn until_some(&self, query: &str, all: &str) -> Duration {
        let none = format!(" 0 of {all}");
        self.until_first_line(query, |line| {
            says_found(line, query, all) && !line.contains(&none)
        })
    }

    /// The time until there is an article with a date in the list.
    pub fn until_rows(&self) -> Duration {
        self.until_so("a row", |screen| screen.contains(" Dec 21"))
    }

    fn until_first_line(&self, what: &str, is_so: impl Fn(&str) -> bool) -> Duration {
        self.until_so(what, |screen| {
            is_so(screen.lines().next().unwrap_or_default())
        })
    }

    fn until_so(&self, what: &str, is_so: impl Fn(&str) -> bool) -> Duration {
        loop {
            let screen = self.pty.screen_text();
            let time = self.begun.elapsed();
            if is_so(&screen) {
                return time;
            }
            assert!(time < PATIENCE, "no {what}:\n{screen}");
            // Looking without a pause would take a processor from the program.
            thread::sleep(LOOK);
        }
    }

    /// Waits until everything that follows from the start or a key has been done.
    pub fn settle(&self) {
        let (begun, mut used) = (Instant::now(), self.used());
        loop {
            // What is waited for is that nothing happens.
            thread::sleep(SETTLED);
            let now = self.used();
            // A tick or two for the clock on the screen.
            if now.saturating_sub(used) <= 2 {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "it never settles");
            used = now;
        }
    }

    /// The processor time it has used, in hundredths of a second (proc_pid_stat(5), fields 14 and 15).
    fn used(&self) -> u64 {
        let text = fs::read_to_string(self.file("stat")).expect("a running program");
        let (_, fields) = text.rsplit_once(')').expect("a name in parentheses");
        let fields = fields.split_whitespace().skip(11).take(2);
        fields.map(|it| it.parse::<u64>().expect("a time")).sum()
    }

    /// A size in the process's status, in bytes.
    pub fn memory(&self, name: &str) -> u64 {
        let text = fs::read_to_string(self.file("status")).expect("a running program");
        let line = text.lines().find(|line| line.starts_with(name));
        let kilobytes = line.and_then(|it| it.split_whitespace().nth(1)?.parse::<u64>().ok());
        kilobytes.expect("a size") * 1_024
    }

    fn file(&self, name: &str) -> PathBuf {
        Path::new("/proc")
            .join(self.pty.id().to_string())
            .join(name)
    }
}

/// Whether the first line is about a query, and says how many of all articles it finds.
fn says_found(line: &str, query: &str, all: &str) -> bool {
    line.contains(&format!(" of {all}")) && line.contains(&format!("   {query}"))
}
