//! The table of what a line of `:` can say besides the name of a command: the words that take
//! something after them, and the decisions.

use super::{Command, Decision};
use crate::query::Sought;

/// A word that a line begins with: a row of the table.
#[derive(Debug)]
pub struct LineForm {
    pub word: &'static str,
    /// What comes after it: `QUERY`; in brackets if it can be left out.
    pub argument: &'static str,
    /// What it does, for completion and docs.
    pub about: &'static str,
    pub takes: LineArgument,
}

/// What a word takes, and therefore what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineArgument {
    /// A query, or nothing: a decision on what the query selects, or else on the articles at hand.
    Articles(Decision),
    /// A time, then likewise.
    Until,
    /// A tag, then likewise.
    Tag,
    /// A text, then likewise.
    Note,
    /// A field and its change.
    Field,
    /// Orders to sort by.
    Order,
    /// A query that narrows the list.
    Narrowing,
    /// A query that replaces the one in force.
    Query,
    /// The name or number of a view.
    View,
    /// The name of a library.
    Library,
    /// What to find in the text.
    Words,
    /// Letters of the jump target.
    Letters(Sought),
    /// The beginning of a line.
    Line,
    /// A program and its arguments.
    Program,
    /// The same, with a form before it.
    Pipe,
    /// A file.
    File,
}

/// All forms, by what they are about.
#[rustfmt::skip]
pub const FORMS: &[LineForm] = &[
    form("done", "[QUERY]", "mark done: take out of the Inbox", LineArgument::Articles(Decision::Done(true))),
    form("undone", "[QUERY]", "mark not done: put back into the Inbox", LineArgument::Articles(Decision::Done(false))),
    form("reject", "[QUERY]", "reject: take out of the Inbox, and leave out when publishing in \
                               bulk", LineArgument::Articles(Decision::Rejected)),
    form("unhandle", "[QUERY]", "put back into the Inbox, however it was handled", LineArgument::Articles(Decision::Unhandled)),
    form("read", "[QUERY]", "mark as read", LineArgument::Articles(Decision::Read(true))),
    form("unread", "[QUERY]", "mark as unread", LineArgument::Articles(Decision::Read(false))),
    form("star", "[QUERY]", "add a star", LineArgument::Articles(Decision::Starred(true))),
    form("unstar", "[QUERY]", "remove the star", LineArgument::Articles(Decision::Starred(false))),
    form("later", "TIME [QUERY]", "put off until a date: later 3d, later monday", LineArgument::Until),
    form("no-later", "[QUERY]", "bring back from later", LineArgument::Articles(Decision::Later(None))),
    form("tag", "+TAG [QUERY]", "add or remove a tag: tag +follow, tag -follow", LineArgument::Tag),
    form("note", "TEXT [QUERY]", "set the note: note \"a few words\"", LineArgument::Note),
    form("publish", "[QUERY]", "stage publishing and mark done", LineArgument::Articles(Decision::Publish(true))),
    form("unpublish", "[QUERY]", "stage unpublishing and mark done", LineArgument::Articles(Decision::Publish(false))),
    form("edit-fields", "FIELD VALUE", "stage a change of a field: edit-fields quality 70", LineArgument::Field),
    form("sort", "ORDER", "sort the list: sort quality, sort +date, sort default", LineArgument::Order),
    form("search", "QUERY", "narrow the list", LineArgument::Narrowing),
    form("query", "QUERY", "list what a query selects", LineArgument::Query),
    form("view", "NAME", "show a view, by its name or number", LineArgument::View),
    form("library", "NAME", "open another library", LineArgument::Library),
    form("search-text", "WORDS", "find words in the text", LineArgument::Words),
    form("jump-to-article", "LETTERS", "find articles with these letters", LineArgument::Letters(Sought::Article)),
    form("jump-to-topic", "LETTERS", "find topics with these letters", LineArgument::Letters(Sought::Topic)),
    form("jump-to-provider", "LETTERS", "find providers with these letters", LineArgument::Letters(Sought::Provider)),
    form("command-line", "LINE", "start a line for you to finish", LineArgument::Line),
    form("run", "PROGRAM …", "run a program: run notify-send -- {title}", LineArgument::Program),
    form("pipe", "[FORM:] PROGRAM …", "pipe articles to a program: pipe wc -w, pipe json: jq \
                                       .title", LineArgument::Pipe),
    form("write-page", "FILE", "write articles to a new .md, .html, .txt or .json file", LineArgument::File),
];

/// Other words for commands.
pub const ALIASES: &[(&str, Command)] = &[
    ("done", Command::DoneAndNext),
    ("open", Command::OpenOriginal),
    ("query", Command::EditQuery),
    ("view", Command::ShowViews),
    ("library", Command::JumpToLibrary),
];

const fn form(
    word: &'static str,
    argument: &'static str,
    about: &'static str,
    takes: LineArgument,
) -> LineForm {
    LineForm {
        word,
        argument,
        about,
        takes,
    }
}

impl LineForm {
    pub(super) fn of(word: &str) -> Option<&'static LineForm> {
        FORMS.iter().find(|it| it.word == word)
    }
}

/// What a word takes after it; `None` for one that takes nothing.
pub fn takes(word: &str) -> Option<&'static LineArgument> {
    LineForm::of(word).map(|form| &form.takes)
}

/// The command that a word alone runs.
pub(super) fn command(word: &str) -> Option<Command> {
    let alias = ALIASES.iter().find(|(alias, _)| *alias == word);
    alias
        .map(|(_, command)| *command)
        .or_else(|| Command::from_name(word))
}

/// Every word that a line can begin with, once.
pub fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    let forms = FORMS.iter().map(|it| (it.word, it.about));
    let is_form = |word: &str| FORMS.iter().any(|it| it.word == word);
    let aliases = ALIASES
        .iter()
        .map(|(word, command)| (*word, command.row().description));
    let built = super::TABLE.iter().filter(|row| row.is_built());
    let commands = built.map(|row| (row.name, row.description));
    forms.chain(
        aliases
            .chain(commands)
            .filter(move |(word, _)| !is_form(word)),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_begins_a_line_once() {
        let all: Vec<&str> = words().map(|(word, _)| word).collect();
        let different: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), different.len());
        assert!(different.contains("zoom") && different.contains("sort"));
    }

    #[test]
    fn no_alias_hides_a_command() {
        for (alias, _) in ALIASES {
            assert_eq!(Command::from_name(alias), None, "{alias}");
        }
    }
}
