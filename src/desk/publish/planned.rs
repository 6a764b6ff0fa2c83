//! Plans how an article is published or unpublished: its site's rule says which fields of the file
//! to change.

use std::path::Path;

use jiff::Timestamp;

use super::super::marked::root_of;
use super::original::Original;
use super::{Change, Refusal, container};
use crate::format::edit::Asked;
use crate::format::publication::Plan;
use crate::format::signals;
use crate::library::site::Sites;
use crate::library::{ArticleRef, Articles};
use crate::model::Has;

/// The outcome of planning a change.
#[derive(Debug)]
pub enum Planned {
    Change(Box<Change>),
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

    /// What to change for an article to be published, or unpublished.
    ///
    /// # Errors
    /// If its file must not be changed, or something other than its fields decides.
    pub fn plan(&self, article: ArticleRef<'_>, to: bool) -> Result<Planned, Refusal> {
        let path = article.path();
        let root = root_of(article);
        let folder = self.sites.rule(path.parent().unwrap_or(Path::new("")));
        let original = Original::read(&path, &root)?;
        let signals = signals::read(&original.head, container(&path)?)?;
        let verdict = folder.rule.judge(&signals, article.published_at());
        match folder
            .rule
            .plan(&verdict, to, self.now, |name| self.is_used(name))
        {
            Plan::Unchanged(reason) => Ok(Planned::Unchanged(reason)),
            Plan::Refused(reason) => Err(Refusal::Rule(reason)),
            Plan::Wishes(wishes) => match Change::of_version(&path, &root, original, wishes)? {
                Some(change) => Ok(Planned::Change(Box::new(change))),
                None => Ok(Planned::Unchanged(None)),
            },
        }
    }

    /// What to change for an article's fields to be as asked.
    ///
    /// # Errors
    /// If its file must not be changed, or a field cannot be as asked.
    pub fn edit(&self, article: ArticleRef<'_>, asked: &[Asked]) -> Result<Planned, Refusal> {
        let path = article.path();
        let folder = self.sites.rule(path.parent().unwrap_or(Path::new("")));
        let wishes = asked.iter().map(|it| it.wish(folder.rule.generator));
        match Change::new(&path, &root_of(article), wishes.collect(), None)? {
            Some(change) => Ok(Planned::Change(Box::new(change))),
            None => Ok(Planned::Unchanged(None)),
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
