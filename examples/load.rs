//! Loads a library as the reader does, and prints how long it took, when the first batch was there
//! and how much memory it uses: `cargo run --release --example load -- DIR`.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use anyhow::Context;
use clap::Parser;
use newsdesk::library::{Library, ReadDepth, Scanner, Source};

/// Loads a library and prints what it took.
#[derive(Parser)]
struct Args {
    /// Folders and files
    roots: Vec<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let source = Source::new(&Args::parse().roots)?;
    let start = Instant::now();
    let (batches, arriving) = mpsc::channel();
    let loader = thread::spawn(move || {
        Scanner::new(source, ReadDepth::List).pass(&AtomicBool::new(false), &|batch| {
            // The receiver lives until the channel ends.
            let _ = batches.send(batch);
        })
    });
    let mut library = Library::default();
    let mut first = None;
    for batch in arriving {
        library.apply(batch);
        first.get_or_insert_with(|| (start.elapsed(), library.len()));
    }
    let took = start.elapsed();
    loader
        .join()
        .map_err(|_| anyhow::anyhow!("the loader panicked"))??;
    println!("{:?} in {took:.2?}", library.tally());
    if let Some((after, articles)) = first {
        println!("the first {articles} after {after:.2?}");
    }
    println!(
        "{}",
        resident().context("no /proc/self/status to read the memory from")?
    );
    Ok(())
}

/// The line of this process's status that says how much memory it uses.
fn resident() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
}
