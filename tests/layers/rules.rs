//! What a file of `src/` may name, depending on its layer.

use crate::mentions::{Mention, mentions};

/// The layers from the bottom up: each may use those before it.
const LAYERS: [&str; 14] = [
    "model", "format", "theme", "config", "process", "library", "query", "desk", "feeds", "output",
    "command", "app", "ui", "runtime",
];

/// What the command line uses: itself and everything below.
const BELOW_CLI: &str = "command";

/// Something that only some layers or files may name outside tests.
struct Reserved {
    what: &'static [&'static [&'static str]],
    places: &'static [&'static str],
    why: &'static str,
}

const RESERVED: [Reserved; 7] = [
    Reserved {
        what: &[&["ratatui"]],
        places: &["ui", "runtime"],
        why: "the others must work without a screen",
    },
    Reserved {
        what: &[
            &["ratatui", "buffer"],
            &["ratatui", "prelude"],
            &["ratatui", "text"],
            &["ratatui", "widgets"],
        ],
        places: &[
            PAINTER,
            BACKEND,
            // Takes out of cells what ratatui-image has drawn into them.
            "runtime/pictures/encode.rs",
        ],
        why: "it takes nothing that is not sanitised",
    },
    Reserved {
        what: &[&["crossterm"], &["crokey"]],
        places: &["runtime", "command/key.rs", "command/keymap.rs"],
        why: "the others must work without a terminal",
    },
    Reserved {
        what: &[&["unsafe"]],
        places: &[
            // `fcntl` with a lease, which no library offers.
            "desk/publish/lease.rs",
            // Crash handlers, which no library offers.
            "runtime/sigaction.rs",
            // What the allocator keeps, which no library can set.
            "runtime/spare.rs",
        ],
        why: "everything else is offered by a library",
    },
    Reserved {
        what: &[&["rusqlite"]],
        places: &["desk"],
        why: "marks are the desk's to keep",
    },
    Reserved {
        what: &[&["std", "env"]],
        places: &[
            // The surroundings of the process, passed to everything else.
            "cli/surroundings.rs",
            "config/places.rs",
            "main.rs",
            // The programs and the terminal that it talks to.
            "runtime",
            // For tests only.
            "format/scan/agreement.rs",
        ],
        why: "what is around the process is told to the others, so that tests can say what it is",
    },
    Reserved {
        what: &[
            &["std", "fs"],
            &["exists"],
            &["try_exists"],
            &["is_file"],
            &["is_dir"],
            &["is_symlink"],
            &["metadata"],
            &["symlink_metadata"],
            &["canonicalize"],
            &["read_dir"],
            &["read_link"],
        ],
        places: &[
            "config",
            "library",
            "desk",
            "feeds",
            "runtime",
            // It checks whether there is a desk, and reads and writes exports.
            "cli/desk_file.rs",
            "cli/dash.rs",
            "cli/doctor/disk.rs",
            "cli/bringing.rs",
            "cli/feeds/exchange.rs",
            "output/new_file.rs",
            // For tests only.
            "format/scan/agreement.rs",
        ],
        why: "the others know no disk",
    },
];

/// What the layers that decide and draw must not name, since they know no threads, processes or
/// clock.
const PURE: [&str; 2] = ["app", "ui"];
const IMPURE: [&[&str]; 6] = [
    &["std", "thread"],
    &["std", "process"],
    &["SystemTime"],
    &["Instant", "now"],
    &["Timestamp", "now"],
    &["Zoned", "now"],
];

/// Only this file turns strings into what the screen shows, and it accepts only sanitised ones.
const PAINTER: &str = "ui/paint.rs";
/// Carries the cells that the painter has filled to the terminal.
const BACKEND: &str = "runtime/drawing.rs";
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

/// Every rule that a file breaks, as a sentence each. `file` is its path under `src/`, with `/`.
pub fn check(file: &str, text: &str) -> Vec<String> {
    let found = match mentions(file, text) {
        Ok(found) => found,
        Err(error) => return vec![error],
    };
    let layer = file.split(['/', '.']).next().unwrap_or(file);
    if !matches!(layer, "lib" | "main" | "cli") && height(layer).is_none() {
        return vec![format!(
            "src/{file}: {layer} is no layer; give it its place in tests/layers/rules.rs"
        )];
    }
    found
        .iter()
        .filter_map(|it| {
            let problem = climbs(layer, it)
                .or_else(|| reserved(layer, file, it))
                .or_else(|| impure(layer, it))
                .or_else(|| paints(layer, file, it))?;
            let path = it.path.join("::");
            Some(format!("src/{file}:{}: {path}: {problem}", it.line))
        })
        .collect()
}

