//! The list of feeds: `feeds.toml` beside the configuration, one `[[feed]]` table each. A person may
//! write it by hand.

use std::io;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use serde::Deserialize;
use thiserror::Error;
use toml_edit::Document;

use super::keep::{self, Keep};
use crate::config::{ConfigEditError, every};
use crate::format::link::Link;
use crate::format::system::system_words;

/// The key of the tables.
pub(super) const FEED: &str = "feed";

/// A feed: an address that articles come from, and the folder they go to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Feed {
    pub url: String,
    /// What it is called; its address if empty.
    pub name: String,
    /// The folder for its articles, as written.
    pub into: String,
    pub topics: Vec<String>,
    /// The category of its articles; `news` if empty.
    pub category: String,
    /// The `type` of its articles; detected if empty.
    pub kind: String,
    /// Whether its articles say that they are published.
    pub published: bool,
    /// Whether the whole page is fetched for each entry.
    pub full_text: bool,
    /// How often it is due, like `30m`; if empty, as the feed itself asks.
    pub every: String,
    /// What stays in the folder, like `90d` or `500`; everything if empty.
    #[serde(deserialize_with = "age_or_number")]
    pub keep: String,
    pub user: String,
    /// The program that prints the password, with its arguments; no shell runs it.
    #[serde(deserialize_with = "words")]
    pub password_command: Vec<String>,
    /// More headers for its requests, sent to its own host only.
    pub headers: std::collections::BTreeMap<String, String>,
}

impl Feed {
    /// Its name, or else its address.
    pub fn label(&self) -> &str {
        if self.name.is_empty() {
            &self.url
        } else {
            &self.name
        }
    }

    /// What stays in its folder; `None` for everything.
    pub fn stays(&self) -> Option<Keep> {
        Keep::parse(&self.keep)
    }

    /// How often it is due, if set.
    pub fn interval(&self) -> Option<SignedDuration> {
        every::parse(&self.every)
    }
}

/// The feeds in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feeds {
    pub feeds: Vec<Feed>,
}

