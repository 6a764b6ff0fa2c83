//! An article with every field of the format, as its file gives it. Texts are raw: whoever shows
//! one puts it through `format::Clean`. Not what the library keeps in memory for each article.

use super::{Moment, Signals};

/// One file of the library, read whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// What `format`'s table of roles says, else the heading that the body begins with, else the
    /// name of the file or its folder. Never empty.
    pub title: String,
    pub excerpt: String,
    pub bio: String,
    pub categories: Vec<String>,
    /// Who wrote it; the provider may name more.
    pub authors: Vec<String>,
    /// The front matter's `type`: article, video, course, … any word.
    pub kind: Option<String>,
    /// What `format`'s table of roles says, else the date that the name of the file or of its folder
    /// starts with.
    pub published_at: Option<Moment>,
    pub updated_at: Option<Moment>,
    pub urls: Urls,
    pub quality: Option<i64>,
    /// `-1`: another article leads this story.
    pub heat: Option<i64>,
    pub flags: Flags,
    /// What its site may go by.
    pub signals: Signals,
    pub provider: Provider,
    pub topics: Vec<String>,
    /// What it is a part of.
    pub series: Option<String>,
    pub language: Option<String>,
    /// Its place among its neighbours.
    pub weight: Option<i64>,
    /// The name of its page.
    pub slug: Option<String>,
    /// Other addresses of its page.
    pub aliases: Vec<String>,
    pub levels: Vec<String>,
    pub images: Vec<Image>,
    pub related: Vec<Related>,
    /// Of a collection: names of other files, such as `videos/how-to-start`.
    pub items: Vec<String>,
    /// Seconds, from an ISO 8601 duration.
    pub length: Option<u32>,
    pub price: Option<String>,
    pub ratings: Option<Ratings>,
    pub actions: Vec<Action>,
    pub members: Option<i64>,
    pub twitter: Option<Person>,
    pub linkedin: Option<Person>,
    pub affiliation: Option<Provider>,
    pub location: Option<String>,
    /// The links in `featuredContent`, whose markup is never shown.
    pub featured: Vec<String>,
    pub secured: Option<Secured>,
    /// Fields that the format does not name, each with its value on one line.
    pub more: Vec<(String, String)>,
}

/// Where an article can be opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Urls {
    pub original: Option<String>,
    pub web: Option<String>,
    pub amp: Option<String>,
    pub cdn_amp: Option<String>,
    pub website: Option<String>,
}

impl Urls {
    /// The page the article points to: `originalUrl`, else `webUrl`, else `website`.
    ///
    /// The first that is there, even if it then turns out not to be fit for opening: another page
    /// is never opened in its stead.
    pub fn original(&self) -> Option<&str> {
        self.original
            .as_deref()
            .or(self.web.as_deref())
            .or(self.website.as_deref())
    }

    /// All that are there, each with the name of its field, the original first.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("originalUrl", &self.original),
            ("webUrl", &self.web),
            ("website", &self.website),
            ("ampWebUrl", &self.amp),
            ("cdnAmpWebUrl", &self.cdn_amp),
        ]
        .into_iter()
        .filter_map(|(name, url)| url.as_deref().map(|url| (name, url)))
    }
}

/// What the file says of its own publication. `None`: it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    pub published: Option<bool>,
    pub removed: Option<bool>,
    pub deleted: Option<bool>,
}

/// Who published an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provider {
    pub name: String,
    pub domain: String,
    pub images: Vec<Image>,
    pub authors: Vec<String>,
}

impl Provider {
    /// The name, else the domain, else nothing.
    pub fn label(&self) -> &str {
        if self.name.is_empty() {
            &self.domain
        } else {
            &self.name
        }
    }
}

/// A picture that an article names; it is never fetched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    /// May be relative to the site.
    pub url: String,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    pub title: Option<String>,
    pub attribution: Option<String>,
    pub is_cached: Option<bool>,
}

/// An article that a file lists as related; it need not be in the library.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Related {
    pub title: String,
    pub excerpt: String,
    pub published_at: Option<Moment>,
    pub urls: Urls,
    pub kind: Option<String>,
    pub quality: Option<i64>,
    pub provider: Provider,
    pub images: Vec<Image>,
}

/// How readers of a course or sample rated it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ratings {
    pub count: Option<i64>,
    pub average: Option<f64>,
}

/// Something one can do with an article elsewhere, such as downloading a sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Action {
    pub title: Option<String>,
    /// The action's `type`, such as `download`.
    pub kind: Option<String>,
    pub url: String,
    pub attribution: Option<String>,
}

/// Somebody's account elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub username: Option<String>,
    pub url: Option<String>,
    pub followers: Option<i64>,
}

/// Opaque ciphertext, of which only the size is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secured {
    /// Bytes of the value as it stands in the file, without its quotes.
    pub bytes: usize,
}
