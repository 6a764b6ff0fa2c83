//! Hooks after what a command has done to articles.

use std::io::Write;

use crate::cli::{Exit, Failure, Surroundings, note};
use crate::command::{Hook, HookRun};
use crate::config::Config;
use crate::desk::{Desk, MarkedArticles, SqliteDesk};
use crate::library::{ArticleId, Source};

/// Runs a hook on these articles, if one is configured, and waits for its end. A failure is told, and
/// is worth an exit code.
pub fn run(
    hook: Hook,
    ids: &[ArticleId],
    (library, source): (&MarkedArticles, &Source),
    desk: &mut SqliteDesk,
    surroundings: &Surroundings,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let hooks = Config::load_leniently(&surroundings.places).hooks;
    if hook.words(&hooks).is_empty() {
        return Ok(Exit::Clean);
    }
    let articles = library.articles();
    // The marks have changed by now.
    let marked = MarkedArticles::new(articles.clone(), source.clone(), desk.all()?);
    let mark = |id| marked.decided().get(&id).cloned().unwrap_or_default();
    let ended = match HookRun::new(hook, &hooks, articles, ids, mark) {
        Ok(None) => return Ok(Exit::Clean),
        Ok(Some(run)) => run.run(articles.clone()),
        Err(reason) => Err(reason),
    };
    match ended {
        Ok(()) => Ok(Exit::Clean),
        Err(reason) => {
            note(err, &reason)?;
            Ok(Exit::Notable)
        }
    }
}
