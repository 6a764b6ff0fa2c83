//! What decides the publication of an article, by its generator's rule, and which field to change
//! to publish or unpublish it. `library::site` finds the rule, and `edit` the bytes to change.
//!
//! Sources: Jekyll's `Publisher`, Hugo's `pagemeta`, Zola's `Page` and `Section`, Hexo's post
//! processor, the front matter documentation of Docusaurus and Quarto, Pelican's `Content`,
//! Quartz's filters.

use jiff::Timestamp;

use super::edit::{FieldNames, NewScalar, Wish};
use crate::model::{Generator, Moment, Says, Signal, Signals, SitePublication, Standing};

/// How the articles of one folder are published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rule {
    pub generator: Generator,
    /// Articles with a future date are shown.
    pub shows_future: bool,
    /// Expired articles are shown.
    pub shows_expired: bool,
    /// Drafts are shown.
    pub shows_drafts: bool,
    /// Only articles that ask for it are shown.
    pub is_opt_in: bool,
    /// The site uses `draft` although its generator does not.
    pub knows_draft: bool,
    /// It is a folder of drafts.
    pub is_drafts: bool,
    /// What files in folders above say for everything below.
    pub inherited: Option<Inherited>,
}

/// A value from a file in a folder above.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inherited {
    /// `draft = true in content/post/_index.md`.
    pub said: String,
    /// Whether the articles are shown; `None` if that depends on anything not looked at here.
    pub shows: Option<bool>,
}

/// What decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    /// Fields of the file, which agree.
    Keys(Vec<&'static str>),
    /// Two fields of the file that disagree.
    Disagreeing(&'static str, &'static str),
    /// A field with a value that the generator does not know.
    Unclear(&'static str),
    /// The folder it is in.
    Folder,
    Inherited(Inherited),
    /// Nothing in the file: the generator's default.
    Default,
    /// Nothing at all.
    Nobody,
}

impl DecidedBy {
    fn is_draft(&self) -> bool {
        match self {
            Self::Folder => true,
            Self::Keys(names) => names.iter().any(|name| matches!(*name, "draft" | "status")),
            Self::Inherited(inherited) => inherited.said.contains("draft"),
            Self::Disagreeing(..) | Self::Unclear(_) | Self::Default | Self::Nobody => false,
        }
    }
}

/// The publication of an article, and what decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteVerdict {
    pub publication: SitePublication,
    pub by: DecidedBy,
}

/// What to do to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicationPlan {
    Wishes(Vec<Wish>),
    /// Nothing: the file says so already, or there is another reason.
    Unchanged(Option<&'static str>),
    /// A field of this file cannot do it; says what to do instead.
    Refused(String),
}

/// A field that says whether an article is shown.
struct Said {
    name: &'static str,
    signal: Signal,
    /// Whether `true` means shown.
    when_true: bool,
}

impl Said {
    fn shows(&self, flag: bool) -> bool {
        flag == self.when_true
    }
}

impl Rule {
    /// What decides the publication of an article with these fields and this date.
    pub fn judge(&self, signals: &Signals, date: Option<Moment>) -> SiteVerdict {
        let (says, by) = self.decide(signals);
        let moment = |moment: Option<Moment>| moment.map(|moment| moment.at);
        let (from, until) = match self.generator {
            Generator::Jekyll | Generator::Hexo | Generator::Pelican => (moment(date), None),
            Generator::Hugo => (
                moment(signals.publish_at.or(date)),
                moment(signals.expire_at),
            ),
            Generator::Zola
            | Generator::Docusaurus
            | Generator::Quarto
            | Generator::Astro
            | Generator::Eleventy
            | Generator::Quartz
            | Generator::Obsidian
            | Generator::Unknown => (None, None),
        };
        let publication = SitePublication {
            says,
            is_draft: says == Says::No && by.is_draft(),
            from: from.filter(|_| !self.shows_future),
            until: until.filter(|_| !self.shows_expired),
        };
        SiteVerdict { publication, by }
    }

    /// The fields that this generator obeys, in order of precedence; those in one list count
    /// together.
    fn said(&self, signals: &Signals) -> Vec<Said> {
        let field = |name, signal, when_true| Said {
            name,
            signal,
            when_true,
        };
        let published = field("published", signals.published, true);
        let draft = field("draft", signals.draft, false);
        let publish = field("publish", signals.publish, true);
        let rendered = field("build.render", signals.rendered, true);
        match self.generator {
            Generator::Jekyll | Generator::Hexo => vec![published],
            Generator::Hugo if signals.draft.is_there() => vec![draft, rendered],
            Generator::Hugo => vec![published, rendered],
            Generator::Zola | Generator::Quarto | Generator::Astro => vec![draft],
            Generator::Docusaurus => vec![draft, field("unlisted", signals.unlisted, false)],
            Generator::Eleventy => vec![draft, field("permalink", signals.rendered, true)],
            Generator::Pelican => vec![field("status", signals.status, true)],
            Generator::Quartz if self.is_opt_in => vec![publish, draft],
            Generator::Quartz => vec![draft],
            Generator::Obsidian => vec![publish, draft],
            Generator::Unknown => vec![
                published,
                draft,
                publish,
                field("status", known_status(signals.status), true),
            ],
        }
    }

