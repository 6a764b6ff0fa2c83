//! Measures whole processes over a library of 100,000 articles: the reader in a pseudo-terminal, from its
//! start to its memory, and the commands. Another number of articles, or the folder of a library made by
//! `examples/generate.rs`, may follow:
//!
//!     cargo bench --bench process
//!     cargo bench --bench process -- 1000000
//!     cargo bench --bench process -- /tmp/library
//!
//! As root on Linux, a start with files that are not in the page cache is measured as well.

#[path = "../figures/mod.rs"]
mod figures;
#[path = "../../tests/end_to_end/frames.rs"]
mod frames;
#[path = "../generate/mod.rs"]
mod generate;
#[path = "../home/mod.rs"]
mod home;
#[expect(dead_code, reason = "the tests look at more of a terminal")]
#[path = "../../tests/end_to_end/pty.rs"]
mod pty;
mod reader;
mod times;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use figures::{heading, number_or};
use home::Home;
use reader::Reader;
use tempfile::TempDir;
use times::Times;

/// Words of the made-up titles, rare and frequent.
const WORDS: [&str; 10] = [
    "ingmarbe", "ka", "unor", "inlenha", "tro", "gor", "kawa", "quiver", "orbra", "be",
];
/// What a few bodies contain, of the eighth that have one.
const IN_BODIES: &str = "body:quiver";
/// Writing to this file drops the page cache (proc_sys_vm(5)).
const DROP_CACHES: &str = "/proc/sys/vm/drop_caches";

fn main() {
    figures::run("process", bench);
}

fn bench() {
    let case = Case::new();
    println!("{} articles", case.count);
    heading("the reader");
    case.first_start();
    case.start_without_cache();
    case.later_starts();
    case.decide();
    heading("commands");
    case.commands();
}

/// A library, and a home for the program.
struct Case {
    home: Home,
    library: PathBuf,
    count: String,
    rounds: usize,
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
        let library = library.expect("a library");
        let home = Home::new();
        let count: i64 = home
            .run(&["count"], Some(&library))
            .parse()
            .expect("a count");
        Self {
            home,
            library,
            count: newsdesk::format::number::grouped(count),
            // A million takes minutes a round.
            rounds: if count > 200_000 { 2 } else { 5 },
            _made: made,
        }
    }

    fn reader(&self) -> Reader {
        Reader::start(&self.home, &self.library)
    }

    /// What the first line says of all articles.
    fn all(&self) -> String {
        format!("{} articles", self.count)
    }

    /// The reader without a snapshot.
    fn first_start(&self) {
        let mut times = Times::default();
        for _ in 0..self.rounds {
            self.home.forget();
            let reader = self.reader();
            times.add("first rows, without a snapshot", reader.until_rows());
            times.add("all listed", reader.until(&self.all()));
            reader.settle();
            times.add_memory("memory after that", reader.memory("VmRSS"));
            times.add_memory("memory at most", reader.memory("VmHWM"));
        }
        times.print();
    }

    /// The same from a disk whose files are not in the page cache, where that can be had.
    fn start_without_cache(&self) {
        let mut times = Times::default();
        for _ in 0..self.rounds.min(3) {
            self.home.forget();
            rustix::fs::sync();
            if fs::write(DROP_CACHES, "3").is_err() {
                return println!("not measured without the page cache, which takes root");
            }
            let reader = self.reader();
            times.add("first rows, files not cached", reader.until_rows());
            times.add("all listed, files not cached", reader.until(&self.all()));
            reader.settle();
        }
        times.print();
    }

    /// The reader with a snapshot, and searches.
    fn later_starts(&self) {
        let mut times = Times::default();
        for _ in 0..self.rounds {
            let mut reader = self.reader();
            times.add("first rows, from a snapshot", reader.until_rows());
            reader.settle();
            times.add_memory("memory after that", reader.memory("VmRSS"));
            reader.begin("G");
            let end = format!("{0}/{0}", self.count);
            times.add("`G`, to the end of the list", reader.until(&end));
            for (number, word) in WORDS.iter().enumerate() {
                let name = match number {
                    0 => "the first search, typed at once",
                    _ => "another search, typed at once",
                };
                reader.begin(&format!("/{word}"));
                times.add(name, reader.until_found(word, &self.count));
                reader.begin("<esc>");
                reader.until(&self.all());
            }
            reader.settle();
            times.add_memory("memory after ten searches", reader.memory("VmRSS"));
            reader.begin(&format!("/{IN_BODIES}"));
            let some = reader.until_some(IN_BODIES, &self.count);
            times.add("`body:`, the first articles", some);
            let every = reader.until_found(IN_BODIES, &self.count);
            times.add("`body:`, all of them", every);
        }
        times.print();
    }

    /// One decision on all articles in the reader, and its undo.
    fn decide(&self) {
        let mut times = Times::default();
        for _ in 0..self.rounds {
            let mut reader = self.reader();
            reader.until(&self.all());
            reader.settle();
            reader.begin("A");
            reader.until("y yes");
            // A key that comes before the question can be read does nothing.
            reader.settle();
            reader.begin("y");
            let kept = reader.until(&format!("{} decided", self.count));
            times.add("`A`, all of them done and kept", kept);
            reader.settle();
            reader.begin("u");
            let undone = reader.until(&format!("undo: done, {}", self.all()));
            times.add("`u`, all of that undone", undone);
        }
        times.print();
    }

    fn commands(&self) {
        let mut times = Times::default();
        let word = WORDS[0];
        for _ in 0..self.rounds {
            for (name, arguments) in [
                ("`count -q WORD`", &["count", "-q", word][..]),
                (
                    "`count --cached -q WORD`",
                    &["count", "--cached", "-q", word],
                ),
                ("`list -q WORD`", &["list", "-q", word]),
                (
                    "`count --cached -q body:WORD`",
                    &["count", "--cached", "-q", IN_BODIES],
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
                let library = (arguments[0] != "undo").then_some(&*self.library);
                let begun = Instant::now();
                self.home.run(arguments, library);
                times.add(name, begun.elapsed());
            }
        }
        times.print();
    }
}