fn height(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|it| *it == layer)
}

/// A path to a layer that this one must not know.
fn climbs(layer: &str, mention: &Mention) -> Option<String> {
    let [root, to, ..] = mention.path.as_slice() else {
        return None;
    };
    if root != "crate" || to == layer || matches!(layer, "lib" | "main") {
        return None;
    }
    let from = match layer {
        "cli" => height(BELOW_CLI),
        layer => height(layer),
    };
    let forbidden = match height(to) {
        Some(to) => Some(to) > from,
        None => to == "cli",
    };
    forbidden.then(|| format!("{layer} must not use {to}"))
}

/// Something that only other files may name.
fn reserved(layer: &str, file: &str, mention: &Mention) -> Option<String> {
    RESERVED.iter().find_map(|reserved| {
        let is_named = reserved.what.iter().any(|it| names(mention, it));
        let may = reserved.places.iter().any(|it| *it == layer || *it == file);
        (is_named && !may && !mention.in_tests).then(|| {
            let places = reserved.places.join(", ");
            format!("only {places} may name it: {}", reserved.why)
        })
    })
}

/// Something that a layer without threads and clock must not name.
fn impure(layer: &str, mention: &Mention) -> Option<String> {
    let is_named = IMPURE.iter().any(|it| names(mention, it));
    (PURE.contains(&layer) && is_named && !mention.in_tests)
        .then(|| format!("{} know no threads, processes or clock", PURE.join(" and ")))
}

/// Something that turns a string into what the screen shows.
fn paints(layer: &str, file: &str, mention: &Mention) -> Option<String> {
    if layer != "ui" || file == PAINTER || mention.in_tests {
        return None;
    }
    let argument = mention.argument.as_deref().unwrap_or_default();
    let of_a_string =
        argument.starts_with(['"', 'r']) && argument.ends_with(['"', '#']) || argument == "format";
    let named = PAINTING.iter().any(|it| names(mention, it))
        || names(mention, &["Paragraph", "new"]) && of_a_string;
    named.then(|| format!("only {PAINTER} makes text for the screen out of strings"))
}

/// Whether a path contains these consecutive segments.
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
    fn a_layer_uses_those_below_it_and_not_those_above() {
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
    fn the_layers_hold_in_tests_too() {
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
    fn a_layer_that_nobody_placed_is_refused() {
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
    fn deciding_and_drawing_know_no_threads_or_clock() {
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
    }

    #[test]
    fn only_some_may_ask_the_disk_or_the_environment() {
        for text in [
            "use std::{collections::HashMap, fs};",
            "fn f(path: &Path) -> bool { path.exists() }",
            "fn f(path: &Path) { let _ = Path::canonicalize(path); }",
            "fn f() { std::env::var_os(name); }",
        ] {
            assert!(refused("app/update.rs", text), "{text}");
            assert!(refused("format/link.rs", text), "{text}");
            let in_tests = format!("#[cfg(test)] mod tests {{ {text} }}");
            assert!(!refused("app/update.rs", &in_tests), "{text}");
        }
        assert!(!refused("library/read.rs", "use std::fs;"));
        assert!(refused("library/read.rs", "use std::env;"));
        assert!(!refused("config/places.rs", "use std::env;"));
        assert!(refused("config/views.rs", "use std::env;"));
    }

    #[test]
    fn unsafe_code_has_its_places() {
        let text = "fn f() { unsafe { g() } }";
        assert!(refused("library/read.rs", text));
        assert!(!refused("desk/publish/lease.rs", text));
    }

    #[test]
    fn only_the_desk_names_its_database() {
        assert!(!refused("desk/sqlite.rs", "use rusqlite::Connection;"));
        assert!(refused("runtime/desk.rs", "use rusqlite::Connection;"));
    }

    #[test]
    fn only_the_painter_names_what_the_screen_is_made_of() {
        for text in [
            "use ratatui::text::Line;",
            "use ratatui::{buffer::Buffer, layout::Rect};",
            "fn f() { ratatui::widgets::Clear }",
            "use ratatui::prelude::*;",
        ] {
            assert!(refused("ui/list.rs", text), "{text}");
            assert!(refused("runtime/terminal.rs", text), "{text}");
            assert!(!refused("ui/paint.rs", text), "{text}");
        }
        assert!(!refused(
            "runtime/terminal.rs",
            "use ratatui::{Frame, Terminal};"
        ));
    }

    #[test]
    fn only_the_painter_makes_text_out_of_strings() {
        for text in [
            "fn f() { Span::raw(title) }",
            "fn f() { Line::from(title) }",
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
