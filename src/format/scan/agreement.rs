//! Whenever the scanner returns a result, the full reader must agree. For a long run:
//! `PROPTEST_CASES=100000 cargo test --release --lib format::scan`.

mod generated;

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::super::{Conventions, Headline, Reading, listed_fields, read};

use generated::{key, line, mutated, toml_line, value};

fn scan(path: &str, bytes: &[u8]) -> Option<Headline> {
    super::scan(path, bytes, &Conventions::default())
}

/// The fields that a list needs; a warning about one of them must not be lost.
fn of_the_list() -> Vec<&'static str> {
    const DERIVED: [&str; 16] = [
        "title",
        "name",
        "excerpt",
        "bio",
        "category",
        "publishedDateTime",
        "updatedDateTime",
        "date",
        "originalUrl",
        "webUrl",
        "ampWebUrl",
        "cdnAmpWebUrl",
        "website",
        "provider",
        "provider.name",
        "provider.domain",
    ];
    let plain = listed_fields().map(|(name, _)| name);
    DERIVED.into_iter().chain(plain).collect()
}

/// Whether the scanner returns a result.
///
/// # Panics
/// If the full reader disagrees.
fn answers(name: &str, bytes: &[u8]) -> bool {
    let Some(headline) = scan(name, bytes) else {
        return false;
    };
    let text = String::from_utf8_lossy(bytes);
    match read(Path::new(name), bytes, &Conventions::default()) {
        Reading::Article(read) => {
            assert_eq!(headline, read.headline(), "{text}");
            let of_the_list = of_the_list();
            for warning in &read.warnings {
                let field = warning.field.as_deref().unwrap_or_default();
                let listed = of_the_list.contains(&field) || field.starts_with("topics");
                assert!(!listed, "{warning:?} in {text}");
            }
        }
        other => panic!("{other:?} for {text}"),
    }
    true
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The files for which the scanner returns nothing, and the number of all files.
fn handed_over(folder: &Path) -> (Vec<PathBuf>, usize) {
    let mut files = files(folder);
    let all = files.len();
    files.retain(|path| {
        let name = path.file_name().expect("a name").to_string_lossy();
        !answers(&name, &std::fs::read(path).expect("a file"))
    });
    (files, all)
}

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

#[test]
fn over_the_sample_library() {
    let (rest, all) = handed_over(&seeds());
    println!("handed over: {} of {all}: {rest:#?}", rest.len());
    assert!(rest.len() * 10 <= all, "handed over: {rest:#?}");
}

#[test]
fn over_the_corpus() {
    let Some(corpus) = std::env::var_os("NEWSDESK_CORPUS") else {
        return;
    };
    let (rest, all) = handed_over(Path::new(&corpus));
    println!("handed over: {} of {all}: {rest:#?}", rest.len());
    assert!(rest.len() * 10 <= all, "handed over: {rest:#?}");
}

/// Front matter that makes an article, and one more line.
fn with(line: &str) -> String {
    format!("---\ntitle: A title\nexcerpt: Some words.\n{line}\n---\n")
}

#[test]
fn what_emitters_write_is_read() {
    for line in [
        "type: video",
        "type: \"a \\\"b\\\" \\\\ c\\n\\t\\r\\nd\"",
        "type: 'it''s'",
        "topics: AI",
        "topics:\n  - AI\n  - \"R&amp;D\"\n  - AI",
        "topics:\n- AI\n- 5G\n- C#",
        "date: 2021-12-30",
        "publishedDateTime: 2021-12-30T23:19:00Z",
        "heat: -1",
        "quality: \"39\"",
        "published: \"true\"",
        "removed: no",
        "provider: Tideline",
        "provider:\n  name: Tideline\n  domain: tideline.example\n  images:\n    - url: /a.jpg\n      width: 50",
        "bio:",
        "related:\n  - title: \"x: y\"\n    provider:\n      name: a\n\n  - title: y",
        "# a comment",
        "webUrl: https://a.example/b?c=d#e",
        "type: ça va",
        "type: video\r",
        "type: |\n  video",
        "type: >-\n  video",
        "bio: |-\n a # b: c\n - \"d\\x\"\nheat: 1",
        "bio: >\n    One\n    & two é.\nheat: 1",
        "heat: |\n  1",
        "published: >-\n  true",
        "related:\n  - title: >-\n      One\n      two\n    excerpt: |\n      x\n    type: a",
        "type: ~",
        "type: null",
        "type: True",
        "type: 0x1F",
        "type: 1e3",
        "type: .inf",
        "other: 99999999999999999999",
        "other:\n  - 0xFFFFFFFFFFFFFFFFFFFF",
        "heat: 007",
        "heat: +1",
        "provider:\n  name: 1843",
        "topics: [AI, \"R&amp;D\", 'it''s', 3.10, été]",
        "topics: []",
        "tags: [a b, c]\ncategories: [x]\nkeywords: d, e; f",
        "Topics: \"#ai\"",
        "author: Mirela Stan",
        "authors:\n  - \"[[Nora Field]]\"\n  - \"[[people/x|X Y]]\"",
        "published: 2026-03-25",
        "published: true\ncreated: 2026-03-25",
        "source: https://a.example/b",
        "source: A paper",
        "external-url: http://a.example",
        "url: /here\nlink: https://b.example",
        "Description: more words",
        "date: 2021-01-01\npubDate: 2022-01-01\npublishedDateTime: 2023-01-01",
        "lang: de\nlanguage: en\nseries: One",
        "feed: \"A &amp; B\"\nguid: \"x\"",
        "feed: true",
        "cover: true",
        "image: /a.png",
        "topics:\n  - 3.10\n  - 3.1\n  - ~\n  - +1",
        "date: 2019-1-1 9:05:07",
        "date: 2018-09-16 19:47:42 +8",
        "ratings:\n  average: 4",
    ] {
        assert!(answers("a.md", with(line).as_bytes()), "{line}");
    }
}

#[test]
fn what_leaves_a_doubt_is_handed_over() {
    for line in [
        "title: twice",
        "related:\n  - a: 1\n    a: 2",
        "type: [video]",
        "type: {a: b}",
        "tags: [a, [b]]",
        "tags: [a: b]",
        "tags: [a,, b]",
        "tags: [a",
        "tags: [a] b",
        "tags: [*a]",
        "tags: [&a b]",
        "tags: [a,\n  b]",
        "type: |\nvideo",
        "type: |\n",
        "type: |2\n  video",
        "type: |+\n  video",
        "type: | # c\n  video",
        "type: >-\r\n  video",
        "type: >-\n  a\n\n  b",
        "type: >-\n\n  a",
        "type: >-\n  a\n",
        "type: >\n  a\n   b",
        "type: >\n  a\n b",
        "type: >\n  a\n # c",
        "type: >\n  a\n# c",
        "type: >\n  a \n  b",
        "type: >\n  # a",
        "type:\n  - |\n    a",
        "type: &a video",
        "type: *a",
        "type: !!str video",
        "type: @video",
        "type: `video`",
        "type: %video",
        "type: ? video",
        "type: - video",
        "type: -",
        "type: a: b",
        "type: a:",
        "type: a # b",
        "type: \"a\" # b",
        "type: \"a\" b",
        "type: \"a",
        "type: \"a\\",
        "type: \"\\x41\"",
        "type: 'a'b'",
        "type: a\n  b",
        "type: \"a\n  b\"",
        "type: a\tb",
        "\ttype: a",
        "type : a",
        "type:a",
        "\"type\": a",
        "? type",
        "<<: a",
        "true: a",
        "  type: a",
        "other:\n    a: 1\n  b: 2",
        "other:\n  - a\n   - b",
        "other:\n  - a\n  b: 1",
        "other:\n  -\n    a: 1",
        "other:\n  - - a",
        "type: a\u{85}b",
        "type: a\u{2028}b",
        "type: \u{feff}b",
        "type: a\u{7f}b",
        "type: a\rheat: 2",
        "--- a",
        "heat: high",
        "heat: 1.5",
        "heat: 99999999999999999999",
        "heat:\n  - 1",
        "published: maybe",
        "date: soon",
        "provider:\n  - a",
        "topics:\n  - a: b",
    ] {
        let text = with(line);
        assert!(scan("a.md", text.as_bytes()).is_none(), "{line}");
    }
}

#[test]
fn what_is_no_article_or_needs_its_body_is_handed_over() {
    for text in [
        "",
        "no front matter",
        "---\ntitle: never closed\nexcerpt: x\n",
        "---\n---\nbody",
        "---\n- a\n---\n",
        "---\ntitle: A title only\n---\n",
        "---\ntitle: A title only\n---\nbody",
        "---\nexcerpt: x\n---\n# A heading",
        "---\ntitle: \"&nbsp;\"\nexcerpt: \" \"\n---\n",
    ] {
        assert!(scan("2021-12-30-a.md", text.as_bytes()).is_none(), "{text}");
    }
    assert!(scan("a.png", with("").as_bytes()).is_none());
    let long = with(&format!("secured: {}", "x".repeat(70_000)));
    assert!(scan("a.md", long.as_bytes()).is_none());
    let topics: String = (0..65).map(|number| format!("\n  - t{number}")).collect();
    let many = with(&format!("topics:{topics}"));
    assert!(scan("a.md", many.as_bytes()).is_none());
    assert!(scan("a.md", b"---\ntitle: \xff\nexcerpt: x\n---\n").is_none());
}

#[test]
fn deep_nesting_neither_overflows_nor_stalls() {
    let deep: String = (1..30_000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth.min(400))))
        .collect();
    assert!(scan("a.md", with(&deep).as_bytes()).is_none());
    let steps: String = (0..200)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    assert!(scan("a.md", with(&steps).as_bytes()).is_none());
}

