//! Groups articles around leads. A member is close to its lead, not merely to another member, so
//! that stories do not chain from one subject to the next.

use std::collections::{BTreeMap, BTreeSet};

use super::Because;

/// Articles as nodes by rank, the best lead first.
#[derive(Default)]
pub(super) struct Graph {
    /// For each node, its neighbours and the reason for each.
    near: BTreeMap<u32, BTreeMap<u32, Because>>,
    /// Pairs that must not be in one story, the lower rank first.
    apart: BTreeSet<(u32, u32)>,
}

impl Graph {
    /// Notes that two nodes tell the same thing. The best reason is kept.
    pub(super) fn join(&mut self, a: u32, b: u32, because: Because) {
        if a == b {
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            let reason = self
                .near
                .entry(from)
                .or_default()
                .entry(to)
                .or_insert(because);
            *reason = (*reason).min(because);
        }
    }

    /// Notes that two nodes must never be in one story.
    pub(super) fn part(&mut self, a: u32, b: u32) {
        self.apart.insert((a.min(b), a.max(b)));
    }

    /// The stories: for each, the lead and then its members with their reasons, by rank.
    pub(super) fn stories(&self) -> Vec<(u32, Vec<(u32, Because)>)> {
        let mut taken: BTreeSet<u32> = BTreeSet::new();
        let mut stories = Vec::new();
        for (lead, near) in &self.near {
            if taken.contains(lead) {
                continue;
            }
            let mut members: Vec<(u32, Because)> = Vec::new();
            for (node, because) in near {
                let fits =
                    |other: &u32| !self.apart.contains(&(*node.min(other), *node.max(other)));
                let all_fit = fits(lead) && members.iter().all(|(other, _)| fits(other));
                if !taken.contains(node) && all_fit {
                    members.push((*node, *because));
                }
            }
            if members.is_empty() {
                continue;
            }
            taken.insert(*lead);
            taken.extend(members.iter().map(|(node, _)| *node));
            stories.push((*lead, members));
        }
        stories
    }
}
