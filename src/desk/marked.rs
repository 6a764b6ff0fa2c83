//! Articles with their marks: what queries such as `is:starred` run on, and what decisions apply
//! to. It reads and matches, and stores nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use roaring::RoaringBitmap;

use super::Marked;
use super::follow::{By, Follows, Matches, match_marks};
use crate::format::link::canonical_key;
use crate::library::{ArticleId, ArticleRef, Articles, Source, Stamp, read_shown};
use crate::model::{Fingerprint, Identity, Mark, Subject, Transaction};
use crate::query::Marks;

/// Most articles without a page to read in search of renamed ones.
const MOST_WITHOUT_PAGE: usize = 2_000;

/// A snapshot of the articles, and the marks that follow them.
pub struct MarkedArticles {
    articles: Articles,
    source: Source,
    marks: Vec<Marked>,
    /// The marks of each marked article.
    follows: BTreeMap<ArticleId, Follows>,
    /// Fingerprints of articles that were compared with marks, by version of the file, so that each
    /// file is read once.
    words: HashMap<(ArticleId, Stamp), Option<Fingerprint>>,
    /// Articles whose words are not known yet.
    unread: Vec<ArticleId>,
}

/// How much is known of the articles' words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// All that is needed, as before.
    Known,
    /// The last of them was read just now.
    Read,
    /// Some are still to be read.
    Missing,
}

impl MarkedArticles {
    /// Matches marks and articles. Whether articles have changed since they were decided on is
    /// found out later: see [`Self::read_words`].
    pub fn new(articles: Articles, source: Source, marks: Vec<Marked>) -> Self {
        let mut marked = Self {
            articles,
            source,
            marks,
            follows: BTreeMap::new(),
            words: HashMap::new(),
            unread: Vec::new(),
        };
        marked.match_again();
        marked
    }

    /// Reads the words of articles that were decided on, at most `most` files. Once all are read,
    /// finds out which have changed since.
    pub fn read_words(&mut self, most: usize) -> Words {
        if self.unread.is_empty() {
            return Words::Known;
        }
        let left = self.unread.len().saturating_sub(most);
        for id in self.unread.split_off(left) {
            let article = self.articles.article(id);
            let words = fingerprint(&article.path());
            self.words.insert((id, article.stamp()), words);
        }
        if !self.unread.is_empty() {
            return Words::Missing;
        }
        self.match_again();
        Words::Read
    }

    /// Switches to another snapshot of the articles.
    pub fn set_articles(&mut self, articles: Articles) {
        self.articles = articles;
        self.match_again();
    }

    /// Takes marks that others have changed.
    pub fn take_news(&mut self, news: Vec<Marked>) {
        let mut places = self.places();
        for marked in news {
            match places.get(&marked.subject) {
                Some(place) => self.marks[*place] = marked,
                None => {
                    places.insert(marked.subject, self.marks.len());
                    self.marks.push(marked);
                }
            }
        }
        self.match_again();
    }

    /// Takes a transaction that was kept. `decided` are its articles: they say to which of them a
    /// new mark belongs.
    pub fn note(&mut self, transaction: &Transaction, decided: &[(Subject, ArticleId, Identity)]) {
        let mut places = self.places();
        for change in &transaction.changes {
            let place = match places.get(&change.article) {
                Some(place) => *place,
                None => {
                    let Some((.., id, identity)) = decided.iter().find(|it| it.0 == change.article)
                    else {
                        continue;
                    };
                    let place = self.marks.len();
                    self.marks.push(Marked {
                        subject: change.article,
                        identity: identity.clone(),
                        seen: identity.fingerprint,
                        mark: Mark::default(),
                        stamps: Vec::new(),
                    });
                    places.insert(change.article, place);
                    self.follows.entry(*id).or_insert(Follows {
                        mark: place,
                        also: Vec::new(),
                        by: By::File,
                        changed: false,
                    });
                    place
                }
            };
            let marked = &mut self.marks[place];
            marked.mark.set(&change.field, &change.after);
            marked.stamps.retain(|(field, _)| *field != change.field);
            marked.stamps.push((
                change.field.clone(),
                crate::model::Stamp {
                    when: transaction.when,
                    transaction: transaction.id,
                },
            ));
        }
        // Whoever decides on an article knows what it says now.
        for (subject, id, identity) in decided {
            if let Some(follows) = self.follows.get_mut(id) {
                follows.changed = false;
            }
            if let Some(place) = places.get(subject) {
                self.marks[*place].identity = identity.clone();
                self.marks[*place].seen = identity.fingerprint;
            }
        }
    }

