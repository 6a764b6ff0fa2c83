//! A headline on its way from the thread that reads files to the one that applies them. It is in few
//! pieces: the allocator takes long to free on one thread what another one has taken, and each piece that
//! another processor has written takes long to be looked at for the first time.

use crate::format::Headline;
use crate::model::{Has, ListedFields, ListedName, Moment, SitePublication};

/// What a library keeps of a [`Headline`], with all texts next to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct CompactHeadline {
    texts: String,
    /// Where each text ends: first those that every headline has, then categories, topics and authors.
    ends: Vec<usize>,
    categories: usize,
    topics: usize,
    /// The pages of its URLs, then those of entries that may retell it.
    pages: Vec<u64>,
    own_pages: usize,
    /// The plain fields except names.
    pub listed: ListedFields,
    pub published_at: Option<Moment>,
    pub updated_at: Option<Moment>,
    pub publication: SitePublication,
    pub has: Has,
    pub length: Option<u32>,
    pub rating: Option<f64>,
    pub related: u16,
    pub body: u32,
}

/// The places of texts that every headline has. Names of listed fields follow.
const TITLE: usize = 0;
const EXCERPT: usize = 1;
const ORIGINAL: usize = 2;
const PROVIDER: usize = 3;
const DOMAIN: usize = 4;
const KEYS: usize = 5;
const NAMES: usize = 6;
const LISTS: usize = NAMES + ListedName::COUNT;

/// Room for the names of listed fields and the texts of lists, in bytes, and for their number. There is
/// seldom more, which then takes longer.
const SHORT: usize = 96;
const FEW: usize = 6;

impl From<Headline> for CompactHeadline {
    fn from(mut headline: Headline) -> Self {
        let names = ListedName::ALL.map(|name| headline.listed[name].take().unwrap_or_default());
        let single = [
            &headline.title,
            &headline.excerpt,
            &headline.original,
            &headline.provider,
            &headline.domain,
            &headline.keys,
        ];
        let lists = [&headline.categories, &headline.topics, &headline.authors];
        let length: usize = single.iter().map(|text| text.len()).sum();
        let mut texts = String::with_capacity(length + SHORT);
        let mut ends = Vec::with_capacity(LISTS + FEW);
        let mut add = |text: &String| {
            texts.push_str(text);
            ends.push(texts.len());
        };
        single.into_iter().for_each(&mut add);
        names.iter().for_each(&mut add);
        for list in lists {
            list.iter().for_each(&mut add);
        }
        let own_pages = headline.pages.len();
        let mut pages = headline.pages;
        pages.extend(headline.retold);
        Self {
            texts,
            ends,
            categories: headline.categories.len(),
            topics: headline.topics.len(),
            pages,
            own_pages,
            listed: headline.listed,
            published_at: headline.published_at,
            updated_at: headline.updated_at,
            publication: headline.publication,
            has: headline.has,
            length: headline.length,
            rating: headline.rating,
            related: headline.related,
            body: headline.body,
        }
    }
}

impl CompactHeadline {
    pub fn title(&self) -> &str {
        self.text(TITLE)
    }

    pub fn excerpt(&self) -> &str {
        self.text(EXCERPT)
    }

    pub fn original(&self) -> &str {
        self.text(ORIGINAL)
    }

    pub fn provider(&self) -> &str {
        self.text(PROVIDER)
    }

    pub fn domain(&self) -> &str {
        self.text(DOMAIN)
    }

    pub fn keys(&self) -> &str {
        self.text(KEYS)
    }

    /// A name, or nothing.
    pub fn name(&self, field: ListedName) -> &str {
        self.text(NAMES + field as usize)
    }

    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.list(LISTS, LISTS + self.categories)
    }

    pub fn topics(&self) -> impl Iterator<Item = &str> {
        let start = LISTS + self.categories;
        self.list(start, start + self.topics)
    }

    pub fn authors(&self) -> impl Iterator<Item = &str> {
        self.list(LISTS + self.categories + self.topics, self.ends.len())
    }

    pub fn pages(&self) -> &[u64] {
        &self.pages[..self.own_pages]
    }

    pub fn retold(&self) -> &[u64] {
        &self.pages[self.own_pages..]
    }

    fn list(&self, start: usize, end: usize) -> impl Iterator<Item = &str> {
        (start..end).map(|at| self.text(at))
    }

    fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start..self.ends[at]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_stays_what_it_is() {
        let texts = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
        let compact = CompactHeadline::from(Headline {
            title: "A boat".to_owned(),
            excerpt: "It came back.".to_owned(),
            original: "https://harbour.example/a".to_owned(),
            provider: "Harbour".to_owned(),
            domain: "harbour.example".to_owned(),
            keys: "weather\nwind".to_owned(),
            listed: ListedFields::default().with(ListedName::Series, "Boats".to_owned()),
            categories: texts(&["news"]),
            topics: texts(&["Wind", "Été"]),
            authors: texts(&["A", "B"]),
            pages: vec![1, 2],
            retold: vec![3],
            ..Headline::default()
        });
        let single = [
            compact.title(),
            compact.excerpt(),
            compact.original(),
            compact.provider(),
            compact.domain(),
            compact.keys(),
            compact.name(ListedName::Kind),
            compact.name(ListedName::Series),
        ];
        let expected = [
            "A boat",
            "It came back.",
            "https://harbour.example/a",
            "Harbour",
            "harbour.example",
            "weather\nwind",
            "",
            "Boats",
        ];
        assert_eq!(single, expected);
        assert!(compact.categories().eq(["news"]));
        assert!(compact.topics().eq(["Wind", "Été"]));
        assert!(compact.authors().eq(["A", "B"]));
        assert_eq!((compact.pages(), compact.retold()), (&[1, 2][..], &[3][..]));
    }
}
