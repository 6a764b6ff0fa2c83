//! Rewords the YAML library's errors for people, with the place to look at. The library reports
//! where it gave up, which for some mistakes is far below.

use super::flaw::Flaw;
use super::keys::{KeyLine, keys};

/// What the library says, and the reason and hint to give. The first match is used.
const KNOWN: [(&str, &str, &str); 7] = [
    (
        "tab character",
        "a tab in the indentation",
        "indent with spaces",
    ),
    (
        "cannot start any token",
        "a value begins with a character that YAML reserves",
        "put the value in quotes",
    ),
    (
        "not allowed in this context",
        "a value begins with a character that makes it a list or a key",
        "put the value in quotes, or the list on lines of its own",
    ),
    (
        "unknown escape",
        "a backslash in double quotes that YAML does not know",
        "write \\\\ or use single quotes",
    ),
    (
        "unknown anchor",
        "an alias (*) without an anchor (&) above it",
        "put the value in quotes if the * belongs to the text",
    ),
    ("recursion limit", "it is nested too deeply", "flatten it"),
    (
        "did not find expected",
        "the text goes on where it should have ended",
        "look for a quote inside a quoted text, a bracket at the start of a text, or a line that is indented differently",
    ),
];

/// The same for unfinished constructs: what the library says, and how the construct it names
/// begins.
const UNFINISHED: [(&str, &str, &str, &str); 4] = [
    (
        "end of stream",
        "quoted scalar",
        "a quoted text begins here and never ends",
        "add the closing quote, or double the quotes inside it",
    ),
    (
        "could not find expected ':'",
        "simple key",
        "a line that is neither a field nor part of one",
        "write it as a field with a colon, or indent it if it belongs to the text above",
    ),
    (
        "did not find expected ',' or ']'",
        "flow sequence",
        "a bracket opens a list here that does not end properly",
        "close the list with ], or put the text in quotes if the bracket belongs to it",
    ),
    (
        "did not find expected ',' or '}'",
        "flow mapping",
        "a brace opens fields here that do not end properly",
        "close it with }, or put the text in quotes if the brace belongs to it",
    ),
];

/// Explains what went wrong in `front`, as one flaw with its place.
pub fn explain(error: &serde_yaml::Error, front: &str) -> Flaw {
    let said = error.to_string();
    let (line, column) = match error.location() {
        Some(location) => (small(location.line()), small(location.column())),
        None => (1, 1),
    };
    let text = front.lines().nth(line as usize - 1).unwrap_or_default();
    doubled(&said, front, line, column)
        .or_else(|| control_character(&said, front))
        .or_else(|| tab(&said, text, line))
        .or_else(|| unfinished(&said))
        .or_else(|| second_document(&said, front))
        .or_else(|| colon(&said, front, line, column))
        .unwrap_or_else(|| known(&said).at(line, column))
}

fn small(number: usize) -> u32 {
    number.clamp(1, u32::MAX as usize) as u32
}

fn known(said: &str) -> Flaw {
    match KNOWN.iter().find(|(sign, _, _)| said.contains(sign)) {
        Some((_, reason, hint)) => Flaw::new(*reason).hint(*hint),
        None => {
            // Without the place, which counts from the start of the front matter.
            let reason = said.split(" at line ").next().unwrap_or(said);
            Flaw::new(format!("not YAML: {reason}"))
                .hint("correct the line, or put its value in quotes")
        }
    }
}

/// A duplicate key in a mapping that starts at `line` and `column`.
fn doubled(said: &str, front: &str, line: u32, column: u32) -> Option<Flaw> {
    let at = said.find("duplicate entry ")?;
    let name = said[at..].split('"').nth(1).unwrap_or("a key");
    let flaw = Flaw::new(format!("{name} appears twice")).hint("keep one of the two");
    let mut same = keys(front)
        .skip_while(|key| key.line < line)
        .take_while(|key| key.line == line || key.column >= column)
        .filter(|key| key.column == column && key.name == name);
    Some(match same.nth(1) {
        Some(second) => flaw.at(second.line, second.column),
        None => flaw.at(line, column),
    })
}

/// A control character, for which the library gives no line.
fn control_character(said: &str, front: &str) -> Option<Flaw> {
    if !said.contains("control characters") {
        return None;
    }
    let allowed = |c: char| !c.is_control() || matches!(c, '\t' | '\n');
    let found = front.find(|c| !allowed(c))?;
    let sign = front[found..].chars().next()?;
    let before = &front[..found];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or("").chars().count();
    Some(
        Flaw::new(format!("a control character (U+{:04X})", u32::from(sign)))
            .at(small(line + 1), small(column + 1))
            .hint("remove it"),
    )
}

/// A tab before the first character of the line.
fn tab(said: &str, text: &str, line: u32) -> Option<Flaw> {
    if !said.contains("tab character") && !said.contains("cannot start any token") {
        return None;
    }
    let at = text.find(|c: char| c != ' ')?;
    text[at..]
        .starts_with('\t')
        .then(|| known("tab character").at(line, small(at + 1)))
}

