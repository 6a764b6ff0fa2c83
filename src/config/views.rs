//! A person's views in the configuration file: reading them in order, and changing them without
//! touching the rest of the file. Their queries are not parsed here.

use std::path::Path;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use toml_edit::{Array, DocumentMut, Item, Key, TableLike};

use super::edit::{ConfigEditError, NoTable, edit_file, edited, put, table};

/// The table of views in file order.
#[derive(Default)]
pub(super) struct ViewTable {
    pub(super) queries: Vec<(String, String)>,
    /// Built-in views that are hidden.
    pub(super) hidden: Vec<String>,
}

impl<'de> Deserialize<'de> for ViewTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = ViewTable;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a table of names and queries")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ViewTable, A::Error> {
        let mut views = ViewTable::default();
        while let Some((name, listed)) = map.next_entry()? {
            match listed {
                Listed::Query(query) => views.queries.push((name, query)),
                Listed::Not => views.hidden.push(name),
            }
        }
        Ok(views)
    }
}

/// The value of a view: a query, or `false`.
enum Listed {
    Query(String),
    Not,
}

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(QueryOrFalse)
    }
}

struct QueryOrFalse;

impl Visitor<'_> for QueryOrFalse {
    type Value = Listed;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a query, or false to hide a built-in view")
    }

    fn visit_str<E: de::Error>(self, query: &str) -> Result<Listed, E> {
        Ok(Listed::Query(query.to_owned()))
    }

    fn visit_bool<E: de::Error>(self, listed: bool) -> Result<Listed, E> {
        if listed {
            return Err(E::invalid_value(de::Unexpected::Bool(true), &self));
        }
        Ok(Listed::Not)
    }
}

/// A change to a person's views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewEdit {
    /// Adds a view, or replaces its query.
    Keep {
        name: String,
        query: String,
    },
    Rename {
        from: String,
        to: String,
        query: String,
        whose: Whose,
    },
    Delete {
        name: String,
        whose: Whose,
    },
    /// The names of all views in order.
    Order(Vec<String>),
}

/// Whether a view exists without the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    BuiltIn,
    Own,
}

/// Changes the views in the configuration file `path`, creating the file if needed: those of
/// `library` where it has them, else the person's own. The file is replaced atomically; a link is
/// followed.
///
/// # Errors
/// If the file is invalid, unreadable or unwritable; it is left unchanged.
pub fn edit_views(
    path: Option<&Path>,
    library: Option<&str>,
    edit: &ViewEdit,
) -> Result<(), ConfigEditError> {
    edit_file(path, |document| change(document, library, edit))
}

/// Changes the views in a configuration text; `path` is for errors.
///
/// # Errors
/// If the text is not TOML, or its `views` is not a table.
pub fn with_views(text: &str, path: &Path, edit: &ViewEdit) -> Result<String, ConfigEditError> {
    edited(text, path, |document| change(document, None, edit))
}

fn change(
    document: &mut DocumentMut,
    library: Option<&str>,
    edit: &ViewEdit,
) -> Result<(), NoTable> {
    match edit {
        ViewEdit::Keep { name, query } => {
            put(views_with(document, library, name)?, name, query.as_str());
        }
        ViewEdit::Rename {
            from,
            to,
            query,
            whose,
        } => {
            let views = views_with(document, library, from)?;
            if *whose == Whose::BuiltIn {
                put(views, to, query.as_str());
                put(views, from, false);
            } else {
                rename(views, from, to);
            }
            change_order(document, |name| {
                Some(if name == from { to } else { name }.to_owned())
            });
        }
        ViewEdit::Delete { name, whose } => {
            let views = views_with(document, library, name)?;
            match whose {
                Whose::BuiltIn => put(views, name, false),
                Whose::Own => remove(views, name),
            }
            change_order(document, |it| (it != name).then(|| it.to_owned()));
        }
        ViewEdit::Order(names) => set_order(document, names.iter().map(String::as_str)),
    }
    Ok(())
}

/// The views of the library if it has one of this name, or else the person's own.
fn views_with<'a>(
    document: &'a mut DocumentMut,
    library: Option<&str>,
    name: &str,
) -> Result<&'a mut dyn TableLike, NoTable> {
    let has_it = |item: &Item| {
        let views = item
            .as_table_like()?
            .get(library?)?
            .as_table_like()?
            .get("views")?;
        views.as_table_like()?.get(name).map(drop)
    };
    let is_of_library = document.get("libraries").and_then(has_it).is_some();
    match library.filter(|_| is_of_library) {
        Some(library) => {
            let views = table(document, "libraries")?.get_mut(library);
            let views = views.and_then(|it| it.as_table_like_mut()?.get_mut("views"));
            views
                .and_then(Item::as_table_like_mut)
                .ok_or(NoTable("libraries"))
        }
        None => table(document, "views"),
    }
}

/// The key with the order of the views.
const ORDER: &str = "view_order";

