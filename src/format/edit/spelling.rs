//! How to spell a single value in a front matter.

use serde_yaml::Value;

use super::tree::ScalarForm;
use crate::format::locate::Syntax;

/// A single value to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum NewScalar {
    Flag(bool),
    Integer(i64),
    Decimal(f64),
    Text(String),
}

impl Eq for NewScalar {}

impl NewScalar {
    /// The value that somebody has typed: a boolean or number if it can be nothing else, otherwise
    /// text.
    pub fn typed(text: &str) -> Self {
        let text = text.trim();
        if let Ok(number) = text.parse::<i64>()
            && number.to_string() == text
        {
            return Self::Integer(number);
        }
        if let Ok(number) = text.parse::<f64>()
            && number.to_string() == text
            && text.contains('.')
        {
            return Self::Decimal(number);
        }
        match text {
            "true" => Self::Flag(true),
            "false" => Self::Flag(false),
            _ => Self::Text(text.to_owned()),
        }
    }

    /// The text that somebody types for it.
    pub fn text(&self) -> String {
        match self {
            Self::Flag(flag) => flag.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// The value that a parser finds.
    pub fn value(&self) -> Value {
        match self {
            Self::Flag(flag) => Value::from(*flag),
            Self::Integer(number) => Value::from(*number),
            Self::Decimal(number) => Value::from(*number),
            Self::Text(text) => Value::from(text.as_str()),
        }
    }
}

/// The ways to spell a value, plainest first, each with the value that a parser finds. If the old
/// value was in quotes, so is the new one, so that a number in quotes stays text.
pub fn spellings(
    value: &NewScalar,
    syntax: Syntax,
    was: Option<ScalarForm>,
) -> Vec<(String, Value)> {
    let text = value.text();
    let quoted = |spelled: String| (spelled, Value::from(text.as_str()));
    let plain = || (text.clone(), value.value());
    let double = || quoted(double(&text));
    let single = || {
        let fits =
            !text.contains(char::is_control) && (syntax == Syntax::Yaml || !text.contains('\''));
        fits.then(|| quoted(format!("'{}'", text.replace('\'', "''"))))
    };
    let is_text = matches!(value, NewScalar::Text(_));
    match was {
        _ if syntax == Syntax::Headers => match text.contains(char::is_control) {
            true => Vec::new(),
            false => vec![(text.clone(), Value::from(text.as_str()))],
        },
        Some(ScalarForm::Double) => vec![double()],
        Some(ScalarForm::Single) => single().into_iter().chain([double()]).collect(),
        _ if !is_text => vec![plain()],
        _ if syntax == Syntax::Yaml && is_plain(&text) => vec![plain(), double()],
        _ => vec![double()],
    }
}

/// Without quotes, if a value that was written without them is of the same type: `4.0` in place of
/// `3.5` stays a number, and `True` in place of `False` a boolean.
pub fn like(was: &str, to: &NewScalar, syntax: Syntax) -> Option<(String, Value)> {
    let NewScalar::Text(text) = to else {
        return None;
    };
    let value = parsed(text, syntax)?;
    let is_same = match (parsed(was, syntax)?, &value) {
        // To parsers of YAML 1.1, these are booleans.
        (Value::String(was), Value::String(text)) => is_switch(&was) && is_switch(text),
        (was, value) => std::mem::discriminant(&was) == std::mem::discriminant(value),
    };
    is_same.then(|| (text.clone(), value))
}

/// What a parser finds in a value as written on one line.
fn parsed(written: &str, syntax: Syntax) -> Option<Value> {
    let is_simple = |sign: char| sign.is_alphanumeric() || "+-.:_~".contains(sign);
    if written.is_empty() || !written.chars().all(is_simple) {
        return None;
    }
    match syntax {
        Syntax::Yaml => serde_yaml::from_str(written).ok(),
        Syntax::Json => serde_json::from_str(written).ok(),
        Syntax::Toml => {
            let field: Value = toml::from_str(&format!("field = {written}")).ok()?;
            field.get("field").cloned()
        }
        Syntax::Headers => None,
    }
}

fn is_switch(text: &str) -> bool {
    let text = text.to_lowercase();
    ["yes", "no", "on", "off", "y", "n"].contains(&text.as_str())
}

/// In double quotes, as in JSON: YAML and TOML accept that as well.
pub fn double(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}

/// Whether a text needs no quotes in YAML, for any parser: it consists of a few words that start
/// with a letter or digit and contain no special characters.
pub fn is_plain(text: &str) -> bool {
    const OTHERS: [&str; 10] = [
        "yes", "no", "on", "off", "y", "n", "null", "true", "false", "nan",
    ];
    let in_words = |sign: char| sign.is_alphanumeric() || " -_./+()&;?!'".contains(sign);
    text.starts_with(char::is_alphanumeric)
        && text.chars().all(in_words)
        && !text.ends_with(' ')
        && !OTHERS.contains(&text.to_lowercase().as_str())
        && (text.chars().any(char::is_alphabetic) || is_day(text))
        && !looks_typed(text)
}

/// Whether a text starts like a number or a time, and some parsers may take it for one.
fn looks_typed(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_digit())
        && !is_day(text)
        && text.len() < 12
        && !text.contains(' ')
}

/// `2024-05-02`: a date to parsers that know dates, text to others.
fn is_day(text: &str) -> bool {
    let is_digit = |at: usize| text.as_bytes()[at].is_ascii_digit();
    text.len() == 10
        && text.is_ascii()
        && [4, 7].iter().all(|at| text.as_bytes()[*at] == b'-')
        && [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(is_digit)
}

/// The opposite of a plain boolean, in the same letter case. These are the booleans of YAML 1.2's
/// core schema; those of YAML 1.1 alone (`yes`, `on`) are text to many parsers.
pub fn opposite(written: &str) -> Option<(bool, &'static str)> {
    Some(match written {
        "true" => (true, "false"),
        "True" => (true, "False"),
        "TRUE" => (true, "FALSE"),
        "false" => (false, "true"),
        "False" => (false, "True"),
        "FALSE" => (false, "TRUE"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_plain_where_no_parser_takes_it_for_anything_else() {
        for plain in ["abc", "2024-05-02", "12 monkeys", "123456789abc", "a1"] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in [
            "12a",
            "0x1F",
            "1e3",
            "2024-05-0a",
            "12345678abc",
            "no",
            "a ",
        ] {
            assert!(!is_plain(other), "{other}");
        }
    }

    #[test]
    fn what_is_typed_is_text_if_it_can_be() {
        for (typed, value) in [
            (" true ", NewScalar::Flag(true)),
            ("false", NewScalar::Flag(false)),
            ("12", NewScalar::Integer(12)),
            ("1.5", NewScalar::Decimal(1.5)),
        ] {
            assert_eq!(NewScalar::typed(typed), value, "{typed}");
        }
        for text in ["True", "007", "1.50", "1e3", "inf", "+1"] {
            assert_eq!(
                NewScalar::typed(text),
                NewScalar::Text(text.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_value_stays_of_the_type_that_was_there() {
        for (was, to, syntax, is_plain) in [
            ("3.5", "4.0", Syntax::Yaml, true),
            ("3", "4.10", Syntax::Toml, true),
            ("False", "True", Syntax::Yaml, true),
            ("no", "yes", Syntax::Yaml, true),
            ("0x1F", "0x20", Syntax::Yaml, true),
            ("2024-05-02", "2024-05-03", Syntax::Toml, true),
            ("1.0", "2e3", Syntax::Json, true),
            ("~", "null", Syntax::Yaml, true),
            ("word", "4.0", Syntax::Yaml, false),
            ("word", "no", Syntax::Yaml, false),
            ("3.5", "four", Syntax::Yaml, false),
            ("false", "4.0", Syntax::Toml, false),
            ("3.5", "4.0", Syntax::Headers, false),
        ] {
            let to = NewScalar::Text(to.to_owned());
            let spelled = like(was, &to, syntax).map(|it| it.0);
            assert_eq!(spelled, is_plain.then(|| to.text()), "{was} {to:?}");
        }
    }

    #[test]
    fn single_quotes_stay_where_they_can_hold_the_text() {
        let spelled = |text: &str, syntax| {
            let value = NewScalar::Text(text.to_owned());
            let spellings = spellings(&value, syntax, Some(ScalarForm::Single));
            spellings.into_iter().next().map(|it| it.0)
        };
        let first = |text: &str| Some(text.to_owned());
        assert_eq!(spelled("it's", Syntax::Yaml), first("'it''s'"));
        assert_eq!(spelled("it's", Syntax::Toml), first("\"it's\""));
        assert_eq!(spelled("its", Syntax::Toml), first("'its'"));
        assert_eq!(spelled("a\tb", Syntax::Yaml), first("\"a\\tb\""));
    }
}
