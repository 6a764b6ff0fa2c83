//! What exceeds a limit is found wherever it is, and nothing else is mistaken for it.

use proptest::prelude::*;

use super::*;

fn reason(front: &str) -> String {
    check(front).expect_err("something capped").reason
}

#[test]
fn deep_nesting_is_found_at_once() {
    assert!(reason(&format!("a: {}", "[".repeat(32_000))).contains("nested"));
    assert!(reason(&format!("a:\n  - {}", "{a: ".repeat(17))).contains("nested"));
    assert!(check(&format!("a: {}{}", "[".repeat(16), "]".repeat(16))).is_ok());
    assert!(check("a: [1, [2, 3]]\nb: {c: [d]}\n").is_ok());
}

#[test]
fn the_signs_inside_texts_are_only_text() {
    for fine in [
        "a: AT&T and *this*\n",
        "a: \"&x [[[[[[[[[[[[[[[[[[[[[\"\n",
        "a: '*it''s* [[[[[[[[[[[[[[[[[[['\n",
        "a: |\n  &x\n  *y\n  [[[[[[[[[[[[[[[[[[[[[[[[[\nb: 1\n",
        "a: >-\n\n  *y*\nb: 1\n",
        "- k: |\n    *y*\n  l: 2\n",
        "a: some text\n  *goes on* here\nb: 1\n",
        "a: b # &comment\n# *comment\n",
        "a: http://x/[[[[[[[[[[[[[[[[[[[[[\n",
        "a: [x&y, z*]\n",
        "\"quoted key\": 1\n",
        "a: \"two\n  *lines*\"\nb: 2\n",
    ] {
        assert_eq!(check(fine), Ok(()), "{fine}");
    }
}

#[test]
fn what_follows_a_block_scalar_is_looked_at_again() {
    let deep = "[".repeat(20);
    assert!(reason(&format!("a: |\n  [y\nb: {deep}\n")).contains("nested"));
    assert!(reason(&format!("- k: |\n    [y\n  l: {deep}\n")).contains("nested"));
}

#[test]
fn long_front_matter_is_refused() {
    assert!(reason(&format!("a: {}", "x".repeat(FRONT_MATTER_BYTES))).contains("64 KiB"));
}

#[test]
fn no_way_of_starting_a_value_is_overlooked() {
    let deep = "[".repeat(20);
    for start in [
        "? ",
        "- ? ",
        ": ",
        "? x\n: - ",
        "--- ",
        "a: 1\n--- ",
        "a: !t ",
        "a: !<u> ",
        "a: [#,'\n",
        "a: [!t,",
        "a: [?",
        "a: {\"b\":",
        "a: x\nb: ",
        "x:\n  [a]: |\n    t\n  b: ",
        "a: 'it''s'\nb: ",
        "\"a\":",
        "a:\n  - |\n   t\n  - ",
        "%YAML 1.1\n--- ",
    ] {
        assert!(check(&format!("{start}{deep}")).is_err(), "{start:?}");
        assert!(check(&format!("{start}&x {deep}")).is_err(), "{start:?}");
    }
}

#[test]
fn prose_and_folded_text_are_not_looked_at() {
    for fine in [
        "Some prose\n*with emphasis*\n& more\n",
        "excerpt:\n  Some text that\n  *goes on* here\nb: 1\n",
        "a:\n  - b\n    *c*\n  - d\n",
        "a: [x:*y, b*c, \"d\"]\n",
        "a: {b: c*, d: 'e'} # *f*\n",
    ] {
        assert_eq!(check(fine), Ok(()), "{fine}");
    }
}

/// Text made of YAML syntax, with deep brackets in some places.
fn structure() -> impl Strategy<Value = String> {
    let pieces = [
        "a", "b", ": ", ":", "- ", "? ", "-", "?", "\n", "\n", "\n ", "\n  ", "\n   ", " ", "\t",
        "\"", "'", "''", "\\", "#", " #", "!", "!t ", "!<x>", "[", "]", "{", "}", ",", "|", ">",
        "|2", ">-", "\n--- ", "\n...\n", "%", "é", "*x", "*x", DEEP, DEEP,
    ];
    let piece = proptest::sample::select(pieces.to_vec());
    proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Deeper than the YAML library accepts, and than it needs to say so.
const DEEP: &str = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\
                    [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_passes_shows_the_yaml_library_nothing_capped(text in structure()) {
        if check(&text).is_ok()
            && let Err(error) = serde_yaml::from_str::<serde_yaml::Value>(&text)
        {
            let said = error.to_string();
            prop_assert!(!said.contains("recursion limit"), "{}", said);
        }
    }
}
