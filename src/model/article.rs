//! An article with every field of the format, as its file gives it. Texts are raw: whoever shows
//! one sanitises it with `format::Clean`. The library keeps less than this in memory.

use super::{ListedFields, Moment, Signals};

/// One file of the library, read whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// From `format`'s table of roles, or else the body's first heading, or else the name of the
    /// file or its folder. Never empty.
    pub title: String,
    pub excerpt: String,
    pub bio: String,
    pub categories: Vec<String>,
    /// The authors; the provider may name more.
    pub authors: Vec<String>,
    /// From `format`'s table of roles, or else the date that the name of the file or its folder
    /// starts with.
    pub published_at: Option<Moment>,
    pub updated_at: Option<Moment>,
    pub urls: Urls,
    /// The plain fields that lists keep.
    pub listed: ListedFields,
    /// Fields that its generator may use to decide publication.
    pub signals: Signals,
    pub provider: Provider,
    pub topics: Vec<String>,
    /// Its position among its neighbours.
    pub weight: Option<i64>,
    /// The name of its page.
    pub slug: Option<String>,
    /// Other addresses of its page.
    pub aliases: Vec<String>,
    pub levels: Vec<String>,
    pub images: Vec<Image>,
    pub related: Vec<Related>,
    /// For a collection: names of other files, such as `videos/how-to-start`.
    pub items: Vec<String>,
    /// Seconds, from an ISO 8601 duration.
    pub length: Option<u32>,
    pub price: Option<String>,
    pub ratings: Option<Ratings>,
    pub actions: Vec<ArticleAction>,
    pub members: Option<i64>,
    pub twitter: Option<Person>,
    pub linkedin: Option<Person>,
    pub affiliation: Option<Provider>,
    pub location: Option<String>,
    /// The links in `featuredContent`, whose markup is never shown.
    pub featured: Vec<String>,
    pub secured: Option<Secured>,
    /// The keys of fields without a role.
    pub keys: Vec<String>,
    /// Fields that the format does not know, each with its value on one line.
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
    /// The first one present, even if it turns out to be unfit for opening: another page is never
    /// opened in its place.
    pub fn original(&self) -> Option<&str> {
        self.original
            .as_deref()
            .or(self.web.as_deref())
            .or(self.website.as_deref())
    }

    /// The same, to be kept.
    pub fn into_original(self) -> Option<String> {
        self.original.or(self.web).or(self.website)
    }

    /// All URLs present, each with the name of its field, the original first.
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

/// Who published an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provider {
    pub name: String,
    pub domain: String,
    pub images: Vec<Image>,
    pub authors: Vec<String>,
}

impl Provider {
    /// The name, or else the domain, or else nothing.
    pub fn label(&self) -> &str {
        if self.name.is_empty() {
            &self.domain
        } else {
            &self.name
        }
    }
}

/// A picture named by an article; it is never fetched.
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

/// How readers rated a course or sample.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ratings {
    pub count: Option<i64>,
    pub average: Option<f64>,
}

/// Something to do with an article elsewhere, such as downloading a sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleAction {
    pub title: Option<String>,
    /// The action's `type`, such as `download`.
    pub kind: Option<String>,
    pub url: String,
    pub attribution: Option<String>,
}

/// A person's account elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub username: Option<String>,
    pub url: Option<String>,
    pub followers: Option<i64>,
}

/// Opaque ciphertext; only its size is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secured {
    /// Bytes of the value as written in the file, without its quotes.
    pub bytes: usize,
}
