//! Measures how long it takes to read and wrap bodies made to be slow, and how soon their first
//! lines appear:
//!
//!     cargo bench --bench body
//!     cargo bench --bench body -- links    # only those with this in their names

#[expect(dead_code, reason = "its bodies are always the same")]
mod figures;
#[path = "../tests/bodies/hostile.rs"]
mod hostile;

use std::time::Instant;

use figures::{heading, print};
use newsdesk::format::body::body;
use newsdesk::format::wrap::{Layout, beginning, lines};

const ROUNDS: usize = 5;
const COLUMNS: usize = 78;
const SCREEN: usize = 50;

fn main() {
    figures::run("body", bench);
}

fn bench() {
    let wanted: Option<String> = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    heading("a body");
    for hostile in hostile::bodies() {
        let name = format!("{:?} {}", hostile.markup, hostile.name);
        if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted)) {
            continue;
        }
        let (mut all, mut first) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let document = body(hostile.markup, &hostile.text);
            let seen = beginning(&document, &Layout::new(COLUMNS), SCREEN);
            first.push(begun.elapsed());
            let whole = lines(&document, &Layout::new(COLUMNS));
            all.push(begun.elapsed());
            drop((document, seen, whole));
        }
        print(&format!("{name}: first lines"), &mut first);
        print(&format!("{name}: all lines"), &mut all);
    }
}
