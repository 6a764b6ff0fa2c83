//! Articles with their marks: what queries such as `is:starred` run on, and what decisions apply
//! to. It reads and matches, and stores nothing.

mod likeness;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use jiff::Timestamp;

use super::Marked;
use super::decided::{Decided, Tables};
use super::fingerprints::Fingerprints;
use super::follow::{FollowedBy, Follows, Matches, match_marks};
use super::roots::{PathHash, Roots};
use crate::format::link::canonical_key;
use crate::library::{
    ArticleId, ArticleRef, Articles, HashedMap, Library, Source, Stamp, StoryWishes,
};
use crate::model::{FileVersion, Fingerprint, Identity, Subject, Transaction};
use crate::query::Marks;
use likeness::Likeness;

/// Most articles without a page that are read in search of renamed ones.
const MOST_WITHOUT_PAGE: usize = 2_000;

/// A snapshot of the articles, and the marks that follow them.
pub struct MarkedArticles {
    articles: Articles,
    source: Source,
    roots: Roots,
    fingerprints: Fingerprints,
    marks: Vec<Marked>,
    /// The index of each mark.
    places: HashedMap<Subject, usize>,
    /// The marks of each marked article.
    follows: BTreeMap<ArticleId, Follows>,
    /// The article of each mark, by index.
    followed: Vec<Option<ArticleId>>,
    /// Articles that were compared with marks, because they may have changed.
    compared: Vec<ArticleId>,
    /// Their words, by version of the file: each file is read once.
    words: HashMap<(ArticleId, Stamp), Option<Fingerprint>>,
    /// Articles whose words are not known yet.
    unread: Vec<ArticleId>,
    tables: Tables,
}

