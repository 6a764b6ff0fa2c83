//! Stories: articles that tell the same thing. Articles are joined if they have the same page; if one
//! lists the other as related under nearly the same title; or if their titles and excerpts are
//! near-duplicates by different providers within two weeks. What a person joined or split takes
//! precedence.
//!
//! The result depends on the articles alone, not on the order in which they were loaded.

mod alike;
mod by_page;
mod candidates;
mod compare;
mod group;
pub(super) mod grouped;
mod heeded;
mod kept;
mod pairs;
mod told;
mod vocabulary;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::iter;

use roaring::RoaringBitmap;

use super::{ArticleId, ArticleRef, Articles};
use crate::format::link::page_key;
use by_page::ByPage;
use compare::{WINDOW_SECONDS, same_provider, second};
use group::Graph;
pub use grouped::{Because, Member, Stories, Story, StoryWishes};
pub(super) use kept::{KeptStories, KeptWishes};
use pairs::Pairs;
use told::ArticleWords;

impl Articles {
    /// The stories of these articles. Grouped on first use, which takes a while in a large library;
    /// `None` if that is `cancelled`. Only what has changed since an earlier state is compared again.
    pub fn stories(&self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<&Stories> {
        self.stories.get_unless(|earlier| {
            let earlier = earlier.unwrap_or_default();
            let pairs = compare::pairs(self, earlier.pairs(), cancelled)?;
            Some(Builder::new(self).build(&self.wishes, pairs))
        })
    }
}

impl Stories {
    /// Groups all articles.
    pub fn new(articles: &Articles, wishes: &StoryWishes) -> Self {
        let pairs = compare::pairs(articles, &Pairs::default(), &|| false).unwrap_or_default();
        Builder::new(articles).build(wishes, pairs)
    }

    /// One article for each story in `found`, at the place of its first article in `sorted`: the one
    /// that leads the articles found.
    pub fn one_each(
        &self,
        articles: &Articles,
        sorted: &[ArticleId],
        found: &RoaringBitmap,
    ) -> Vec<ArticleId> {
        let mut told = RoaringBitmap::new();
        let leads = sorted.iter().filter_map(|id| match self.of(*id) {
            None => Some(*id),
            Some(story) => {
                let is_new = told.insert(story.lead.row());
                is_new.then(|| story.lead_among(articles, found)).flatten()
            }
        });
        leads.collect()
    }

    /// The leads, and the articles without a story: one for each story.
    pub fn leads(&self, articles: &Articles) -> RoaringBitmap {
        let mut leads = articles.rows();
        for story in self.iter() {
            for member in &story.members {
                leads.remove(member.article.row());
            }
            leads.insert(story.lead.row());
        }
        leads
    }
}

impl Story {
    /// The member that leads those in a set: a query need not select the story's lead.
    pub fn lead_among(&self, articles: &Articles, set: &RoaringBitmap) -> Option<ArticleId> {
        let members = self.members.iter().map(|member| member.article);
        let selected = members.filter(|id| set.contains(id.row()));
        selected.min_by_key(|id| leading(articles.article(*id)))
    }
}

/// The better lead comes first: more heat, then more quality, then the earlier date. A heat of -1
/// means that another article leads.
fn leading(article: ArticleRef<'_>) -> impl Ord + use<> {
    let heat = match article.heat() {
        Some(-1) => i64::MIN,
        heat => heat.unwrap_or(-1),
    };
    let second = article.published_at().map(|moment| moment.at.as_second());
    (
        Reverse(heat),
        Reverse(article.quality()),
        second.unwrap_or(i64::MAX),
        article.key(),
    )
}

struct Builder<'a> {
    articles: &'a Articles,
    /// Articles by rank, the best lead first.
    ranked: Vec<ArticleId>,
    /// For each rank, the first rank of its node. The articles of a node belong together without
    /// being alike: they have the same page, or a person joined them.
    node: Vec<u32>,
    /// Why each rank belongs to its node.
    because: Vec<Because>,
    graph: Graph,
    pages: ByPage,
}

impl<'a> Builder<'a> {
    fn new(articles: &'a Articles) -> Self {
        let mut ranked: Vec<ArticleId> = articles.ids().collect();
        ranked.sort_by_cached_key(|id| leading(articles.article(*id)));
        Self {
            articles,
            node: (0..ranked.len() as u32).collect(),
            because: vec![Because::SamePage; ranked.len()],
            ranked,
            graph: Graph::default(),
            pages: ByPage::default(),
        }
    }

