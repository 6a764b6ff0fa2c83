//! Wishes, and what they make of a front matter in each syntax.

use super::*;

pub(super) fn set(name: &str, to: &str) -> Wish {
    Wish::Set {
        key: FieldNames::new(name),
        to: NewScalar::typed(to),
    }
}

pub(super) fn remove(name: &str) -> Wish {
    Wish::Remove {
        key: FieldNames::new(name),
    }
}

pub(super) fn add(name: &str, item: &str) -> Wish {
    Wish::Add {
        key: FieldNames::new(name),
        item: item.to_owned(),
    }
}

pub(super) fn take(name: &str, item: &str) -> Wish {
    Wish::Take {
        key: FieldNames::new(name),
        item: item.to_owned(),
    }
}

/// A front matter before and after a wish, without its fences; `=` if nothing changes.
pub(super) type Case = (fn() -> Wish, &'static str, &'static str);

/// The topics, which are read from fields of several names.
fn topics() -> FieldNames {
    FieldNames::any(["topics", "tags"])
}

fn take_topic(item: &str) -> Wish {
    Wish::Take {
        key: topics(),
        item: item.to_owned(),
    }
}

fn add_topic(item: &str) -> Wish {
    Wish::Add {
        key: topics(),
        item: item.to_owned(),
    }
}

pub(super) const YAML: &[Case] = &[
    // An entry is where it is, whichever name that field has.
    (
        || take_topic("b"),
        "topics: [a]\ntags: [b, c]\n",
        "topics: [a]\ntags: [c]\n",
    ),
    (|| add_topic("b"), "topics: [a]\ntags: [b]\n", "="),
    (
        || add_topic("c"),
        "topics: [a]\ntags: [b]\n",
        "topics: [a, c]\ntags: [b]\n",
    ),
    (|| add("topics", "x"), "topics: \"\"\n", "topics: \"x\"\n"),
    // Single values.
    (
        || set("quality", "70"),
        "quality: 5 # low\n",
        "quality: 70 # low\n",
    ),
    (
        || set("quality", "70"),
        "quality: \"5\"\n",
        "quality: \"70\"\n",
    ),
    (
        || set("quality", "70"),
        "quality:\nb: 1\n",
        "quality: 70\nb: 1\n",
    ),
    (
        || set("quality", "70"),
        "quality: # none\nb: 1\n",
        "quality: 70 # none\nb: 1\n",
    ),
    (
        || set("quality", "70"),
        "quality :\nb: 1\n",
        "quality : 70\nb: 1\n",
    ),
    (|| set("quality", "70"), "a: 1\n", "a: 1\nquality: 70\n"),
    (|| set("quality", "70"), "quality: 70\n", "="),
    (|| set("rating", "4.5"), "a: 1\n", "a: 1\nrating: 4.5\n"),
    (
        || set("version", "3.10"),
        "a: 1\n",
        "a: 1\nversion: \"3.10\"\n",
    ),
    (
        || set("title", "New words"),
        "title: Old\n",
        "title: New words\n",
    ),
    (|| set("title", "A: B"), "title: Old\n", "title: \"A: B\"\n"),
    (
        || set("title", "It's"),
        "title: 'Old'\n",
        "title: 'It''s'\n",
    ),
    (
        || set("title", "Say \"x\""),
        "title: \"Old\"\n",
        "title: \"Say \\\"x\\\"\"\n",
    ),
    (|| set("title", "yes"), "a: 1\n", "a: 1\ntitle: \"yes\"\n"),
    (|| set("title", "2024"), "title: 'Old'\n", "title: '2024'\n"),
    (
        || set("date", "2024-05-02"),
        "date: 2023-01-01\n",
        "date: 2024-05-02\n",
    ),
    (
        || set("Title_Case", "x"),
        "titlecase: y\n",
        "titlecase: x\n",
    ),
    (
        || set("a.b", "2"),
        "a:\n  b: 1\n  c: 3\n",
        "a:\n  b: 2\n  c: 3\n",
    ),
    (|| set("a.b", "2"), "a.b: 1\n", "a.b: 2\n"),
    (|| set("a.b", "2"), "a: {b: 1, c: 3}\n", "a: {b: 2, c: 3}\n"),
    (|| set("a.d", "2"), "a:\n  b: 1\n", "a:\n  d: 2\n  b: 1\n"),
    (|| set("c", "2"), "{a: 1, b: 2}\n", "{a: 1, b: 2, c: 2}\n"),
    (|| remove("b"), "a: 1\nb: 2 # x\nc: 3\n", "a: 1\nc: 3\n"),
    (|| remove("b"), "a: 1\nb:\n- x\n- y\nc: 3\n", "a: 1\nc: 3\n"),
    (
        || remove("b"),
        "b:\n- x\n# about c\nc: 3\n",
        "# about c\nc: 3\n",
    ),
    (
        || remove("b"),
        "a: 1\nb: [\n  x\n  ]\nc: 3\n",
        "a: 1\nc: 3\n",
    ),
    (|| remove("b"), "a: 1\n", "="),
    (|| remove("b"), "{a: 1, b: 2}\n", "{a: 1}\n"),
    (|| remove("a"), "{a: 1, b: 2}\n", "{b: 2}\n"),
    // Lists, in their own style.
    (
        || add("topics", "ai"),
        "topics:\n- ml\nb: 1\n",
        "topics:\n- ml\n- ai\nb: 1\n",
    ),
    (
        || add("topics", "ai"),
        "topics:\n  - 'ml'\n",
        "topics:\n  - 'ml'\n  - 'ai'\n",
    ),
    (
        || add("topics", "ai"),
        "topics:\n  - ml # x\n\nb: 1\n",
        "topics:\n  - ml # x\n  - ai\n\nb: 1\n",
    ),
    (
        || add("topics", "ai"),
        "topics: [ml, \"x\"]\n",
        "topics: [ml, \"x\", \"ai\"]\n",
    ),
    (
        || add("topics", "ai"),
        "topics: [ml,x]\n",
        "topics: [ml,x,ai]\n",
    ),
    (|| add("topics", "ai"), "topics: []\n", "topics: [ai]\n"),
    (
        || add("topics", "ai"),
        "topics: [\n  ml,\n  x\n  ]\n",
        "topics: [\n  ml,\n  x,\n  ai\n  ]\n",
    ),
    (
        || add("topics", "ai"),
        "topics: ml, x\n",
        "topics: ml, x, ai\n",
    ),
    (
        || add("topics", "ai"),
        "topics: \"ml;x\"\n",
        "topics: \"ml;x;ai\"\n",
    ),
    (|| add("topics", "ai"), "topics: ml\n", "topics: ml, ai\n"),
    (
        || add("topics", "ai"),
        "topics:\nb: 1\n",
        "topics: [ai]\nb: 1\n",
    ),
    (|| add("topics", "ai"), "a: 1\n", "a: 1\ntopics: [ai]\n"),
    (|| add("topics", "ai"), "topics: [ai]\n", "="),
    (
        || add("topics", "ai, or so"),
        "topics:\n- ml\n",
        "topics:\n- ml\n- \"ai, or so\"\n",
    ),
    (
        || take("topics", "ml"),
        "topics:\n- ml\n- ai\n",
        "topics:\n- ai\n",
    ),
    (
        || take("topics", "ai"),
        "topics:\n  - ml\n  - ai # x\nb: 1\n",
        "topics:\n  - ml\nb: 1\n",
    ),
    (
        || take("topics", "ml"),
        "topics:\n- ml\nb: 1\n",
        "topics: []\nb: 1\n",
    ),
    (
        || take("topics", "ml"),
        "topics: [ml, ai]\n",
        "topics: [ai]\n",
    ),
    (
        || take("topics", "ai"),
        "topics: [ml, ai]\n",
        "topics: [ml]\n",
    ),
    (|| take("topics", "ml"), "topics: [ml]\n", "topics: []\n"),
    (
        || take("topics", "x"),
        "topics: ml, x, ai\n",
        "topics: ml, ai\n",
    ),
    (
        || take("topics", "ml"),
        "topics: ml, x, ai\n",
        "topics: x, ai\n",
    ),
    (
        || take("topics", "ai"),
        "topics: ml, x, ai\n",
        "topics: ml, x\n",
    ),
    (|| take("topics", "ml"), "topics: ml\n", "topics: []\n"),
    (|| take("topics", "no"), "topics: ml\n", "="),
    (|| take("topics", "no"), "a: 1\n", "="),
];