    fn decide(&self, signals: &Signals) -> (Says, DecidedBy) {
        let heeds_folders = matches!(
            self.generator,
            Generator::Jekyll | Generator::Hexo | Generator::Unknown
        );
        if heeds_folders && self.is_drafts && !self.shows_drafts {
            return (Says::No, DecidedBy::Folder);
        }
        let there: Vec<Said> = self
            .said(signals)
            .into_iter()
            .filter(|it| it.signal.is_there())
            .collect();
        match self.generator {
            Generator::Unknown | Generator::Obsidian => decide_together(&there),
            Generator::Jekyll
            | Generator::Hugo
            | Generator::Zola
            | Generator::Hexo
            | Generator::Docusaurus
            | Generator::Quarto
            | Generator::Astro
            | Generator::Eleventy
            | Generator::Pelican
            | Generator::Quartz => self.decide_for_a_site(&there),
        }
    }

    /// A site shows everything that no field holds back.
    fn decide_for_a_site(&self, there: &[Said]) -> (Says, DecidedBy) {
        let against = there
            .iter()
            .find(|it| it.signal.strictly().is_some_and(|flag| !it.shows(flag)));
        if let Some(said) = against {
            let is_shown = self.shows_drafts && said.name == "draft";
            return (Says::from_flag(is_shown), DecidedBy::Keys(vec![said.name]));
        }
        let unclear = there.iter().find(|it| it.signal.strictly().is_none());
        if let Some(said) = unclear {
            // Jekyll holds back files that say `false`, and shows everything else.
            let says = match (self.generator, said.signal) {
                (Generator::Jekyll, Signal::Other | Signal::Loosely(true)) => Says::Yes,
                _ => Says::Nothing,
            };
            return (says, DecidedBy::Unclear(said.name));
        }
        let is_asked_for = |it: &&Said| !self.is_opt_in || it.name == "publish";
        let mut for_it = there.iter().filter(is_asked_for);
        // What the file says takes precedence over what files above it say.
        match (for_it.next(), &self.inherited) {
            (Some(said), None) => (Says::Yes, DecidedBy::Keys(vec![said.name])),
            (Some(said), Some(_)) if self.is_overridden_by(said) => {
                (Says::Yes, DecidedBy::Keys(vec![said.name]))
            }
            (_, Some(inherited)) => {
                let says = inherited.shows.map_or(Says::Nothing, Says::from_flag);
                (says, DecidedBy::Inherited(inherited.clone()))
            }
            (None, None) => (Says::from_flag(!self.is_opt_in), DecidedBy::Default),
        }
    }

    /// A draft section in Zola takes all its pages with it, whatever they say.
    fn is_overridden_by(&self, said: &Said) -> bool {
        self.generator != Generator::Zola && matches!(said.name, "draft" | "published" | "status")
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
        match (&verdict.by, standing) {
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
                "draft" | "unlisted" => Wish::Flag { key, to: !to },
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

/// Only Pelican's words for `status`; others are about something else.
fn known_status(status: Signal) -> Signal {
    match status {
        Signal::Other => Signal::Absent,
        known @ (Signal::Absent | Signal::Yes | Signal::No | Signal::Loosely(_)) => known,
    }
}

/// If no generator says what counts, all fields present must agree.
fn decide_together(there: &[Said]) -> (Says, DecidedBy) {
    let mut decided: Option<(bool, &'static str)> = None;
    for said in there {
        let Some(flag) = said.signal.leniently() else {
            return (Says::Nothing, DecidedBy::Unclear(said.name));
        };
        let shows = said.shows(flag);
        match decided {
            Some((before, name)) if before != shows => {
                return (Says::Nothing, DecidedBy::Disagreeing(name, said.name));
            }
            Some(_) => {}
            None => decided = Some((shows, said.name)),
        }
    }
    match decided {
        Some((shows, _)) => {
            let names = there.iter().map(|it| it.name).collect();
            (Says::from_flag(shows), DecidedBy::Keys(names))
        }
        None => (Says::Nothing, DecidedBy::Nobody),
    }
}

#[cfg(test)]
mod tests;
