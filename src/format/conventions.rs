//! How a site's front matter differs from the usual. Recognising a site, and deciding what it
//! publishes, happens elsewhere.

use std::sync::Arc;

use super::roles::{FieldRole, folded};

/// Conventions for reading a file; the default if no generator was recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conventions {
    pub dates: DateOrder,
    pub categories: Categories,
    pub words: ListSeparator,
    pub bare: Bare,
    /// Names that a person has added to roles.
    pub names: Arc<[AddedName]>,
    pub languages: Arc<Languages>,
}

/// A field name that a person has added to a role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddedName {
    /// In the form in which keys are compared.
    folded: String,
    pub role: FieldRole,
}

impl AddedName {
    pub fn new(name: &str, role: FieldRole) -> Self {
        Self {
            folded: folded(name).map(char::from).collect(),
            role,
        }
    }

    pub(super) fn is(&self, key: &str) -> bool {
        folded(key).eq(self.folded.bytes())
    }
}

/// The languages of a multilingual site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Languages {
    /// Those named in its configuration.
    pub of_site: Vec<String>,
    /// The language of the folder, if its path names one.
    pub of_folder: Option<String>,
}

impl Languages {
    /// The language of a file: from its name, as in `tides.de.md`, or else from its folder.
    pub fn of_file(&self, name: &str) -> Option<&str> {
        if self.of_site.is_empty() {
            return self.of_folder.as_deref();
        }
        let mut parts = name.rsplit('.').skip(1);
        let (last, before) = (parts.next()?, parts.next());
        let named = self.of_site.iter().find(|it| it.eq_ignore_ascii_case(last));
        let named = named.filter(|_| before.is_some());
        named.or(self.of_folder.as_ref()).map(String::as_str)
    }
}

/// Which of several dates counts as the publication date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    #[default]
    Usual,
    /// `publishDate`, `pubdate`, `published`, `date`.
    Hugo,
}

/// How the site treats categories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Categories {
    #[default]
    BesideTopics,
    /// The site has no tags beside them, as in Quarto: they are topics as well.
    AsTopics,
}

/// How several topics or categories are written in one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListSeparator {
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
