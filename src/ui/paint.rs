//! The painter: the only place that puts text on the screen, and it accepts only sanitised text. It
//! does not decide what goes where.

use std::ops::Range;
use std::sync::Arc;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::plain;
use super::theme::{Styles, of_block, of_held};
use crate::app::geometry::Area;
use crate::app::{Glyphs, Half, Held, PointerTarget, Rendered, Tiles};
use crate::format::clean::{Clean, cells_of};
use crate::format::line::Line;

/// Where a placeholder stands, a terminal shows what it holds (kitty's graphics protocol, Unicode
/// placeholders).
const PLACEHOLDER: char = '\u{10EEEE}';

/// What a frame has drawn where, for the pointer, and for what the cells have no room for.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    targets: Vec<(Area, PointerTarget)>,
    pictures: Vec<PictureRow>,
}

/// A row of a picture on the screen.
#[derive(Clone, Debug)]
pub struct PictureRow {
    /// Where it is. A picture that the terminal shows row by row is not cut.
    pub area: Area,
    pub picture: Arc<Rendered>,
    /// Which row of the picture it is.
    pub row: u16,
    /// How many targets lie below it.
    below: usize,
}

impl Targets {
    /// What is at a cell.
    pub fn at(&self, x: u16, y: u16) -> PointerTarget {
        let mut topmost = self.targets.iter().rev();
        let found = topmost.find(|(area, _)| area.contains(x, y));
        found.map_or(PointerTarget::Nothing, |(_, target)| target.clone())
    }

    /// The cells that lead somewhere and that nothing lies over: row, columns, and where they lead,
    /// as written.
    pub fn links(&self) -> impl Iterator<Item = (u16, Range<u16>, &str)> {
        let targets = self.targets.iter().enumerate();
        let links = targets.filter_map(|(at, (area, target))| match target {
            PointerTarget::Link { url, .. } => Some((at, area, url.as_str())),
            PointerTarget::Nothing
            | PointerTarget::Pane(_)
            | PointerTarget::Article(_)
            | PointerTarget::Facet(_)
            | PointerTarget::Related(_)
            | PointerTarget::Border(_)
            | PointerTarget::Hint(_)
            | PointerTarget::PanelRow(_) => None,
        });
        links.flat_map(|(at, area, url)| {
            let over = &self.targets[at + 1..];
            let columns = area.x..area.x + area.columns;
            let is_free = |x: &u16| !over.iter().any(|(it, _)| it.contains(*x, area.y));
            let free: Vec<u16> = columns.filter(is_free).collect();
            let runs: Vec<Range<u16>> = free
                .chunk_by(|a, b| a + 1 == *b)
                .map(|run| run[0]..run[0] + run.len() as u16)
                .collect();
            runs.into_iter().map(move |run| (area.y, run, url))
        })
    }

    /// The rows of pictures over which nothing lies.
    pub fn pictures(&self) -> impl Iterator<Item = &PictureRow> {
        self.pictures.iter().filter(|it| {
            let over = &self.targets[it.below..];
            let mut columns = it.area.x..it.area.x + it.area.columns;
            columns.all(|x| !over.iter().any(|(area, _)| area.contains(x, it.area.y)))
        })
    }
}

/// Puts text, lines and fills into a frame's buffer. What does not fit is cut.
pub struct Painter<'a> {
    buffer: &'a mut Buffer,
    pub theme: &'a Styles,
    pub glyphs: &'static Glyphs,
    /// The position in use: where the terminal's own cursor goes.
    in_use: Option<(u16, u16)>,
    /// What the pointer can be on, later ones on top.
    targets: Vec<(Area, PointerTarget)>,
    pictures: Vec<PictureRow>,
}