/// Something that began earlier and does not end properly. The library's message ends with where it
/// began: `…, while scanning a quoted scalar at line 3 column 8`; it leaves out the very start.
fn unfinished(said: &str) -> Option<Flaw> {
    UNFINISHED.iter().find_map(|(sign, begun, reason, hint)| {
        let (_, place) = said.split_once(begun).filter(|_| said.contains(sign))?;
        let place = place.strip_prefix(" at line ").unwrap_or("1 column 1");
        let (line, column) = place.split_once(" column ")?;
        Some(
            Flaw::new(*reason)
                .at(line.parse().ok()?, column.parse().ok()?)
                .hint(*hint),
        )
    })
}

/// A second document in the same front matter: one would hide the other.
fn second_document(said: &str, front: &str) -> Option<Flaw> {
    if !said.contains("more than one document") {
        return None;
    }
    let starts = |line: &&str| line.starts_with("---") || line.starts_with("...");
    let line = front.lines().position(|line| starts(&line)).unwrap_or(0);
    Some(
        Flaw::new("a second YAML document begins here")
            .at(small(line + 1), 1)
            .hint("indent the line if it belongs to a text, otherwise remove it"),
    )
}

/// A colon and a space inside a value; or the colon of a key that YAML takes for part of the text
/// above, because the line is indented or the colon above lacks a space.
fn colon(said: &str, front: &str, line: u32, column: u32) -> Option<Flaw> {
    if !said.contains("mapping values are not allowed") {
        return None;
    }
    let text = front.lines().nth(line as usize - 1).unwrap_or_default();
    let before: String = text.chars().take(column as usize - 1).collect();
    if !before.contains(": ") {
        return Some(
            Flaw::new("a key where the text of the line above goes on")
                .at(line, column)
                .hint("indent it like the keys above it, and put a space after each colon there"),
        );
    }
    let value = match keys(front).find(|key| key.line == line) {
        Some(KeyLine { name, .. }) => format!("the value of {name}"),
        None => "the value".to_owned(),
    };
    Some(
        Flaw::new("a second `: ` in one line")
            .at(line, column)
            .hint(format!(
                "put {value} in quotes: it contains a colon and a space"
            )),
    )
}

#[cfg(test)]
mod tests {
    use super::super::yaml::parse;

    /// The place and the start of the reason.
    fn complaint(front: &str) -> (u32, u32, String) {
        let flaw = parse(front).expect_err("not YAML");
        let place = flaw.place.expect("a place");
        assert!(flaw.hint.is_some(), "{front:?}: {flaw:?}");
        assert!(!flaw.reason.contains("at line"), "{flaw:?}");
        (place.line, place.column, flaw.reason)
    }

    #[test]
    fn places_are_where_a_person_has_to_look() {
        for (front, line, column, reason) in [
            ("kind: x\ntitle: a: b\n", 2, 9, "a second `: `"),
            ("kind: x\n\ttitle: b\n", 2, 1, "a tab"),
            ("provider:\n \tname: b\n", 2, 2, "a tab"),
            ("topics:\n\t- b\n", 2, 1, "a tab"),
            ("a: 1\nb: \"open\nc: 2\nd: 3\n", 2, 4, "a quoted text"),
            ("a: 1\nb: 'open\nc: 2\n", 2, 4, "a quoted text"),
            ("a: \"x \"y\" z\"\n", 1, 8, "the text goes on"),
            ("a: 'it's'\n", 1, 8, "the text goes on"),
            ("a: [Tag] text\n", 1, 10, "the text goes on"),
            ("a: 1\nb: @x\n", 2, 4, "a value begins"),
            ("a: 1\nb: - x\n", 2, 4, "a value begins"),
            ("a: 1\nb: \"\\q\"\n", 2, 5, "a backslash"),
            ("a: 1\nb: é\u{1}\n", 2, 5, "a control character (U+0001)"),
            ("a: 1\njust so\nb: 2\n", 2, 1, "a line that is neither"),
            ("a: [b\nc: 2\n", 1, 4, "a bracket opens"),
            ("a: 1\nb: {c\nd: 2\n", 2, 4, "a brace opens"),
            ("a: 1\n  b: 2\n", 2, 4, "a key where"),
            ("title:x\nb: 1\n", 2, 2, "a key where"),
            ("a: 1\n--- b\n", 2, 1, "a second YAML document"),
        ] {
            let (found_line, found_column, said) = complaint(front);
            assert_eq!(
                (found_line, found_column),
                (line, column),
                "{front:?}: {said}"
            );
            assert!(said.starts_with(reason), "{front:?}: {said}");
        }
    }

    #[test]
    fn a_colon_in_a_value_says_which_to_quote() {
        let flaw = parse("kind: x\ntitle: a: b\n").expect_err("not YAML");
        assert_eq!(
            flaw.hint.as_deref(),
            Some("put the value of title in quotes: it contains a colon and a space")
        );
    }

    #[test]
    fn a_key_that_is_there_twice_is_shown_where_it_is_repeated() {
        for (front, line, column, name) in [
            (
                "published: true\ntitle: x\npublished: no\n",
                3,
                1,
                "published",
            ),
            (
                "title: x\np:\n  name: a\n  b: c\n  name: d\nname: e\n",
                5,
                3,
                "name",
            ),
            (
                "r:\n  - t: a\n  - t: b\n    u: c\n    t: d\nt: e\n",
                5,
                5,
                "t",
            ),
        ] {
            let (found_line, found_column, said) = complaint(front);
            assert_eq!((found_line, found_column), (line, column), "{front:?}");
            assert_eq!(said, format!("{name} appears twice"));
        }
    }
}
