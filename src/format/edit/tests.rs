//! Edits of hand-made files, and of front matters put together at random.

mod fields;

use proptest::prelude::*;

use super::*;

fn published(to: bool) -> Wish {
    let key = FieldNames::new("published");
    Wish::Flag { key, to }
}

/// The file after publishing or unpublishing; `None` if nothing changes.
fn edited(file: &str, container: Container, to: bool) -> Result<Option<String>, EditRefusal> {
    let edit = edit(file.as_bytes(), container, &published(to))?;
    Ok(edit.map(|edit| {
        String::from_utf8(edit.apply(file.as_bytes())).expect("UTF-8 in gives UTF-8 out")
    }))
}

fn refused(file: &str) -> String {
    match edit(file.as_bytes(), Container::Markdown, &published(true)) {
        Err(refusal) => refusal.to_string(),
        Ok(edit) => panic!("not refused: {file:?}: {edit:?}"),
    }
}

/// Pairs of files that differ only in the flag; publishing leads from the first to the second, and
/// unpublishing back.
const PAIRS: [(&str, &str); 18] = [
    (
        "---\ntitle: x\npublished: false\nheat: 1\n---\nBody.\n",
        "---\ntitle: x\npublished: true\nheat: 1\n---\nBody.\n",
    ),
    (
        "---\r\npublished: false\r\ntitle: x\r\n---\r\nBody.\r\n",
        "---\r\npublished: true\r\ntitle: x\r\n---\r\nBody.\r\n",
    ),
    (
        "---\rpublished: false\rtitle: x\r---\rBody.",
        "---\rpublished: true\rtitle: x\r---\rBody.",
    ),
    (
        "\u{feff}---\npublished: false\n---\n",
        "\u{feff}---\npublished: true\n---\n",
    ),
    (
        "---\npublished: false\n---\nNo line end",
        "---\npublished: true\n---\nNo line end",
    ),
    ("---\npublished: false\n---", "---\npublished: true\n---"),
    (
        "---\npublished:   false   # until May: true?\n---\n",
        "---\npublished:   true   # until May: true?\n---\n",
    ),
    (
        "---\n# published: false\npublished: False\n...\n",
        "---\n# published: false\npublished: True\n...\n",
    ),
    (
        "---\npublished: FALSE\n---\n",
        "---\npublished: TRUE\n---\n",
    ),
    (
        "---\nprovider:\n  published: false\n  name: x\npublished: false\n---\n",
        "---\nprovider:\n  published: false\n  name: x\npublished: true\n---\n",
    ),
    (
        "---\nrelated:\n- published: false\n- {published: false}\npublished: false\n---\n",
        "---\nrelated:\n- published: false\n- {published: false}\npublished: true\n---\n",
    ),
    (
        "---\n\"published\": false\n---\n",
        "---\n\"published\": true\n---\n",
    ),
    (
        "---\n'published' : false\n---\n",
        "---\n'published' : true\n---\n",
    ),
    (
        "---\na: |\n  published: false\n\n  x\nb: >-\n  published: false\npublished: false\nc: |+\n  published: false\n\n---\n",
        "---\na: |\n  published: false\n\n  x\nb: >-\n  published: false\npublished: true\nc: |+\n  published: false\n\n---\n",
    ),
    (
        "---\ntitle: \"a\n  published: false\n  b\"\npublished: false\n---\npublished: false\n",
        "---\ntitle: \"a\n  published: false\n  b\"\npublished: true\n---\npublished: false\n",
    ),
    (
        "---\npublished:\n  false\n---\n",
        "---\npublished:\n  true\n---\n",
    ),
    (
        "---\ntitle: Überschrift 日本 😀\npublished: false # ä\n---\n\u{2028}\n",
        "---\ntitle: Überschrift 日本 😀\npublished: true # ä\n---\n\u{2028}\n",
    ),
    (
        "---\n  title: x\n  published: false\n---\n",
        "---\n  title: x\n  published: true\n---\n",
    ),
];

#[test]
fn only_the_value_changes_and_changes_back() {
    for (not, is) in PAIRS {
        let to = |file, flag| edited(file, Container::Markdown, flag);
        assert_eq!(to(not, true), Ok(Some(is.to_owned())), "{not:?}");
        assert_eq!(to(is, false), Ok(Some(not.to_owned())), "{is:?}");
        assert_eq!(to(is, true), Ok(None), "{is:?}");
        assert_eq!(to(not, false), Ok(None), "{not:?}");
    }
}

