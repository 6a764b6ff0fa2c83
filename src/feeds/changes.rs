//! Changes of the list of feeds in its file. What a person wrote there by hand stays, comments too.

use std::path::Path;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use super::list::{FEED, Feed, Feeds, ListError};
use crate::config::edit_checked;

/// Adds feeds at the end of the file.
///
/// # Errors
/// If the file cannot be changed; it is then left as it is.
pub fn add(path: Option<&Path>, feeds: &[Feed]) -> Result<(), ListError> {
    change(path, |tables| tables.extend(feeds.iter().map(table)))
}

/// Removes the feed with this address from the file.
///
/// # Errors
/// As for [`add`].
pub fn remove(path: Option<&Path>, url: &str) -> Result<(), ListError> {
    change(path, |tables| {
        tables.retain(|table| table.get("url").and_then(Item::as_str) != Some(url));
    })
}

/// Sets a field of the feed with this address.
///
/// # Errors
/// As for [`add`].
pub fn set(path: Option<&Path>, url: &str, key: &str, to: &str) -> Result<(), ListError> {
    change(path, |tables| {
        let mut all = tables.iter_mut();
        if let Some(table) = all.find(|it| it.get("url").and_then(Item::as_str) == Some(url)) {
            match table.get_mut(key).and_then(Item::as_value_mut) {
                Some(value) => {
                    let decor = value.decor().clone();
                    *value = Value::from(to);
                    *value.decor_mut() = decor;
                }
                None => {
                    table.insert(key, Item::from(Value::from(to)));
                }
            }
        }
    })
}

fn change(path: Option<&Path>, change: impl FnOnce(&mut ArrayOfTables)) -> Result<(), ListError> {
    let path = path.ok_or(ListError::Nowhere)?;
    // A fault in the file is reported in its own words, not as that of an edit.
    Feeds::load(Some(path))?;
    let change = |document: &mut DocumentMut| {
        let item = document
            .entry(FEED)
            .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if let Some(array) = item.as_value().and_then(Value::as_array) {
            let tables = array.iter().filter_map(Value::as_inline_table);
            *item = Item::ArrayOfTables(tables.map(|it| it.clone().into_table()).collect());
        }
        if let Some(tables) = item.as_array_of_tables_mut() {
            change(tables);
        }
        Ok(())
    };
    edit_checked(Some(path), change, |text| {
        match Feeds::parse(text, path) {
            // The line number belongs to a text that nobody will see.
            Err(ListError::Wrong { reason, .. }) => Err(ListError::Refused(reason)),
            parsed => parsed.map(drop),
        }
    })
}

/// The table of a feed, with only the fields that it sets.
fn table(feed: &Feed) -> Table {
    let mut table = Table::new();
    let mut put = |key: &str, value: Value| {
        table.insert(key, Item::from(value));
    };
    let texts = [
        ("url", &feed.url),
        ("name", &feed.name),
        ("into", &feed.into),
        ("category", &feed.category),
        ("kind", &feed.kind),
        ("every", &feed.every),
        ("keep", &feed.keep),
        ("user", &feed.user),
    ];
    for (key, text) in texts {
        if !text.is_empty() {
            put(key, text.as_str().into());
        }
    }
    let lists = [
        ("topics", &feed.topics),
        ("password_command", &feed.password_command),
    ];
    for (key, list) in lists {
        if !list.is_empty() {
            put(key, Value::from_iter(list.iter().map(String::as_str)));
        }
    }
    for (key, flag) in [("published", feed.published), ("full_text", feed.full_text)] {
        if flag {
            put(key, true.into());
        }
    }
    if !feed.headers.is_empty() {
        let pairs = feed
            .headers
            .iter()
            .map(|(name, value)| (name, value.as_str()));
        put("headers", Value::from_iter(pairs));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::list::tests::TEXT;
    use super::*;

    #[test]
    fn a_change_that_could_not_be_read_again_is_not_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("feeds.toml");
        std::fs::write(&path, TEXT).expect("a file");
        let list = Some(path.as_path());
        let feed = |url: &str, every: &str| Feed {
            url: url.into(),
            every: every.into(),
            ..Feed::default()
        };
        for refused in [
            add(list, &[feed("https://ada:pw@c.example/feed", "")]),
            add(list, &[feed("https://c.example/feed", "often")]),
            add(list, &[feed("https://a.example/feed", "")]),
            set(list, "https://a.example/feed", "url", "https://x@c.example"),
            set(list, "https://b.example/feed", "name", "A"),
        ] {
            let refusal = refused.expect_err("refused");
            assert!(matches!(refusal, ListError::Refused(_)), "{refusal}");
            assert!(!refusal.to_string().contains("pw"), "{refusal}");
        }
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), TEXT);
    }

    #[test]
    fn changes_keep_everything_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("feeds.toml");
        std::fs::write(&path, TEXT).expect("a file");
        let list = Some(path.as_path());
        let feed = Feed {
            url: "https://c.example/feed".into(),
            topics: vec!["AI".into()],
            full_text: true,
            ..Feed::default()
        };
        add(list, &[feed]).expect("added");
        set(list, "https://a.example/feed", "name", "Alpha").expect("renamed");
        remove(list, "https://b.example/feed").expect("removed");
        let text = std::fs::read_to_string(&path).expect("a file");
        assert_eq!(
            text,
            "# Mine\n[[feed]] # the first\nurl = \"https://a.example/feed\" # here\n\
             name = \"Alpha\"\nuser = \"ada\"\npassword_command = \"pass show 'a b'\"\n\n[[feed]]\n\
             url = \"https://c.example/feed\"\ntopics = [\"AI\"]\nfull_text = true\n"
        );
    }
}
