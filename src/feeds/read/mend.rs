//! Makes the XML of a feed well-formed, so that it can be parsed: what is wrong in it is repaired
//! where that is safe, and left out otherwise. Document types are never read, so there are no
//! entities to expand.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use super::dates;
use super::entities::{mended, reference};

/// Most entries of a feed that are read; it lists the newest first.
pub const MAX_ENTRIES: usize = 1_000;
/// Most open elements.
const MAX_DEPTH: usize = 256;

/// The namespaces that mean something to the parser, with the prefixes by which feeds use them
/// without saying so.
const SPACES: &[(&str, &str)] = &[
    ("atom", "http://www.w3.org/2005/Atom"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// A feed in well-formed XML.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mended {
    pub xml: String,
    /// Where each entry is in it.
    pub entries: Vec<Range<usize>>,
    /// What was left out, one sentence each.
    pub notes: Vec<String>,
    /// Hours of the day, in UTC, in which the feed does not change.
    pub skip_hours: Vec<u8>,
}

/// Why there is no feed in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not begin as a feed does.
    NoFeed,
    /// It breaks off before its first entry.
    Broken { line: usize, reason: String },
}

/// Repairs the XML of a feed.
///
/// # Errors
/// If it is none, or is broken before its first entry.
pub fn mend(text: &str) -> Result<Mended, Fault> {
    let text = &*without_stray_signs(text);
    let start = root(text).ok_or(Fault::NoFeed)?;
    let mut mender = Mender::default();
    let mut reader = Reader::from_str(&text[start..]);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let stopped = loop {
        let place = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Eof) if mender.open.is_empty() => break None,
            Ok(Event::Eof) => break Some("it ends in the middle".to_owned()),
            Ok(event) => mender.event(event),
            Err(error) => {
                let place = usize::try_from(place).unwrap_or_default();
                mender.line = line_at(text, start + place);
                break Some(error.to_string());
            }
        }
        if mender.has_ended {
            break None;
        }
    };
    if let Some(reason) = stopped {
        if mender.line == 0 {
            mender.line = text.lines().count();
        }
        mender.break_off(&reason)?;
    }
    Ok(mender.finish())
}

/// Where the root element of a feed starts, whatever comes before it.
fn root(text: &str) -> Option<usize> {
    let head = &text[..text.floor_char_boundary(64 << 10)];
    let lower = head.to_ascii_lowercase();
    let starts = ["<rss", "<feed", "<rdf:rdf", "<rdf", "<atom:feed", "<a:feed"];
    let found = starts.iter().filter_map(|start| {
        let at = lower.find(start)?;
        let after = lower[at + start.len()..].chars().next();
        after
            .is_none_or(|sign| !sign.is_alphanumeric() && sign != '-')
            .then_some(at)
    });
    let at = found.min()?;
    // A page may show a feed, in a script for example.
    let is_page = ["<html", "<!doctype html"]
        .iter()
        .any(|tag| lower[..at].contains(tag));
    (!is_page).then_some(at)
}

/// Each `<` that starts nothing as the reference to it, outside of CDATA.
fn without_stray_signs(text: &str) -> Cow<'_, str> {
    const CDATA: &str = "<![CDATA[";
    let is_stray = |at: usize| {
        let after = text[at + 1..].chars().next();
        after.is_none_or(|sign| !sign.is_alphabetic() && !matches!(sign, '/' | '!' | '?' | '_'))
    };
    let mut mended = String::new();
    let (mut kept, mut from) = (0, 0);
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        from = at + 1;
        if text[at..].starts_with(CDATA) {
            from = text[at..].find("]]>").map_or(text.len(), |end| at + end);
        } else if is_stray(at) {
            mended.push_str(&text[kept..at]);
            mended.push_str("&lt;");
            kept = from;
        }
    }
    match kept {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(mended + &text[kept..]),
    }
}

fn line_at(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at.min(text.len()));
    1 + text[..at].bytes().filter(|byte| *byte == b'\n').count()
}

/// An element that is open.
struct Open {
    /// As written, after repairs.
    name: String,
    /// Where it starts in what is written.
    start: usize,
}

