//! Writes XML so that no text can become markup; shared by RSS and Atom.

use std::io::{self, Write};

use html_escape::{encode_double_quoted_attribute, encode_text};

use crate::format::clean::Clean;
use crate::format::link::Link;

/// The first line of every document.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// Text that may appear in a document.
pub trait Text {
    fn text(&self) -> &str;
}

impl Text for Clean {
    fn text(&self) -> &str {
        self.as_str()
    }
}

impl Text for Link {
    fn text(&self) -> &str {
        self.as_str()
    }
}

/// The elements of a document, one per line.
pub struct Xml<'a> {
    out: &'a mut dyn Write,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub fn new(out: &'a mut dyn Write) -> io::Result<Self> {
        out.write_all(DECLARATION.as_bytes())?;
        Ok(Self { out, depth: 0 })
    }

    /// An element that contains others.
    pub fn nest(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &'static str)],
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.indent()?;
        self.open(name, attributes)?;
        writeln!(self.out)?;
        self.depth += 1;
        inside(self)?;
        self.depth -= 1;
        self.indent()?;
        writeln!(self.out, "</{name}>")
    }

    /// An element with text.
    pub fn text(&mut self, name: &'static str, text: &impl Text) -> io::Result<()> {
        self.with(name, &[], text)
    }

    /// An element with attributes and text.
    pub fn with(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &'static str)],
        text: &impl Text,
    ) -> io::Result<()> {
        self.indent()?;
        self.open(name, attributes)?;
        writeln!(self.out, "{}</{name}>", encode_text(text.text()))
    }

    /// An element with text that is read as HTML, so it is escaped twice.
    pub fn html(&mut self, name: &'static str, text: &Clean) -> io::Result<()> {
        let html = encode_text(text.as_str());
        self.indent()?;
        writeln!(self.out, "<{name}>{}</{name}>", encode_text(&html))
    }

    /// An element with the program's own text: a date or a name.
    pub fn own(&mut self, name: &'static str, text: &str) -> io::Result<()> {
        self.text(name, &Clean::new(text))
    }

    /// An element with only attributes.
    pub fn empty(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &dyn Text)],
    ) -> io::Result<()> {
        self.indent()?;
        write!(self.out, "<{name}")?;
        for (attribute, value) in attributes {
            let value = encode_double_quoted_attribute(value.text());
            write!(self.out, " {attribute}=\"{value}\"")?;
        }
        writeln!(self.out, "/>")
    }

    fn open(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &'static str)],
    ) -> io::Result<()> {
        write!(self.out, "<{name}")?;
        for (attribute, value) in attributes {
            write!(self.out, " {attribute}=\"{value}\"")?;
        }
        write!(self.out, ">")
    }

    fn indent(&mut self) -> io::Result<()> {
        write!(self.out, "{:1$}", "", 2 * self.depth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out).expect("a vector takes everything");
        let hostile = Clean::new("</a> & \"<![CDATA[x]]>\" \u{1}");
        xml.nest("a", &[("b", "c")], |xml| {
            xml.text("d", &hostile)?;
            xml.html("e", &Clean::new("1 < 2"))?;
            xml.empty("f", &[("g", &hostile)])
        })
        .expect("a vector takes everything");
        let text = String::from_utf8(out).expect("UTF-8");
        let expected = "<a b=\"c\">\n  <d>&lt;/a&gt; &amp; \"&lt;![CDATA[x]]&gt;\" ␁</d>\n  \
            <e>1 &amp;lt; 2</e>\n  \
            <f g=\"&lt;/a&gt; &amp; &quot;&lt;![CDATA[x]]&gt;&quot; ␁\"/>\n</a>\n";
        assert_eq!(text.strip_prefix(DECLARATION), Some(expected));
    }
}
