//! The person's own programs: run on articles by a key or a line, or as a hook.

use std::path::PathBuf;

use super::App;
use crate::app::effect::{AppRequest, Piped, WrittenPage};
use crate::app::overlays::msg::OverlaySpec;
use crate::app::requests::Asker;
use crate::command::{Hook, HookRun, Invocation, Program, ProgramError};
use crate::config::OutputUse;
use crate::library::ArticleId;
use crate::model::Mark;
use crate::output::OutputForm;

impl App {
    /// Runs a program on these articles. Values of a single article are those of the one under the
    /// cursor, or else of the first.
    pub(super) fn run_program(&mut self, program: &Program, articles: &[ArticleId]) {
        let at_hand = self.target_article().filter(|id| articles.contains(id));
        let at_hand = at_hand.or_else(|| articles.first().copied());
        match self.filled(program, at_hand, articles) {
            Ok(program) if program.output == OutputUse::Pane => {
                let articles = Vec::new();
                let form = None;
                self.open(OverlaySpec::Output(Piped {
                    program,
                    form,
                    articles,
                }));
            }
            Ok(invocation) => {
                if invocation.output == OutputUse::None {
                    self.say(&format!("Started {}.", invocation.program));
                }
                self.ask(Asker::App, AppRequest::Run(invocation));
            }
            Err(reason) => self.warn(&format!("Not run: {reason}")),
        }
    }

    /// A program with the values of these articles filled in.
    fn filled(
        &self,
        program: &Program,
        at_hand: Option<ArticleId>,
        articles: &[ArticleId],
    ) -> Result<Invocation, ProgramError> {
        let library = self.shared.catalog.library().articles();
        program.about(library, at_hand, articles)
    }

    /// Passes articles to a program, and shows its output.
    pub(super) fn pipe(&mut self, form: OutputForm, program: &Program, articles: &[ArticleId]) {
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

    /// Writes articles to a new file.
    pub(super) fn write_page(&mut self, form: OutputForm, path: PathBuf, articles: &[ArticleId]) {
        if articles.is_empty() {
            return self.say("There is no article here.");
        }
        let articles = self.with_marks(articles);
        let page = WrittenPage {
            path,
            form,
            articles,
        };
        self.ask(Asker::App, AppRequest::WritePage(page));
    }

    fn with_marks(&self, articles: &[ArticleId]) -> Vec<(ArticleId, Mark)> {
        let mark = |id: &ArticleId| (*id, self.shared.marks.get(*id));
        articles.iter().map(mark).collect()
    }

    /// Runs a hook on these articles, if there is one.
    pub(super) fn run_hook(&mut self, hook: Hook, articles: &[ArticleId]) {
        let cx = self.shared.cx();
        let library = cx.catalog.library().articles();
        let mark = |id| cx.marks.get(id);
        let hooks = &cx.env.config.hooks;
        match HookRun::new(hook, hooks, library, articles, mark) {
            Ok(None) => {}
            Ok(Some(run)) => {
                self.ask(Asker::App, AppRequest::Hook(run));
            }
            Err(reason) => self.warn(&reason),
        }
    }

    /// A program has ended, or did not start.
    pub(super) fn ran(&mut self, ran: Result<(), String>) {
        if let Err(reason) = ran {
            self.warn(&reason);
        }
    }
}
