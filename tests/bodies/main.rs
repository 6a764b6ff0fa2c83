//! What bodies become, and the most that they cost, whatever they contain: memory here, time in
//! `benches/body.rs`.

mod examples;
mod hostile;
#[path = "../fuzz/checks/memory.rs"]
mod memory;
#[path = "../supply/packages.rs"]
mod packages;
mod specs;

use newsdesk::format::body::{Markup, body};
use newsdesk::format::wrap::{Layout, lines};

use hostile::bodies;
use memory::{Counting, cost_of};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes that a body may take while it is read and wrapped, including the result.
const MOST: usize = 32 << 20;

/// Those that would take the most without limits, or overflow the stack. `cargo bench --bench body`
/// runs all.
const HEAVY: [&str; 9] = [
    "wide letters",
    "brackets",
    "table of marks",
    "wide header",
    "lines",
    "attributes",
    "quoted attributes",
    "ends with attributes",
    "nulls",
];

/// Those whose lines take the most room on a narrow screen.
const NARROW: [&str; 2] = ["wide letters", "table of marks"];

#[test]
fn no_markdown_takes_more_than_its_share_of_memory() {
    assert_eq!(costly(Markup::Markdown), []);
}

#[test]
fn no_html_takes_more_than_its_share_of_memory() {
    assert_eq!(costly(Markup::Html), []);
}

/// The bodies that take more than the limit, and how much they take.
fn costly(markup: Markup) -> Vec<(&'static str, usize)> {
    let mut costly = Vec::new();
    for hostile in bodies()
        .iter()
        .filter(|it| it.markup == markup && HEAVY.contains(&it.name))
    {
        let columns = if NARROW.contains(&hostile.name) {
            3
        } else {
            78
        };
        let (_, peak, _) = cost_of(|| {
            let document = body(markup, &hostile.text);
            let lines = lines(&document, &Layout::new(columns)).lines;
            (document, lines)
        });
        if peak > MOST {
            costly.push((hostile.name, peak));
        }
    }
    costly
}
