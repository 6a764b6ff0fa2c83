//! Makes the XML of a feed well-formed, so that it can be parsed: repairs what is wrong where that
//! is safe, and leaves it out otherwise. Never reads document types, so there are no entities to
//! expand.

mod names;
mod start;

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesStart, Event};

use super::dates;
use super::entities::{mended, reference};
use super::entry::{Fault, MAX_ENTRIES};
use names::{
    is_bad_base, is_date, is_entry, is_name, is_text, known_space, local, mend_root, tag_name,
};
use start::{line_at, root, without_stray_signs};

/// Most open elements.
const MAX_DEPTH: usize = 256;

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

/// Repairs the XML of a feed.
///
/// # Errors
/// If it is not a feed, or is broken before its first entry.
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

/// An open element.
struct Open {
    /// As written, after repairs.
    name: String,
    /// Where it starts in the output.
    start: usize,
}

#[derive(Default)]
struct Mender {
    xml: String,
    open: Vec<Open>,
    /// How many open elements are nested too deep to be kept.
    too_deep: usize,
    entries: Vec<Range<usize>>,
    more_entries: usize,
    notes: Vec<String>,
    skip_hours: Vec<u8>,
    /// The text of the open date.
    date: Option<String>,
    /// Whether this is Atom from before the standard.
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
        // An end tag that closes nothing is ignored, and none closes more than its entry.
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
            // The parser refuses a whole feed because of it.
            self.xml.truncate(open.start);
            return;
        }
        self.xml.push_str(&format!("</{}>", open.name));
        if open.name == "itunes:duration" {
            // The parser drops the recording if a podcast says nothing else about it.
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

    /// Whether the element that starts here is still empty.
    fn is_blank(&self, start: usize) -> bool {
        let element = &self.xml[start..];
        element
            .split_once('>')
            .is_none_or(|(_, inside)| inside.trim().is_empty())
    }

    /// Ends after the last whole entry, since the one where it breaks off would be cut.
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
            "the feed breaks off in line {line} ({reason}); the rest is not read"
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

#[cfg(test)]
mod tests;
