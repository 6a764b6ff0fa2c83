//! Writes a library of N articles to experiment with: `cargo run --release --example generate --
//! DIR N`.

#[path = "../benches/generate/mod.rs"]
mod generate;

use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;

/// Writes a library of made-up articles.
#[derive(Parser)]
struct Args {
    /// The folder to write it to
    folder: PathBuf,
    /// How many articles
    count: u64,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    generate::write(&args.folder, args.count)
        .with_context(|| format!("{}: the library cannot be written", args.folder.display()))
}
