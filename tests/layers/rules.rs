//! What a file of `src/` may name, by the floor it is on.

use crate::mentions::{Mention, mentions};

/// The floors from the bottom up: each may use those before it.
const FLOORS: [&str; 10] = [
    "model", "format", "config", "library", "query", "desk", "command", "app", "ui", "runtime",
];

/// What the command line uses, and all below it.
const BELOW_CLI: &str = "command";

/// Libraries that only some floors or files may name.
const RESERVED: [(&str, &[&str]); 4] = [
    ("ratatui", &["ui", "runtime"]),
    ("crossterm", TERMINAL),
    ("crokey", TERMINAL),
    ("rusqlite", &["desk"]),
];
const TERMINAL: &[&str] = &["runtime", "command/key.rs", "command/keymap.rs"];

/// What the floors that decide and draw must not name, as they know no files, threads,
/// processes or clock.
const PURE: [&str; 2] = ["app", "ui"];
const IMPURE: [&[&str]; 7] = [
    &["std", "fs"],
    &["std", "thread"],
    &["std", "process"],
    &["SystemTime"],
    &["Instant", "now"],
    &["Timestamp", "now"],
    &["Zoned", "now"],
];

/// Only this file makes what the screen shows out of strings, and it takes none that is not
/// sanitised.
const PAINTER: &str = "ui/paint.rs";
const PAINTING: [&[&str]; 7] = [
    &["Span", ANY],
    &["Text", ANY],
    &["Line", "from"],
    &["Line", "raw"],
    &["Line", "styled"],
    &["set_string"],
    &["set_stringn"],
];
const ANY: &str = "*";

/// Every rule that a file breaks, each as a sentence. `file` is its path under `src/`, with `/`.
pub fn check(file: &str, text: &str) -> Vec<String> {
    let found = match mentions(file, text) {
        Ok(found) => found,
        Err(error) => return vec![error],
    };
    let floor = file.split(['/', '.']).next().unwrap_or(file);
    if !matches!(floor, "lib" | "main" | "cli") && height(floor).is_none() {
        return vec![format!(
            "src/{file}: {floor} is no floor; give it its place in tests/layers/rules.rs"
        )];
    }
    found
        .iter()
        .filter_map(|it| {
            let problem = climbs(floor, it)
                .or_else(|| reserved(floor, file, it))
                .or_else(|| impure(floor, it))
                .or_else(|| paints(floor, file, it))?;
            let path = it.path.join("::");
            Some(format!("src/{file}:{}: {path}: {problem}", it.line))
        })
        .collect()
}

fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|it| *it == floor)
}

/// A path to a floor that this one must not know.
fn climbs(floor: &str, mention: &Mention) -> Option<String> {
    let [root, to, ..] = mention.path.as_slice() else {
        return None;
    };
    if root != "crate" || to == floor || matches!(floor, "lib" | "main") {
        return None;
    }
    let from = match floor {
        "cli" => height(BELOW_CLI),
        floor => height(floor),
    };
    let forbidden = match height(to) {
        Some(to) => Some(to) > from,
        None => to == "cli",
    };
    forbidden.then(|| format!("{floor} must not use {to}"))
}

/// A library that this file must not name.
fn reserved(floor: &str, file: &str, mention: &Mention) -> Option<String> {
    RESERVED.iter().find_map(|(name, places)| {
        let is_named = mention.path.iter().any(|it| it == name);
        let may = places.iter().any(|it| *it == floor || *it == file);
        (is_named && !may).then(|| format!("only {} may name {name}", places.join(" and ")))
    })
}

/// Something that a floor without files, threads and clock must not name.
fn impure(floor: &str, mention: &Mention) -> Option<String> {
    let is_named = IMPURE.iter().any(|it| names(mention, it));
    (PURE.contains(&floor) && is_named && !mention.in_tests).then(|| {
        format!(
            "{} know no files, threads, processes or clock",
            PURE.join(" and ")
        )
    })
}

/// Something that turns a string into what the screen shows.
fn paints(floor: &str, file: &str, mention: &Mention) -> Option<String> {
    if floor != "ui" || file == PAINTER || mention.in_tests {
        return None;
    }
    let argument = mention.argument.as_deref().unwrap_or_default();
    let of_a_string =
        argument.starts_with(['"', 'r']) && argument.ends_with(['"', '#']) || argument == "format";
    let named = PAINTING.iter().any(|it| names(mention, it))
        || names(mention, &["Paragraph", "new"]) && of_a_string;
    named.then(|| format!("only {PAINTER} makes text for the screen out of strings"))
}

