//! Running a query on a library, for every command that takes one.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use roaring::RoaringBitmap;

use super::args::ArticleSelection;
use super::work::Work;
use super::{CommandFailure, Exit, Streams, Surroundings, desk_file, library};
use crate::desk::{Decided, MarkedArticles};
use crate::library::{ArticleId, Library, ReadDepth};
use crate::query::{self, Clock, Expr, Index, Query, Search, Undecided, parse, views};

/// Bodies read in parallel: a cold disk is fastest with many requests.
const READERS: usize = 16;

/// Parses a query argument; without one, returns the query that selects everything.
///
/// # Errors
/// If it cannot be parsed; includes the text, so that the place can be shown.
pub fn query(text: Option<&str>) -> Result<Query, CommandFailure> {
    let text = text.unwrap_or_default();
    parse(text).map_err(|error| CommandFailure::Query {
        text: text.to_owned(),
        error,
    })
}

/// The query of a selection: the one given, within the view given. Its own order wins over the
/// view's.
fn selected(
    selection: &ArticleSelection,
    surroundings: &Surroundings,
) -> Result<Query, CommandFailure> {
    let own = query(selection.query.as_deref())?;
    let Some(name) = &selection.view else {
        return Ok(own);
    };
    let config = library::config_of(&selection.paths, surroundings)?;
    let Some(text) = views::query_of(name, &config.views) else {
        return Err(CommandFailure::NoView(name.clone()));
    };
    let view = query(Some(text))?;
    let sort = if own.sort.is_empty() {
        view.sort
    } else {
        own.sort
    };
    Ok(Query {
        expr: Expr::and(view.expr.into_iter().chain(own.expr)),
        sort,
    })
}

/// Whether a command needs the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarksNeeded {
    Always,
    /// Only if a query might need them.
    IfAskedFor,
}

/// A command's result, and the library it comes from.
pub struct QueryOutput<T> {
    pub library: Library,
    /// The mark of each marked article, if the command asked for them.
    pub marks: Decided,
    pub answer: T,
}

