//! A trie of key sequences: says after each key whether a sequence is complete, pending or unknown.

use super::{Bound, Key};

/// Where a key leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum KeyNode {
    Run(Bound),
    Prefix(Trie),
}

/// Key sequences in insertion order. No sequence is a prefix of another, so none ever has to wait
/// for a timeout.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Trie(Vec<(Key, KeyNode)>);

impl Trie {
    /// Binds `keys`, replacing every sequence that is a prefix of them or starts with
    /// them.
    pub(super) fn insert(&mut self, keys: &[Key], bound: Bound) {
        let [first, rest @ ..] = keys else { return };
        let at = match self.position(*first) {
            Some(at) => at,
            None => {
                self.0.push((*first, KeyNode::Prefix(Trie::default())));
                self.0.len() - 1
            }
        };
        let node = &mut self.0[at].1;
        if rest.is_empty() {
            *node = KeyNode::Run(bound);
            return;
        }
        if let KeyNode::Run(_) = node {
            *node = KeyNode::Prefix(Trie::default());
        }
        if let KeyNode::Prefix(trie) = node {
            trie.insert(rest, bound);
        }
    }

    /// Removes `keys` and every sequence that starts with them.
    pub(super) fn remove(&mut self, keys: &[Key]) {
        let [first, rest @ ..] = keys else { return };
        let Some(at) = self.position(*first) else {
            return;
        };
        let gone = match &mut self.0[at].1 {
            _ if rest.is_empty() => true,
            KeyNode::Run(_) => false,
            KeyNode::Prefix(trie) => {
                trie.remove(rest);
                trie.0.is_empty()
            }
        };
        if gone {
            self.0.remove(at);
        }
    }

    /// Where `keys` lead; `None` if no sequence starts with them or `keys` is empty.
    pub(super) fn find(&self, keys: &[Key]) -> Option<&KeyNode> {
        let [first, rest @ ..] = keys else {
            return None;
        };
        let node = &self.0[self.position(*first)?].1;
        match node {
            _ if rest.is_empty() => Some(node),
            KeyNode::Run(_) => None,
            KeyNode::Prefix(trie) => trie.find(rest),
        }
    }

    /// All sequences, and what each runs.
    pub(super) fn sequences(&self) -> Vec<(Vec<Key>, Bound)> {
        self.0
            .iter()
            .flat_map(|(key, node)| match node {
                KeyNode::Run(bound) => vec![(vec![*key], bound.clone())],
                KeyNode::Prefix(trie) => trie
                    .sequences()
                    .into_iter()
                    .map(|(rest, bound)| ([vec![*key], rest].concat(), bound))
                    .collect(),
            })
            .collect()
    }

    fn position(&self, key: Key) -> Option<usize> {
        self.0.iter().position(|(it, _)| *it == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command;

    fn keys(text: &str) -> Vec<Key> {
        Key::parse_sequence(text).expect("keys")
    }

    fn trie(bindings: &[(&str, Command)]) -> Trie {
        let mut trie = Trie::default();
        for (text, command) in bindings {
            trie.insert(&keys(text), Bound::from(*command));
        }
        trie
    }

    #[test]
    fn a_sequence_is_begun_then_complete_then_nothing() {
        let trie = trie(&[("g g", Command::First), ("G", Command::Last)]);
        assert!(matches!(trie.find(&keys("g")), Some(KeyNode::Prefix(_))));
        assert_eq!(
            trie.find(&keys("g g")),
            Some(&KeyNode::Run(Command::First.into()))
        );
        assert_eq!(trie.find(&keys("g g g")), None);
        assert_eq!(trie.find(&keys("g x")), None);
        assert_eq!(trie.find(&[]), None);
    }

    #[test]
    fn what_is_put_in_takes_the_place_of_what_is_in_its_way() {
        let mut trie = trie(&[("g g", Command::First), ("g e", Command::Last)]);
        trie.insert(&keys("g"), Command::Refresh.into());
        assert_eq!(trie.sequences(), [(keys("g"), Command::Refresh.into())]);
        trie.insert(&keys("g g"), Command::First.into());
        assert_eq!(trie.sequences(), [(keys("g g"), Command::First.into())]);
    }

    #[test]
    fn taking_out_the_last_of_a_prefix_takes_out_the_prefix() {
        let mut trie = trie(&[("g g", Command::First), ("g e", Command::Last)]);
        trie.remove(&keys("g g"));
        trie.remove(&keys("g e e"));
        assert_eq!(trie.sequences(), [(keys("g e"), Command::Last.into())]);
        trie.remove(&keys("g e"));
        assert_eq!(trie, Trie::default());
    }

    #[test]
    fn taking_out_a_prefix_takes_out_all_that_begins_with_it() {
        let mut trie = trie(&[("g g", Command::First), ("G", Command::Last)]);
        trie.remove(&keys("g"));
        assert_eq!(trie.sequences(), [(keys("G"), Command::Last.into())]);
    }
}
