//! A ratatui backend that keeps the terminal's screen equal to the buffer, no matter how wide the
//! terminal considers a character, and writes nothing if nothing has changed. What is drawn, and which
//! cells are links, is decided elsewhere.
//!
//! Terminals disagree on the width of flags, multi-part emoji, halfwidth kana and the vowel signs of
//! many scripts. Text after such a cluster lands elsewhere, or the cluster covers more or fewer cells
//! than planned. A row that has one, or had one, is therefore cleared and rewritten from left to right:
//! each such cluster on blank cells of its own style, with the cursor repositioned after it. What a row
//! shows then depends on nothing it showed before.
//!
//! A frame is a synchronized update (private mode 2026): a terminal that knows it shows the whole frame
//! at once. Others ignore it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::rc::Rc;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute, SetStyle};
use crossterm::terminal::{self, BeginSynchronizedUpdate, Clear, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, IntoCrossterm, WindowSize};

use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthChar;

use super::graphics::{Graphics, Shelf, Strip};
use super::hyperlinks::{END, Hyperlinks, Linked};
use crate::config::{HardwareCursor, ScreenReader};

/// The ratatui backend. Line wrapping must already be off and the cursor hidden.
pub struct Drawing<W> {
    out: W,
    /// What was drawn last, by row and column.
    shown: Vec<Vec<Cell>>,
    cursor: HardwareCursor,
    reader: ScreenReader,
    /// The links and pictures of the next frame.
    beside: Rc<RefCell<FrameExtras>>,
    /// Those of the last frame.
    drawn: FrameExtras,
    /// The pictures that the terminal holds.
    shelf: Shelf,
    /// The terminal's cursor position and visibility; `None` after anything was drawn.
    stands: Option<(Position, HardwareCursor)>,
    update: Update,
}

/// Whether the terminal has been told that more of the frame is to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Update {
    #[default]
    Ended,
    Begun,
}

/// What a frame has besides its cells.
#[derive(Debug, Default)]
pub struct FrameExtras {
    pub links: Hyperlinks,
    pub graphics: Graphics,
}

impl FrameExtras {
    /// The rows of the screen that have any of it.
    fn rows(&self) -> impl Iterator<Item = u16> {
        self.links.rows().chain(self.graphics.rows())
    }

    fn is_row_like(&self, y: u16, other: &Self) -> bool {
        self.links.row(y) == other.links.row(y) && self.graphics.row(y) == other.graphics.row(y)
    }
}

impl<W: Write> Drawing<W> {
    pub fn new(out: W) -> Self {
        Self {
            out,
            shown: Vec::new(),
            cursor: HardwareCursor::default(),
            reader: ScreenReader::default(),
            beside: Rc::default(),
            drawn: FrameExtras::default(),
            shelf: Shelf::default(),
            stands: None,
            update: Update::default(),
        }
    }

    /// Tells the terminal to wait for the rest of the frame.
    fn begin_update(&mut self) -> io::Result<()> {
        match std::mem::replace(&mut self.update, Update::Begun) {
            Update::Begun => Ok(()),
            Update::Ended => queue!(self.out, BeginSynchronizedUpdate),
        }
    }

    /// Has the terminal drop the pictures it holds, before it is given back.
    pub fn drop_pictures(&mut self) -> io::Result<()> {
        let dropped = self.shelf.emptied();
        if dropped.is_empty() {
            return Ok(());
        }
        self.send(dropped.as_bytes())
    }

    /// Sets whether the terminal's own cursor is visible after the next frame.
    pub fn set_cursor(&mut self, cursor: HardwareCursor) {
        if self.cursor == cursor {
            return;
        }
        self.cursor = cursor;
        self.stands = None;
        if cursor == HardwareCursor::Hidden {
            // A terminal that accepts no more output fails at the next frame.
            let _ = queue!(self.out, Hide);
        }
    }

    /// Sets whether changed rows are written in full: a screen reader speaks what is written, and parts
    /// of words mean nothing.
    pub fn set_reader(&mut self, reader: ScreenReader) {
        self.reader = reader;
    }

    /// Where to put the links and pictures of a frame while composing it.
    pub fn beside(&self) -> Rc<RefCell<FrameExtras>> {
        Rc::clone(&self.beside)
    }

    /// Writes a control sequence immediately, after flushing everything drawn before it.
    pub fn send(&mut self, sequence: &[u8]) -> io::Result<()> {
        self.out.write_all(sequence)?;
        self.out.flush()
    }

    fn row(&mut self, y: u16) -> &mut Vec<Cell> {
        let y = usize::from(y);
        if self.shown.len() <= y {
            self.shown.resize_with(y + 1, Vec::new);
        }
        &mut self.shown[y]
    }

