//! Runs a hook on the articles that something has been done to. When it runs, and on which thread,
//! is decided elsewhere.

use std::io::{self, Write};
use std::time::Duration;

use super::{Hook, Invocation, ProgramError};
use crate::config::HookTable;
use crate::library::{ArticleId, Articles};
use crate::model::Mark;
use crate::output::{entry, json};
use crate::process::{self, Limits, ProgramInput};

/// A hook to run.
#[derive(Clone, Debug, PartialEq)]
pub struct HookRun {
    pub hook: Hook,
    pub program: Invocation,
    /// The articles it is about, with their marks.
    pub articles: Vec<(ArticleId, Mark)>,
    /// How long it may take.
    pub limit: Duration,
}

impl HookRun {
    /// A hook and what it is about; `None` if none is configured. A faulty hook is reported with
    /// the other errors of the configuration, and counts as none.
    ///
    /// # Errors
    /// If the articles do not fit its arguments.
    pub fn new(
        hook: Hook,
        hooks: &HookTable,
        library: &Articles,
        articles: &[ArticleId],
        mark: impl Fn(ArticleId) -> Mark,
    ) -> Result<Option<Self>, String> {
        let (Ok(Some(program)), false) = (hook.program(hooks), articles.is_empty()) else {
            return Ok(None);
        };
        let filled = program.about(library, articles.first().copied(), articles);
        let not_run = |error: ProgramError| format!("The hook {} was not run: {error}", hook.key());
        Ok(Some(Self {
            hook,
            program: filled.map_err(not_run)?,
            articles: articles.iter().map(|id| (*id, mark(*id))).collect(),
            limit: hooks.limit(),
        }))
    }

    /// Runs it to its end, on articles of this snapshot.
    ///
    /// # Errors
    /// A sentence, if it does not start, fails, or takes too long.
    pub fn run(self, library: Articles) -> Result<(), String> {
        let limits = Limits {
            time: Some(self.limit),
            ..Limits::default()
        };
        let (hook, program) = (self.hook, self.program.clone());
        let input = Some(self.input(library));
        let ended = process::run(&program.program, &program.arguments, input, &limits);
        let ended = ended.and_then(|it| it.success(&program.program));
        let failed = |failure| format!("The hook {}: {failure}", hook.key());
        ended.map(drop).map_err(failed)
    }

    /// The articles as JSON, as `newsdesk list --format json` prints them. For articles that came
    /// into the library, which may be very many, it has only what the list knows.
    fn input(self, library: Articles) -> ProgramInput {
        Box::new(move |stdin| {
            let mut out = io::BufWriter::new(stdin);
            let entries = self.articles.iter().map(|(id, mark)| {
                let article = library.article(*id);
                let mut object = match self.hook {
                    Hook::Load => entry::listed(article),
                    Hook::Publish | Hook::Mark => {
                        entry::whole(article).unwrap_or_else(|_| entry::listed(article))
                    }
                };
                object.insert(entry::MARKS.to_owned(), entry::marks(mark));
                object
            });
            json::array(entries, &mut out)?;
            out.flush()
        })
    }
}
