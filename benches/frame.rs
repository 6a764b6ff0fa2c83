//! Measures how long a frame and a key take over a large library, as percentiles:
//!
//!     cargo bench --bench frame                # 100,000 articles
//!     cargo bench --bench frame -- 1000000
//!
//! A frame is the whole screen of 200x60 painted into memory and compared with the one before, as
//! for a terminal; a key is the work on the state before drawing.

mod figures;
#[path = "generate/memory.rs"]
mod memory;

use std::sync::Arc;
use std::time::{Duration, Instant};

use figures::{heading, number_or, print};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use newsdesk::app::geometry::Size;
use newsdesk::app::{App, Canvas, Event, GlyphSet, KeyPress, Start};
use newsdesk::command::{Key, Keymap};
use newsdesk::config::{Config, MarkRead};
use newsdesk::library::Source;
use newsdesk::theme::Terminal as Colours;
use newsdesk::ui;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const ROUNDS: usize = 500;
const SIZE: Size = Size {
    columns: 200,
    rows: 60,
};

fn main() {
    figures::run("frame", bench);
}

fn bench() {
    let articles = number_or(100_000);
    let mut app = app(articles);
    let backend = TestBackend::new(SIZE.columns, SIZE.rows);
    let mut terminal = Terminal::new(backend).expect("a terminal of memory");
    println!("{articles} articles, {}x{}", SIZE.columns, SIZE.rows);
    heading("after");
    for (name, keys) in [
        ("nothing", ""),
        ("j, a row down", "j"),
        ("Ctrl-f, a page down", "<Ctrl-f>"),
        ("x, a row selected", "x"),
        ("G and g g, from end to end", "Ggg"),
    ] {
        let (mut handled, mut drawn) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            handled.push(timed(|| press(&mut app, keys)));
            drawn.push(timed(|| {
                terminal
                    .draw(|frame| drop(ui::draw(&app, frame)))
                    .expect("a frame");
            }));
        }
        print(&format!("{name}: the state"), &mut handled);
        print(&format!("{name}: the frame"), &mut drawn);
    }
}

/// An app with a library restored from the last run.
fn app(articles: usize) -> App {
    let mut app = App::new(Start {
        source: Source::Roots(vec!["generated".into()], Arc::default()),
        size: SIZE,
        now: "2022-01-01T00:00:00Z"
            .parse()
            .unwrap_or(Timestamp::UNIX_EPOCH),
        zone: TimeZone::UTC,
        glyphs: GlyphSet::Unicode,
        terminal: Colours::default(),
        canvas: Canvas::default(),
        keymap: Keymap::default(),
        history: Vec::new(),
        config: Arc::new(Config {
            mark_read: MarkRead::Never,
            ..Config::default()
        }),
    });
    app.begin();
    let library = Box::new(memory::library(articles));
    for event in [
        Event::Restored(library),
        Event::RestoredWhole,
        Event::Loaded,
    ] {
        app.update(event);
    }
    app
}

fn press(app: &mut App, keys: &str) {
    for key in Key::parse_typed(keys).expect("keys") {
        let at = Duration::ZERO;
        app.update(Event::Key(KeyPress { key, at }));
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}
