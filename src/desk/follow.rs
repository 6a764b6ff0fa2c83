//! Which mark belongs to which article of a library, though files move, change their names and are
//! rewritten. Rules only: nothing is read or kept here.
//!
//! In this order, each rule for what the ones before have left over:
//! 1. the same file, or the same path in another copy of the library: one where the page or the
//!    words are the same too, or of which the root is not known;
//! 2. the same page, where there are several that of the file with the same name;
//! 3. the same file name, where no other article and no other mark has it, in the same library.
//!
//! So two files with one page keep their own marks, and `index.md` of one site does not get the
//! mark of another site's.

use std::collections::HashMap;
use std::path::Path;

use super::Marked;
use crate::model::{Identity, Mark};

/// The articles of a library and their marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// For every article, in the order in which they were given, what follows it.
    pub articles: Vec<Option<Follows>>,
    /// The marks whose articles are not here, by their place among the marks.
    pub waiting: Vec<usize>,
}

/// The mark of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follows {
    /// Its place among the marks. New decisions go to this one.
    pub mark: usize,
    /// Others of the same file, as when two machines have marked it after it had moved on one.
    /// What they say later holds, see [`Follows::merged`].
    pub also: Vec<usize>,
    /// How it was found.
    pub by: By,
    /// Whether title, excerpt or body are others than when it was decided on.
    pub changed: bool,
}

/// How an article was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// It lies where it lay.
    File,
    /// It lies where it lay in another copy of the library. To be noted ([`super::Desk::relocate`]),
    /// as the two below.
    Path,
    Page,
    Name,
}

impl Follows {
    /// What the marks together say.
    pub fn merged(&self, marks: &[Marked]) -> Mark {
        let Some(mut first) = marks.get(self.mark).cloned() else {
            return Mark::default();
        };
        for other in self.also.iter().filter_map(|place| marks.get(*place)) {
            first.absorb(other);
        }
        first.mark
    }
}

/// Finds the article of each mark. One pass for each rule, over a whole library at once.
pub fn match_marks(articles: &[Identity], marks: &[Marked]) -> Matches {
    let mut matching = Matching {
        articles,
        marks,
        found: vec![None; articles.len()],
        is_left: vec![true; marks.len()],
    };
    matching.by_file();
    matching.by_path();
    matching.by_page();
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
    marks: &'a [Marked],
    found: Vec<Option<Follows>>,
    /// By mark: whether it has no article yet.
    is_left: Vec<bool>,
}

/// Places by what they have in common.
type Places<K> = HashMap<K, Vec<usize>>;

fn places<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = (K, usize)>) -> Places<K> {
    let mut places: Places<K> = HashMap::new();
    for (key, place) in keys {
        places.entry(key).or_default().push(place);
    }
    places
}

impl<'a> Matching<'a> {
    fn by_file(&mut self) {
        let articles: HashMap<String, usize> = self.articles.iter().map(file).zip(0..).collect();
        for mark in 0..self.marks.len() {
            let identity = &self.marks[mark].identity;
            if identity.root.is_empty() {
                continue;
            }
            if let Some(article) = articles.get(&file(identity)) {
                self.follow(*article, mark, By::File);
            }
        }
    }

    fn by_path(&mut self) {
        let articles = self.articles;
        let candidates = places(articles.iter().map(|it| it.path.as_str()).zip(0..));
        for mark in self.left() {
            let wanted = &self.marks[mark].identity;
            let article = candidates
                .get(wanted.path.as_str())
                .into_iter()
                .flatten()
                .copied()
                .filter(|at| is_copy(wanted, &articles[*at]))
                // A file with a mark of its own has this one too only if it is the same page.
                .filter(|at| self.found[*at].is_none() || wanted.page == articles[*at].page)
                .min_by_key(|at| &articles[*at].root);
            if let Some(article) = article {
                self.follow(article, mark, By::Path);
            }
        }
    }

    fn by_page(&mut self) {
        let articles = self.articles;
        let unmarked = (0..articles.len()).filter(|at| self.found[*at].is_none());
        let candidates = places(unmarked.filter_map(|at| Some((articles[at].page?, at))));
        for is_same_name in [true, false] {
            for mark in self.latest_first() {
                let wanted = &self.marks[mark].identity;
                let article = wanted
                    .page
                    .and_then(|page| candidates.get(&page))
                    .into_iter()
                    .flatten()
                    .copied()
                    .filter(|at| self.found[*at].is_none())
                    .filter(|at| !is_same_name || articles[*at].name() == wanted.name())
                    .min_by_key(|at| &articles[*at]);
                if let Some(article) = article {
                    self.follow(article, mark, By::Page);
                }
            }
        }
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
            let is_free = self.found[*article].is_none();
            if is_free && is_same_library(&marks[*mark].identity, &articles[*article]) {
                self.follow(*article, *mark, By::Name);
            }
        }
    }

    fn follow(&mut self, article: usize, mark: usize, by: By) {
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

    fn latest_first(&self) -> std::vec::IntoIter<usize> {
        let mut left: Vec<usize> = self.left().collect();
        left.sort_by_key(|at| std::cmp::Reverse(self.marks[*at].latest()));
        left.into_iter()
    }
}

fn file(identity: &Identity) -> String {
    format!("{}/{}", identity.root.trim_end_matches('/'), identity.path)
}

/// Of two identities with one path: whether they are the same file in two copies of a library.
fn is_copy(mark: &Identity, article: &Identity) -> bool {
    let is_same = |pair: bool, known: bool| known && pair;
    mark.root.is_empty()
        || is_same(mark.page == article.page, mark.page.is_some())
        || is_same(
            mark.fingerprint == article.fingerprint,
            mark.fingerprint.is_some(),
        )
}

/// Whether a mark may be of this library: one root is the other, or lies inside it.
fn is_same_library(mark: &Identity, article: &Identity) -> bool {
    let (mark, article) = (Path::new(&mark.root), Path::new(&article.root));
    mark.as_os_str().is_empty() || mark.starts_with(article) || article.starts_with(mark)
}

#[cfg(test)]
mod tests;