    fn places(&self) -> HashMap<Subject, usize> {
        let subjects = self.marks.iter().map(|it| it.subject);
        subjects.zip(0..).collect()
    }

    /// Only articles whose name or page occurs among the marks can be followed, so only those are
    /// compared; and those without a page, if the file of a mark without a page is missing.
    fn match_again(&mut self) {
        self.follows.clear();
        self.unread.clear();
        if self.marks.is_empty() {
            return;
        }
        let mut ids = self.likely();
        let mut matches = self.match_with(&ids);
        let is_lost = |place: &usize| {
            let marked = &self.marks[*place];
            marked.identity.page.is_none() && marked.seen.is_some()
        };
        if matches.waiting.iter().any(is_lost)
            && let Some(more) = self.without_page(&ids)
        {
            ids.extend(more);
            matches = self.match_with(&ids);
        }
        let compares = self.marks.iter().any(|it| it.seen.is_some());
        let is_unread = |id: &&ArticleId| {
            compares
                && !self
                    .words
                    .contains_key(&(**id, self.articles.article(**id).stamp()))
        };
        self.unread = ids.iter().filter(is_unread).copied().collect();
        self.follows = ids
            .into_iter()
            .zip(matches.articles)
            .filter_map(|(id, follows)| Some((id, follows?)))
            .collect();
    }

    /// The articles that share the name or the page of a mark.
    fn likely(&self) -> Vec<ArticleId> {
        let names: HashSet<&str> = self.marks.iter().map(|it| it.identity.name()).collect();
        let pages: HashSet<u64> = self
            .marks
            .iter()
            .filter_map(|it| it.identity.page)
            .collect();
        let may_follow = |id: &ArticleId| {
            let article = self.articles.article(*id);
            article.pages().iter().any(|page| pages.contains(page))
                || names.contains(article.file_name().to_string_lossy().as_ref())
        };
        self.articles.ids().filter(may_follow).collect()
    }

    /// The other articles without a page, which only their words can identify; `None` if there are
    /// too many to read.
    fn without_page(&self, known: &[ArticleId]) -> Option<Vec<ArticleId>> {
        let known: HashSet<ArticleId> = known.iter().copied().collect();
        let ids = self.articles.ids().filter(|id| {
            canonical_key(self.articles.article(*id).original()).is_none() && !known.contains(id)
        });
        let found: Vec<ArticleId> = ids.take(MOST_WITHOUT_PAGE + 1).collect();
        (found.len() <= MOST_WITHOUT_PAGE).then_some(found)
    }

    fn match_with(&self, ids: &[ArticleId]) -> Matches {
        let mut roots = Roots::new(&self.source);
        let identities: Vec<Identity> = ids
            .iter()
            .map(|id| {
                let article = self.articles.article(*id);
                Identity {
                    fingerprint: self.words_of(article),
                    ..roots.identity(article)
                }
            })
            .collect();
        match_marks(&identities, &self.marks)
    }

    /// An article's words, if they were read.
    fn words_of(&self, article: ArticleRef<'_>) -> Option<Fingerprint> {
        *self.words.get(&(article.id(), article.stamp()))?
    }

