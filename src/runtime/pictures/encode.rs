//! Encodes pixels for the screen with ratatui-image. What it would draw into cells is turned back into
//! plain data: neither the app nor the screen has to know the library, and its output to the terminal
//! takes the usual route.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use image::imageops::{self, FilterType};
use image::{DynamicImage, RgbaImage};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;
use ratatui::widgets::Widget;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;

use crate::app::{Canvas, Half, HalfBlock, Held, PictureProtocol, Rendered, Room, Tiles};
use crate::theme::{Colour, ColourDepth, Rgb};

/// The character in a cell where kitty shows a picture.
const PLACEHOLDER: char = '\u{10EEEE}';
/// Most rows and columns of a picture that placeholders have marks for (kitty, Unicode placeholders).
const MOST_MARKS: u16 = 297;

/// Numbers each picture that a terminal holds. Other programs in the same terminal number theirs, so
/// these start at an arbitrary number.
#[derive(Debug)]
pub struct Numbers(u32);

impl Default for Numbers {
    fn default() -> Self {
        Self(RandomState::new().hash_one("pictures") as u32)
    }
}

impl Numbers {
    /// The next number: three bytes, and not zero.
    fn next(&mut self) -> u32 {
        self.0 = (self.0 & 0xFF_FFFF) % 0xFF_FFFF + 1;
        self.0
    }
}

/// Encodes the picture for the screen, in at most the room of `most`.
///
/// # Errors
/// If it cannot be encoded.
pub fn render(
    image: DynamicImage,
    canvas: &Canvas,
    most: Room,
    numbers: &mut Numbers,
) -> Result<Rendered, String> {
    let most = Room {
        columns: most.columns.min(MOST_MARKS),
        rows: most.rows.min(MOST_MARKS),
    };
    let room = Room::of((image.width(), image.height()), canvas.cell, most);
    let (width, height) = (
        u32::from(room.columns) * u32::from(canvas.cell.width),
        u32::from(room.rows) * u32::from(canvas.cell.height),
    );
    let failed = |error: ratatui_image::errors::Errors| format!("it cannot be encoded: {error}");
    let tiles = match canvas.way {
        PictureProtocol::Captions => return Err("there is no way to show it".to_owned()),
        PictureProtocol::HalfBlocks => blocks(&image, room, canvas).map_err(failed)?,
        PictureProtocol::Kitty => {
            held(resized(&image, width, height), room, numbers.next()).map_err(failed)?
        }
        PictureProtocol::Iterm2 => {
            rows(&resized(&image, width, height), room, canvas).map_err(failed)?
        }
    };
    Ok(Rendered { room, tiles })
}

/// Scales the picture to exactly this many pixels. A much larger one is scaled down roughly first.
fn resized(image: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    let (roughly_wide, roughly_high) = (width.saturating_mul(2), height.saturating_mul(2));
    let is_large = image.width() > roughly_wide && image.height() > roughly_high;
    match is_large {
        true => image
            .thumbnail_exact(roughly_wide, roughly_high)
            .resize_exact(width, height, FilterType::Triangle),
        false => image.resize_exact(width, height, FilterType::Triangle),
    }
}

fn blocks(
    image: &DynamicImage,
    room: Room,
    canvas: &Canvas,
) -> Result<Tiles, ratatui_image::errors::Errors> {
    let (width, height) = (u32::from(room.columns), 2 * u32::from(room.rows));
    let image = upon(resized(image, width, height), canvas.paper);
    let drawn = Protocol::Halfblocks(Halfblocks::new(image, size(room))?);
    let mut palette = Palette::new(canvas.depth);
    let blocks = cells(&drawn, room).content.into_iter();
    let blocks = blocks.map(|cell| block(&cell, &mut palette));
    Ok(Tiles::Blocks(blocks.collect()))
}

/// The picture on a background colour: half blocks are never transparent.
fn upon(image: DynamicImage, paper: Rgb) -> DynamicImage {
    if !image.color().has_alpha() {
        return image;
    }
    let paper = image::Rgba([paper.0, paper.1, paper.2, 255]);
    let mut whole = RgbaImage::from_pixel(image.width(), image.height(), paper);
    imageops::overlay(&mut whole, &image.to_rgba8(), 0, 0);
    whole.into()
}

