//! The contents of a snapshot other than articles: its own description, names, folders, files that
//! are not articles, diagnostics. Plain data, written with `postcard`.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::extent::Extent;
use super::picture::{LibraryPicture, NonArticles, Warnings};
use super::places::{Bases, Placed, bytes, path};
use crate::format::SiteOverrides;
use crate::library::batch::{NonArticleReason, RootFolder};
use crate::library::file_index::Stamp;
use crate::library::stories::KeptWishes;
use crate::library::{Articles, Facet};
use crate::model::{Diagnostic, ListedName, Place, Severity, Skip};

/// The contents of a snapshot.
#[derive(Debug, Serialize, Deserialize)]
pub struct Contents {
    /// As the system spells them.
    pub roots: Vec<Vec<u8>>,
    pub files: u64,
    pub articles: u32,
    /// How the texts of chunks are written.
    pub spellings: Vec<Extent>,
    pub chunks: Vec<ChunkExtent>,
    pub sets: Extent,
    pub by_key: Extent,
    pub by_page: Extent,
    /// What is kept for [`Beside`](super::Beside).
    pub beside: Vec<Extent>,
    /// What a person decided about stories, and the stories if they had been grouped.
    pub wishes: KeptWishes,
    pub stories: Option<Extent>,
    pub about: About,
}

/// Number of facets stored.
pub const FACETS: usize = OF_ALL + ListedName::COUNT;
/// How many of these come before the listed names.
const OF_ALL: usize = 6;

/// The facets of a library, in storage order.
pub fn facets(articles: &Articles) -> [&Facet; FACETS] {
    let of_all: [&Facet; OF_ALL] = [
        articles.topics(),
        articles.authors(),
        articles.categories(),
        articles.providers(),
        articles.domains(),
        articles.key_sets(),
    ];
    std::array::from_fn(|at| match of_all.get(at) {
        Some(facet) => *facet,
        None => articles.names(ListedName::ALL[at - OF_ALL]),
    })
}

/// Where a chunk of articles is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ChunkExtent {
    /// Its number among the spellings.
    pub spelling: u32,
    pub numbers: Extent,
    pub text: Extent,
}

/// What articles refer to, and notes about files that are not articles.
#[derive(Debug, Serialize, Deserialize)]
pub struct About {
    /// Names of each facet, in the order of [`facets`].
    pub names: [Vec<String>; FACETS],
    folders: Vec<StoredFolder>,
    noted: Vec<StoredNote>,
    warnings: Vec<StoredDiagnostic>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredFolder {
    path: Placed,
    relative: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredNote {
    path: Placed,
    stamp: u64,
    what: StoredWhat,
}

#[derive(Debug, Serialize, Deserialize)]
enum StoredWhat {
    /// Index in [`Skip::ALL`].
    Skip(u8),
    Error(StoredDiagnostic),
}

/// Whether it is an error or a warning follows from where it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct StoredDiagnostic {
    path: Placed,
    place: Option<(u32, u32)>,
    field: Option<String>,
    reason: String,
    hint: Option<String>,
}

impl About {
    /// `None` if a path is below none of the roots.
    pub fn from_picture(picture: &LibraryPicture, bases: &Bases) -> Option<Self> {
        let names = |facet: &Facet| facet.names().iter().map(str::to_owned).collect();
        let folder = |folder: &Arc<RootFolder>| {
            Some(StoredFolder {
                path: bases.place(&folder.path)?,
                relative: bytes(&folder.relative),
            })
        };
        let note = |(path, (stamp, note)): (&PathBuf, &(Stamp, NonArticleReason))| {
            Some(StoredNote {
                path: bases.place(path)?,
                stamp: stamp.0,
                what: match note {
                    NonArticleReason::Skip(skip) => StoredWhat::Skip(number(*skip)?),
                    NonArticleReason::Error(error) => {
                        StoredWhat::Error(StoredDiagnostic::new(error, bases)?)
                    }
                },
            })
        };
        let warnings = picture.warnings.values().flatten();
        Some(Self {
            names: facets(&picture.articles).map(names),
            folders: picture
                .articles
                .folders
                .iter()
                .map(folder)
                .collect::<Option<_>>()?,
            noted: picture.noted.iter().map(note).collect::<Option<_>>()?,
            warnings: warnings
                .map(|warning| StoredDiagnostic::new(warning, bases))
                .collect::<Option<_>>()?,
        })
    }

    /// The folders of a library with these `overrides`.
    pub fn folders(
        &mut self,
        bases: &Bases,
        overrides: &Arc<SiteOverrides>,
    ) -> Option<Vec<Arc<RootFolder>>> {
        let folder = |folder: StoredFolder| {
            Some(Arc::new(RootFolder {
                path: bases.find(folder.path)?,
                relative: path(folder.relative),
                overrides: Arc::clone(overrides),
            }))
        };
        std::mem::take(&mut self.folders)
            .into_iter()
            .map(folder)
            .collect()
    }

    /// The files that are not articles; `None` if one occurs twice.
    pub fn noted(&mut self, bases: &Bases) -> Option<NonArticles> {
        let stored = std::mem::take(&mut self.noted);
        let count = stored.len();
        let note = |note: StoredNote| {
            let what = match note.what {
                StoredWhat::Skip(number) => {
                    NonArticleReason::Skip(*Skip::ALL.get(usize::from(number))?)
                }
                StoredWhat::Error(error) => {
                    NonArticleReason::Error(error.found(Severity::Error, bases)?)
                }
            };
            Some((bases.find(note.path)?, (Stamp(note.stamp), what)))
        };
        let noted: NonArticles = stored.into_iter().map(note).collect::<Option<_>>()?;
        (noted.len() == count).then_some(noted)
    }

    pub fn warnings(&mut self, bases: &Bases) -> Option<Warnings> {
        let mut warnings = Warnings::new();
        for stored in std::mem::take(&mut self.warnings) {
            let warning = stored.found(Severity::Warning, bases)?;
            let of_its_file = warnings.entry(warning.path.clone()).or_default();
            of_its_file.push(warning);
        }
        Some(warnings)
    }
}

impl StoredDiagnostic {
    fn new(diagnostic: &Diagnostic, bases: &Bases) -> Option<Self> {
        Some(Self {
            path: bases.place(&diagnostic.path)?,
            place: diagnostic.place.map(|place| (place.line, place.column)),
            field: diagnostic.field.clone(),
            reason: diagnostic.reason.clone(),
            hint: diagnostic.hint.clone(),
        })
    }

    fn found(self, severity: Severity, bases: &Bases) -> Option<Diagnostic> {
        Some(Diagnostic {
            severity,
            path: bases.find(self.path)?,
            place: self.place.map(|(line, column)| Place { line, column }),
            field: self.field,
            reason: self.reason,
            hint: self.hint,
        })
    }
}

fn number(skip: Skip) -> Option<u8> {
    let at = Skip::ALL.iter().position(|other| *other == skip)?;
    u8::try_from(at).ok()
}
