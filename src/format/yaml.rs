//! Front matter text to a YAML mapping, with the library's complaints put into words for people.
//! Not for what the fields mean: `fields` and `article` do that.

use serde_yaml::{Mapping, Value};

use super::caps;
use super::flaw::Flaw;

/// What the text of a front matter turned out to be.
#[derive(Debug, PartialEq)]
pub enum Shape {
    Mapping(Mapping),
    /// A list: data, not front matter.
    List,
    /// A single text or number: no front matter at all, such as prose between two rules.
    Scalar,
}

/// Parses `front`, which is capped first (see [`caps`]).
///
/// # Errors
/// One flaw, with lines counted from the start of `front`.
pub fn parse(front: &str) -> Result<Shape, Flaw> {
    caps::check(front)?;
    let value: Value = serde_yaml::from_str(front).map_err(|error| explain(&error, front))?;
    Ok(match untagged(value) {
        Value::Mapping(mapping) => Shape::Mapping(mapping),
        Value::Null => Shape::Mapping(Mapping::new()),
        Value::Sequence(_) => Shape::List,
        _ => Shape::Scalar,
    })
}

/// The value without a tag such as `!ruby/object`, of which nothing is made here.
pub fn untagged(value: Value) -> Value {
    match value {
        Value::Tagged(tagged) => untagged(tagged.value),
        other => other,
    }
}

fn explain(error: &serde_yaml::Error, front: &str) -> Flaw {
    let said = error.to_string();
    let (line, column) = match error.location() {
        Some(location) => (location.line().max(1), location.column().max(1)),
        None => (1, 1),
    };
    let line = line.min(u32::MAX as usize) as u32;
    let flaw = |reason: &str, hint: &str| {
        Flaw::new(reason)
            .at(line, column.min(u32::MAX as usize) as u32)
            .hint(hint)
    };
    let key = key_of_line(front, line);
    if let Some(at) = said.find("duplicate entry ") {
        let name = said[at..].split('"').nth(1).unwrap_or("a key").to_owned();
        return match second_line_of(front, &name) {
            Some(line) => Flaw::new(format!("{name} is there twice")).at(line, 1),
            None => Flaw::new(format!("{name} is there twice in one place")).at(line, 1),
        }
        .hint("keep one of the two");
    }
    if said.contains("mapping values are not allowed") {
        let hint = match key {
            Some(key) => {
                format!("put the value of {key} in quotes: it contains a colon and a blank")
            }
            None => "put the value in quotes: it contains a colon and a blank".to_owned(),
        };
        return flaw("a second `: ` in one line", &hint);
    }
    if said.contains("cannot start any token") {
        return flaw(
            "a value begins with a sign that YAML keeps for itself",
            "put the value in quotes; and indent with blanks, never with tabs",
        );
    }
    if said.contains("end of stream") && said.contains("quoted scalar") {
        return flaw(
            "a quoted text never ends",
            "add the closing quote, or double the quotes inside it",
        );
    }
    if said.contains("control characters") {
        return flaw("a control character", "remove it");
    }
    if said.contains("unknown escape") {
        return flaw(
            "a backslash in double quotes that YAML does not know",
            "write \\\\ or use single quotes",
        );
    }
    if said.contains("recursion limit") {
        return flaw("it is nested too deeply", "flatten it");
    }
    if said.contains("did not find expected") {
        return flaw(
            &format!("not YAML: {}", without_place(&said)),
            "look for a quote inside a quoted text, a missing colon, or a line that is indented differently",
        );
    }
    flaw(
        &format!("not YAML: {}", without_place(&said)),
        "correct the line, or put its value in quotes",
    )
}

/// The library's sentence without its ` at line 3 column 4`, which counts from the front matter.
fn without_place(said: &str) -> &str {
    said.split(" at line ").next().unwrap_or(said)
}

/// The key that a line of the front matter starts with.
fn key_of_line(front: &str, line: u32) -> Option<&str> {
    let text = front.lines().nth(line as usize - 1)?;
    let key = text
        .trim_start_matches([' ', '-'])
        .split(':')
        .next()?
        .trim();
    (!key.is_empty() && key.len() <= 40).then_some(key)
}

/// The line, counted from 1, in which a top-level key stands for the second time.
fn second_line_of(front: &str, key: &str) -> Option<u32> {
    lines_of(front, key).nth(1)
}

/// The line, counted from 1, in which a top-level key stands.
pub fn line_of(front: &str, key: &str) -> Option<u32> {
    lines_of(front, key).next()
}

fn lines_of(front: &str, key: &str) -> impl Iterator<Item = u32> {
    front.lines().zip(1..).filter_map(move |(line, number)| {
        let rest = line.trim_start_matches(['"', '\'']).strip_prefix(key)?;
        rest.trim_start_matches(['"', '\''])
            .trim_start()
            .starts_with(':')
            .then_some(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaw(front: &str) -> Flaw {
        parse(front).expect_err("not YAML")
    }

    fn line(flaw: &Flaw) -> Option<u32> {
        flaw.place.map(|place| place.line)
    }

    #[test]
    fn the_shapes() {
        assert!(matches!(parse("a: 1\n"), Ok(Shape::Mapping(mapping)) if mapping.len() == 1));
        assert_eq!(parse(""), Ok(Shape::Mapping(Mapping::new())));
        assert_eq!(
            parse("# only a comment\n"),
            Ok(Shape::Mapping(Mapping::new()))
        );
        assert_eq!(parse("- a\n- b\n"), Ok(Shape::List));
        assert_eq!(parse("just prose\n"), Ok(Shape::Scalar));
    }

    #[test]
    fn a_colon_in_a_value_says_to_quote_it() {
        let flaw = flaw("kind: x\ntitle: a: b\n");
        assert_eq!(line(&flaw), Some(2));
        assert!(
            flaw.hint
                .is_some_and(|hint| hint.contains("title") && hint.contains("quotes"))
        );
    }

    #[test]
    fn a_key_that_is_there_twice_is_named_with_its_second_line() {
        let flaw = flaw("published: true\ntitle: x\npublished: false\n");
        assert_eq!(flaw.reason, "published is there twice");
        assert_eq!(line(&flaw), Some(3));
    }

    #[test]
    fn other_complaints_have_a_place_and_a_hint() {
        for (front, expected_line) in [
            ("a: 1\nb: \"open\n", 2),
            ("a: 1\nb: @x\n", 2),
            ("a: 1\n\tb: 2\n", 2),
            ("a: \"\\q\"\n", 1),
            ("a: 'it's'\n", 1),
            ("a: \u{1}\n", 1),
        ] {
            let flaw = flaw(front);
            let found = line(&flaw).expect("a line");
            assert!(found.abs_diff(expected_line) <= 1, "{front:?}: {flaw:?}");
            assert!(flaw.hint.is_some(), "{front:?}: {flaw:?}");
            assert!(!flaw.reason.contains("at line"), "{flaw:?}");
        }
    }

    #[test]
    fn the_line_of_a_top_level_key() {
        let front = "title: x\nprovider:\n  name: y\n\"quality\": 3\nname: z\n";
        assert_eq!(line_of(front, "name"), Some(5));
        assert_eq!(line_of(front, "quality"), Some(4));
        assert_eq!(line_of(front, "heat"), None);
    }
}
