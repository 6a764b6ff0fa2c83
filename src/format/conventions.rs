//! How a site writes its front matter, where that differs from what is usual. Recognising a site,
//! and what it publishes, are elsewhere.

/// Conventions for reading a file; the default if no generator was recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conventions {
    pub dates: DateOrder,
    pub categories: Categories,
    pub words: Words,
    pub bare: Bare,
}

/// Which of several dates counts as that of publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    #[default]
    Usual,
    /// `publishDate`, `pubdate`, `published`, `date`.
    Hugo,
}

/// What the site makes of categories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Categories {
    #[default]
    BesideTopics,
    /// There are no tags beside them, as in Quarto: they are topics as well.
    AsTopics,
}

/// How several topics or categories are written in one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    /// Separated by commas or semicolons.
    #[default]
    Commas,
    /// Separated by blanks under the plural keys, as in Jekyll.
    Blanks,
}

/// What a file without front matter is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bare {
    /// An article, if its text starts with a heading or its name with a date.
    #[default]
    Article,
    Skipped,
}
