//! What each generator makes of the same fields, and what is changed for it.

use super::*;
use crate::format::Container;
use crate::format::date;
use crate::format::signals;

fn now() -> Timestamp {
    date::parse("2024-06-01T00:00:00Z").expect("a time").at
}

fn rule(generator: Generator) -> Rule {
    Rule {
        generator,
        ..Rule::default()
    }
}

fn signals(front: &str) -> Signals {
    let file = format!("---\n{front}---\n");
    signals::read(file.as_bytes(), Container::Markdown).expect("fields")
}

fn standing(generator: Generator, front: &str) -> Standing {
    let verdict = rule(generator).judge(&signals(front), None);
    verdict.publication.at(now())
}

#[test]
fn each_generator_obeys_its_own_fields_and_no_others() {
    use Generator::{
        Astro, Docusaurus, Eleventy, Hexo, Hugo, Jekyll, Obsidian, Pelican, Quarto, Quartz,
        Unknown, Zola,
    };
    use Standing::{Published, Unpublished, Unsaid};
    for (front, expected) in [
        (
            "draft: true\n",
            [
                (Jekyll, Published),
                (Hexo, Published),
                (Pelican, Published),
                (Hugo, Unpublished),
                (Zola, Unpublished),
                (Docusaurus, Unpublished),
                (Quarto, Unpublished),
                (Astro, Unpublished),
                (Eleventy, Unpublished),
                (Quartz, Unpublished),
                (Obsidian, Unpublished),
                (Unknown, Unpublished),
            ],
        ),
        (
            "published: false\n",
            [
                (Jekyll, Unpublished),
                (Hexo, Unpublished),
                (Pelican, Published),
                (Hugo, Unpublished),
                (Zola, Published),
                (Docusaurus, Published),
                (Quarto, Published),
                (Astro, Published),
                (Eleventy, Published),
                (Quartz, Published),
                (Obsidian, Unsaid),
                (Unknown, Unpublished),
            ],
        ),
        (
            "title: x\n",
            [
                (Jekyll, Published),
                (Hexo, Published),
                (Pelican, Published),
                (Hugo, Published),
                (Zola, Published),
                (Docusaurus, Published),
                (Quarto, Published),
                (Astro, Published),
                (Eleventy, Published),
                (Quartz, Published),
                (Obsidian, Unsaid),
                (Unknown, Unsaid),
            ],
        ),
        (
            "status: hidden\nunlisted: true\npermalink: false\npublish: true\n",
            [
                (Jekyll, Published),
                (Hexo, Published),
                (Pelican, Unpublished),
                (Hugo, Unpublished),
                (Zola, Published),
                (Docusaurus, Unpublished),
                (Quarto, Published),
                (Astro, Published),
                (Eleventy, Unpublished),
                (Quartz, Published),
                (Obsidian, Published),
                (Unknown, Unsaid),
            ],
        ),
    ] {
        for (generator, expected) in expected {
            assert_eq!(standing(generator, front), expected, "{generator}: {front}");
        }
    }
}

#[test]
fn in_hugo_draft_goes_before_published() {
    let front = "draft: false\npublished: false\n";
    assert_eq!(standing(Generator::Hugo, front), Standing::Published);
    let front = "draft: true\npublished: true\n";
    assert_eq!(standing(Generator::Hugo, front), Standing::Unpublished);
    let front = "build:\n  render: never\n";
    assert_eq!(standing(Generator::Hugo, front), Standing::Unpublished);
}

#[test]
fn where_no_generator_is_known_fields_must_agree() {
    for (front, expected) in [
        ("published: true\ndraft: false\n", Standing::Published),
        ("published: true\ndraft: true\n", Standing::Unsaid),
        ("published: yes\n", Standing::Published),
        ("published: \"false\"\n", Standing::Unpublished),
        ("published: maybe\n", Standing::Unsaid),
        ("published: 2024-03-25\n", Standing::Unsaid),
        ("status: living\n", Standing::Unsaid),
        ("status: draft\n", Standing::Unpublished),
    ] {
        assert_eq!(standing(Generator::Unknown, front), expected, "{front}");
    }
}

