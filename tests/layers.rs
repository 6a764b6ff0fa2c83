//! Enforces the structure in `docs/architecture.md`: who may use whom, who may name which library,
//! that only one file turns strings into what the screen shows, and that the files of a layer form
//! no circles.
//!
//! `rules` judges one file and `circles` all of them; `mentions` finds what a file names. This file
//! applies them to `src/`.

#[path = "layers/circles.rs"]
mod circles;
#[path = "layers/documented.rs"]
mod documented;
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
fn no_files_of_a_layer_go_round_in_a_circle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let sources: Vec<circles::Source> = sources(&root)
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).expect("a path under src/");
            let parts: Vec<&str> = inside.iter().filter_map(|it| it.to_str()).collect();
            let file = parts.join("/");
            let text = std::fs::read_to_string(&path).expect("a source is readable");
            let mentions = mentions::mentions(&file, &text).expect("Rust");
            circles::Source { file, mentions }
        })
        .collect();
    let circles = circles::circles(&sources);
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

#[test]
fn the_sources_keep_to_their_layers() {
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

#[test]
fn files_and_public_types_are_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let missing: Vec<String> = sources(&root)
        .into_iter()
        .flat_map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source is readable");
            let missing = documented::undocumented(&text);
            let name = path.display().to_string();
            missing.into_iter().map(move |it| format!("{name}:{it}"))
        })
        .collect();
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}
