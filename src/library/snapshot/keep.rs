//! Writes a snapshot. This takes time, so it is done in the background; a half-written file is
//! never visible.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use roaring::RoaringBitmap;
use tempfile::NamedTempFile;

use super::beside::SavedBeside;
use super::contents::{About, ChunkExtent, Contents, facets};
use super::extent::{Extent, Store, Writing};
use super::header;
use super::picture::LibraryPicture;
use super::places::{self, Bases};
use crate::library::columns::{CHUNK, Packing, Spellers, Spelling};
use crate::library::index::Sorted;
use crate::library::stories::{KeptStories, KeptWishes};
use crate::library::{ArticleId, ArticleKey, Articles, Source};

/// Prefix of a file that is still being written.
pub const TEMPORARY: &str = ".snapshot-";

/// What was saved.
#[derive(Debug)]
pub struct SavedSnapshot {
    pub articles: usize,
    pub bytes: u64,
    /// The parts that the caller made.
    pub beside: SavedBeside,
}

/// Makes parts from articles, given the rows that are saved, in order.
pub type MakesParts = dyn Fn(&Articles, &[u32]) -> Vec<Vec<u8>>;

/// Saves a library for the next run, replacing what was saved before. The sample library is not
/// saved: returns `None`.
///
/// # Errors
/// If `folder` cannot be written, the disk is full, or a root no longer exists. The earlier
/// snapshot then stays.
pub fn keep(
    picture: &LibraryPicture,
    source: &Source,
    folder: &Path,
) -> io::Result<Option<SavedSnapshot>> {
    keep_with(picture, source, folder, &|_, _| Vec::new())
}

/// The same, with parts that the caller makes from the articles.
/// [`Restored::beside`](super::Restored::beside) returns them.
///
/// # Errors
/// As for [`keep`].
pub fn keep_with(
    picture: &LibraryPicture,
    source: &Source,
    folder: &Path,
    beside: &MakesParts,
) -> io::Result<Option<SavedSnapshot>> {
    let Source::Roots(roots, _) = source else {
        return Ok(None);
    };
    let real = places::real(roots)?;
    let path = folder.join(places::file_name(&real));
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::with_prefix_in(TEMPORARY, folder)?;
    let mut out = BufWriter::new(file.as_file_mut());
    let articles = picture.newest_first();
    let about = About::from_picture(picture, &Bases::new(roots))
        .ok_or_else(|| io::Error::other("a file of the library is below none of its roots"))?;
    let rows: Vec<u32> = articles.iter().map(|(row, _)| *row).collect();
    let parts = || beside(&picture.articles, &rows);
    let (contents, parts) = write(picture, &articles, real, about, &parts, &mut out)?;
    out.seek(SeekFrom::Start(0))?;
    out.write_all(&header::write(&contents))?;
    out.flush()?;
    drop(out);
    file.as_file().sync_all()?;
    let file = file.persist(path)?;
    File::open(folder)?.sync_all()?;
    let bytes = contents.offset + contents.length;
    let is_in_order = rows.len() == picture.articles.len() && rows.is_sorted();
    Ok(Some(SavedSnapshot {
        articles: rows.len(),
        bytes,
        beside: SavedBeside::new(
            picture.articles.clone(),
            (!is_in_order).then(|| rows.into()),
            parts,
            Arc::new(Store::new(file, bytes)),
        ),
    }))
}

/// Writes everything after the header, leaving room for it, and returns where the contents and the parts
/// beside them are.
fn write(
    picture: &LibraryPicture,
    articles: &[(u32, ArticleKey)],
    roots: Vec<Vec<u8>>,
    about: About,
    parts: &dyn Fn() -> Vec<Vec<u8>>,
    out: &mut impl Write,
) -> io::Result<(Extent, Arc<[Extent]>)> {
    out.write_all(&[0; header::LENGTH])?;
    let mut out = Writing::new(out, header::LENGTH as u64);
    // First, so that they are out of memory before the rest is made.
    let beside = parts().into_iter().map(|part| out.put(&part));
    let beside: Vec<Extent> = beside.collect::<io::Result<_>>()?;
    let (spellings, chunks) = chunks(picture, articles, &mut out)?;
    let sets = out.put(&sets(picture, articles)?)?;
    let (by_key, by_page) = indexes(picture, articles);
    let contents = Contents {
        roots,
        files: picture.files as u64,
        articles: articles.len() as u32,
        spellings,
        chunks,
        sets,
        by_key: out.put(&by_key.to_bytes())?,
        by_page: out.put(&by_page.to_bytes())?,
        beside,
        wishes: KeptWishes::from(&*picture.articles.wishes),
        stories: stories(picture, articles)
            .map(|stories| out.put(&postcard::to_allocvec(&stories).map_err(io::Error::other)?))
            .transpose()?,
        about,
    };
    let bytes = postcard::to_allocvec(&contents).map_err(io::Error::other)?;
    Ok((out.put(&bytes)?, contents.beside.into()))
}