    /// Returns what marks record of articles that look different now, and records it. Returns
    /// nothing until everything is read that tells articles apart.
    pub fn renew(&mut self) -> Vec<(Subject, Identity)> {
        let mut renewed = Vec::new();
        if !self.unread.is_empty() {
            return renewed;
        }
        let mut roots = Roots::new(&self.source);
        for (id, follows) in &self.follows {
            let article = self.articles.article(*id);
            let words = self.words.get(&(*id, article.stamp())).copied().flatten();
            let now = Identity {
                fingerprint: words,
                ..roots.identity(article)
            };
            for place in std::iter::once(&follows.mark).chain(&follows.also) {
                let marked = &mut self.marks[*place];
                if marked.renew(&now) {
                    renewed.push((marked.subject, now.clone()));
                }
            }
        }
        renewed
    }

    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    pub fn article(&self, id: ArticleId) -> ArticleRef<'_> {
        self.articles.article(id)
    }

    /// All marks, whether their articles are here or not.
    pub fn marks(&self) -> &[Marked] {
        &self.marks
    }

    /// The marks of an article; new decisions go to the first.
    pub fn marks_of(&self, id: ArticleId) -> impl Iterator<Item = &Marked> {
        let places = self.follows.get(&id).into_iter().flat_map(|it| {
            let first = std::iter::once(&it.mark);
            first.chain(&it.also)
        });
        places.filter_map(|place| self.marks.get(*place))
    }

    /// The marked articles, by subject.
    pub fn by_subject(&self) -> HashMap<Subject, ArticleId> {
        let follows = self.follows.iter().flat_map(|(id, follows)| {
            let places = std::iter::once(&follows.mark).chain(&follows.also);
            places.map(move |place| (self.marks[*place].subject, *id))
        });
        follows.collect()
    }

    /// What an article is now, with its words if its file can be read.
    pub fn identity(&self, id: ArticleId) -> Identity {
        let article = self.article(id);
        let mut identity = Roots::new(&self.source).identity(article);
        identity.fingerprint = fingerprint(&article.path());
        identity
    }

    /// The mark of each marked article.
    pub fn decided(&self) -> HashMap<ArticleId, Mark> {
        let marks = self.follows.iter();
        let merged = marks.map(|(id, follows)| (*id, follows.merged(&self.marks)));
        merged
            .filter(|(_, mark)| *mark != Mark::default())
            .collect()
    }

    /// When the next article that was put off comes back.
    pub fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.marks.iter().filter_map(|it| it.mark.later);
        until.filter(|until| *until > now).min()
    }

    /// The marks in the form that queries need.
    pub fn by_row(&self, now: Timestamp) -> Marks {
        let mut marks = Marks::default();
        let mut tags: BTreeMap<String, RoaringBitmap> = BTreeMap::new();
        for (id, follows) in &self.follows {
            let row = id.row();
            let mark = follows.merged(&self.marks);
            for (set, holds) in [
                (&mut marks.read, mark.read),
                (&mut marks.starred, mark.starred),
                (&mut marks.done, mark.done),
                (&mut marks.rejected, mark.rejected),
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
}

fn is_put_off(mark: &Mark, now: Timestamp) -> bool {
    mark.later.is_some_and(|until| until > now)
}

/// The root folder of an article's file, as a path that can be opened.
pub fn root_of(article: ArticleRef<'_>) -> PathBuf {
    let path = article.path();
    let below = 1 + article.relative_folder().components().count();
    match path.ancestors().nth(below) {
        Some(root) if !root.as_os_str().is_empty() => root.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Resolves where articles are, however a person has spelled the folders.
struct Roots<'a> {
    source: &'a Source,
    /// The absolute path of each root, by its spelling.
    real: HashMap<PathBuf, PathBuf>,
}

impl<'a> Roots<'a> {
    fn new(source: &'a Source) -> Self {
        Self {
            source,
            real: HashMap::new(),
        }
    }

    /// What an article is, except for its words.
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

/// The fingerprint of a file; `None` if it cannot be read.
fn fingerprint(path: &Path) -> Option<Fingerprint> {
    let shown = read_shown(path).ok()?;
    let article = &shown.article;
    let excerpt = if article.excerpt.is_empty() {
        &article.bio
    } else {
        &article.excerpt
    };
    Some(Fingerprint::new(&article.title, excerpt, &shown.body))
}
