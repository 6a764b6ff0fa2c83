//! `ParsedLine`: what is typed after `:`, or bound to a key. One grammar for both: a command's name, or a
//! word and what it takes.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::forms::{self, LineArgument, LineForm};
use super::{Command, Decision, Program};
use crate::desk::until;
use crate::format::edit::{self, Asking};
use crate::format::nearest::meant;
use crate::output::OutputForm;
use crate::query::{Direction, Query, QueryError, SortKey, Sought, parse};

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedLine {
    /// As written.
    pub text: String,
    pub action: LineAction,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq)]
pub enum LineAction {
    Run(Command),
    /// On what a query selects, or else on the selection or the article under the cursor.
    Decide(Decision, Option<Query>),
    /// An empty order is the default one.
    Sort(Vec<SortKey>),
    Narrow(Query),
    List(Query),
    /// A view's name or number.
    View(String),
    Library(String),
    Find(Query),
    Jump(Sought, String),
    Type(String),
    Program(Program),
    /// Give articles in this form to a program, and show what it prints.
    Pipe(OutputForm, Program),
    /// Write articles in this form to a file, as typed.
    WritePage(OutputForm, PathBuf),
}

/// Why a line means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// The bytes of the line that are wrong.
    pub at: Range<usize>,
    pub reason: String,
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl ParsedLine {
    /// Parses a line. A `:` before it is left out.
    ///
    /// # Errors
    /// If it begins with no known word, or the word does not take what follows.
    pub fn parse(text: &str) -> Result<ParsedLine, LineError> {
        let whole = text.trim();
        let line = whole.strip_prefix(':').map_or(whole, str::trim_start);
        let (word, rest) = cut(line);
        // Both are parts of the text.
        let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
        let action = match (LineForm::of(word), forms::command(word)) {
            (_, Some(command)) if rest.is_empty() => LineAction::Run(command),
            (Some(form), _) => Rest::new(form, rest, offset(rest))
                .action()
                .map_err(|error| error.within(text))?,
            (None, Some(_)) => {
                let reason = format!("`{word}` takes no argument");
                return Err(LineError::new(offset(rest)..text.len(), reason));
            }
            (None, None) => {
                let start = offset(word);
                return Err(LineError::new(start..start + word.len(), unknown(word)));
            }
        };
        Ok(ParsedLine {
            text: line.to_owned(),
            action,
        })
    }
}

impl From<Command> for ParsedLine {
    fn from(command: Command) -> Self {
        ParsedLine {
            text: command.row().name.to_owned(),
            action: LineAction::Run(command),
        }
    }
}

impl LineError {
    fn new(at: Range<usize>, reason: impl Into<String>) -> Self {
        Self {
            at,
            reason: reason.into(),
        }
    }

    /// With its place inside the text.
    fn within(self, text: &str) -> Self {
        let start = self.at.start.min(text.len());
        Self {
            at: start..self.at.end.clamp(start, text.len()),
            ..self
        }
    }
}

fn unknown(word: &str) -> String {
    let words = forms::words().map(|(word, _)| word);
    format!("there is no command `{word}`{}", meant(words, word))
}

/// What follows a word, and where it begins.
struct Rest<'a> {
    form: &'static LineForm,
    text: &'a str,
    start: usize,
}

impl<'a> Rest<'a> {
    fn new(form: &'static LineForm, text: &'a str, start: usize) -> Self {
        Self { form, text, start }
    }

    fn action(&self) -> Result<LineAction, LineError> {
        Ok(match &self.form.takes {
            LineArgument::Articles(decision) => {
                LineAction::Decide(decision.clone(), self.query(self.text)?)
            }
            LineArgument::Until => {
                let (when, rest) = self.argument()?;
                // Any time in the future will do here; it counts from when the line runs.
                let parsed = until::parse(&when, Timestamp::UNIX_EPOCH, &TimeZone::UTC);
                parsed.map_err(|error| self.wrong(error.to_string()))?;
                LineAction::Decide(Decision::Later(Some(when)), self.query(rest)?)
            }
            LineArgument::Tag => {
                let (tag, rest) = self.argument()?;
                if tag.trim_start_matches(['+', '-']).trim().is_empty() {
                    return Err(self.missing());
                }
                LineAction::Decide(Decision::Tag(tag), self.query(rest)?)
            }
            LineArgument::Note => {
                let (note, rest) = self.argument()?;
                LineAction::Decide(Decision::Note(note), self.query(rest)?)
            }
            LineArgument::Field => {
                let (field, asked): (String, Vec<Asking>) =
                    edit::typed(self.given()?).map_err(|why| self.wrong(why))?;
                LineAction::Decide(Decision::Field(field, asked), None)
            }
            LineArgument::Order => LineAction::Sort(self.order()?),
            LineArgument::Narrowing => LineAction::Narrow(self.whole_query()?),
            LineArgument::Query => LineAction::List(self.whole_query()?),
            LineArgument::Library => LineAction::Library(unquoted(self.given()?).to_owned()),
            LineArgument::View => LineAction::View(unquoted(self.given()?).to_owned()),
            LineArgument::Words => LineAction::Find(self.whole_query()?),
            LineArgument::Letters(sought) => LineAction::Jump(*sought, self.given()?.to_owned()),
            LineArgument::Line => LineAction::Type(self.given()?.to_owned()),
            LineArgument::Pipe => {
                let (form, command) = self.form()?;
                let program = Program::split(command);
                let program = program.map_err(|error| self.wrong(error.to_string()))?;
                LineAction::Pipe(form, program)
            }
            LineArgument::File => {
                let path = PathBuf::from(unquoted(self.given()?));
                let form = OutputForm::of_file(&path).ok_or_else(|| {
                    self.wrong(
                        "the file's name must end in .md, .html, .txt or .json, which sets \
                                the form",
                    )
                })?;
                LineAction::WritePage(form, path)
            }
            LineArgument::Program => {
                let program = Program::split(self.given()?);
                LineAction::Program(program.map_err(|error| self.wrong(error.to_string()))?)
            }
        })
    }

