//! Full texts for entries whose feed gives only the beginning: from their pages.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::article::{ArticleDraft, TextFrom};
use super::http::{Http, MAX_FEED};
use super::page::{PageError, page};
use crate::format::link::Link;

/// Most pages requested for a feed in one fetch.
const MOST_PAGES: usize = 100;
/// Once the texts have this many bytes, no more pages are requested: a feed may have no more
/// either.
const MOST_BYTES: usize = MAX_FEED as usize;

/// Most reasons named.
const MOST_REASONS: usize = 3;

/// What came of requesting pages.
#[derive(Debug, Default)]
pub struct PageRequests {
    pages: usize,
    /// Total bytes of their texts.
    pub bytes: usize,
    /// How many drafts were taken out because their pages were not requested.
    pub left: usize,
    failed: usize,
    /// Why those failed, each reason once.
    whys: Vec<String>,
}

/// Makes drafts take their texts from their pages, and requests the pages of entries that are not
/// known yet. `from` is the address of the feed.
///
/// Takes out entries whose pages it does not request, because it was stopped or reached a limit:
/// once they are files with only the beginning, nothing would request the rest.
pub fn take_from_pages(
    http: &Http,
    drafts: &mut Vec<ArticleDraft>,
    from: &Link,
    known: &HashSet<String>,
    stop: &AtomicBool,
) -> PageRequests {
    let mut asked = PageRequests::default();
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

impl PageRequests {
    fn is_enough(&self) -> bool {
        self.pages >= MOST_PAGES || self.bytes >= MOST_BYTES
    }

    fn take(&mut self, draft: &mut ArticleDraft, page: Result<ArticleDraft, PageError>) {
        self.pages += 1;
        match page {
            Ok(page) => {
                self.bytes += page.body.len();
                draft.text = TextFrom::Page(Some(page.body));
                // Where its link led.
                draft.page = draft.page.and(page.page);
            }
            Err(error) => {
                self.failed += 1;
                let why = error.to_string();
                if !self.whys.contains(&why) {
                    self.whys.push(why);
                }
            }
        }
    }

    /// What there is to report, one sentence each.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let came = match self.failed {
            1 => "1 article came without its full text".to_owned(),
            failed => format!("{failed} articles came without their full texts"),
        };
        let failed = (self.failed > 0).then(|| {
            let (named, others) = self.whys.split_at(self.whys.len().min(MOST_REASONS));
            let more = if others.is_empty() { "" } else { "; …" };
            let whys = named.join("; ");
            format!("{came}: {whys}{more} (`full-text` in the reader asks again)")
        });
        let left = match self.left {
            0 => None,
            1 => Some("1 article is left for the next fetch, with its full text".to_owned()),
            left => Some(format!(
                "{left} articles are left for the next fetch, with their full texts"
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
    use crate::feeds::read::{FeedEntry, ParsedFeed, TextMarkup};

    fn entry(number: usize) -> FeedEntry {
        FeedEntry {
            guid: number.to_string(),
            title: Some(TextMarkup::Text(number.to_string())),
            link: Some(format!("http://127.0.0.1:1/{number}")),
            ..FeedEntry::default()
        }
    }

    /// Drafts of this many entries, whose pages are on this machine.
    fn of(entries: usize) -> Vec<ArticleDraft> {
        let contents = ParsedFeed {
            entries: (0..entries).map(entry).collect(),
            ..ParsedFeed::default()
        };
        let now = "2026-03-05T10:00:00Z".parse().expect("a time");
        drafts(&Feed::default(), &contents, now).0
    }

    /// Requests those pages, none of which a feed on the Internet may lead to.
    fn asked(drafts: &mut Vec<ArticleDraft>, known: &[&str], stop: bool) -> PageRequests {
        let from = Link::parse("https://1.1.1.1/feed").expect("a link");
        let known = known.iter().map(|guid| (*guid).to_owned()).collect();
        take_from_pages(&Http::default(), drafts, &from, &known, &stop.into())
    }

    fn said(asked: &PageRequests) -> Vec<String> {
        asked.notes().collect()
    }

    #[test]
    fn a_feed_on_the_internet_does_not_lead_into_this_network() {
        let said = said(&asked(&mut of(1), &[], false));
        let why = "127.0.0.1 leads to a private address, which is refused";
        let came = "1 article came without its full text";
        let why = format!("{came}: {why} (`full-text` in the reader asks again)");
        assert_eq!(said, [why]);
    }

    #[test]
    fn entries_whose_pages_are_not_asked_are_left_to_the_next_fetch() {
        let mut drafts = of(3);
        let asked = asked(&mut drafts, &["1"], true);
        let guids: Vec<&str> = drafts.iter().map(|it| it.origin.guid.as_str()).collect();
        assert_eq!(guids, ["1"], "what is a file already stays so");
        assert_eq!((asked.pages, asked.left), (0, 2));
        let left = "2 articles are left for the next fetch, with their full texts";
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
