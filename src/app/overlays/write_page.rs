//! The prompt that asks which file to write articles to.

use std::borrow::Cow;

use crate::app::context::Cx;
use crate::app::overlays::msg::Msg;
use crate::app::overlays::pipe::as_line;
use crate::app::prompt::{Complaint, Purpose};
use crate::library::ArticleId;

/// Maximum length of a name made from a title, in characters.
const LONGEST: usize = 60;

/// Writes these articles to a file.
#[derive(Debug)]
pub struct WritePage(pub Vec<ArticleId>);

/// The suggested file: named after the title.
pub fn file_name(articles: &[ArticleId], cx: Cx<'_>) -> String {
    let title = match articles {
        [id] => cx.title(*id),
        _ => Cow::Borrowed("articles"),
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
