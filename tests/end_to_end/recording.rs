//! The recording of the program: a short sitting in a pseudo-terminal, as an asciicast and as an
//! animated picture. Recorded again by `NEWSDESK_BLESS=1 cargo test --test end_to_end recording`;
//! otherwise the existing recording is played, and must still show what its script waits for.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::pty::Pty;
use crate::svg::{self, Cell, Look};

const ROWS: u16 = 30;
const COLUMNS: u16 = 120;

/// What is pressed, what then appears, and how long it stays on the screen, in milliseconds.
const SCRIPT: &[(&str, &str, u64)] = &[
    ("", "1/70", 2000),
    ("d", "2/70", 900),
    ("s", "starred: The Dark Side", 900),
    ("P", "3/70", 900),
    ("d", "4/70", 900),
    ("b", "rejected: In Praise", 1500),
    ("/", "words, \"a phrase\"", 700),
    ("r", "/r", 180),
    ("o", "/ro", 180),
    ("b", "/rob", 180),
    ("o", "/robo", 180),
    ("t", "/robot", 900),
    ("<enter>", "1/10", 900),
    ("j", "2/10", 900),
    ("<enter>", "Space read on", 1800),
    ("<esc>", "Enter read", 700),
    ("<esc>", "/70", 900),
    ("gc", "THEMES", 900),
    ("j", "THEMES", 700),
    ("j", "THEMES", 700),
    ("j", "THEMES", 700),
    ("j", "THEMES", 700),
    ("<esc>", "Enter read", 900),
    ("u", "undo: ", 900),
    ("F", "VIEWS", 1500),
    ("<esc>", "Enter read", 1500),
];

/// What is visible from a moment on, in milliseconds: what was written, and the screen.
struct Frame {
    at: u64,
    written: String,
    screen: Vec<Vec<Cell>>,
}

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets")
        .join(name)
}

#[test]
fn the_recording_shows_what_its_script_waits_for() {
    if std::env::var_os("NEWSDESK_BLESS").is_some() {
        let (frames, end) = record();
        fs::write(kept("recording.cast"), cast(&frames, end)).expect("a file");
        fs::write(kept("recording.svg"), moving(&frames, end)).expect("a file");
    }
    let cast = fs::read_to_string(kept("recording.cast")).expect("a recording");
    let mut lines = cast
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    let header: Value = lines.next().expect("a header");
    assert_eq!(
        (&header["version"], &header["width"]),
        (&json!(2), &json!(COLUMNS))
    );
    let mut terminal = vt100::Parser::new(ROWS, COLUMNS, 0);
    let mut before = 0.0;
    for ((_, awaited, _), event) in SCRIPT.iter().zip(lines.by_ref()) {
        let at = event[0].as_f64().expect("a time");
        assert!(at >= before && event[1] == "o", "{event}");
        before = at;
        terminal.process(event[2].as_str().expect("text").as_bytes());
        let shown = terminal.screen().contents();
        assert!(shown.contains(awaited), "{awaited}:\n{shown}");
    }
    assert_eq!(lines.count(), 1, "only the pause at the end is left");
}

/// Plays the script; returns what was seen, and when it ended.
fn record() -> (Vec<Frame>, u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    // A recording asks no questions.
    fs::write(&config, "[theme]\nbackground = \"dark\"\n").expect("a configuration");
    let config = config.to_str().expect("UTF-8");
    let environment = [("NEWSDESK_CONFIG", config), ("COLORTERM", "truecolor")];
    let mut pty = Pty::start(&[], ROWS, COLUMNS, &environment);
    let mut frames = Vec::new();
    let (mut at, mut seen) = (0, 0);
    for (keys, awaited, pause) in SCRIPT {
        pty.press(keys);
        pty.wait_for(awaited, |screen| screen.contents().contains(awaited));
        pty.wait_until_still();
        let written = pty.written();
        frames.push(Frame {
            at,
            written: String::from_utf8_lossy(&written[seen..]).into_owned(),
            screen: pty.with_screen(cells),
        });
        seen = written.len();
        at += pause;
    }
    (frames, at)
}

/// The recording in asciicast's second version
/// (<https://docs.asciinema.org/manual/asciicast/v2/>): a header, and an event per line.
fn cast(frames: &[Frame], end: u64) -> String {
    let header = json!({
        "version": 2,
        "width": COLUMNS,
        "height": ROWS,
        "title": "newsdesk",
        "env": {"TERM": "xterm-256color"},
    });
    let seconds = |at: u64| at as f64 / 1000.0;
    let mut cast = format!("{header}\n");
    for frame in frames {
        let _ = writeln!(cast, "{}", json!([seconds(frame.at), "o", frame.written]));
    }
    let _ = writeln!(cast, "{}", json!([seconds(end), "o", ""]));
    cast
}

/// The recording as an animated picture that repeats: each row once for as long as it stays the
/// same (SMIL Animation, W3C).
fn moving(frames: &[Frame], end: u64) -> String {
    let mut spans: BTreeMap<(usize, String), Vec<(u64, u64)>> = BTreeMap::new();
    for (index, frame) in frames.iter().enumerate() {
        let until = frames.get(index + 1).map_or(end, |next| next.at);
        for (number, cells) in frame.screen.iter().enumerate() {
            let spans = spans.entry((number, svg::row(number, cells))).or_default();
            match spans.last_mut() {
                Some((_, last)) if *last == frame.at => *last = until,
                _ => spans.push((frame.at, until)),
            }
        }
    }
    let mut body = format!(
        "<rect width=\"0\" height=\"0\"><animate id=\"play\" attributeName=\"x\" from=\"0\" to=\"0\" \
         begin=\"0s;play.end\" dur=\"{end}ms\"/></rect>\n"
    );
    for ((_, row), spans) in spans.iter().filter(|((_, row), _)| !row.is_empty()) {
        // What is always there needs no clock.
        if spans[..] == [(0, end)] {
            body.push_str(row);
            continue;
        }
        body.push_str("<g visibility=\"hidden\">");
        for (from, until) in spans {
            let _ = write!(
                body,
                "<set attributeName=\"visibility\" to=\"visible\" begin=\"play.begin+{from}ms\" \
                 dur=\"{}ms\"/>",
                until - from
            );
        }
        let _ = writeln!(body, "\n{row}</g>");
    }
    svg::picture(COLUMNS, usize::from(ROWS), &body)
}

fn cells(screen: &vt100::Screen) -> Vec<Vec<Cell>> {
    let row = |row| {
        let cells = (0..COLUMNS).filter_map(move |column| screen.cell(row, column));
        let cells = cells.filter(|cell| !cell.is_wide_continuation());
        cells.map(cell).collect()
    };
    (0..ROWS).map(row).collect()
}

fn cell(cell: &vt100::Cell) -> Cell {
    let text = match cell.contents() {
        "" => " ",
        text => text,
    };
    Cell {
        text: text.to_owned(),
        look: Look {
            ink: colour(cell.fgcolor()),
            paper: colour(cell.bgcolor()),
            is_bold: cell.bold(),
            is_italic: cell.italic(),
            is_underlined: cell.underline(),
            is_dim: cell.dim(),
            is_reversed: cell.inverse(),
        },
    }
}

fn colour(colour: vt100::Color) -> Option<String> {
    match colour {
        vt100::Color::Default => None,
        vt100::Color::Idx(number) => Some(svg::numbered(number)),
        vt100::Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
    }
}
