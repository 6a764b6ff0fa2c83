//! The topics: each with how many articles it would leave, and what it is picked for.

use super::list::Cursor;
use super::state::State;
use crate::query::Pick;

/// The rows of the topics pane, and the cursor among them.
#[derive(Debug, Default)]
pub struct Topics {
    pub rows: Vec<TopicRow>,
    pub cursor: Cursor,
}

/// A topic and the articles that have it, among those otherwise selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRow {
    pub name: String,
    pub count: u64,
    pub pick: Option<Pick>,
}

impl Topics {
    /// The topic under the cursor.
    pub fn current(&self) -> Option<&TopicRow> {
        self.rows.get(self.cursor.at)
    }
}

impl State {
    /// Counts the topics anew. They stand in the order of all their articles, most first, whatever
    /// is filtered: picking one moves no other. The cursor stays on its topic, or at the top.
    pub(super) fn recount_topics(&mut self) {
        let among = self.filter.counted_among(&self.library);
        let facet = self.library.topics();
        let mut rows: Vec<(u64, TopicRow)> = facet
            .numbers()
            .filter_map(|number| {
                let articles = facet.articles(number)?;
                let count = among
                    .as_ref()
                    .map_or(articles.len(), |among| among.intersection_len(articles));
                let name = facet.name(number);
                let pick = self.filter.pick(name);
                let row = || TopicRow {
                    name: name.to_owned(),
                    count,
                    pick,
                };
                (count > 0 || pick.is_some()).then(|| (articles.len(), row()))
            })
            .collect();
        let gone = self.filter.topics().filter(|it| facet.number(it).is_none());
        rows.extend(gone.map(|topic| {
            let row = TopicRow {
                name: topic.to_owned(),
                count: 0,
                pick: self.filter.pick(topic),
            };
            (0, row)
        }));
        rows.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.name.cmp(&other.name)));
        let rows: Vec<TopicRow> = rows.into_iter().map(|(_, row)| row).collect();
        let before = self.topics.current().map(|row| row.name.clone());
        let again = before.and_then(|name| rows.iter().position(|row| row.name == name));
        self.topics.rows = rows;
        // At the top it stays there: while the library comes in, topics overtake each other.
        if let Some(at) = again.filter(|_| self.topics.cursor.at > 0) {
            self.topics.cursor.follow(at);
        }
    }
}