fn block(cell: &Cell, palette: &mut Palette) -> HalfBlock {
    HalfBlock {
        half: match cell.symbol() {
            "▀" => Half::Upper,
            "▄" => Half::Lower,
            _ => Half::Neither,
        },
        ink: palette.colour(cell.fg),
        paper: palette.colour(cell.bg),
    }
}

/// The colours a terminal can show, each looked up once.
struct Palette {
    depth: ColourDepth,
    indexed: HashMap<(u8, u8, u8), u8>,
}

impl Palette {
    fn new(depth: ColourDepth) -> Self {
        let indexed = HashMap::new();
        Self { depth, indexed }
    }

    fn colour(&mut self, colour: Color) -> Colour {
        let Color::Rgb(red, green, blue) = colour else {
            return Colour::Default;
        };
        let whole = Rgb(red, green, blue);
        match self.depth {
            ColourDepth::Full => Colour::Rgb(whole),
            ColourDepth::Indexed | ColourDepth::None => {
                let index = self.indexed.entry((red, green, blue));
                Colour::Indexed(*index.or_insert_with(|| whole.indexed()))
            }
        }
    }
}

fn held(
    image: DynamicImage,
    room: Room,
    number: u32,
) -> Result<Tiles, ratatui_image::errors::Errors> {
    let drawn = Protocol::Kitty(Kitty::new(image, size(room), number, false, true)?);
    let cells = cells(&drawn, room);
    // The sequence that transmits the picture stands before its first placeholder.
    let first = cells.content.first().map_or("", Cell::symbol);
    let data = first.split(PLACEHOLDER).next().unwrap_or_default();
    let [_, red, green, blue] = number.to_be_bytes();
    Ok(Tiles::Held(Held {
        number: Rgb(red, green, blue),
        data: data.into(),
        marks: marks(room.columns.max(room.rows))?,
    }))
}

/// The marks that give a placeholder's row or column, for this many of them. The first cell of each row
/// has the mark of that row.
fn marks(count: u16) -> Result<Arc<[char]>, ratatui_image::errors::Errors> {
    let room = Room {
        columns: 1,
        rows: count,
    };
    let none = DynamicImage::new_rgba8(1, 1);
    let drawn = Protocol::Kitty(Kitty::new(none, size(room), 1, false, false)?);
    let cells = cells(&drawn, room).content.into_iter();
    let marks = cells.filter_map(|cell| cell.symbol().split(PLACEHOLDER).nth(1)?.chars().next());
    Ok(marks.collect())
}

fn rows(
    image: &DynamicImage,
    room: Room,
    canvas: &Canvas,
) -> Result<Tiles, ratatui_image::errors::Errors> {
    let height = u32::from(canvas.cell.height);
    let row = Size::new(room.columns, 1);
    let rows = (0..u32::from(room.rows)).map(|at| {
        let part = image.crop_imm(0, at * height, image.width(), height);
        Ok(Iterm2::new(part, row, false)?.data.into())
    });
    rows.collect::<Result<_, _>>().map(Tiles::Rows)
}

fn size(room: Room) -> Size {
    Size::new(room.columns, room.rows)
}

