//! OPML 1.0 and 2.0 (<http://opml.org/spec2.opml>), leniently: files without a version, with empty
//! bodies, and with folders in folders are common.

use std::io;

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use super::{Imported, address};
use crate::feeds::list::Feed;
use crate::format::compose::field_text;
use crate::format::entities::decode_entities;

/// Most feeds in a list.
const MOST: usize = 20_000;
/// Longest name or topic, in characters.
const WORD: usize = 100;

/// An outline: the fields of a feed or a folder, with their names in lower case.
struct Outline {
    fields: Vec<(String, String)>,
}

impl Outline {
    fn new(tag: &BytesStart<'_>) -> Self {
        let mut attributes = tag.html_attributes();
        let fields = attributes.with_checks(false).flatten().map(|it| {
            let key = it.key.as_ref().to_ascii_lowercase();
            (key, decode_entities(&it.value).trim().to_owned())
        });
        let fields = fields.collect();
        Self { fields }
    }

    fn field(&self, key: &str) -> &str {
        let found = self
            .fields
            .iter()
            .find(|(other, value)| other == key && !value.is_empty());
        found.map_or("", |(_, value)| value)
    }

    fn name(&self) -> String {
        let name = match self.field("title") {
            "" => self.field("text"),
            title => title,
        };
        field_text(name, WORD)
    }
}

/// Reads the feeds of a file; the names of folders become topics.
///
/// # Errors
/// If it is not OPML.
pub fn read(text: &str) -> Result<Imported, String> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut imported = Imported::default();
    let mut is_opml = false;
    // The topic of each open outline; feeds have none.
    let mut folders: Vec<Option<String>> = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match name_of(&tag).as_str() {
                "outline" => {
                    let outline = Outline::new(&tag);
                    let folder = take(&outline, &folders, &mut imported);
                    folders.push(folder);
                }
                name => is_opml |= name == "opml",
            },
            Ok(Event::Empty(tag)) if name_of(&tag) == "outline" => {
                take(&Outline::new(&tag), &folders, &mut imported);
            }
            Ok(Event::End(tag)) if tag.name().as_ref().eq_ignore_ascii_case("outline") => {
                folders.pop();
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                imported.notes.push(format!("the file breaks off: {error}"));
                break;
            }
        }
        if imported.feeds.len() >= MOST || folders.len() > 256 {
            imported.notes.push(format!(
                "only the first {} feeds are read",
                imported.feeds.len()
            ));
            break;
        }
    }
    match is_opml || !imported.feeds.is_empty() {
        true => Ok(imported),
        false => Err("it is neither OPML nor a list of addresses".to_owned()),
    }
}

fn name_of(tag: &BytesStart<'_>) -> String {
    tag.name().as_ref().to_ascii_lowercase()
}

/// Takes an outline; returns the topic that it gives to those inside it.
fn take(outline: &Outline, folders: &[Option<String>], imported: &mut Imported) -> Option<String> {
    let name = outline.name();
    let written = outline.field("xmlurl");
    if written.is_empty() {
        if !matches!(outline.field("type"), "" | "folder") {
            imported.notes.push(format!("“{name}” has no feed address"));
        }
        return Some(name).filter(|name| !name.is_empty());
    }
    let url = match address(written) {
        Ok(url) => url,
        Err(why) => {
            imported.notes.push(why);
            return None;
        }
    };
    let mut topics: Vec<String> = folders.iter().flatten().cloned().collect();
    // `/Folder/Topic,Other`: the last part of each is the topic.
    for category in outline.field("category").split(',') {
        let topic = field_text(
            category
                .trim_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default(),
            WORD,
        );
        if !topic.is_empty() && !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    imported.feeds.push(Feed {
        url,
        name,
        topics,
        ..Feed::default()
    });
    None
}

/// Writes the feeds as OPML 2.0, each in the folder of its first topic if it has one, and in folders of
/// topics that `category` cannot hold.
///
/// # Errors
/// Never: it is written to memory.
pub fn write(feeds: &[Feed]) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.write_event(Event::Start(
        BytesStart::new("opml").with_attributes([("version", "2.0")]),
    ))?;
    writer.write_event(Event::Start(BytesStart::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("title")))?;
    writer.write_event(Event::Text(BytesText::new("Feeds from newsdesk")))?;
    writer.write_event(Event::End(BytesEnd::new("title")))?;
    writer.write_event(Event::End(BytesEnd::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("body")))?;
    let mut written: Vec<&[String]> = Vec::new();
    for feed in feeds {
        let path = folders(feed);
        if path.is_empty() {
            outline(&mut writer, feed)?;
        } else if !written.contains(&path) {
            written.push(path);
        }
    }
    for path in written {
        for name in path {
            let name = name.as_str();
            let tag = BytesStart::new("outline").with_attributes([("text", name), ("title", name)]);
            writer.write_event(Event::Start(tag))?;
        }
        for feed in feeds.iter().filter(|feed| folders(feed) == path) {
            outline(&mut writer, feed)?;
        }
        for _ in path {
            writer.write_event(Event::End(BytesEnd::new("outline")))?;
        }
    }
    writer.write_event(Event::End(BytesEnd::new("body")))?;
    writer.write_event(Event::End(BytesEnd::new("opml")))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn outline(writer: &mut Writer<Vec<u8>>, feed: &Feed) -> io::Result<()> {
    let mut tag = BytesStart::new("outline");
    tag.push_attribute(("type", "rss"));
    tag.push_attribute(("text", feed.label()));
    tag.push_attribute(("title", feed.label()));
    tag.push_attribute(("xmlUrl", feed.url.as_str()));
    let topics = feed.topics.iter().map(String::as_str);
    let categories: Vec<&str> = topics.filter(|it| is_category(it)).collect();
    if !categories.is_empty() {
        tag.push_attribute(("category", categories.join(",").as_str()));
    }
    writer.write_event(Event::Empty(tag))
}

/// The topics that become folders, each in the one before.
fn folders(feed: &Feed) -> &[String] {
    let last = feed.topics.iter().rposition(|topic| !is_category(topic));
    let count = last.map_or(1, |at| at + 1).min(feed.topics.len());
    &feed.topics[..count]
}

/// Whether `category` can hold a topic: there, commas separate categories, and slashes their parts.
fn is_category(topic: &str) -> bool {
    !topic.contains([',', '/'])
}