/// Whether a path has these segments, one after the other.
fn names(mention: &Mention, segments: &[&str]) -> bool {
    mention.path.windows(segments.len()).any(|window| {
        window
            .iter()
            .zip(segments)
            .all(|(it, segment)| *segment == ANY || it == segment)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(file: &str, text: &str) -> bool {
        let broken = check(file, text);
        assert!(broken.len() < 2, "{broken:?}");
        !broken.is_empty()
    }

    #[test]
    fn a_floor_uses_those_below_it_and_not_those_above() {
        assert!(!refused("app/state.rs", "use crate::model::Article;"));
        assert!(!refused("app/state.rs", "use crate::app::Event;"));
        assert!(refused("model/article.rs", "use crate::format::Clean;"));
        assert!(refused(
            "library/scan.rs",
            "use crate::{model::Article, desk};"
        ));
        assert!(refused("app/mod.rs", "fn f() { super::ui::draw() }"));
        assert!(refused("format/mod.rs", "use crate::config::Roots;"));
        assert!(!refused("library/mod.rs", "use crate::config::Roots;"));
    }

    #[test]
    fn the_floors_hold_in_tests_too() {
        let text = "#[cfg(test)] mod tests { use crate::runtime::Terminal; }";
        assert!(refused("ui/mod.rs", text));
    }

    #[test]
    fn the_command_line_stands_beside_the_app() {
        assert!(!refused(
            "cli/keys.rs",
            "use crate::{command::Keymap, config, desk};"
        ));
        assert!(refused("cli/list.rs", "use crate::app::State;"));
        assert!(refused("app/mod.rs", "use crate::cli::list;"));
        assert!(!refused("main.rs", "use newsdesk::{cli, runtime};"));
    }

    #[test]
    fn a_floor_that_nobody_placed_is_refused() {
        assert!(refused("helpers/mod.rs", ""));
    }

    #[test]
    fn only_some_may_name_the_terminal() {
        assert!(!refused("ui/list.rs", "use ratatui::layout::Rect;"));
        assert!(!refused("runtime/input.rs", "use crossterm::event::read;"));
        assert!(!refused("command/key.rs", "use crokey::KeyCombination;"));
        assert!(refused("app/update.rs", "use ratatui::layout::Rect;"));
        assert!(refused(
            "main.rs",
            "fn main() { crossterm::terminal::size(); }"
        ));
        assert!(refused(
            "ui/list.rs",
            "use ratatui::crossterm::event::KeyEvent;"
        ));
        assert!(refused("command/help.rs", "use crokey::KeyCombination;"));
    }

    #[test]
    fn deciding_and_drawing_know_no_files_threads_or_clock() {
        assert!(refused(
            "app/update.rs",
            "use std::{collections::HashMap, fs};"
        ));
        assert!(refused(
            "app/update.rs",
            "fn f() { std::thread::spawn(g); }"
        ));
        assert!(refused("ui/list.rs", "fn f() { std::process::exit(1) }"));
        assert!(refused("ui/list.rs", "fn f() { let t = Instant::now(); }"));
        assert!(refused("app/mod.rs", "fn f() { jiff::Timestamp::now(); }"));
        assert!(refused("app/mod.rs", "use std::time::SystemTime;"));
        assert!(!refused("app/mod.rs", "use std::time::Duration;"));
        assert!(!refused("runtime/mod.rs", "use std::thread;"));
        assert!(!refused(
            "ui/list.rs",
            "#[cfg(test)] mod tests { use std::fs; }"
        ));
    }

    #[test]
    fn only_the_painter_makes_text_out_of_strings() {
        for text in [
            "fn f() { Span::raw(title) }",
            "fn f() { ratatui::text::Line::from(title) }",
            "fn f() { Text::styled(title, style) }",
            "fn f() { buffer.set_string(0, 0, title, style) }",
            "fn f() { Paragraph::new(\"nothing here\") }",
            "fn f() { Paragraph::new(r#\"nothing here\"#) }",
            "fn f() { Paragraph::new(format!(\"{title}\")) }",
        ] {
            assert!(refused("ui/list.rs", text), "{text}");
            assert!(!refused("ui/paint.rs", text), "{text}");
            let in_tests = format!("#[cfg(test)] mod tests {{ {text} }}");
            assert!(!refused("ui/list.rs", &in_tests), "{text}");
        }
        assert!(!refused(
            "ui/list.rs",
            "use ratatui::text::{Line, Span, Text};"
        ));
        assert!(!refused("ui/list.rs", "fn f() { Paragraph::new(lines) }"));
    }

    #[test]
    fn a_refusal_says_where_what_and_why() {
        assert_eq!(
            check("model/article.rs", "\nuse crate::ui::draw;"),
            ["src/model/article.rs:2: crate::ui::draw: model must not use ui"]
        );
    }
}
