//! A front matter as JSON: every field as in the file, whatever it means. `article` interprets the
//! fields.

use std::path::Path;

use serde_json::{Map, Number, Value as Json};

use super::fence::Container;
use super::flaw::Flaw;
use super::front::{self, Front};
use super::node::{self, Node, Quoting};

/// The ciphertext of an article; only its size is given.
const SECURED: &str = "secured";

/// What a file says, field by field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedFields {
    /// In the order of the file.
    pub fields: Map<String, Json>,
    /// Whether any text follows the front matter.
    pub has_body: bool,
}

/// What the bytes of the file at `path` say; empty if there is no front matter.
///
/// # Errors
/// The flaw that makes the front matter unreadable.
pub fn said(path: &Path, bytes: &[u8]) -> Result<StatedFields, Flaw> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(container) = Container::from_name(&name) else {
        return Ok(StatedFields::default());
    };
    let matter = match front::read(bytes, container)? {
        Front::Matter(matter) => matter,
        Front::Text(start) => {
            return Ok(StatedFields {
                fields: Map::new(),
                has_body: !bytes[start..].trim_ascii().is_empty(),
            });
        }
        Front::Skip(_) => return Ok(StatedFields::default()),
    };
    let mut fields = object(matter.map);
    if let Some(Json::String(cipher)) = fields.get(SECURED) {
        fields[SECURED] = Json::from(cipher.len());
    }
    Ok(StatedFields {
        fields,
        has_body: !bytes[matter.body].trim_ascii().is_empty(),
    })
}

fn object(map: node::Map) -> Map<String, Json> {
    let fields = map.entries.into_iter();
    fields.map(|field| (field.key, json(field.value))).collect()
}

fn json(value: Node) -> Json {
    match value {
        Node::Null => Json::Null,
        Node::List(values) => values.into_iter().map(json).collect(),
        Node::Map(map) => Json::Object(object(map)),
        Node::Scalar(scalar) => match scalar.style {
            Quoting::Plain => plain(scalar.text),
            Quoting::Quoted => Json::String(scalar.text),
        },
    }
}

/// An unquoted value: a boolean or number if every parser agrees that it is one, otherwise the text
/// as spelled. `yes` is text, and so is a number with leading zeros, or one that JSON cannot
/// express.
fn plain(text: String) -> Json {
    let digits = text.trim_start_matches('-');
    let is_padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    match text.as_str() {
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        _ if is_padded || !digits.starts_with(|sign: char| sign.is_ascii_digit()) => {
            Json::String(text)
        }
        _ => {
            let whole = text.parse().ok().map(|it: i64| Number::from(it));
            let is_fraction = text.contains(['.', 'e', 'E']);
            let number = whole.or_else(|| {
                let number = text.parse().ok().filter(|_| is_fraction)?;
                Number::from_f64(number)
            });
            number.map_or(Json::String(text), Json::Number)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(front: &str) -> String {
        let bytes = format!("---\n{front}---\nText.\n");
        let said = said(Path::new("a.md"), bytes.as_bytes()).expect("a front matter");
        assert!(said.has_body);
        Json::from(said.fields).to_string()
    }

    #[test]
    fn every_field_is_told_as_it_stands() {
        assert_eq!(
            fields("b: [1, 2.5, true, ~]\na: {x: '7', 7: no}\nd: 2021-12-30\n"),
            r#"{"b":[1,2.5,true,null],"a":{"x":"7","7":"no"},"d":"2021-12-30"}"#
        );
        assert_eq!(
            fields("a: [.inf, 007, 0.5, -3, 99999999999999999999, 1e3]\n"),
            r#"{"a":[".inf","007",0.5,-3,"99999999999999999999",1000.0]}"#
        );
    }

    #[test]
    fn of_ciphertext_only_the_size_is_told() {
        assert_eq!(fields("secured: 'abcd'\n"), r#"{"secured":4}"#);
    }

    #[test]
    fn a_file_without_a_front_matter_has_text_alone() {
        let text = said(Path::new("a.md"), b"Text.\n").expect("nothing wrong");
        assert!(text.fields.is_empty() && text.has_body, "{text:?}");
    }
}
