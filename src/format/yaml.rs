//! Front matter text to a YAML mapping, and its keys without parsing. `fields` and `article` know
//! what the fields mean; `complaint` explains errors.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value};

use super::caps;
use super::complaint::explain;
use super::flaw::Flaw;

/// What the text of a front matter turned out to be.
#[derive(Debug, PartialEq)]
pub enum YamlShape {
    Mapping(Mapping),
    /// A list: data, not front matter.
    List,
    /// A single text or number: not front matter at all, such as prose between two rules.
    Scalar,
}

/// Parses `front`, in which lines end as in [`with_newlines`]; it is checked against the limits
/// first (see [`caps`]).
///
/// # Errors
/// One flaw, with lines counted from the start of `front`.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
pub fn parse(front: &str) -> Result<YamlShape, Flaw> {
    let front = with_newlines(front);
    caps::check(&front)?;
    let value: Value = serde_yaml::from_str(&front).map_err(|error| explain(&error, &front))?;
    Ok(match untagged(value) {
        Value::Mapping(mapping) => YamlShape::Mapping(mapping),
        Value::Null => YamlShape::Mapping(Mapping::new()),
        Value::Sequence(_) => YamlShape::List,
        _ => YamlShape::Scalar,
    })
}

/// The text with `\n` as the only line end, as editors count lines. Other line ends of YAML 1.1
/// (next line, line and paragraph separator) come from pasted text, and become the blank as which
/// they are shown: the library must not see lines where nothing else does.
pub fn with_newlines(text: &str) -> Cow<'_, str> {
    const SEPARATORS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains('\r') && !text.contains(SEPARATORS) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.replace(SEPARATORS, " "))
}

/// The value without a tag such as `!ruby/object`, which is ignored here.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
pub fn untagged(value: Value) -> Value {
    match value {
        Value::Tagged(tagged) => untagged(tagged.value),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes() {
        assert!(matches!(parse("a: 1\n"), Ok(YamlShape::Mapping(mapping)) if mapping.len() == 1));
        assert_eq!(parse(""), Ok(YamlShape::Mapping(Mapping::new())));
        assert_eq!(
            parse("# only a comment\n"),
            Ok(YamlShape::Mapping(Mapping::new()))
        );
        assert_eq!(parse("- a\n- b\n"), Ok(YamlShape::List));
        assert_eq!(parse("just prose\n"), Ok(YamlShape::Scalar));
    }

    #[test]
    fn separators_that_only_yaml_takes_for_line_ends_hide_nothing() {
        for separator in ["\u{85}", "\u{2028}", "\u{2029}"] {
            let hidden = format!("a: x # {separator}b: {}", "[".repeat(200));
            assert!(matches!(parse(&hidden), Ok(YamlShape::Mapping(found)) if found.len() == 1));
        }
        assert!(
            matches!(parse("a: 1\rb: 2\r\nc: 3"), Ok(YamlShape::Mapping(found)) if found.len() == 3)
        );
    }
}
