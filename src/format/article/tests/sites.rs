//! What site generators write, and what becomes of it: containers, names, dates, titles.

use super::{file, front, read, skip, warned};
use crate::format::{Categories, Conventions, DateOrder, ListSeparator, Reading};
use crate::model::{Article, ListedFlag, ListedName, Skip};
use std::path::Path;

fn article(name: &str, text: &str) -> Article {
    file(name, text.as_bytes()).article
}

fn day(article: &Article) -> String {
    let moment = article.published_at.expect("a date");
    moment.at.to_string().chars().take(10).collect()
}

#[test]
fn every_container_gives_its_fields() {
    for (name, text) in [
        (
            "a.md",
            "---\ntitle: T\ndate: 2024-05-02\ntags: [x, y]\ndescription: E\n---\nBody\n",
        ),
        (
            "a.mdx",
            "\n\n---\ntitle: T\ndate: 2024-05-02\ntags: [x, y]\ndescription: E\n---\nBody\n",
        ),
        (
            "a.md",
            "+++\ntitle = 'T'\ndate = 2024-05-02\ndescription = \"E\"\n[taxonomies]\ntags = ['x', 'y']\n+++\nBody\n",
        ),
        (
            "a.md",
            "---toml\ntitle = 'T'\ndate = 2024-05-02\ntags = ['x', 'y']\nsummary = 'E'\n---\nBody\n",
        ),
        (
            "a.md",
            "{\"title\": \"T\", \"date\": \"2024-05-02\", \"tags\": [\"x\", \"y\"], \"summary\": \"E\"}\nBody\n",
        ),
        (
            "a.md",
            "---json\n{\"title\": \"T\", \"date\": \"2024-05-02\", \"tags\": \"x, y\", \"dek\": \"E\"}\n---\nBody\n",
        ),
        (
            "a.md",
            ";;;\n\"title\": \"T\",\n\"date\": \"2024-05-02\",\n\"tags\": [\"x\", \"y\"], \"excerpt\": \"E\"\n;;;\nBody\n",
        ),
        (
            "a.md",
            "Title: T\nDate: 2024-05-02\nTags: x, y\nSummary: E\n\nBody\n",
        ),
        (
            "a.md",
            "title: T\ndate: 2024-05-02\ntags:\n- x\n- y\nsubtitle: E\n---\nBody\n",
        ),
    ] {
        let read = file(name, text.as_bytes());
        let it = &read.article;
        assert_eq!(
            (it.title.as_str(), it.excerpt.as_str()),
            ("T", "E"),
            "{text}"
        );
        assert_eq!(it.topics, ["x", "y"], "{text}");
        assert_eq!(day(it), "2024-05-02", "{text}");
        assert_eq!(read.body.trim(), "Body", "{text}");
        assert_eq!(read.warnings, [], "{text}");
    }
    assert_eq!(skip("a.md", b"---js\n{}\n---\n"), Skip::Script);
}

#[test]
fn text_without_front_matter_is_an_article_of_its_heading() {
    let note = article(
        "scythe.md",
        "# Sharpening *well*\n\nFirst wet it.\n\n## Angle\n",
    );
    assert_eq!(note.title, "Sharpening well");
    assert_eq!(note.excerpt, "First wet it.");
    let dated = article("2021-03-04-a.md", "Words.\n");
    assert_eq!(
        (dated.title.as_str(), day(&dated).as_str()),
        ("A", "2021-03-04")
    );
    for (name, text) in [
        ("README.md", "# Read me\n"),
        ("code-of-conduct.md", "# Be kind\n"),
        ("_part.md", "# A part\n"),
        ("a.txt", "# A heading\n"),
        ("a.md", "Words without a heading.\n"),
        ("a.md", "Words.\n\n# A heading below\n"),
    ] {
        assert_eq!(skip(name, text.as_bytes()), Skip::NoFrontMatter, "{name}");
    }
}

#[test]
fn an_index_is_called_as_its_folder() {
    let text = "---\ndescription: Fold.\n---\nTake a sheet.\n";
    let boats = article("posts/2026-03-05-paper-boats/index.md", text);
    assert_eq!(
        (boats.title.as_str(), day(&boats).as_str()),
        ("Paper boats", "2026-03-05")
    );
    assert_eq!(article("kites/index.md", text).title, "Kites");
    assert_eq!(article("index.md", text).title, "index");
    assert_eq!(skip("posts/_index.md", text.as_bytes()), Skip::Section);
}

#[test]
fn a_heading_further_down_is_no_title() {
    let text = "---\ndate: 2023-02-08\n---\nOut.\n\n```sh\n# Get it\n```\n\n## New?\n";
    assert_eq!(article("late.md", text).title, "late");
}

