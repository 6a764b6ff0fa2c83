//! Splitting and joining stories: works out which bonds between articles that takes. Each of the
//! two marks records the bond with the other article, so that either is enough.

use std::collections::{BTreeMap, HashSet};

use super::marked::MarkedArticles;
use crate::library::{ArticleId, StoryWishes};
use crate::model::Bond;

/// A pair of articles, and its new bond.
pub type Bonded = ((ArticleId, ArticleId), Option<Bond>);

/// What a person wants done with stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoryChange {
    /// The first articles no longer belong to the story that the others tell.
    Split(Vec<ArticleId>, Vec<ArticleId>),
    /// They tell one story.
    Join(Vec<ArticleId>),
}

impl StoryChange {
    /// The articles concerned.
    pub fn articles(&self) -> &[ArticleId] {
        match self {
            Self::Split(off, _) => off,
            Self::Join(articles) => articles,
        }
    }

    /// For people.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Split(..) => "split off its story",
            Self::Join(_) => "joined into one story",
        }
    }

    /// The bonds that this takes.
    pub(super) fn bonds(&self, marked: &MarkedArticles) -> Vec<Bonded> {
        match self {
            Self::Split(off, from) => split(off, from, marked),
            Self::Join(articles) => join(articles, marked),
        }
    }
}

/// Holds each article apart from each of the others. Those that were together only through an
/// article that leaves stay together without it.
fn split(off: &[ArticleId], from: &[ArticleId], marked: &MarkedArticles) -> Vec<Bonded> {
    let leaves: HashSet<&ArticleId> = off.iter().collect();
    let stay: Vec<ArticleId> = from
        .iter()
        .filter(|id| !leaves.contains(id))
        .copied()
        .collect();
    let mut bonds = Vec::new();
    for one in off {
        let held: Vec<ArticleId> = bonds_of(*one, marked)
            .into_iter()
            .filter(|(other, bond)| *bond == Bond::Together && stay.contains(other))
            .map(|(other, _)| other)
            .collect();
        if let [first, others @ ..] = &held[..] {
            let again = others
                .iter()
                .map(|other| ((*first, *other), Some(Bond::Together)));
            bonds.extend(again);
        }
        bonds.extend(stay.iter().map(|other| ((*one, *other), Some(Bond::Apart))));
    }
    bonds
}

/// Holds each article together with the first. Whatever held any two of them apart is removed.
fn join(articles: &[ArticleId], marked: &MarkedArticles) -> Vec<Bonded> {
    let [first, others @ ..] = articles else {
        return Vec::new();
    };
    let mut bonds: Vec<Bonded> = Vec::new();
    for one in others {
        let apart = bonds_of(*one, marked).into_iter().filter(|(other, bond)| {
            *bond == Bond::Apart && other < one && articles.contains(other)
        });
        bonds.extend(apart.map(|(other, _)| ((*one, other), None)));
    }
    bonds.extend(
        others
            .iter()
            .map(|other| ((*first, *other), Some(Bond::Together))),
    );
    bonds
}

/// The bonds of an article with others in the library.
fn bonds_of(id: ArticleId, marked: &MarkedArticles) -> BTreeMap<ArticleId, Bond> {
    let mark = marked.decided().get(&id);
    let bonds = mark.into_iter().flat_map(|mark| &mark.bonds);
    let known = bonds.filter_map(|(other, bond)| Some((marked.by_subject(*other)?, *bond)));
    known.collect()
}

/// What a person decided about stories.
pub fn wishes(marked: &MarkedArticles) -> StoryWishes {
    let mut pairs = BTreeMap::new();
    let key = |id| marked.article(id).key();
    for id in marked.bonded() {
        for (other, bond) in bonds_of(id, marked) {
            let pair = (key(id).min(key(other)), key(id).max(key(other)));
            if id != other {
                // If two merged desks disagree, the articles stay apart.
                let known = pairs.entry(pair).or_insert(bond);
                *known = bond.max(*known);
            }
        }
    }
    let with = |wanted| {
        let pairs = pairs.iter().filter(move |(_, bond)| **bond == wanted);
        pairs.map(|(pair, _)| *pair).collect()
    };
    StoryWishes {
        joined: with(Bond::Together),
        apart: with(Bond::Apart),
    }
}