fn set_order<'a>(document: &mut DocumentMut, names: impl Iterator<Item = &'a str>) {
    put(document.as_table_mut(), ORDER, names.collect::<Array>());
}

/// Changes or drops each name in the order, if the file has one.
fn change_order(document: &mut DocumentMut, change: impl Fn(&str) -> Option<String>) {
    let before = document.get(ORDER).and_then(Item::as_array);
    if let Some(before) = before {
        let names = before.iter().filter_map(|name| name.as_str());
        let names: Vec<String> = names.filter_map(change).collect();
        set_order(document, names.iter().map(String::as_str));
    }
}

/// Renames a view, which keeps its place and its comments.
fn rename(views: &mut dyn TableLike, from: &str, to: &str) {
    let names: Vec<String> = views.iter().map(|(name, _)| name.to_owned()).collect();
    let mut entries: Vec<(Key, Item)> = Vec::new();
    for name in names {
        let Some(mut key) = views.key(&name).cloned() else {
            continue;
        };
        if name == from {
            key = Key::new(to).with_leaf_decor(key.leaf_decor().clone());
        }
        entries.extend(views.remove(&name).map(|item| (key, item)));
    }
    for (key, item) in entries {
        views.entry_format(&key).or_insert(item);
    }
}

/// Removes a view. The comments above it stay.
fn remove(views: &mut dyn TableLike, name: &str) {
    let names: Vec<String> = views.iter().map(|(name, _)| name.to_owned()).collect();
    let Some(at) = names.iter().position(|it| it == name) else {
        return;
    };
    let comments = views.key(name).and_then(|key| prefix(key.leaf_decor()));
    views.remove(name);
    let Some(comments) = comments.filter(|it| it.contains('#')) else {
        return;
    };
    if let Some(mut next) = names.get(at + 1).and_then(|next| views.key_mut(next)) {
        let own = prefix(next.leaf_decor()).unwrap_or_default();
        next.leaf_decor_mut().set_prefix(format!("{comments}{own}"));
    } else if let Some(before) = at.checked_sub(1).and_then(|at| views.get_mut(&names[at]))
        && let Some(value) = before.as_value_mut()
    {
        let own = value.decor().suffix().and_then(|it| it.as_str());
        let own = own.unwrap_or_default().to_owned();
        let comments = comments.trim_end();
        value.decor_mut().set_suffix(format!("{own}\n{comments}"));
    }
}

