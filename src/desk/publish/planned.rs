//! Plans how an article is published or unpublished: its site's rule says which fields of the file
//! to change.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::super::roots::root_of;
use super::original::Original;
use super::{StagedChange, WriteRefusal, container};
use crate::format::Container;
use crate::format::edit::{self, Asking, RequestedEdit, Wish};
use crate::format::publication::PublicationPlan;
use crate::format::signals;
use crate::library::site::Sites;
use crate::library::{ArticleRef, Articles};
use crate::model::Has;

/// The outcome of planning a change.
#[derive(Debug)]
pub enum ChangePlan {
    Change(Box<StagedChange>),
    /// Nothing to change: the file says so already, or there is another reason.
    Unchanged(Option<&'static str>),
}

/// Plans changes for the articles of a library, as its sites are now.
#[derive(Debug)]
pub struct Planner<'a> {
    articles: &'a Articles,
    sites: Sites,
    now: Timestamp,
}

impl<'a> Planner<'a> {
    pub fn new(articles: &'a Articles, now: Timestamp) -> Self {
        Self {
            articles,
            sites: Sites::default(),
            now,
        }
    }

    /// What to change for everything that is staged for an article: its publication, if staged, and
    /// fields of its file.
    ///
    /// # Errors
    /// If its file must not be changed, something other than its fields decides its publication, or
    /// a field cannot be changed as asked.
    pub fn plan(
        &self,
        article: ArticleRef<'_>,
        to: Option<bool>,
        asked: &[RequestedEdit],
    ) -> Result<ChangePlan, WriteRefusal> {
        let path = article.path();
        let root = root_of(article);
        let original = Original::read(&path, &root)?;
        let container = container(&path)?;
        let folder = article.folder();
        let folder = self.sites.rule(&folder.path, &folder.overrides);
        let rule = &folder.rule;
        let wishes = asked.iter().map(|it| it.wish(rule.generator));
        let mut wishes: Vec<Wish> = wishes.collect();
        let fields = asked.iter().map(|it| it.field.as_str());
        let back = ways_back(&original, container, fields.zip(&wishes))?;
        let mut unchanged = None;
        if let Some(to) = to {
            let signals = signals::read(&original.head, container)?;
            let verdict = rule.judge(&signals, article.published_at());
            match rule.plan(&verdict, to, self.now, |name| self.is_used(name)) {
                PublicationPlan::Unchanged(reason) => unchanged = reason,
                PublicationPlan::Refused(reason) => return Err(WriteRefusal::Rule(reason)),
                PublicationPlan::Wishes(more) => wishes.extend(more),
            }
        }
        if wishes.is_empty() {
            return Ok(ChangePlan::Unchanged(unchanged));
        }
        match StagedChange::of_version(&path, &root, original, wishes, None)? {
            Some(change) => Ok(ChangePlan::Change(Box::new(change.with_way_back(back)))),
            None => Ok(ChangePlan::Unchanged(unchanged)),
        }
    }

    /// Whether articles of this library use a field.
    fn is_used(&self, name: &str) -> bool {
        self.articles.ids().any(|id| {
            let article = self.articles.article(id);
            match name {
                "published" => article.has().contains(Has::PUBLISHED),
                "draft" => article.publication().is_draft,
                _ => false,
            }
        })
    }
}

/// What undoes wishes that are carried out in order, by field.
fn ways_back<'w>(
    original: &Original,
    container: Container,
    wishes: impl Iterator<Item = (&'w str, &'w Wish)>,
) -> Result<BTreeMap<String, Vec<Asking>>, WriteRefusal> {
    let mut head = original.head.clone();
    let mut back: BTreeMap<String, Vec<Asking>> = BTreeMap::new();
    for (field, wish) in wishes {
        let asked = edit::reverse(&head, container, wish)?;
        back.entry(field.to_owned())
            .or_default()
            .splice(0..0, asked);
        if let Some(edit) = edit::edit(&head, container, wish)? {
            head = edit.apply(&head);
        }
    }
    Ok(back)
}
