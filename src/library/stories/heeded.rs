//! Applies what a person joined and split, before anything is compared: which articles belong
//! together, and which are never in one story.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Because, Builder, StoryWishes};
use crate::library::ArticleKey;

/// Pairs of ranks, the lower one first.
type Pairs = BTreeSet<(u32, u32)>;

impl Builder<'_> {
    /// Joins and splits what a person joined and split.
    pub(super) fn heed(&mut self, wishes: &StoryWishes) {
        let (joined, apart) = self.ranks_of(wishes);
        let alone = (0..self.node.len() as u32).collect();
        let nodes = std::mem::replace(&mut self.node, alone);
        let atoms = self.merge_all(&joined);
        self.node = nodes;
        self.merge_all(&joined);
        for rank in 0..self.node.len() as u32 {
            self.node[rank as usize] = self.root(rank);
        }
        self.take_apart(&apart, &atoms);
        for (a, b) in joined {
            if self.node(a) == self.node(b) {
                self.because[b as usize] = Because::Joined;
            }
        }
        for (a, b) in apart {
            self.graph.part(self.node(a), self.node(b));
        }
    }

    /// The pairs whose articles exist.
    fn ranks_of(&self, wishes: &StoryWishes) -> (Pairs, Pairs) {
        let pairs = wishes.joined.iter().chain(&wishes.apart);
        let named: BTreeSet<ArticleKey> = pairs.flat_map(|(a, b)| [*a, *b]).collect();
        let ranks = (0..).zip(&self.ranked);
        let keys = ranks.map(|(rank, id)| (self.articles.article(*id).key(), rank));
        let by_key: HashMap<ArticleKey, u32> =
            keys.filter(|(key, _)| named.contains(key)).collect();
        let there = |(a, b): &(ArticleKey, ArticleKey)| {
            let (a, b) = (*by_key.get(a)?, *by_key.get(b)?);
            (a != b).then_some((a.min(b), a.max(b)))
        };
        let apart: Pairs = wishes.apart.iter().filter_map(there).collect();
        let joined = wishes.joined.iter().filter_map(there);
        (joined.filter(|pair| !apart.contains(pair)).collect(), apart)
    }

    /// The first rank of the group that this one was merged into.
    fn root(&self, mut rank: u32) -> u32 {
        while self.node(rank) != rank {
            rank = self.node(rank);
        }
        rank
    }

    /// Merges pairs. Returns, for each rank in a pair, the first rank of its merged group.
    fn merge_all(&mut self, pairs: &Pairs) -> BTreeMap<u32, u32> {
        for (a, b) in pairs {
            self.merge(*a, *b);
        }
        let ranks = pairs.iter().flat_map(|(a, b)| [*a, *b]);
        ranks.map(|rank| (rank, self.root(rank))).collect()
    }

    fn merge(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.node[a.max(b) as usize] = a.min(b);
    }

    /// Divides the nodes that contain a split pair. What a person joined stays together where
    /// possible, and each goes by rank to the first group that it is not split from.
    fn take_apart(&mut self, apart: &Pairs, atoms: &BTreeMap<u32, u32>) {
        let contested = apart.iter().filter(|(a, b)| self.node(*a) == self.node(*b));
        let contested: BTreeSet<u32> = contested.map(|(a, _)| self.node(*a)).collect();
        if contested.is_empty() {
            return;
        }
        let fits = |one: &[u32], other: &[u32]| {
            let mut pairs = one.iter().flat_map(|a| other.iter().map(move |b| (*a, *b)));
            !pairs.any(|(a, b)| apart.contains(&(a.min(b), a.max(b))))
        };
        let mut divided: BTreeMap<u32, BTreeMap<u32, Vec<u32>>> = BTreeMap::new();
        for rank in (0..self.node.len() as u32).filter(|rank| contested.contains(&self.node(*rank)))
        {
            let atom = atoms.get(&rank).copied().unwrap_or(rank);
            let node = divided.entry(self.node(rank)).or_default();
            node.entry(atom).or_default().push(rank);
        }
        for atoms in divided.into_values() {
            let mut parts: Vec<Vec<u32>> = Vec::new();
            for atom in atoms.into_values() {
                let whole = fits(&atom, &atom);
                let pieces = if whole {
                    vec![atom]
                } else {
                    atom.into_iter().map(|it| vec![it]).collect()
                };
                for piece in pieces {
                    match parts.iter_mut().find(|part| fits(part, &piece)) {
                        Some(part) => part.extend(piece),
                        None => parts.push(piece),
                    }
                }
            }
            for part in parts {
                let first = part.iter().min().copied().unwrap_or_default();
                for rank in part {
                    self.node[rank as usize] = first;
                }
            }
        }
    }
}
