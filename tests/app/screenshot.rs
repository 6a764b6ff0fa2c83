//! The picture of the program in the README: the sample library in the middle of a session, drawn
//! by the program itself, so that it cannot become outdated.

use std::fs;
use std::path::Path;

use ratatui::buffer::{self, Buffer};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::picture::buffer;
use crate::session::{Session, size};
use crate::svg::{self, Cell, Look};

/// Where the README's picture is, below the project.
const KEPT: &str = "assets/screen.svg";

#[test]
fn the_picture_in_the_readme_is_what_the_program_draws() {
    let drawn = picture(&sitting());
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT);
    if std::env::var_os("NEWSDESK_BLESS").is_some() {
        fs::write(&kept, &drawn).expect("the picture can be written");
    }
    let there = fs::read_to_string(&kept).unwrap_or_default();
    assert!(
        there == drawn,
        "{KEPT} is not what the program draws; look at the screen, then renew it with \
         NEWSDESK_BLESS=1 cargo test --test app screenshot"
    );
}

/// Some articles decided, one starred, and the cursor on what comes next.
fn sitting() -> Buffer {
    let mut session = Session::sample(size(160, 45));
    session.press("dsjdPbdjjjjj");
    buffer(&session.app)
}

fn picture(screen: &Buffer) -> String {
    let columns = screen.area.width;
    let rows = screen.content().chunks(usize::from(columns.max(1)));
    let body: String = rows
        .clone()
        .enumerate()
        .map(|(number, cells)| svg::row(number, &shown(cells)))
        .collect();
    svg::picture(columns, rows.len(), &body)
}

/// The cells of a row, without those that a wide one covers.
fn shown(cells: &[buffer::Cell]) -> Vec<Cell> {
    let mut covered = 0;
    let mut shown = Vec::new();
    for cell in cells {
        if covered > 0 {
            covered -= 1;
            continue;
        }
        covered = cell.symbol().width().max(1) - 1;
        let has = |modifier| cell.modifier.contains(modifier);
        shown.push(Cell {
            text: cell.symbol().to_owned(),
            look: Look {
                ink: colour(cell.fg),
                paper: colour(cell.bg),
                is_bold: has(Modifier::BOLD),
                is_italic: has(Modifier::ITALIC),
                is_underlined: has(Modifier::UNDERLINED),
                is_dim: has(Modifier::DIM),
                is_reversed: has(Modifier::REVERSED),
            },
        });
    }
    shown
}

/// `None` for the terminal's default.
fn colour(colour: Color) -> Option<String> {
    let number = match colour {
        Color::Reset => return None,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::DarkGray => 8,
        other => panic!("{other} is not among the colours of the screen"),
    };
    Some(svg::numbered(number))
}
