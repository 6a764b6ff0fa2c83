//! `newsdesk add`: saves pages of the web as articles.

use std::io::{self, BufRead};
use std::path::PathBuf;

use super::args::SaveArgs;
use super::bringing::Destination;
use super::work::Work;
use super::{CommandFailure, Exit, Streams, Surroundings, library, note};
use crate::feeds::adding::typed_link;
use crate::feeds::article::ArticleDraft;
use crate::feeds::http::Http;
use crate::feeds::page::{PageError, PageSaver, Saved, each_page};
use crate::format::clean::Clean;
use crate::format::link::Link;
use crate::library::{Library, ReadDepth};

/// Saves pages.
pub fn run(
    args: &SaveArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let urls = links(&args.urls)?;
    let into = args.into.as_deref().unwrap_or("");
    let mut destination = Destination::below(into, surroundings)?;
    let work = Work::begin(surroundings)?;
    let library = existing(&destination, surroundings, &work)?;
    let file_of = |url: &str| -> Option<PathBuf> {
        let library = library.as_ref()?;
        let id = library.by_url(url)?;
        Some(library.article(id).path())
    };
    let folder = destination.folder().to_path_buf();
    let mut saver = PageSaver::new(&folder, &file_of);
    let mut failed = 0;
    let mut wanted: Vec<Link> = Vec::new();
    for url in urls {
        match file_of(url.as_str()) {
            Some(path) => say(streams, &format!("there already: {}", path.display()))?,
            None => wanted.push(url),
        }
    }
    let step = work.step_of("Saving pages", wanted.len());
    let (mut done, mut written, mut unprepared) = (0, Ok(()), Ok(()));
    each_page(&Http::default(), &wanted, work.stop(), |at, page| {
        done += 1;
        step.at(done);
        let prepared = match page {
            Ok(_) => destination.prepare(surroundings),
            Err(_) => Ok(None),
        };
        let said = match prepared {
            Ok(sentence) => step.apart(|| sentence.map_or(Ok(()), |it| say(streams, &it))),
            Err(failure) => {
                unprepared = Err(failure);
                return;
            }
        };
        written = std::mem::replace(&mut written, Ok(())).and(said);
        let said = step.apart(|| match page.and_then(|it| save(&it, &mut saver)) {
            Ok(sentence) => say(streams, &sentence),
            Err(why) => {
                failed += 1;
                note(streams.err, &format!("{}: {why}", wanted[at].as_str()))
            }
        });
        written = std::mem::replace(&mut written, Ok(())).and(said);
    });
    unprepared?;
    written?;
    work.go_on()?;
    Ok(match failed {
        0 => Exit::Clean,
        _ => Exit::Notable,
    })
}

/// Saves a page, and returns a sentence about it.
fn save(draft: &ArticleDraft, saver: &mut PageSaver<'_>) -> Result<String, PageError> {
    Ok(match saver.save(draft)? {
        Saved::New(path) => format!("saved “{}”: {}", draft.article.title, path.display()),
        Saved::There(path) => format!("there already: {}", path.display()),
    })
}

/// The library as it is; `None` if there is none yet.
fn existing(
    destination: &Destination,
    surroundings: &Surroundings,
    work: &Work,
) -> Result<Option<Library>, CommandFailure> {
    let load = |paths: &[PathBuf]| library::load(paths, ReadDepth::List, surroundings, work);
    destination.library().map(|paths| load(&paths)).transpose()
}

/// The addresses that were given, each once.
fn links(typed: &[String]) -> Result<Vec<Link>, CommandFailure> {
    let mut links: Vec<Link> = Vec::new();
    let mut take = |typed: &str| -> Result<(), CommandFailure> {
        let link = typed_link(typed)?;
        if !links.contains(&link) {
            links.push(link);
        }
        Ok(())
    };
    for typed in typed {
        if typed != "-" {
            take(typed)?;
            continue;
        }
        for line in io::stdin().lock().lines() {
            let line = line.map_err(|error| CommandFailure::Exchange {
                path: "-".into(),
                error,
            })?;
            if !line.trim().is_empty() {
                take(&line)?;
            }
        }
    }
    Ok(links)
}

fn say(streams: &mut Streams<'_>, sentence: &str) -> io::Result<()> {
    writeln!(streams.out, "{}", Clean::new(sentence))
}
