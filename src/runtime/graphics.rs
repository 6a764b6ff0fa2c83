//! A frame's pictures that the terminal shows itself, in addition to the cells of the screen: sent
//! once and held there, or written again with each row.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::{Held, Tiles};
use crate::ui::Targets;

/// Most pictures a terminal should hold; those of the frame always stay.
const MOST_HELD: usize = 12;

/// The pictures of a frame.
#[derive(Clone, Debug, Default)]
pub struct Graphics {
    held: Vec<Held>,
    rows: BTreeMap<u16, Vec<Strip>>,
}

/// A row of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// Its first column.
    pub x: u16,
    /// What makes the terminal show it there.
    pub data: Arc<str>,
}

impl Graphics {
    /// The pictures that a frame has drawn.
    pub fn of(targets: &Targets) -> Self {
        let mut graphics = Self::default();
        for row in targets.pictures() {
            match &row.picture.tiles {
                Tiles::Blocks(_) => {}
                Tiles::Held(held) => {
                    if graphics.held.iter().all(|it| it.number != held.number) {
                        graphics.held.push(held.clone());
                    }
                }
                Tiles::Rows(rows) => {
                    if let Some(data) = rows.get(usize::from(row.row)) {
                        let (x, data) = (row.area.x, Arc::clone(data));
                        let strips = graphics.rows.entry(row.area.y).or_default();
                        strips.push(Strip { x, data });
                    }
                }
            }
        }
        graphics
    }

    /// The strips in a row of the screen.
    pub fn row(&self, y: u16) -> &[Strip] {
        self.rows.get(&y).map_or(&[], Vec::as_slice)
    }

    /// The rows of the screen that have strips.
    pub fn rows(&self) -> impl Iterator<Item = u16> {
        self.rows.keys().copied()
    }
}

#[cfg(test)]
impl FromIterator<(u16, u16, Arc<str>)> for Graphics {
    /// Rows of pictures alone: row and column on the screen, and data.
    fn from_iter<I: IntoIterator<Item = (u16, u16, Arc<str>)>>(strips: I) -> Self {
        let mut graphics = Self::default();
        for (y, x, data) in strips {
            graphics.rows.entry(y).or_default().push(Strip { x, data });
        }
        graphics
    }
}

/// The pictures a terminal holds, oldest first.
#[derive(Debug, Default)]
pub struct Shelf(Vec<Held>);

impl Shelf {
    /// The terminal no longer holds any, or may not.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The sequences that make the terminal drop all of them.
    pub fn emptied(&mut self) -> String {
        let dropped = self.0.drain(..).map(|held| dropping(&held));
        dropped.collect()
    }

    /// The sequences that make the terminal hold the pictures of a frame, and at most a few others.
    pub fn put(&mut self, graphics: &Graphics) -> Vec<Arc<str>> {
        let mut written = Vec::new();
        for held in &graphics.held {
            if self.0.iter().all(|it| it.number != held.number) {
                written.push(Arc::clone(&held.data));
                self.0.push(held.clone());
            }
        }
        while self.0.len() > MOST_HELD {
            let is_seen = |it: &Held| graphics.held.iter().any(|seen| seen.number == it.number);
            let Some(at) = self.0.iter().position(|it| !is_seen(it)) else {
                break;
            };
            written.push(dropping(&self.0.remove(at)).into());
        }
        written
    }
}

/// Has the terminal drop a picture (kitty, Terminal graphics protocol: Deleting images).
fn dropping(held: &Held) -> String {
    let number = &held.number;
    let number = u32::from_be_bytes([0, number.0, number.1, number.2]);
    format!("\x1b_Ga=d,d=I,i={number},q=2\x1b\\")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Rgb;

    fn frame(numbers: &[u8]) -> Graphics {
        let held = numbers.iter().map(|number| Held {
            number: Rgb(0, 1, *number),
            data: format!("<{number}>").into(),
            marks: Arc::new([]),
        });
        Graphics {
            held: held.collect(),
            rows: BTreeMap::new(),
        }
    }

    fn put(shelf: &mut Shelf, numbers: &[u8]) -> String {
        let written = shelf.put(&frame(numbers));
        written.iter().map(|it| &**it).collect()
    }

    #[test]
    fn a_picture_is_handed_over_once_and_again_when_it_may_be_lost() {
        let mut shelf = Shelf::default();
        assert_eq!(put(&mut shelf, &[1, 2]), "<1><2>");
        assert_eq!(put(&mut shelf, &[2, 3]), "<3>");
        assert_eq!(put(&mut shelf, &[1]), "");
        shelf.clear();
        assert_eq!(put(&mut shelf, &[1]), "<1>");
    }

    #[test]
    fn the_terminal_holds_a_few_and_always_those_that_are_seen() {
        let mut shelf = Shelf::default();
        let most = MOST_HELD as u8;
        for number in 0..most {
            put(&mut shelf, &[number]);
        }
        let dropped = "\x1b_Ga=d,d=I,i=257,q=2\x1b\\";
        assert_eq!(put(&mut shelf, &[0, most]), format!("<{most}>{dropped}"));
        let many: Vec<u8> = (100..=100 + most).collect();
        put(&mut shelf, &many);
        assert_eq!(put(&mut shelf, &many), "", "none of them was dropped");
        assert_eq!(shelf.emptied().matches("a=d").count(), many.len());
        assert_eq!(shelf.emptied(), "");
    }
}
