//! How files are split into front matter and body, and which of them are not articles.

use super::{error, file, place, skip, warned};
use crate::format::date;
use crate::model::Skip;

#[test]
fn marks_line_ends_and_blanks_do_not_matter() {
    for text in [
        "---\ntitle: T\ndate: 2021-12-30\n---\nBody\n",
        "---\r\ntitle: T\r\ndate: 2021-12-30\r\n---\r\nBody\r\n",
        "---\rtitle: T\rdate: 2021-12-30\r---\rBody\r",
        "---\r\ntitle: T\ndate: 2021-12-30\r\n---\nBody\n",
        "\u{feff}---\ntitle: T\ndate: 2021-12-30\n---\nBody\n",
        "--- \t\ntitle: T\ndate: 2021-12-30\n---  \nBody\n",
        "---\ntitle: T\ndate: 2021-12-30\n...\nBody\n",
    ] {
        let read = file("a.md", text.as_bytes());
        assert_eq!(read.article.title, "T", "{text:?}");
        assert!(read.article.published_at.is_some(), "{text:?}");
        assert_eq!(read.body.trim(), "Body", "{text:?}");
        assert_eq!(warned(&read), [], "{text:?}");
    }
}

#[test]
fn dashes_in_values_and_texts_do_not_end_the_front_matter() {
    let text = "---\ntitle: a --- b\nexcerpt: |\n  one\n  ---\n  ...\n  two\n\
                bio: \"x\n  ---\"\n---\nBody\n---\nmore\n";
    let read = file("a.md", text.as_bytes());
    assert_eq!(read.article.title, "a --- b");
    assert_eq!(read.article.excerpt, "one\n---\n...\ntwo");
    assert_eq!(read.article.bio, "x ---");
    assert_eq!(read.body, "Body\n---\nmore\n");
}

#[test]
fn block_scalars_are_read_whatever_their_line_ends() {
    let text = "---\nexcerpt: >-\n  one\n  two\n\n  three\nbio: |\n  a\n  b\n---\n";
    for end in ["\n", "\r\n", "\r"] {
        let article = file("a.md", text.replace('\n', end).as_bytes()).article;
        assert_eq!(article.excerpt, "one two\nthree", "{end:?}");
        assert_eq!(article.bio, "a\nb", "{end:?}");
    }
}

#[test]
fn separators_that_only_some_count_as_line_ends_are_blanks() {
    let text = "---\ntitle: one\u{2028}two\u{2029}three\u{85}four\nbio: x\nheat: y\n---\n";
    let read = file("a.md", text.as_bytes());
    assert_eq!(read.article.title, "one two three four");
    assert_eq!(warned(&read), [("heat", 4)]);
}

#[test]
fn a_yaml_file_is_all_front_matter() {
    let plain = file("a.yaml", b"title: T\ndate: 2021-12-30\nheat: x\n");
    assert_eq!(plain.article.title, "T");
    assert_eq!(plain.body, "");
    assert_eq!(warned(&plain), [("heat", 3)]);
    let fenced = file("a.yml", b"---\ntitle: T\ndate: 2021-12-30\nheat: x\n");
    assert_eq!(warned(&fenced), [("heat", 4)]);
    let commented = file("a.yaml", b"# A comment\n---\ntitle: T\nbio: x\n");
    assert_eq!(commented.article.title, "T");
}

#[test]
fn an_empty_front_matter_with_a_body_is_an_article() {
    for text in ["---\n---\n# Head\n", "---\n\n# only a comment\n---\n# Head"] {
        assert_eq!(file("a.md", text.as_bytes()).article.title, "Head");
    }
    assert_eq!(skip("a.md", b"---\n---\n \n"), Skip::NotAnArticle);
}

#[test]
fn a_body_with_foreign_bytes_is_shown_with_a_warning() {
    let read = file("a.md", b"---\ntitle: T\n---\ncaf\xe9 \xff\n");
    assert_eq!(read.body, "caf\u{fffd} \u{fffd}\n");
    assert_eq!(warned(&read), [("body", 0)]);
    assert!(read.warnings[0].hint.is_some());
}

#[test]
fn front_matter_without_anything_to_read_is_no_article() {
    for (name, text) in [
        ("_config.yml", "title: A site\nurl: https://a.example\n"),
        ("_data/organizations/x.yml", "name: X\nlogo: x.png\n"),
        ("x.md", "---\nname: X\ndomain: x.example\n---\n"),
        ("_data/topics.yml", "- AI\n- ML\n"),
        ("a.md", "---\n- AI\n- ML\n---\n"),
        ("a.md", "---\ntitle: T\ntopics: [AI]\n---\n\n"),
    ] {
        let found = skip(name, text.as_bytes());
        assert_eq!(found, Skip::NotAnArticle, "{name}: {text}");
    }
}

#[test]
fn files_without_front_matter_are_no_articles() {
    for (name, text) in [
        ("a.md", "No front matter.\n"),
        ("a.html", "<!doctype html><p>x"),
        ("a.md", ""),
        ("a.md", " ---\ntitle: T\n---\nBody"),
        ("a.md", "---\nSome prose.\nAnd more.\n---\nBody"),
    ] {
        let found = skip(name, text.as_bytes());
        assert_eq!(found, Skip::NoFrontMatter, "{name}: {text}");
    }
    assert_eq!(skip("a.pdf", b"---\nbio: x\n---\n"), Skip::OtherKind);
}

#[test]
fn data_of_a_site_is_no_error_even_when_we_cannot_read_it() {
    let long = "- name: x\n".repeat(10_000);
    let topics: String = (0..100).map(|n| format!("  - t{n}\n")).collect();
    for text in [
        "base: &b {x: 1}\nall: *b\n",
        "title: a: b\nexcerpt_separator: x\n",
        "kind: x\n---\nkind: y\n",
        "deep: [[[[[[[[[[[[[[[[[[[[x\n",
        &long,
        &format!("topics:\n{topics}"),
    ] {
        let found = skip("_data/x.yml", text.as_bytes());
        assert_eq!(found, Skip::NotAnArticle, "{text}");
    }
    let ours = error("a.yml", b"title: T\nbio: a: b\n");
    assert_eq!(place(&ours), Some((2, 7)));
}

#[test]
fn prose_between_rules_is_no_error_even_when_it_is_no_yaml() {
    for text in [
        "---\n*Prose*, and `more`\n*of it*\n---\nBody",
        "---\nDear all, as said: no. And: yes.\n---\nBody",
        "---\n\"Quoted\" prose\n---\nBody",
        "---\n\nA rule above, none below.\n",
    ] {
        assert_eq!(skip("a.md", text.as_bytes()), Skip::NoFrontMatter, "{text}");
    }
}

#[test]
fn a_date_in_the_name_makes_an_article() {
    let stub = file(
        "_posts/2024-01-05-stub.md",
        b"---\ntitle: Stub\npublished: false\n---\n",
    );
    assert_eq!(stub.article.published_at, date::parse("2024-01-05"));
    let gallery = file(
        "_posts/2024-01-02-gallery.md",
        b"---\ntitle: My trip\n---\n{% include gallery.html %}\n",
    );
    assert_eq!(gallery.article.title, "My trip");
    assert_eq!(
        skip("_posts/stub.md", b"---\ntitle: Stub\n---\n"),
        Skip::NotAnArticle
    );
}
