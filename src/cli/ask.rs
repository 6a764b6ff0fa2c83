//! Asking a library a query, as every command that takes one does.

use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use roaring::RoaringBitmap;

use super::args::Selection;
use super::work::Work;
use super::{Exit, Failure, Streams, Surroundings, desk_file, library};
use crate::config::Config;
use crate::desk::MarkedArticles;
use crate::library::{ArticleId, Depth, Library};
use crate::model::Mark;
use crate::query::{Clock, Expr, Index, Open, Query, Search, parse, views};

/// Bodies that are read at a time: a disk that is cold wants many.
const READERS: usize = 16;

/// The query of an argument; without one, that which selects everything.
///
/// # Errors
/// When it cannot be understood, with its text so that the place can be shown.
pub fn query(text: Option<&str>) -> Result<Query, Failure> {
    let text = text.unwrap_or_default();
    parse(text).map_err(|error| Failure::Query {
        text: text.to_owned(),
        error,
    })
}

/// The query of a selection: what its view says, and what is asked for within it. The order is that of
/// the query, else that of the view.
fn selected(selection: &Selection, surroundings: &Surroundings) -> Result<Query, Failure> {
    let own = query(selection.query.as_deref())?;
    let Some(name) = &selection.view else {
        return Ok(own);
    };
    let config = Config::load(&surroundings.places)?;
    let Some(text) = views::query_of(name, &config.views) else {
        return Err(Failure::NoView(name.clone()));
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

/// Whether a command needs to know what was decided about the articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    Always,
    /// Only where a query may ask for it.
    IfAskedFor,
}

/// What was answered, and of which library.
pub struct Asked<T> {
    pub library: Library,
    /// What was decided about each article about which anything was, where that was needed.
    pub marks: HashMap<ArticleId, Mark>,
    pub answer: T,
}

/// Asks something about the articles that are selected, of their library and its marks, with the
/// clock and the zone of now. It asks once, for which an index would take longer to build than it
/// saves.
pub fn ask<T>(
    selection: &Selection,
    marks: Marks,
    surroundings: &Surroundings,
    err: &mut dyn Write,
    question: impl FnOnce(&Search<'_>, &Query, &RoaringBitmap) -> Result<T, Failure>,
) -> Result<Asked<T>, Failure> {
    let query = selected(selection, surroundings)?;
    let paths = &selection.paths;
    let work = Work::begin(surroundings)?;
    let library = library::load(paths, Depth::List, surroundings, &work)?;
    let source = library::source(paths, surroundings)?;
    let marked = if marks == Marks::Always || query.expr.is_some() {
        desk_file::marked(&library, &source, surroundings, err)?
    } else {
        desk_file::unmarked(&library, &source, err)?
    };
    let clock = Clock {
        now: Timestamp::now(),
        zone: TimeZone::system(),
    };
    let search = Search {
        articles: marked.articles(),
        index: &Index::default(),
        marks: &marked.by_row(clock.now),
        clock: &clock,
        cancelled: &|| work.is_stopped(),
    };
    let found = find(&search, &query, &work)?;
    let answer = question(&search, &query, &found)?;
    let marks = match marks {
        Marks::Always => marked.decided(),
        Marks::IfAskedFor => HashMap::new(),
    };
    Ok(Asked {
        library,
        marks,
        answer,
    })
}

impl<T> Asked<T> {
    /// Ends a command that has written what was answered: with what is to be said of the library, and
    /// whether there was anything to write.
    pub fn end(&self, is_empty: bool, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        streams.out.flush()?;
        library::say_what_is_missing(&self.library, streams.err)?;
        Ok(if is_empty { Exit::Notable } else { Exit::Clean })
    }
}

/// The articles that a query selects, in its order, for a command that nobody interrupts.
#[allow(
    clippy::expect_used,
    reason = "only a search that somebody cancels fails"
)]
pub fn select(marked: &MarkedArticles, query: &Query, clock: &Clock) -> Vec<ArticleId> {
    let marks = marked.by_row(clock.now);
    let search = Search {
        articles: marked.articles(),
        // One question is answered sooner without than an index is made.
        index: &Index::default(),
        marks: &marks,
        clock,
        cancelled: &|| false,
    };
    search.all(query).expect("a search that nobody cancels")
}

/// All that a query selects. Where it asks for bodies, their files are read.
fn find(search: &Search<'_>, query: &Query, work: &Work) -> Result<RoaringBitmap, Failure> {
    let found = search.find(query)?;
    let Some(open) = found.open else {
        return Ok(found.certain);
    };
    let decided = decide(search, &open, work);
    work.go_on()?;
    Ok(found.certain | decided)
}

/// Those of the candidates whose bodies say so; incomplete when it was interrupted.
fn decide(search: &Search<'_>, open: &Open, work: &Work) -> RoaringBitmap {
    let rows: Vec<u32> = open.candidates.iter().collect();
    let step = work.step_of("Reading texts", rows.len());
    let next = AtomicUsize::new(0);
    let articles = search.articles;
    let read_some = || {
        let mut selected = RoaringBitmap::new();
        while !work.is_stopped() {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(row) = rows.get(at) else { break };
            let path = articles.article(ArticleId::from_row(*row)).path();
            if open.decide_file(*row, &path) {
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
