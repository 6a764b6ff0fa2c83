//! Restores a library from a snapshot: at once what the first screen needs, the rest when needed.
//! Nothing in the file is used before its checksum is verified, or if it does not fit the rest.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use roaring::RoaringBitmap;
use thiserror::Error;

use super::beside::SavedBeside;
use super::contents::{ChunkExtent, Contents, FACETS};
use super::extent::{Extent, Store};
use super::header::{self, HeaderFault};
use super::places::{self, Bases};
use crate::format::SiteOverrides;
use crate::library::columns::{CHUNK, Chunk, Columns, Fitting, Spelling};
use crate::library::facet::Facet;
use crate::library::file_index::FileIndex;
use crate::library::index::{RowIndex, Sorted};
use crate::library::known::Known;
use crate::library::lazy::Lazy;
use crate::library::names::NameTable;
use crate::library::read::open;
use crate::library::stories::KeptStories;
use crate::library::{ArticleId, Articles, Library, NonArticleReason, Source, Stories};

/// Why a snapshot is not used. This is for the log; the library is then read from its files.
#[derive(Debug, Error)]
pub enum Unfit {
    /// Nothing was saved for these roots.
    #[error("there is none yet")]
    Absent,
    #[error("it cannot be read: {0}")]
    Unreadable(io::Error),
    #[error("it is something else")]
    Foreign,
    #[error("it was written by another version")]
    OtherVersion,
    #[error("it is about other folders")]
    OtherRoots,
    #[error("it is damaged")]
    Damaged,
}

impl From<HeaderFault> for Unfit {
    fn from(refusal: HeaderFault) -> Self {
        match refusal {
            HeaderFault::Foreign => Self::Foreign,
            HeaderFault::Damaged => Self::Damaged,
            HeaderFault::OtherVersion => Self::OtherVersion,
        }
    }
}

/// A library as it was when it was saved.
#[derive(Debug)]
pub struct Restored {
    /// Its articles are in list order. Parts of it are still in the file.
    pub library: Library,
    beside: Arc<[Extent]>,
    store: Arc<Store>,
}

impl Restored {
    /// What was kept beside the articles.
    pub fn beside(&self) -> SavedBeside {
        SavedBeside::new(
            self.library.articles.clone(),
            None,
            Arc::clone(&self.beside),
            Arc::clone(&self.store),
        )
    }

    /// Loads everything into memory, for every copy of the library, and returns what its files were
    /// at the time.
    ///
    /// # Errors
    /// If anything in the file is damaged. Nothing in the library can be relied on then.
    pub fn bring_in(&self) -> Result<FileIndex, Unfit> {
        self.check()?;
        Ok(self.library.file_index())
    }

    /// Loads everything into memory.
    ///
    /// # Errors
    /// As for [`Self::bring_in`].
    pub fn check(&self) -> Result<(), Unfit> {
        self.library.articles.columns.bring_in();
        self.library.by_key.bring_in();
        self.library.by_page.bring_in();
        if self.is_damaged() {
            return Err(Unfit::Damaged);
        }
        Ok(())
    }

    /// Whether any of what has been read so far is damaged. Nothing in the library can be relied on
    /// then.
    pub fn is_damaged(&self) -> bool {
        self.store.is_damaged()
    }
}

/// Restores the library of these roots from `folder`.
///
/// # Errors
/// If nothing was saved, or it cannot be used: see [`Unfit`].
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
pub fn restore(source: &Source, folder: &Path) -> Result<Restored, Unfit> {
    let Source::Roots(roots, overrides) = source else {
        return Err(Unfit::Absent);
    };
    let real = places::real(roots).map_err(Unfit::Unreadable)?;
    let path = folder.join(places::file_name(&real));
    let (file, metadata) = open(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Unfit::Absent,
        _ => Unfit::Unreadable(error),
    })?;
    let store = Arc::new(Store::new(file, metadata.len()));
    let contents = contents(&store)?;
    if contents.roots != real {
        return Err(Unfit::OtherRoots);
    }
    let beside = contents.beside.as_slice().into();
    let library = library(contents, &Bases::new(roots), overrides, &store).ok_or(Unfit::Damaged)?;
    if !library.is_empty() {
        // Read now, because the first screen shows it.
        library.article(ArticleId(0)).title();
    }
    if store.is_damaged() {
        return Err(Unfit::Damaged);
    }
    // If this fails, the snapshot may be removed too early, and the library is read from its files.
    let _ = store.set_used(SystemTime::now());
    Ok(Restored {
        library,
        beside,
        store,
    })
}

/// The folders whose library is saved in a file, as the system spells them.
///
/// # Errors
/// If the file is not a snapshot of this version.
pub fn roots(snapshot: &Path) -> Result<Vec<PathBuf>, Unfit> {
    let (file, metadata) = open(snapshot).map_err(Unfit::Unreadable)?;
    let contents = contents(&Store::new(file, metadata.len()))?;
    Ok(contents.roots.into_iter().map(places::path).collect())
}

fn contents(store: &Store) -> Result<Contents, Unfit> {
    let header = store.first().ok_or(Unfit::Foreign)?;
    let extent = header::read(&header)?;
    if extent.end() != Some(store.length()) {
        return Err(Unfit::Damaged);
    }
    let bytes = store.read(&extent).ok_or(Unfit::Damaged)?;
    postcard::from_bytes(&bytes).map_err(|_| Unfit::Damaged)
}

