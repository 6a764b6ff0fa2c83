//! Whether publishing tells a story twice: another article of it is published already, or is to be.

use std::collections::HashMap;

use super::context::Cx;
use super::mark_edit::MarkEdit;
use crate::desk::is_published;
use crate::library::ArticleId;
use crate::model::{MarkField, MarkValue};

/// The articles that tell the story of one of these, and are published or to be, if the edit
/// publishes them. What is published already tells nothing twice.
pub fn told_twice(edit: &MarkEdit, articles: &[ArticleId], cx: Cx<'_>) -> Vec<ArticleId> {
    if edit.stages() != Some(true) {
        return Vec::new();
    }
    let library = cx.catalog.library();
    let is_out = |id: ArticleId| {
        if let MarkValue::Staged(Some(to)) = cx.marks.will_be(id, &MarkField::Publication) {
            return to;
        }
        is_published(library.article(id), cx.env.now) == Some(true)
    };
    // By the lead of a story, who tells it so far.
    let mut told: HashMap<ArticleId, Vec<ArticleId>> = HashMap::new();
    let mut found = Vec::new();
    for id in articles {
        let Some(story) = cx.grouping.story(*id).filter(|_| !is_out(*id)) else {
            continue;
        };
        let told = told.entry(story.lead).or_insert_with(|| {
            let members = story.members.iter().map(|it| it.article);
            let there = members.filter(|it| !library.is_gone(*it));
            there.filter(|it| is_out(*it)).collect()
        });
        found.append(told);
        // Of two that are published together, the second tells it twice.
        told.push(*id);
    }
    found
}