#[test]
fn templates_are_skipped_and_articles_with_tags_are_not() {
    let only = "---\nlayout: x\n---\n<h1>{{ page.title }}</h1>\n{% for a in b %}<p>{{ a }}</p>{% endfor %}\n";
    assert_eq!(skip("a.html", only.as_bytes()), Skip::Template);
    assert_eq!(
        skip("a.md", b"---\ntitle: '{{ x }}'\n---\nBody\n"),
        Skip::Template
    );
    assert_eq!(
        article("a.md", "---\ntitle: T\n---\n{% raw %}x{% endraw %}\n").title,
        "T"
    );
}

#[test]
fn the_first_name_counts_and_the_others_are_kept() {
    let it = front("Headline: H\ntitle: T\npub_date: 2021-01-01\nCREATED: 2020-01-01\nlastmod: 2022-02-09T10:00:00Z\nlayout: post").article;
    assert_eq!((it.title.as_str(), day(&it).as_str()), ("T", "2021-01-01"));
    assert!(it.updated_at.is_some());
    let kept: Vec<&str> = it.more.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(kept, ["Headline", "CREATED", "layout"]);
    let unread = front("date: soon\ncreated: 2020-01-01\nbio: x");
    assert_eq!(day(&unread.article), "2020-01-01");
    assert_eq!(warned(&unread), [("date", 2)]);
}

#[test]
fn a_clipping_is_what_it_says() {
    let it = front("title: T\nsource: \"https://maps.example.org/why\"\nauthor:\n  - \"[[Nora Field]]\"\n  - [[X]]\npublished: 2026-03-25\ncreated: 2026-04-15\ntags:\n  - \"#clippings\"").article;
    assert_eq!(it.urls.original(), Some("https://maps.example.org/why"));
    assert_eq!(it.provider.label(), "maps.example.org");
    assert_eq!(it.authors, ["Nora Field", "X"]);
    assert_eq!(day(&it), "2026-03-25");
    assert_eq!(it.listed[ListedFlag::Published], None);
    assert_eq!(it.topics, ["clippings"]);
    let paper =
        front("title: T\nsource: The Paper\nurl: /here\nexternal-url: http://a.example/b\nbio: x")
            .article;
    assert_eq!(paper.provider.name, "The Paper");
    assert_eq!(paper.urls.original(), Some("http://a.example/b"));
}

#[test]
fn lists_come_in_many_shapes() {
    let it = front("bio: x\ntopics: a, b; c\nTags:\n- [d, [e]]\n- label: f\n- name: g\nkeyword: no\nkeywords: a\ncategory: One, two\ncategories: [x, y]\nauthors:\n- name: A\n- B").article;
    assert_eq!(it.topics, ["a", "b", "c", "d", "e", "f", "g"]);
    assert_eq!(it.categories, ["One, two", "x", "y"]);
    assert_eq!(it.authors, ["A", "B"]);
    let it = front("bio: x\nseries: S\nlang: de\nweight: 3\nslug: s\naliases: [/a, /b]\nimage: /i.png\ncover: {src: /c.png}\nbanner: true").article;
    assert_eq!(it.listed[ListedName::Series].as_deref(), Some("S"));
    assert_eq!(
        (it.listed.name(ListedName::Language), it.weight),
        ("de", Some(3))
    );
    assert_eq!((it.slug.as_deref(), it.aliases.len()), (Some("s"), 2));
    let urls: Vec<&str> = it.images.iter().map(|image| image.url.as_str()).collect();
    assert_eq!(urls, ["/i.png", "/c.png"]);
}

#[test]
fn sites_have_conventions() {
    let by = |front: &str, conventions: Conventions| {
        let text = format!("---\nbio: x\n{front}\n---\n");
        match read(Path::new("a.md"), text.as_bytes(), &conventions) {
            Reading::Article(read) => read.article,
            other => panic!("{other:?}"),
        }
    };
    let hugo = Conventions {
        dates: DateOrder::Hugo,
        ..Conventions::default()
    };
    let dates = "date: 2021-01-01\npublishDate: 2022-01-01";
    assert_eq!(day(&by(dates, hugo)), "2022-01-01");
    assert_eq!(day(&by(dates, Conventions::default())), "2021-01-01");
    let jekyll = Conventions {
        words: ListSeparator::Blanks,
        ..Conventions::default()
    };
    assert_eq!(
        by("tags: a b\ntag: c d\nkeywords: [e f]", jekyll).topics,
        ["a", "b", "c d", "e f"]
    );
    let quarto = Conventions {
        categories: Categories::AsTopics,
        ..Conventions::default()
    };
    assert_eq!(by("categories: [maps]", quarto).topics, ["maps"]);
    assert_eq!(
        article("a.qmd", "---\ndate: 2021-01-01\ncategories: [maps]\n---\n").topics,
        ["maps"]
    );
}

#[test]
fn a_collection_of_items_is_an_article() {
    let it =
        front("title: Ten\nexcerpt: \"\"\ntype: collection\nitems:\n  - videos/a\n  - videos/b")
            .article;
    assert_eq!(it.items.len(), 2);
    assert_eq!(skip("a.md", b"---\ntitle: Only\n---\n"), Skip::NotAnArticle);
}