/// The cells it is drawn into.
fn cells(drawn: &Protocol, room: Room) -> Buffer {
    let area = Rect::new(0, 0, room.columns, room.rows);
    let mut buffer = Buffer::empty(area);
    Image::new(drawn).render(area, &mut buffer);
    buffer
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::app::CellSize;

    const MOST: Room = Room {
        columns: 4,
        rows: 4,
    };

    fn canvas(way: PictureProtocol) -> Canvas {
        Canvas {
            way,
            cell: CellSize {
                width: 10,
                height: 20,
            },
            ..Canvas::default()
        }
    }

    /// Red above blue, with the right half transparent.
    fn image(width: u32, height: u32) -> DynamicImage {
        let pixel = |x: u32, y: u32| {
            let alpha = if x < width / 2 { 255 } else { 0 };
            match y < height / 2 {
                true => image::Rgba([255, 0, 0, alpha]),
                false => image::Rgba([0, 0, 255, alpha]),
            }
        };
        RgbaImage::from_fn(width, height, pixel).into()
    }

    fn render(way: PictureProtocol, image: DynamicImage) -> Rendered {
        super::render(image, &canvas(way), MOST, &mut Numbers(6)).expect("it is encoded")
    }

    #[test]
    fn half_blocks_have_two_colours_a_cell_and_no_holes() {
        // Two pixels per cell, so that none is mixed.
        let canvas = Canvas {
            cell: CellSize {
                width: 1,
                height: 2,
            },
            ..canvas(PictureProtocol::HalfBlocks)
        };
        let rendered = super::render(image(4, 2), &canvas, MOST, &mut Numbers(1));
        let rendered = rendered.expect("it is encoded");
        let room = Room {
            columns: 4,
            rows: 1,
        };
        assert_eq!(rendered.room, room);
        let Tiles::Blocks(blocks) = rendered.tiles else {
            panic!("other tiles");
        };
        let [first, .., last] = blocks.as_slice() else {
            panic!("too few: {blocks:?}");
        };
        assert_eq!(blocks.len(), 4);
        let (red, blue) = (Rgb(255, 0, 0), Rgb(0, 0, 255));
        let expected = HalfBlock {
            half: Half::Upper,
            ink: Colour::Rgb(red),
            paper: Colour::Rgb(blue),
        };
        assert_eq!(*first, expected);
        assert_eq!(
            last.paper,
            Colour::Rgb(Rgb::BLACK),
            "the paper of the screen"
        );
    }

    #[test]
    fn on_a_terminal_of_few_colours_they_are_of_its_palette() {
        let canvas = Canvas {
            depth: ColourDepth::Indexed,
            cell: CellSize {
                width: 1,
                height: 2,
            },
            ..canvas(PictureProtocol::HalfBlocks)
        };
        let rendered = super::render(image(4, 2), &canvas, MOST, &mut Numbers(1));
        let Tiles::Blocks(blocks) = rendered.expect("it is encoded").tiles else {
            panic!("other tiles");
        };
        assert_eq!(blocks[0].ink, Colour::Indexed(Rgb(255, 0, 0).indexed()));
    }

    #[test]
    fn a_terminal_is_handed_the_picture_and_told_its_place_by_signs() {
        let rendered = render(PictureProtocol::Kitty, image(400, 800));
        let room = Room {
            columns: 4,
            rows: 4,
        };
        assert_eq!(rendered.room, room);
        let Tiles::Held(held) = rendered.tiles else {
            panic!("other tiles");
        };
        assert_eq!(held.number, Rgb(0, 0, 7));
        let begins = "\u{1b}_Gq=2,i=7,a=T,U=1,f=32,o=z,t=d,s=40,v=80,m=0;";
        assert!(held.data.starts_with(begins), "{}", held.data);
        assert!(held.data.ends_with("\u{1b}\\"), "{}", held.data);
        // As numbered by the protocol.
        assert_eq!(held.marks[..3], ['\u{305}', '\u{30D}', '\u{30E}']);
        let all: BTreeSet<char> = marks(MOST_MARKS).expect("signs").iter().copied().collect();
        assert_eq!(all.len(), usize::from(MOST_MARKS));
    }

    #[test]
    fn a_terminal_is_told_each_row() {
        let rendered = render(PictureProtocol::Iterm2, image(40, 60));
        let Tiles::Rows(rows) = rendered.tiles else {
            panic!("other tiles");
        };
        assert_eq!(rows.len(), 3);
        for row in rows {
            let is_image = row.contains("\u{1b}]1337;File=inline=1;") && row.ends_with('\u{7}');
            assert!(
                is_image && row.contains(";width=40px;height=20px;"),
                "{row}"
            );
        }
    }

    #[test]
    fn numbers_are_never_zero_and_go_round() {
        let mut numbers = Numbers(0xFF_FFFE);
        assert_eq!(
            [numbers.next(), numbers.next(), numbers.next()],
            [0xFF_FFFF, 1, 2]
        );
    }
}