#[derive(Default)]
struct Mender {
    xml: String,
    open: Vec<Open>,
    /// How many elements are open that are nested too deep to be kept.
    too_deep: usize,
    entries: Vec<Range<usize>>,
    more_entries: usize,
    notes: Vec<String>,
    skip_hours: Vec<u8>,
    /// The text of the date that is open.
    date: Option<String>,
    /// Atom before it was a standard.
    is_old_atom: bool,
    has_ended: bool,
    /// Where it broke off.
    line: usize,
}

impl Mender {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::Empty(tag) => {
                let depth = self.open.len() + self.too_deep;
                self.start(&tag);
                if self.open.len() + self.too_deep > depth {
                    self.end(&tag_name(tag.name().as_ref(), self.is_old_atom));
                }
            }
            Event::End(tag) => {
                let name = tag_name(tag.name().as_ref().trim(), self.is_old_atom);
                self.end(&name);
            }
            Event::Text(text) => self.text(mended(&text)),
            Event::CData(text) => self.text(partial_escape(&*text).into_owned()),
            Event::GeneralRef(name) => self.text(reference(&name)),
            // Entities are declared in document types, and nowhere else.
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Eof => {}
        }
    }

    fn text(&mut self, text: String) {
        if self.open.is_empty() || self.too_deep > 0 {
            return;
        }
        match &mut self.date {
            Some(date) => date.push_str(&text),
            None => self.xml.push_str(&text),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let written = tag.name();
        let written = written.as_ref();
        if !is_name(written) {
            return self.text(mended(&format!("<{}>", &**tag)));
        }
        if self.too_deep > 0 || self.open.len() >= MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        let mut attributes = attributes(tag);
        if self.open.is_empty() {
            self.is_old_atom = attributes
                .iter()
                .any(|(_, value)| value.contains("purl.org/atom/ns"));
            mend_root(written, &mut attributes);
        }
        let name = tag_name(written, self.is_old_atom);
        for (key, value) in &mut attributes {
            self.mend_attribute(local(&name), key, value);
        }
        attributes.retain(|(key, value)| !(key == "xml:base" && is_bad_base(value)));
        let start = self.xml.len();
        self.xml.push_str(&format!("<{name}"));
        for (key, value) in attributes {
            self.xml.push_str(&format!(" {key}=\"{}\"", mended(&value)));
        }
        self.xml.push('>');
        self.date = is_date(local(&name)).then(String::new);
        self.open.push(Open { name, start });
    }

    fn mend_attribute(&self, element: &str, key: &str, value: &mut String) {
        if key.starts_with("xmlns") {
            *value = known_space(value).unwrap_or_else(|| std::mem::take(value));
        }
        if key == "type"
            && matches!(
                element,
                "title" | "summary" | "subtitle" | "rights" | "content"
            )
        {
            let kind = value.to_ascii_lowercase();
            *value = match kind.split(';').next().unwrap_or_default().trim() {
                "text" | "text/plain" | "plain" | "" => "text",
                "xhtml" | "application/xhtml+xml" => "xhtml",
                _ => "html",
            }
            .to_owned();
        }
    }

    fn end(&mut self, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        // An end that closes nothing is ignored, and none closes more than its entry.
        let entry = self
            .open
            .iter()
            .rposition(|open| is_entry(&open.name))
            .unwrap_or(0);
        let matching = self.open.iter().rposition(|open| open.name == name);
        let Some(at) = matching.filter(|at| *at >= entry) else {
            return;
        };
        while self.open.len() > at {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        if let Some(date) = self.date.take() {
            match dates::parse(&date) {
                Some(at) => self.xml.push_str(&at.to_string()),
                None => self.xml.push_str(&date),
            }
        }
        if local(&open.name) == "hour" && self.skip_hours.len() < 24 {
            let text = self.xml[open.start..].split('>').nth(1).unwrap_or_default();
            self.skip_hours.extend(text.trim().parse::<u8>().ok());
        }
        if is_text(&open.name) && self.is_blank(open.start) {
            // The parser refuses a whole feed for it.
            self.xml.truncate(open.start);
            return;
        }
        self.xml.push_str(&format!("</{}>", open.name));
        if open.name == "itunes:duration" {
            // The parser drops it where a podcast says nothing else about its recording.
            self.xml.push_str("<itunes:title>-</itunes:title>");
        }
        if is_entry(&open.name) && self.open.len() <= 2 {
            if self.entries.len() < MAX_ENTRIES {
                self.entries.push(open.start..self.xml.len());
            } else {
                self.xml.truncate(open.start);
                self.more_entries += 1;
            }
        }
        self.has_ended = self.open.is_empty();
    }

    /// Whether the element that starts here has nothing in it so far.
    fn is_blank(&self, start: usize) -> bool {
        let element = &self.xml[start..];
        element
            .split_once('>')
            .is_none_or(|(_, inside)| inside.trim().is_empty())
    }

    /// Ends after the last whole entry, since the one in which it breaks off would be cut.
    fn break_off(&mut self, reason: &str) -> Result<(), Fault> {
        let line = self.line;
        let Some(last) = self.entries.last() else {
            let reason = reason.to_owned();
            return Err(Fault::Broken { line, reason });
        };
        if self.xml.len() > last.end {
            self.xml.truncate(last.end);
        }
        self.date = None;
        let length = self.xml.len();
        self.open
            .retain(|open| open.start < length && !is_entry(&open.name));
        while !self.open.is_empty() {
            self.close();
        }
        self.notes.push(format!(
            "the feed breaks off in line {line} ({reason}); what comes after is not read"
        ));
        Ok(())
    }

    fn finish(mut self) -> Mended {
        if self.more_entries > 0 {
            let all = self.entries.len() + self.more_entries;
            self.notes.push(format!(
                "the feed has {all} entries; the first {MAX_ENTRIES} are read"
            ));
        }
        Mended {
            xml: self.xml,
            entries: self.entries,
            notes: self.notes,
            skip_hours: self.skip_hours,
        }
    }
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for attribute in tag.html_attributes().with_checks(false).flatten().take(64) {
        let key = attribute.key.as_ref().to_owned();
        if is_name(&key) && seen.insert(key.clone()) {
            found.push((key, attribute.value.into_owned()));
        }
    }
    found
}

/// Gives the root what the parser needs: a version, and the namespaces that are used.
fn mend_root(name: &str, attributes: &mut Vec<(String, String)>) {
    if local(name).eq_ignore_ascii_case("rss") {
        attributes.retain(|(key, _)| key != "version" && key != "xmlns");
        attributes.push(("version".to_owned(), "2.0".to_owned()));
    }
    for (prefix, space) in SPACES {
        let key = format!("xmlns:{prefix}");
        if !attributes.iter().any(|(other, _)| *other == key) {
            attributes.push((key, (*space).to_owned()));
        }
    }
}

/// The namespace that is meant by one in another spelling.
fn known_space(written: &str) -> Option<String> {
    let plain = |space: &str| {
        let space = space
            .trim()
            .trim_end_matches(['/', '#'])
            .to_ascii_lowercase();
        space.replacen("https://", "http://", 1)
    };
    let written = plain(written);
    if written == "http://purl.org/atom/ns" {
        return Some("http://www.w3.org/2005/Atom".to_owned());
    }
    if written.contains("netscape.com/rdf/simple") {
        return Some("http://purl.org/rss/1.0/".to_owned());
    }
    let found = SPACES.iter().find(|(_, space)| plain(space) == written);
    found.map(|(_, space)| (*space).to_owned())
}

fn is_bad_base(value: &str) -> bool {
    !matches!(
        Url::parse(value),
        Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase)
    )
}

