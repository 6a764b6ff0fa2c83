//! What the program finds around it: the terminal, and where a person's files are. The rest of the
//! command line gets this passed in, so that tests can choose it.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use crate::config::{Config, XdgEnvironment};
use crate::desk;
use crate::model::Finding;
use crate::output::COMFORTABLE;
use crate::theme::ColourDepth;

/// The surroundings of a run.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    pub places: XdgEnvironment,
    /// File of the desk, unless an argument names another. `None` if no place for it is known.
    pub desk: Option<PathBuf>,
    /// The name of the library to open.
    pub library: Option<String>,
    pub stdin: Stream,
    pub stdout: Stream,
    pub stderr: Stream,
    /// `TERM`.
    pub term: Option<OsString>,
    /// `NO_COLOR`: no styles if it is set and not empty (<https://no-color.org>).
    pub no_color: Option<OsString>,
    /// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set (POSIX, Base Definitions, 8.2).
    pub locale: Option<OsString>,
    /// The shell that asks for completions.
    pub completing: Option<OsString>,
    /// `COLORTERM`.
    pub colour_depth: Option<OsString>,
    /// Looks for the programs that the reader calls; `None` to skip that.
    pub outside: Option<fn(&Config) -> Vec<Finding>>,
    /// The working folder.
    pub folder: Option<PathBuf>,
}

/// The environment variable with which a shell's script asks for completions; it names the shell.
pub const COMPLETING: &str = "NEWSDESK_COMPLETE";

/// Where a standard stream leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stream {
    /// A person's terminal, and its columns if known.
    Terminal { columns: Option<usize> },
    /// A file, a pipe, or nowhere.
    #[default]
    Elsewhere,
}

impl Surroundings {
    /// The surroundings of this process.
    pub fn of_this_process() -> Self {
        Self {
            places: XdgEnvironment::of_this_process(),
            desk: desk::place(None, |name| env::var_os(name)).ok(),
            library: None,
            stdin: Stream::new(&io::stdin()),
            stdout: Stream::new(&io::stdout()),
            stderr: Stream::new(&io::stderr()),
            term: env::var_os("TERM"),
            no_color: env::var_os("NO_COLOR"),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set),
            completing: set(COMPLETING),
            colour_depth: env::var_os("COLORTERM"),
            outside: None,
            folder: env::current_dir().ok(),
        }
    }

    /// Checks whether the reader can run here.
    pub fn fit_for_reader(&self) -> Result<(), &'static str> {
        terminal_fit(self.stdin, self.stdout, self.term.as_deref())
    }

    /// Whether bold and underlined headings make sense in the output.
    pub fn wants_styles(&self) -> bool {
        let refused = self.no_color.as_ref().is_some_and(|it| !it.is_empty());
        self.stdout.is_terminal() && is_capable(self.term.as_deref()) && !refused
    }

    /// How many colours the output may have.
    pub fn depth(&self) -> ColourDepth {
        let full = ["truecolor", "24bit"];
        match &self.colour_depth {
            Some(depth) if full.iter().any(|it| depth == it) => ColourDepth::Full,
            Some(_) | None => ColourDepth::Indexed,
        }
    }

    /// Whether the locale has characters beyond ASCII.
    pub fn writes_unicode(&self) -> bool {
        let locale = self.locale.as_deref().unwrap_or_default().to_string_lossy();
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    }

    /// Whether a person can be asked.
    pub fn can_ask(&self) -> bool {
        self.stdin.is_terminal() && self.stderr.is_terminal()
    }

    /// How wide the output may be.
    pub fn columns(&self) -> usize {
        match self.stdout {
            Stream::Terminal { columns } => columns.unwrap_or(COMFORTABLE),
            Stream::Elsewhere => COMFORTABLE,
        }
    }

    /// Whether a progress line can be drawn, and redrawn, on stderr.
    pub fn shows_progress(&self) -> bool {
        self.stderr.is_terminal() && is_capable(self.term.as_deref())
    }
}

/// The value of an environment variable that is set and not empty.
fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

impl Stream {
    fn new(stream: &(impl IsTerminal + std::os::fd::AsFd)) -> Self {
        if !stream.is_terminal() {
            return Self::Elsewhere;
        }
        let size = rustix::termios::tcgetwinsize(stream);
        let columns = size.ok().map(|size| usize::from(size.ws_col));
        Self::Terminal {
            columns: columns.filter(|columns| *columns > 0),
        }
    }

    fn is_terminal(self) -> bool {
        matches!(self, Self::Terminal { .. })
    }
}

/// Checks whether a terminal is fit for the full-screen reader.
///
/// # Errors
/// A message that says what is missing and what to do instead.
pub fn terminal_fit(
    stdin: Stream,
    stdout: Stream,
    term: Option<&OsStr>,
) -> Result<(), &'static str> {
    if !stdin.is_terminal() {
        Err(
            "the reader needs a terminal for its keys, and stdin is not one; `newsdesk list` needs none",
        )
    } else if !stdout.is_terminal() {
        Err(
            "the reader needs a terminal to draw on, and stdout is not one; `newsdesk list` needs none",
        )
    } else if !is_capable(term) {
        Err(
            "the reader needs a terminal that can position text, and TERM names none; `newsdesk list` needs none",
        )
    } else {
        Ok(())
    }
}

fn is_capable(term: Option<&OsStr>) -> bool {
    term.is_some_and(|term| !term.is_empty() && term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMINAL: Stream = Stream::Terminal { columns: Some(80) };

    #[test]
    fn the_reader_wants_a_terminal_on_both_sides_that_can_draw() {
        let xterm = Some(OsStr::new("xterm-256color"));
        assert_eq!(terminal_fit(TERMINAL, TERMINAL, xterm), Ok(()));
        for (stdin, stdout, term, word) in [
            (Stream::Elsewhere, TERMINAL, xterm, "stdin"),
            (TERMINAL, Stream::Elsewhere, xterm, "stdout"),
            (TERMINAL, TERMINAL, None, "TERM"),
            (TERMINAL, TERMINAL, Some(OsStr::new("")), "TERM"),
            (TERMINAL, TERMINAL, Some(OsStr::new("dumb")), "TERM"),
        ] {
            let said = terminal_fit(stdin, stdout, term).expect_err("a refusal");
            assert!(said.contains(word) && !said.contains('\n'), "{said}");
        }
    }

    #[test]
    fn styles_are_for_terminals_and_can_be_refused() {
        let mut surroundings = Surroundings {
            stdout: TERMINAL,
            term: Some("xterm".into()),
            ..Surroundings::default()
        };
        assert!(surroundings.wants_styles());
        surroundings.no_color = Some("".into());
        assert!(surroundings.wants_styles());
        surroundings.no_color = Some("1".into());
        assert!(!surroundings.wants_styles());
        surroundings.no_color = None;
        surroundings.stdout = Stream::Elsewhere;
        assert!(!surroundings.wants_styles());
    }
}
