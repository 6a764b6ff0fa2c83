//! Where the cells of a frame lead, for terminals that turn them into links (OSC 8). Only checked
//! links get here, and they are written percent-encoded: nothing else from an article ever becomes
//! part of a control sequence.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::format::link::Link;

/// Ends a link.
pub const END: &str = "\x1b]8;;\x1b\\";

/// Longer addresses are not made into links: VTE, the first to support them, accepts no more (its
/// specification, “Length limits”).
const LONGEST: usize = 2083;

/// The links of a frame, by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hyperlinks {
    rows: BTreeMap<u16, Vec<Linked>>,
}

/// Columns that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    pub columns: Range<u16>,
    /// The sequence that starts the link.
    pub start: String,
}

impl Hyperlinks {
    /// Makes the cells in some columns lead to a link.
    pub fn add(&mut self, y: u16, columns: Range<u16>, link: &Link) {
        if let Some(start) = start(link) {
            let row = self.rows.entry(y).or_default();
            row.push(Linked { columns, start });
        }
    }

    /// The links of a row.
    pub fn row(&self, y: u16) -> &[Linked] {
        self.rows.get(&y).map_or(&[], Vec::as_slice)
    }

    /// The rows that have links.
    pub fn rows(&self) -> impl Iterator<Item = u16> {
        self.rows.keys().copied()
    }
}

/// The sequence that starts a link. The same address has the same `id` everywhere, so that a terminal
/// treats the lines of one link as one.
fn start(link: &Link) -> Option<String> {
    let address = link.as_str();
    // The specification asks for this; a parsed address contains nothing else.
    let is_plain = address.bytes().all(|byte| (b'!'..=b'~').contains(&byte));
    let id = link.canonical_key();
    let start = format!("\x1b]8;id={id:x};{address}\x1b\\");
    (is_plain && address.len() <= LONGEST).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(text: &str) -> Option<String> {
        start(&Link::parse(text).expect("a link"))
    }

    #[test]
    fn an_address_is_percent_encoded_and_has_its_own_id() {
        let written = started("https://a.example/ä\u{202e}").expect("a short address");
        let inner = written
            .strip_prefix("\x1b]8;id=")
            .and_then(|it| it.strip_suffix("\x1b\\"));
        let inner = inner.expect("one sequence");
        assert!(
            inner.bytes().all(|byte| (b'!'..=b'~').contains(&byte)),
            "{inner}"
        );
        assert!(inner.contains("%C3%A4"), "{inner}");
        assert_ne!(
            started("https://a.example/1"),
            started("https://a.example/2")
        );
    }

    #[test]
    fn a_long_address_is_no_link() {
        let address = |length: usize| format!("https://a.example/{}", "x".repeat(length - 18));
        assert!(started(&address(LONGEST)).is_some());
        assert_eq!(started(&address(LONGEST + 1)), None);
    }
}
