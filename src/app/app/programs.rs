//! Programs of the person's own: run by a key or a line on articles, or as a hook.

use std::ffi::OsString;
use std::path::PathBuf;

use super::App;
use crate::app::effect::{HookRun, Piped, Request, WrittenPage};
use crate::app::overlays::msg::OverlaySpec;
use crate::app::requests::Asker;
use crate::command::{Hook, Invocation, Program, ProgramError, Value};
use crate::config::Output;
use crate::format::clean::Clean;
use crate::format::link::Link;
use crate::library::ArticleId;
use crate::model::Mark;
use crate::output::Form;

impl App {
    /// Runs a program on these articles. What it says about one is about the one under the cursor, or
    /// else about the first.
    pub(super) fn run_program(&mut self, program: &Program, articles: &[ArticleId]) {
        let at_hand = self.target_article().filter(|id| articles.contains(id));
        let at_hand = at_hand.or_else(|| articles.first().copied());
        match self.filled(program, at_hand, articles) {
            Ok(program) if program.output == Output::Pane => {
                let articles = Vec::new();
                let form = None;
                self.open(OverlaySpec::Output(Piped {
                    program,
                    form,
                    articles,
                }));
            }
            Ok(invocation) => {
                if invocation.output == Output::None {
                    self.say(&format!("Started {}.", invocation.program));
                }
                self.ask(Asker::App, Request::Run(invocation));
            }
            Err(reason) => self.warn(&format!("Not run: {reason}")),
        }
    }

    /// A program with the values of these articles.
    fn filled(
        &self,
        program: &Program,
        at_hand: Option<ArticleId>,
        articles: &[ArticleId],
    ) -> Result<Invocation, ProgramError> {
        let library = self.shared.catalog.library();
        let paths = || {
            let paths = articles.iter().map(|id| library.article(*id).path());
            paths.collect()
        };
        let value = |value| {
            if value == Value::Count {
                return Some(articles.len().to_string().into());
            }
            self.value_of(at_hand?, value)
        };
        program.fill(value, paths)
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

    /// Gives articles to a program, and shows what it prints.
    pub(super) fn pipe(&mut self, form: Form, program: &Program, articles: &[ArticleId]) {
        if articles.is_empty() {
            return self.say("There is no article here.");
        }
        match self.filled(program, articles.first().copied(), articles) {
            Ok(program) => {
                let articles = self.with_marks(articles);
                let form = Some(form);
                self.open(OverlaySpec::Output(Piped {
                    program,
                    form,
                    articles,
                }));
            }
            Err(reason) => self.warn(&format!("Not run: {reason}")),
        }
    }

    /// Writes articles into a new file.
    pub(super) fn write_page(&mut self, form: Form, path: PathBuf, articles: &[ArticleId]) {
        if articles.is_empty() {
            return self.say("There is no article here.");
        }
        let articles = self.with_marks(articles);
        let page = WrittenPage {
            path,
            form,
            articles,
        };
        self.ask(Asker::App, Request::WritePage(page));
    }

    fn with_marks(&self, articles: &[ArticleId]) -> Vec<(ArticleId, Mark)> {
        let mark = |id: &ArticleId| (*id, self.shared.marks.get(*id));
        articles.iter().map(mark).collect()
    }

    /// Runs a hook on these articles, if there is one.
    pub(super) fn run_hook(&mut self, hook: Hook, articles: &[ArticleId]) {
        if articles.is_empty() {
            return;
        }
        let hooks = &self.shared.env.config.hooks;
        let limit = hooks.limit();
        // What is wrong with it is among what is wrong with the configuration.
        let Ok(Some(program)) = hook.program(hooks) else {
            return;
        };
        match self.filled(&program, articles.first().copied(), articles) {
            Ok(program) => {
                let articles = self.with_marks(articles);
                let run = HookRun {
                    hook,
                    program,
                    articles,
                    limit,
                };
                self.ask(Asker::App, Request::Hook(run));
            }
            Err(reason) => self.warn(&format!("The hook {} was not run: {reason}", hook.key())),
        }
    }

    /// A program has ended, or did not start.
    pub(super) fn ran(&mut self, ran: Result<(), String>) {
        if let Err(reason) = ran {
            self.warn(&reason);
        }
    }
}