    fn draw_row(
        &mut self,
        y: u16,
        changes: &[(u16, u16, &Cell)],
        beside: &FrameExtras,
    ) -> io::Result<()> {
        let (before, after) = (self.drawn.links.row(y).to_vec(), beside.links.row(y));
        let strips = beside.graphics.row(y);
        // A picture goes only where the row is cleared, and writing over it spoils it.
        let has_strips = !strips.is_empty() || !self.drawn.graphics.row(y).is_empty();
        let is_whole = self.reader == ScreenReader::Present || has_strips;
        let row = self.row(y);
        let was_plain = row.iter().all(is_plain);
        for (x, _, cell) in changes {
            put(row, usize::from(*x), cell);
        }
        let mut pen = Pen::new(&mut self.out, y, after);
        if !is_whole && was_plain && changes.iter().all(|(_, _, cell)| is_plain(cell)) {
            let row = &self.shown[usize::from(y)];
            let changed = changes.iter().map(|(x, _, _)| *x);
            let relinked = relinked(&before, after, row);
            let columns: BTreeSet<u16> = changed.chain(relinked).collect();
            for x in columns {
                pen.write(x, &row[usize::from(x)])?;
            }
        } else {
            pen.erase()?;
            let mut x = 0;
            while let Some(cell) = self.shown[usize::from(y)].get(usize::from(x)) {
                pen.write(x, cell)?;
                x += width(cell);
            }
        }
        for strip in strips {
            pen.show(strip)?;
        }
        pen.lift()
    }
}

impl<W: Write> Backend for Drawing<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let changes: Vec<_> = content.collect();
        let beside = self.beside.take();
        for data in self.shelf.put(&beside.graphics) {
            self.begin_update()?;
            queue!(self.out, Print(data))?;
        }
        let other_rows: BTreeSet<u16> = beside
            .rows()
            .chain(self.drawn.rows())
            .filter(|y| !beside.is_row_like(*y, &self.drawn))
            .collect();
        if !changes.is_empty() || !other_rows.is_empty() {
            self.begin_update()?;
            if self.cursor == HardwareCursor::Shown {
                // Keeps the cursor from running across the screen.
                queue!(self.out, Hide)?;
            }
            self.stands = None;
        }
        let of_rows = changes.chunk_by(|(_, above, _), (_, below, _)| above == below);
        let mut rows: BTreeMap<u16, &[(u16, u16, &Cell)]> =
            of_rows.map(|row| (row[0].1, row)).collect();
        for y in other_rows {
            rows.entry(y).or_default();
        }
        for (y, row) in rows {
            self.draw_row(y, row, &beside)?;
        }
        self.drawn = beside;
        Ok(())
    }

    /// Does nothing: visibility is set together with the position.
    fn hide_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Never queries the terminal: its reply would be read as keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let stands = (position.into(), self.cursor);
        if self.stands == Some(stands) {
            return Ok(());
        }
        self.stands = Some(stands);
        let (Position { x, y }, cursor) = stands;
        queue!(self.out, MoveTo(x, y))?;
        match cursor {
            HardwareCursor::Hidden => Ok(()),
            HardwareCursor::Shown => queue!(self.out, Show),
        }
    }

    fn clear(&mut self) -> io::Result<()> {
        self.shown.clear();
        self.drawn = FrameExtras::default();
        self.shelf.clear();
        self.stands = None;
        self.begin_update()?;
        queue!(self.out, Clear(terminal::ClearType::All))
    }

    /// Clears everything, whichever region was asked for: the whole screen is redrawn afterwards.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let size = terminal::window_size()?;
        Ok(WindowSize {
            columns_rows: Size::new(size.columns, size.rows),
            pixels: Size::new(size.width, size.height),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.update) == Update::Begun {
            queue!(self.out, EndSynchronizedUpdate)?;
        }
        self.out.flush()
    }
}

/// Stores a cell and, if it is wide, blanks the cells it covers.
fn put(row: &mut Vec<Cell>, x: usize, cell: &Cell) {
    let end = x + usize::from(width(cell));
    if row.len() < end {
        row.resize(end, Cell::EMPTY);
    }
    row[x] = cell.clone();
    for covered in &mut row[x + 1..end] {
        *covered = cell.clone();
        covered.set_symbol(" ");
    }
}

fn width(cell: &Cell) -> u16 {
    cell.cell_width().max(1)
}

