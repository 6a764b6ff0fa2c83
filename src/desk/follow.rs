//! Which mark belongs to which article of a library, although files move, are renamed and
//! rewritten. Rules only: nothing is read or stored here.
//!
//! A mark records where its article was last seen, and its page and words at that time. These are
//! renewed whenever the article is seen, so that any one of them may change between two sightings.
//! The rules apply in this order, each to what the ones before have left over:
//! 1. the same file, unless another article has taken its place: one that has neither the page nor
//!    the words, or that another mark has last seen like this;
//! 2. the same path in another copy of the library: one with the same page or words, or whose root
//!    is unknown;
//! 3. the same page and words, then the same page, then the same words within the same library or
//!    under the same name; if there are several, the file with the same name;
//! 4. the same file, whatever it says now;
//! 5. the same telling file name within the same library, if no other article and no other mark has
//!    it.
//!
//! So two files with one page keep their own marks, two files that have swapped places take their
//! marks along, and one site's `index.md` does not get the mark of another's, nor that of a page
//! that was deleted. What cannot be told apart: which one was renamed, a file or its identical,
//! unmarked copy; without a page, which one was rewritten.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::path::Path;

use super::Marked;
use crate::format::date;
use crate::model::{Fingerprint, Identity, Mark};

/// The articles of a library matched with their marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// For each article, in the given order, the marks that follow it.
    pub articles: Vec<Option<Follows>>,
    /// Indices of the marks whose articles are not here.
    pub waiting: Vec<usize>,
}

/// The marks of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follows {
    /// Index of its mark. New decisions go to this one.
    pub mark: usize,
    /// Other marks of the same file, as when two machines have marked it after it had moved on one
    /// of them. Where they are later they prevail, see [`Follows::merged`].
    pub also: Vec<usize>,
    /// How it was found.
    pub by: FollowedBy,
    /// Whether title, excerpt or body differ from when it was decided on.
    pub changed: bool,
}

/// How an article was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowedBy {
    /// It is where it was.
    File,
    /// It is where it was, in another copy of the library.
    Path,
    Page,
    Words,
    Name,
}

impl Follows {
    /// The marks combined.
    pub fn merged(&self, marks: &[Marked]) -> Mark {
        let Some(first) = marks.get(self.mark) else {
            return Mark::default();
        };
        if self.also.is_empty() {
            return first.mark.clone();
        }
        let mut first = first.clone();
        for other in self.also.iter().filter_map(|place| marks.get(*place)) {
            first.absorb(other);
        }
        first.mark
    }
}

/// Finds the article of each mark. Makes one pass per rule over the whole library.
///
/// `all` contains these marks and those whose articles are known: what was seen in one of their
/// files may have moved here.
pub fn match_marks(articles: &[Identity], marks: &[&Marked], all: &[Marked]) -> Matches {
    let now: HashSet<Seen> = articles
        .iter()
        .map(|it| (it.page, it.fingerprint))
        .collect();
    let seen = all
        .iter()
        .filter(|it| now.contains(&(it.identity.page, it.seen)));
    let mut matching = Matching {
        articles,
        marks,
        found: vec![None; articles.len()],
        is_left: vec![true; marks.len()],
        last_seen: places(seen.map(|it| ((it.identity.page, it.seen), file(&it.identity)))),
    };
    matching.by_file();
    matching.by_path();
    matching.by_page();
    matching.by_words();
    matching.by_place();
    matching.by_name();
    let waiting = (0..marks.len())
        .filter(|at| matching.is_left[*at])
        .collect();
    Matches {
        articles: matching.found,
        waiting,
    }
}

struct Matching<'a> {
    articles: &'a [Identity],
    marks: &'a [&'a Marked],
    found: Vec<Option<Follows>>,
    /// For each mark, whether it has no article yet.
    is_left: Vec<bool>,
    /// The files in which page and words were last seen, of those that still exist somewhere.
    last_seen: Places<Seen, String>,
}

/// Page and words of an article.
type Seen = (Option<u64>, Option<Fingerprint>);

/// Indices by what they have in common.
type Places<K, P = usize> = HashMap<K, Vec<P>>;