#[test]
fn the_body_may_hold_anything() {
    let file = b"---\npublished: false\n---\n\xff\xfe\0\x1b[2J\n---\npublished: false\n";
    let edit = edit(file, Container::Markdown, &published(true))
        .expect("not refused")
        .expect("a change");
    assert_eq!(
        edit.apply(file),
        b"---\npublished: true\n---\n\xff\xfe\0\x1b[2J\n---\npublished: false\n"
    );
}

#[test]
fn a_missing_key_gets_a_line_before_the_closing_fence() {
    for (before, after) in [
        (
            "---\ntitle: x\n---\nBody.",
            "---\ntitle: x\npublished: true\n---\nBody.",
        ),
        (
            "---\r\ntitle: x\r\n---\r\n",
            "---\r\ntitle: x\r\npublished: true\r\n---\r\n",
        ),
        ("---\ra: 1\r---\r", "---\ra: 1\rpublished: true\r---\r"),
        (
            "---\na: 1\r\nb: 2\n---\n",
            "---\na: 1\r\nb: 2\npublished: true\n---\n",
        ),
        ("---\n---\n", "---\npublished: true\n---\n"),
        ("---\r\n---", "---\r\npublished: true\r\n---"),
        (
            "---\n# nothing\n\n---\n",
            "---\n# nothing\n\npublished: true\n---\n",
        ),
        (
            "---\nx: |+\n  text\n\n---\n",
            "---\nx: |+\n  text\n\npublished: true\n---\n",
        ),
        (
            "---\nx: |\n  published: true\n...\n",
            "---\nx: |\n  published: true\npublished: true\n...\n",
        ),
        ("---\nx:\n---\n", "---\nx:\npublished: true\n---\n"),
        (
            "---\nx: some\n  words\n---\n",
            "---\nx: some\n  words\npublished: true\n---\n",
        ),
        (
            "---\n  a: 1\n---\n",
            "---\n  a: 1\n  published: true\n---\n",
        ),
        (
            "---\nprovider:\n  published: false\n---\n",
            "---\nprovider:\n  published: false\npublished: true\n---\n",
        ),
    ] {
        let result = edited(before, Container::Markdown, true);
        assert_eq!(result, Ok(Some(after.to_owned())), "{before:?}");
    }
}

#[test]
fn a_yaml_file_without_fences_gets_it_at_the_end() {
    for (before, after) in [
        ("a: 1\n", "a: 1\npublished: false\n"),
        ("\na: 1", "\na: 1\npublished: false"),
        ("a: 1", "a: 1\npublished: false"),
        ("a: 1\r\nb: 2", "a: 1\r\nb: 2\r\npublished: false"),
        ("", "published: false\n"),
        ("---\na: 1", "---\na: 1\npublished: false"),
        ("---\na: 1\n---\n", "---\na: 1\npublished: false\n---\n"),
        ("published: true", "published: false"),
        ("a: 1\npublished: true\r\n", "a: 1\npublished: false\r\n"),
    ] {
        let result = edited(before, Container::Yaml, false);
        assert_eq!(result, Ok(Some(after.to_owned())), "{before:?}");
    }
}

#[test]
fn the_edit_can_be_shown_as_a_diff() {
    let file = "\u{feff}---\r\ntitle: x\r\npublished: true # yet\r\n---\r\n";
    let edit = edit(file.as_bytes(), Container::Markdown, &published(false))
        .expect("not refused")
        .expect("a change");
    assert_eq!(edit.line, 3);
    assert_eq!(edit.old, ["published: true # yet"]);
    assert_eq!(edit.new, ["published: false # yet"]);
    assert_eq!(&file[edit.range], "true");

    for (file, line) in [("a: 1\nb: 2\n", 3), ("a: 1\r\nb: 2", 3), ("", 1)] {
        let edit = super::edit(file.as_bytes(), Container::Yaml, &published(false))
            .expect("not refused")
            .expect("a change");
        assert_eq!((edit.line, edit.old), (line, Vec::new()), "{file:?}");
        assert_eq!(edit.new, ["published: false"]);
    }
}

