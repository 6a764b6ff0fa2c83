//! Prints the figures of a benchmark, and saves them to docs/figures.md.

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use jiff::Zoned;

/// The argument that saves the output. All others are for the benchmark.
const SAVE: &str = "--save";

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/figures.md");

/// Runs a benchmark. With `--save`, its output also replaces its part of docs/figures.md, which is another
/// part for another number of articles.
///
/// # Panics
/// If the benchmark fails, or if docs/figures.md cannot be written.
pub fn run(name: &str, bench: fn()) {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if !arguments.iter().any(|it| it == SAVE) {
        return bench();
    }
    let others = arguments.iter().filter(|it| *it != SAVE);
    let printed = printed(others).expect("the benchmark");
    let part = match number() {
        Some(number) => format!("{name}, {number}"),
        None => name.to_owned(),
    };
    let text = fs::read_to_string(FILE).unwrap_or_default();
    fs::write(Path::new(FILE), with_part(&text, &part, &printed)).expect("docs/figures.md");
}

/// Runs this program with these arguments; prints its output and returns it.
fn printed<'a>(arguments: impl Iterator<Item = &'a String>) -> io::Result<String> {
    let mut program = Command::new(env::current_exe()?)
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut all = String::new();
    for line in program
        .stdout
        .take()
        .map(BufReader::new)
        .into_iter()
        .flat_map(BufRead::lines)
    {
        let line = line?;
        println!("{line}");
        all.push_str(line.trim_end());
        all.push('\n');
    }
    let end = program.wait()?;
    assert!(end.success(), "the benchmark: {end}");
    Ok(all)
}

/// The document with a benchmark's new output in place of the old.
fn with_part(text: &str, name: &str, printed: &str) -> String {
    let heading = format!("## {name}\n");
    let mut parts: Vec<String> = Vec::new();
    for line in text.lines() {
        if parts.is_empty() || line.starts_with("## ") {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    let date = Zoned::now().date();
    let part = format!(
        "{heading}\n{date}\n\n```text\n{}\n```",
        printed.trim_matches('\n')
    );
    match parts.iter_mut().find(|it| it.starts_with(&heading)) {
        Some(old) => *old = part,
        None => parts.push(part),
    }
    let parts: Vec<&str> = parts.iter().map(|it| it.trim_end()).collect();
    format!("{}\n", parts.join("\n\n"))
}

/// The number among the arguments, such as how many articles to measure with; or the usual one.
pub fn number_or(usual: usize) -> usize {
    number().unwrap_or(usual)
}

/// The number among the arguments.
pub fn number() -> Option<usize> {
    env::args().find_map(|argument| argument.parse().ok())
}

/// The heading of the lines.
pub fn heading(what: &str) {
    println!("{what:<56}{:>12}{:>12}{:>12}", "p50", "p99", "most");
}

/// Prints how long something took in several measurements.
pub fn print(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let shown = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    println!(
        "{name:<56}{:>12}{:>12}{:>12}",
        shown(at(0.5)),
        shown(at(0.99)),
        shown(at(1.0))
    );
}
