//! How the parts of a mark are encoded in the desk's tables and in exports. Input may come from
//! anywhere: anything that does not fit is rejected.

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::model::{Bond, Field, Value};

/// A value as exports write it, in JSON: `true`, `null`, `"2026-12-01T00:00:00Z"`.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Flag(it) => Json::from(*it),
        Value::Until(it) => Json::from(it.map(|at| at.to_string())),
        Value::Text(it) => Json::from(it.as_str()),
        Value::Staged(it) => Json::from(*it),
        Value::Bond(it) => Json::from(it.map(word)),
    }
}

/// The value of a field in JSON; `None` if the field cannot have it.
pub(super) fn value(field: &Field, json: &Json) -> Option<Value> {
    match (field, json) {
        (
            Field::Read | Field::Starred | Field::Done | Field::Rejected | Field::Tag(_),
            Json::Bool(it),
        ) => Some(Value::Flag(*it)),
        (Field::Later, Json::Null) => Some(Value::Until(None)),
        (Field::Later, Json::String(it)) => it.parse().ok().map(|at| Value::Until(Some(at))),
        (Field::Note | Field::Edit(_), Json::String(it)) => Some(Value::Text(it.clone())),
        (Field::Publication, Json::Null) => Some(Value::Staged(None)),
        (Field::Publication, Json::Bool(it)) => Some(Value::Staged(Some(*it))),
        (Field::Story(_), Json::Null) => Some(Value::Bond(None)),
        (Field::Story(_), Json::String(it)) => {
            let bonds = [Bond::Together, Bond::Apart];
            let bond = bonds.into_iter().find(|bond| word(*bond) == it)?;
            Some(Value::Bond(Some(bond)))
        }
        _ => None,
    }
}

fn word(bond: Bond) -> &'static str {
    match bond {
        Bond::Together => "together",
        Bond::Apart => "apart",
    }
}

/// The value of a field in a JSON text.
pub(super) fn value_in(field: &Field, text: &str) -> Option<Value> {
    value(field, &serde_json::from_str(text).ok()?)
}

/// Microseconds since 1970, the precision of a desk.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The time of this many microseconds; `None` after the year 9999.
pub(super) fn time(micros: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Subject;

    #[test]
    fn what_is_written_is_read_back() {
        let at = "2026-12-01T08:00:00.25Z".parse().ok();
        for (field, said) in [
            (Field::Done, Value::Flag(false)),
            (Field::Tag("a:b".into()), Value::Flag(true)),
            (Field::Later, Value::Until(None)),
            (Field::Later, Value::Until(at)),
            (Field::Note, Value::Text("a \"note\"\n\u{1b}[2J".into())),
            (
                Field::Edit("topics".into()),
                Value::Text("[\"remove\"]".into()),
            ),
            (Field::Publication, Value::Staged(None)),
            (Field::Publication, Value::Staged(Some(false))),
            (Field::Story(Subject(9)), Value::Bond(None)),
            (Field::Story(Subject(9)), Value::Bond(Some(Bond::Together))),
            (Field::Story(Subject(9)), Value::Bond(Some(Bond::Apart))),
        ] {
            let text = json(&said).to_string();
            assert_eq!(value_in(&field, &text), Some(said), "{field}: {text}");
        }
    }

    #[test]
    fn what_a_field_cannot_say_is_not_taken() {
        for (field, text) in [
            (Field::Done, "null"),
            (Field::Done, "1"),
            (Field::Later, "\"monday\""),
            (Field::Note, "null"),
            (Field::Publication, "\"true\""),
            (Field::Story(Subject(9)), "\"joined\""),
            (Field::Story(Subject(9)), "true"),
            (Field::Read, "true false"),
            (Field::Read, ""),
        ] {
            assert_eq!(value_in(&field, text), None, "{field}: {text}");
        }
    }
}