#[test]
fn the_name_of_the_file_may_give_the_date() {
    assert!(answers("2021-12-30-a.md", with("").as_bytes()));
}

/// The same for TOML.
fn with_toml(line: &str) -> String {
    format!("+++\ntitle = \"A title\"\nsummary = 'Some words.'\n{line}\n+++\n")
}

#[test]
fn what_sites_write_in_toml_is_read() {
    for line in [
        "type = \"a \\\"b\\\" \\\\ c\\n\"",
        "type = 'a \\ b'",
        "date = 2024-05-02T08:30:00+02:00",
        "date = 2024-05-02",
        "draft = true",
        "heat = -1",
        "rating = 4.50",
        "tags = [\"a\", 'b', ]",
        "tags = []",
        "tags = [1, 2.50]",
        "\n# a comment\n\n[taxonomies]\ntags = [\"a\"]\ncategories = [\"b\"]\n\n[extra]\ntags = \"no\"",
        "[provider]\nname = \"Tideline\"",
        "type = \"video\"\r",
    ] {
        assert!(answers("a.md", with_toml(line).as_bytes()), "{line}");
    }
}

#[test]
fn what_leaves_a_doubt_in_toml_is_handed_over() {
    for line in [
        "title = \"twice\"",
        "type = \"\"\"a\"\"\"",
        "type = '''a'''",
        "type = \"a",
        "type = \"\\u0041\"",
        "type = a",
        "type = 0x1F",
        "type = 1_000",
        "type = 007",
        "type = +1",
        "type = 99999999999999999999",
        "type = {a = 1}",
        "type = \"a\" # b",
        "type = 2021-02-30",
        "date = 2024-05-02 08:30:00",
        "type.a = 1",
        "\"type\" = 1",
        "type",
        "tags = [\"a\",\n\"b\"]",
        "tags = [[\"a\"]]",
        "[a.b]\nc = 1",
        "[[a]]\nb = 1",
        "[type]\na = 1\n[type]\nb = 1",
        "[a]\nb = 1\nb = 2",
        "a = 1\n[a]\nb = 2",
        "[a] b",
    ] {
        assert!(scan("a.md", with_toml(line).as_bytes()).is_none(), "{line}");
    }
}

