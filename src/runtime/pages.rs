//! Prepares articles for other programs and for files: reads them off the screen's thread, and
//! writes them in the requested form.

use std::io;
use std::path::Path;

use crate::app::{Piped, Printed, WrittenPage};
use crate::library::{ArticleId, Articles, read_article};
use crate::model::Mark;
use crate::output::new_file::{Existing, Readers, make};
use crate::output::{self, COMFORTABLE, OutputForm};
use crate::process::{self, Limits, ProgramInput};

/// How much of a program's output is shown, in bytes: it is wrapped on the screen's thread.
const PRINTED: usize = 128 * 1024;
/// The same in lines.
const LINES: usize = 20_000;

/// Returns articles in a form.
///
/// # Errors
/// If one of them cannot be read, in which case the message names it, or if `stopped` in the
/// meantime.
fn bytes(
    form: OutputForm,
    wanted: &[(ArticleId, Mark)],
    articles: &Articles,
    stopped: &dyn Fn() -> bool,
) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut written = output::ArticleWriter::new(form, COMFORTABLE, &mut bytes);
    let said = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    for (id, mark) in wanted {
        if stopped() {
            return Err("Stopped before the program was started.".to_owned());
        }
        let article = articles.article(*id);
        let path = article.path();
        let shown = read_article(article).map_err(|error| said(&path, &error))?;
        let done = written.write(article, &shown, mark);
        done.map_err(|error| said(&path, &error))?;
    }
    written.finish().map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// Passes articles to a program, and returns its output.
///
/// # Errors
/// If an article cannot be read, or the program does not start or is stopped. If the program
/// fails, its output is returned all the same.
pub fn pipe(
    piped: &Piped,
    articles: &Articles,
    stopped: impl Fn() -> bool + Send + 'static,
) -> Result<Printed, String> {
    let input = match piped.form {
        Some(form) => {
            let bytes = bytes(form, &piped.articles, articles, &stopped)?;
            let input: ProgramInput = Box::new(move |stdin| stdin.write_all(&bytes));
            Some(input)
        }
        None => None,
    };
    let limits = Limits {
        time: None,
        kept: PRINTED,
        stopped: Box::new(stopped),
    };
    let program = &piped.program;
    let ended = process::run(&program.program, &program.arguments, input, &limits);
    let ended = ended.map_err(|failure| failure.to_string())?;
    let failure = (!ended.status.success())
        .then(|| process::failed(&program.program, ended.status, &ended.complaint).to_string());
    let text = String::from_utf8_lossy(&ended.printed);
    let (text, is_all_of_it) = first_lines(&text);
    Ok(Printed {
        text: text.to_owned(),
        is_all: ended.is_all && is_all_of_it,
        failure,
    })
}

/// The lines to show, and whether they are all of them.
fn first_lines(text: &str) -> (&str, bool) {
    match text.match_indices('\n').nth(LINES - 1) {
        Some((at, _)) => (&text[..=at], at + 1 == text.len()),
        None => (text, true),
    }
}

/// Writes articles to a new file, and returns a message that names it.
///
/// # Errors
/// If an article cannot be read, or the file already exists or cannot be written.
pub fn write(page: &WrittenPage, path: &Path, articles: &Articles) -> Result<String, String> {
    let bytes = bytes(page.form, &page.articles, articles, &|| false)?;
    let place = path.display();
    match make(path, &bytes, Readers::Everyone, Existing::Kept) {
        Ok(()) => Ok(format!("Written to {place}.")),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(format!("Not written: {place} exists already."))
        }
        Err(error) => Err(format!("Not written: {place}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::command::Invocation;
    use crate::config::OutputUse;
    use crate::library::{Library, ReadDepth, Source};

    /// A library with one article, and that article.
    fn library(folder: &Path) -> (Library, Vec<(ArticleId, Mark)>) {
        std::fs::write(folder.join("a.md"), "---\ntitle: One\n---\nSome *words*.\n")
            .expect("a file");
        let source = Source::new(&[folder.to_path_buf()]).expect("a source");
        let library =
            Library::load_until(&source, ReadDepth::List, &AtomicBool::new(false), &|_| {});
        let wanted = library.ids().map(|id| (id, Mark::default())).collect();
        (library, wanted)
    }

    fn piped(words: &[&str], form: OutputForm, articles: Vec<(ArticleId, Mark)>) -> Piped {
        Piped {
            program: Invocation {
                program: words[0].to_owned(),
                arguments: words[1..].iter().map(Into::into).collect(),
                output: OutputUse::None,
            },
            form: Some(form),
            articles,
        }
    }

    #[test]
    fn a_program_gets_the_articles_and_what_it_prints_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let (library, wanted) = library(folder.path());
        let run = |words: &[&str], form| {
            let piped = piped(words, form, wanted.clone());
            pipe(&piped, library.articles(), || false)
        };
        let printed = run(&["cat"], OutputForm::Markdown).expect("it runs");
        assert!(printed.text.starts_with("# One\n"), "{}", printed.text);
        assert!(printed.text.contains("Some *words*."), "{}", printed.text);
        let printed = run(&["grep", "title"], OutputForm::Json).expect("it runs");
        assert!(
            printed.text.contains("\"title\":\"One\""),
            "{}",
            printed.text
        );
        let printed = run(&["sh", "-c", "echo so far; exit 3"], OutputForm::Text).expect("it runs");
        assert_eq!(printed.text, "so far\n");
        assert_eq!(
            printed.failure.as_deref(),
            Some("sh failed (exit status: 3)")
        );
        assert!(run(&["no-such-program"], OutputForm::Text).is_err());
    }

    #[test]
    fn an_article_that_is_gone_is_said_and_nothing_runs() {
        let folder = tempfile::tempdir().expect("a folder");
        let (library, wanted) = library(folder.path());
        std::fs::remove_file(folder.path().join("a.md")).expect("removed");
        let made = folder.path().join("made");
        let piped = piped(
            &["touch", &made.to_string_lossy()],
            OutputForm::Text,
            wanted,
        );
        let error = pipe(&piped, library.articles(), || false).expect_err("it is gone");
        assert!(error.contains("a.md"), "{error}");
        assert!(!made.exists());
    }

    #[test]
    fn what_is_printed_is_shown_up_to_a_limit() {
        assert_eq!(first_lines("a\nb"), ("a\nb", true));
        let (most, more) = ("\n".repeat(LINES), "\n".repeat(LINES + 1));
        assert_eq!(first_lines(&most), (most.as_str(), true));
        assert_eq!(first_lines(&more), (most.as_str(), false));
    }

    #[test]
    fn nothing_is_started_once_it_is_stopped() {
        let folder = tempfile::tempdir().expect("a folder");
        let (library, wanted) = library(folder.path());
        let made = folder.path().join("made");
        let piped = piped(
            &["touch", &made.to_string_lossy()],
            OutputForm::Text,
            wanted,
        );
        pipe(&piped, library.articles(), || true).expect_err("it is stopped");
        assert!(!made.exists());
    }

    #[test]
    fn a_file_is_written_once_and_never_over_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let (library, articles) = library(folder.path());
        let path = folder.path().join("one.html");
        let page = WrittenPage {
            path: path.clone(),
            form: OutputForm::Html,
            articles,
        };
        let said = write(&page, &path, library.articles()).expect("written");
        assert!(said.ends_with("one.html."), "{said}");
        let text = std::fs::read_to_string(&path).expect("a file");
        assert!(text.contains("<em>words</em>"), "{text}");
        let error = write(&page, &path, library.articles()).expect_err("there already");
        assert!(error.ends_with("exists already."), "{error}");
    }
}