/// Writes all chunks, and how their texts are written before the first that is written like that.
fn chunks(
    picture: &LibraryPicture,
    articles: &[(u32, ArticleKey)],
    out: &mut Writing<impl Write>,
) -> io::Result<(Vec<Extent>, Vec<ChunkExtent>)> {
    let mut spellers = Spellers::default();
    let mut last: Option<Arc<Spelling>> = None;
    let (mut spellings, mut chunks) = (Vec::new(), Vec::new());
    for articles in articles.chunks(CHUNK) {
        let mut packing = Packing::default();
        for (row, key) in articles {
            packing.add(&picture.articles.columns, *row, *key);
        }
        let packed = packing.finish(&mut spellers);
        if last.is_none_or(|last| !Arc::ptr_eq(&last, &packed.spelling)) {
            spellings.push(out.put(&packed.spelling.to_bytes())?);
        }
        chunks.push(ChunkExtent {
            spelling: spellings.len() as u32 - 1,
            numbers: out.put(&packed.numbers)?,
            text: out.put(&packed.text)?,
        });
        last = Some(packed.spelling);
    }
    Ok((spellings, chunks))
}

/// The new row of each row, if it is saved.
fn new_rows(picture: &LibraryPicture, articles: &[(u32, ArticleKey)]) -> Vec<Option<u32>> {
    let mut new_rows = vec![None; picture.articles.len()];
    for ((row, _), new) in articles.iter().zip(0_u32..) {
        new_rows[*row as usize] = Some(new);
    }
    new_rows
}

/// The stories by their new rows, if they have been grouped.
fn stories(picture: &LibraryPicture, articles: &[(u32, ArticleKey)]) -> Option<KeptStories> {
    let known = picture.articles.stories.get()?;
    let new_rows = new_rows(picture, articles);
    Some(KeptStories::new(known, |row| {
        *new_rows.get(row as usize)?
    }))
}

/// The articles of each value of each facet, by their new rows.
fn sets(picture: &LibraryPicture, articles: &[(u32, ArticleKey)]) -> io::Result<Vec<u8>> {
    let new_rows = new_rows(picture, articles);
    let mut bytes = Vec::new();
    for facet in facets(&picture.articles) {
        for set in facet.numbers().filter_map(|number| facet.articles(number)) {
            let mut rows: Vec<u32> = set
                .iter()
                .filter_map(|row| *new_rows.get(row as usize)?)
                .collect();
            rows.sort_unstable();
            let set: RoaringBitmap = rows.into_iter().collect();
            set.serialize_into(&mut bytes)?;
        }
    }
    Ok(bytes)
}

/// The new rows by key and by page. If articles share a page, the one with the lowest key gets it.
fn indexes(
    picture: &LibraryPicture,
    articles: &[(u32, ArticleKey)],
) -> (Sorted<ArticleId>, Sorted<ArticleId>) {
    let numbered = || articles.iter().zip((0..).map(ArticleId::from_row));
    let keys = numbered().map(|((_, key), new)| (key.0, new)).collect();
    let mut by_key: Vec<_> = numbered().collect();
    by_key.sort_unstable_by_key(|((_, key), _)| *key);
    let pages = by_key
        .into_iter()
        .flat_map(|((row, _), new)| {
            let pages = picture.articles.columns.pages(*row);
            pages.iter().map(move |page| (*page, new))
        })
        .collect();
    (Sorted::from_pairs(keys), Sorted::from_pairs(pages))
}