/// Why the list cannot be read or changed.
#[derive(Debug, Error)]
pub enum ListError {
    #[error("there is no place for the list of feeds; set HOME or XDG_CONFIG_HOME")]
    Nowhere,
    #[error("{}: cannot read the list of feeds: {}", .path.display(), system_words(.error))]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}, line {line}: {reason}", .path.display())]
    Wrong {
        path: PathBuf,
        line: usize,
        reason: String,
    },
    #[error("there is no feed “{0}”; `newsdesk feeds list` shows them")]
    NoFeed(String),
    #[error("“{name}” could be any of these: {}; use the address", .among.join(", "))]
    Several { name: String, among: Vec<String> },
    #[error("{0} is in the list already, as “{1}”")]
    Known(String, String),
    #[error("there is another feed called “{0}”")]
    Taken(String),
    /// With the change, the list could no longer be read.
    #[error("{0}; the list of feeds stays as it is")]
    Refused(String),
    #[error(transparent)]
    Edit(#[from] ConfigEditError),
}

impl Feeds {
    /// Reads the list; empty if there is no file.
    ///
    /// # Errors
    /// If the file cannot be read, or a feed in it is wrong.
    pub fn load(path: Option<&Path>) -> Result<Self, ListError> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(ListError::Unreadable {
                path: path.to_path_buf(),
                error,
            }),
        }
    }

    /// Parses the list; `path` is for errors.
    ///
    /// # Errors
    /// If it is not TOML, or a feed in it is wrong.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ListError> {
        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        struct File {
            feed: Vec<toml::Spanned<Feed>>,
        }
        let wrong = |at: usize, reason: String| ListError::Wrong {
            path: path.to_path_buf(),
            line: 1 + text[..text.floor_char_boundary(at)].matches('\n').count(),
            reason,
        };
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            wrong(at, error.message().to_owned())
        })?;
        let mut feeds: Vec<Feed> = Vec::new();
        for spanned in file.feed {
            let at = spanned.span().start;
            let feed = spanned.into_inner();
            if let Some((key, reason)) = fault(&feed, &feeds) {
                return Err(wrong(place(text, feeds.len(), key).unwrap_or(at), reason));
            }
            feeds.push(feed);
        }
        Ok(Self { feeds })
    }

    /// The feed with this name or address: exactly, else the only one whose name contains it.
    ///
    /// # Errors
    /// If there is none, or more than one.
    pub fn named(&self, name: &str) -> Result<&Feed, ListError> {
        let wanted = name.to_lowercase();
        let is_it = |feed: &&Feed| feed.url == name || feed.label().to_lowercase() == wanted;
        if let Some(feed) = self.feeds.iter().find(is_it) {
            return Ok(feed);
        }
        let contains = |feed: &&Feed| feed.label().to_lowercase().contains(&wanted);
        let found: Vec<&Feed> = self.feeds.iter().filter(contains).collect();
        match found[..] {
            [] => Err(ListError::NoFeed(name.to_owned())),
            [feed] => Ok(feed),
            _ => Err(ListError::Several {
                name: name.to_owned(),
                among: found.iter().map(|feed| feed.label().to_owned()).collect(),
            }),
        }
    }

    /// The feeds with these names, each once; all if none are given.
    ///
    /// # Errors
    /// As for [`named`](Self::named).
    pub fn chosen(&self, names: &[String]) -> Result<Vec<&Feed>, ListError> {
        if names.is_empty() {
            return Ok(self.feeds.iter().collect());
        }
        let mut chosen: Vec<&Feed> = Vec::new();
        for name in names {
            let feed = self.named(name)?;
            if !chosen.contains(&feed) {
                chosen.push(feed);
            }
        }
        Ok(chosen)
    }

    /// Whether no feed has this name.
    pub fn is_free(&self, name: &str) -> bool {
        !self.feeds.iter().any(|feed| feed.label() == name)
    }

    /// The feed at the same address.
    pub fn at(&self, url: &str) -> Option<&Feed> {
        let key = crate::format::link::canonical_key(url);
        self.feeds.iter().find(|feed| {
            feed.url == url || key.is_some() && crate::format::link::canonical_key(&feed.url) == key
        })
    }
}

/// Where the text gives a key of a feed, counted from 0.
fn place(text: &str, feed: usize, key: &str) -> Option<usize> {
    let document = Document::parse(text).ok()?;
    let feeds = document.get(FEED)?.as_array_of_tables()?;
    Some(feeds.get(feed)?.get(key)?.span()?.start)
}

/// Why a feed cannot be used together with those before it, and the key at fault.
fn fault(feed: &Feed, before: &[Feed]) -> Option<(&'static str, String)> {
    let label = feed.label();
    match Link::parse(&feed.url) {
        Err(refusal) => return Some(("url", format!("url {:?}: {refusal}", feed.url))),
        Ok(link) if link.has_user() => {
            let sentence = "the address has a user name in it; use `user` and `password_command`";
            return Some(("url", sentence.to_owned()));
        }
        Ok(_) => {}
    }
    if before.iter().any(|other| other.label() == label) {
        return Some(("name", format!("there are two feeds called “{label}”")));
    }
    if before.iter().any(|other| other.url == feed.url) {
        return Some(("url", format!("the address {} is listed twice", feed.url)));
    }
    if feed.user.is_empty() && !feed.password_command.is_empty() {
        let sentence = "there is a `password_command` without a `user`";
        return Some(("password_command", sentence.to_owned()));
    }
    if !feed.every.is_empty() && feed.interval().is_none() {
        let sentence = format!("every {:?}: {}", feed.every, every::EXPECTED);
        return Some(("every", sentence));
    }
    if !feed.keep.is_empty() && feed.stays().is_none() {
        let sentence = format!("keep {:?}: {}", feed.keep, keep::EXPECTED);
        return Some(("keep", sentence));
    }
    None
}