pub(super) const TOML: &[Case] = &[
    (
        || set("quality", "70"),
        "quality = 5 # low\n",
        "quality = 70 # low\n",
    ),
    (|| set("quality", "70"), "a = 1\n", "a = 1\nquality = 70\n"),
    (
        || set("quality", "70"),
        "a = 1\n\n# x\n[b]\nc = 1\n",
        "a = 1\nquality = 70\n\n# x\n[b]\nc = 1\n",
    ),
    (
        || set("quality", "70"),
        "[b]\nc = 1\n",
        "quality = 70\n[b]\nc = 1\n",
    ),
    (
        || set("title", "New"),
        "title = \"Old\"\n",
        "title = \"New\"\n",
    ),
    (
        || set("title", "It's"),
        "title = 'Old'\n",
        "title = \"It's\"\n",
    ),
    (
        || set("b.c", "2"),
        "a = 1\n[b]\nc = 1\n",
        "a = 1\n[b]\nc = 2\n",
    ),
    (|| set("b.c", "2"), "b.c = 1\n", "b.c = 2\n"),
    (
        || set("b.d", "2"),
        "a = 1\n[b]\nc = 1\n",
        "a = 1\n[b]\nd = 2\nc = 1\n",
    ),
    (
        || set("b.d", "2"),
        "[b]\n\tc = 1\n",
        "[b]\n\td = 2\n\tc = 1\n",
    ),
    (
        || set("my field", "x"),
        "a = 1\n",
        "a = 1\n\"my field\" = \"x\"\n",
    ),
    (
        || remove("a"),
        "a = 1\nc = 2\n[b]\nc = 1\n",
        "c = 2\n[b]\nc = 1\n",
    ),
    (
        || add("tags", "ai"),
        "tags = [\"ml\"]\n",
        "tags = [\"ml\", \"ai\"]\n",
    ),
    (
        || add("tags", "ai"),
        "tags = ['ml', 'x']\n",
        "tags = ['ml', 'x', 'ai']\n",
    ),
    (
        || add("tags", "ai"),
        "tags = [\n  \"ml\",\n]\n",
        "tags = [\n  \"ml\",\n  \"ai\",\n]\n",
    ),
    (|| add("tags", "ai"), "tags = []\n", "tags = [\"ai\"]\n"),
    (|| add("tags", "ai"), "a = 1\n", "a = 1\ntags = [\"ai\"]\n"),
    (
        || add("taxonomies.tags", "ai"),
        "[taxonomies]\ntags = [\"ml\"]\n",
        "[taxonomies]\ntags = [\"ml\", \"ai\"]\n",
    ),
    (
        || add("taxonomies.tags", "ai"),
        "[taxonomies]\nx = [\"ml\"]\n",
        "[taxonomies]\ntags = [\"ai\"]\nx = [\"ml\"]\n",
    ),
    (
        || take("tags", "ml"),
        "tags = [\"ml\", \"ai\"]\n",
        "tags = [\"ai\"]\n",
    ),
    (|| take("tags", "ml"), "tags = [\"ml\"]\n", "tags = []\n"),
    (
        || published(true),
        "published = false\n",
        "published = true\n",
    ),
    (
        || published(true),
        "a = 1\n[b]\npublished = false\n",
        "a = 1\npublished = true\n[b]\npublished = false\n",
    ),
];

