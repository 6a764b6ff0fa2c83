//! Explains which field of a file gives which role, and why. Articles are read in `article`, with
//! the same table.

use std::path::Path;

use super::conventions::Conventions;
use super::fence::Container;
use super::fields::{Fields, chosen, rank};
use super::front::{self, Front};
use super::node::Node;
use super::roles::{self, Combination, FieldRole};

/// What becomes of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    pub key: String,
    /// The line of the file it is on.
    pub line: u32,
    /// The role it gives; `None` if it is kept under its own name.
    pub role: Option<FieldRole>,
    pub why: String,
}

/// Explains every field of the file at `path`, in order; empty if it has no front matter that can
/// be read.
pub fn explain(path: &Path, bytes: &[u8], conventions: &Conventions) -> Vec<Explained> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let matter =
        Container::from_name(&name).and_then(|container| front::read(bytes, container).ok());
    let Some(Front::Matter(matter)) = matter else {
        return Vec::new();
    };
    let lines_before = matter.lines_before;
    let fields = Fields::top(matter.map);
    let explained = fields.entries().iter().map(|entry| {
        let (role, why) = reason(&entry.key, &entry.value, &fields, conventions);
        Explained {
            key: entry.key.clone(),
            line: entry.line + lines_before,
            role,
            why,
        }
    });
    explained.collect()
}

fn reason(
    key: &str,
    value: &Node,
    fields: &Fields,
    conventions: &Conventions,
) -> (Option<FieldRole>, String) {
    let Some(found) = chosen(key, value, conventions) else {
        let why = match roles::uses(key).is_empty() {
            _ if value.is_null() => "it is empty",
            true => "no role has this name",
            false => "its value does not fit any role of this name",
        };
        return (None, format!("{why}; kept as meta.{key}"));
    };
    let role = found.role;
    let Some(row) = roles::ROLES.iter().find(|row| row.role == role) else {
        return (None, String::new());
    };
    let names: Vec<&str> = row.names.iter().map(|(name, _)| *name).collect();
    if row.takes == Combination::All {
        return (
            Some(role),
            format!("joined with all of {}", names.join(", ")),
        );
    }
    let counting = fields.names_of(role, conventions);
    let first = counting.first().map_or(key, String::as_str);
    if first == key {
        let why = match names.len() {
            1 => "its own name".to_owned(),
            _ => format!("the first one present of {}", names.join(", ")),
        };
        return (Some(role), why);
    }
    let place = rank(found, key, conventions) + 1;
    let role = role.name();
    let why =
        format!("{first} takes precedence (this is name {place} of {role}); kept as meta.{key}");
    (None, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_says_what_it_gives_and_why() {
        let text = "---\ntitle: A\nheadline: B\nlayout: post\npublished: 2021-01-02\ntags: [x]\nsource: https://a.example\n---\n";
        let found = explain(Path::new("a.md"), text.as_bytes(), &Conventions::default());
        let said: Vec<(&str, u32, Option<FieldRole>)> = found
            .iter()
            .map(|it| (it.key.as_str(), it.line, it.role))
            .collect();
        assert_eq!(
            said,
            [
                ("title", 2, Some(FieldRole::Title)),
                ("headline", 3, None),
                ("layout", 4, None),
                ("published", 5, Some(FieldRole::Date)),
                ("tags", 6, Some(FieldRole::Topics)),
                ("source", 7, Some(FieldRole::Original)),
            ]
        );
        assert!(
            found[1].why.starts_with("title takes precedence"),
            "{}",
            found[1].why
        );
        assert!(found[2].why.contains("meta.layout"));
    }
}
