//! The full text of the entries of a feed that only gives a beginning: that of their pages.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::article::{Draft, TextFrom};
use super::http::{Http, MAX_FEED};
use super::page::{PageError, page};
use crate::format::link::Link;

/// Most pages that are asked for a feed in one fetch.
const MOST_PAGES: usize = 100;
/// Once their texts have so many bytes, no more are asked: as many as if the feed had them itself.
const MOST_BYTES: usize = MAX_FEED as usize;

/// What has come of asking pages.
#[derive(Debug, Default)]
pub struct Asked {
    pages: usize,
    /// Bytes of the texts that they gave.
    pub bytes: usize,
    /// How many drafts were taken out, since their pages were not asked.
    pub left: usize,
    failed: usize,
    /// Why the first of those failed.
    why: Option<PageError>,
}

/// Has drafts take their text from their pages, and asks those of entries that are not known yet.
/// `from` is the address of the feed.
///
/// Entries whose pages are not asked, because it is stopped or a limit is reached, are taken out: once
/// they are files with the beginning only, nobody would ask for the rest.
pub fn take_from_pages(
    http: &Http,
    drafts: &mut Vec<Draft>,
    from: &Link,
    known: &HashSet<String>,
    stop: &AtomicBool,
) -> Asked {
    let mut asked = Asked::default();
    drafts.retain_mut(|draft| {
        draft.text = TextFrom::Page(None);
        let url = draft.article.urls.original.as_deref();
        match url.and_then(|url| Link::parse(url).ok()) {
            Some(url) if !known.contains(&draft.origin.guid) => {
                if stop.load(Ordering::Relaxed) || asked.is_enough() {
                    asked.left += 1;
                    return false;
                }
                asked.take(draft, page(http, &url, Some(from)));
            }
            Some(_) | None => {}
        }
        true
    });
    asked
}

impl Asked {
    fn is_enough(&self) -> bool {
        self.pages >= MOST_PAGES || self.bytes >= MOST_BYTES
    }

    fn take(&mut self, draft: &mut Draft, page: Result<Draft, PageError>) {
        self.pages += 1;
        match page {
            Ok(page) => {
                self.bytes += page.body.len();
                draft.text = TextFrom::Page(Some(page.body));
                // Where its link has led to.
                draft.page = draft.page.and(page.page);
            }
            Err(error) => {
                self.failed += 1;
                self.why.get_or_insert(error);
            }
        }
    }

    /// What there is to say about it, a sentence each.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let failed = self.why.as_ref().map(|why| match self.failed {
            1 => format!("the full text of 1 article was not found: {why}"),
            failed => format!("the full texts of {failed} articles were not found: {why}"),
        });
        let left = match self.left {
            0 => None,
            1 => Some("1 article waits for the next fetch, with its full text".to_owned()),
            left => Some(format!(
                "{left} articles wait for the next fetch, with their full texts"
            )),
        };
        failed.into_iter().chain(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feeds::Feed;
    use crate::feeds::article::drafts;
    use crate::feeds::read::{Contents, Entry, Markup};

    fn entry(number: usize) -> Entry {
        Entry {
            guid: number.to_string(),
            title: Some(Markup::Text(number.to_string())),
            link: Some(format!("http://127.0.0.1:1/{number}")),
            ..Entry::default()
        }
    }

    /// Drafts of this many entries, whose pages are on this machine.
    fn of(entries: usize) -> Vec<Draft> {
        let contents = Contents {
            entries: (0..entries).map(entry).collect(),
            ..Contents::default()
        };
        let now = "2026-03-05T10:00:00Z".parse().expect("a time");
        drafts(&Feed::default(), &contents, now)
    }

    /// What comes of asking those pages, none of which a feed on the Internet may lead to.
    fn asked(drafts: &mut Vec<Draft>, known: &[&str], stop: bool) -> Asked {
        let from = Link::parse("https://1.1.1.1/feed").expect("a link");
        let known = known.iter().map(|guid| (*guid).to_owned()).collect();
        take_from_pages(&Http::default(), drafts, &from, &known, &stop.into())
    }

    fn said(asked: &Asked) -> Vec<String> {
        asked.notes().collect()
    }

    #[test]
    fn a_feed_on_the_internet_does_not_lead_into_this_network() {
        let said = said(&asked(&mut of(1), &[], false));
        let why = "127.0.0.1 leads to a private address, where nothing on the Internet may lead";
        let why = format!("the full text of 1 article was not found: {why}");
        assert_eq!(said, [why]);
    }

    #[test]
    fn entries_whose_pages_are_not_asked_are_left_to_the_next_fetch() {
        let mut drafts = of(3);
        let asked = asked(&mut drafts, &["1"], true);
        let guids: Vec<&str> = drafts.iter().map(|it| it.origin.guid.as_str()).collect();
        assert_eq!(guids, ["1"], "what is a file already stays so");
        assert_eq!((asked.pages, asked.left), (0, 2));
        let left = "2 articles wait for the next fetch, with their full texts";
        assert_eq!(said(&asked), [left]);
    }

    #[test]
    fn so_many_pages_are_asked_at_most_and_so_many_bytes_taken() {
        let mut drafts = of(MOST_PAGES + 2);
        let mut asked = asked(&mut drafts, &["0"], false);
        assert_eq!(drafts.len(), MOST_PAGES + 1);
        assert_eq!((asked.pages, asked.left), (MOST_PAGES, 1));
        asked.pages = 0;
        assert!(!asked.is_enough());
        let mut page = of(1).remove(0);
        page.body = "a".repeat(MOST_BYTES);
        asked.take(&mut drafts[0], Ok(page));
        assert!(asked.is_enough());
    }
}