#[test]
fn what_no_generator_would_read_as_a_truth_value_is_unsaid() {
    for generator in [Generator::Hugo, Generator::Zola, Generator::Astro] {
        assert_eq!(standing(generator, "draft: maybe\n"), Standing::Unsaid);
    }
    let quoted = "published: \"false\"\n";
    assert_eq!(
        standing(Generator::Jekyll, "published: maybe\n"),
        Standing::Published
    );
    assert_eq!(standing(Generator::Jekyll, quoted), Standing::Unsaid);
}

/// The plan for a front matter, in words.
fn plan(rule: &Rule, front: &str, to: bool) -> String {
    let verdict = rule.judge(&signals(front), date::parse("2024-01-01"));
    match rule.plan(&verdict, to, now(), |_| false) {
        PublicationPlan::Unchanged(None) => "unchanged".to_owned(),
        PublicationPlan::Unchanged(Some(reason)) => format!("unchanged: {reason}"),
        PublicationPlan::Refused(reason) => format!("refused: {reason}"),
        PublicationPlan::Wishes(wishes) => {
            let said = wishes.iter().map(|wish| match wish {
                Wish::Flag { key, to } => format!("{}: {to}", key.name()),
                Wish::Set { key, to } => format!("{}: {}", key.name(), to.text()),
                other => format!("{other:?}"),
            });
            said.collect::<Vec<_>>().join(", ")
        }
    }
}

#[test]
fn the_field_that_decides_is_changed_or_the_generators_own_is_added() {
    use Generator::{Astro, Docusaurus, Hexo, Hugo, Jekyll, Pelican, Unknown, Zola};
    for (generator, front, to, expected) in [
        (Jekyll, "published: false\n", true, "published: true"),
        (Jekyll, "draft: true\n", true, "unchanged: live by default"),
        (Jekyll, "draft: true\n", false, "published: false"),
        (Hexo, "title: x\n", false, "published: false"),
        (Hugo, "draft: true\n", true, "draft: false"),
        (Hugo, "published: false\n", true, "published: true"),
        (Hugo, "title: x\n", true, "unchanged: live by default"),
        (Hugo, "title: x\n", false, "draft: true"),
        (Zola, "title: x\n", false, "draft: true"),
        (Docusaurus, "unlisted: true\n", true, "unlisted: false"),
        (Pelican, "status: draft\n", true, "status: published"),
        (Pelican, "title: x\n", false, "status: draft"),
        (
            Unknown,
            "published: true\ndraft: false\n",
            false,
            "published: false, draft: true",
        ),
        (Unknown, "published: false\n", false, "unchanged"),
    ] {
        assert_eq!(
            plan(&rule(generator), front, to),
            expected,
            "{generator}: {front}"
        );
    }
    for (generator, front, to, part) in [
        (
            Unknown,
            "published: true\ndraft: true\n",
            true,
            "published and draft contradict",
        ),
        (
            Unknown,
            "title: x\n",
            true,
            "nothing says what publishes it",
        ),
        (Astro, "title: x\n", false, "does not use draft"),
        (
            Hugo,
            "publishDate: 2099-01-01\n",
            true,
            "its date is in the future",
        ),
        (
            Hugo,
            "expiryDate: 2024-02-01\n",
            true,
            "its expiry date is past",
        ),
        (
            Hugo,
            "build:\n  render: never\n",
            true,
            "keeps the page from being built",
        ),
    ] {
        let said = plan(&rule(generator), front, to);
        assert!(
            said.starts_with("refused: ") && said.contains(part),
            "{front}: {said}"
        );
    }
}

#[test]
fn what_a_folder_or_a_section_decides_is_refused_with_its_name() {
    let drafts = Rule {
        is_drafts: true,
        ..rule(Generator::Jekyll)
    };
    assert!(plan(&drafts, "published: true\n", true).contains("move it out of there"));
    let inherited = Rule {
        inherited: Some(Inherited {
            said: "draft in a/_index.md".to_owned(),
            shows: Some(false),
        }),
        ..rule(Generator::Zola)
    };
    assert!(plan(&inherited, "draft: false\n", true).contains("draft in a/_index.md decides"));
    assert_eq!(
        plan(&inherited, "draft: false\n", false),
        "unchanged: it is not shown anyway"
    );
}
