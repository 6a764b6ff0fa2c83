//! Pictures in the text: how the screen can show them, how much room one takes, and what the screen
//! gets of it. Plain data; decoding is done outside.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::format::link::Link;
use crate::theme::{Colour, ColourDepth, Rgb};

/// How the screen can show pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canvas {
    pub way: PictureProtocol,
    pub cell: CellSize,
    /// The colours of half blocks.
    pub depth: ColourDepth,
    /// What shows through the transparent parts of a picture.
    pub paper: Rgb,
}

impl Default for Canvas {
    /// Only captions.
    fn default() -> Self {
        Self {
            way: PictureProtocol::default(),
            cell: CellSize::default(),
            depth: ColourDepth::default(),
            paper: Rgb::BLACK,
        }
    }
}

/// How a picture is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureProtocol {
    /// Only its caption.
    #[default]
    Captions,
    /// Half blocks: two pixels per cell.
    HalfBlocks,
    /// The terminal, which holds it and shows it where placeholders stand (kitty's graphics protocol).
    Kitty,
    /// The terminal, row by row (iTerm2's inline images).
    Iterm2,
}

/// A cell of the screen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellSize {
    pub width: u16,
    pub height: u16,
}

impl Default for CellSize {
    /// About twice as high as wide, as cells are.
    fn default() -> Self {
        Self {
            width: 10,
            height: 20,
        }
    }
}

/// Some cells of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    pub columns: u16,
    pub rows: u16,
}

impl Room {
    /// The cells that a picture of this many pixels takes: it keeps its proportions, and is made
    /// smaller if necessary, but never larger.
    pub fn of(pixels: (u32, u32), cell: CellSize, most: Room) -> Self {
        let cells = |pixels: u32, cell: u16| f64::from(pixels.max(1)) / f64::from(cell.max(1));
        let (wide, high) = (cells(pixels.0, cell.width), cells(pixels.1, cell.height));
        let scale = (f64::from(most.columns) / wide)
            .min(f64::from(most.rows) / high)
            .min(1.0);
        let whole = |cells: f64, most: u16| (cells.round() as u16).clamp(1, most.max(1));
        Self {
            columns: whole(wide * scale, most.columns),
            rows: whole(high * scale, most.rows),
        }
    }
}

/// A picture as the screen gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The cells it takes.
    pub room: Room,
    pub tiles: Tiles,
}

/// What is in the cells of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tiles {
    /// One per cell, row by row.
    Blocks(Vec<HalfBlock>),
    /// Placeholders, for which the terminal shows what it holds.
    Held(Held),
    /// What makes the terminal show each row.
    Rows(Vec<Arc<str>>),
}

/// A cell of two colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HalfBlock {
    pub half: Half,
    pub ink: Colour,
    pub paper: Colour,
}

/// Which half of a cell has its ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    Upper,
    Lower,
    Neither,
}

/// A picture that the terminal holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its number, in three bytes: a placeholder says it by its colour.
    pub number: Rgb,
    /// What hands it to the terminal.
    pub data: Arc<str>,
    /// The combining signs by which a placeholder says its row and its column.
    pub marks: Arc<[char]>,
}

/// The pictures that a page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedPictures {
    /// The article's file.
    pub path: PathBuf,
    /// Where they are, as written.
    pub urls: Vec<String>,
    pub canvas: Canvas,
    /// The room that one may take.
    pub most: Room,
}

/// Pictures to be fetched from the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebPictures {
    pub links: Vec<Link>,
    /// The page of the article that shows them.
    pub page: Option<Link>,
}

/// What became of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Shown(Arc<Rendered>),
    /// It is on the web, and has not been fetched.
    Elsewhere(Link),
    /// Why it is not shown, in a sentence without its full stop.
    Refused(String),
}

/// What a page is to leave room for, or to say, below the caption of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Below {
    Rows(u16),
    Words(String),
}

/// The same for the pictures of a page, by their addresses as written.
pub type Spaces = BTreeMap<String, Below>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_proportions_and_is_never_made_larger() {
        let most = Room {
            columns: 60,
            rows: 20,
        };
        let of = |pixels| {
            let Room { columns, rows } = Room::of(pixels, CellSize::default(), most);
            (columns, rows)
        };
        for (pixels, room) in [
            ((200, 200), (20, 10)),
            // Too wide, too high, both.
            ((1200, 400), (60, 10)),
            ((400, 1600), (10, 20)),
            ((4000, 3000), (53, 20)),
            // Almost nothing.
            ((1, 1), (1, 1)),
            ((3, 5000), (1, 20)),
            ((100_000, 2), (60, 1)),
            ((0, 0), (1, 1)),
        ] {
            assert_eq!(of(pixels), room, "{pixels:?}");
        }
        let none = Room::of((10, 10), CellSize::default(), Room::default());
        assert_eq!((none.columns, none.rows), (1, 1));
        let cell = CellSize {
            width: 0,
            height: 0,
        };
        assert_eq!(Room::of((500, 500), cell, most).rows, 20);
    }
}
