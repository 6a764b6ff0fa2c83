//! The prompt that asks which program to give articles to.

use crate::app::context::Cx;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};
use crate::command::ParsedLine;
use crate::library::ArticleId;

/// Gives these articles to a program.
#[derive(Debug)]
pub struct Pipe(pub Vec<ArticleId>);

impl Purpose for Pipe {
    fn label(&self) -> &'static str {
        "| "
    }

    fn invitation(&self) -> &'static str {
        "wc -w, or in another form: json: jq .title, markdown: glow -"
    }

    /// Runs the same line of the command line, which also remembers it.
    fn accept(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        as_line("pipe", typed, &self.0)
    }
}

/// Runs a line that begins with a word, and remembers it.
pub fn as_line(word: &str, typed: &str, articles: &[ArticleId]) -> Result<Vec<Msg>, Complaint> {
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!("{word} {typed}");
    let line = ParsedLine::parse(&text).map_err(|error| {
        let before = word.len() + 1;
        Complaint {
            at: error.at.start.saturating_sub(before)..error.at.end.saturating_sub(before),
            reason: error.reason,
        }
    })?;
    Ok(vec![
        Msg::Remember(text),
        Msg::RunLine(line, articles.to_vec()),
    ])
}
