//! Matching the texts of rows: by the words of the index as far as it goes, and in the texts where
//! it does not.

use roaring::RoaringBitmap;

use super::bits::Bits;
use super::error::Cancelled;
use super::look::{TextBuffers, by_article};
use super::required::Required;
use super::search::Search;
use super::segment::Segment;
use super::text::{Anchor, Matcher, Needle};
use super::words::{Coverage, FoundRows, LateWords};
use crate::library::ArticleRef;

/// The rows of `within` whose text matches. `words` are those of the text that `read` puts into a
/// buffer.
pub fn by_text(
    search: &Search<'_>,
    matcher: &Matcher,
    within: &RoaringBitmap,
    words: fn(&Segment) -> &LateWords,
    read: fn(ArticleRef<'_>, &mut String),
) -> Result<RoaringBitmap, Cancelled> {
    let test = tests(matcher, read);
    let mut rows = FoundRows::new(search.articles.len());
    let mut known = search.index.len();
    for segment in search.index.segments() {
        search.go_on()?;
        let words = words(segment);
        let coverage = match matcher {
            Matcher::Needle(needle) => words.find(needle, segment.first, &mut rows),
            Matcher::Alike(alike) => words.find_alike(alike, segment.first, &mut rows.sure),
            Matcher::Regex(regex) => {
                match containing(&regex.required, segment, words, search.articles.len()) {
                    Some(all) => {
                        rows.maybe.or(&all);
                        Coverage::Known
                    }
                    None => Coverage::Unknown,
                }
            }
            Matcher::Whole(_) => Coverage::Unknown,
        };
        if coverage == Coverage::Unknown {
            known = 0;
        }
    }
    let FoundRows {
        sure: mut found,
        maybe,
    } = rows;
    let stale = search.index.stale();
    stale.iter().for_each(|row| found.unset(row));
    let maybe = (maybe.into_set() | stale) & within;
    by_article(search, &maybe, 0, &mut found, &test)?;
    by_article(search, within, known, &mut found, &test)?;
    Ok(found.into_set() & within)
}

/// The rows of a segment whose text may contain what is required, out of `len`; `None` if nothing is, or
/// nothing is known.
fn containing(
    required: &Required,
    segment: &Segment,
    words: &LateWords,
    len: usize,
) -> Option<Bits> {
    let mut all: Option<Bits> = None;
    for any in required {
        let mut rows = FoundRows::new(len);
        for run in any {
            let needle = Needle::new(run, Anchor::Anywhere);
            if words.find(&needle, segment.first, &mut rows) == Coverage::Unknown {
                return None;
            }
        }
        rows.sure.or(&rows.maybe);
        match &mut all {
            Some(all) => all.and(&rows.sure),
            None => all = Some(rows.sure),
        }
    }
    all
}

/// The rows of `within` whose text, which `read` puts into a buffer, matches. For texts whose words the
/// index does not have.
pub fn by_own_text(
    search: &Search<'_>,
    matcher: &Matcher,
    within: &RoaringBitmap,
    read: fn(ArticleRef<'_>, &mut String),
) -> Result<RoaringBitmap, Cancelled> {
    let mut found = Bits::new(search.articles.len());
    by_article(search, within, 0, &mut found, tests(matcher, read))?;
    Ok(found.into_set())
}

/// Tests a text of an article, which `read` puts into a buffer.
fn tests(
    matcher: &Matcher,
    read: fn(ArticleRef<'_>, &mut String),
) -> impl Fn(ArticleRef<'_>, &mut TextBuffers) -> bool {
    move |article, buffers| {
        read(article, &mut buffers.text);
        matcher.matches(&buffers.text, &mut buffers.folded)
    }
}