fn places<K: Hash + Eq, P>(keys: impl Iterator<Item = (K, P)>) -> Places<K, P> {
    let mut places: Places<K, P> = HashMap::new();
    for (key, place) in keys {
        places.entry(key).or_default().push(place);
    }
    places
}

impl<'a> Matching<'a> {
    fn by_file(&mut self) {
        for (mark, article) in self.own_files() {
            if self.holds_it_still(mark, article) {
                self.follow(article, mark, FollowedBy::File);
            }
        }
    }

    /// A file that was rewritten keeps its mark, unless another mark has come to it.
    fn by_place(&mut self) {
        for (mark, article) in self.own_files() {
            let own = file(&self.marks[mark].identity);
            let is_free = self.found[article]
                .as_ref()
                .is_none_or(|it| file(&self.marks[it.mark].identity) == own);
            if self.is_left[mark] && is_free {
                self.follow(article, mark, FollowedBy::File);
            }
        }
    }

    /// The marks whose files exist, with the articles there now.
    fn own_files(&self) -> Vec<(usize, usize)> {
        let articles: HashMap<String, usize> = self.articles.iter().map(file).zip(0..).collect();
        let marks = self.marks.iter().enumerate();
        let known = marks.filter(|(_, it)| !it.identity.root.is_empty());
        known
            .filter_map(|(mark, it)| Some((mark, *articles.get(&file(&it.identity))?)))
            .collect()
    }

    /// Whether the file of a mark still holds the article that was last seen there, as far as is
    /// known.
    fn holds_it_still(&self, mark: usize, article: usize) -> bool {
        let (then, now) = (self.marks[mark], &self.articles[article]);
        let is_same_page = then.identity.page == now.page;
        let has_its_page = is_same_page && now.page.is_some();
        let is_same_words = match (then.seen, now.fingerprint) {
            (Some(then), Some(now)) => then == now,
            // Nobody has read it yet.
            _ => return true,
        };
        if is_same_page && is_same_words {
            return true;
        }
        let own = file(&then.identity);
        let seen_so = self.last_seen.get(&(now.page, now.fingerprint));
        let is_another = seen_so.is_some_and(|files| files.iter().any(|it| *it != own));
        (has_its_page || is_same_words) && !is_another
    }

    fn by_path(&mut self) {
        let articles = self.articles;
        let candidates = places(articles.iter().map(|it| it.path.as_str()).zip(0..));
        for mark in self.left() {
            let wanted = self.marks[mark];
            let article = candidates
                .get(wanted.identity.path.as_str())
                .into_iter()
                .flatten()
                .copied()
                .filter(|at| file(&wanted.identity) != file(&articles[*at]))
                .filter(|at| is_copy(wanted, &articles[*at]))
                // A file with its own mark gets this one too only if it has the same page.
                .filter(|at| {
                    self.found[*at].is_none() || wanted.identity.page == articles[*at].page
                })
                .min_by_key(|at| &articles[*at].root);
            if let Some(article) = article {
                self.follow(article, mark, FollowedBy::Path);
            }
        }
    }

    fn by_page(&mut self) {
        let articles = self.articles;
        let candidates = places(
            self.unmarked()
                .filter_map(|at| Some((articles[at].page?, at))),
        );
        let of = |mark: &Marked| Some(candidates.get(&mark.identity.page?)?.as_slice());
        self.by_likeness(FollowedBy::Page, of, is_as_seen);
        self.by_likeness(FollowedBy::Page, of, |_, _| true);
    }

    fn by_words(&mut self) {
        let articles = self.articles;
        let telling = |at: usize| Some((articles[at].fingerprint.filter(says_something)?, at));
        let candidates = places(self.unmarked().filter_map(telling));
        let of = |mark: &Marked| Some(candidates.get(&mark.seen?)?.as_slice());
        self.by_likeness(FollowedBy::Words, of, |mark, article| {
            is_same_library(&mark.identity, article) || mark.identity.name() == article.name()
        });
    }