pub(super) const JSON: &[Case] = &[
    (
        || set("quality", "70"),
        "{\n  \"quality\": 5\n}",
        "{\n  \"quality\": 70\n}",
    ),
    (
        || set("quality", "70"),
        "{\n  \"a\": 1\n}",
        "{\n  \"a\": 1,\n  \"quality\": 70\n}",
    ),
    (
        || set("quality", "70"),
        "{\"a\": 1}",
        "{\"a\": 1, \"quality\": 70}",
    ),
    (|| set("quality", "70"), "{}", "{\"quality\": 70}"),
    (
        || set("title", "N\"ew"),
        "{\"title\": \"Old \\ud83d\\ude00\"}",
        "{\"title\": \"N\\\"ew\"}",
    ),
    (
        || set("a.b", "2"),
        "{\"a\": {\"b\": 1}}",
        "{\"a\": {\"b\": 2}}",
    ),
    (|| remove("a"), "{\"a\": 1, \"b\": 2}", "{\"b\": 2}"),
    (|| remove("b"), "{\"a\": 1, \"b\": 2}", "{\"a\": 1}"),
    (
        || add("tags", "ai"),
        "{\"tags\": [\"ml\"]}",
        "{\"tags\": [\"ml\", \"ai\"]}",
    ),
    (
        || add("tags", "ai"),
        "{\"tags\": [\n\t\"ml\",\n\t\"x\"\n]}",
        "{\"tags\": [\n\t\"ml\",\n\t\"x\",\n\t\"ai\"\n]}",
    ),
    (
        || add("tags", "ai"),
        "{\"tags\": null}",
        "{\"tags\": [\"ai\"]}",
    ),
    (
        || add("tags", "ai"),
        "{\"a\": 1}",
        "{\"a\": 1, \"tags\": [\"ai\"]}",
    ),
    (|| take("tags", "ml"), "{\"tags\": null}", "="),
    (|| set("title", ""), "{\"title\": null}", "="),
    (
        || take("tags", "ml"),
        "{\"tags\": [\"ml\", \"x\"]}",
        "{\"tags\": [\"x\"]}",
    ),
    (
        || published(false),
        "{\"a\": {\"published\": true}, \"published\": true}",
        "{\"a\": {\"published\": true}, \"published\": false}",
    ),
];

pub(super) const HEADERS: &[Case] = &[
    (
        || set("status", "published"),
        "Title: x\nStatus: draft\nDate: 2024-01-01\n",
        "Title: x\nStatus: published\nDate: 2024-01-01\n",
    ),
    (
        || set("status", "draft"),
        "Title: x\nDate: 2024-01-01\n",
        "Title: x\nDate: 2024-01-01\nStatus: draft\n",
    ),
    (
        || add("tags", "ai"),
        "Title: x\nTags: bees, spring\n",
        "Title: x\nTags: bees, spring, ai\n",
    ),
    (
        || remove("category"),
        "Title: x\nCategory: y\n",
        "Title: x\n",
    ),
    (
        || set("title", "y"),
        "Title:\nStatus: draft\n",
        "Title: y\nStatus: draft\n",
    ),
    (
        || set("summary", "y"),
        "Title: x\nSummary:\nStatus: draft\n",
        "Title: x\nSummary: y\nStatus: draft\n",
    ),
    (
        || remove("summary"),
        "Title: x\nSummary:\nStatus: draft\n",
        "Title: x\nStatus: draft\n",
    ),
];
