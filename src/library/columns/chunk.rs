//! Packing articles into a chunk, and comparing and shrinking chunks.

use std::os::unix::ffi::OsStrExt;

use super::encoded::{NO_LENGTH, bits, fitting, hundredths, packed, says, second, seconds};
use super::{Chunk, DRAFT, Packed, Row, SAYS, Text};
use crate::model::{ListedNumber, Moment};

/// Most authors kept per article.
const AUTHORS: usize = 64;
/// Most categories kept per article.
const CATEGORIES: usize = 64;

impl Chunk {
    /// Packs an article's texts and lists into the arenas, and returns the row that refers to them.
    pub(super) fn pack(&mut self, article: &Packed<'_>) -> Row {
        let Packed {
            key,
            stamp,
            headline,
            file_name,
            numbers,
        } = article;
        let text_start = self.text.len() as u32;
        let topics_start = self.topics.len() as u32;
        let pages_start = self.pages.len() as u32;
        let texts = [
            fitting(&headline.title),
            fitting(&headline.excerpt),
            fitting(&headline.original),
            file_name.as_bytes(),
        ];
        for text in texts {
            self.text.extend_from_slice(text);
        }
        let authors = &numbers.authors[..numbers.authors.len().min(AUTHORS)];
        let categories = &numbers.categories[..numbers.categories.len().min(CATEGORIES)];
        self.topics.extend_from_slice(&numbers.topics);
        self.pages.extend_from_slice(&headline.pages);
        self.pages.extend_from_slice(&headline.retold);
        self.topics.extend_from_slice(authors);
        self.topics.extend_from_slice(categories);
        let whole_day =
            |moment: Option<Moment>| u8::from(moment.is_some_and(|moment| moment.whole_day));
        Row {
            key: key.0,
            stamp: stamp.0,
            published_at: seconds(headline.published_at),
            updated_at: seconds(headline.updated_at),
            shown_from: second(headline.publication.from),
            shown_until: second(headline.publication.until),
            text_start,
            topics_start,
            pages_start,
            text_lengths: texts.map(|text| text.len() as u16),
            provider: numbers.provider,
            domain: numbers.domain,
            names: numbers.names,
            keys: numbers.keys,
            folder: numbers.folder,
            numbers: ListedNumber::ALL.map(|number| packed(headline.listed[number])),
            length: headline.length.unwrap_or(NO_LENGTH),
            body: headline.body,
            has: headline.has,
            rating: hundredths(headline.rating),
            related: headline.related,
            topics: numbers.topics.len() as u8,
            pages: headline.pages.len() as u8,
            retold: headline.retold.len() as u8,
            authors: authors.len() as u8,
            categories: categories.len() as u8,
            flags: bits(&headline.listed),
            days: whole_day(headline.published_at)
                | whole_day(headline.updated_at) << 1
                | says(headline.publication.says) << SAYS
                | if headline.publication.is_draft {
                    DRAFT
                } else {
                    0
                },
        }
    }

    /// Whether a row is the same in an earlier state of the chunk.
    pub(super) fn has_same(&self, before: &Self, row: usize) -> bool {
        let (now, then) = (&self.rows[row], &before.rows[row]);
        // The arenas may have been rewritten since, so that another text is in the same place.
        let texts = now.text_start as usize..now.range(Text::FileName).end;
        let names = now.topics_start as usize..now.names_end();
        let pages = now.pages_start as usize..now.pages_end();
        now == then
            && self.pages[pages.clone()] == before.pages[pages]
            && self.text[texts.clone()] == before.text[texts]
            && self.topics[names.clone()] == before.topics[names]
    }

    /// Releases reserved memory once the chunk is full.
    pub(super) fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        self.text.shrink_to_fit();
        self.topics.shrink_to_fit();
        self.pages.shrink_to_fit();
    }

    /// Rewrites the arenas without what no row uses any more.
    pub(super) fn compact(&mut self) {
        let before = std::mem::take(self);
        for mut row in before.rows {
            let texts = row.text_start as usize..row.range(Text::FileName).end;
            let topics = row.topics_start as usize..row.names_end();
            let pages = row.pages_start as usize..row.pages_end();
            row.text_start = self.text.len() as u32;
            row.topics_start = self.topics.len() as u32;
            row.pages_start = self.pages.len() as u32;
            self.text.extend_from_slice(&before.text[texts]);
            self.topics.extend_from_slice(&before.topics[topics]);
            self.pages.extend_from_slice(&before.pages[pages]);
            self.rows.push(row);
        }
        self.shrink();
    }
}
