//! Which elements of a page are open: how deep it is, and what a piece of it is in.

use html5gum::Token;

use super::each_token;

/// Whether more than `most` elements are open at once somewhere in a page. Elements that the next
/// of their kind ends, such as paragraphs and rows, are not counted; what they are in is.
pub fn is_deeper_than(most: usize, html: &str) -> bool {
    let mut open = OpenElements::default();
    let mut is_deeper = false;
    each_token(html, |token| match token {
        _ if is_deeper => {}
        // `<div/>` stays open: a `/` means something only in drawings and formulas.
        Token::StartTag(tag) if !may_lack_its_end(&tag.name) => {
            open.start(tag.name.0);
            is_deeper = open.0.len() > most;
        }
        Token::EndTag(tag) => {
            open.end(&tag.name);
        }
        Token::StartTag(_)
        | Token::String(_)
        | Token::Comment(_)
        | Token::Doctype(_)
        | Token::Error(_) => {}
    });
    is_deeper
}

/// The names of the elements that are open, outermost first.
#[derive(Default)]
pub(in crate::format) struct OpenElements(Vec<Vec<u8>>);

impl OpenElements {
    /// Takes a piece of HTML; returns whether it ends an element that was open before it.
    pub(in crate::format) fn feed(&mut self, html: &str) -> bool {
        let before = self.0.len();
        let mut ends_outer = false;
        each_token(html, |token| match token {
            Token::StartTag(tag) => self.start(tag.name.0),
            Token::EndTag(tag) => ends_outer |= self.end(&tag.name).is_some_and(|at| at < before),
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        });
        ends_outer
    }

    pub(in crate::format) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(in crate::format) fn contains(&self, name: &[u8]) -> bool {
        self.0.iter().any(|open| open == name)
    }

    fn start(&mut self, name: Vec<u8>) {
        if !is_void(&name) {
            self.0.push(name);
        }
    }

    /// Ends the innermost element of this name and everything in it; returns its depth.
    fn end(&mut self, name: &[u8]) -> Option<usize> {
        let at = self.0.iter().rposition(|open| open == name)?;
        self.0.truncate(at);
        Some(at)
    }
}

/// Elements that have no end tag.
fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Elements that have no end tag, or an optional one.
fn may_lack_its_end(name: &[u8]) -> bool {
    let is_optional = matches!(
        name,
        b"p" | b"li"
            | b"dt"
            | b"dd"
            | b"option"
            | b"optgroup"
            | b"rp"
            | b"rt"
            | b"thead"
            | b"tbody"
            | b"tfoot"
            | b"tr"
            | b"td"
            | b"th"
            | b"colgroup"
    );
    is_optional || is_void(name)
}
