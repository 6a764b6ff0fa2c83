//! What decides the publication of an article, by its generator's rule. `library::site` finds the
//! rule, and `plan` says which field to change to publish or unpublish it.
//!
//! Sources: Jekyll's `Publisher`, Hugo's `pagemeta`, Zola's `Page` and `Section`, Hexo's post
//! processor, the front matter documentation of Docusaurus and Quarto, Pelican's `Content`,
//! Quartz's filters.

mod plan;

pub use plan::PublicationPlan;

use super::date;
use crate::model::{Generator, Moment, Says, Signal, Signals, SitePublication};

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
    /// What the generator takes the folder's files for.
    pub place: FolderPlace,
    /// What files in folders above say for everything below.
    pub inherited: Option<Inherited>,
    /// The dates that they say, for articles without their own.
    pub inherited_dates: InheritedDates,
}

/// What a generator takes the files of a folder for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FolderPlace {
    /// It makes no difference.
    #[default]
    Any,
    /// Jekyll's pages, which have no date.
    Pages,
    /// Jekyll's posts, whose names start with a date.
    Posts,
    /// The folder is left out; says why.
    LeftOut(&'static str),
}

/// Dates from files in folders above.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct InheritedDates {
    pub date: Option<Moment>,
    pub publish_at: Option<Moment>,
    pub expire_at: Option<Moment>,
    /// `cascade of publishDate in content/post/_index.md`; empty if there is none.
    pub said: String,
}

/// A value from a file in a folder above.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inherited {
    /// `draft = true in content/post/_index.md`.
    pub said: String,
    /// Whether the same field of an article takes precedence.
    pub may_be_overridden: bool,
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
    /// The generator does not take it for an article; says why.
    LeftOut(&'static str),
    /// A field whose name the generator knows in lower case only.
    Misspelt(&'static str),
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
            Self::Keys(names) => names
                .iter()
                .any(|name| matches!(*name, "draft" | "isDraft" | "status")),
            Self::Inherited(inherited) => inherited.said.contains("draft"),
            Self::Disagreeing(..)
            | Self::Unclear(_)
            | Self::LeftOut(_)
            | Self::Misspelt(_)
            | Self::Default
            | Self::Nobody => false,
        }
    }
}

