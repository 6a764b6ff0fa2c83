//! Writing a command's changes into files, and reporting on each file. What the changes are, and
//! what the desk records of them, is decided elsewhere.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Exit;
use crate::desk::publish::{ChangePlan, StagedChange, WriteRefusal};
use crate::format::clean::Clean;
use crate::library::ArticleId;

/// What became of a file.
pub enum FileOutcome {
    Planned(StagedChange),
    Written(StagedChange),
    Unchanged(Option<&'static str>),
    Refused(WriteRefusal),
}

impl From<Result<ChangePlan, WriteRefusal>> for FileOutcome {
    fn from(planned: Result<ChangePlan, WriteRefusal>) -> Self {
        match planned {
            Ok(ChangePlan::Change(change)) => Self::Planned(*change),
            Ok(ChangePlan::Unchanged(reason)) => Self::Unchanged(reason),
            Err(refusal) => Self::Refused(refusal),
        }
    }
}

impl FileOutcome {
    /// The change that waits to be written.
    pub fn planned(&self) -> Option<&StagedChange> {
        match self {
            Self::Planned(change) => Some(change),
            Self::Written(_) | Self::Unchanged(_) | Self::Refused(_) => None,
        }
    }

    /// Prints a line about the file there, or its diff if nothing has been written yet.
    pub fn say(&self, at: &Path, out: &mut dyn Write) -> io::Result<()> {
        let path = at.display();
        match self {
            FileOutcome::Planned(change) => diff(change, out),
            FileOutcome::Written(change) => {
                let first = change.diffs().next().map_or(1, |diff| diff.line);
                line(&format!("written {path}:{first}"), out)
            }
            FileOutcome::Unchanged(None) => line(&format!("unchanged {path}"), out),
            FileOutcome::Unchanged(Some(why)) => line(&format!("unchanged {path}: {why}"), out),
            FileOutcome::Refused(refusal) => refused(at, refusal, out),
        }
    }
}

/// The files of one run, and what became of each.
pub struct RunChanges {
    pub files: Vec<(ArticleId, PathBuf, FileOutcome)>,
    /// Files that something is staged for and that are no articles any more.
    pub lost: Vec<(PathBuf, WriteRefusal)>,
}

impl RunChanges {
    /// The articles whose files were written.
    pub fn written(&self) -> impl Iterator<Item = ArticleId> {
        let files = self.files.iter();
        let written = files.filter(|(.., it)| matches!(it, FileOutcome::Written(_)));
        written.map(|(id, ..)| *id)
    }

    /// Prints a line per file, or its diff if nothing has been written yet, and then the counts.
    pub fn say(&self, out: &mut dyn Write) -> io::Result<()> {
        for (_, path, outcome) in &self.files {
            outcome.say(path, out)?;
        }
        self.say_lost(out)?;
        self.count_up(out)
    }

    /// Prints a line for each file that is no article any more.
    pub fn say_lost(&self, out: &mut dyn Write) -> io::Result<()> {
        for (path, refusal) in &self.lost {
            refused(path, refusal, out)?;
        }
        Ok(())
    }

    /// Prints how many files were written, unchanged and refused.
    pub fn count_up(&self, out: &mut dyn Write) -> io::Result<()> {
        let planned = self.planned();
        if planned > 0 {
            write!(out, "would write {planned}, ")?;
        }
        writeln!(
            out,
            "written {}, unchanged {}, refused {}",
            self.written().count(),
            self.count(|it| matches!(it, FileOutcome::Unchanged(_))),
            self.refused()
        )
    }

    pub fn exit(&self) -> Exit {
        match self.refused() {
            0 => Exit::Clean,
            _ => Exit::Notable,
        }
    }

    /// How many files wait to be written.
    pub fn planned(&self) -> usize {
        self.count(|it| matches!(it, FileOutcome::Planned(_)))
    }

    fn refused(&self) -> usize {
        self.lost.len() + self.count(|it| matches!(it, FileOutcome::Refused(_)))
    }

    fn count(&self, is_one: impl Fn(&FileOutcome) -> bool) -> usize {
        let outcomes = self.files.iter().map(|(.., outcome)| outcome);
        outcomes.filter(|it| is_one(it)).count()
    }
}

/// Prints the changed lines as `diff` does.
fn diff(change: &StagedChange, out: &mut dyn Write) -> io::Result<()> {
    for diff in change.diffs() {
        line(&format!("{}:{}", change.path().display(), diff.line), out)?;
        for old in diff.old {
            line(&format!("-{old}"), out)?;
        }
        for new in diff.new {
            line(&format!("+{new}"), out)?;
        }
    }
    Ok(())
}

fn refused(path: &Path, refusal: &WriteRefusal, out: &mut dyn Write) -> io::Result<()> {
    line(&format!("refused {}: {refusal}", path.display()), out)
}

fn line(text: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", Clean::new(text))
}