fn words<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Command {
        Line(String),
        Words(Vec<String>),
    }
    match Command::deserialize(from)? {
        Command::Line(line) => shell_words::split(&line).map_err(serde::de::Error::custom),
        Command::Words(words) => Ok(words),
    }
}

fn age_or_number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(u32),
        Other(serde::de::IgnoredAny),
    }
    match Either::deserialize(from)? {
        Either::Text(text) => Ok(text),
        Either::Number(number) => Ok(number.to_string()),
        Either::Other(_) => Err(serde::de::Error::custom(format_args!(
            "keep: {}",
            keep::EXPECTED
        ))),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const TEXT: &str = "# Mine\n[[feed]] # the first\nurl = \"https://a.example/feed\" # here\n\
        name = \"A\"\nuser = \"ada\"\npassword_command = \"pass show 'a b'\"\n\n# Second\n[[feed]]\n\
        url = \"https://b.example/feed\"\nkeep = 500\n";

    fn parse(text: &str) -> Result<Feeds, ListError> {
        Feeds::parse(text, Path::new("feeds.toml"))
    }

    #[test]
    fn a_list_is_read_as_it_is_written_by_hand() {
        let feeds = parse(TEXT).expect("feeds").feeds;
        assert_eq!(feeds.len(), 2);
        assert_eq!(feeds[0].password_command, ["pass", "show", "a b"]);
        assert_eq!(feeds[1].label(), "https://b.example/feed");
        assert_eq!(feeds[1].keep, "500");
        assert_eq!(parse("").expect("no feeds"), Feeds::default());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, said) in [
            ("feed = 1", "feeds.toml, line 1: invalid type"),
            (
                "\n[[feed]]\nurl = 'ftp://a'",
                "feeds.toml, line 3: url \"ftp://a\": “ftp:” links",
            ),
            (
                "[[feed]]\nurl = 'http://a.example'\nevry = ''",
                "feeds.toml, line 3: unknown field",
            ),
            (
                "[[feed]]\nurl = 'http://a.example'\nevery = 'often'",
                "feeds.toml, line 3: every",
            ),
            (
                "[[feed]]\nurl = 'http://a.example'\npassword_command = 'pass x'",
                "feeds.toml, line 3: there is a `password_command` without",
            ),
            (
                "[[feed]]\nurl = 'http://a.example'\nkeep = 'all'",
                "feeds.toml, line 3: keep",
            ),
            (
                "[[feed]]\nurl = 'http://a.example'\nkeep = 1.5",
                "feeds.toml, line 3: keep: expected an age like",
            ),
            (
                "[[feed]]\nurl = 'http://a.example'\nkeep = -1",
                "feeds.toml, line 3: keep: expected an age like",
            ),
            (
                "[[feed]]\nurl = 'http://a.example'\nkeep = true",
                "feeds.toml, line 3: keep: expected an age like",
            ),
            (
                "[[feed]]\nurl = 'http://a.example'\n[[feed]]\nurl = 'http://a.example'",
                "feeds.toml, line 3: there are two feeds called",
            ),
        ] {
            let error = parse(text).expect_err(text).to_string();
            assert!(error.starts_with(said), "{error}");
        }
    }

    #[test]
    fn a_user_without_a_password_is_one_whose_name_is_the_key() {
        let feeds = parse("[[feed]]\nurl = 'http://a.example'\nuser = 'k3y'").expect("feeds");
        assert_eq!(feeds.feeds[0].user, "k3y");
    }

    #[test]
    fn a_feed_is_found_by_name_part_or_address() {
        let feeds = parse(TEXT).expect("feeds");
        for name in ["a", "A", "https://a.example/feed"] {
            assert_eq!(feeds.named(name).expect(name).name, "A", "{name}");
        }
        assert!(matches!(feeds.named("c"), Err(ListError::NoFeed(_))));
        assert_eq!(feeds.named("b.ex").expect("a part").keep, "500");
        assert!(feeds.at("http://www.a.example/feed/").is_some());
    }
}