#[test]
fn what_is_no_plain_boolean_is_refused_with_its_line() {
    for (value, found) in [
        (" yes", "yes"),
        (" on", "on"),
        (" 1", "1"),
        (" \"false\"", "\"false\""),
        (" 'true'", "'true'"),
        (" null", "null"),
        (" ~", "~"),
        ("", "empty"),
        (" # nothing yet", "empty"),
        (" truely", "truely"),
        (" tRUE", "tRUE"),
        (" [true]", "a list"),
        ("\n  - true", "a list"),
        (" {now: true}", "a set of fields"),
        ("\n  now: true", "a set of fields"),
        (" !!bool true", "tagged"),
        (" !x true", "tagged"),
        (" |\n  true", "a block of text"),
        (" true\n  or so", "true…"),
        (" 2021-01-01", "2021-01-01"),
    ] {
        let said = refused(&format!("---\ntitle: x\npublished:{value}\nheat: 1\n---\n"));
        let expected = format!("published is {found}; only a plain true or false");
        assert!(said.contains(&expected), "{value:?}: {said}");
        let line = said.strip_prefix("line ").and_then(|it| it.chars().next());
        assert!(matches!(line, Some('3' | '4')), "{value:?}: {said}");
    }
}

/// Two readers take U+2028 for different things. What one of them would not find again is not written.
#[test]
fn what_could_not_be_changed_back_is_refused() {
    let file = "\u{2028}# c\n---\n";
    let edit = edit(file.as_bytes(), Container::Yaml, &published(true));
    assert!(matches!(edit, Err(EditRefusal::Unsure { .. })), "{edit:?}");
}

#[test]
fn files_that_leave_a_doubt_are_refused_with_a_sentence() {
    for (file, part) in [
        ("No front matter.\n", "no front matter"),
        ("---\npublished: false\n", "never ends"),
        (
            "---\npublished: false\na: 1\npublished: false\n---\n",
            "line 4: published appears twice; delete one",
        ),
        (
            "---\npublished: false\n\"published\": true\n---\n",
            "published appears twice",
        ),
        (
            "---\npublished: false\na: b: c\n---\n",
            "line 3: a second `: `",
        ),
        (
            "---\npublished: &x false\n---\n",
            "line 2: published is anchored",
        ),
        (
            "---\na: 1\n<<: {published: false}\n---\n",
            "line 3: fields are merged in",
        ),
        (
            "---\n<<: {published: false}\npublished: false\n---\n",
            "line 2: fields are merged in",
        ),
        ("---\n- published: false\n---\n", "not a list of fields"),
        ("---\njust prose\n---\n", "not a list of fields"),
        (
            "---\na: |\n<<<<<<< HEAD\n  x\n---\n",
            "line 3: a merge conflict",
        ),
        (
            "---\r\na: |\r\n  y\r\n>>>>>>> b\r\n---\r\n",
            "line 4: a merge conflict",
        ),
        ("---\ra: |\r\r>>>>>>> b\r---\r", "line 4: a merge conflict"),
        ("---\na: |\n\n>>>>>>> b\n---\n", "line 4: a merge conflict"),
    ] {
        let said = refused(file);
        assert!(said.contains(part), "{file:?}: {said}");
    }
    let said = edit(
        b"---\na: 1\nb: \xff\n---\n",
        Container::Markdown,
        &published(true),
    )
    .expect_err("no UTF-8")
    .to_string();
    assert!(
        said.starts_with("line 3: the front matter contains bytes"),
        "{said}"
    );
}

#[test]
fn what_looks_like_a_conflict_below_the_front_matter_is_text() {
    for body in [
        "Title\n=======\n>> quoted\n >>>>>>> x\n<<<<<<<<\n",
        "\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n",
    ] {
        let file = format!("---\npublished: false\n---\n{body}");
        let expected = format!("---\npublished: true\n---\n{body}");
        assert_eq!(edited(&file, Container::Markdown, true), Ok(Some(expected)));
    }
}

#[test]
fn a_conflict_is_marked_at_the_start_of_a_line() {
    let file = "---\ntitle: a <<<<<<< b\npublished: false\n---\n";
    let expected = file.replace("false", "true");
    assert_eq!(edited(file, Container::Markdown, true), Ok(Some(expected)));
    let conflict = edited("<<<<<<< HEAD\na: 1\n", Container::Yaml, true);
    assert_eq!(conflict, Err(EditRefusal::Conflict { line: 1 }));
}

