//! What the terminal and the environment offer the reader.

use crate::cli::surroundings::{Stream, Surroundings};
use crate::model::Finding;

/// The terminal, its colours and its symbols.
pub fn findings(surroundings: &Surroundings) -> Vec<Finding> {
    vec![
        terminal(surroundings),
        colours(surroundings),
        signs(surroundings),
    ]
}

fn terminal(surroundings: &Surroundings) -> Finding {
    let term = surroundings.term.as_deref().unwrap_or_default();
    let term = term.to_string_lossy();
    match (surroundings.fit_for_reader(), surroundings.stdout) {
        (
            Ok(()),
            Stream::Terminal {
                columns: Some(columns),
            },
        ) if columns < NARROW => Finding::warn(
            "terminal",
            format!("{term}, {columns} columns"),
            format!("make the window at least {NARROW} columns wide"),
        ),
        (Ok(()), Stream::Terminal { columns }) => {
            let columns = columns.map_or(String::new(), |it| format!(", {it} columns"));
            Finding::ok("terminal", format!("{term}{columns}"))
        }
        (Ok(()), Stream::Elsewhere) => Finding::ok("terminal", term),
        (Err(why), _) => Finding::warn("terminal", why, "run it in a terminal to read"),
    }
}

/// With fewer columns there is no room for a title beside its date.
const NARROW: usize = 40;

fn colours(surroundings: &Surroundings) -> Finding {
    let is_set = |value: &Option<_>| {
        value
            .as_ref()
            .is_some_and(|it: &std::ffi::OsString| !it.is_empty())
    };
    let term = surroundings
        .term
        .as_deref()
        .unwrap_or_default()
        .to_string_lossy();
    let says = if is_set(&surroundings.no_color) {
        "off, as NO_COLOR is set"
    } else if is_set(&surroundings.colour_depth) {
        "24 bits (COLORTERM)"
    } else if term.contains("256color") {
        "256"
    } else {
        "the terminal's own 16"
    };
    Finding::ok("colours", says)
}

fn signs(surroundings: &Surroundings) -> Finding {
    if surroundings.writes_unicode() {
        return Finding::ok("signs", "Unicode, as the locale is UTF-8");
    }
    Finding::warn(
        "signs",
        "ASCII, as the locale is not UTF-8",
        "set LANG to a UTF-8 locale such as C.UTF-8, or signs = \"unicode\" in the configuration",
    )
}
