//! A picture of a state at a given size: the contents of the cells, and their looks.

use newsdesk::app::App;
use newsdesk::ui::{self, Targets};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// The cells of the screen.
pub fn buffer(app: &App) -> Buffer {
    drawn(app).0
}

/// What is drawn where, for the pointer.
pub fn targets(app: &App) -> Targets {
    drawn(app).1
}

fn drawn(app: &App) -> (Buffer, Targets) {
    let size = app.cx().env.size;
    let backend = TestBackend::new(size.columns, size.rows);
    let mut terminal = Terminal::new(backend).expect("a terminal of memory");
    let mut targets = Targets::default();
    terminal
        .draw(|frame| targets = ui::draw(app, frame))
        .expect("a frame");
    (terminal.backend().buffer().clone(), targets)
}

/// Column and row of the first cell of a text on the screen.
pub fn place_of(app: &App, text: &str) -> (u16, u16) {
    let screen = self::text(app);
    let found = screen.lines().zip(0..).find_map(|(line, y)| {
        let at = line.find(text)?;
        Some((line[..at].width() as u16, y))
    });
    found.unwrap_or_else(|| panic!("no {text:?} on the screen:\n{screen}"))
}

/// The rows of the screen as text, without trailing blanks.
pub fn text(app: &App) -> String {
    text_of(&buffer(app))
}

pub fn text_of(buffer: &Buffer) -> String {
    by_row(buffer, |cell| cell.symbol().to_owned())
}

/// The screen as text, and below it the look of each cell: capital letters are bold, `#` is
/// reversed; see [`look`] for the rest.
pub fn looks(app: &App) -> String {
    let buffer = buffer(app);
    let looks = by_row(&buffer, |cell| {
        let width = cell.symbol().width().max(1);
        look(cell).to_string().repeat(width)
    });
    format!("{}\n\n{looks}", text_of(&buffer))
}

/// One letter for a look: a colour's first, `d`im, `_` underlined, `/` italic, `.` for plain text.
fn look(cell: &Cell) -> char {
    let has = |modifier| cell.modifier.contains(modifier);
    let letter = match cell.fg {
        Color::Reset if has(Modifier::UNDERLINED) => '_',
        Color::Reset if has(Modifier::ITALIC) => '/',
        Color::Reset if has(Modifier::DIM) => 'd',
        Color::Reset if cell.symbol().trim().is_empty() => ' ',
        Color::Reset if has(Modifier::BOLD) => 't',
        Color::Reset => '.',
        Color::DarkGray => 'f',
        Color::Cyan => 'c',
        Color::Blue => 'b',
        Color::Green => 'g',
        Color::Yellow => 'y',
        Color::Red => 'r',
        Color::Magenta => 'm',
        other => panic!("{other} is not among the colours of the screen"),
    };
    match (has(Modifier::REVERSED), has(Modifier::BOLD)) {
        (true, _) => '#',
        (false, true) => letter.to_ascii_uppercase(),
        (false, false) => letter,
    }
}

/// The cells of a screen, without those that a wide character covers.
pub fn seen(buffer: &Buffer) -> impl Iterator<Item = &Cell> {
    let mut covered = 0;
    buffer.content().iter().filter(move |cell| {
        let is_seen = covered == 0;
        covered = match is_seen {
            true => cell.symbol().width().saturating_sub(1),
            false => covered - 1,
        };
        is_seen
    })
}

/// The rows of a screen, with the cells that a wide character covers left out.
fn by_row(buffer: &Buffer, shown: impl Fn(&Cell) -> String) -> String {
    let columns = usize::from(buffer.area.width);
    let mut rows: Vec<String> = Vec::new();
    for cells in buffer.content().chunks(columns.max(1)) {
        let mut row = String::new();
        let mut covered = 0;
        for cell in cells {
            if covered == 0 {
                row.push_str(&shown(cell));
                covered = cell.symbol().width().saturating_sub(1);
            } else {
                assert_eq!(cell.symbol(), " ", "a wide letter covers it: {row}");
                covered -= 1;
            }
        }
        rows.push(row.trim_end().to_owned());
    }
    rows.join("\n")
}