/// The comments and blanks before a key.
fn prefix(decor: &toml_edit::Decor) -> Option<String> {
    Some(decor.prefix()?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn edited(text: &str, edit: &ViewEdit) -> String {
        with_views(text, Path::new("config.toml"), edit).expect(text)
    }

    fn kept(text: &str) -> String {
        edited(text, &keep("Lidar", "lidar quality>50"))
    }

    fn keep(name: &str, query: &str) -> ViewEdit {
        ViewEdit::Keep {
            name: name.to_owned(),
            query: query.to_owned(),
        }
    }

    fn renamed(text: &str, from: &str, to: &str, whose: Whose) -> String {
        let [from, to, query] = [from, to, "is:inbox"].map(str::to_owned);
        edited(
            text,
            &ViewEdit::Rename {
                from,
                to,
                query,
                whose,
            },
        )
    }

    #[test]
    fn a_view_of_the_library_is_changed_in_its_place() {
        let text = "[views]\nA = \"a\"\n[libraries.ai.views]\nB = \"b\"\n";
        let after = |edit: &ViewEdit| {
            let change = |document: &mut DocumentMut| change(document, Some("ai"), edit);
            super::edited(text, Path::new("c.toml"), change).expect("a configuration")
        };
        assert_eq!(after(&keep("B", "c")), text.replace("\"b\"", "\"c\""));
        assert_eq!(after(&keep("A", "c")), text.replace("\"a\"", "\"c\""));
        let name = "B".to_owned();
        let whose = Whose::Own;
        let gone = after(&ViewEdit::Delete { name, whose });
        assert_eq!(gone, text.replace("B = \"b\"\n", ""));
    }

    fn without(text: &str, name: &str, whose: Whose) -> String {
        let name = name.to_owned();
        edited(text, &ViewEdit::Delete { name, whose })
    }

    #[test]
    fn the_rest_of_the_file_stays_as_it_is() {
        let line = "Lidar = \"lidar quality>50\"\n";
        for (before, after) in [
            ("", format!("[views]\n{line}")),
            (
                "# mine\nsigns = \"ascii\"\n",
                format!("# mine\nsigns = \"ascii\"\n\n[views]\n{line}"),
            ),
            (
                "[views] # all\n# one\nA = 'a' # the first\n",
                format!("[views] # all\n# one\nA = 'a' # the first\n{line}"),
            ),
            (
                "[views]\nLidar = 'x' # mine\nB = 'b'\n",
                "[views]\nLidar = \"lidar quality>50\" # mine\nB = 'b'\n".to_owned(),
            ),
            (
                "[views]\n[keys.list]\nx = 'help'\n",
                format!("[views]\n{line}[keys.list]\nx = 'help'\n"),
            ),
            (
                "views = { A = 'a' }",
                "views = { A = 'a' , Lidar = \"lidar quality>50\" }\n".to_owned(),
            ),
            (
                "signs = 'auto'\r\n",
                "signs = 'auto'\r\n\r\n[views]\r\nLidar = \"lidar quality>50\"\r\n".to_owned(),
            ),
        ] {
            assert_eq!(
                kept(before).replace(" ,", ","),
                after.replace(" ,", ","),
                "{before}"
            );
        }
    }

    #[test]
    fn comments_at_the_end_of_the_file_stay_outside_of_the_table() {
        assert_eq!(
            kept("# signs = \"auto\"\n# [views]\n"),
            "# signs = \"auto\"\n# [views]\n\n[views]\nLidar = \"lidar quality>50\"\n"
        );
    }

    const TWO: &str = "# all\n[views]\n# one\nA = 'a' # the first\n# two\nB = 'b' # the second\n\n\
                       [keys.list]\nx = 'help'\n";

    #[test]
    fn a_view_is_renamed_where_it_stands() {
        assert_eq!(
            renamed(TWO, "A", "New name", Whose::Own),
            TWO.replace("A = 'a'", "\"New name\" = 'a'")
        );
        let ordered = format!("view_order = [\"B\", \"A\"]\n{TWO}");
        assert_eq!(
            renamed(&ordered, "A", "C", Whose::Own),
            ordered
                .replace("\"A\"", "\"C\"")
                .replace("A = 'a'", "C = 'a'")
        );
        assert_eq!(
            renamed("", "Inbox", "Now", Whose::BuiltIn),
            "[views]\nNow = \"is:inbox\"\nInbox = false\n"
        );
    }

    #[test]
    fn a_deleted_view_leaves_the_comments_above_it() {
        assert_eq!(
            without(TWO, "A", Whose::Own),
            TWO.replace("A = 'a' # the first\n", "")
        );
        assert_eq!(
            without(TWO, "B", Whose::Own),
            TWO.replace("B = 'b' # the second\n", "")
        );
        assert_eq!(
            without(TWO, "Today", Whose::BuiltIn),
            TWO.replace("the second\n", "the second\nToday = false\n")
        );
        let ordered = format!("view_order = [\"B\", \"A\"]\n{TWO}");
        assert!(without(&ordered, "A", Whose::Own).starts_with("view_order = [\"B\"]\n"));
    }

    #[test]
    fn the_order_is_a_key_of_its_own() {
        let order = ViewEdit::Order(vec!["B".to_owned(), "Inbox".to_owned()]);
        assert_eq!(
            edited(TWO, &order),
            format!("view_order = [\"B\", \"Inbox\"]\n{TWO}")
        );
        let again = edited("view_order = [] # mine\n", &order);
        assert_eq!(again, "view_order = [\"B\", \"Inbox\"] # mine\n");
    }

    #[test]
    fn what_is_no_configuration_is_not_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        for (text, said) in [
            ("a = 1\nb", "line 2"),
            ("views = 3", "`views` is not a table"),
        ] {
            fs::write(&path, text).expect("a file");
            let error = edit_views(Some(&path), None, &keep("A", "a"))
                .expect_err(text)
                .to_string();
            assert!(error.contains(said), "{error}");
            assert_eq!(fs::read_to_string(&path).expect("a file"), text);
        }
    }

    #[test]
    fn a_file_that_is_missing_is_made_and_a_link_stays_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("some/where/config.toml");
        edit_views(Some(&path), None, &keep("Now", "is:inbox")).expect("room for it");
        assert_eq!(
            fs::read_to_string(&path).expect("a file"),
            "[views]\nNow = \"is:inbox\"\n"
        );
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        edit_views(Some(&link), None, &keep("Now", "is:starred")).expect("room for it");
        assert!(link.is_symlink());
        assert!(
            fs::read_to_string(&path)
                .expect("a file")
                .contains("is:starred")
        );
        let nowhere = edit_views(None, None, &keep("A", "a"));
        assert!(matches!(nowhere, Err(ConfigEditError::Nowhere)));
    }

    #[test]
    fn views_are_read_in_the_order_of_the_file() {
        let places = super::super::XdgEnvironment::default();
        let text = "[views]\nZ = 'z'\nA = 'a'\n\"two words\" = '\"x y\"'\n";
        let config =
            super::super::Config::parse(text, Path::new("c.toml"), &places).expect("views");
        let names: Vec<&str> = config.views.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Z", "A", "two words"]);
        let parse = |text| super::super::Config::parse(text, Path::new("c.toml"), &places);
        assert!(parse("[views]\nA = 1\n").is_err());
        assert!(parse("[views]\nToday = true\n").is_err());
        let config = parse("view_order = ['B']\n[views]\nToday = false\n").expect("views");
        assert_eq!(config.hidden_views, ["Today"]);
        assert_eq!(config.view_order, ["B"]);
    }
}
