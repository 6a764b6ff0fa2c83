//! The prompt that asks for the file into which articles are written.

use crate::app::context::Cx;
use crate::app::overlays::msg::Msg;
use crate::app::overlays::pipe::as_line;
use crate::app::prompt::{Complaint, Purpose};
use crate::library::ArticleId;

/// Longest name that is made of a title, in characters.
const LONGEST: usize = 60;

/// Writes these articles into a file.
#[derive(Debug)]
pub struct WritePage(pub Vec<ArticleId>);

/// The file that is offered: named after the title.
pub fn file_name(articles: &[ArticleId], cx: Cx<'_>) -> String {
    let title = match articles {
        [id] => cx.title(*id),
        _ => "articles",
    };
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let name: String = words.join("-").chars().take(LONGEST).collect();
    match name.trim_end_matches('-') {
        "" => "article.md".to_owned(),
        name => format!("{name}.md"),
    }
}

impl Purpose for WritePage {
    fn label(&self) -> &'static str {
        "write to: "
    }

    fn invitation(&self) -> &'static str {
        "a file that ends in .md, .html, .txt or .json"
    }

    fn accept(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        as_line("write-page", typed, &self.0)
    }
}
