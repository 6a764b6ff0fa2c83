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
    /// Counts the topics anew, most articles first. The cursor stays on its topic.
    pub(super) fn recount_topics(&mut self) {
        let among = self.filter.counted_among(&self.library);
        let facet = self.library.topics();
        let mut rows: Vec<TopicRow> = facet
            .numbers()
            .filter_map(|number| {
                let articles = facet.articles(number)?;
                let count = among
                    .as_ref()
                    .map_or(articles.len(), |among| among.intersection_len(articles));
                let name = facet.name(number);
                let pick = self.filter.pick(name);
                (count > 0 || pick.is_some()).then(|| TopicRow {
                    name: name.to_owned(),
                    count,
                    pick,
                })
            })
            .collect();
        let known: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let gone: Vec<TopicRow> = self
            .filter
            .topics()
            .filter(|topic| !known.contains(topic))
            .map(|topic| TopicRow {
                name: topic.to_owned(),
                count: 0,
                pick: self.filter.pick(topic),
            })
            .collect();
        rows.extend(gone);
        rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let before = self.topics.current().map(|row| row.name.clone());
        let again = before.and_then(|name| rows.iter().position(|row| row.name == name));
        self.topics.rows = rows;
        if let Some(at) = again {
            self.topics.cursor.at = at;
        }
    }
}