/// `None` if the parts do not fit together.
fn library(
    contents: Contents,
    bases: &Bases,
    overrides: &Arc<SiteOverrides>,
    store: &Arc<Store>,
) -> Option<Library> {
    let Contents {
        files,
        articles,
        spellings,
        chunks,
        sets,
        by_key,
        by_page,
        wishes,
        stories,
        mut about,
        ..
    } = contents;
    let folders = about.folders(bases, overrides)?;
    let noted = about.noted(bases)?;
    let fitting = Fitting {
        folders: u32::try_from(folders.len()).ok()?,
        topics: u32::try_from(about.names[0].len()).ok()?,
        authors: u32::try_from(about.names[1].len()).ok()?,
        categories: u32::try_from(about.names[2].len()).ok()?,
    };
    let length = articles as usize;
    let all_there = files == u64::from(articles) + noted.len() as u64
        && chunks.len() == length.div_ceil(CHUNK)
        && (length == 0 || !folders.is_empty());
    if !all_there {
        return None;
    }
    let errors = noted
        .values()
        .filter(|(_, note)| matches!(note, NonArticleReason::Error(_)));
    let [
        topics,
        authors,
        categories,
        providers,
        domains,
        keys,
        names @ ..,
    ] = facets(&about.names, &sets, articles, store)?;
    Some(Library {
        folder_numbers: folder_numbers(&folders)?,
        last_folder: None,
        articles: Articles {
            columns: columns(&spellings, chunks, length, fitting, store)?,
            topics,
            providers,
            domains,
            keys,
            names,
            categories,
            authors,
            folders,
            gone: Arc::default(),
            wishes: Arc::new(wishes.into()),
            stories: known(stories, articles, store),
        },
        by_key: index(by_key, articles, store),
        by_page: index(by_page, articles, store),
        files: usize::try_from(files).ok()?,
        errors: errors.count(),
        noted,
        warnings: about.warnings(bases)?,
    })
}

fn columns(
    spellings: &[Extent],
    chunks: Vec<ChunkExtent>,
    length: usize,
    fitting: Fitting,
    store: &Arc<Store>,
) -> Option<Columns> {
    let spellings: Vec<Lazy<Arc<Spelling>>> =
        spellings.iter().map(|it| spelling(*it, store)).collect();
    let held = chunks.into_iter().enumerate().map(|(at, extent)| {
        let count = CHUNK.min(length - at * CHUNK);
        let spelling = spellings.get(extent.spelling as usize)?.clone();
        let store = Arc::clone(store);
        let read = move |store: &Store| {
            let numbers = store.read(&extent.numbers)?;
            let (text, spelling) = (store.read(&extent.text)?, Arc::clone(spelling.get()));
            Chunk::unpack(&numbers, text, spelling, count, fitting)
        };
        Some(Lazy::later(move || {
            store.part(read, || Chunk::blank(count))
        }))
    });
    Some(Columns::from_chunks(held.collect::<Option<_>>()?, length))
}

fn spelling(extent: Extent, store: &Arc<Store>) -> Lazy<Arc<Spelling>> {
    let store = Arc::clone(store);
    let read = move |store: &Store| Spelling::from_bytes(&store.read(&extent)?);
    Lazy::later(move || Arc::new(store.part(read, Spelling::default)))
}

/// The saved stories, read on first use.
fn known(extent: Option<Extent>, articles: u32, store: &Arc<Store>) -> Known<Stories> {
    let Some(extent) = extent else {
        return Known::default();
    };
    let store = Arc::clone(store);
    Known::kept(move || {
        let kept: KeptStories = postcard::from_bytes(&store.read(&extent)?).ok()?;
        kept.stories(articles)
    })
}

fn index(extent: Extent, articles: u32, store: &Arc<Store>) -> RowIndex<ArticleId> {
    let store = Arc::clone(store);
    let read = move |store: &Store| Sorted::from_bytes(&store.read(&extent)?, articles);
    RowIndex::new(Lazy::later(move || store.part(read, Sorted::default)))
}

fn facets(
    stored: &[Vec<String>; FACETS],
    sets: &Extent,
    articles: u32,
    store: &Store,
) -> Option<[Facet; FACETS]> {
    let bytes = store.read(sets)?;
    let mut left = bytes.as_slice();
    let facets: Vec<Facet> = stored
        .iter()
        .map(|stored| {
            let sets = stored.iter().map(|_| set(&mut left, articles));
            Some(Facet::new(names(stored)?, sets.collect::<Option<_>>()?))
        })
        .collect::<Option<_>>()?;
    let facets = facets.try_into().ok()?;
    left.is_empty().then_some(facets)
}

/// Reads the next set of rows.
fn set(left: &mut &[u8], articles: u32) -> Option<RoaringBitmap> {
    let set = RoaringBitmap::deserialize_from(left).ok()?;
    set.max().is_none_or(|row| row < articles).then_some(set)
}

/// Names with their stored numbers; `None` if one occurs twice.
fn names(stored: &[String]) -> Option<NameTable> {
    let mut names = NameTable::default();
    for name in stored {
        names.intern(name);
    }
    (names.len() == stored.len()).then_some(names)
}

fn folder_numbers<T>(folders: &[Arc<T>]) -> Option<HashMap<Arc<T>, u32>>
where
    T: std::hash::Hash + Eq,
{
    let numbers: HashMap<_, _> = folders.iter().cloned().zip(0_u32..).collect();
    (numbers.len() == folders.len()).then_some(numbers)
}
