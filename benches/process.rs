//! Measures whole processes over a library of 100,000 articles: the reader in a pseudo-terminal, from its
//! start to its memory, and the commands. Another number of articles, or the folder of a library made by
//! `examples/generate.rs`, may follow:
//!
//!     cargo bench --bench process
//!     cargo bench --bench process -- 1000000
//!     cargo bench --bench process -- /tmp/library

mod figures;
#[path = "../tests/end_to_end/frames.rs"]
mod frames;
mod generate;
#[expect(dead_code, reason = "the tests look at more of a terminal")]
#[path = "../tests/end_to_end/pty.rs"]
mod pty;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use figures::{heading, number_or, print};
use pty::Pty;
use tempfile::TempDir;

const ROUNDS: usize = 5;
const ROWS: u16 = 45;
const COLUMNS: u16 = 160;
/// Words of the made-up titles, rare and frequent.
const WORDS: [&str; 10] = [
    "ingmarbe", "ka", "unor", "inlenha", "tro", "gor", "kawa", "quiver", "orbra", "be",
];
/// How often the screen is looked at.
const LOOK: Duration = Duration::from_micros(500);
/// A program that used no processor for this long has settled.
const SETTLED: Duration = Duration::from_secs(2);
/// Something is wrong if this takes longer.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() {
    figures::run("process", bench);
}

fn bench() {
    let case = Case::new();
    println!("{} articles", case.count);
    heading("the reader");
    case.first_start();
    case.later_starts();
    heading("commands");
    case.commands();
}

/// A library, and a home for the program.
struct Case {
    home: TempDir,
    library: PathBuf,
    count: String,
    /// Deletes a library that was made for this.
    _made: Option<TempDir>,
}

impl Case {
    fn new() -> Self {
        let mut folders = std::env::args().skip(1).map(PathBuf::from);
        let given = folders.find(|it| it.is_dir());
        let made = given.is_none().then(|| {
            let folder = tempfile::tempdir().expect("a folder for the library");
            generate::write(folder.path(), number_or(100_000) as u64).expect("room for it");
            folder
        });
        let library = given.or_else(|| made.as_ref().map(|it| it.path().to_owned()));
        let mut case = Self {
            home: tempfile::tempdir().expect("a home"),
            library: library.expect("a library"),
            count: String::new(),
            _made: made,
        };
        case.count = grouped(&case.run(&["count"]));
        case.forget();
        case
    }

    /// The reader without a snapshot.
    fn first_start(&self) {
        let mut times = Times::default();
        for _ in 0..ROUNDS {
            self.forget();
            let reader = Reader::start(self);
            times.add("first rows, without a snapshot", reader.until_rows());
            times.add(
                "all listed",
                reader.until(&format!("{} articles", self.count)),
            );
            reader.settle();
            times.add_memory("memory after that", reader.memory("VmRSS"));
            times.add_memory("memory at most", reader.memory("VmHWM"));
        }
        times.print();
    }

    /// The reader with a snapshot, and searches.
    fn later_starts(&self) {
        let mut times = Times::default();
        for _ in 0..ROUNDS {
            let mut reader = Reader::start(self);
            times.add("first rows, from a snapshot", reader.until_rows());
            reader.settle();
            times.add_memory("memory after that", reader.memory("VmRSS"));
            reader.begin("G");
            times.add(
                "`G`, to the end of the list",
                reader.until(&self.at_the_end()),
            );
            for (number, word) in WORDS.iter().enumerate() {
                let name = match number {
                    0 => "the first search, typed at once",
                    _ => "another search, typed at once",
                };
                reader.begin(&format!("/{word}"));
                times.add(name, reader.until_found(word, &self.count));
                reader.begin("<esc>");
                reader.until(&format!("{} articles", self.count));
            }
            reader.settle();
            times.add_memory("memory after ten searches", reader.memory("VmRSS"));
        }
        times.print();
    }

