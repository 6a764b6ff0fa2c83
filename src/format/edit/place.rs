//! Where `published` stands in a front matter. Not for judging whether it may be changed there:
//! `edit` proves each change with a second parser.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

/// Where the top-level `published` stands, as bytes of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A plain scalar without tag or anchor, and on one line.
    Plain(Range<usize>),
    /// Something else, that begins at a byte.
    Other { at: usize, found: String },
    /// Nowhere. Another key would begin at this column, counted from 0.
    Absent { column: usize },
    /// The whole front matter is a mapping in braces, from this byte on.
    Flow { at: usize },
    /// Fields are merged in with `<<`, from this byte on: which `published` counts then depends on
    /// who reads the file.
    Merged { at: usize },
}

/// Finds the top-level `published`, or `None` where `front` is no YAML or not one mapping.
pub fn find(front: &str) -> Option<Place> {
    let mut walk = Walk {
        front,
        depth: 0,
        turn: Turn::Key,
        place: Place::Absent { column: 0 },
    };
    for event in Parser::new_from_str(front) {
        let (event, span) = event.ok()?;
        walk.step(&event, span)?;
    }
    Some(walk.place)
}

/// What the next node of the top-level mapping is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Key,
    Value,
    /// The value of `published`.
    Wanted,
}

struct Walk<'a> {
    front: &'a str,
    /// Collections that are open.
    depth: usize,
    turn: Turn,
    place: Place,
}

impl Walk<'_> {
    /// Answers `None` for what cannot be understood.
    fn step(&mut self, event: &Event<'_>, span: Span) -> Option<()> {
        match event {
            Event::MappingStart(style, ..) if self.depth == 0 => {
                let at = span.byte_range()?.start;
                self.place = match style {
                    StructureStyle::Flow => Place::Flow { at },
                    StructureStyle::Block => Place::Absent {
                        column: span.start.col(),
                    },
                };
                self.depth = 1;
            }
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                self.node(event, span)?;
                self.depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => self.depth = self.depth.checked_sub(1)?,
            event if event.is_node() => self.node(event, span)?,
            _ => {}
        }
        Some(())
    }

    /// A key or a value of the top-level mapping, or something deeper.
    fn node(&mut self, event: &Event<'_>, span: Span) -> Option<()> {
        if self.depth == 0 {
            return None;
        }
        if self.depth > 1 || matches!(self.place, Place::Flow { .. }) {
            return Some(());
        }
        let at = span.byte_range()?.start;
        self.turn = match (self.turn, event.scalar()) {
            (Turn::Key, Some(("published", _))) => Turn::Wanted,
            (Turn::Key, key) => {
                if key.is_some_and(|(key, _)| key == "<<") {
                    self.place = Place::Merged { at };
                }
                Turn::Value
            }
            (Turn::Value, _) => Turn::Key,
            (Turn::Wanted, _) => {
                if !matches!(self.place, Place::Merged { .. }) {
                    self.place = self.value(event, span)?;
                }
                Turn::Key
            }
        };
        Some(())
    }

    fn value(&self, event: &Event<'_>, span: Span) -> Option<Place> {
        let range = span.byte_range()?;
        let at = range.start;
        let written = span.slice(self.front)?;
        let found = match event.scalar() {
            _ if event.tag().is_some() => "tagged".to_owned(),
            _ if event.anchor_id().is_some() => "anchored".to_owned(),
            Some((_, ScalarStyle::Plain)) if written.is_empty() => "empty".to_owned(),
            Some((value, ScalarStyle::Plain)) if value == written => {
                return Some(Place::Plain(range));
            }
            Some((_, ScalarStyle::Literal | ScalarStyle::Folded)) => "a block of text".to_owned(),
            Some(_) => brief(written),
            None if matches!(event, Event::SequenceStart(..)) => "a list".to_owned(),
            None if matches!(event, Event::MappingStart(..)) => "fields of its own".to_owned(),
            None => "an alias".to_owned(),
        };
        Some(Place::Other { at, found })
    }
}

/// What stands in the file, cut to what a sentence can hold.
pub fn brief(written: &str) -> String {
    const LONGEST: usize = 40;
    let line = written.lines().next().unwrap_or_default();
    if line.len() == written.len() && line.chars().count() <= LONGEST {
        line.to_owned()
    } else {
        format!("{}…", line.chars().take(LONGEST).collect::<String>())
    }
}
