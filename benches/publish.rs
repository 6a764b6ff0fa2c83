//! Measures `newsdesk publish --yes` of some 2,000 files as a whole process, beside what writing, syncing
//! and renaming them takes alone, one file after another:
//!
//!     cargo bench --bench publish
//!     cargo bench --bench publish -- 60000    # of a third of so many

mod figures;
mod generate;
#[expect(dead_code, reason = "its home has no snapshots")]
mod home;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use figures::{heading, number_or, print};
use home::Home;
use tempfile::TempDir;

const ROUNDS: usize = 3;
/// What is not published yet, a third of a generated library.
const QUERY: &str = "is:unpublished";

fn main() {
    figures::run("publish", bench);
}

fn bench() {
    let articles = number_or(6_000);
    // Kept to the end: where many files have just been deleted, ext4 takes ten times as long to create some.
    let cases: Vec<Case> = (0..ROUNDS).map(|_| Case::new(articles as u64)).collect();
    let count = cases[0].waiting();
    println!("{count} of {articles} articles");
    heading("published");
    let (mut alone, mut published) = (Vec::new(), Vec::new());
    for case in &cases {
        let begun = Instant::now();
        case.write_alone(count).expect("room for the files");
        alone.push(begun.elapsed());
        published.push(case.publish(count));
    }
    print("writes, syncs and renames alone", &mut alone);
    print("`publish --yes`", &mut published);
}

struct Case {
    home: Home,
    library: TempDir,
}

impl Case {
    fn new(articles: u64) -> Self {
        let library = tempfile::tempdir().expect("a folder for the library");
        generate::write(library.path(), articles).expect("room for the library");
        let home = Home::new();
        Self { home, library }
    }

    fn run(&self, arguments: &[&str]) -> String {
        self.home.run(arguments, Some(self.library.path()))
    }

    /// How many articles are to be published.
    fn waiting(&self) -> usize {
        let count = self.run(&["count", "-q", QUERY]);
        count.parse().expect("a count")
    }

    fn publish(&self, count: usize) -> Duration {
        let begun = Instant::now();
        let said = self.run(&["publish", "-q", QUERY, "--yes"]);
        let time = begun.elapsed();
        let counts = format!("written {count}, unchanged 0, refused 0");
        assert!(said.ends_with(&counts), "{said}");
        time
    }

    /// Replaces copies of so many files the way that loses nothing, with three syncs a file: its contents,
    /// its folder, and a note of what has been written.
    fn write_alone(&self, count: usize) -> io::Result<()> {
        let folder = self.library.path().join("copies");
        fs::create_dir(&folder)?;
        let files: Vec<PathBuf> = fs::read_dir(self.library.path().join("_news"))?
            .take(count)
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?;
        let mut note = File::create(folder.join("note"))?;
        for file in &files {
            replace_copy(file, &folder, &mut note)?;
        }
        fs::remove_dir_all(&folder)
    }
}

fn replace_copy(file: &Path, folder: &Path, note: &mut File) -> io::Result<()> {
    let text = fs::read(file)?;
    let new = folder.join("new");
    let mut written = File::create(&new)?;
    written.write_all(&text)?;
    written.sync_all()?;
    fs::rename(&new, folder.join(file.file_name().unwrap_or_default()))?;
    File::open(folder)?.sync_all()?;
    note.write_all(b"written\n")?;
    note.sync_data()
}
