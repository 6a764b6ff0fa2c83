//! What is wrong with a file, and why a file is not an article.

use std::fmt;
use std::path::PathBuf;

/// What a problem cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file: it is not in the library.
    Error,
    /// A field: the article is in the library without it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

/// A problem in a file, for people: what, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A path that works from where the program was started.
    pub path: PathBuf,
    pub place: Option<Place>,
    /// The field a warning is about.
    pub field: Option<String>,
    pub reason: String,
    pub hint: Option<String>,
}

/// Why a file is not an article although nothing is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skip {
    /// Its name starts with a dot.
    Hidden,
    /// Left behind by an editor: `x~`, `.x.swp`, `#x#`, `x.tmp`, `4913`.
    EditorTemporary,
    /// Its extension is not that of a file that can hold an article.
    OtherKind,
    /// A FIFO, a socket or a device; never opened.
    NotRegular,
    /// A symbolic link that leads out of its root.
    LinkOutside,
    /// A symbolic link that leads nowhere.
    LinkBroken,
    /// A symbolic link to itself, or to something already reached another way.
    LinkLoop,
    /// It has no front matter.
    NoFrontMatter,
    /// Its front matter gives no link, date, excerpt, bio or body: configuration or data.
    NotAnArticle,
    /// The page of a section: `_index.md`.
    Section,
    /// Its title or text consists only of template tags.
    Template,
    /// Its front matter is a program in JavaScript, which is not run.
    Script,
    /// A folder of a site's machinery: `_layouts`, `_includes`, `node_modules`, `_site` …
    SiteFolder,
    /// A site's configuration or data: `_config.yml`, `_quarto.yml`, `_data`.
    SiteData,
}

impl Skip {
    /// All reasons, in the order they are listed.
    pub const ALL: [Skip; 14] = [
        Skip::Hidden,
        Skip::EditorTemporary,
        Skip::OtherKind,
        Skip::NotRegular,
        Skip::LinkOutside,
        Skip::LinkBroken,
        Skip::LinkLoop,
        Skip::NoFrontMatter,
        Skip::NotAnArticle,
        Skip::Section,
        Skip::Template,
        Skip::Script,
        Skip::SiteFolder,
        Skip::SiteData,
    ];

    /// The reason, worded to follow a path: `notes.pdf: not a Markdown, HTML, YAML or text file`.
    pub fn reason(self) -> &'static str {
        match self {
            Skip::Hidden => "hidden",
            Skip::EditorTemporary => "an editor's temporary file",
            Skip::OtherKind => "not a Markdown, HTML, YAML or text file",
            Skip::NotRegular => "not a regular file",
            Skip::LinkOutside => "a link out of the library",
            Skip::LinkBroken => "a broken link",
            Skip::LinkLoop => "a link to itself, or to what is already in the library",
            Skip::NoFrontMatter => "no front matter",
            Skip::NotAnArticle => "has no link, date, excerpt or text",
            Skip::Section => "a section page",
            Skip::Template => "a template",
            Skip::Script => "front matter in JavaScript, which is not run",
            Skip::SiteFolder => "a folder of the site's machinery, skipped with everything in it",
            Skip::SiteData => "the site's configuration or data",
        }
    }
}
