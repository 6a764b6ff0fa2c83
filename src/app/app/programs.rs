//! Programs of the person's own that a key or a line runs on articles.

use std::ffi::OsString;
use std::path::PathBuf;

use super::App;
use crate::app::effect::Request;
use crate::app::requests::Asker;
use crate::command::{Program, Value};
use crate::format::clean::Clean;
use crate::format::link::Link;
use crate::library::ArticleId;

impl App {
    /// Runs a program on these articles. What it says about one is about the one under the cursor, or
    /// else about the first.
    pub(super) fn run_program(&mut self, program: &Program, articles: &[ArticleId]) {
        let at_hand = self.target_article().filter(|id| articles.contains(id));
        let at_hand = at_hand.or_else(|| articles.first().copied());
        let library = self.shared.catalog.library();
        let paths = articles.iter().map(|id| library.article(*id).path());
        let paths: Vec<PathBuf> = paths.collect();
        let value = |value| {
            if value == Value::Count {
                return Some(articles.len().to_string().into());
            }
            self.value_of(at_hand?, value)
        };
        match program.fill(value, &paths) {
            Ok(invocation) => {
                self.say(&format!("Started {}.", invocation.program));
                self.ask(Asker::App, Request::Run(invocation));
            }
            Err(reason) => self.warn(&format!("Not run: {reason}")),
        }
    }

    /// What a program is told about an article. Texts are cleaned, since a program may print them;
    /// links are checked.
    fn value_of(&self, id: ArticleId, value: Value) -> Option<OsString> {
        let article = self.shared.catalog.library().article(id);
        let text = |text: &str| Some(Clean::new(text).to_string().into());
        match value {
            Value::Title => text(article.title()),
            Value::Provider => text(article.provider()),
            Value::Excerpt => text(article.excerpt()),
            Value::Url => Some(Link::parse(article.original()).ok()?.as_str().into()),
            Value::Path => Some(article.path().into()),
            Value::Count => None,
        }
    }

    /// A program has ended, or did not start.
    pub(super) fn ran(&mut self, ran: Result<(), String>) {
        if let Err(reason) = ran {
            self.warn(&reason);
        }
    }
}