    /// An argument that must not be left out.
    fn given(&self) -> Result<&'a str, LineError> {
        match self.text {
            "" => Err(self.missing()),
            text => Ok(text),
        }
    }

    fn missing(&self) -> LineError {
        let LineForm {
            word,
            argument,
            about,
            ..
        } = self.form;
        self.wrong(format!("`{word}` needs {argument}: {about}"))
    }

    fn wrong(&self, reason: impl Into<String>) -> LineError {
        LineError::new(self.start..self.start + self.text.len(), reason)
    }

    /// Splits off the first argument: a word, or a quoted text.
    fn argument(&self) -> Result<(String, &'a str), LineError> {
        let text = self.given()?;
        let (argument, rest) = match text.strip_prefix('"') {
            Some(quoted) => quoted
                .split_once('"')
                .ok_or_else(|| self.wrong("the closing \" is missing"))?,
            None => cut(text),
        };
        if argument.trim().is_empty() {
            return Err(self.missing());
        }
        Ok((argument.to_owned(), rest.trim_start()))
    }

    /// The form before a program, `json:`, and the program; text if there is none.
    fn form(&self) -> Result<(OutputForm, &'a str), LineError> {
        let text = self.given()?;
        let (first, rest) = cut(text);
        let Some(word) = first.strip_suffix(':') else {
            return Ok((OutputForm::Text, text));
        };
        let form = OutputForm::named(word).ok_or_else(|| {
            let words = OutputForm::ALL.map(OutputForm::word).join(", ");
            self.wrong(format!("there is no form `{word}`; the forms are {words}"))
        })?;
        Ok((form, rest))
    }

    /// The query at the end of the line, if there is one.
    fn query(&self, text: &str) -> Result<Option<Query>, LineError> {
        if text.is_empty() {
            return Ok(None);
        }
        let start = self.start + self.text.len() - text.len();
        parse(text).map(Some).map_err(|error| placed(&error, start))
    }

    fn whole_query(&self) -> Result<Query, LineError> {
        parse(self.given()?).map_err(|error| placed(&error, self.start))
    }

    /// Without a sign an order puts the best, the newest or A first, as in the list of orders. With
    /// one it means the same as in a query: `-` the highest first, `+` the lowest.
    fn order(&self) -> Result<Vec<SortKey>, LineError> {
        let text = self.given()?;
        if text == "default" {
            return Ok(Vec::new());
        }
        let words = text.split([' ', ',']).filter(|word| !word.is_empty());
        words.map(|word| self.sort_key(word)).collect()
    }

    fn sort_key(&self, word: &str) -> Result<SortKey, LineError> {
        let name = word.trim_start_matches(['+', '-']);
        let query =
            parse(&format!("sort:{name}")).map_err(|error| self.wrong(error.to_string()))?;
        let [key] = query.sort[..] else {
            return Err(self.missing());
        };
        Ok(match word.chars().next() {
            Some('-') => SortKey {
                direction: Direction::Reversed,
                ..key
            },
            Some('+') => key,
            _ => SortKey::best_first(key.by),
        })
    }
}

fn placed(error: &QueryError, start: usize) -> LineError {
    LineError::new(
        start + error.at.start..start + error.at.end,
        error.to_string(),
    )
}

/// Splits off the first word.
fn cut(text: &str) -> (&str, &str) {
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest.trim_start()),
        None => (text, &text[text.len()..]),
    }
}

fn unquoted(text: &str) -> &str {
    let inner = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inner.unwrap_or(text)
}

#[cfg(test)]
mod tests;