proptest! {
    #[test]
    fn over_generated_front_matter(lines in prop::collection::vec(line(), 0..9)) {
        let text = format!("---\ntitle: T\nexcerpt: E\n{}---\nbody\n", lines.concat());
        answers("a.md", text.as_bytes());
        let text = format!("---\n{}---\nbody\n", lines.concat());
        answers("2021-12-30-a.md", text.as_bytes());
    }

    #[test]
    fn over_generated_toml(lines in prop::collection::vec(toml_line(), 0..9)) {
        let text = format!("+++\ntitle = \"T\"\nsummary = \"E\"\n{}+++\nbody\n", lines.concat());
        answers("a.md", text.as_bytes());
    }

    #[test]
    fn over_changed_sample_articles(
        file: prop::sample::Index,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, line()), 1..4),
        whole_lines: bool,
    ) {
        let files = files(&seeds());
        let mut text = std::fs::read_to_string(file.get(&files)).expect("a sample article");
        for (place, length, by) in changes {
            let by = if whole_lines { format!("\n{by}") } else { by.trim_end().to_owned() };
            text = mutated(&text, place, length, &by);
        }
        answers("a.md", text.as_bytes());
    }

    #[test]
    fn over_any_scalar_of_any_field(key in key(), value in value(), nested: bool) {
        let line = if nested { format!("provider:\n  {key}: {value}") } else { format!("{key}: {value}") };
        answers("a.md", format!("---\nwebsite: https://a.example\ntitle: T\n{line}\n---\n").as_bytes());
    }
}