    fn commands(&self) {
        let mut times = Times::default();
        let word = WORDS[0];
        for _ in 0..ROUNDS {
            for (name, arguments) in [
                ("`count -q WORD`", &["count", "-q", word][..]),
                (
                    "`count --cached -q WORD`",
                    &["count", "--cached", "-q", word],
                ),
                (
                    "`mark --done` of all",
                    &["mark", "--done", "-q", "is:unread"],
                ),
                ("`count -q WORD`, all marked", &["count", "-q", word]),
                (
                    "`count --cached -q is:done`, all marked",
                    &["count", "--cached", "-q", "is:done"],
                ),
                ("`undo` of all", &["undo"]),
            ] {
                let begun = Instant::now();
                self.run(arguments);
                times.add(name, begun.elapsed());
            }
        }
        times.print();
    }

    /// The place in the list that its end has.
    fn at_the_end(&self) -> String {
        format!("{0}/{0}", self.count)
    }

    /// Forgets the snapshots.
    fn forget(&self) {
        let _ = fs::remove_dir_all(self.home.path().join("cache"));
    }

    fn environment(&self) -> [(&'static str, String); 5] {
        let folder = |name: &str| self.home.path().join(name).to_string_lossy().into_owned();
        [
            ("HOME", folder("")),
            ("XDG_CACHE_HOME", folder("cache")),
            ("XDG_CONFIG_HOME", folder("config")),
            ("XDG_DATA_HOME", folder("data")),
            ("XDG_STATE_HOME", folder("state")),
        ]
    }

    /// Runs a command, and returns what it printed.
    fn run(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsdesk"));
        command.args(arguments).env_clear().envs(self.environment());
        if arguments[0] != "undo" {
            command.arg(&self.library);
        }
        let output = command.stdin(Stdio::null()).output().expect("the program");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

/// The reader in its terminal.
struct Reader {
    pty: Pty,
    begun: Instant,
}

impl Reader {
    fn start(case: &Case) -> Self {
        let environment = case.environment();
        let environment: Vec<(&str, &str)> = environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let begun = Instant::now();
        let library = case.library.to_string_lossy();
        let pty = Pty::start(&[&*library], ROWS, COLUMNS, &environment);
        Self { pty, begun }
    }

    /// Presses keys, and measures from now on.
    fn begin(&mut self, keys: &str) {
        self.begun = Instant::now();
        self.pty.press(keys);
    }

    /// The time until the screen shows this.
    fn until(&self, text: &str) -> Duration {
        self.until_so(text, |screen| screen.contains(text))
    }

    /// The time until the first line says how many of all articles a word finds.
    fn until_found(&self, word: &str, all: &str) -> Duration {
        let (of_all, query) = (format!(" of {all}"), format!("   {word}"));
        self.until_so(word, |screen| {
            let line = screen.lines().next().unwrap_or_default();
            line.contains(&of_all) && line.contains(&query)
        })
    }

    /// The time until there is an article with a date in the list.
    fn until_rows(&self) -> Duration {
        self.until_so("a row", |screen| screen.contains(" Dec 21"))
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
    fn settle(&self) {
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
    fn memory(&self, name: &str) -> u64 {
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

/// What was measured, by name, in the order in which the names came.
#[derive(Default)]
struct Times {
    times: Vec<(&'static str, Vec<Duration>)>,
    memory: Vec<(&'static str, Vec<u64>)>,
}

impl Times {
    fn add(&mut self, name: &'static str, time: Duration) {
        of(&mut self.times, name).push(time);
    }

    fn add_memory(&mut self, name: &'static str, bytes: u64) {
        of(&mut self.memory, name).push(bytes);
    }

    fn print(&mut self) {
        for (name, times) in &mut self.times {
            print(name, times);
        }
        for (name, sizes) in &mut self.memory {
            sizes.sort_unstable();
            let [first, middle, last] = [0, sizes.len() / 2, sizes.len() - 1]
                .map(|at| format!("{:.1} MB", sizes[at] as f64 / 1e6));
            println!("{name}: {middle}, {first} to {last}");
        }
    }
}

fn of<'a, T>(all: &'a mut Vec<(&'static str, Vec<T>)>, name: &'static str) -> &'a mut Vec<T> {
    let at = all.iter().position(|(it, _)| *it == name);
    let at = at.unwrap_or_else(|| {
        all.push((name, Vec::new()));
        all.len() - 1
    });
    &mut all[at].1
}

/// A number as the reader shows it: `100,000`.
fn grouped(number: &str) -> String {
    let number: i64 = number.parse().expect("a count");
    newsdesk::format::number::grouped(number)
}
