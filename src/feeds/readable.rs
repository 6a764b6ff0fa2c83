//! The main text of a page, and what the page says about itself: a library finds them the way
//! browsers' reader views do, once we know that the page will not take it for ever.

use std::borrow::Cow;

use dom_smoothie::{Config, Readability, ReadabilityError};
use thiserror::Error;

use super::http::MAX_PAGE;
use super::read::{self, FeedEntry, FeedPicture, ParsedFeed, TextMarkup};
use crate::format::block::Document;
use crate::format::body;
use crate::format::catching;
use crate::format::html::is_deeper_than;
use crate::format::link::Link;

/// Most elements that are open at once.
const MAX_OPEN: usize = 512;
/// Most elements. The largest encyclopedia articles have a third of that.
const MAX_ELEMENTS: usize = 100_000;
/// A text with fewer words is only a notice.
const FEWEST_WORDS: usize = 20;

/// Why a page has no usable text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    #[error("it is not a page: its server says that it is {0}")]
    NoPage(String),
    #[error("the page is larger than {} MB", MAX_PAGE >> 20)]
    TooLarge,
    #[error("the page nests elements more than {MAX_OPEN} deep")]
    TooDeep,
    #[error("the page has more than {MAX_ELEMENTS} elements")]
    TooMany,
    #[error("no main text was found in the page")]
    NoText,
}

/// Reads a page: its site, and the page as an entry whose content is the main text.
///
/// # Errors
/// If it exceeds the limits, or has no main text.
pub fn readable(html: &str, url: &Link) -> Result<(ParsedFeed, FeedEntry), Unreadable> {
    if html.len() as u64 > MAX_PAGE {
        return Err(Unreadable::TooLarge);
    }
    let html = &*without_drawings(html);
    if is_deeper_than(MAX_OPEN, html) {
        return Err(Unreadable::TooDeep);
    }
    let found = catching(|| main_text(html, url)).ok_or(Unreadable::NoText)?;
    let article = found.map_err(|error| match error {
        ReadabilityError::TooManyElements(..) => Unreadable::TooMany,
        ReadabilityError::BadDocumentURL | ReadabilityError::GrabFailed => Unreadable::NoText,
    })?;
    let content = article.content.to_string();
    let text: Document = body::web_page(&content);
    if text.words() < FEWEST_WORDS {
        return Err(Unreadable::NoText);
    }
    let date = |time: Option<String>| read::date(&time?);
    let text = |text: String| (!text.trim().is_empty()).then_some(TextMarkup::Text(text));
    let published = date(article.published_time);
    let site = article.site_name.unwrap_or_else(|| host(url));
    let title = without_site(&article.title, &site).to_owned();
    let contents = ParsedFeed {
        title: site,
        ..ParsedFeed::default()
    };
    let entry = FeedEntry {
        title: text(title),
        link: Some(url.bare().as_str().to_owned()),
        summary: article.excerpt.and_then(text),
        content: Some(TextMarkup::Html(content)),
        published,
        updated: date(article.modified_time).filter(|at| published.is_some_and(|it| it < *at)),
        authors: article.byline.into_iter().collect(),
        images: article.image.into_iter().map(picture).collect(),
        ..FeedEntry::default()
    };
    Ok((contents, entry))
}

/// The page without its drawings, which hold no text. Unlike everything else, their shapes end in
/// `/>`.
fn without_drawings(html: &str) -> Cow<'_, str> {
    let lower = html.to_ascii_lowercase();
    let mut kept = String::new();
    let mut from = 0;
    while let Some(start) = lower[from..].find("<svg").map(|at| from + at)
        && let Some(end) = lower[start..].find("</svg>").map(|at| start + at + 6)
    {
        kept.push_str(&html[from..start]);
        from = end;
    }
    match from {
        0 => Cow::Borrowed(html),
        _ => Cow::Owned(kept + &html[from..]),
    }
}