/// Whether every terminal gives the cell's character the width assumed here. True for scripts without
/// combining marks, and for those whose characters are all wide.
fn is_plain(cell: &Cell) -> bool {
    let mut letters = cell.symbol().chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return false;
    };
    match letter {
        ' '..='~' => true,
        // Latin to Armenian without combining marks; Greek and Latin extended; symbols and box
        // drawing.
        '\u{A0}'..='\u{2FF}'
        | '\u{370}'..='\u{482}'
        | '\u{48A}'..='\u{58F}'
        | '\u{1E00}'..='\u{1FFF}'
        | '\u{2010}'..='\u{27BF}' => letter.width() == Some(1),
        // Chinese, Japanese and Korean, without halfwidth forms.
        '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{FF01}'..='\u{FF60}' => letter.width() == Some(2),
        _ => false,
    }
}

/// The first columns of existing cells whose link has changed.
fn relinked(before: &[Linked], after: &[Linked], row: &[Cell]) -> Vec<u16> {
    let gone = before.iter().filter(|it| !after.contains(it));
    let new = after.iter().filter(|it| !before.contains(it));
    let changed: Vec<_> = gone.chain(new).map(|it| &it.columns).collect();
    if changed.is_empty() {
        return Vec::new();
    }
    let mut columns = Vec::new();
    // From the start of the row: a link may have begun where a wide cell now has its second half.
    let mut x = 0;
    while let Some(cell) = row.get(usize::from(x)) {
        let end = x + width(cell);
        if changed.iter().any(|it| it.start < end && x < it.end) {
            columns.push(x);
        }
        x = end;
    }
    columns
}

/// Writes the cells of one row.
struct Pen<'a, W> {
    out: W,
    y: u16,
    links: &'a [Linked],
    /// The sequence that starts the open link.
    link: Option<&'a str>,
    /// Cursor column, if known.
    x: Option<u16>,
    style: Style,
}

impl<'a, W: Write> Pen<'a, W> {
    fn new(out: W, y: u16, links: &'a [Linked]) -> Self {
        Self {
            out,
            y,
            links,
            link: None,
            x: None,
            style: Style::new(),
        }
    }

    fn write(&mut self, x: u16, cell: &Cell) -> io::Result<()> {
        self.dip(style(cell))?;
        self.lead(x)?;
        self.go(x)?;
        let columns = width(cell);
        if is_plain(cell) {
            self.x = Some(x + columns);
            return queue!(self.out, Print(cell.symbol()));
        }
        queue!(self.out, Print(" ".repeat(usize::from(columns))))?;
        self.x = None;
        self.go(x)?;
        self.x = None;
        queue!(self.out, Print(cell.symbol()))
    }

    /// Clears the row to the edge of the screen: a cluster may have reached beyond every cell that was
    /// drawn.
    fn erase(&mut self) -> io::Result<()> {
        self.go(0)?;
        queue!(self.out, Clear(terminal::ClearType::UntilNewLine))
    }

    fn go(&mut self, x: u16) -> io::Result<()> {
        if self.x != Some(x) {
            queue!(self.out, MoveTo(x, self.y))?;
            self.x = Some(x);
        }
        Ok(())
    }

    fn dip(&mut self, style: Style) -> io::Result<()> {
        if self.style != style {
            self.style = style;
            queue!(
                self.out,
                SetAttribute(Attribute::Reset),
                SetStyle(style.into_crossterm())
            )?;
        }
        Ok(())
    }

    /// Starts or ends a link.
    fn lead(&mut self, x: u16) -> io::Result<()> {
        let found = self.links.iter().find(|it| it.columns.contains(&x));
        let link = found.map(|it| it.start.as_str());
        if self.link == link {
            return Ok(());
        }
        self.link = link;
        queue!(self.out, Print(link.unwrap_or(END)))
    }

    /// Has the terminal show a row of a picture, over free cells.
    fn show(&mut self, strip: &Strip) -> io::Result<()> {
        self.dip(Style::new())?;
        if self.link.take().is_some() {
            queue!(self.out, Print(END))?;
        }
        self.go(strip.x)?;
        self.x = None;
        queue!(self.out, Print(&strip.data))
    }

    /// Ends the link, and resets the style.
    fn lift(mut self) -> io::Result<()> {
        if self.link.take().is_some() {
            queue!(self.out, Print(END))?;
        }
        self.dip(Style::new())
    }
}

/// The style of a cell, relative to a terminal without one.
fn style(cell: &Cell) -> Style {
    Style {
        fg: Some(cell.fg).filter(|colour| *colour != Color::Reset),
        bg: Some(cell.bg).filter(|colour| *colour != Color::Reset),
        ..Style::new().add_modifier(cell.modifier)
    }
}

#[cfg(test)]
mod tests;
