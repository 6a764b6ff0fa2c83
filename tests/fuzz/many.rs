//! Runs a check on many inputs without looking at what they cover: some twenty times as many in the same
//! time as libFuzzer, which it is no replacement for. It changes what is in the given folders, such as
//! what libFuzzer has learned; before that, it tries them as they are.
//!
//!     cargo run --release --manifest-path tests/fuzz/Cargo.toml --example many -- \
//!         clean 10000000 tests/fuzz/corpus/clean tests/fuzz/seeds/clean
//!
//! The inputs depend on the folders and on `SEED` only. One that panics, or takes ten seconds, is written
//! to `many-NUMBER` in the working directory.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs, panic};

use newsdesk_checks::{body, clean, config, edit, front_matter, import, memory, query, snapshot};

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;

/// Longest input, in bytes, unless `LENGTH` says otherwise.
const LONGEST: usize = 512;
/// An input that takes longer is a finding.
const PATIENCE: Duration = Duration::from_secs(10);

/// What inputs are made of, besides what is in the folders.
const PIECES: [&str; 40] = [
    "---\n",
    "+++\n",
    "\n",
    "\r\n",
    "\t",
    "  ",
    ": ",
    "- ",
    "- - ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|\n",
    ">-\n",
    "#",
    "&a ",
    "*a",
    "<<: ",
    "!!",
    "<",
    ">",
    "</p>",
    "<!--",
    "`",
    "```\n",
    "*",
    "_",
    "$",
    "](",
    "{%",
    "{{<",
    ":::",
    "é",
    "\u{200d}",
    "\u{feff}",
    "\u{1F1E8}",
    "\0",
];

/// Numbers that look random: xorshift64*.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`; 0 if that is 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [target, count, folders @ ..] = &arguments[..] else {
        eprintln!("many: which TARGET, how many inputs, and which FOLDERS?");
        return ExitCode::from(2);
    };
    let Some(check) = check(target) else {
        eprintln!("many: there is no target {target}");
        return ExitCode::from(2);
    };
    let count: u64 = count.parse().expect("a number of inputs");
    let number = |name: &str| env::var(name).ok().and_then(|it| it.parse().ok());
    let longest = number("LENGTH").unwrap_or(LONGEST as u64) as usize;
    let seed = number("SEED").unwrap_or(1);
    let mut texts: Vec<Vec<u8>> = folders.iter().flat_map(|it| read(Path::new(it))).collect();
    texts.sort();
    if texts.is_empty() {
        texts.push(Vec::new());
    }
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let begun = Instant::now();
    let mut slowest = Duration::ZERO;
    for number in 0..texts.len() as u64 + count {
        let input = match texts.get(number as usize) {
            Some(text) => text.clone(),
            None => made(&texts, longest, &mut random),
        };
        let since = Instant::now();
        let outcome = panic::catch_unwind(|| check(&input));
        slowest = slowest.max(since.elapsed());
        if outcome.is_err() || since.elapsed() >= PATIENCE {
            let path = format!("many-{number}");
            fs::write(&path, &input).expect("room for the input");
            eprintln!("many: {target} fails, or takes long, with the input in {path}");
            return ExitCode::FAILURE;
        }
    }
    println!(
        "{target}: {count} inputs in {:.0} s, the slowest took {:.0} ms, nothing found",
        begun.elapsed().as_secs_f64(),
        slowest.as_secs_f64() * 1000.0
    );
    ExitCode::SUCCESS
}

fn check(target: &str) -> Option<fn(&[u8])> {
    Some(match target {
        "clean" => clean::check,
        "config" => config::check,
        "edit" => edit::check,
        "front_matter" => front_matter::check,
        "html" => body::check_html,
        "import" => import::check,
        "markdown" => body::check_markdown,
        "query" => query::check,
        "snapshot" => snapshot::check,
        _ => return None,
    })
}

/// The contents of all files in a folder and those below it.
fn read(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => read(&path),
            false => fs::read(&path).into_iter().collect(),
        })
        .collect()
}

/// One of the texts, or a part of one, with a few changes.
fn made(texts: &[Vec<u8>], longest: usize, random: &mut Random) -> Vec<u8> {
    let text = &texts[random.below(texts.len())];
    let from = match random.below(4) {
        0 => random.below(text.len()),
        _ => 0,
    };
    let mut input: Vec<u8> = text[from..].iter().copied().take(longest).collect();
    for _ in 0..1 + random.below(5) {
        let at = random.below(input.len() + 1);
        let end = at + random.below((input.len() - at).min(32) + 1);
        match random.below(7) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 => drop(input.drain(at..end)),
            2 => {
                let again = input[at..end].to_vec();
                input.splice(at..at, again);
            }
            3 => {
                let other = &texts[random.below(texts.len())];
                let from = random.below(other.len());
                let upto = from + random.below((other.len() - from).min(64) + 1);
                input.splice(at..end, other[from..upto].iter().copied());
            }
            4 => {
                let byte = random.next() as u8;
                input.splice(at..at, [byte]);
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                input.splice(at..at, piece.bytes());
            }
        }
    }
    input.truncate(longest);
    input
}
