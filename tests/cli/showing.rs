//! `newsdesk show`: an article as text, Markdown, a web page and JSON.

use crate::case::Case;

const TIDES: &str = "---
title: \"Tides & *moons\"
excerpt: Why the sea *rises*.
type: article
publishedDateTime: 2021-12-30
originalUrl: https://example.org/tides?a=1&b=2
published: true
provider:
  name: Example
topics: [Sea]
related:
  - title: The moon
    originalUrl: https://example.org/moon
  - title: No address
---
# Tides & *moons

Water *rises*[^1] twice, see [why](javascript:alert(1)) and [how](how.md).

| when | metres |
| --- | --- |
| noon | 3 |

<script>alert(1)</script>

```python
print(\"<b>\")
```

[^1]: At most coasts.
";

fn case() -> Case {
    Case::new().file("tides.md", TIDES)
}

#[test]
fn text_is_wrapped_to_the_width() {
    let case = case();
    let run = case.run(&["show", "site/tides.md", "--width", "30"]);
    let text = run.printed();
    assert!(text.starts_with("Tides & *moons\nExample"), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 33),
        "{text}"
    );
    assert!(text.ends_with("• No address\n"), "{text}");
}

#[test]
fn markdown_is_written_again_from_what_was_read() {
    let case = case();
    let run = case.run(&["show", "--format", "markdown", "site/tides.md"]);
    let expected = "\
# Tides & \\*moons

Example · 30 Dec 2021 · article · Sea · published

[https://example.org/tides?a=1\\&b=2](https://example.org/tides?a=1&amp;b=2)

Why the sea \\*rises\\*.

Water *rises*[^1] twice, see why and [how](how.md).

| when | metres |
| --- | --- |
| noon | 3 |

```python
print(\"<b>\")
```

[^1]: At most coasts.

## Related

- [The moon](https://example.org/moon)
- No address
";
    assert_eq!(run.printed(), expected);
}

#[test]
fn a_web_page_has_checked_links_alone_and_runs_nothing() {
    let case = case();
    let run = case.run(&["show", "--format", "html", "site"]);
    let page = run.printed();
    for part in [
        "<title>Tides &amp; *moons</title>",
        "<a href=\"https://example.org/tides?a=1&amp;b=2\" rel=\"noopener noreferrer\">",
        "<sup><a id=\"ref-0\" href=\"#note-0\">[1]</a></sup>",
        "<pre><code>print(\"&lt;b&gt;\")</code></pre>",
        "default-src 'none'",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    for part in ["<script", "javascript:", "how.md"] {
        assert!(!page.contains(part), "{part} in {page}");
    }
    assert!(page.ends_with("</body>\n</html>\n"), "{page}");
}

#[test]
fn footnotes_of_several_articles_do_not_get_mixed_up() {
    let noted = "---\ntitle: Second\n---\nMore[^1].\n\n[^1]: Of it.\n";
    let case = case().file("site/b.md", noted);
    let run = case.run(&["show", "--format", "html", "site"]);
    let page = run.printed();
    let ids: Vec<&str> = page
        .match_indices(" id=\"")
        .map(|(at, _)| &page[at + 5..])
        .collect();
    let ids: Vec<&str> = ids.iter().filter_map(|it| it.split('"').next()).collect();
    let distinct: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!((ids.len(), distinct.len()), (4, 4), "{ids:?}");
    let run = case.run(&["show", "--format", "markdown", "site"]);
    let text = run.printed();
    for note in ["[^1]: At most", "More[^2-1]", "[^2-1]: Of it"] {
        assert!(text.contains(note), "{note} in {text}");
    }
}

#[test]
fn several_articles_are_one_text_and_one_page() {
    let case = case().file("b.md", "---\ntitle: Second\n---\nMore.\n");
    let run = case.run(&["show", "--format", "html", "site"]);
    assert_eq!(run.printed().matches("<article>").count(), 2);
    assert_eq!(run.printed().matches("<html>").count(), 1);
    let run = case.run(&["show", "--format", "markdown", "site"]);
    assert_eq!(run.printed().matches("\n***\n").count(), 1);
    let none = case.run(&["show", "--format", "html", "-q", "nothing", "site"]);
    assert_eq!(none.code(), 1);
    assert!(none.out().ends_with("<body>\n</body>\n</html>\n"));
}

#[test]
fn json_has_the_text_of_the_file() {
    let case = case();
    let run = case.run(&["show", "--format", "json", "site"]);
    let object = run.json();
    assert_eq!(object["title"], "Tides & *moons");
    let body = object["body"].as_str().expect("a text");
    assert!(body.contains("<script>alert(1)</script>"), "{body}");
}
