//! The history of typed lines, kept between runs: a file with one entry per line, latest last.
//! Losing it hurts nobody, so failures only go to the log.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};

use super::background;

/// Most lines offered.
const MOST: usize = 500;
/// A file with more lines than this is rewritten with only the latest ones.
const TOO_MANY: usize = 2 * MOST;

/// Appends to the history file.
pub struct HistoryFile {
    lines: Sender<String>,
}

impl HistoryFile {
    /// Starts the thread that writes to the file in this folder; it ends with the process.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(folder: PathBuf) -> io::Result<Self> {
        let (lines, typed) = channel::<String>();
        background::start("history", move || {
            for line in typed {
                if let Err(error) = append(&folder, &line) {
                    tracing::warn!("cannot save the history in {}: {error}", folder.display());
                }
            }
        })?;
        Ok(Self { lines })
    }

    /// Adds a line.
    pub fn remember(&self, line: String) {
        // Cannot fail: the thread lives as long as the process.
        let _ = self.lines.send(line);
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("history")
}

/// Loads the lines of earlier runs, without duplicates.
pub fn load(folder: &Path) -> Vec<String> {
    let text = fs::read(file(folder)).unwrap_or_default();
    let lines = latest(&String::from_utf8_lossy(&text));
    let count = text.iter().filter(|byte| **byte == b'\n').count();
    if count > TOO_MANY
        && let Err(error) = rewrite(folder, &lines)
    {
        tracing::warn!("cannot shorten the history: {error}");
    }
    lines
}

/// Removes duplicates, keeping each line at its latest position.
fn latest(text: &str) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let lines = text.lines().rev().filter(|line| !line.trim().is_empty());
    let mut lines: Vec<String> = lines
        .filter(|line| seen.insert(*line))
        .take(MOST)
        .map(str::to_owned)
        .collect();
    lines.reverse();
    lines
}

/// Appends with a single write, so that two readers at once keep both lines.
fn append(folder: &Path, line: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = File::options()
        .create(true)
        .append(true)
        .open(file(folder))?;
    file.write_all(format!("{line}\n").as_bytes())
}

fn rewrite(folder: &Path, lines: &[String]) -> io::Result<()> {
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    for line in lines {
        writeln!(beside, "{line}")?;
    }
    beside.persist(file(folder)).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_each_once_the_latest_last() {
        let folder = tempfile::tempdir().expect("a folder");
        for line in ["lidar", "topic:ai", "lidar"] {
            append(folder.path(), line).expect("room for it");
        }
        assert_eq!(load(folder.path()), ["topic:ai", "lidar"]);
        assert_eq!(load(&folder.path().join("none")), [""; 0]);
    }

    #[test]
    fn a_long_history_is_shortened() {
        let folder = tempfile::tempdir().expect("a folder");
        for number in 0..=TOO_MANY {
            append(folder.path(), &number.to_string()).expect("room for it");
        }
        let lines = load(folder.path());
        assert_eq!(
            (lines.len(), lines.last().map(String::as_str)),
            (MOST, Some("1000"))
        );
        let text = fs::read_to_string(file(folder.path())).expect("the file");
        assert_eq!(text.lines().count(), MOST);
    }
}