/// The name of an element as the parser knows it.
fn tag_name(written: &str, is_old_atom: bool) -> String {
    match written {
        "RSS" => "rss",
        "RDF" => "rdf:RDF",
        "issued" | "created" if is_old_atom => "published",
        "modified" if is_old_atom => "updated",
        "tagline" if is_old_atom => "subtitle",
        written => written,
    }
    .to_owned()
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn is_entry(name: &str) -> bool {
    matches!(local(name), "item" | "entry")
}

/// Elements of Atom that hold text.
fn is_text(name: &str) -> bool {
    let name = name.strip_prefix("atom:").unwrap_or(name);
    matches!(
        name,
        "content" | "summary" | "title" | "subtitle" | "rights"
    )
}

fn is_date(name: &str) -> bool {
    matches!(
        name,
        "pubDate" | "date" | "published" | "updated" | "lastBuildDate"
    )
}

fn is_name(name: &str) -> bool {
    name.starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
        && name
            .chars()
            .all(|sign| sign.is_alphanumeric() || "_-.:".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(inside: &str) -> String {
        format!("<rss version=\"2.0\"><channel>{inside}</channel></rss>")
    }

    /// What is mended, between the first and the last tag of the channel.
    fn inside(text: &str) -> String {
        let mended = mend(text).expect("a feed").xml;
        let (_, after) = mended.split_once("<channel>").expect("a channel");
        after.trim_end_matches("</channel></rss>").to_owned()
    }

    #[test]
    fn what_is_wrong_in_a_text_or_tag_is_repaired() {
        for (wrong, mended) in [
            (
                "<title>R&D &nbsp;&eacute; a < b</title>",
                "<title>R&amp;D \u{a0}é a &lt; b</title>",
            ),
            ("<link href=x>y</link>", "<link href=\"x\">y</link>"),
            (
                "<a b='1' b='2' c=\"R&D\"/>",
                "<a b=\"1\" c=\"R&amp;D\"></a>",
            ),
            ("<a><b>c</a>", "<a><b>c</b></a>"),
            ("<a>b</c></a>", "<a>b</a>"),
            ("<a><![CDATA[<b>&nbsp;]]></a>", "<a>&lt;b&gt;&amp;nbsp;</a>"),
            (
                "<pubDate>Thu, 5 Mar 26 10:00 UT</pubDate>",
                "<pubDate>2026-03-05T10:00:00Z</pubDate>",
            ),
            ("<!-- a -- b --><?php x ?><a/>", "<a></a>"),
            ("<content src='x'/><title> </title><a/>", "<a></a>"),
        ] {
            assert_eq!(inside(&feed(wrong)), mended, "{wrong}");
        }
    }

    #[test]
    fn what_comes_before_the_feed_is_left_out() {
        let bombs = "<!DOCTYPE rss [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;\">]>";
        let text = format!(
            "Warning: x in y.php\n\n<?xml version='1.0'?>{bombs}{}",
            feed("<a>&b;</a>")
        );
        assert_eq!(inside(&text), "<a>&amp;b;</a>");
    }

    #[test]
    fn a_feed_that_breaks_off_ends_after_its_last_whole_entry() {
        let text = feed("<item><a>1</a></item><item><a>2</a></item><item><a>3");
        let text = text.trim_end_matches("</channel></rss>");
        let mended = mend(text).expect("a feed");
        assert_eq!(mended.entries.len(), 2);
        assert!(
            mended.xml.ends_with("<a>2</a></item></channel></rss>"),
            "{}",
            mended.xml
        );
        assert_eq!(mended.notes.len(), 1);
        let nothing = mend("<rss><channel>\n<item><a>");
        assert!(
            matches!(nothing, Err(Fault::Broken { line: 2, .. })),
            "{nothing:?}"
        );
    }

    #[test]
    fn entries_and_depth_have_limits() {
        let many = mend(&feed(&"<item/>".repeat(100_000))).expect("a feed");
        assert_eq!(many.entries.len(), MAX_ENTRIES);
        assert_eq!(
            many.notes,
            ["the feed has 100000 entries; the first 1000 are read"]
        );
        let deep = mend(&feed(&"<a>".repeat(100_000))).map(|mended| mended.xml.len());
        assert!(deep.is_err(), "{deep:?}");
        let closed = feed(&format!(
            "{}{}<item/>",
            "<a>".repeat(9_999),
            "</a>".repeat(9_999)
        ));
        let closed = mend(&closed).expect("a feed");
        assert_eq!(closed.entries.len(), 1);
        assert!(closed.xml.len() < 4_000);
    }

    #[test]
    fn what_is_no_feed_is_said_to_be_none() {
        for text in [
            "",
            "<html><body>",
            "<opml/>",
            "{}",
            "<!DOCTYPE html><html><script>'<rss>'",
        ] {
            assert_eq!(mend(text), Err(Fault::NoFeed), "{text}");
        }
    }

    #[test]
    fn hours_to_skip_are_noted() {
        let text = feed("<skipHours><hour>3</hour><hour> 4 </hour></skipHours>");
        assert_eq!(mend(&text).expect("a feed").skip_hours, [3, 4]);
    }
}
