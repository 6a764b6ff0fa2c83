//! Selecting articles by their topics: some included, some excluded. Topics are named rather than
//! numbered, so that a filter outlives the library it was made for.

use std::fmt;

use roaring::RoaringBitmap;

use super::edit::{Pick, Require};
use crate::library::Library;

/// A selection by topics. The empty one selects everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    picks: Vec<(String, Pick)>,
    require: Require,
}

impl Filter {
    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.picks.is_empty()
    }

    pub fn require(&self) -> Require {
        self.require
    }

    /// What a topic is picked for, if it is.
    pub fn pick(&self, topic: &str) -> Option<Pick> {
        self.picks
            .iter()
            .find(|(name, _)| name == topic)
            .map(|(_, pick)| *pick)
    }

    /// The topics that are picked, in the order of picking.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.picks.iter().map(|(name, _)| name.as_str())
    }

    /// Picks a topic, or takes the same pick back.
    pub fn toggle(&mut self, topic: &str, pick: Pick) {
        let before = self.pick(topic);
        self.picks.retain(|(name, _)| name != topic);
        if before != Some(pick) {
            self.picks.push((topic.to_owned(), pick));
        }
    }

    /// Includes one topic and forgets all other picks.
    pub fn only(&mut self, topic: &str) {
        self.picks = vec![(topic.to_owned(), Pick::Include)];
    }

    pub fn toggle_require(&mut self) {
        self.require = match self.require {
            Require::Any => Require::All,
            Require::All => Require::Any,
        };
    }

    pub fn clear(&mut self) {
        self.picks.clear();
    }

    /// The articles selected, or `None` for all of them.
    pub fn evaluate(&self, library: &Library) -> Option<RoaringBitmap> {
        if self.is_empty() {
            return None;
        }
        let mut selected = match (self.included(library), self.require) {
            (sets, _) if sets.is_empty() => everything(library),
            (sets, Require::Any) => sets
                .into_iter()
                .fold(RoaringBitmap::new(), |union, set| union | set),
            (sets, Require::All) => sets
                .into_iter()
                .reduce(|common, set| common & set)
                .unwrap_or_default(),
        };
        for set in self.sets(library, Pick::Exclude) {
            selected -= set;
        }
        Some(selected)
    }

    /// The articles among which another topic is counted: with `Any`, picking one more adds
    /// articles, so that the included topics do not narrow; with `All`, they do.
    pub fn counted_among(&self, library: &Library) -> Option<RoaringBitmap> {
        match self.require {
            Require::All => self.evaluate(library),
            Require::Any => {
                let picks = self
                    .picks
                    .iter()
                    .filter(|(_, pick)| *pick == Pick::Exclude)
                    .cloned()
                    .collect();
                Filter {
                    picks,
                    require: Require::Any,
                }
                .evaluate(library)
            }
        }
    }

    fn included(&self, library: &Library) -> Vec<RoaringBitmap> {
        self.sets(library, Pick::Include)
    }

    /// The articles of each topic that is picked so; none for a topic that no article has.
    fn sets(&self, library: &Library, wanted: Pick) -> Vec<RoaringBitmap> {
        let topics = library.topics();
        self.picks
            .iter()
            .filter(|(_, pick)| *pick == wanted)
            .map(|(name, _)| {
                topics
                    .number(name)
                    .and_then(|number| topics.articles(number))
                    .cloned()
                    .unwrap_or_default()
            })
            .collect()
    }
}

fn everything(library: &Library) -> RoaringBitmap {
    library.ids().map(crate::library::ArticleId::row).collect()
}

/// As it will be typed: `topic:AI,Robotics -topic:"Computer Vision"`.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let picked = |wanted: Pick| {
            self.picks
                .iter()
                .filter(move |(_, pick)| *pick == wanted)
                .map(|(name, _)| quoted(name))
        };
        let separator = match self.require {
            Require::Any => ",",
            Require::All => " topic:",
        };
        let mut parts: Vec<String> = Vec::new();
        let included: Vec<String> = picked(Pick::Include).collect();
        if !included.is_empty() {
            parts.push(format!("topic:{}", included.join(separator)));
        }
        parts.extend(picked(Pick::Exclude).map(|name| format!("-topic:{name}")));
        f.write_str(&parts.join(" "))
    }
}

fn quoted(name: &str) -> String {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|sign| sign.is_alphanumeric() || sign == '-' || sign == '_');
    if plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{ArticleId, sample_library};

    fn topics_of(library: &Library, filter: &Filter) -> Vec<Vec<String>> {
        let selected = filter
            .evaluate(library)
            .expect("a filter that is not empty");
        selected
            .into_iter()
            .map(|row| {
                library
                    .article(ArticleId::from_row(row))
                    .topics()
                    .map(str::to_owned)
                    .collect()
            })
            .collect()
    }

    fn filter(picks: &[(&str, Pick)]) -> Filter {
        let mut filter = Filter::default();
        for (topic, pick) in picks {
            filter.toggle(topic, *pick);
        }
        filter
    }

    #[test]
    fn any_all_and_excluded() {
        let library = sample_library();
        let has = |topics: &[String], name: &str| topics.iter().any(|topic| topic == name);
        let mut both = filter(&[("AI", Pick::Include), ("Health", Pick::Include)]);
        let any = topics_of(&library, &both);
        assert!(
            any.iter()
                .all(|topics| has(topics, "AI") || has(topics, "Health"))
        );
        both.toggle_require();
        let all = topics_of(&library, &both);
        assert!(
            all.iter()
                .all(|topics| has(topics, "AI") && has(topics, "Health"))
        );
        assert!(!all.is_empty() && all.len() < any.len());
        let without = topics_of(&library, &filter(&[("AI", Pick::Exclude)]));
        assert!(without.iter().all(|topics| !has(topics, "AI")));
        let with = topics_of(&library, &filter(&[("AI", Pick::Include)]));
        assert_eq!(with.len() + without.len(), library.len());
    }

    #[test]
    fn the_same_pick_twice_takes_it_back_and_another_replaces_it() {
        let mut filter = filter(&[("AI", Pick::Include), ("AI", Pick::Exclude)]);
        assert_eq!(filter.pick("AI"), Some(Pick::Exclude));
        filter.toggle("AI", Pick::Exclude);
        assert!(filter.is_empty());
    }

    #[test]
    fn a_topic_that_is_gone_selects_nothing() {
        let library = sample_library();
        let selected = filter(&[("No Such Topic", Pick::Include)]).evaluate(&library);
        assert_eq!(selected.map(|set| set.len()), Some(0));
    }

    #[test]
    fn it_prints_as_it_will_be_typed() {
        let mut filter = filter(&[
            ("AI", Pick::Include),
            ("Computer Vision", Pick::Include),
            ("Robotics", Pick::Exclude),
        ]);
        assert_eq!(
            filter.to_string(),
            "topic:AI,\"Computer Vision\" -topic:Robotics"
        );
        filter.toggle_require();
        assert_eq!(
            filter.to_string(),
            "topic:AI topic:\"Computer Vision\" -topic:Robotics"
        );
    }
}