    /// Gives each remaining mark an unmarked article that is like it, preferring those with the
    /// same name.
    fn by_likeness<'c>(
        &mut self,
        by: FollowedBy,
        candidates: impl Fn(&Marked) -> Option<&'c [usize]>,
        is_like: impl Fn(&Marked, &Identity) -> bool,
    ) {
        let (articles, marks) = (self.articles, self.marks);
        let left = self.left();
        let mut wanting: Vec<usize> = left.filter(|at| candidates(marks[*at]).is_some()).collect();
        wanting.sort_by_cached_key(|at| Reverse(marks[*at].latest()));
        for is_same_name in [true, false] {
            for mark in wanting.iter().copied() {
                let wanted = marks[mark];
                if !self.is_left[mark] {
                    continue;
                }
                let article = candidates(wanted)
                    .into_iter()
                    .flatten()
                    .copied()
                    .filter(|at| self.found[*at].is_none() && is_like(wanted, &articles[*at]))
                    .filter(|at| !is_same_name || articles[*at].name() == wanted.identity.name())
                    .min_by_key(|at| &articles[*at]);
                if let Some(article) = article {
                    self.follow(article, mark, by);
                }
            }
        }
    }

    /// The articles that no mark follows.
    fn unmarked(&self) -> impl Iterator<Item = usize> {
        (0..self.articles.len()).filter(|at| self.found[*at].is_none())
    }

    fn by_name(&mut self) {
        let (articles, marks) = (self.articles, self.marks);
        let named = places(articles.iter().map(Identity::name).zip(0..));
        let wanting = places(self.left().map(|at| (marks[at].identity.name(), at)));
        for (name, wanting) in wanting {
            let ([mark], Some([article])) = (&wanting[..], named.get(name).map(Vec::as_slice))
            else {
                continue;
            };
            let is_free = self.found[*article].is_none() && is_telling(name);
            if is_free && is_same_library(&marks[*mark].identity, &articles[*article]) {
                self.follow(*article, *mark, FollowedBy::Name);
            }
        }
    }

    fn follow(&mut self, article: usize, mark: usize, by: FollowedBy) {
        self.is_left[mark] = false;
        let is_changed = self.is_changed(article, mark);
        match &mut self.found[article] {
            Some(follows) => {
                follows.also.push(mark);
                // One of them was made when the file said what it says now.
                follows.changed &= is_changed;
            }
            empty => {
                *empty = Some(Follows {
                    mark,
                    also: Vec::new(),
                    by,
                    changed: is_changed,
                });
            }
        }
    }

    fn is_changed(&self, article: usize, mark: usize) -> bool {
        let now = self.articles[article].fingerprint;
        let then = self.marks[mark].identity.fingerprint;
        now.zip(then).is_some_and(|(now, then)| now != then)
    }

    /// The marks that have no article yet.
    fn left(&self) -> std::vec::IntoIter<usize> {
        let left: Vec<usize> = (0..self.marks.len())
            .filter(|at| self.is_left[*at])
            .collect();
        left.into_iter()
    }
}

/// The file of an article, whichever of its folders was opened.
pub(super) fn file(identity: &Identity) -> String {
    format!("{}/{}", identity.root.trim_end_matches('/'), identity.path)
}

/// Whether a mark and an article with the same path are the same file in two copies of a library.
fn is_copy(mark: &Marked, article: &Identity) -> bool {
    let is_same_page = mark.identity.page.is_some() && mark.identity.page == article.page;
    mark.identity.root.is_empty() || is_same_page || is_as_seen(mark, article)
}

/// Whether an article says what it said when it was last seen.
fn is_as_seen(mark: &Marked, article: &Identity) -> bool {
    mark.seen.is_some() && mark.seen == article.fingerprint
}

/// Whether a file name hardly belongs to two articles, unlike `index.md` or `draft-2.md`: a date and a
/// word, or three words.
fn is_telling(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let words = stem.split(['-', '_', ' ']);
    let words = words.filter(|it| it.chars().filter(|it| it.is_alphabetic()).count() > 1);
    let wanted = match date::in_file_name(stem) {
        Some(_) => 1,
        None => 3,
    };
    words.count() >= wanted
}

/// Articles without title and text all have the same words.
fn says_something(words: &Fingerprint) -> bool {
    *words != Fingerprint::new("", "", "")
}

/// Whether a mark may belong to this library: one root equals or contains the other.
fn is_same_library(mark: &Identity, article: &Identity) -> bool {
    let (mark, article) = (Path::new(&mark.root), Path::new(&article.root));
    mark.as_os_str().is_empty() || mark.starts_with(article) || article.starts_with(mark)
}

#[cfg(test)]
mod tests;
