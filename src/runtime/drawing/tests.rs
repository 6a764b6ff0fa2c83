//! The output for a sequence of frames.

use std::ops::Range;

use ratatui::Terminal;
use ratatui::TerminalOptions;
use ratatui::Viewport;
use ratatui::layout::Rect;
use ratatui::style::Stylize;
use ratatui::text::Line;

use super::*;
use crate::format::link::Link;

const COLUMNS: u16 = 12;

/// Returns what a frame writes, which must be one synchronized update or nothing.
fn one_update(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes).expect("UTF-8");
    if text.is_empty() {
        return text;
    }
    let inner = text.strip_prefix("\x1b[?2026h");
    let inner = inner.and_then(|it| it.strip_suffix("\x1b[?2026l"));
    let inner = inner.expect("an update around the frame");
    assert!(!inner.contains("?2026"), "one update: {inner:?}");
    inner.to_owned()
}

/// Returns what is written for each of several frames of one row.
fn written(frames: &[Line<'static>]) -> Vec<String> {
    written_for(ScreenReader::Absent, frames)
}

fn written_for(reader: ScreenReader, frames: &[Line<'static>]) -> Vec<String> {
    let options = TerminalOptions {
        viewport: Viewport::Fixed(Rect::new(0, 0, COLUMNS, 1)),
    };
    let mut drawing = Drawing::new(Vec::new());
    drawing.set_reader(reader);
    let mut terminal = Terminal::with_options(drawing, options).expect("a terminal");
    let frames = frames.iter().map(|line| {
        terminal
            .draw(|frame| frame.render_widget(line, frame.area()))
            .expect("drawn");
        one_update(std::mem::take(&mut terminal.backend_mut().out))
    });
    frames.collect()
}

#[test]
fn nothing_is_written_when_nothing_has_changed() {
    let frames = written(&[Line::from("abc"), Line::from("abc"), Line::from("abd")]);
    assert_eq!(frames[1], "");
    assert_eq!(frames[2], "\x1b[1;3Hd");
}

/// A row, and the links on its columns.
type Linking = (&'static str, &'static [(Range<u16>, &'static str)]);

/// Returns what is written for frames of one row with links on some columns.
fn written_with_links(frames: &[Linking]) -> Vec<String> {
    let options = TerminalOptions {
        viewport: Viewport::Fixed(Rect::new(0, 0, COLUMNS, 1)),
    };
    let mut terminal =
        Terminal::with_options(Drawing::new(Vec::new()), options).expect("a terminal");
    let frames = frames.iter().map(|(text, links)| {
        let shared = terminal.backend().beside();
        for (columns, url) in *links {
            let link = Link::parse(url).expect("a link");
            shared.borrow_mut().links.add(0, columns.clone(), &link);
        }
        terminal
            .draw(|frame| frame.render_widget(*text, frame.area()))
            .expect("drawn");
        let written = one_update(std::mem::take(&mut terminal.backend_mut().out));
        // The ids do not matter here.
        let parts = written.split("id=").enumerate();
        let plain = parts.map(|(at, part)| match part.split_once(';') {
            Some((_, rest)) if at > 0 => rest,
            _ => part,
        });
        plain.collect()
    });
    frames.collect()
}

#[test]
fn a_link_is_one_sequence_around_its_cells_and_is_written_once() {
    let linked: &'static [(Range<u16>, &'static str)] = &[(2..4, "https://a.example/")];
    let frames = written_with_links(&[("see it now", linked), ("see it now", linked)]);
    let start = "\x1b]8;https://a.example/\x1b\\";
    assert!(
        frames[0].contains(&format!("{start}e {END}it")),
        "{:?}",
        frames[0]
    );
    assert_eq!(frames[0].matches(END).count(), 1);
    assert_eq!(frames[1], "");
}

#[test]
fn the_same_letters_that_lead_elsewhere_are_written_again_and_alone() {
    let written = written_with_links(&[
        ("日 here", &[(0..2, "https://a.example/")]),
        ("日 here", &[(0..2, "https://b.example/")]),
        ("日 here", &[]),
        ("日 there", &[]),
    ]);
    let b = "https://b.example/";
    assert_eq!(written[1], format!("\x1b]8;{b}\x1b\\\x1b[1;1H日{END}"));
    assert_eq!(written[2], "\x1b[1;1H日");
    assert!(!written[3].contains("\x1b]8;"), "{:?}", written[3]);
}

#[test]
fn a_wide_letter_where_a_link_began_is_written_whole() {
    let written = written_with_links(&[("abcde", &[(3..5, "https://a.example/")]), ("ab日e", &[])]);
    assert_eq!(written[1], "\x1b[1;3H日e");
}

#[test]
fn a_changed_cell_of_a_link_leads_there_too() {
    let linked: &'static [(Range<u16>, &'static str)] = &[(0..5, "https://a.example/")];
    let written = written_with_links(&[("one x", linked), ("one y", linked)]);
    assert_eq!(
        written[1],
        format!("\x1b]8;https://a.example/\x1b\\\x1b[1;5Hy{END}")
    );
}

#[test]
fn a_cursor_that_is_no_longer_wanted_is_hidden() {
    let mut drawing = Drawing::new(Vec::new());
    drawing.set_cursor(HardwareCursor::Shown);
    assert!(drawing.out.is_empty());
    drawing.set_cursor(HardwareCursor::Hidden);
    assert_eq!(drawing.out, b"\x1b[?25l");
}

#[test]
fn the_cursor_goes_to_its_place_after_each_frame_and_nowhere_without_one() {
    for (cursor, moved) in [
        (HardwareCursor::Hidden, "\x1b[1;3H"),
        (HardwareCursor::Shown, "\x1b[1;3H\x1b[?25h"),
    ] {
        let mut drawing = Drawing::new(Vec::new());
        drawing.set_cursor(cursor);
        let place = Position { x: 2, y: 0 };
        drawing.set_cursor_position(place).expect("memory");
        drawing.set_cursor_position(place).expect("memory");
        assert_eq!(String::from_utf8_lossy(&drawing.out), moved);
        drawing.out.clear();
        let cell = Cell::new("a");
        drawing.draw([(0, 0, &cell)].into_iter()).expect("memory");
        drawing.set_cursor_position(place).expect("memory");
        assert!(String::from_utf8_lossy(&drawing.out).ends_with(moved));
    }
}

#[test]
fn a_style_ends_with_its_cells() {
    let frames = written(&[Line::from(vec!["a".bold(), "b".into()])]);
    assert_eq!(frames[0], "\x1b[0m\x1b[1m\x1b[1;1Ha\x1b[0mb");
}

#[test]
fn a_row_is_written_whole_as_long_as_it_has_a_cluster_that_is_not_plain() {
    let frames = written(&[
        Line::from("x🇩🇪y"),
        Line::from("x🇩🇪z"),
        Line::from("xyyz"),
        Line::from("xyyy"),
    ]);
    assert_eq!(frames[1], "\x1b[1;1H\x1b[Kx  \x1b[1;2H🇩🇪\x1b[1;4Hz");
    assert_eq!(frames[2], "\x1b[1;1H\x1b[Kxyyz");
    assert_eq!(frames[3], "\x1b[1;4Hy");
}

#[test]
fn a_screen_reader_gets_changed_rows_whole_and_nothing_twice() {
    let lines = ["kept 1 decision", "kept 2 decision", "kept 2 decision"].map(Line::from);
    let frames = written_for(ScreenReader::Present, &lines);
    assert_eq!(frames[1], "\x1b[1;1H\x1b[Kkept 2 decis");
    assert_eq!(frames[2], "");
}

#[test]
fn letters_that_all_terminals_agree_on_are_plain() {
    for plain in [
        "a", "é", "ж", "λ", "│", "●", "★", "…", "日", "カ", "한", "！",
    ] {
        assert!(is_plain(&Cell::new(plain)), "{plain}");
    }
    for other in [
        "🇩🇪",
        "ｶ",
        "กำ",
        "नि",
        "க்",
        "ক",
        "မ",
        "ក",
        "👨‍👩‍👧",
        "❤️",
        "e\u{301}",
        "🚀",
    ] {
        assert!(!is_plain(&Cell::new(other)), "{other}");
    }
}

/// Returns what is written for frames of one row with these pictures in it.
fn written_with_strips(frames: &[(&'static str, Option<&str>)]) -> Vec<String> {
    let options = TerminalOptions {
        viewport: Viewport::Fixed(Rect::new(0, 0, COLUMNS, 1)),
    };
    let mut terminal =
        Terminal::with_options(Drawing::new(Vec::new()), options).expect("a terminal");
    let frames = frames.iter().map(|(text, strip)| {
        let shared = terminal.backend().beside();
        let strips = strip.map(|data| (0, 4, data.into()));
        shared.borrow_mut().graphics = strips.into_iter().collect();
        terminal
            .draw(|frame| frame.render_widget(*text, frame.area()))
            .expect("drawn");
        one_update(std::mem::take(&mut terminal.backend_mut().out))
    });
    frames.collect()
}

#[test]
fn a_row_of_a_picture_is_written_after_its_cells_and_again_with_each_change_of_them() {
    let picture = Some("<picture>");
    let frames = written_with_strips(&[
        ("one", picture),
        ("one", picture),
        ("two", picture),
        ("two", Some("<other>")),
        ("two", None),
        ("two", None),
    ]);
    let row = |text: &str, picture: &str| format!("\x1b[1;1H\x1b[K{text}\x1b[1;5H{picture}");
    assert!(frames[0].ends_with("\x1b[1;5H<picture>"), "{:?}", frames[0]);
    assert_eq!(frames[1], "");
    assert_eq!(frames[2], row("two", "<picture>"));
    assert_eq!(frames[3], row("two", "<other>"));
    assert_eq!(frames[4], "\x1b[1;1H\x1b[Ktwo", "it is cleared");
    assert_eq!(frames[5], "");
}
