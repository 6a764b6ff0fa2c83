//! `Bound`: what a key runs, one line or several.

use std::sync::Arc;

use super::{Command, LineAction, LineError, ParsedLine, Program, ProgramError};
use crate::config::BoundText;

/// What a key runs. There is always at least one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound(Arc<[ParsedLine]>);

/// Why a key cannot be bound like this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoundError {
    #[error("{0}")]
    Line(LineError),
    #[error("{0}")]
    Program(#[from] ProgramError),
    #[error("the list of lines is empty; write \"none\" to unbind a key")]
    Nothing,
    #[error("`{0}` asks before it acts, so it must be the last line")]
    Asks(String),
    #[error("`none` unbinds a key, so it must stand alone")]
    None,
}

/// The word that unbinds a key.
const NONE: &str = "none";

impl Bound {
    /// Takes the value from the configuration; `None` unbinds the keys.
    ///
    /// # Errors
    /// If a line or a program is wrong, or the lines cannot be combined.
    pub fn new(text: &BoundText) -> Result<Option<Self>, BoundError> {
        let lines = match text {
            BoundText::Line(line) if line == NONE => return Ok(None),
            BoundText::Line(line) => vec![parse(line)?],
            BoundText::Lines(lines) => {
                lines.iter().map(|it| parse(it)).collect::<Result<_, _>>()?
            }
            BoundText::Program(text) => {
                let program = Program::new(text)?;
                vec![ParsedLine {
                    text: format!("run {}", shell_words::join(&text.run)),
                    action: LineAction::Program(program),
                }]
            }
        };
        let asks = |line: &&ParsedLine| matches!(line.action, LineAction::Decide(_, Some(_)));
        match lines.split_last() {
            None => Err(BoundError::Nothing),
            Some((_, before)) => match before.iter().find(asks) {
                Some(line) => Err(BoundError::Asks(line.text.clone())),
                None => Ok(Some(Self(lines.into()))),
            },
        }
    }

    /// The lines, in order.
    pub fn lines(&self) -> &[ParsedLine] {
        &self.0
    }

    /// The command, if that is all it is.
    pub fn command(&self) -> Option<Command> {
        match &self.0[..] {
            [
                ParsedLine {
                    action: LineAction::Run(command),
                    ..
                },
            ] => Some(*command),
            _ => None,
        }
    }

    /// One or two words for a command, or else the lines.
    pub fn label(&self) -> String {
        match self.command() {
            Some(command) => command.row().label.to_owned(),
            None => self.text(),
        }
    }

    /// The lines as written, separated by semicolons.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.0.iter().map(|line| line.text.as_str()).collect();
        lines.join("; ")
    }
}

impl From<Command> for Bound {
    fn from(command: Command) -> Self {
        Self(Arc::new([ParsedLine::from(command)]))
    }
}

fn parse(line: &str) -> Result<ParsedLine, BoundError> {
    if line == NONE {
        return Err(BoundError::None);
    }
    ParsedLine::parse(line).map_err(BoundError::Line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[&str]) -> Result<Option<Bound>, String> {
        let text = BoundText::Lines(lines.iter().map(|it| (*it).to_owned()).collect());
        Bound::new(&text).map_err(|error| error.to_string())
    }

    #[test]
    fn several_lines_are_kept_in_order() {
        let bound = lines(&["tag +b", "open", "done"]).expect("lines");
        let bound = bound.expect("not unbound");
        assert_eq!(bound.text(), "tag +b; open; done");
        assert_eq!(bound.command(), None);
    }

    #[test]
    fn a_single_command_is_one_however_it_is_written() {
        for text in ["open-original", "open"] {
            let bound = lines(&[text]).expect("a line").expect("not unbound");
            assert_eq!(bound.command(), Some(Command::OpenOriginal));
            assert_eq!(bound.label(), "open");
        }
    }

    #[test]
    fn lines_that_do_not_go_together_are_refused() {
        for (text, said) in [
            (&["done is:read", "star"][..], "must be the last line"),
            (&["star", "none"], "must stand alone"),
            (&[], "is empty"),
            (&["sta"], "did you mean `star`?"),
        ] {
            let error = lines(text).expect_err(said);
            assert!(error.contains(said), "{error}");
        }
        assert!(lines(&["star", "done is:read"]).is_ok());
    }
}
