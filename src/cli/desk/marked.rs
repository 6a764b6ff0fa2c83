//! A library with what was decided about its articles: what a query with `is:starred` is asked of.
//! It only looks; `decide` says what is to change.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use roaring::RoaringBitmap;

use crate::desk::follow::{Follows, match_marks};
use crate::desk::{Desk, DeskError, Marked};
use crate::format::link::canonical_key;
use crate::library::{ArticleId, ArticleRef, Depth, Library, Source, read_shown};
use crate::model::{Fingerprint, Identity, Mark};
use crate::query::{Clock, Found, Index, Marks, Query, Search};

/// The articles of a library and the marks that follow them.
pub struct MarkedLibrary {
    library: Library,
    /// The articles, in rising order; the two below are in the same.
    ids: Vec<ArticleId>,
    identities: Vec<Identity>,
    follows: Vec<Option<Follows>>,
    marks: Vec<Marked>,
}

impl MarkedLibrary {
    /// Loads a library, and finds the article of each mark of a desk.
    pub fn load(source: &Source, desk: &mut dyn Desk) -> Result<Self, DeskError> {
        Self::of(Library::load(source, Depth::List), source, desk)
    }

    /// Finds the article of each mark of a desk in a library that is loaded from `source`.
    pub fn of(library: Library, source: &Source, desk: &mut dyn Desk) -> Result<Self, DeskError> {
        let marks = desk.all()?;
        let mut ids: Vec<ArticleId> = library.ids().collect();
        ids.sort_unstable();
        let mut roots = Roots::of(source);
        let mut identities: Vec<Identity> = ids
            .iter()
            .map(|id| roots.identity(library.article(*id)))
            .collect();
        for (id, identity) in ids.iter().zip(&mut identities).filter(may_follow(&marks)) {
            identity.fingerprint = fingerprint(&library.article(*id).path());
        }
        Ok(Self {
            follows: match_marks(&identities, &marks).articles,
            library,
            ids,
            identities,
            marks,
        })
    }

    pub fn library(&self) -> &Library {
        &self.library
    }

    pub fn article(&self, id: ArticleId) -> ArticleRef<'_> {
        self.library.article(id)
    }

    /// All marks of the desk, whether their articles are here or not.
    pub fn marks(&self) -> &[Marked] {
        &self.marks
    }

    /// The marks of an article, that which new decisions go to first.
    pub fn marks_of(&self, id: ArticleId) -> impl Iterator<Item = &Marked> {
        let follows = self.place(id).and_then(|at| self.follows[at].as_ref());
        let places = follows.into_iter().flat_map(|it| {
            let first = std::iter::once(&it.mark);
            first.chain(&it.also)
        });
        places.filter_map(|place| self.marks.get(*place))
    }

    /// What an article is now, with its words where its file can be read.
    pub fn identity(&self, id: ArticleId) -> Identity {
        let known = self.place(id).map(|at| self.identities[at].clone());
        let mut identity = known.unwrap_or_default();
        if identity.fingerprint.is_none() {
            identity.fingerprint = fingerprint(&self.article(id).path());
        }
        identity
    }

    /// The articles that a query selects, in its order.
    pub fn select(&self, query: &Query, clock: &Clock) -> Vec<ArticleId> {
        let marks = self.by_row(clock.now);
        let search = Search {
            articles: self.library.articles(),
            // One question is answered sooner without than an index is made.
            index: &Index::default(),
            marks: &marks,
            clock,
            cancelled: &|| false,
        };
        let nobody_cancels = "a search that nobody cancels";
        let Found { mut certain, open } = search.find(query).expect(nobody_cancels);
        if let Some(open) = open {
            let decided = open.candidates.iter().filter(|row| {
                let path = self.article(ArticleId::from_row(*row)).path();
                open.decide_file(*row, &path)
            });
            certain.extend(decided);
        }
        search.sorted(query, &certain).expect(nobody_cancels)
    }

    /// What was decided, as queries ask for it.
    pub fn by_row(&self, now: Timestamp) -> Marks {
        let mut marks = Marks::default();
        let mut tags: BTreeMap<String, RoaringBitmap> = BTreeMap::new();
        for (id, follows) in self.ids.iter().zip(&self.follows) {
            let Some(follows) = follows else { continue };
            let row = id.row();
            let mark = follows.merged(&self.marks);
            for (set, holds) in [
                (&mut marks.read, mark.read),
                (&mut marks.starred, mark.starred),
                (&mut marks.done, mark.done),
                (&mut marks.later, is_put_off(&mark, now)),
                (&mut marks.staged, mark.publication.is_some()),
                (&mut marks.changed, follows.changed),
                (&mut marks.noted, !mark.note.is_empty()),
            ] {
                if holds {
                    set.insert(row);
                }
            }
            for tag in mark.tags {
                tags.entry(tag).or_default().insert(row);
            }
            let latest = self.marks_of(*id).filter_map(Marked::latest).max();
            if let Some(latest) = latest {
                marks.marked.insert(row, latest.when.as_second());
            }
        }
        marks.tags = tags.into_iter().collect();
        marks
    }

    fn place(&self, id: ArticleId) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }
}

fn is_put_off(mark: &Mark, now: Timestamp) -> bool {
    mark.later.is_some_and(|until| until > now)
}

/// The folder from which the file of an article is seen, as it can be opened.
pub fn root_of(article: ArticleRef<'_>) -> PathBuf {
    let path = article.path();
    let below = 1 + article.relative_folder().components().count();
    match path.ancestors().nth(below) {
        Some(root) if !root.as_os_str().is_empty() => root.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Tells where articles lie, whatever a person has called the folders.
struct Roots<'a> {
    source: &'a Source,
    /// By what a root was called, its absolute path.
    real: HashMap<PathBuf, PathBuf>,
}

impl<'a> Roots<'a> {
    fn of(source: &'a Source) -> Self {
        Self {
            source,
            real: HashMap::new(),
        }
    }

    /// All but the words of an article.
    fn identity(&mut self, article: ArticleRef<'_>) -> Identity {
        let named = root_of(article);
        let is_real = *self.source != Source::Sample;
        let root = self.real.entry(named).or_insert_with_key(|named| {
            let real = named.canonicalize().ok().filter(|_| is_real);
            real.unwrap_or_else(|| named.clone())
        });
        let relative = article.relative_folder().join(article.file_name());
        Identity::new(root, &relative, canonical_key(article.original()), None)
    }
}

/// Whether an article may be one that was marked, so that its words have to be compared. Other files
/// need not be read.
fn may_follow<'a>(marks: &'a [Marked]) -> impl FnMut(&(&ArticleId, &mut Identity)) -> bool + 'a {
    let compared = || {
        let identities = marks.iter().map(|it| &it.identity);
        identities.filter(|it| it.fingerprint.is_some())
    };
    let names: HashSet<&str> = compared().map(Identity::name).collect();
    let pages: HashSet<u64> = compared().filter_map(|it| it.page).collect();
    move |(_, it)| names.contains(it.name()) || it.page.is_some_and(|page| pages.contains(&page))
}

/// Of what a file says; `None` where it cannot be read.
fn fingerprint(path: &Path) -> Option<Fingerprint> {
    let shown = read_shown(path).ok()?;
    let article = &shown.article;
    let excerpt = if article.excerpt.is_empty() {
        &article.bio
    } else {
        &article.excerpt
    };
    Some(Fingerprint::of(&article.title, excerpt, &shown.body))
}
