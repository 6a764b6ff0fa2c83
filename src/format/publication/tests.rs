//! What each generator makes of the same fields, and what is changed for it.

use jiff::Timestamp;

use super::*;
use crate::format::Container;
use crate::format::date;
use crate::format::edit::Wish;
use crate::format::signals;
use crate::model::Standing;

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
            may_be_overridden: false,
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

/// What becomes of a file with this name.
fn of_file(rule: &Rule, name: &str, front: &str) -> Standing {
    // What newsdesk takes for the date, from any field.
    let date = date::parse("2999-01-01");
    let verdict = rule.judge_file(name, &signals(front), date);
    verdict.publication.at(now())
}

#[test]
fn only_the_dates_that_a_generator_reads_hold_an_article_back() {
    use Generator::{Hugo, Jekyll};
    use Standing::{Expired, Published, Scheduled};
    for (generator, name, front, expected) in [
        (Jekyll, "a.md", "date: 2999-01-01\n", Scheduled),
        (Jekyll, "a.md", "Date: 2999-01-01\n", Published),
        (Jekyll, "a.md", "publishedDateTime: 2999-01-01\n", Published),
        (
            Jekyll,
            "2024-01-01-a.md",
            "publishDate: 2999-01-01\n",
            Published,
        ),
        (Jekyll, "2999-01-01-a.md", "title: x\n", Scheduled),
        (Jekyll, "2999-01-01-a.md", "date: 2020-01-01\n", Published),
        (Hugo, "a.md", "Date: 2999-01-01\n", Scheduled),
        (Hugo, "a.md", "pubdate: 2999-01-01\n", Scheduled),
        (Hugo, "a.md", "published: 2999-01-01\n", Scheduled),
        (Hugo, "a.md", "publishedDateTime: 2999-01-01\n", Published),
        (Hugo, "a.md", "publish_date: 2999-01-01\n", Published),
        (Hugo, "a.md", "created: 2999-01-01\n", Published),
        (
            Hugo,
            "a.md",
            "date: 2999-01-01\npublishDate: 2020-01-01\n",
            Published,
        ),
        (Hugo, "2999-01-01-a.md", "title: x\n", Published),
        (Hugo, "a.md", "unpublishdate: 2020-01-01\n", Expired),
        (Hugo, "a.md", "expiry_date: 2020-01-01\n", Published),
    ] {
        let standing = of_file(&rule(generator), name, front);
        assert_eq!(standing, expected, "{generator}: {name}: {front}");
    }
    let pages = Rule {
        place: FolderPlace::Pages,
        ..rule(Jekyll)
    };
    assert_eq!(of_file(&pages, "a.md", "date: 2999-01-01\n"), Published);
}

#[test]
fn an_empty_published_hides_where_nothing_is_false() {
    for (generator, expected) in [
        (Generator::Jekyll, Standing::Unpublished),
        (Generator::Hugo, Standing::Unpublished),
        (Generator::Unknown, Standing::Unsaid),
    ] {
        for front in ["published:\n", "published: ~\n", "published: null\n"] {
            assert_eq!(standing(generator, front), expected, "{generator}: {front}");
        }
    }
}

#[test]
fn is_draft_is_changed_where_it_is_read() {
    use Generator::{Astro, Docusaurus, Eleventy, Hugo, Unknown};
    for generator in [Astro, Eleventy, Unknown] {
        for name in ["isDraft", "is_draft"] {
            let front = format!("{name}: true\n");
            assert_eq!(
                standing(generator, &front),
                Standing::Unpublished,
                "{front}"
            );
            assert_eq!(plan(&rule(generator), &front, true), "isDraft: false");
        }
        for front in [
            "draft: false\nis_draft: true\n",
            "isDraft: false\ndraft: true\n",
        ] {
            assert_eq!(standing(generator, front), Standing::Unsaid, "{front}");
            assert!(
                plan(&rule(generator), front, true).contains("contradict"),
                "{front}"
            );
        }
    }
    for generator in [Hugo, Docusaurus] {
        assert_eq!(standing(generator, "isDraft: true\n"), Standing::Published);
    }
}

#[test]
fn what_a_generator_leaves_out_is_not_published() {
    let posts = Rule {
        place: FolderPlace::Posts,
        ..rule(Generator::Jekyll)
    };
    let apart = Rule {
        place: FolderPlace::LeftOut("why"),
        ..rule(Generator::Astro)
    };
    for (rule, name, expected) in [
        (&posts, "2024-01-02-a.md", Standing::Published),
        (&posts, "2024-1-2-a.md", Standing::Published),
        (&posts, "nodate.md", Standing::Unpublished),
        (&rule(Generator::Jekyll), "_under.md", Standing::Unpublished),
        (
            &rule(Generator::Quarto),
            "_under.qmd",
            Standing::Unpublished,
        ),
        (&rule(Generator::Hugo), "_under.md", Standing::Published),
        (&apart, "a.md", Standing::Unpublished),
    ] {
        assert_eq!(of_file(rule, name, "title: x\n"), expected, "{name}");
    }
    let verdict = apart.judge_file("a.md", &signals("draft: true\n"), None);
    let refused = apart.plan(&verdict, true, now(), |_| true);
    let said = "Astro makes no page of it: why".to_owned();
    assert_eq!(refused, PublicationPlan::Refused(said));
}

#[test]
fn a_name_that_jekyll_does_not_know_decides_nothing_and_is_not_changed() {
    let jekyll = rule(Generator::Jekyll);
    let front = "Published: false\n";
    assert_eq!(standing(Generator::Jekyll, front), Standing::Published);
    assert_eq!(plan(&jekyll, front, true), "unchanged: live by default");
    assert!(plan(&jekyll, front, false).contains("lower case only"));
}

#[test]
fn what_stays_hidden_by_a_value_from_above_is_refused_with_its_name() {
    let rendered = Rule {
        inherited: Some(Inherited {
            said: "cascade of build.render in a/_index.md".to_owned(),
            may_be_overridden: false,
            shows: Some(false),
        }),
        ..rule(Generator::Hugo)
    };
    let dated = Rule {
        inherited_dates: InheritedDates {
            publish_at: date::parse("2999-01-01"),
            said: "cascade of publishDate in a/_index.md".to_owned(),
            ..InheritedDates::default()
        },
        ..rule(Generator::Hugo)
    };
    for (rule, word) in [(&rendered, "build.render"), (&dated, "publishDate")] {
        for front in ["draft: true\n", "title: x\n"] {
            let said = plan(rule, front, true);
            assert!(
                said.starts_with("refused: cascade of ") && said.contains(word),
                "{said}"
            );
        }
    }
    let own = "publishDate: 2024-01-01\ndraft: true\n";
    assert_eq!(plan(&dated, own, true), "draft: false");
}