/// Loads the library and its marks, and runs `question` on the selected articles, with the current
/// time and zone. No index is built: for one query it would cost more than it saves.
pub fn ask<T>(
    selection: &ArticleSelection,
    marks: MarksNeeded,
    surroundings: &Surroundings,
    err: &mut dyn Write,
    question: impl FnOnce(&Search<'_>, &Query, &RoaringBitmap) -> Result<T, CommandFailure>,
) -> Result<QueryOutput<T>, CommandFailure> {
    let query = selected(selection, surroundings)?;
    let work = Work::begin(surroundings)?;
    let source = library::source(&selection.paths, surroundings)?;
    let mut library = match selection.cached {
        true => library::load_cached(&source, surroundings, &work)?,
        false => library::load_from(&source, ReadDepth::List, surroundings, &work)?,
    };
    let marked = if marks == MarksNeeded::Always || query.asks_the_desk() {
        desk_file::marked(&mut library, &source, surroundings, err)?
    } else {
        desk_file::unmarked(&library, &source)
    };
    let clock = desk_file::told_clock(surroundings, err)?;
    let search = Search {
        articles: marked.articles(),
        index: &Index::default(),
        marks: &marked.by_row(clock.now),
        clock: &clock,
        cancelled: &|| work.is_stopped(),
    };
    let answer = find(&search, &query, &work).and_then(|it| question(&search, &query, &it));
    work.go_on()?;
    let answer = answer?;
    let marks = match marks {
        MarksNeeded::Always => marked.decided().clone(),
        MarksNeeded::IfAskedFor => Decided::default(),
    };
    Ok(QueryOutput {
        library,
        marks,
        answer,
    })
}

/// Counts the articles that a query selects. Words are looked up in those that were saved.
pub fn count(
    selection: &ArticleSelection,
    surroundings: &Surroundings,
    err: &mut dyn Write,
) -> Result<QueryOutput<u64>, CommandFailure> {
    let query = selected(selection, surroundings)?;
    if query.needs_only_words()
        && let Some(counted) = count_by_words(&query, selection, surroundings)?
    {
        return Ok(counted);
    }
    ask(
        selection,
        MarksNeeded::IfAskedFor,
        surroundings,
        err,
        |_, _, found| Ok(found.len()),
    )
}

/// The same from the words that were saved with the library, of which no more is read than they need
/// unless it is checked; `None` if there are none, or what was read is damaged.
fn count_by_words(
    query: &Query,
    selection: &ArticleSelection,
    surroundings: &Surroundings,
) -> Result<Option<QueryOutput<u64>>, CommandFailure> {
    let source = library::source(&selection.paths, surroundings)?;
    let clock = desk_file::clock(surroundings);
    let Some(restored) = library::saved(&source, surroundings) else {
        return Ok(None);
    };
    let work = Work::begin(surroundings)?;
    let beside = restored.beside();
    let Some(index) = Index::from_kept(&beside) else {
        return Ok(None);
    };
    let (library, index) = match selection.cached {
        true => (restored.library, index),
        false => {
            let Some(library) = library::updated(restored, &source, &work)? else {
                return Ok(None);
            };
            let index = index.patched(beside.articles(), library.articles(), &clock);
            (library, index.unwrap_or_default())
        }
    };
    let search = Search {
        articles: library.articles(),
        index: &index,
        marks: &query::Marks::default(),
        clock: &clock,
        cancelled: &|| work.is_stopped(),
    };
    let found = find(&search, query, &work);
    work.go_on()?;
    let answer = found?.len();
    Ok((!beside.is_damaged()).then_some(QueryOutput {
        library,
        marks: Decided::default(),
        answer,
    }))
}

impl<T> QueryOutput<T> {
    /// Ends a command that has written its result: reports what is missing from the library, and
    /// whether there was anything to write.
    pub fn end(&self, is_empty: bool, streams: &mut Streams<'_>) -> Result<Exit, CommandFailure> {
        streams.out.flush()?;
        library::say_what_is_missing(&self.library, streams.err)?;
        Ok(if is_empty { Exit::Notable } else { Exit::Clean })
    }
}

/// Returns the articles that a query selects, in its order.
///
/// # Errors
/// If the work is stopped first.
pub fn select(
    marked: &MarkedArticles,
    query: &Query,
    clock: &Clock,
    work: &Work,
) -> Result<Vec<ArticleId>, CommandFailure> {
    let marks = marked.by_row(clock.now);
    let search = Search {
        articles: marked.articles(),
        // Building an index takes longer than answering one query.
        index: &Index::default(),
        marks: &marks,
        clock,
        cancelled: &|| work.is_stopped(),
    };
    let selected = find(&search, query, work).and_then(|set| Ok(search.sorted(query, &set)?));
    work.go_on()?;
    selected
}

/// Returns all that a query selects, reading files where the query needs bodies.
fn find(search: &Search<'_>, query: &Query, work: &Work) -> Result<RoaringBitmap, CommandFailure> {
    let found = search.find(query)?;
    let Some(open) = found.open else {
        return Ok(found.certain);
    };
    let decided = decide(search, &open, work);
    work.go_on()?;
    Ok(found.certain | decided)
}

/// Returns the candidates whose bodies match; incomplete if interrupted.
fn decide(search: &Search<'_>, open: &Undecided, work: &Work) -> RoaringBitmap {
    let rows: Vec<u32> = open.candidates.iter().collect();
    let step = work.step_of("Reading texts", rows.len());
    let next = AtomicUsize::new(0);
    let articles = search.articles;
    let read_some = || {
        let mut selected = RoaringBitmap::new();
        while !work.is_stopped() {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(row) = rows.get(at) else { break };
            if open.decide_file(articles.article(ArticleId::from_row(*row))) {
                selected.insert(*row);
            }
            step.at(at + 1);
        }
        selected
    };
    thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS.min(rows.len()))
            .map(|_| scope.spawn(read_some))
            .collect();
        readers
            .into_iter()
            .map(|reader| match reader.join() {
                Ok(selected) => selected,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .fold(RoaringBitmap::new(), |all, some| all | some)
    })
}