/// The publication of an article, and what decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteVerdict {
    pub publication: SitePublication,
    pub by: DecidedBy,
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
    /// What decides the publication of an article in a file with this name, with these fields and
    /// this date. Jekyll and Hugo take it from fewer fields.
    pub fn judge_file(&self, name: &str, signals: &Signals, date: Option<Moment>) -> SiteVerdict {
        if let Some(reason) = self.leaves_out(name) {
            return SiteVerdict {
                publication: SitePublication {
                    says: Says::No,
                    is_draft: false,
                    from: None,
                    until: None,
                },
                by: DecidedBy::LeftOut(reason),
            };
        }
        let date = match (self.generator, self.place) {
            (Generator::Jekyll, FolderPlace::Pages) => None,
            (Generator::Jekyll, _) => signals
                .date_in_lower_case
                .or_else(|| date::in_file_name(name)),
            (Generator::Hugo, _) => signals.date,
            _ => date,
        };
        self.judge(signals, date)
    }

    /// Why the generator makes nothing of a file with this name.
    fn leaves_out(&self, name: &str) -> Option<&'static str> {
        let is_apart = name.starts_with('_');
        match (self.generator, self.place) {
            (_, FolderPlace::LeftOut(why)) => Some(why),
            (
                Generator::Jekyll | Generator::Astro | Generator::Docusaurus | Generator::Quarto,
                _,
            ) if is_apart => Some("its name begins with _"),
            (Generator::Jekyll, FolderPlace::Posts) if !self.is_drafts && !is_dated(name) => {
                Some("the name of a post begins with its date, as in 2024-05-02-title.md")
            }
            _ => None,
        }
    }

    /// What decides the publication of an article with these fields and this date.
    pub fn judge(&self, signals: &Signals, date: Option<Moment>) -> SiteVerdict {
        let (says, by) = self.decide(signals);
        let moment = |moment: Option<Moment>| moment.map(|moment| moment.at);
        let (from, until) = match self.generator {
            Generator::Jekyll | Generator::Hexo | Generator::Pelican => (moment(date), None),
            Generator::Hugo => (
                moment(
                    signals
                        .publish_at
                        .or(self.inherited_dates.publish_at)
                        .or(date)
                        .or(self.inherited_dates.date),
                ),
                moment(signals.expire_at.or(self.inherited_dates.expire_at)),
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
        let exactly = field("published", signals.published_in_lower_case, true);
        let is_draft = field("isDraft", signals.is_draft, false);
        let draft = field("draft", signals.draft, false);
        let publish = field("publish", signals.publish, true);
        let rendered = field("build.render", signals.rendered, true);
        match self.generator {
            Generator::Jekyll => vec![empty_is_no(exactly)],
            Generator::Hexo => vec![exactly],
            Generator::Hugo if signals.draft.is_there() => vec![draft, rendered],
            Generator::Hugo => vec![empty_is_no(published), rendered],
            Generator::Zola | Generator::Quarto => vec![draft],
            Generator::Astro => vec![draft, is_draft],
            Generator::Docusaurus => vec![draft, field("unlisted", signals.unlisted, false)],
            Generator::Eleventy => {
                vec![draft, is_draft, field("permalink", signals.rendered, true)]
            }
            Generator::Pelican => vec![field("status", signals.status, true)],
            Generator::Quartz if self.is_opt_in => vec![publish, draft],
            Generator::Quartz => vec![draft],
            Generator::Obsidian => vec![publish, draft],
            Generator::Unknown => vec![
                published,
                draft,
                is_draft,
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
        let is_misspelt = matches!(self.generator, Generator::Jekyll | Generator::Hexo)
            && signals.published.is_there()
            && signals.published_in_lower_case == Signal::Absent;
        if is_misspelt && self.inherited.is_none() {
            return (Says::Yes, DecidedBy::Misspelt("published"));
        }
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
        let of_drafts = there
            .iter()
            .filter(|it| matches!(it.name, "draft" | "isDraft"));
        let flags: Vec<_> = of_drafts.filter_map(|it| it.signal.leniently()).collect();
        if matches!(flags[..], [one, other] if one != other) {
            return (Says::Nothing, DecidedBy::Disagreeing("draft", "isDraft"));
        }
        let against = there
            .iter()
            .find(|it| it.signal.strictly().is_some_and(|flag| !it.shows(flag)));
        if let Some(said) = against {
            let is_shown = self.shows_drafts && matches!(said.name, "draft" | "isDraft");
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
        let may_be = self
            .inherited
            .as_ref()
            .is_some_and(|it| it.may_be_overridden);
        may_be && matches!(said.name, "draft" | "published" | "status")
    }
}

/// A field without a value says no in generators whose language takes nothing for false.
fn empty_is_no(said: Said) -> Said {
    if said.signal != Signal::Empty {
        return said;
    }
    Said {
        signal: Signal::No,
        ..said
    }
}

/// Whether a name is one of a Jekyll post: its `DATE_FILENAME_MATCHER`.
fn is_dated(name: &str) -> bool {
    let parts: Vec<&str> = name.splitn(4, '-').collect();
    let is_number = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit())
    };
    match parts[..] {
        [year, month, day, _] => {
            is_number(year, 2..=4) && is_number(month, 1..=2) && is_number(day, 1..=2)
        }
        _ => false,
    }
}

/// Only Pelican's words for `status`; others are about something else.
fn known_status(status: Signal) -> Signal {
    match status {
        Signal::Other => Signal::Absent,
        known
        @ (Signal::Absent | Signal::Empty | Signal::Yes | Signal::No | Signal::Loosely(_)) => known,
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