impl<'a> Painter<'a> {
    pub fn new(buffer: &'a mut Buffer, theme: &'a Styles, glyphs: &'static Glyphs) -> Self {
        buffer.set_style(buffer.area, theme.text);
        Self {
            buffer,
            theme,
            glyphs,
            in_use: None,
            targets: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// Marks a position as the one in use. The last one drawn wins.
    pub fn use_place(&mut self, x: u16, y: u16) {
        self.in_use = Some((x, y));
    }

    /// The position in use.
    pub fn place_in_use(&self) -> Option<(u16, u16)> {
        let screen = self.buffer.area;
        self.in_use
            .filter(|(x, y)| *x < screen.right() && *y < screen.bottom())
    }

    /// Notes what the pointer is on in an area.
    pub fn target(&mut self, area: Area, target: PointerTarget) {
        self.targets.push((area, target));
    }

    /// Replaces typographic characters on the screen by ASCII.
    pub fn spell_in_ascii(&mut self) {
        for cell in &mut self.buffer.content {
            if let Some(plain) = plain::ascii(cell.symbol()) {
                cell.set_symbol(plain);
            }
        }
    }

    /// What the pointer can be on, and which pictures are on the screen.
    pub fn into_targets(self) -> Targets {
        Targets {
            targets: self.targets,
            pictures: self.pictures,
        }
    }

    /// Columns of the screen.
    pub fn columns(&self) -> u16 {
        self.buffer.area.width
    }

    /// Rows of the screen.
    pub fn rows(&self) -> u16 {
        self.buffer.area.height
    }

    /// Puts text at a position, in at most `columns`, and returns how many it took.
    pub fn put(&mut self, x: u16, y: u16, columns: u16, text: &Clean, style: Style) -> u16 {
        let screen = self.buffer.area;
        if y >= screen.bottom() || x >= screen.right() || columns == 0 {
            return 0;
        }
        let columns = columns.min(screen.right() - x);
        let end = if text.width() > usize::from(columns) {
            let cut = text.cut_with(usize::from(columns), self.glyphs.ellipsis);
            self.buffer
                .set_stringn(x, y, cut.as_str(), usize::from(columns), style)
                .0
        } else {
            self.buffer
                .set_stringn(x, y, text.as_str(), usize::from(columns), style)
                .0
        };
        end - x
    }

    /// Puts text right-aligned in the `columns` from `x`.
    pub fn put_right(&mut self, x: u16, y: u16, columns: u16, text: &Clean, style: Style) {
        let width = (text.width().min(usize::from(columns))) as u16;
        self.put(x + columns - width, y, width, text, style);
    }

    /// Puts a composed line.
    pub fn line(&mut self, x: u16, y: u16, columns: u16, line: &Line) {
        let mut at = x;
        for run in &line.runs {
            let left = (x + columns).saturating_sub(at);
            at += self.put(at, y, left, &run.text, self.theme.style(run.role));
        }
    }

    /// Highlights ranges of bytes in a text that was put here.
    pub fn mark(&mut self, x: u16, y: u16, columns: u16, text: &str, found: &[Range<usize>]) {
        for range in found {
            self.fill(cells(x, y, columns, text, range), self.theme.matched);
        }
    }

    /// Highlights the current match.
    pub fn mark_current(&mut self, x: u16, y: u16, columns: u16, text: &str, at: &Range<usize>) {
        self.fill(cells(x, y, columns, text, at), self.theme.current);
    }

    /// Patches the style of all cells in an area.
    pub fn fill(&mut self, area: Area, style: Style) {
        self.buffer
            .set_style(rect(area).intersection(self.buffer.area), style);
    }

    /// Puts a row of a picture into an area of one row. What does not fit is cut.
    pub fn picture(&mut self, area: Area, picture: &Arc<Rendered>, row: u16) {
        let screen = self.buffer.area;
        let most = area.columns.min(screen.right().saturating_sub(area.x));
        let columns = picture.room.columns.min(most);
        if area.y >= screen.bottom() || row >= picture.room.rows {
            return;
        }
        for column in 0..columns {
            let cell = &mut self.buffer[(area.x + column, area.y)];
            match &picture.tiles {
                Tiles::Blocks(blocks) => {
                    let at = usize::from(row) * usize::from(picture.room.columns);
                    if let Some(block) = blocks.get(at + usize::from(column)) {
                        cell.set_symbol(half(block.half));
                        cell.set_style(of_block(*block));
                    }
                }
                Tiles::Held(held) => {
                    if let Some(symbol) = placeholder(held, row, column) {
                        cell.set_symbol(&symbol);
                        cell.set_style(of_held(held.number));
                    }
                }
                // The terminal draws it by what is sent beside the cells, which stay free.
                Tiles::Rows(_) => {}
            }
        }
        if columns == picture.room.columns || !matches!(picture.tiles, Tiles::Rows(_)) {
            self.pictures.push(PictureRow {
                area: Area { columns, ..area },
                picture: Arc::clone(picture),
                row,
                below: self.targets.len(),
            });
        }
    }

    /// Clears an area for something that lies over it. A wide character that reaches into it is
    /// cleared too, since terminals cannot draw half of one.
    pub fn clear(&mut self, area: Area) {
        self.target(area, PointerTarget::Nothing);
        let rect = rect(area).intersection(self.buffer.area);
        Clear.render(rect, self.buffer);
        self.buffer.set_style(rect, self.theme.text);
        if rect.is_empty() || rect.x == 0 {
            return;
        }
        for y in rect.y..rect.bottom() {
            let before = &mut self.buffer[(rect.x - 1, y)];
            if before.cell_width() > 1 {
                before.set_symbol(" ");
            }
        }
    }

    /// Repeats a symbol downwards.
    pub fn down(&mut self, x: u16, y: u16, rows: u16, sign: &'static str, style: Style) {
        for row in y..y + rows {
            self.put(x, row, 1, &Clean::label(sign), style);
        }
    }

    /// Repeats a symbol to the right.
    pub fn across(&mut self, x: u16, y: u16, columns: u16, sign: &'static str, style: Style) {
        for column in x..x + columns {
            self.put(column, y, 1, &Clean::label(sign), style);
        }
    }
}

fn half(half: Half) -> &'static str {
    match half {
        Half::Upper => "▀",
        Half::Lower => "▄",
        Half::Neither => " ",
    }
}

/// A placeholder that says its own row and column, whatever stands before it.
fn placeholder(held: &Held, row: u16, column: u16) -> Option<String> {
    let mark = |at: u16| held.marks.get(usize::from(at));
    Some(String::from_iter([
        PLACEHOLDER,
        *mark(row)?,
        *mark(column)?,
    ]))
}

/// The cells of some bytes of a text drawn at this position.
fn cells(x: u16, y: u16, columns: u16, text: &str, range: &Range<usize>) -> Area {
    let cells = cells_of(text, range);
    let from = cells.start.min(usize::from(columns)) as u16;
    let to = cells.end.min(usize::from(columns)) as u16;
    Area {
        x: x + from,
        y,
        columns: to - from,
        rows: 1,
    }
}

fn rect(area: Area) -> Rect {
    Rect {
        x: area.x,
        y: area.y,
        width: area.columns,
        height: area.rows,
    }
}
