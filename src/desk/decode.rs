//! How the parts of a mark are encoded in the desk's tables and in exports. Input may come from
//! anywhere: anything that does not fit is rejected.

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::model::{Bond, MarkField, MarkValue};

/// A value as exports write it, in JSON: `true`, `null`, `"2026-12-01T00:00:00Z"`.
pub fn json(value: &MarkValue) -> Json {
    match value {
        MarkValue::Flag(it) => Json::from(*it),
        MarkValue::Until(it) => Json::from(it.map(|at| at.to_string())),
        MarkValue::Text(it) => Json::from(it.as_str()),
        MarkValue::Staged(it) => Json::from(*it),
        MarkValue::Bond(it) => Json::from(it.map(word)),
    }
}

/// The value of a field in JSON; `None` if the field cannot have it.
pub(super) fn value(field: &MarkField, json: &Json) -> Option<MarkValue> {
    match (field, json) {
        (
            MarkField::Read
            | MarkField::Starred
            | MarkField::Done
            | MarkField::Rejected
            | MarkField::Tag(_),
            Json::Bool(it),
        ) => Some(MarkValue::Flag(*it)),
        (MarkField::Later, Json::Null) => Some(MarkValue::Until(None)),
        (MarkField::Later, Json::String(it)) => {
            it.parse().ok().map(|at| MarkValue::Until(Some(at)))
        }
        (MarkField::Note | MarkField::Edit(_), Json::String(it)) => {
            Some(MarkValue::Text(it.clone()))
        }
        (MarkField::Publication, Json::Null) => Some(MarkValue::Staged(None)),
        (MarkField::Publication, Json::Bool(it)) => Some(MarkValue::Staged(Some(*it))),
        (MarkField::Story(_), Json::Null) => Some(MarkValue::Bond(None)),
        (MarkField::Story(_), Json::String(it)) => {
            let bonds = [Bond::Together, Bond::Apart];
            let bond = bonds.into_iter().find(|bond| word(*bond) == it)?;
            Some(MarkValue::Bond(Some(bond)))
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
pub(super) fn value_in(field: &MarkField, text: &str) -> Option<MarkValue> {
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
            (MarkField::Done, MarkValue::Flag(false)),
            (MarkField::Tag("a:b".into()), MarkValue::Flag(true)),
            (MarkField::Later, MarkValue::Until(None)),
            (MarkField::Later, MarkValue::Until(at)),
            (
                MarkField::Note,
                MarkValue::Text("a \"note\"\n\u{1b}[2J".into()),
            ),
            (
                MarkField::Edit("topics".into()),
                MarkValue::Text("[\"remove\"]".into()),
            ),
            (MarkField::Publication, MarkValue::Staged(None)),
            (MarkField::Publication, MarkValue::Staged(Some(false))),
            (MarkField::Story(Subject(9)), MarkValue::Bond(None)),
            (
                MarkField::Story(Subject(9)),
                MarkValue::Bond(Some(Bond::Together)),
            ),
            (
                MarkField::Story(Subject(9)),
                MarkValue::Bond(Some(Bond::Apart)),
            ),
        ] {
            let text = json(&said).to_string();
            assert_eq!(value_in(&field, &text), Some(said), "{field}: {text}");
        }
    }

    #[test]
    fn what_a_field_cannot_say_is_not_taken() {
        for (field, text) in [
            (MarkField::Done, "null"),
            (MarkField::Done, "1"),
            (MarkField::Later, "\"monday\""),
            (MarkField::Note, "null"),
            (MarkField::Publication, "\"true\""),
            (MarkField::Story(Subject(9)), "\"joined\""),
            (MarkField::Story(Subject(9)), "true"),
            (MarkField::Read, "true false"),
            (MarkField::Read, ""),
        ] {
            assert_eq!(value_in(&field, text), None, "{field}: {text}");
        }
    }
}
