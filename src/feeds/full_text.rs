//! The full text of the entries of a feed that only gives a beginning: that of their pages.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::article::{Draft, TextFrom};
use super::http::Http;
use super::page::page;
use crate::format::link::Link;

/// Has drafts take their text from their pages, and asks those of entries that are not known yet.
/// Returns what there is to say about it. `from` is the address of the feed.
pub fn take_from_pages(
    http: &Http,
    drafts: &mut [Draft],
    from: &Link,
    known: &HashSet<String>,
    stop: &AtomicBool,
) -> Option<String> {
    let mut failed = 0;
    let mut why = None;
    for draft in drafts {
        draft.text = TextFrom::Page(None);
        if known.contains(&draft.origin.guid) || stop.load(Ordering::Relaxed) {
            continue;
        }
        let url = draft.article.urls.original.as_deref();
        let Some(url) = url.and_then(|url| Link::parse(url).ok()) else {
            continue;
        };
        match page(http, &url, Some(from)) {
            Ok(page) => draft.text = TextFrom::Page(Some(page.body)),
            Err(error) => {
                failed += 1;
                why.get_or_insert(error.to_string());
            }
        }
    }
    let why = why?;
    Some(match failed {
        1 => format!("the full text of 1 article was not found: {why}"),
        _ => format!("the full texts of {failed} articles were not found: {why}"),
    })
}