#[test]
fn a_front_matter_that_ends_with_what_was_read_may_go_on() {
    for (file, ends) in [("---\na: 1\n---", false), ("---\na: 1\n---\nB", true)] {
        assert_eq!(ends_within(file.as_bytes(), Container::Markdown), ends);
    }
}

/// Texts with lines that look like the key without being it. Whether a parser accepts them does not
/// matter here: they are either left alone or refused.
#[test]
fn a_text_that_looks_like_the_key_is_never_changed() {
    for front in [
        "title: \"x\npublished: false\"\n",
        "title: 'x\npublished: false'\n",
        "title: x\u{2028}published: false\n",
        "title: x\u{85}published: false\n",
        "? published: false\n: 1\n",
        "published : x: false\n",
        "published:false\n",
    ] {
        let file = format!("---\n{front}---\n");
        if let Ok(Some(after)) = edited(&file, Container::Markdown, true) {
            let added = file.replace("\n---\n", "\npublished: true\n---\n");
            assert_eq!(after, added, "{front:?}");
        }
    }
}

/// Fields around the key; `K` is replaced with a unique name.
const FIELDS: [&str; 16] = [
    "K: words",
    "K: \"published: false, {published: true}\"",
    "K: 'it''s #1' # published: true",
    "K:\n  name: x\n  published: true",
    "K: |\n  published: true\n\n   end",
    "K: >-\n  published: false\n  more",
    "K: |+\n  published: true\n\n",
    "K:\n  - published: true\n  - x\n  -\n    - published: false",
    "K:\n- published: false",
    "K: {published: true, a: [x, published]}",
    "K: [\n  published, true\n  ]",
    "K: \"two\n  published: true\n\n  lines\"",
    "K: some words\n  published true",
    "K:",
    "# published: true",
    "",
];

fn fields() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(FIELDS.to_vec()), 0..6)
}

/// Lines of fields with unique names.
fn named(fields: &[&str], prefix: &str) -> String {
    let name = |at| format!("{prefix}{at}");
    fields
        .iter()
        .enumerate()
        .map(|(at, field)| format!("{}\n", field.replacen('K', &name(at), 1)))
        .collect()
}

proptest! {
    #[test]
    fn among_any_fields_only_the_value_changes(
        above in fields(),
        below in fields(),
        key in prop::sample::select(vec!["published:", "\"published\":", "'published' : "]),
        comment in prop::sample::select(vec!["", "  # published: maybe", " "]),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        mark in prop::sample::select(vec!["", "\u{feff}"]),
        body in prop::sample::select(vec!["", "\n", "\npublished: true\n---\n", "\nNo line end"]),
        is in any::<bool>(),
    ) {
        let file = |flag: bool| {
            let (above, below) = (named(&above, "a"), named(&below, "b"));
            format!("{mark}---\n{above}{key} {flag}{comment}\n{below}---{body}")
                .replace('\n', line_end)
        };
        let result = edited(&file(is), Container::Markdown, !is);
        prop_assert_eq!(result, Ok(Some(file(!is))));
        prop_assert_eq!(edited(&file(is), Container::Markdown, is), Ok(None));
    }

    #[test]
    fn a_missing_key_is_added_after_any_fields(
        above in fields(),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        to in any::<bool>(),
    ) {
        let file = |added: &str| {
            format!("---\n{}{added}---\nBody\n", named(&above, "a")).replace('\n', line_end)
        };
        let expected = file(&format!("published: {to}\n"));
        prop_assert_eq!(edited(&file(""), Container::Markdown, to), Ok(Some(expected)));
    }

    /// On any text: no panic, and an edit changes one value or adds one line.
    #[test]
    fn any_text_is_edited_minimally_or_refused(
        front in "(published: (true|false)\n|[-a:{}\\[\\]|>#'\"!?<, \n\r\t\\\\é]{0,20}){0,6}",
        to in any::<bool>(),
    ) {
        let file = format!("---\n{front}\n---\n");
        if let Ok(Some(edit)) = edit(file.as_bytes(), Container::Markdown, &published(to)) {
            if edit.old.is_empty() {
                prop_assert!(edit.range.is_empty());
            } else if !edit.range.is_empty() {
                prop_assert!(spelling::opposite(&file[edit.range]).is_some_and(|(is, _)| is != to));
            }
        }
    }
}
