//! Plans how an article is published or unpublished: its site's rule says which fields of the file
//! to change.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;

use super::super::edit::asked_of;
use super::super::intent::Staged;
use super::super::roots::root_of;
use super::original::Original;
use super::{StagedChange, WriteRefusal, container, editable};
use crate::format::edit::{Asking, Edit, EditedFile, RequestedEdit, Wish};
use crate::format::publication::PublicationPlan;
use crate::format::{Conventions, scan, signals};
use crate::library::site::Sites;
use crate::library::{ArticleId, ArticleRef, Articles, on_all_processors, shares};
use crate::model::{Has, Signals};

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

    /// What to change for everything that is staged, article by article. Reads their files on all
    /// processors.
    pub fn plan_all(
        &self,
        staged: &[(ArticleId, &Staged)],
    ) -> Vec<Result<ChangePlan, WriteRefusal>> {
        let plan = |(id, staged): &(ArticleId, &Staged)| {
            let asked = asked_of(&staged.edits);
            self.plan(self.articles.article(*id), staged.publication, &asked)
        };
        let plan_some = |some: &&[_]| some.iter().map(plan).collect::<Vec<_>>();
        let plans = on_all_processors(&shares(staged), plan_some, &|| false);
        plans.into_iter().flatten().flatten().collect()
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
        let folder = article.folder();
        let folder = self.sites.rule(&folder.path, &folder.overrides);
        let rule = &folder.rule;
        let wishes = asked.iter().map(|it| it.wish(rule.generator));
        let mut wishes: Vec<Wish> = wishes.collect();
        let fields = asked.iter().map(|it| it.field.as_str());
        let mut edited = Edited::new(editable(&original, &path)?);
        for (field, wish) in fields.zip(&wishes) {
            edited.carry_out(field, wish)?;
        }
        let mut unchanged = None;
        if let Some(to) = to {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let plan = |to, head: &[u8]| {
                let signals = signals_in(&path, head)?;
                let verdict = rule.judge_file(&name, &signals, article.published_at());
                Ok::<_, WriteRefusal>(rule.plan(&verdict, to, self.now, |name| self.is_used(name)))
            };
            match plan(to, edited.file.bytes())? {
                PublicationPlan::Unchanged(reason) => unchanged = reason,
                PublicationPlan::Refused(reason) => return Err(WriteRefusal::Rule(reason)),
                PublicationPlan::Wishes(more) => {
                    edited.publish(&more, |head| plan(!to, head))?;
                    wishes.extend(more);
                }
            }
        }
        match StagedChange::of_edits(&path, &root, original, wishes, edited.edits, None)? {
            Some(change) => Ok(ChangePlan::Change(Box::new(
                change.with_ways_back(edited.back),
            ))),
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

/// What decides publication in the beginning of the file at `path`.
fn signals_in(path: &Path, head: &[u8]) -> Result<Signals, WriteRefusal> {
    match scan(path, head, &Conventions::default()) {
        Some(headline) => Ok(headline.signals),
        None => Ok(signals::read(head, container(path)?)?),
    }
}

/// A file with wishes carried out in order, and what undoes them, by field.
struct Edited {
    file: EditedFile,
    edits: Vec<Edit>,
    back: BTreeMap<String, Vec<Asking>>,
}

impl Edited {
    fn new(file: EditedFile) -> Self {
        Self {
            file,
            edits: Vec::new(),
            back: BTreeMap::new(),
        }
    }

    fn carry_out(&mut self, field: &str, wish: &Wish) -> Result<(), WriteRefusal> {
        let carried_out = self.file.reversible(wish)?;
        let (edit, back) = carried_out.map(|it| (it.edit, it.back)).unzip();
        self.edits.extend(edit);
        self.undone_by(field, back);
        Ok(())
    }

    fn undone_by(&mut self, field: &str, asked: impl IntoIterator<Item = Asking>) {
        let back = self.back.entry(field.to_owned()).or_default();
        back.splice(0..0, asked);
    }

    /// Carries out a publication. Undoing that stages the `opposite` one, which may not bring back
    /// the value of a field: `hidden`, where `draft` is what unpublishes. Then that is noted too.
    fn publish(
        &mut self,
        wishes: &[Wish],
        opposite: impl Fn(&[u8]) -> Result<PublicationPlan, WriteRefusal>,
    ) -> Result<(), WriteRefusal> {
        let mut published = Self::new(self.file.clone());
        published.carry_out_all(wishes)?;
        let mut again = Self::new(published.file.clone());
        if let PublicationPlan::Wishes(wishes) = opposite(published.file.bytes())? {
            again.carry_out_all(&wishes)?;
        }
        let is_replacement = |asked: &Asking| match asked {
            Asking::Restore(to) => to.is_replacement(),
            Asking::Set(_) | Asking::Remove | Asking::Add(_) | Asking::Take(_) => false,
        };
        if again.file.bytes() != self.file.bytes() {
            for (field, asked) in published.back {
                if asked.iter().all(is_replacement) {
                    self.undone_by(&field, asked);
                }
            }
        }
        self.file = published.file;
        self.edits.extend(published.edits);
        Ok(())
    }

    fn carry_out_all(&mut self, wishes: &[Wish]) -> Result<(), WriteRefusal> {
        let mut each = wishes.iter();
        each.try_for_each(|wish| self.carry_out(wish.key().name(), wish))
    }
}