#[test]
fn of_a_title_that_is_there_twice_the_last_counts() {
    let read = front("title: One\ndate: 2021-01-01\ntitle: Two");
    assert_eq!(read.article.title, "Two");
    assert_eq!(warned(&read), [("title", 4)]);
}

#[test]
fn the_excerpt_may_be_cut_from_the_text() {
    let it = article(
        "a.md",
        "---\ntitle: T\n---\nOne *word*.\n\n<!--more-->\n\nTwo.\n",
    );
    assert_eq!(it.excerpt, "One word.");
}

#[test]
fn values_that_are_too_large_cost_their_field_at_most() {
    for line in [
        "id: 117650423871234567890",
        "extra:\n  id: 117650423871234567890",
        "ids: [1, 99999999999999999999]",
        "id: 0xFFFFFFFFFFFFFFFFFFFF",
    ] {
        assert_eq!(warned(&front(&format!("bio: x\n{line}"))), [], "{line}");
    }
    for field in ["heat", "quality", "length", "date"] {
        let read = front(&format!("bio: x\n{field}: 99999999999999999999"));
        assert_eq!(warned(&read), [(field, 3)]);
    }
    let it = front("bio: x\ntitle: 1.10\ntopics: [3.10, 3.1, 0x1F, 1e3, +1]").article;
    assert_eq!(it.title, "1.10");
    assert_eq!(it.topics, ["3.10", "3.1", "0x1F", "1e3", "+1"]);
}

#[test]
fn a_date_may_stand_in_the_path_of_the_page() {
    let text =
        |more: &str| format!("+++\ntitle = 'T'\npath = '2024/10/17/tides'\n{more}+++\nBody\n");
    assert_eq!(day(&article("tides.md", &text(""))), "2024-10-17");
    let dated = article("tides.md", &text("date = 2024-05-02\n"));
    assert_eq!(day(&dated), "2024-05-02");
    let pathless = article("tides.md", "+++\ntitle = 'T'\npath = 'tides'\n+++\nBody\n");
    assert_eq!(pathless.published_at, None);
    assert_eq!(pathless.more, [("path".to_owned(), "tides".to_owned())]);
}

#[test]
fn a_name_with_a_date_is_a_title_without_it() {
    let text = "---\ndescription: Cut.\n---\nCut.\n";
    for (name, title) in [
        ("2024-03-01-new_sails-up.md", "New sails up"),
        ("2024-03-01.md", "2024-03-01"),
        ("new_sails-up.md", "new_sails-up"),
    ] {
        assert_eq!(article(name, text).title, title);
    }
}

#[test]
fn too_many_topics_cost_those_that_are_too_many() {
    let topics: Vec<String> = (0..70).map(|number| format!("'topic {number}'")).collect();
    let read = front(&format!(
        "title: T\nbio: x\ntopics: [{}]",
        topics.join(", ")
    ));
    assert_eq!(read.article.topics.len(), 64);
    assert_eq!(read.article.topics[63], "topic 63");
    assert_eq!(warned(&read), [("topics", 4)]);
}

#[test]
fn what_a_role_cannot_read_stays_under_its_own_name() {
    let wrong =
        "title: T\ndate: soon\nquality: high\nrelated: soon\nimages: 7\nratings: [1]\nbio: x";
    let read = front(wrong);
    let left: Vec<String> = read
        .article
        .more
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    for expected in [
        "date=soon",
        "quality=high",
        "related=soon",
        "images=7",
        "ratings=1",
    ] {
        assert!(left.iter().any(|it| it == expected), "{expected}: {left:?}");
    }
    let mut fields: Vec<&str> = warned(&read).into_iter().map(|(field, _)| field).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["date", "images", "quality", "ratings", "related"]);
    let right = front("title: T\nbio: x\nimage: covers/a.png\nrelated: []");
    assert_eq!(warned(&right), []);
    assert_eq!(right.article.images.len(), 1);
}

#[test]
fn a_template_of_front_matter_is_no_broken_article() {
    for text in [
        "---\ntitle: \"{{ replace .Name \"-\" \" \" | title }}\"\ndate: {{ .Date }}\n---\nText.\n",
        "+++\ntitle = '{{ replace .File.ContentBaseName \"-\" \" \" }}'\ndate = {{ .Date }}\n+++\n",
    ] {
        assert_eq!(
            skip("default.md", text.as_bytes()),
            Skip::Template,
            "{text}"
        );
    }
    let broken = "---\ntitle: \"a \"b\" c\"\nbio: x\n---\nAbout {{ tags }}: {{ x }}\n";
    let reading = read(
        Path::new("a.md"),
        broken.as_bytes(),
        &Conventions::default(),
    );
    assert!(matches!(reading, Reading::Error(_)), "{reading:?}");
}
