//! Describes the publication of an article for people: what its site does, by whose rule, and why.
//! The rule itself is in `publication`.

use jiff::Timestamp;

use super::publication::{DecidedBy, SiteVerdict};
use crate::model::{Generator, Standing};

/// A verdict, and whose rule it follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    pub generator: Generator,
    pub verdict: SiteVerdict,
}

impl Ruling {
    /// `unpublished`, and why: `Hugo: draft`. Empty for an article that has nothing to do with
    /// publication.
    pub fn words(&self, now: Timestamp) -> Vec<String> {
        let standing = self.verdict.publication.at(now);
        let is_silent = self.verdict.by == DecidedBy::Nobody;
        let is = (!is_silent).then(|| standing.to_string());
        is.into_iter().chain(self.because(standing)).collect()
    }

    /// Whose rule it is, and what decides.
    fn because(&self, standing: Standing) -> Option<String> {
        let reason = match (standing, &self.verdict.by) {
            (Standing::Scheduled, _) => "a future date".to_owned(),
            (Standing::Expired, _) => "its expiry date".to_owned(),
            (_, DecidedBy::Keys(names)) => names.join(", "),
            (_, DecidedBy::Disagreeing(one, other)) => {
                format!("{one} and {other} contradict each other")
            }
            (_, DecidedBy::Unclear(name)) => format!("{name} says neither yes nor no"),
            (_, DecidedBy::LeftOut(why)) => (*why).to_owned(),
            (_, DecidedBy::Misspelt(name)) => format!("{name} counts in lower case only"),
            (_, DecidedBy::Folder) => "a drafts folder".to_owned(),
            (_, DecidedBy::Inherited(inherited)) => inherited.said.clone(),
            (_, DecidedBy::Default) => "by default".to_owned(),
            (_, DecidedBy::Nobody) => return None,
        };
        match (self.generator, &self.verdict.by) {
            // Our own format needs no explanation, other fields do.
            (Generator::Unknown, DecidedBy::Keys(names)) if names[..] == ["published"] => None,
            (Generator::Unknown, _) => Some(reason),
            (generator, _) => Some(format!("{generator}: {reason}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::publication::{Inherited, Rule};
    use super::*;
    use crate::format::date;
    use crate::model::{Moment, Signal, Signals};

    fn words(rule: &Rule, signals: &Signals, date: Option<Moment>) -> String {
        let ruling = Ruling {
            generator: rule.generator,
            verdict: rule.judge(signals, date),
        };
        let now = date::parse("2026-01-01").expect("a date").at;
        ruling.words(now).join(" · ")
    }

    #[test]
    fn whose_rule_it_is_and_by_what_is_told() {
        let of = |generator| Rule {
            generator,
            ..Rule::default()
        };
        let draft = Signals {
            draft: Signal::Yes,
            ..Signals::default()
        };
        let none = Signals::default();
        let hugo = of(Generator::Hugo);
        assert_eq!(words(&hugo, &draft, None), "unpublished · Hugo: draft");
        assert_eq!(words(&hugo, &none, None), "published · Hugo: by default");
        let to_come = date::parse("2099-01-01");
        let jekyll = of(Generator::Jekyll);
        assert_eq!(
            words(&jekyll, &none, to_come),
            "scheduled · Jekyll: a future date"
        );
        let drafts = Rule {
            is_drafts: true,
            ..jekyll
        };
        assert_eq!(
            words(&drafts, &none, None),
            "unpublished · Jekyll: a drafts folder"
        );
        let inherited = Rule {
            inherited: Some(Inherited {
                said: "draft in content/_index.md".to_owned(),
                may_be_overridden: false,
                shows: Some(false),
            }),
            ..of(Generator::Zola)
        };
        assert_eq!(
            words(&inherited, &none, None),
            "unpublished · Zola: draft in content/_index.md"
        );
    }

    #[test]
    fn without_a_generator_only_what_is_not_plain_is_explained() {
        let says = |published, draft| {
            let signals = Signals {
                published,
                draft,
                ..Signals::default()
            };
            words(&Rule::default(), &signals, None)
        };
        let (yes, no) = (Signal::Yes, Signal::No);
        assert_eq!(says(yes, Signal::Absent), "published");
        assert_eq!(says(no, Signal::Absent), "unpublished");
        assert_eq!(says(Signal::Absent, yes), "unpublished · draft");
        assert_eq!(
            says(yes, yes),
            "unsaid · published and draft contradict each other"
        );
        assert_eq!(says(Signal::Absent, Signal::Absent), "");
    }
}
