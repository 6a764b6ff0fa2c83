//! The program: hands the arguments to the command line, and starts the reader where it says so.

use std::io::{self, BufWriter};
use std::process::ExitCode;

use newsdesk::cli::{self, Exit, Outcome, Reader, Streams, Surroundings};
use newsdesk::runtime::{self, Options};

fn main() -> ExitCode {
    let outcome = cli::run(
        std::env::args_os(),
        &Surroundings::of_this_process(),
        &mut Streams {
            out: &mut BufWriter::new(io::stdout().lock()),
            // Not locked: progress is drawn on it by other threads meanwhile.
            err: &mut io::stderr(),
        },
    );
    match outcome {
        Outcome::Done(exit) => exit.into(),
        Outcome::Reader(reader) => read(*reader),
    }
}

fn read(reader: Reader) -> ExitCode {
    let Reader {
        source,
        keymap,
        signs,
        desk,
        mark_read,
        views,
        places,
    } = reader;
    match runtime::run(Options {
        source,
        keymap,
        signs,
        desk,
        mark_read,
        views,
        places,
    }) {
        Ok(summary) => {
            if let Some(summary) = summary {
                println!("{summary}");
            }
            Exit::Clean.into()
        }
        Err(error) => {
            eprintln!("newsdesk: {error:#}");
            Exit::CouldNotRun.into()
        }
    }
}
