//! The path of a front matter field without a role in a query: `meta.seo.index`.

use std::fmt::{self, Display, Formatter};

/// The path to a value: a key of the front matter, and keys within its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValuePath(Vec<String>);

/// The prefix of such a path.
pub const META: &str = "meta.";

impl ValuePath {
    /// Parses `meta.seo.index`; `None` if it is not a path.
    pub fn new(name: &str) -> Option<Self> {
        let (start, way) = name.split_at_checked(META.len())?;
        let keys: Vec<String> = way.split('.').map(str::to_owned).collect();
        let is_way = start.eq_ignore_ascii_case(META) && !keys.iter().any(String::is_empty);
        is_way.then_some(Self(keys))
    }

    /// The key of the front matter.
    pub fn key(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// All keys, outermost first.
    pub fn keys(&self) -> &[String] {
        &self.0
    }
}

impl Display for ValuePath {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{META}{}", self.0.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_keys_after_meta() {
        let way = ValuePath::new("Meta.seo.no_index").expect("a way");
        assert_eq!(
            (way.key(), way.to_string().as_str()),
            ("seo", "meta.seo.no_index")
        );
        for name in [
            "meta",
            "meta.",
            "meta.a..b",
            "meta.a.",
            "metal.a",
            "m\u{e9}ta.a",
        ] {
            assert_eq!(ValuePath::new(name), None, "{name}");
        }
    }
}
