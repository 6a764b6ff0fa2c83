//! Hooks that run after a command has acted on articles.

use std::io::Write;

use crate::cli::{CommandFailure, Exit, Surroundings, note};
use crate::command::{Hook, HookRun, ProgramError};
use crate::config::Config;
use crate::desk::{Desk, MarkedArticles, SqliteDesk};
use crate::library::{ArticleId, Source};

/// Runs a hook on these articles, if there are any and one is configured, and waits for it to end.
/// A failure is reported, and sets the exit code.
pub fn run(
    hook: Hook,
    ids: &[ArticleId],
    (library, source): (&MarkedArticles, &Source),
    desk: &mut SqliteDesk,
    surroundings: &Surroundings,
    err: &mut dyn Write,
) -> Result<Exit, CommandFailure> {
    let hooks = Config::load_leniently(&surroundings.places).hooks;
    if ids.is_empty() || hook.words(&hooks).is_empty() {
        return Ok(Exit::Clean);
    }
    let articles = library.articles();
    // The marks have changed by now.
    let marked = MarkedArticles::new(articles.clone(), source.clone(), desk.all()?);
    let mark = |id| marked.decided().get(&id).cloned().unwrap_or_default();
    let not_run = |error: ProgramError| format!("The hook {} was not run: {error}", hook.key());
    let program = hook.program(&hooks).map_err(not_run);
    let run = program.and_then(|_| HookRun::new(hook, &hooks, articles, ids, mark));
    match run.and_then(|run| run.map_or(Ok(()), |run| run.run(articles.clone()))) {
        Ok(()) => Ok(Exit::Clean),
        Err(reason) => {
            note(err, &reason)?;
            Ok(Exit::Notable)
        }
    }
}
