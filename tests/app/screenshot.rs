//! The picture of the program in the README: the sample library in the middle of a session, drawn
//! by the program itself, so that it cannot become outdated.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::picture::buffer;
use crate::session::{Session, size};

/// Pixels per cell, and of the frame around the screen.
const COLUMN: f32 = 8.4;
const ROW: f32 = 19.0;
const MARGIN: f32 = 16.0;

const BACKGROUND: &str = "#1a1b26";
const TEXT: &str = "#c8cde0";

/// Where the README's picture is, below the project.
const KEPT: &str = "assets/screen.svg";

#[test]
fn the_picture_in_the_readme_is_what_the_program_draws() {
    let drawn = svg(&sitting());
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

/// The screen as a self-contained picture, without external fonts or styles.
fn svg(screen: &Buffer) -> String {
    let columns = usize::from(screen.area.width);
    let (width, height) = (
        f32::from(screen.area.width) * COLUMN + 2.0 * MARGIN,
        f32::from(screen.area.height) * ROW + 2.0 * MARGIN,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" \
         font-size=\"14\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n"
    );
    for (row, cells) in screen.content().chunks(columns.max(1)).enumerate() {
        for run in runs(cells) {
            run.draw(row, &mut svg);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Cells of a row that look the same.
struct Run<'a> {
    first: &'a Cell,
    column: usize,
    columns: usize,
    text: String,
}

fn runs(cells: &[Cell]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut covered = 0;
    for (column, cell) in cells.iter().enumerate() {
        if covered > 0 {
            covered -= 1;
            continue;
        }
        let columns = cell.symbol().width().max(1);
        covered = columns - 1;
        match runs.last_mut() {
            Some(run) if looks_like(run.first, cell) => {
                run.columns += columns;
                run.text.push_str(cell.symbol());
            }
            _ => runs.push(Run {
                first: cell,
                column,
                columns,
                text: cell.symbol().to_owned(),
            }),
        }
    }
    runs
}

fn looks_like(one: &Cell, other: &Cell) -> bool {
    (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier)
}

impl Run<'_> {
    fn draw(&self, row: usize, svg: &mut String) {
        let has = |modifier| self.first.modifier.contains(modifier);
        let x = MARGIN + self.column as f32 * COLUMN;
        let y = MARGIN + row as f32 * ROW;
        let width = self.columns as f32 * COLUMN;
        let mut ink = colour(self.first.fg).unwrap_or(TEXT);
        let mut paper = colour(self.first.bg);
        if has(Modifier::REVERSED) {
            (ink, paper) = (paper.unwrap_or(BACKGROUND), Some(ink));
        }
        if let Some(paper) = paper {
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{ROW}\" fill=\"{paper}\"/>"
            );
        }
        let text = self.text.trim_end();
        if text.is_empty() {
            return;
        }
        let mut looks = String::new();
        for (modifier, look) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::DIM, " opacity=\"0.6\""),
        ] {
            if has(modifier) {
                looks.push_str(look);
            }
        }
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{:.1}\" fill=\"{ink}\"{looks}>{}</text>",
            y + 14.0,
            text.width() as f32 * COLUMN,
            escaped(text)
        );
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A palette for the terminal's own colours, or none for its default.
fn colour(colour: Color) -> Option<&'static str> {
    Some(match colour {
        Color::Reset => return None,
        Color::DarkGray => "#7a809c",
        Color::Cyan => "#7dcfff",
        Color::Blue => "#7aa2f7",
        Color::Green => "#9ece6a",
        Color::Yellow => "#e0af68",
        Color::Red => "#f7768e",
        Color::Magenta => "#bb9af7",
        other => panic!("{other} is not among the colours of the screen"),
    })
}
