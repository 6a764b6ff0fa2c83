//! Whether publishing tells a story twice: another article of it is published already, or is to be.

use super::context::Cx;
use super::mark_edit::MarkEdit;
use crate::desk::is_published;
use crate::library::ArticleId;
use crate::model::{Field, Value};

/// The articles that tell the story of one of these, and are published or to be, if the edit
/// publishes them; in the order of the list. What is published already tells nothing twice.
pub fn told_twice(edit: &MarkEdit, articles: &[ArticleId], cx: Cx<'_>) -> Vec<ArticleId> {
    if edit.stages() != Some(true) {
        return Vec::new();
    }
    let is_out = |id: ArticleId| {
        let article = cx.catalog.library().article(id);
        if let Value::Staged(Some(to)) = cx.marks.will_be(id, &Field::Publication) {
            return to;
        }
        is_published(article, cx.env.now) == Some(true)
    };
    let mut found: Vec<ArticleId> = Vec::new();
    for (at, id) in articles.iter().enumerate() {
        let Some(story) = cx.grouping.story(*id).filter(|_| !is_out(*id)) else {
            continue;
        };
        let others = story
            .members
            .iter()
            .map(|it| it.article)
            .filter(|it| it != id);
        let there = others.filter(|it| !cx.catalog.library().is_gone(*it));
        // Of two that are published together, the second tells it twice.
        let out = there.filter(|it| articles[..at].contains(it) || is_out(*it));
        for other in out {
            if !found.contains(&other) {
                found.push(other);
            }
        }
    }
    found
}
