//! Screens of cells as self-contained pictures, without external fonts or styles.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

/// Pixels per cell, and of the frame around the screen.
const COLUMN: f32 = 8.4;
const ROW: f32 = 19.0;
const MARGIN: f32 = 16.0;

const BACKGROUND: &str = "#1a1b26";
const TEXT: &str = "#c8cde0";

/// How a terminal shows the numbered colours: black, red, green, yellow, blue, magenta, cyan and
/// white, and each of them bright.
const NUMBERED: [&str; 16] = [
    "#15161e", "#f7768e", "#9ece6a", "#e0af68", "#7aa2f7", "#bb9af7", "#7dcfff", "#a9b1d6",
    "#7a809c", "#f7768e", "#9ece6a", "#e0af68", "#7aa2f7", "#bb9af7", "#7dcfff", "#c8cde0",
];

/// How a cell looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// `None` for the terminal's own.
    pub ink: Option<String>,
    pub paper: Option<String>,
    pub is_bold: bool,
    pub is_italic: bool,
    pub is_underlined: bool,
    pub is_dim: bool,
    pub is_reversed: bool,
}

/// What is in a cell, and in those to its right that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub look: Look,
}

/// One of the sixteen numbered colours.
pub fn numbered(number: u8) -> String {
    NUMBERED[usize::from(number) % NUMBERED.len()].to_owned()
}

/// A picture of this size in cells.
pub fn picture(columns: u16, rows: usize, body: &str) -> String {
    let (width, height) = (
        f32::from(columns) * COLUMN + 2.0 * MARGIN,
        rows as f32 * ROW + 2.0 * MARGIN,
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" \
         font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n\
         {body}</svg>\n"
    )
}

/// The cells of a row; each is as wide as its text.
pub fn row(number: usize, cells: &[Cell]) -> String {
    let mut svg = String::new();
    let mut column = 0;
    for run in cells.chunk_by(|one, other| one.look == other.look) {
        let text: String = run.iter().map(|cell| cell.text.as_str()).collect();
        let columns = run.iter().map(|cell| cell.text.width().max(1)).sum();
        draw_run(number, (column, columns), &text, &run[0].look, &mut svg);
        column += columns;
    }
    svg
}

fn draw_run(
    row: usize,
    (column, columns): (usize, usize),
    text: &str,
    look: &Look,
    svg: &mut String,
) {
    let x = MARGIN + column as f32 * COLUMN;
    let y = MARGIN + row as f32 * ROW;
    let width = columns as f32 * COLUMN;
    let mut ink = look.ink.as_deref().unwrap_or(TEXT);
    let mut paper = look.paper.as_deref();
    if look.is_reversed {
        (ink, paper) = (paper.unwrap_or(BACKGROUND), Some(ink));
    }
    if let Some(paper) = paper {
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{ROW}\" fill=\"{paper}\"/>"
        );
    }
    let mut style = String::new();
    for (has, name) in [
        (look.is_bold, " font-weight=\"bold\""),
        (look.is_italic, " font-style=\"italic\""),
        (look.is_underlined, " text-decoration=\"underline\""),
        (look.is_dim, " opacity=\"0.6\""),
    ] {
        if has {
            style.push_str(name);
        }
    }
    for (column, text) in phrases(text) {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" textLength=\"{:.1}\" fill=\"{ink}\"{style}>{}</text>",
            x + column as f32 * COLUMN,
            y + 14.0,
            text.width() as f32 * COLUMN,
            text.replace('&', "&amp;").replace('<', "&lt;")
        );
    }
}

/// The parts of a text between two or more blanks, and where each begins: browsers drop blanks at
/// the edges of a text, and collapse several into one.
fn phrases(text: &str) -> Vec<(usize, &str)> {
    let mut phrases = Vec::new();
    let mut column = 0;
    for part in text.split("  ") {
        let phrase = part.trim_start();
        if !phrase.is_empty() {
            let before = part.width() - phrase.width();
            phrases.push((column + before, phrase.trim_end()));
        }
        column += part.width() + 2;
    }
    phrases
}
