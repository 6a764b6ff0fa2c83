//! Which field to change to publish or unpublish an article. `edit` finds the bytes to change.

use jiff::Timestamp;

use super::{DecidedBy, Rule, SiteVerdict};
use crate::format::edit::{FieldNames, NewScalar, Wish};
use crate::model::{Generator, Moment, Standing};

/// What to do to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicationPlan {
    Wishes(Vec<Wish>),
    /// Nothing: the file says so already, or there is another reason.
    Unchanged(Option<&'static str>),
    /// A field of this file cannot do it; says what to do instead.
    Refused(String),
}

impl Rule {
    /// What is said above and keeps an article hidden, whatever field of its own is changed.
    fn held_back(&self, verdict: &SiteVerdict, now: Timestamp) -> Option<String> {
        let by_field = self
            .inherited
            .as_ref()
            .filter(|it| !it.may_be_overridden && it.shows == Some(false))
            .map(|it| it.said.clone());
        let dates = &self.inherited_dates;
        let at = |moment: Option<Moment>| moment.map(|it| it.at);
        let publication = &verdict.publication;
        let waits = publication.from.is_some_and(|it| {
            it > now && [at(dates.publish_at), at(dates.date)].contains(&Some(it))
        });
        let has_ended = publication
            .until
            .is_some_and(|it| it <= now && at(dates.expire_at) == Some(it));
        by_field.or_else(|| (waits || has_ended).then(|| dates.said.clone()))
    }

    /// How to publish or unpublish an article with the field that decides. `is_used` tells whether
    /// other articles of the library have a field.
    pub fn plan(
        &self,
        verdict: &SiteVerdict,
        to: bool,
        now: Timestamp,
        is_used: impl Fn(&str) -> bool,
    ) -> PublicationPlan {
        let standing = verdict.publication.at(now);
        if to
            && standing != Standing::Published
            && let Some(said) = self.held_back(verdict, now)
        {
            return PublicationPlan::Refused(format!(
                "{said} decides for everything below it; change it there"
            ));
        }
        match (&verdict.by, standing) {
            (DecidedBy::LeftOut(reason), _) if to => PublicationPlan::Refused(format!(
                "{} makes no page of it: {reason}",
                self.generator
            )),
            (DecidedBy::Misspelt(_), _) if to => {
                PublicationPlan::Unchanged(Some("live by default"))
            }
            (DecidedBy::Misspelt(name), _) => PublicationPlan::Refused(format!(
                "{} knows {name} in lower case only; write it so",
                self.generator
            )),
            (_, Standing::Published) if to && verdict.by == DecidedBy::Default => {
                PublicationPlan::Unchanged(Some("live by default"))
            }
            (_, Standing::Scheduled) if to => PublicationPlan::Refused(
                "its date is in the future, and it will be published then; change the date to \
                 publish it now".to_owned(),
            ),
            (_, Standing::Expired) if to => PublicationPlan::Refused(
                "its expiry date is past; change or delete that to publish it again".to_owned(),
            ),
            (DecidedBy::Keys(_), Standing::Unpublished) if !to => PublicationPlan::Unchanged(None),
            (_, Standing::Unpublished) if !to => PublicationPlan::Unchanged(Some("it is not shown anyway")),
            (_, Standing::Expired) => PublicationPlan::Unchanged(Some("it has expired already")),
            (DecidedBy::LeftOut(_), _) => {
                PublicationPlan::Unchanged(Some("it is not shown anyway"))
            }
            (DecidedBy::Folder, _) => PublicationPlan::Refused(
                "it is in a drafts folder; move it out of there to publish it".to_owned(),
            ),
            (DecidedBy::Inherited(inherited), _) => PublicationPlan::Refused(format!(
                "{} decides for everything below it; change it there",
                inherited.said
            )),
            (DecidedBy::Disagreeing(one, other), _) => PublicationPlan::Refused(format!(
                "{one} and {other} contradict each other; make them agree, or delete one"
            )),
            (DecidedBy::Unclear(name), _) => self.change(&[name], to),
            (DecidedBy::Keys(names), _) => self.change(names, to),
            (DecidedBy::Default, _) => self.add(to, &is_used),
            (DecidedBy::Nobody, _) if self.generator == Generator::Unknown && is_used("published") => {
                self.change(&["published"], to)
            }
            (DecidedBy::Nobody, _) => PublicationPlan::Refused(
                "nothing says what publishes it; name the site's generator in newsdesk.toml in its \
                 folder (generator = \"hugo\"), or add published, draft or publish by hand"
                    .to_owned(),
            ),
        }
    }

    /// Changes existing fields.
    fn change(&self, names: &[&'static str], to: bool) -> PublicationPlan {
        let mut wishes = Vec::new();
        for name in names {
            let key = FieldNames::new(name);
            wishes.push(match *name {
                "draft" | "isDraft" | "unlisted" => Wish::Flag { key, to: !to },
                "build.render" | "permalink" => {
                    return PublicationPlan::Refused(format!(
                        "{name} keeps the page from being built; change it by hand"
                    ));
                }
                "status" => Wish::Set {
                    key,
                    to: NewScalar::Text(if to { "published" } else { "draft" }.to_owned()),
                },
                _ => Wish::Flag { key, to },
            });
        }
        PublicationPlan::Wishes(wishes)
    }

    /// Adds the generator's own field, if only its default applies.
    fn add(&self, to: bool, is_used: &impl Fn(&str) -> bool) -> PublicationPlan {
        let name = match self.generator {
            Generator::Jekyll | Generator::Hexo => "published",
            Generator::Pelican => "status",
            Generator::Quartz if self.is_opt_in => "publish",
            Generator::Astro | Generator::Eleventy if !self.knows_draft && !is_used("draft") => {
                return PublicationPlan::Refused(format!(
                    "this {} site does not use draft; change its code, or move the file out of it",
                    self.generator
                ));
            }
            Generator::Hugo
            | Generator::Zola
            | Generator::Docusaurus
            | Generator::Quarto
            | Generator::Astro
            | Generator::Eleventy
            | Generator::Quartz
            | Generator::Obsidian
            | Generator::Unknown => "draft",
        };
        self.change(&[name], to)
    }
}