fn main_text(html: &str, url: &Link) -> Result<dom_smoothie::Article, ReadabilityError> {
    let config = Config {
        max_elements_to_parse: MAX_ELEMENTS,
        ..Config::default()
    };
    Readability::new(html, Some(url.as_str()), Some(config))?.parse()
}

fn picture(url: String) -> FeedPicture {
    FeedPicture {
        url,
        ..FeedPicture::default()
    }
}

/// The title of a page without the name of its site at the end.
fn without_site<'t>(title: &'t str, site: &str) -> &'t str {
    let own = title.trim_end().strip_suffix(site).map(str::trim_end);
    let own = own.and_then(|own| own.strip_suffix(['-', '–', '—', '|', '·', '«', '»', ':']));
    own.map(str::trim_end)
        .filter(|own| !own.is_empty())
        .unwrap_or(title)
}

fn host(url: &Link) -> String {
    let host = url.host();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> Link {
        Link::parse("https://www.a.example/2026/tides?utm_source=x#top").expect("a link")
    }

    fn page(main: &str) -> String {
        format!(
            "<!doctype html><html><head><title>Tides - The A</title>\
             <meta property='og:site_name' content='The A'>\
             <meta property='og:description' content='What the moon does.'>\
             <meta property='article:published_time' content='2026-03-05T10:00:00+01:00'>\
             <meta name='author' content='Ada'><meta property='og:image' content='/moon.jpg'></head>\
             <body><nav><ul><li><a href='/'>Home</a><li><a href='/about'>About</a></ul></nav>\
             <article><h1>Tides</h1>{main}</article>\
             <footer>Subscribe to our letter. All rights reserved.</footer></body></html>"
        )
    }

    fn prose() -> String {
        "<p>The sea rises and falls twice a day, as it follows the moon, and a little the sun; \
         where the coast narrows, <a href='../bay'>the bay</a> adds metres to it.</p>"
            .repeat(4)
    }

    #[test]
    fn a_page_is_its_main_text_and_what_it_says_of_itself() {
        let (contents, entry) = readable(&page(&prose()), &link()).expect("a text");
        assert_eq!(contents.title, "The A");
        assert_eq!(entry.title, Some(TextMarkup::Text("Tides".into())));
        assert_eq!(
            entry.summary,
            Some(TextMarkup::Text("What the moon does.".into()))
        );
        let published = entry.published.map(|it| it.to_string());
        assert_eq!(published.as_deref(), Some("2026-03-05T09:00:00Z"));
        assert_eq!(entry.authors, ["Ada"]);
        assert_eq!(entry.images.len(), 1);
        let Some(TextMarkup::Html(content)) = entry.content else {
            panic!("no content");
        };
        assert!(content.contains("The sea rises"), "{content}");
        assert!(
            !content.contains("Subscribe") && !content.contains("Home"),
            "{content}"
        );
    }

    #[test]
    fn what_would_take_for_ever_is_refused_first() {
        let lists = "<ul><li>".repeat(5_000);
        assert_eq!(readable(&page(&lists), &link()), Err(Unreadable::TooDeep));
        let long = "<p>word</p>".repeat(500_000);
        assert_eq!(readable(&page(&long), &link()), Err(Unreadable::TooLarge));
        // Unclosed paragraphs, rows and items do not nest.
        let flat =
            prose() + &"<table><tr><td>1<tr><td>2</table><ul><li>a<li>b</ul><p>c<br>".repeat(600);
        assert!(readable(&page(&flat), &link()).is_ok());
        let drawn = prose() + "<SVG>" + &"<path d='M0'/>".repeat(600) + "</SVG>";
        assert!(readable(&page(&drawn), &link()).is_ok());
        let divs = "<div/>".repeat(600);
        assert_eq!(readable(&page(&divs), &link()), Err(Unreadable::TooDeep));
    }

    #[test]
    fn a_page_without_a_text_says_so() {
        for nothing in [
            "",
            "<p>Please enable JavaScript.</p>",
            "<script>app()</script>",
        ] {
            let found = readable(&page(nothing), &link());
            assert_eq!(found, Err(Unreadable::NoText), "{nothing}");
        }
    }
}