/// How much is known of the articles' words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordsKnown {
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
            roots: Roots::new(&articles, &source),
            places: places(&marks),
            articles,
            source,
            marks,
            fingerprints: Fingerprints::default(),
            follows: BTreeMap::new(),
            followed: Vec::new(),
            compared: Vec::new(),
            words: HashMap::new(),
            unread: Vec::new(),
            tables: Tables::default(),
        };
        marked.match_again();
        marked
    }

    /// Reads the words of articles that were decided on, at most `most` files. Once all are read,
    /// finds out which have changed since.
    pub fn read_words(&mut self, most: usize) -> WordsKnown {
        if self.unread.is_empty() {
            return WordsKnown::Known;
        }
        let left = self.unread.len().saturating_sub(most);
        for id in self.unread.split_off(left) {
            let article = self.articles.article(id);
            let words = self.fingerprints.of(article);
            self.words.insert((id, article.stamp()), words);
        }
        if !self.unread.is_empty() {
            return WordsKnown::Missing;
        }
        self.match_again();
        WordsKnown::Read
    }

    /// Switches to another snapshot of the articles.
    pub fn set_articles(&mut self, articles: Articles) {
        self.articles = articles;
        self.roots = Roots::new(&self.articles, &self.source);
        self.match_again();
    }

    /// The root and the path of each file below the library's roots that has something staged, but
    /// is no article of it: it may be gone, or broken.
    pub fn staged_without_article(&self) -> Vec<(PathBuf, PathBuf)> {
        let Source::Roots(roots, _) = &self.source else {
            return Vec::new();
        };
        let roots: Vec<PathBuf> = roots
            .iter()
            .filter_map(|it| it.canonicalize().ok())
            .collect();
        let marks = self.marks.iter().zip(&self.followed);
        let lost = marks.filter(|(marked, article)| {
            article.is_none() && marked.mark.is_staged() && !marked.identity.root.is_empty()
        });
        let places = lost.map(|(marked, _)| {
            let root = PathBuf::from(&marked.identity.root);
            let path = root.join(&marked.identity.path);
            (root, path)
        });
        let mut places: Vec<_> = places
            .filter(|(_, path)| roots.iter().any(|root| path.starts_with(root)))
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Takes marks that others have changed.
    pub fn take_news(&mut self, news: Vec<Marked>) {
        for marked in news {
            match self.places.get(&marked.subject) {
                Some(place) => self.marks[*place] = marked,
                None => {
                    self.places.insert(marked.subject, self.marks.len());
                    self.marks.push(marked);
                }
            }
        }
        self.match_again();
    }

    /// Takes a transaction that was kept. `decided` are its articles: they say to which of them a
    /// new mark belongs.
    pub fn note(&mut self, transaction: &Transaction, decided: &[(Subject, ArticleId, Identity)]) {
        let about: HashMap<Subject, (ArticleId, &Identity)> = decided
            .iter()
            .map(|(subject, id, identity)| (*subject, (*id, identity)))
            .collect();
        let mut touched: HashSet<ArticleId> = about.values().map(|(id, _)| *id).collect();
        for change in &transaction.changes {
            let place = match self.places.get(&change.article) {
                Some(place) => *place,
                None => match about.get(&change.article) {
                    Some((id, _)) => self.add_mark(change.article, *id),
                    None => continue,
                },
            };
            self.marks[place].apply(change, transaction);
            touched.extend(self.followed[place]);
        }
        // Whoever decides on an article knows what it says now.
        for (subject, (id, identity)) in &about {
            if let Some(follows) = self.follows.get_mut(id) {
                follows.changed = false;
            }
            if let Some(place) = self.places.get(subject) {
                self.marks[*place].identity = (*identity).clone();
                self.marks[*place].seen = identity.fingerprint;
            }
        }
        for id in touched {
            self.tell(id);
        }
    }

    /// Adds the mark of an untouched article, and returns its index.
    fn add_mark(&mut self, subject: Subject, id: ArticleId) -> usize {
        let place = self.marks.len();
        self.marks.push(Marked::untouched(subject));
        self.places.insert(subject, place);
        self.followed.push(Some(id));
        self.follows.entry(id).or_insert(Follows {
            mark: place,
            also: Vec::new(),
            by: FollowedBy::File,
            changed: false,
        });
        place
    }

    /// Brings the tables up to date for an article.
    fn tell(&mut self, id: ArticleId) {
        let Some(follows) = self.follows.get(&id) else {
            return;
        };
        let latest = self.marks_of(id).filter_map(Marked::latest).max();
        let mark = follows.merged(&self.marks);
        self.tables
            .set(id, mark, follows.changed, latest.map(|it| it.when));
    }

    /// Finds the article of each mark: at once if its file is as last seen, otherwise by comparing.
    fn match_again(&mut self) {
        self.unread.clear();
        self.compared.clear();
        self.followed = self.at_home();
        let followed = self.followed.iter().enumerate();
        let at_home = followed.filter_map(|(place, id)| {
            let follows = Follows {
                mark: place,
                also: Vec::new(),
                by: FollowedBy::File,
                changed: self.marks[place].is_seen_changed(),
            };
            Some(((*id)?, follows))
        });
        self.follows = at_home.collect();
        let away: Vec<usize> = (0..self.marks.len())
            .filter(|place| self.followed[*place].is_none())
            .collect();
        if !away.is_empty() {
            self.compare(&away);
        }
        self.tables = Tables::default();
        let followed: Vec<ArticleId> = self.follows.keys().copied().collect();
        for id in followed {
            self.tell(id);
        }
    }

    /// For each mark, the article whose file is the version last seen there. If a file has several
    /// marks, they are compared.
    fn at_home(&self) -> Vec<Option<ArticleId>> {
        let mut room = String::new();
        let mut by_file: HashedMap<PathHash, Option<usize>> =
            HashedMap::with_capacity_and_hasher(self.marks.len(), Default::default());
        for (place, marked) in self.marks.iter().enumerate() {
            let identity = &marked.identity;
            if !identity.root.is_empty() {
                let file = PathHash::new(&identity.root, &[&identity.path], &mut room);
                let only = by_file.entry(file).or_insert(Some(place));
                *only = only.filter(|it| *it == place);
            }
        }
        let mut at_home = vec![None; self.marks.len()];
        if by_file.is_empty() {
            return at_home;
        }
        for id in self.articles.ids() {
            let article = self.articles.article(id);
            let Some(version) = self.roots.version(article) else {
                continue;
            };
            if let Some(Some(place)) = by_file.get(&self.roots.hash(article, &mut room))
                && self.marks[*place].was_seen_as(version, article.pages())
            {
                at_home[*place] = Some(id);
            }
        }
        at_home
    }

    /// Finds the articles of the marks `away`. Only articles whose name or page occurs among the
    /// marks can be followed, so only those are compared; and those without a page, if the file of
    /// a mark without one is missing.
    fn compare(&mut self, away: &[usize]) {
        let mut ids = self.likely(away);
        let mut compared = self.compared_with(away, &ids);
        let mut matches = self.match_with(&ids, &compared);
        let is_lost = |place: &usize| {
            let marked = &self.marks[compared[*place]];
            marked.identity.page.is_none() && marked.seen.is_some()
        };
        if matches.waiting.iter().any(is_lost)
            && let Some(more) = self.without_page(&ids)
        {
            ids.extend(more);
            compared = self.compared_with(away, &ids);
            matches = self.match_with(&ids, &compared);
        }
        let compares = self.marks.iter().any(|it| it.seen.is_some());
        let is_unread = |id: &&ArticleId| compares && self.known_words(**id).is_none();
        self.unread = ids.iter().filter(is_unread).copied().collect();
        for (id, follows) in ids.iter().zip(matches.articles) {
            let Some(mut follows) = follows else {
                continue;
            };
            follows.mark = compared[follows.mark];
            for also in &mut follows.also {
                *also = compared[*also];
            }
            for place in std::iter::once(&follows.mark).chain(&follows.also) {
                self.followed[*place] = Some(*id);
            }
            self.follows.insert(*id, follows);
        }
        self.compared = ids;
    }

    /// The articles that share the name or page of a mark: of any mark, if their own is not at
    /// home.
    fn likely(&self, away: &[usize]) -> Vec<ArticleId> {
        let all = Likeness::new(self.marks.iter());
        let away = Likeness::new(away.iter().map(|place| &self.marks[*place]));
        let may_follow = |id: &ArticleId| {
            let article = self.articles.article(*id);
            match self.follows.contains_key(id) {
                true => away.may_be(article),
                false => all.may_be(article),
            }
        };
        self.articles.ids().filter(may_follow).collect()
    }

    /// The other articles without a page, which only their words can identify; `None` if there are
    /// too many to read.
    fn without_page(&self, known: &[ArticleId]) -> Option<Vec<ArticleId>> {
        let known: HashSet<ArticleId> = known.iter().copied().collect();
        let ids = self.articles.ids().filter(|id| {
            let is_known = known.contains(id) || self.follows.contains_key(id);
            !is_known && canonical_key(&self.articles.article(*id).original()).is_none()
        });
        let found: Vec<ArticleId> = ids.take(MOST_WITHOUT_PAGE + 1).collect();
        (found.len() <= MOST_WITHOUT_PAGE).then_some(found)
    }

    /// The indices, in order, of the marks that are away, and of those at home whose articles are
    /// compared again.
    fn compared_with(&self, away: &[usize], ids: &[ArticleId]) -> Vec<usize> {
        let at_home = ids.iter().filter_map(|id| self.follows.get(id));
        let mut places: Vec<usize> = at_home
            .map(|it| it.mark)
            .chain(away.iter().copied())
            .collect();
        places.sort_unstable();
        places
    }

    fn match_with(&self, ids: &[ArticleId], compared: &[usize]) -> Matches {
        let identities: Vec<Identity> = ids
            .iter()
            .map(|id| Identity {
                fingerprint: self.known_words(*id).flatten(),
                ..self.roots.identity(self.articles.article(*id))
            })
            .collect();
        let marks: Vec<&Marked> = compared.iter().map(|place| &self.marks[*place]).collect();
        match_marks(&identities, &marks, &self.marks)
    }

    /// An article's words, if known; the inner `None` if its file cannot be read.
    fn known_words(&self, id: ArticleId) -> Option<Option<Fingerprint>> {
        let article = self.articles.article(id);
        let read = self.words.get(&(id, article.stamp())).copied();
        read.or_else(|| {
            let version = self.roots.version(article)?;
            let marked = &self.marks[self.follows.get(&id)?.mark];
            let is_it = marked.was_seen_as(version, article.pages());
            is_it.then_some(marked.seen)
        })
    }

    /// Updates what marks record of articles that look different now, and returns it. Returns
    /// nothing until everything that tells articles apart has been read.
    pub fn renew(&mut self) -> Vec<(Subject, Identity)> {
        let mut renewed = Vec::new();
        if !self.unread.is_empty() {
            return renewed;
        }
        for id in &self.compared {
            let Some(follows) = self.follows.get(id) else {
                continue;
            };
            let now = self.seen_now(*id, self.known_words(*id).flatten());
            for place in std::iter::once(&follows.mark).chain(&follows.also) {
                let marked = &mut self.marks[*place];
                if marked.renew(&now) {
                    let version = marked.identity.version;
                    renewed.push((
                        marked.subject,
                        Identity {
                            version,
                            ..now.clone()
                        },
                    ));
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

    /// The mark of a subject, whether its article is here or not.
    pub fn mark(&self, subject: Subject) -> Option<&Marked> {
        self.marks.get(*self.places.get(&subject)?)
    }

    /// The marks of an article; new decisions go to the first.
    pub fn marks_of(&self, id: ArticleId) -> impl Iterator<Item = &Marked> {
        let places = self.follows.get(&id).into_iter().flat_map(|it| {
            let first = std::iter::once(&it.mark);
            first.chain(&it.also)
        });
        places.filter_map(|place| self.marks.get(*place))
    }

    /// The article that the mark of a subject follows.
    pub fn by_subject(&self, subject: Subject) -> Option<ArticleId> {
        *self.followed.get(*self.places.get(&subject)?)?
    }

    /// What an article is now, with its words if its file can be read.
    pub fn identity(&self, id: ArticleId) -> Identity {
        let known = self.known_words(id).flatten();
        let words = known.or_else(|| self.fingerprints.of(self.article(id)));
        self.seen_now(id, words)
    }

    fn seen_now(&self, id: ArticleId, words: Option<Fingerprint>) -> Identity {
        let article = self.article(id);
        Identity {
            fingerprint: words,
            version: words.and_then(|_| self.roots.version(article)),
            ..self.roots.identity(article)
        }
    }

    /// The mark of each marked article.
    pub fn decided(&self) -> &Decided {
        self.tables.decided()
    }

    /// The articles whose marks record something about stories.
    pub(super) fn bonded(&self) -> impl Iterator<Item = ArticleId> {
        self.tables.bonded()
    }

    /// Makes the library of these articles heed what a person decided about stories.
    pub fn have_heeded(&mut self, library: &mut Library, wishes: StoryWishes) {
        if library.heed(wishes) {
            self.articles = library.articles().clone();
        }
    }

    /// When the next article that was put off comes back.
    pub fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.marks.iter().filter_map(|it| it.mark.later);
        until.filter(|until| *until > now).min()
    }

    /// The marks in the form that queries need.
    pub fn by_row(&self, now: Timestamp) -> Marks {
        self.tables.sets(now)
    }
}

impl Marked {
    /// Whether it was last seen in this version of its file, and has one of these pages.
    fn was_seen_as(&self, version: FileVersion, pages: &[u64]) -> bool {
        let identity = &self.identity;
        self.seen.is_some()
            && identity.version == Some(version)
            && identity.page.is_none_or(|page| pages.contains(&page))
    }

    /// Whether its words when last seen differ from when it was decided on.
    fn is_seen_changed(&self) -> bool {
        let words = self.seen.zip(self.identity.fingerprint);
        words.is_some_and(|(seen, decided)| seen != decided)
    }
}

fn places(marks: &[Marked]) -> HashedMap<Subject, usize> {
    marks.iter().map(|it| it.subject).zip(0..).collect()
}

#[cfg(test)]
mod tests;
