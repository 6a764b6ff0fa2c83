//! The `urls` file of newsboat: one address per line, then its tags.

use super::{Imported, address};
use crate::feeds::list::Feed;
use crate::format::clean::Clean;
use crate::format::compose::field_text;

/// Reads the feeds of a file; tags become topics, and `~` marks a name. Leaves out and reports what
/// only newsboat makes (queries, programs, filters).
pub fn read(text: &str) -> Imported {
    let mut imported = Imported::default();
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match feed(line) {
            Ok(feed) => imported.feeds.push(feed),
            Err(why) => imported.notes.push(format!("line {number}: {why}")),
        }
    }
    imported
}

fn feed(line: &str) -> Result<Feed, String> {
    let words = shell_words::split(line).map_err(|_| "a quote is not closed".to_owned())?;
    let Some((first, tags)) = words.split_first() else {
        return Err("it is empty".to_owned());
    };
    for (start, what) in [
        ("query:", "a newsboat query: write a view instead"),
        ("exec:", "a program is not run for its feed"),
        ("filter:", "a program is not run as a filter"),
        ("file:", "a file is not fetched"),
    ] {
        if first.starts_with(start) {
            return Err(format!("{}: {what}", Clean::new(first).cut(80)));
        }
    }
    let mut feed = Feed {
        url: address(first)?,
        ..Feed::default()
    };
    for tag in tags {
        match tag.strip_prefix('~') {
            Some(name) => feed.name = field_text(name, 100),
            // Newsboat hides such feeds and tags from its list.
            None if tag.starts_with('!') => {}
            None => feed.topics.push(field_text(tag, 100)),
        }
    }
    Ok(feed)
}
