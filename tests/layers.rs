//! The house as `docs/architecture.md` shows it, kept so: who may use whom, who may name which
//! library, and that only one file turns strings into what the screen shows.
//!
//! `rules` judges one file; `mentions` finds what a file names. This file takes them to `src/`.

#[path = "layers/mentions.rs"]
mod mentions;
#[path = "layers/rules.rs"]
mod rules;

use std::path::{Path, PathBuf};

/// Every Rust file under a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry of a folder of sources").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn the_sources_keep_to_the_floors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = Vec::new();
    let files = sources(&root);
    assert!(files.contains(&root.join("lib.rs")), "src/ was not read");
    for path in files {
        let inside = path.strip_prefix(&root).expect("a path under src/");
        let parts: Vec<&str> = inside.iter().filter_map(|it| it.to_str()).collect();
        let text = std::fs::read_to_string(&path).expect("a source is readable");
        broken.extend(rules::check(&parts.join("/"), &text));
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}
