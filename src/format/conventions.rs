//! How the site that a file belongs to writes its front matter, as far as that differs from what is
//! usual. Not for how a site is recognised, nor for what it publishes.

/// What reading a file goes by; the default where no generator was recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conventions {
    pub dates: DateOrder,
    pub categories: Categories,
    pub words: Words,
    pub bare: Bare,
}

/// Of several dates, which counts as that of the publication.
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

/// How several topics or categories stand in one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    /// Split by commas or semicolons.
    #[default]
    Commas,
    /// Under the plural keys split by blanks, as Jekyll does.
    Blanks,
}

/// What a file without front matter is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bare {
    /// An article, if its text begins with a heading or its name with a date.
    #[default]
    Article,
    Skipped,
}
