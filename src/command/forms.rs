//! The table of what a line of `:` can say besides the name of a command: the words that take
//! something after them, and the decisions.

use super::{Command, Decision};
use crate::query::Sought;

/// A word that a line begins with: a row of the table.
#[derive(Debug)]
pub struct Form {
    pub word: &'static str,
    /// What comes after it: `QUERY`; in brackets if it can be left out.
    pub argument: &'static str,
    /// What it does, for completion and docs.
    pub about: &'static str,
    pub takes: Takes,
}

/// What a word takes, and therefore what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
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
pub const FORMS: &[Form] = &[
    form("done", "[QUERY]", "mark done: take out of the Inbox", Takes::Articles(Decision::Done(true))),
    form("undone", "[QUERY]", "mark not done: put back into the Inbox", Takes::Articles(Decision::Done(false))),
    form("reject", "[QUERY]", "reject: take out of the Inbox, and leave out when publishing in \
                               bulk", Takes::Articles(Decision::Rejected)),
    form("unhandle", "[QUERY]", "put back into the Inbox, however it was handled", Takes::Articles(Decision::Unhandled)),
    form("read", "[QUERY]", "mark as read", Takes::Articles(Decision::Read(true))),
    form("unread", "[QUERY]", "mark as unread", Takes::Articles(Decision::Read(false))),
    form("star", "[QUERY]", "add a star", Takes::Articles(Decision::Starred(true))),
    form("unstar", "[QUERY]", "remove the star", Takes::Articles(Decision::Starred(false))),
    form("later", "TIME [QUERY]", "put off until a date: later 3d, later monday", Takes::Until),
    form("no-later", "[QUERY]", "bring back from later", Takes::Articles(Decision::Later(None))),
    form("tag", "+TAG [QUERY]", "add or remove a tag: tag +follow, tag -follow", Takes::Tag),
    form("note", "TEXT [QUERY]", "set the note: note \"a few words\"", Takes::Note),
    form("publish", "[QUERY]", "stage publishing and mark done", Takes::Articles(Decision::Publish(true))),
    form("unpublish", "[QUERY]", "stage unpublishing and mark done", Takes::Articles(Decision::Publish(false))),
    form("edit-fields", "FIELD VALUE", "stage a change of a field: edit-fields quality 70", Takes::Field),
    form("sort", "ORDER", "sort the list: sort quality, sort +date, sort default", Takes::Order),
    form("search", "QUERY", "narrow the list", Takes::Narrowing),
    form("query", "QUERY", "list what a query selects", Takes::Query),
    form("view", "NAME", "show a view, by its name or number", Takes::View),
    form("library", "NAME", "open another library", Takes::Library),
    form("search-text", "WORDS", "find words in the text", Takes::Words),
    form("jump-to-article", "LETTERS", "find articles with these letters", Takes::Letters(Sought::Article)),
    form("jump-to-topic", "LETTERS", "find topics with these letters", Takes::Letters(Sought::Topic)),
    form("jump-to-provider", "LETTERS", "find providers with these letters", Takes::Letters(Sought::Provider)),
    form("command-line", "LINE", "start a line for you to finish", Takes::Line),
    form("run", "PROGRAM …", "run a program: run notify-send -- {title}", Takes::Program),
    form("pipe", "[FORM:] PROGRAM …", "pipe articles to a program: pipe wc -w, pipe json: jq \
                                       .title", Takes::Pipe),
    form("write-page", "FILE", "write articles to a new .md, .html, .txt or .json file", Takes::File),
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
    takes: Takes,
) -> Form {
    Form {
        word,
        argument,
        about,
        takes,
    }
}

impl Form {
    pub(super) fn of(word: &str) -> Option<&'static Form> {
        FORMS.iter().find(|it| it.word == word)
    }
}

/// What a word takes after it; `None` for one that takes nothing.
pub fn takes(word: &str) -> Option<&'static Takes> {
    Form::of(word).map(|form| &form.takes)
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
