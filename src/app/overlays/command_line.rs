//! The command line: any command, and decisions on what a query selects.

use crate::app::completing;
use crate::app::context::Cx;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose, Recall};
use crate::command::{Command, Context, ParsedLine};
use crate::library::ArticleId;
use crate::query::complete::Completion;

/// A line. A decision without a query is on these articles.
#[derive(Debug)]
pub struct CommandLine(pub Vec<ArticleId>);

impl Purpose for CommandLine {
    fn label(&self) -> &'static str {
        ":"
    }

    fn invitation(&self) -> &'static str {
        "done is:read date:<2021-06-01, sort quality, zoom; Tab shows the commands"
    }

    fn accept(&mut self, typed: &str, cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        match (ParsedLine::parse(typed), habit(typed, cx)) {
            (Ok(line), _) => Ok(vec![Msg::RunLine(line, self.0.clone())]),
            (Err(_), Some(said)) => Ok(vec![Msg::Say(said)]),
            (Err(error), None) => Err(Complaint {
                at: error.at,
                reason: error.reason,
            }),
        }
    }

    fn candidates(&self, text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
        completing::command(text, cursor, cx)
    }

    fn history(&self) -> Recall {
        Recall::Kept
    }
}

/// Commands typed out of habit from other programs, and what does the same here.
const HABITS: [(&[&str], Command, &str); 4] = [
    (
        &["q", "q!", "qa", "qa!", "exit", "wq", "wq!", "x", "bd"],
        Command::Quit,
        "quits; every decision is kept already.",
    ),
    (
        &["w", "w!", "wa", "write", "save"],
        Command::Review,
        "reviews and writes what is staged; every decision is kept already.",
    ),
    (&["h", "?"], Command::Help, "shows all keys."),
    (
        &["e", "e!", "reload"],
        Command::Refresh,
        "reloads the library.",
    ),
];

/// A message naming the key, for something that is not a command here; `None` if it may be one.
fn habit(typed: &str, cx: Cx<'_>) -> Option<String> {
    let word = typed.split_whitespace().next()?;
    if matches!(word, "set" | "setlocal" | "config") {
        return Some(format!(
            ":{word} is not a command: settings are in the configuration file, and “newsdesk help \
             config” prints one."
        ));
    }
    let known = HABITS.iter().find(|(words, ..)| words.contains(&word));
    known.map(|(_, command, what)| {
        let key = cx.env.key(*command, Context::List);
        format!(":{word} is not a command: {key} {what}")
    })
}