    fn article(&self, rank: u32) -> ArticleRef<'a> {
        self.articles.article(self.ranked[rank as usize])
    }

    fn node(&self, rank: u32) -> u32 {
        self.node[rank as usize]
    }

    fn build(mut self, wishes: &StoryWishes, pairs: Pairs) -> Stories {
        self.join_pages();
        if *wishes != StoryWishes::default() {
            self.heed(wishes);
        }
        self.join_related();
        self.join_alike(&pairs);
        Stories::from_list(self.finish(), pairs)
    }

    fn join_pages(&mut self) {
        let ranks = 0..self.ranked.len() as u32;
        let pages =
            ranks.filter_map(|rank| Some((page_key(&self.article(rank).original())?, rank)));
        let pages = ByPage::new(pages.collect());
        for mut ranks in pages.groups() {
            let Some(first) = ranks.next() else { continue };
            for rank in ranks {
                self.node[rank as usize] = first;
            }
        }
        self.pages = pages;
    }

    /// Joins articles if one lists the other as related and their titles are nearly the same.
    fn join_related(&mut self) {
        let mut joined = Vec::new();
        for rank in 0..self.ranked.len() as u32 {
            let pages = self.article(rank).retold().iter();
            let others = pages.flat_map(|page| self.one_of_each_node(self.pages.of(*page)));
            joined.extend(
                others
                    .filter(|other| self.retells(rank, *other))
                    .map(|it| (rank, it)),
            );
        }
        for (a, b) in joined {
            self.graph
                .join(self.node(a), self.node(b), Because::Related);
        }
    }

    /// The first rank of each node among these: articles with one page are one node, unless a person
    /// split them.
    fn one_of_each_node(&self, ranks: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut nodes = HashSet::new();
        ranks
            .filter(|rank| nodes.insert(self.node(*rank)))
            .collect()
    }

    /// Whether two articles, one of which lists the other as related, tell the same thing.
    fn retells(&self, a: u32, b: u32) -> bool {
        let (one, other) = (self.article(a), self.article(b));
        if self.node(a) == self.node(b) || same_provider(one, other) {
            return false;
        }
        let is_near = match (second(one), second(other)) {
            (Some(a), Some(b)) => a.abs_diff(b) <= WINDOW_SECONDS.unsigned_abs(),
            _ => true,
        };
        is_near
            && alike::titles_alike(
                &ArticleWords::from_article(one),
                &ArticleWords::from_article(other),
            )
    }

    /// Joins near-duplicates.
    fn join_alike(&mut self, pairs: &Pairs) {
        let mut ranks = vec![0; self.articles.len()];
        for (rank, id) in (0..).zip(&self.ranked) {
            ranks[id.row() as usize] = rank;
        }
        for pair in pairs.iter() {
            let [a, b] = [pair.earlier, pair.later].map(|row| self.node(ranks[row as usize]));
            let because = Because::Alike(Reverse(pair.percent));
            self.graph.join(a, b, because);
        }
    }

    /// All stories.
    fn finish(self) -> Vec<Story> {
        // Most articles are nodes of their own.
        let mut nodes: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (rank, node) in (0..).zip(&self.node).filter(|(rank, node)| rank != *node) {
            nodes.entry(*node).or_default().push(rank);
        }
        let mut stories = Vec::new();
        for (lead, others) in self.graph.stories() {
            let mut members = self.expanded(&mut nodes, lead, None);
            for (node, because) in others {
                members.extend(self.expanded(&mut nodes, node, Some(because)));
            }
            stories.push(members);
        }
        // Nodes of several articles with the same page that nothing else joins.
        let left: Vec<u32> = nodes.keys().copied().collect();
        for node in left {
            let members = self.expanded(&mut nodes, node, None);
            stories.push(members);
        }
        stories.into_iter().map(|it| self.story(it)).collect()
    }

    /// The articles of a node, each with its reason: its own, or that of the whole node. `nodes`
    /// lists all but the first.
    fn expanded(
        &self,
        nodes: &mut BTreeMap<u32, Vec<u32>>,
        node: u32,
        because: Option<Because>,
    ) -> Vec<(u32, Because)> {
        let others = nodes.remove(&node).unwrap_or_default();
        iter::once(node)
            .chain(others)
            .map(|rank| (rank, because.unwrap_or(self.because[rank as usize])))
            .collect()
    }

    /// The story of these ranks.
    fn story(&self, mut ranks: Vec<(u32, Because)>) -> Story {
        ranks.sort_unstable();
        if let Some((_, because)) = ranks.first_mut() {
            *because = Because::Leads;
        }
        let lead = self.ranked[ranks[0].0 as usize];
        ranks.sort_by_key(|(rank, _)| {
            let article = self.article(*rank);
            (
                article.published_at().map(|moment| moment.at),
                article.key(),
            )
        });
        let members = ranks.into_iter().map(|(rank, because)| Member {
            article: self.ranked[rank as usize],
            because,
        });
        Story {
            lead,
            members: members.collect(),
        }
    }
}

#[cfg(test)]
mod tests;
